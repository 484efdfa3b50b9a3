"""`livestream render`: the programme as a file, faster than real time."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from livestream.cli.arguments import LONGEST_SHOW, length, seconds_of
from livestream.cli.progress import stages
from livestream.cli.terminal import err, out

if TYPE_CHECKING:
    from livestream.channel.render import Rendered


def render(
    catalogue: Annotated[Path, typer.Argument(help="The product list: Shopify CSV, plain CSV or JSON.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The MP4 to write.")],
    duration: Annotated[str, typer.Option(help="How long: 90, 2m, 1h30m.")] = "2m",
    locale: Annotated[str, typer.Option(help="The audience's language and market.")] = "en-US",
    currency: Annotated[str | None, typer.Option(help="Currency of prices that name none: USD.")] = None,
    seed: Annotated[int, typer.Option(help="Another number, other wordings.")] = 1,
    bed: Annotated[Path | None, typer.Option(help="Music under the voice, in any audio format.")] = None,
    stem: Annotated[Path | None, typer.Option(help="Also write the voice alone, as WAV.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Render the programme into an MP4, with captions (.vtt) and the as-run log beside it.

    Example: [bold]livestream render products.csv --output show.mp4 --duration 2m[/]
    """
    from livestream.catalogue import read_catalogue
    from livestream.channel.render import RenderSettings
    from livestream.channel.render import render as render_programme
    from livestream.cli.voicenote import tell_voice
    from livestream.errors import UsageError
    from livestream.locales import locale as locale_of

    if output.suffix.lower() != ".mp4":
        raise UsageError("the output is an .mp4 file", where=str(output), remedy="Write --output show.mp4.")
    market = locale_of(locale)
    tell_voice(market.tag, quiet=as_json)
    settings = RenderSettings(market, seconds_of(duration, most=LONGEST_SHOW), seed=seed, bed=bed, stem=stem)
    products = read_catalogue(catalogue, currency=currency, assume=market.currency, locale=market.tag)
    if products.currency_origin == "assumed":
        err.print(f"[yellow]note:[/] the list names no currency; prices are spoken as {products.currency} (--currency)")
    began = time.monotonic()
    with stages({"speech": "Speaking", "picture": "Rendering"}, quiet=as_json) as progress:
        result = render_programme(products, output, settings, progress)
    _report(result, time.monotonic() - began, as_json=as_json)


def _report(result: Rendered, took: float, *, as_json: bool) -> None:
    if as_json:
        body = asdict(result) | {"took_seconds": round(took, 1)}
        typer.echo(json.dumps(body, default=str, ensure_ascii=False))
        return
    speed = result.seconds / took
    figures = f"{length(result.seconds)}, made in {took:.0f} s ({speed:.1f} × real time)"
    out.print(f"[bold green]✓[/] {escape(str(result.output))}  {figures}")
    out.print(f"  captions {escape(str(result.captions))}\n  as-run   {escape(str(result.as_run))}")
    for handle in result.left_out:
        out.print(f"  [yellow]left out[/] {escape(handle)}: it did not fit, or standards refused its title")
