"""`livestream drafts`: read what a model drafted, and approve it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.terminal import err, out

if TYPE_CHECKING:
    from livestream.audit import AuditLog
    from livestream.drafting.approval import Approval, Shown
    from livestream.drafting.document import Drafts

app = typer.Typer(help="Lines that a model drafted: read them, and let them on air.", no_args_is_help=True)
_SIGNS = {"new": "[green]+[/]", "same": " ", "gone": "[red]−[/]"}
_File = Annotated[Path, typer.Argument(help="Drafts that livestream write made.", metavar="FILE")]
_List = Annotated[
    Path | None, typer.Option(help="Another product list than the one they were written for.", metavar="FILE")
]


@app.command()
def show(
    file: _File,
    catalogue: _List = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every line as JSON.")] = False,
) -> None:
    """Read the drafts as viewers would, prices as of now, compared with what was approved before.

    Example: [bold]livestream drafts show drafts.toml[/]

    + is new since the last approval, − is gone. What cannot be said now stands apart with the reason, and so does what
    was dropped when it was written.
    """
    from livestream.drafting.approval import approval_of, before, judged
    from livestream.drafting.document import read_drafts

    drafts = read_drafts(file)
    audit = _audit()
    approval = approval_of(drafts.digest, audit)
    lines = list(judged(drafts, file, catalogue=catalogue, earlier=before(file, audit)))
    if as_json:
        typer.echo(json.dumps(_document(drafts, approval, lines), ensure_ascii=False))
        return
    now = [shown for shown in lines if not shown.rule]
    for handle in dict.fromkeys(shown.line.product for shown in now):
        _product(handle, [shown for shown in now if shown.line.product == handle])
    _apart("Not said as things stand", [(shown.line.say, shown.rule, shown.reason) for shown in lines if shown.rule])
    _apart("Dropped when they were written", [(line.say, line.rule, line.words) for line in drafts.dropped])
    if approval:
        out.print(f"[bold green]Approved[/] by {escape(approval.by)} on {approval.at[:10]}  [dim]{drafts.origin}[/]")
    else:
        out.print(f"[bold yellow]Not approved.[/] livestream drafts approve {escape(str(file))} --by NAME")


@app.command()
def approve(
    file: _File,
    by: Annotated[str, typer.Option(help="Who has read them and answers for them.", metavar="NAME")],
    catalogue: _List = None,
) -> None:
    """Let these drafts on air, exactly as they are: your name and the file's hash go into the audit log.

    Example: [bold]livestream drafts approve drafts.toml --by "Ana Ruiz"[/]
    """
    from livestream.drafting.approval import approve as record

    drafts = record(file, by, _audit(), catalogue=catalogue)
    out.print(f"[bold green]✓[/] {len(drafts.line)} lines approved by {escape(by)}  [dim]{drafts.digest}[/]")
    listed = catalogue or file.parent / drafts.catalogue
    err.print(f"On air: livestream run {escape(str(listed))} --drafts {escape(str(file))}", soft_wrap=True)


def _audit() -> AuditLog:
    from livestream.audit import AuditLog, audit_path
    from livestream.clock import SystemClock

    return AuditLog(audit_path(), SystemClock())


def _product(handle: str, lines: list[Shown]) -> None:
    from livestream.drafting.beats import BEATS

    table = Table(box=None, padding=(0, 1, 0, 0), show_header=False, title=escape(handle), title_justify="left")
    table.add_column(width=1)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    beat = ""
    order = list(BEATS)
    for shown in sorted(lines, key=lambda each: order.index(each.line.beat)):
        label = "" if shown.line.beat == beat else shown.line.beat.replace("_", " ")
        beat = shown.line.beat
        table.add_row(_SIGNS[shown.change], label, escape(shown.caption or shown.line.say))
    out.print(table)
    out.print()


def _apart(heading: str, lines: list[tuple[str, str, str]]) -> None:
    if not lines:
        return
    out.print(f"[bold]{heading}[/]")
    for say, rule, reason in lines:
        out.print(f"  [yellow]{escape(rule)}[/]  {escape(say)}\n    [dim]{escape(reason)}[/]", soft_wrap=True)
    out.print()


def _document(drafts: Drafts, approval: Approval | None, lines: list[Shown]) -> dict[str, object]:
    told = [
        {
            "product": shown.line.product,
            "beat": shown.line.beat,
            "say": shown.line.say,
            "caption": shown.caption,
            "change": shown.change,
            "rule": shown.rule,
            "reason": shown.reason,
        }
        for shown in lines
    ]
    dropped = [line.model_dump() for line in drafts.dropped]
    by = {"by": approval.by, "at": approval.at} if approval else None
    return {"sha256": drafts.digest, "approved": by, "lines": told, "dropped": dropped}
