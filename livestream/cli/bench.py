"""`livestream bench`: what this machine can carry."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from livestream.cli.progress import stages
from livestream.cli.terminal import out

if TYPE_CHECKING:
    from livestream.channel.capacity import Capacity

WHAT = {
    "presenter": "the talking figure",
    "composition": "scene, card, captions",
    "sound": "voice, bed, limiter",
    "video encode": "H.264, once for all",
    "audio encode": "AAC and Opus",
    "playout": "clock and timeline",
    "fan-out": "one destination, log",
    "speech": "words into sound",
}
LOCALE = "en-US"
"""Whose voice speaks the sample show."""
_BAR = 20


def bench(as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """Measure what a channel costs here, stage by stage, and how many channels this machine carries.

    Example: [bold]livestream bench[/]

    A piece of the sample show is written, spoken, drawn and encoded; what counts is CPU time, so other work on the
    machine does not change the figures. Takes about ten seconds.
    """
    from livestream.channel.capacity import measure
    from livestream.cli.voicenote import tell_voice

    tell_voice(LOCALE, quiet=as_json)
    with stages({"speech": "Speaking", "picture": "Showing"}, quiet=as_json) as progress:
        found = measure(tag=LOCALE, progress=progress)
    if as_json:
        typer.echo(json.dumps(document(found)))
    else:
        _show(found)


def document(found: Capacity) -> dict[str, object]:
    """Return the figures as plain data; keys are added to it, never renamed."""
    return {
        "frames": found.frames,
        "ms_per_frame": {stage: round(spent, 3) for stage, spent in found.stages.items()},
        "speech_cpu_per_second_of_sound": round(found.speech, 4),
        "bare_x264_ms_per_frame": round(found.bare, 3),
        "ratio_to_bare_x264": round(found.ratio, 3),
        "cores": found.cores,
        "cores_free": round(found.free, 2),
        "cores_per_channel": round(found.channel, 3),
        "channels": found.channels,
        "channels_now": found.channels_now,
    }


def _show(found: Capacity) -> None:
    from livestream.channel.capacity import SHARE
    from livestream.media import FPS

    spent = {**found.stages, "speech": found.speech * 1000 / FPS}
    most = max(spent.values())
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("stage")
    table.add_column("ms CPU a frame", justify="right")
    table.add_column("", no_wrap=True)
    table.add_column("what it does", style="dim")
    for stage, cost in spent.items():
        table.add_row(stage, f"{cost:.2f}", f"[cyan]{'▇' * max(1, round(_BAR * cost / most))}[/]", WHAT[stage])
    total = sum(spent.values())
    table.add_row("[bold]one channel[/]", f"[bold]{total:.2f}[/]", "", f"of {1000 / FPS:.0f} ms")
    out.print(table)
    out.print()
    out.print(
        f"A channel takes [bold]{found.channel:.2f}[/] of a core: {found.ratio:.2f} × a bare x264 superfast encode "
        f"of the same pictures ({found.bare:.2f} ms)."
    )
    verdict = f"[bold green]{_channels(found.channels)}[/]" if found.channels else "[bold red]No channel[/]"
    out.print(f"{verdict} will run on this machine: it has {found.cores:g} cores, of which {SHARE:.0%} are used.")
    if found.channels_now < found.channels:
        now = _channels(found.channels_now).lower()
        out.print(f"[yellow]Beside what else runs now: {now}[/], since {found.free:.1f} cores are free.")


def _channels(count: int) -> str:
    return f"{count or 'No'} channel{'' if count == 1 else 's'}"
