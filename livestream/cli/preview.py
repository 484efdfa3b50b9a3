"""`livestream preview`: the timed rundown, on paper or to listen to."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from livestream.cli.arguments import LONGEST_SHOW, seconds_of
from livestream.cli.progress import stages
from livestream.cli.terminal import err, out

if TYPE_CHECKING:
    from livestream.catalogue import Catalogue
    from livestream.channel.preview import Preview
    from livestream.locales import Locale
    from livestream.rundown import Playbook


class Form(StrEnum):
    """How the rundown is written."""

    TABLE = "table"
    JSON = "json"
    MD = "md"
    HTML = "html"
    VTT = "vtt"
    SRT = "srt"


def preview(
    catalogue: Annotated[
        Path,
        typer.Argument(help="Product list: a Shopify export, CSV or JSON.", metavar="CATALOGUE", show_default=False),
    ],
    locale: Annotated[str, typer.Option(help="Audience's language and market.", metavar="TAG")] = "en-US",
    duration: Annotated[str, typer.Option(help="Length of the show: 90, 45s, 10m, 1h30m.", metavar="TIME")] = "10m",
    form: Annotated[Form, typer.Option("--format", help="How the rundown is written.")] = Form.TABLE,
    audio: Annotated[
        Path | None, typer.Option(help="Speak it, and write the voice to this WAV file.", metavar="FILE")
    ] = None,
    spoken: Annotated[
        bool, typer.Option("--spoken", help="Speak it, and show measured seconds. HTML always is.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of the terminal.", metavar="FILE")
    ] = None,
    seed: Annotated[int, typer.Option(help="Chooses the wordings: another number, another script.")] = 1,
    currency: Annotated[
        str, typer.Option(help="ISO code of prices that the file leaves without one, such as USD.", metavar="CODE")
    ] = "",
    drafts: Annotated[
        Path | None, typer.Option(help="With these drafts of livestream write, approved or not.", metavar="FILE")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar and no notes.")] = False,
) -> None:
    """Show what would be said, when, and for how long.

    Example: [bold]livestream preview products.csv --duration 10m --format html --output show.html[/]
    """
    from livestream.catalogue import read_catalogue
    from livestream.channel import preview as room
    from livestream.channel.outputs import check_output
    from livestream.cli.voicenote import tell_voice
    from livestream.locales import locale as find_locale

    for path in (output, audio):
        if path is not None:
            check_output(path)
    seconds = seconds_of(duration, most=LONGEST_SHOW)
    audience = find_locale(locale)
    tell_voice(audience.tag, quiet=quiet)
    products = read_catalogue(catalogue, currency=currency or None, assume=audience.currency, locale=audience.tag)
    playbook = _drafted(drafts, audience, quiet=quiet) if drafts else None
    if spoken or audio or form is Form.HTML:
        shown = _spoken(products, audience, seed, seconds, playbook, quiet=quiet)
    else:
        shown = room.planned(products, locale=audience, seed=seed, target=seconds, playbook=playbook)
    if audio and shown.programming:
        from livestream.channel.preview.sound import voice, wav

        room.save(audio, wav(voice(shown.programming)))
    _write(shown, form, output)
    if not quiet and form is not Form.TABLE:
        _notes(shown, output)


def _drafted(drafts: Path, locale: Locale, *, quiet: bool) -> Playbook:
    """Return the playbook with drafts, and say so where nobody has approved them."""
    from livestream.audit import AuditLog, audit_path
    from livestream.clock import SystemClock
    from livestream.drafting.approval import previewed_playbook

    playbook, approval = previewed_playbook(locale, drafts, AuditLog(audit_path(), SystemClock()))
    if approval is None and not quiet:
        err.print("[yellow]With drafts that nobody has approved:[/] they would not go on air.")
    return playbook


def _spoken(
    catalogue: Catalogue, locale: Locale, seed: int, seconds: float, playbook: Playbook | None, *, quiet: bool
) -> Preview:
    import asyncio

    from livestream.channel import preview as room
    from livestream.media import Speech
    from livestream.speech import speech_worker
    from livestream.standards import ApprovedLine

    async def work() -> Preview:
        with stages({"speech": "Speaking"}, quiet=quiet) as progress:
            async with speech_worker(locale.tag, seed=seed) as client:

                async def speak(line: ApprovedLine) -> Speech:
                    return (await client.speak(line)).speech

                return await room.spoken(
                    catalogue,
                    speak,
                    locale=locale,
                    seed=seed,
                    target=seconds,
                    playbook=playbook,
                    progress=lambda share: progress("speech", share),
                )

    return asyncio.run(work())


def _write(shown: Preview, form: Form, output: Path | None) -> None:
    from livestream.channel import preview as room

    if form is Form.TABLE:
        from livestream.channel.preview.table import table

        if output is None:
            out.print(table(shown))
            return
        from rich.console import Console

        with (paper := Console(width=120, highlight=False, color_system=None)).capture() as captured:
            paper.print(table(shown))
        room.save(output, captured.get())
        return
    if form is Form.HTML:
        from livestream.channel.preview.page import as_page

        text = as_page(shown)
    else:
        text = room.document(shown, form.value)
    if output is None:
        sys.stdout.write(text)
    else:
        room.save(output, text)


def _notes(shown: Preview, output: Path | None) -> None:
    if output is not None:
        err.print(f"Wrote {output}", soft_wrap=True, markup=False)
    if shown.currency_assumed:
        err.print(f"[yellow]Currency unknown:[/] {shown.currency} is assumed. Pass --currency if that is wrong.")
    if shown.left_out:
        err.print(f"[yellow]Left out for lack of time:[/] {len(shown.left_out)} products.")
