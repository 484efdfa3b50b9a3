"""`livestream audit`: prove that what was said was said, and read what people answered for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.terminal import complain, err, out

if TYPE_CHECKING:
    from livestream.audit import End, Entry

app = typer.Typer(help="The audit log and the as-run logs: check them, read them.", no_args_is_help=True)
_ENDS = {
    "open": ", [yellow]not closed[/]: its channel is on air or was killed",
    "unnoted": ", [yellow]not named in the audit log[/]: a cut end would not show",
}


@app.command()
def verify(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="As-run logs or audit logs; else the audit log and every as-run log that it names."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Check every byte of the logs; one that was changed, removed or put in is found, and its line named.

    A log that is named and gone is found too, and so is an end cut off or added after its channel went off air.
    While that is on air, and where it was killed, no end is noted yet, and the log is said to be not closed.

    Example: [bold]livestream audit verify show.as-run.jsonl[/]

    Exit code 6 where a log was tampered with. Note down the head of a log, or send it to somebody: nobody can then
    replace the whole log unseen.
    """
    from livestream.audit import AuditLog, Verified, audit_path, verify_against
    from livestream.audit import verify as check
    from livestream.clock import SystemClock
    from livestream.errors import AuditError

    own = audit_path()
    good: list[tuple[Verified, End | None]] = []
    bad: list[AuditError] = []
    entries: list[Entry] = []
    try:
        entries = AuditLog(own, SystemClock()).entries()
    except AuditError as error:
        bad.append(error)
    for path in files or _known(own, entries):
        try:
            log = check(path)
            good.append((log, None if path.resolve() == own.resolve() else verify_against(log, entries)))
        except AuditError as error:
            bad.append(error) if str(error) not in map(str, bad) else None
    if as_json:
        told: list[dict[str, object]] = [
            {"file": str(log.path), "records": log.records, "head": log.head, "whole": True, "end": end}
            for log, end in good
        ]
        typer.echo(json.dumps(told + [{"file": each.where, "whole": False, "error": str(each)} for each in bad]))
    else:
        for log, end in good:
            told_end = _ENDS.get(end or "", "")
            out.print(
                f"[green]whole[/]  {escape(str(log.path))}  {log.records} records, head {log.head[:16]}{told_end}",
                soft_wrap=True,
            )
        for found in bad:
            complain(found)
        if not good and not bad:
            err.print("There is no log yet: the first `livestream run` begins one.")
    if bad:
        raise typer.Exit(AuditError.exit_code)


@app.command()
def show(
    kind: Annotated[str, typer.Option(help="Only this kind: platform_confirmed, drafts_approved …")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print each record as one line of JSON.")] = False,
) -> None:
    """Read the audit log: who confirmed or approved what, and which logs belong to which show."""
    from livestream.audit import AuditLog, audit_path
    from livestream.clock import SystemClock

    entries = AuditLog(audit_path(), SystemClock()).entries(kind)
    if as_json:
        for entry in entries:
            typer.echo(json.dumps({"kind": entry.kind, "at": entry.at, **entry.body}, ensure_ascii=False))
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("When", "What", ""):
        table.add_column(column, overflow="fold")
    for entry in entries:
        told = "\n".join(f"{name}: {value}" for name, value in entry.body.items() if value)
        table.add_row(entry.at[:19].replace("T", " "), entry.kind.replace("_", " "), escape(told))
    out.print(table if entries else "The audit log is empty: the first `livestream run` begins it.")


def _known(own: Path, entries: list[Entry]) -> list[Path]:
    """Return the audit log and the as-run logs that it names, those that are gone too."""
    named = dict.fromkeys(Path(str(entry.body["file"])) for entry in entries if "file" in entry.body)
    return [*([own] if own.exists() else []), *named]
