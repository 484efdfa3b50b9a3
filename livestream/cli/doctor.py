"""`livestream doctor`: what this machine has and lacks."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.progress import stages
from livestream.cli.terminal import out

if TYPE_CHECKING:
    from livestream.channel.doctor import Report

MARKS = {"ok": "[green]✓[/]", "lacking": "[bold red]✗[/]", "optional": "[yellow]–[/]"}
SECTIONS = ("Machine", "Software", "Encoders", "Languages", "Picture", "Programs that only tests need")


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False) -> None:
    """Tell what this machine has and lacks, and the command that mends each lack.

    Example: [bold]livestream doctor[/]

    ✓ is there · – is missing and not needed to go on air · ✗ is missing and needed. Ends with 0 where a channel can go
    on air, 4 where it cannot.
    """
    from livestream.channel.doctor import examine
    from livestream.errors import MachineError

    with stages({"all": "Examining"}, quiet=as_json) as progress:
        report = examine(progress=lambda share: progress("all", share))
    if as_json:
        typer.echo(json.dumps(document(report), ensure_ascii=False, indent=2))
    else:
        _show(report)
    if not report.on_air:
        raise typer.Exit(MachineError.exit_code)


def document(report: Report) -> dict[str, object]:
    """Return the report as plain data; keys are added to it, never renamed."""
    capacity = report.capacity
    return {
        "on_air": report.on_air,
        "channels": capacity.channels if capacity else None,
        "channels_now": capacity.channels_now if capacity else None,
        "checks": [
            {
                "section": check.section,
                "name": check.name,
                "state": check.state,
                "detail": check.detail,
                "remedy": check.remedy,
            }
            for check in report.checks
        ],
    }


def _show(report: Report) -> None:
    ordered = sorted(report.checks, key=lambda check: SECTIONS.index(check.section))
    width = max(len(check.name) for check in ordered)
    for section, checks in groupby(ordered, key=lambda check: check.section):
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 1, 0, 0))
        table.add_column(width=1)
        table.add_column(width=width, no_wrap=True)
        table.add_column(overflow="fold")
        for check in checks:
            table.add_row(MARKS[check.state], escape(check.name), escape(check.detail))
            if check.remedy:
                table.add_row("", "", f"[cyan]→ {escape(check.remedy)}[/]")
        out.print(f"[bold]{section}[/]")
        out.print(table)
    lacking = sum(check.state == "lacking" for check in report.checks)
    if report.on_air:
        out.print("\n[bold green]✓ A channel can go on air here.[/]")
    else:
        things = "one thing is" if lacking == 1 else f"{lacking} things are"
        out.print(f"\n[bold red]✗ No channel can go on air here: {things} missing, see above.[/]")
