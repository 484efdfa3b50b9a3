"""`livestream run`: on air, unattended."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.arguments import length, seconds_of, seconds_until
from livestream.cli.progress import stages
from livestream.cli.terminal import err, out

if TYPE_CHECKING:
    from livestream.catalogue import Catalogue
    from livestream.channel.run import Outcome
    from livestream.channel.supervisor import Running
    from livestream.settings import ChannelSettings


def run(
    source: Annotated[
        Path,
        typer.Argument(metavar="CATALOGUE|CHANNEL.toml", help="A product list, or a channel file."),
    ],
    to: Annotated[
        list[str] | None,
        typer.Option(help="Where to, more than once if you like: rtmp://host/app, a file.mp4, whep (the web page)."),
    ] = None,
    key_file: Annotated[Path | None, typer.Option(help="File with the RTMP stream key.")] = None,
    key_env: Annotated[str | None, typer.Option(help="Environment variable with the RTMP stream key.")] = None,
    duration: Annotated[str | None, typer.Option(help="Go off air after this long: 90, 10m, 8h.")] = None,
    until: Annotated[str | None, typer.Option(help="Go off air at this time of the audience's clocks: 23:30.")] = None,
    locale: Annotated[str | None, typer.Option(help="The audience's language and market: en-US.")] = None,
    currency: Annotated[str | None, typer.Option(help="Currency of prices that name none: USD.")] = None,
    seed: Annotated[int | None, typer.Option(help="Another number, other wordings.")] = None,
    bed: Annotated[Path | None, typer.Option(help="Music under the voice, in any audio format.")] = None,
    assist: Annotated[
        bool, typer.Option("--assist", help="A person speaks: show them lines and drafted answers, publish nothing.")
    ] = False,
    preview_voice: Annotated[
        bool, typer.Option("--preview-voice", help="Go on air although the voice is of preview quality.")
    ] = False,
    union_rules: Annotated[
        bool, typer.Option("--union-rules", help="Go on air although the locale has no rule pack of its own.")
    ] = False,
    drafts: Annotated[Path | None, typer.Option(help="Approved drafts of livestream write.", metavar="FILE")] = None,
    port: Annotated[int | None, typer.Option(help="Web port on this machine; 0 takes a free one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the closing summary as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors and the summary.")] = False,
) -> None:
    """Go on air: sell the list, loop after loop, until it is told to stop.

    Example: [bold]livestream run products.csv --to rtmps://a.rtmps.youtube.com/live2 --key-file key.txt[/]

    The stream key never goes on the command line, where everybody on the machine could read it.
    """
    settings = _settings(source, to, key_file, key_env)
    settings = _overridden(
        settings,
        duration=_length(duration, until, _zone(settings, locale), quiet=quiet or as_json),
        locale=locale,
        currency=currency,
        seed=seed,
        bed=bed,
        drafts=drafts,
        port=port,
        mode="assist" if assist else None,
        preview_voice=preview_voice or None,
        union_rules=union_rules or None,
    )
    _sum_up(_on_air(settings, quiet=quiet or as_json), as_json=as_json)


def _on_air(settings: ChannelSettings, *, quiet: bool) -> Outcome:
    """Go on air, telling how it fares unless `quiet`, until it is over."""
    from livestream.channel.run import draw_presenter, on_air, permitted
    from livestream.cli.voicenote import tell_voice

    settings = permitted(settings)  # before the seconds that drawing takes
    if settings.mode != "assist":
        tell_voice(settings.locale, quiet=quiet)
    show = None if quiet else _status_line(settings.mode)
    with stages({"presenter": "Drawing"}, quiet=quiet) as progress:
        draw_presenter(settings, lambda share: progress("presenter", share))
    outcome = on_air(settings, announce=_announce(quiet=quiet), on_change=show)
    if err.is_terminal and show is not None:
        err.print()
    return outcome


def _settings(source: Path, to: list[str] | None, key_file: Path | None, key_env: str | None) -> ChannelSettings:
    """Return the channel's settings: a channel file's, or those of a product list with its destinations."""
    from livestream.errors import UsageError
    from livestream.settings import load_channel, make_channel

    if source.suffix.lower() == ".toml":
        if to or key_file or key_env:
            raise UsageError(
                "a channel file names its own destinations",
                where=str(source),
                remedy="Put them there: [[destinations]].",
            )
        return load_channel(source)
    targets = to or ["whep"]
    keyed = [target for target in targets if "://" in target]
    if (key_file or key_env) and len(keyed) != 1:
        raise UsageError(
            f"one stream key is given, and {len(keyed)} of the destinations are RTMP",
            where="command line",
            remedy="With several, name each with its key in a channel file: livestream init writes one.",
        )
    key = {"key_file": key_file, "key_env": key_env}
    destinations = [{"to": target, **(key if target in keyed else {})} for target in targets]
    return make_channel({"catalogue": source, "destinations": destinations}, where="command line")


def _overridden(settings: ChannelSettings, *, port: int | None, **changes: object) -> ChannelSettings:
    from livestream.settings import override

    web = None if port is None else {"port": port}
    return override(settings, {"web": web, **changes}, where="command line")


def _zone(settings: ChannelSettings, locale: str | None) -> str:
    """Return the audience's time zone: the channel's, or the one most of its market lives in."""
    from livestream.locales import locale as find_locale

    return settings.timezone or find_locale(locale or settings.locale).zone


def _length(duration: str | None, until: str | None, zone: str, *, quiet: bool) -> float | None:
    """Return the seconds to stay on air; a time of day is one of the audience's clocks."""
    from livestream.errors import UsageError
    from livestream.locales import zone_info

    if duration and until:
        raise UsageError("--duration and --until exclude each other", remedy="Give one of them.")
    if until:
        seconds = seconds_until(until, datetime.now(zone_info(zone)))
        if not quiet:
            err.print(f"[dim]Off air in {length(seconds)}, at {escape(until)} by the clocks of {zone}.[/]")
        return seconds
    return seconds_of(duration) if duration else None


def _announce(*, quiet: bool) -> Callable[[str, ChannelSettings, Catalogue], None]:
    def announce(link: str, settings: ChannelSettings, catalogue: Catalogue) -> None:
        if quiet:
            return
        watched = any(entry.kind == "whep" for entry in settings.destinations)
        name = "Prompter" if settings.mode == "assist" else "Watch it live" if watched else "Console"
        out.print(f"[bold]{name:13}[/]  {link}", soft_wrap=True)
        for entry in settings.destinations:
            if entry.kind != "whep":
                out.print(f"[bold]{'Recording' if entry.kind == 'file' else 'Publishing'}[/]      {escape(entry.to)}")
        if catalogue.currency_origin == "unknown":
            err.print("[yellow]Currency unknown:[/] no price is spoken or shown. Pass --currency USD, say.")
        if settings.mode == "assist":
            err.print("Nothing is published and no voice is made: go live from the platform's own app, and read.")
        else:
            _tell_ready(settings)
        err.print("[dim]Ctrl-C goes off air politely.[/]")

    return announce


def _tell_ready(settings: ChannelSettings) -> None:
    """Say how much of the show is spoken already, where its voice is too slow to be made on air."""
    from livestream.channel.preparing import readiness

    ready = readiness(settings)
    if ready is None:
        return
    done = f"{ready.ready} of {ready.lines} lines are ready" if ready.lines else "nothing is ready"
    rest = f"{escape(ready.instead)} says the others" if ready.instead else "the others are left out"
    err.print(f"The voice {escape(ready.engine)} is too slow to be made on air: {done}, and {rest}.")
    if ready.share < 1:
        err.print("[yellow]Speak the show ahead:[/] livestream prepare, with the same list and options.")


_SIGNS = {"publishing": "[green]●[/]", "refused": "[red]✗[/]", "closed": "[dim]○[/]"}


def _status_line(mode: str) -> Callable[[Running], None]:
    """Return what keeps one line of the terminal true, or prints changes where there is no terminal."""
    last = ""
    sign = "[bold]PROMPTER[/]" if mode == "assist" else "[bold red]ON AIR[/]"

    def show(running: Running) -> None:
        nonlocal last
        air = running.statuses.get("air", {})
        outputs = {name: status for name, status in running.statuses.items() if name.startswith("egress")}
        states = "  ".join(
            f"{_SIGNS.get(status['state'], '[yellow]◌[/]')} {escape(name.removeprefix('egress '))} {status['state']}"
            for name, status in outputs.items()
        )
        if not err.is_terminal:
            if states != last:
                last = states
                err.print(states)
            return
        clock = length(air.get("frame", 0) / 25)
        if air.get("as_run_failure"):
            states += f"  [yellow]! {escape(air['as_run_failure'])}[/]"
        text = f"{sign} {clock}  {air.get('lines', 0)} lines  {air.get('queued_seconds', 0):.0f} s ready  "
        err.print(f"\r{text}{states}\x1b[K", end="", soft_wrap=True)

    return show


def _heard(outcome: Outcome) -> list[tuple[str, str]]:
    comments = outcome.comments
    if not comments.get("comments"):
        return []
    told = f"{comments['comments']} heard, {comments['answered']} answered, {comments['shed']} passed over"
    return [("Comments", told)]


def _sum_up(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(outcome), ensure_ascii=False))
        return
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    late = f"{outcome.late_frames}" + (f", and {outcome.lost_frames} lost" if outcome.lost_frames else "")
    rows = [
        ("On air", length(outcome.seconds)),
        ("Parts aired", f"{outcome.parts} parts, {outcome.lines} lines, {outcome.cut_lines} cut"),
        *_heard(outcome),
        ("Dead air", f"{outcome.dead_air_seconds:.1f} s"),
        ("Late frames", late),
        ("CPU", f"{outcome.cpu:.2f} of a core, all processes"),
        *(("Restarted", f"{name} {count} ×") for name, count in outcome.restarts.items()),
        *((f"To {name}", state) for name, state in outcome.destinations.items()),
        *(("Recording", path) for path in outcome.files),
        ("As-run log", outcome.as_run),
    ]
    for name, value in rows:
        table.add_row(f"[bold]{escape(name)}[/]", escape(value))
    out.print()
    out.print(table)
