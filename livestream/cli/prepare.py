"""`livestream prepare`: speak a show ahead, in a voice that is too slow to be made on air."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from livestream.cli.arguments import length, seconds_of
from livestream.cli.progress import stages
from livestream.cli.terminal import out

if TYPE_CHECKING:
    from livestream.channel.preparing import Prepared
    from livestream.settings import ChannelSettings

NICENESS = 10
"""A show that is on air meanwhile must not feel it."""


def prepare(
    source: Annotated[
        Path,
        typer.Argument(metavar="CATALOGUE|CHANNEL.toml", help="A product list, or a channel file."),
    ],
    locale: Annotated[str | None, typer.Option(help="The audience's language and market: pt-BR.")] = None,
    loops: Annotated[int, typer.Option(min=1, max=24, help="Passes of the show to speak.")] = 3,
    duration: Annotated[str | None, typer.Option(help="How long the show will be, if it ends: 90, 10m, 1h.")] = None,
    currency: Annotated[str | None, typer.Option(help="Currency of prices that name none: USD.")] = None,
    seed: Annotated[int | None, typer.Option(help="The seed that livestream run will be given.")] = None,
    drafts: Annotated[Path | None, typer.Option(help="Approved drafts of livestream write.", metavar="FILE")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Speak a show ahead; stop it at any time, and go on with the same command.

    Example: [bold]livestream prepare products.csv --locale pt-BR --loops 6[/]

    On air every line that is ready comes in this voice, and the others come from the next engine of the
    voice file, so that there is never a gap.
    """
    import asyncio

    from livestream.channel.preparing import prepare as speak_ahead

    settings = _settings(
        source,
        locale=locale,
        currency=currency,
        seed=seed,
        drafts=drafts,
        duration=seconds_of(duration) if duration else None,
    )
    with suppress(OSError):
        os.nice(NICENESS)
    with stages({"speech": "Speaking"}, quiet=as_json) as progress:
        done = asyncio.run(speak_ahead(settings, loops=loops, progress=lambda share: progress("speech", share)))
    _report(done, as_json=as_json)


def _settings(source: Path, **changes: object) -> ChannelSettings:
    from livestream.settings import load_channel, make_channel, override

    if source.suffix.lower() == ".toml":
        settings = load_channel(source)
    else:
        settings = make_channel({"catalogue": source}, where="command line")
    return override(settings, changes, where="command line")


def _report(done: Prepared, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(done)))
        return
    out.print(
        f"[bold green]✓[/] {done.ready} of {done.lines} lines are ready in {escape(done.locale)} by "
        f"{escape(done.engine)}, {length(done.seconds)} of speech; {done.made} of them are new"
    )
