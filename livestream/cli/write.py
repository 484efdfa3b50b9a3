"""`livestream write`: further lines, drafted by a model, for people to read and approve."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from livestream.cli.terminal import err, out

if TYPE_CHECKING:
    from livestream.drafting.work import Progress
    from livestream.settings import Model

_SHOWN = 8


def write(
    catalogue: Annotated[
        Path, typer.Argument(help="Product list: a Shopify export, CSV or JSON.", metavar="CATALOGUE")
    ],
    base_url: Annotated[
        str, typer.Option(help="An OpenAI-compatible endpoint: http://127.0.0.1:8080/v1.", metavar="URL")
    ] = "",
    model: Annotated[str, typer.Option(help="The model's name there.", metavar="NAME")] = "",
    key_file: Annotated[Path | None, typer.Option(help="File with the endpoint's key.", metavar="FILE")] = None,
    key_env: Annotated[
        str | None, typer.Option(help="Environment variable with the endpoint's key.", metavar="NAME")
    ] = None,
    drafts: Annotated[Path, typer.Option("--out", "-o", help="The drafts to write.", metavar="FILE")] = Path(
        "drafts.toml"
    ),
    locale: Annotated[str, typer.Option(help="Audience's language and market.", metavar="TAG")] = "en-US",
    currency: Annotated[
        str, typer.Option(help="ISO code of prices that the file leaves without one.", metavar="CODE")
    ] = "",
    lines: Annotated[int, typer.Option(min=1, max=8, help="Lines wanted of each beat of each product.")] = 3,
    calls: Annotated[int, typer.Option(min=1, max=100_000, help="The most calls to make this time.")] = 500,
    at_once: Annotated[int, typer.Option(min=1, max=16, help="Calls at the same time.")] = 2,
    timeout: Annotated[float, typer.Option(min=1, max=600, help="Seconds for one answer.")] = 120.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no notes.")] = False,
) -> None:
    """Have a model draft further lines for each product; nothing of it goes on air before somebody approves it.

    Example: [bold]livestream write products.csv --base-url http://127.0.0.1:8080/v1 --model NAME[/]

    The model is told the facts of your list and cites them; what it says beyond them is dropped, and listed with the
    words at fault. Every answer is kept: after Ctrl-C the same command goes on where it stopped. A model is never
    needed: the playbook words every show without one.
    """
    from livestream.catalogue import read_catalogue
    from livestream.drafting.model import read_key
    from livestream.drafting.work import Wanted
    from livestream.drafting.work import write as draft
    from livestream.locales import locale as find_locale

    settings = endpoint(base_url, model, key_file, key_env)
    market = find_locale(locale)
    products = read_catalogue(catalogue, currency=currency or None, assume=market.currency, locale=market.tag)
    wanted = Wanted(settings, count=lines, calls=calls, at_once=at_once, deadline=timeout)
    began = time.monotonic()
    try:
        with _bar(quiet=quiet or as_json) as told:
            done = draft(products, market, drafts, wanted, key=read_key(settings), currency=currency, told=told)
    except KeyboardInterrupt:
        err.print("Stopped. What was answered is kept: the same command goes on from there.")
        raise
    if as_json:
        typer.echo(json.dumps(_summary(done, drafts, time.monotonic() - began), ensure_ascii=False))
    else:
        _report(done, drafts, quiet=quiet)
    if done.missing:
        raise typer.Exit(1)


def endpoint(base_url: str, model: str, key_file: Path | None, key_env: str | None) -> Model:
    """Return where a model is asked, from the options that name it.

    Raises:
        UsageError: no model is named, or an option cannot stand so.
    """
    from pydantic import ValidationError

    from livestream.drafting.work import no_model
    from livestream.errors import UsageError
    from livestream.settings import Model

    if not base_url or not model:
        raise no_model()
    if not base_url.startswith(("http://", "https://")):
        raise UsageError(f"{base_url!r} is no address", where="--base-url", remedy="Write http://127.0.0.1:8080/v1")
    try:
        return Model(base_url=base_url, model=model, key_file=key_file, key_env=key_env)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0]).replace("_", "-")
        raise UsageError("this cannot stand here", where=f"--{field}", remedy="livestream write --help") from None


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Give what shows how far the work is, with the lines kept and dropped so far."""
    columns = (
        TextColumn("Drafting"),
        BarColumn(40),
        MofNCompleteColumn(),
        TextColumn("[green]{task.fields[kept]} kept[/]  [yellow]{task.fields[dropped]} dropped[/]"),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=err, transient=True, disable=quiet or not err.is_terminal) as bar:
        task = bar.add_task("", total=None, kept=0, dropped=0)
        yield lambda progress: bar.update(
            task,
            total=progress.products,
            completed=progress.done,
            kept=len(progress.kept),
            dropped=len(progress.dropped),
        )


def _summary(done: Progress, drafts: Path, took: float) -> dict[str, object]:
    return {
        "drafts": str(drafts),
        "products": done.products,
        "missing": done.missing,
        "kept": len(done.kept),
        "dropped": len(done.dropped),
        "rules": done.rules,
        "calls": done.calls,
        "tokens_in": done.tokens_in,
        "tokens_out": done.tokens_out,
        "failures": done.failures,
        "took_seconds": round(took, 1),
    }


def _report(done: Progress, drafts: Path, *, quiet: bool) -> None:
    cost = f"{done.calls} calls, {done.tokens_in:,} tokens in, {done.tokens_out:,} out"
    out.print(f"[bold green]✓[/] {escape(str(drafts))}  {len(done.kept)} lines kept, {len(done.dropped)} dropped")
    out.print(f"  for {done.done} of {done.products} products  [dim]{cost}[/]")
    if quiet:
        return
    for rule, count in done.rules.items():
        example = next(line for line in done.dropped if line.rule == rule)
        out.print(f"  [yellow]dropped {count} ×[/] {escape(rule)}: {escape(example.words)}", soft_wrap=True)
    for failure in done.failures[:_SHOWN]:
        err.print(f"[yellow]no answer[/]  {escape(failure)}", soft_wrap=True)
    if done.missing:
        err.print(f"{done.missing} products are missing: the same command goes on with them.")
    out.print(f"  [dim]Read them:[/] livestream drafts show {escape(str(drafts))}", soft_wrap=True)
