"""`livestream clip`: one clip a product out of a recording."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from livestream.cli.arguments import length
from livestream.cli.progress import stages
from livestream.cli.terminal import out

if TYPE_CHECKING:
    from livestream.catalogue import Catalogue
    from livestream.clips import Clip, Recording, Stretch


class Shape(StrEnum):
    """The form of the clips."""

    UPRIGHT = "9:16"
    SQUARE = "1:1"


def clip(
    recording: Annotated[
        Path, typer.Argument(help="An MP4 that render or run wrote.", metavar="RECORDING", show_default=False)
    ],
    product: Annotated[
        str, typer.Option(help="Only this product: handle, name, or with --catalogue a SKU.", metavar="PRODUCT")
    ] = "",
    aspect: Annotated[Shape, typer.Option(help="As recorded, or a square of presenter and card.")] = Shape.UPRIGHT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the clips; RECORDING-clips if not said.")
    ] = None,
    as_run: Annotated[
        Path | None, typer.Option(help="The as-run log, where it is not beside the recording.", metavar="FILE")
    ] = None,
    catalogue: Annotated[
        Path | None,
        typer.Option(
            help="The list as it is now: to find a SKU, and former prices in clips.",
            metavar="FILE",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Cut one captioned clip a product out of a recording, by its as-run log.

    Example: [bold]livestream clip show.mp4 --product led-desk-lamp --aspect 1:1[/]

    A product that comes up more than once gives one clip, of the longest stretch that is all about it.
    """
    from livestream.clips import find, open_recording

    source = open_recording(recording, as_run)
    goods = _goods(catalogue)
    chosen = [find(source.stretches, _handle(product, goods))] if product else list(source.stretches)
    folder = output or recording.with_name(f"{recording.stem}-clips")
    versions = {fact.id: fact.version for fact in goods.facts.values()} if goods else None
    former = [stretch.former(versions) if versions is not None else () for stretch in chosen]
    made = _cut(source, chosen, folder, aspect, quiet=as_json)
    if as_json:
        told = [_document(entry) | {"former": facts} for entry, facts in zip(made, former, strict=True)]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for entry, facts in zip(made, former, strict=True):
        out.print(f"[bold green]✓[/] {escape(str(entry.path))}  [dim]{length(entry.seconds)}[/]", soft_wrap=True)
        if facts:
            out.print(f"  [yellow]the list says otherwise by now[/]: {escape(', '.join(facts))}", soft_wrap=True)


def _cut(source: Recording, chosen: list[Stretch], folder: Path, aspect: Shape, *, quiet: bool) -> list[Clip]:
    from livestream.clips import cut

    made: list[Clip] = []
    with stages({"clips": "Clips", "clip": "This one"}, quiet=quiet) as progress:
        for done, stretch in enumerate(chosen):
            made.append(
                cut(source, stretch, folder, aspect=aspect.value, progress=lambda share: progress("clip", share))
            )
            progress("clips", (done + 1) / len(chosen))
    return made


def _goods(path: Path | None) -> Catalogue | None:
    if path is None:
        return None
    from livestream.catalogue import read_catalogue

    return read_catalogue(path)


def _handle(product: str, goods: Catalogue | None) -> str:
    """Return the handle of the product that has this SKU in the list, else what was given."""
    for entry in goods.products if goods else ():
        if any(variant.sku.casefold() == product.casefold() for variant in entry.variants):
            return entry.handle
    return product


def _document(entry: Clip) -> dict[str, object]:
    """Return a clip as plain data; keys are added to it, never renamed."""
    return {
        "path": str(entry.path),
        "product": entry.product,
        "title": entry.title,
        "start": entry.start,
        "end": entry.end,
        "lead_seconds": entry.lead,
        "seconds": round(entry.seconds, 3),
    }
