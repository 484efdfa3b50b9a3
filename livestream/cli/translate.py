"""`livestream translate`: a list's texts in another language, drafted by a model, approved by a person."""

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
    from livestream.drafting.translating import Change, Drafted, Translating
    from livestream.drafting.work import Wanted

_SHOWN = 40


def translate(
    catalogue: Annotated[
        Path | None, typer.Argument(help="Product list: a Shopify export, CSV or JSON.", metavar="CATALOGUE")
    ] = None,
    locale: Annotated[str, typer.Option(help="Audience's language and market.", metavar="TAG")] = "",
    base_url: Annotated[
        str, typer.Option(help="An OpenAI-compatible endpoint: http://127.0.0.1:8080/v1.", metavar="URL")
    ] = "",
    model: Annotated[str, typer.Option(help="The model's name there.", metavar="NAME")] = "",
    key_file: Annotated[Path | None, typer.Option(help="File with the endpoint's key.", metavar="FILE")] = None,
    key_env: Annotated[
        str | None, typer.Option(help="Environment variable with the endpoint's key.", metavar="NAME")
    ] = None,
    calls: Annotated[int, typer.Option(min=1, max=100_000, help="The most calls to make this time.")] = 500,
    timeout: Annotated[float, typer.Option(min=1, max=600, help="Seconds for one answer.")] = 120.0,
    approve: Annotated[Path | None, typer.Option(help="Let a draft on air that you have read.", metavar="FILE")] = None,
    by: Annotated[str, typer.Option(help="Your name, with --approve.", metavar="NAME")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no notes.")] = False,
) -> None:
    """Have a list's titles, descriptions, types and options drafted in another language; you read and approve them.

    Example: [bold]livestream translate products.csv --locale de-DE --base-url http://127.0.0.1:8080/v1 --model NAME[/]

    The draft lies beside the list: products.de-DE.draft.csv. What changes a number, is in another language or breaks
    a rule of the market is dropped and listed. Nothing of it is said until somebody approves it:
    [bold]livestream translate --approve products.de-DE.draft.csv --by NAME[/]
    """
    from livestream.errors import UsageError

    if approve is not None:
        _approve(approve, by, as_json=as_json)
    elif catalogue is None or not locale:
        raise UsageError(
            "a list and a language are wanted",
            where="CATALOGUE, --locale",
            remedy="livestream translate products.csv --locale de-DE",
        )
    else:
        from livestream.cli.write import endpoint
        from livestream.drafting.work import Wanted

        wanted = Wanted(endpoint(base_url, model, key_file, key_env), calls=calls, deadline=timeout)
        _draft(catalogue, locale, wanted, as_json=as_json, quiet=quiet)


def _draft(catalogue: Path, tag: str, wanted: Wanted, *, as_json: bool, quiet: bool) -> None:
    from livestream.drafting.model import read_key
    from livestream.drafting.translating import draft_path, translate
    from livestream.locales import locale as find_locale

    market = find_locale(tag)
    with stages({"texts": "Translating"}, quiet=quiet or as_json) as progress:
        state = translate(
            catalogue,
            market,
            wanted,
            key=read_key(wanted.model),
            told=lambda state: progress("texts", len(state.drafted) / state.wanted),
        )
    path = draft_path(catalogue, market.tag)
    if as_json:
        told = {"draft": str(path), "wanted": state.wanted, "kept": len(state.kept), "calls": state.calls}
        dropped = [_row(each) for each in state.dropped]
        typer.echo(json.dumps(told | {"dropped": dropped, "failures": state.failures}, ensure_ascii=False))
    else:
        _report(state, path, quiet=quiet)
    if len(state.kept) < state.wanted:
        raise typer.Exit(1)


def _row(each: Drafted) -> dict[str, str]:
    told = each.missing
    return {"handle": told.handle, "field": told.field, "source": told.source, "text": each.text, "why": each.why}


def _report(state: Translating, path: Path, *, quiet: bool) -> None:
    out.print(f"[bold]{escape(str(path))}[/]  {len(state.kept)} of {state.wanted} texts drafted", soft_wrap=True)
    if quiet:
        return
    for each in state.dropped[:_SHOWN]:
        out.print(f"  [yellow]dropped[/] {escape(each.missing.source[:60])!r}: {escape(each.why)}", soft_wrap=True)
    for failure in state.failures[:_SHOWN]:
        out.print(f"  [red]no answer[/] {escape(failure)}", soft_wrap=True)
    err.print(
        f"Read it, change what you like, then: livestream translate --approve {path} --by NAME",
        soft_wrap=True,
        markup=False,
    )


def _approve(draft: Path, by: str, *, as_json: bool) -> None:
    from livestream.audit import AuditLog, audit_path
    from livestream.clock import SystemClock
    from livestream.drafting.translating import approve_texts, read_draft

    read = read_draft(draft)
    made = read.changes
    if not as_json:
        out.print(_changes(made))
    for problem in read.problems:
        err.print(f"[yellow]row {problem.row}[/] {escape(problem.message)}", soft_wrap=True)
    target = approve_texts(read, by, AuditLog(audit_path(), SystemClock()))
    if as_json:
        typer.echo(json.dumps({"texts": str(target), "changed": len(made)}, ensure_ascii=False))
    else:
        out.print(f"[bold green]Approved:[/] {escape(str(target))}, {len(made)} texts new or changed", soft_wrap=True)


def _changes(made: list[Change]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("", "field", "the list says", "it will be told as"):
        table.add_column(name, overflow="fold")
    for change in made:
        text = change.text
        was = f"\n[red strike]{escape(change.before)}[/]" if change.before else ""
        sign = "[yellow]±[/]" if change.before else "[green]+[/]"
        table.add_row(sign, text.field, escape(text.source), escape(text.cell.value) + was)
    return table
