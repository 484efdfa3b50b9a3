"""`livestream platforms`: what each platform allows, and the owner's written word for one that is not known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from livestream.cli.terminal import out

if TYPE_CHECKING:
    from livestream.standards.platforms import Platform, Topic

app = typer.Typer(help="What each platform allows, by which rule, read when.", invoke_without_command=True)
_COLOURS = {"allowed": "green", "forbidden": "red", "unknown": "yellow"}
_SHOWN: tuple[Topic, ...] = ("voice", "simulcast", "hours", "bitrate")


@app.callback()
def platforms(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print all rules as JSON.")] = False,
) -> None:
    """List the platforms that are known, with what they allow.

    Example: [bold]livestream platforms show tiktok-shop-us[/]
    """
    if context.invoked_subcommand is not None:
        return
    from livestream.audit import AuditLog, audit_path
    from livestream.clock import SystemClock
    from livestream.standards.platforms import TOPICS, confirmations, load_platforms

    known = load_platforms().values()
    if as_json:
        typer.echo(json.dumps([_told(each) for each in known], ensure_ascii=False))
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("Id", "Platform", *(TOPICS[topic] for topic in _SHOWN)):
        table.add_column(heading, no_wrap=heading == "Id")
    for each in known:
        table.add_row(f"[bold]{each.id}[/]", escape(each.name), *(_cell(each, topic) for topic in _SHOWN))
    out.print(table)
    for host, entry in confirmations(AuditLog(audit_path(), SystemClock())).items():
        out.print(f"\n[green]confirmed[/]  {escape(host)} by {escape(str(entry.body['name']))}, {entry.at[:10]}")
    out.print("\n[dim]livestream platforms show ID has each rule with its source. Unknown: a preview only, until[/]")
    out.print("[dim]you have read the rules there and say so: livestream platforms confirm HOST.[/]")


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="A platform's id, as `livestream platforms` lists it.")],  # noqa: A002
    as_json: Annotated[bool, typer.Option("--json", help="Print the rules as JSON.")] = False,
) -> None:
    """Show a platform's rules with their sources and dates."""
    from livestream.standards.platforms import TOPICS, platform

    found = platform(id)
    if as_json:
        typer.echo(json.dumps(_told(found), ensure_ascii=False))
        return
    out.print(f"[bold]{escape(found.name)}[/]  {found.id}")
    if found.hosts:
        out.print(f"[dim]Ingest servers: {escape(', '.join(found.hosts))}[/]")
    for territory, other in found.markets.items():
        out.print(f"[dim]In {territory} the rules of {other} hold.[/]")
    for topic, heading in TOPICS.items():
        rule = found.rule(topic)
        if rule is None and found.private:
            continue
        out.print(f"\n[bold]{heading}[/]  {_cell(found, topic)}")
        if rule is not None:
            out.print(f"  {escape(rule.says)}")
            dated = f"of {rule.source.dated}, " if rule.source.dated else ""
            source = f"{rule.source.title} ({dated}{rule.source.confidence}, read {rule.source.read})"
            out.print(f"  [dim]{escape(source)}[/]")


@app.command()
def confirm(
    host: Annotated[str, typer.Argument(help="The ingest's host, say live.example.com.")],
    name: Annotated[str, typer.Option(help="Who answers for it.")],
    statement: Annotated[str, typer.Option(help="What you have read there and stand by, in a sentence.")],
) -> None:
    """Confirm in writing that a platform allows a synthetic host; kept in the audit log, word for word.

    What a known platform forbids stays forbidden.
    """
    from livestream.audit import AuditLog, audit_path
    from livestream.clock import SystemClock
    from livestream.standards.platforms import confirm as record

    log = AuditLog(audit_path(), SystemClock())
    digest = record(log, host, name=name, statement=statement)
    out.print(f"[bold green]✓[/] {escape(host)} is confirmed by {escape(name)}.")
    out.print(f"  Kept in {escape(str(log.path))}, record {digest[:16]}.", soft_wrap=True)


def _cell(each: Platform, topic: Topic) -> str:
    """Return a verdict in a word or a figure, coloured."""
    rule = each.rule(topic)
    if rule is None and each.private:
        return ""
    verdict = "unknown" if rule is None else rule.verdict
    told: str = verdict
    if rule is not None and rule.most is not None:
        told = {"hours": f"{rule.most / 3600:g} h", "keyframe": f"{rule.most} s"}.get(
            topic, f"{rule.most / 1e6:.3g} Mbit/s"
        )
    colour = _COLOURS.get(verdict)
    return f"[{colour}]{told}[/]" if colour else told


def _told(each: Platform) -> dict[str, object]:
    return each.model_dump(mode="json", exclude_none=True)
