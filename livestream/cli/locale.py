"""`livestream locale`: what each locale has and lacks, and the first files of a new one."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.progress import stages
from livestream.cli.terminal import out

if TYPE_CHECKING:
    from livestream.channel.locales.rooms import Report

MARKS = {"ok": "[green]✓[/]", "note": "[yellow]●[/]", "lacking": "[bold red]✗[/]", None: "[dim]·[/]"}
LEGEND = f"{MARKS['ok']} complete · {MARKS['note']} works, with a note · {MARKS['lacking']} something is missing"
SHOWN = 12
"""What is missing in one place that the terminal shows; `--json` has it all."""

app = typer.Typer(
    help="Markets and their languages: what is there, what is missing, and a new one.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


@app.command("list")
def list_locales(as_json: AsJson = False) -> None:
    """List every locale with a tick for each of its rooms.

    Example: [bold]livestream locale list[/]
    """
    reports = _examined(None, judged=False, measured=False, quiet=as_json)
    if as_json:
        typer.echo(json.dumps([document(report) for report in reports], ensure_ascii=False, indent=2))
    else:
        _show_all(reports, ("lines",))


@app.command()
def check(
    tag: Annotated[str | None, typer.Argument(metavar="[TAG]", help="One locale, such as pl-PL; else all.")] = None,
    measure: Annotated[
        bool, typer.Option("--measure", help="Have the voice speak some lines, and see whether its rate is right.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell what a locale has and what is still to be written; standards judge each of its wordings.

    Example: [bold]livestream locale check pl-PL[/]

    Ends with 0 where nothing is missing, 1 where something is.
    """
    reports = _examined(tag, judged=True, measured=measure, quiet=as_json)
    if as_json:
        typer.echo(json.dumps([document(report) for report in reports], ensure_ascii=False, indent=2))
    elif tag:
        _show_one(reports[0])
    else:
        _show_all(reports, ())
    if not all(report.complete for report in reports):
        raise typer.Exit(1)


@app.command()
def new(
    tag: Annotated[str, typer.Argument(metavar="TAG", help="Language and market: nl-NL.")],
    like: Annotated[
        str, typer.Option(help="The locale to go by; else TAG itself, one of its language, or en-US.", metavar="TAG")
    ] = "",
    into: Annotated[Path, typer.Option(help="The folder of your own data.", metavar="DIR")] = Path(),
) -> None:
    """Write the first files of a locale: every section is there, empty, with another locale's wordings as comments.

    Example: [bold]livestream locale new nl-NL --into my-data[/]

    Where both are of one language, the new one is based on the other and holds only what differs. Nothing is ever
    overwritten.
    """
    from livestream.channel.locales.scaffold import scaffold
    from livestream.datafiles import ROOTS_VARIABLE, roots

    files = scaffold(tag, into, like=like)
    for path in files:
        out.print(f"[green]✓[/] {escape(str(path))}", soft_wrap=True)
    known = into.resolve() in {root.resolve() for root in roots()}
    steps = [] if known else [f"export {ROOTS_VARIABLE}={shlex.quote(str(into.resolve()))}"]
    out.print("\nFill them in, and see what is still missing:")
    for step in (*steps, f"livestream locale check {tag}"):
        out.print(f"  [bold]{escape(step)}[/]", soft_wrap=True)


def document(report: Report) -> dict[str, object]:
    """Return a report as plain data; keys are added to it, never renamed."""
    return {
        "locale": report.tag,
        "name": report.name,
        "complete": report.complete,
        "items": [
            {
                "room": item.room,
                "name": item.name,
                "state": item.state,
                "detail": item.detail,
                "missing": list(item.missing),
            }
            for item in report.items
        ],
    }


def _examined(tag: str | None, *, judged: bool, measured: bool, quiet: bool) -> list[Report]:
    from livestream.channel.locales.rooms import examine, known_locales

    tags = [tag] if tag else known_locales()
    found: list[Report] = []
    with stages({"all": "Examining"}, quiet=quiet or len(tags) == 1) as progress:
        for each in tags:
            found.append(examine(each, judged=judged, measured=measured))
            progress("all", len(found) / len(tags))
    return found


def _show_all(reports: list[Report], without: tuple[str, ...]) -> None:
    from livestream.channel.locales.rooms import ROOMS

    rooms = [room for room in ROOMS if room not in without]
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column("locale", no_wrap=True)
    table.add_column("", overflow="ellipsis", no_wrap=True)
    for room in rooms:
        table.add_column(room, justify="center", no_wrap=True)
    for report in reports:
        ticks = [MARKS[report.state(room)] for room in rooms]
        table.add_row(f"[bold]{escape(report.tag)}[/]", f"[dim]{escape(report.name)}[/]", *ticks)
    out.print(table)
    complete = sum(report.complete for report in reports)
    out.print(f"\n{LEGEND}")
    if complete < len(reports):
        out.print(
            f"{complete} of {len(reports)} lack nothing; [bold]livestream locale check TAG[/] says what is missing."
        )


def _show_one(report: Report) -> None:
    out.print(f"[bold]{escape(report.tag)}[/]  {escape(report.name)}")
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(width=1)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for item in report.items:
        table.add_row(MARKS[item.state], escape(item.name), escape(item.detail))
        for text in item.missing[:SHOWN]:
            table.add_row("", "", f"[cyan]→ {escape(text)}[/]")
        if len(item.missing) > SHOWN:
            table.add_row("", "", f"[dim]… and {len(item.missing) - SHOWN} more; --json has them all[/]")
    out.print(table)
    if report.complete:
        out.print("\n[bold green]✓ Nothing is missing.[/]")
    else:
        count = len(report.missing)
        out.print(f"\n[bold red]✗ {count} thing{' is' if count == 1 else 's are'} still to be done, see above.[/]")
