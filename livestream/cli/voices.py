"""`livestream voices`: the voice of each locale on this machine, and how it sounds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.progress import stages
from livestream.cli.terminal import err, out

if TYPE_CHECKING:
    from livestream.channel.locales.auditions import Speed
    from livestream.channel.locales.voices import EngineHere, VoiceHere


def voices(
    tag: Annotated[str | None, typer.Argument(metavar="[TAG]", help="One locale, such as de-DE; else all.")] = None,
    sample: Annotated[
        Path | None, typer.Option(help="Write how the voice of TAG sounds to this WAV file.", metavar="FILE")
    ] = None,
    text: Annotated[str | None, typer.Option(help="What it says there, in its language.")] = None,
    play: Annotated[bool, typer.Option("--play", help="Play the sample.")] = False,
    measure: Annotated[bool, typer.Option("--measure", help="Measure how fast each voice is here.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the voices: by which engines, how good, under which licence, and whether they are here.

    Example: [bold]livestream voices de-DE --sample hello.wav[/]

    A voice of preview quality does for previews; a show that nobody attends needs a better one, or your word that
    this one is meant.
    """
    from livestream.channel.locales import auditions
    from livestream.channel.locales import voices as room
    from livestream.channel.outputs import check_output
    from livestream.errors import LivestreamError, UsageError

    if tag is None and (sample or text or play):
        raise UsageError("a sample is of one voice", remedy="Name its locale: livestream voices de-DE --sample a.wav.")
    if sample is not None:
        check_output(sample)
    found = [room.voice_here(tag)] if tag else _all()
    speeds: dict[str, Speed] = {}
    if measure:
        with stages({"speech": "Measuring"}, quiet=as_json) as progress:
            for done, here in enumerate(found, 1):
                try:
                    speeds[here.tag] = auditions.measure(here.tag)
                except LivestreamError as error:
                    err.print(f"[yellow]{escape(here.tag)} is not measured:[/] {escape(str(error))}", soft_wrap=True)
                progress("speech", done / len(found))
    if as_json:
        typer.echo(json.dumps([document(here, speeds.get(here.tag)) for here in found], ensure_ascii=False, indent=2))
    elif tag:
        _show_one(found[0], speeds.get(tag))
    else:
        _show_all(found, speeds)
    if tag and (sample or text or play):
        _sample(tag, sample, text, play=play, quiet=as_json)


def _all() -> list[VoiceHere]:
    """Return every voice; one whose file is at fault is told and left out."""
    from livestream.channel.locales import voices as room
    from livestream.errors import UsageError

    found = []
    for tag in room.voice_locales():
        try:
            found.append(room.voice_here(tag))
        except UsageError as error:
            err.print(f"[red]✗ {escape(tag)}[/] {escape(str(error))}", soft_wrap=True)
    return found


def document(here: VoiceHere, speed: Speed | None) -> dict[str, object]:
    """Return a voice as plain data; keys are added to it, never renamed."""
    told: dict[str, object] = {
        "locale": here.tag,
        "file": here.where,
        "gender": here.gender,
        "engine": here.quality.engine if here.quality else None,
        "tier": here.quality.tier if here.quality else None,
        "preview": here.quality.preview if here.quality else None,
        "why": here.note,
        "engines": [_engine(engine) for engine in here.engines],
    }
    if speed is not None:
        told["cpu_per_second_of_sound"] = round(speed.cpu / speed.sound, 4)
        told["wall_per_second_of_sound"] = round(speed.wall / speed.sound, 4)
    return told


def _engine(engine: EngineHere) -> dict[str, object]:
    about = engine.about
    return {
        "name": engine.name,
        "installed": engine.installed,
        "lack": engine.lack,
        "remedy": engine.remedy,
        "tier": about.tier if about else None,
        "timing": about.timing if about else None,
        "licence": about.licence if about else None,
        "live": about.live if about else None,
        "extra": about.extra if about else None,
    }


def _show_all(found: list[VoiceHere], speeds: dict[str, Speed]) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("locale", no_wrap=True)
    table.add_column("engines, best first", overflow="fold")
    for name in ("tier", "lips", "gender"):
        table.add_column(name, no_wrap=True)
    if speeds:
        table.add_column("CPU", justify="right", no_wrap=True)
    table.add_column("for a show", no_wrap=True)
    for here in found:
        first = here.first.about if here.first else None
        speed = [_times(speeds.get(here.tag))] if speeds else []
        table.add_row(
            f"[bold]{escape(here.tag)}[/]",
            _chain(here),
            first.tier if first else "[dim]–[/]",
            first.timing if first else "[dim]–[/]",
            here.gender,
            *speed,
            _verdict(here),
        )
    out.print(table)
    licences = {(engine.name, engine.about.licence): None for here in found for engine in here.engines if engine.about}
    out.print()
    for name, licence in sorted(licences):
        out.print(f"[dim]{escape(name)}: {escape(licence)}[/]", soft_wrap=True)
    lacks = {engine.name: engine for here in found for engine in here.engines if not engine.installed}
    for name, engine in sorted(lacks.items()):
        out.print(
            f"[yellow]–[/] {escape(name)}: {escape(engine.lack)} [cyan]→ {escape(engine.remedy)}[/]", soft_wrap=True
        )
    if speeds:
        out.print("[dim]CPU: seconds of it for a second of sound, in all processes.[/]")


def _show_one(here: VoiceHere, speed: Speed | None) -> None:
    out.print(f"[bold]{escape(here.tag)}[/]  {_verdict(here)}  [dim]{escape(here.where)}[/]", soft_wrap=True)
    if here.note:
        out.print(f"[yellow]{escape(here.note)}[/]", soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("", "engine", "tier", "lips", "on air"):
        table.add_column(name, no_wrap=True)
    table.add_column("licence", overflow="fold")
    for engine in here.engines:
        about = engine.about
        mark = "[green]✓[/]" if engine.installed else "[yellow]–[/]"
        if about is None:
            table.add_row(mark, escape(engine.name), "[dim]–[/]", "[dim]–[/]", "[dim]–[/]", "")
        else:
            live = "live" if about.live else "made ahead"
            table.add_row(mark, escape(engine.name), about.tier, about.timing, live, escape(about.licence))
        if not engine.installed:
            table.add_row("", "", "", "", "", f"{escape(engine.lack)}\n[cyan]→ {escape(engine.remedy)}[/]")
    out.print(table)
    if speed is not None:
        out.print(
            f"A second of its sound takes [bold]{speed.cpu / speed.sound:.3f}[/] s of CPU here, in all processes, "
            f"and {speed.wall / speed.sound:.3f} s of waiting."
        )


def _chain(here: VoiceHere) -> str:
    return " → ".join(
        f"[green]{escape(engine.name)}[/]"
        if engine is here.first
        else escape(engine.name)
        if engine.installed
        else f"[dim strike]{escape(engine.name)}[/]"
        for engine in here.engines
    )


def _verdict(here: VoiceHere) -> str:
    if here.quality is None:
        return "[red]✗ not installed[/]"
    return "[yellow]preview quality[/]" if here.quality.preview else "[green]✓ good[/]"


def _times(speed: Speed | None) -> str:
    return f"{speed.cpu / speed.sound:.3f}" if speed else "–"


def _sample(tag: str, path: Path | None, text: str | None, *, play: bool, quiet: bool) -> None:
    """Speak a sample, and write it, play it, or both."""
    import tempfile

    from livestream.channel.locales import auditions as room
    from livestream.channel.preview import save
    from livestream.channel.preview.sound import wav

    sentences = (text,) if text is not None else room.sample_text(tag)
    sound = wav(room.audition(tag, sentences))
    with tempfile.TemporaryDirectory(prefix="livestream-") as folder:
        written = path or Path(folder) / f"{tag}.wav"
        save(written, sound)
        if path is not None and not quiet:
            out.print(f"[bold green]✓[/] {escape(str(path))}  [dim]{escape(' '.join(sentences))}[/]", soft_wrap=True)
        if play:
            room.play(written)
        elif path is None:
            err.print("[yellow]The sample goes nowhere:[/] say --sample FILE.wav, or --play.")
