"""`livestream tail`: comments and answers of a running channel, in the terminal."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from typing import Annotated, Any

import typer
from rich.text import Text

from livestream.cli.terminal import err, out

KEPT = 10_000
_PLATFORM = 8
_HELD = {"held": ("yellow", "held"), "hidden": ("red", "hidden")}
_SAID = {"on_air": "on air", "answered": "answered"}


def tail(
    channel: Annotated[str | None, typer.Argument(help="Which one, where several are running.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each change as one line of JSON.")] = False,
) -> None:
    """Follow comments and answers of the channel that is on air on this machine. Ctrl-C ends it.

    Example: [bold]livestream tail[/]

    One line each: what viewers write, what is held or hidden and why, what the presenter answers, what moderators do.
    """
    from livestream.running import find_running

    running = find_running(channel)
    show = _print_json if as_json else Lines().show
    try:
        asyncio.run(_follow(running.name, show))
    except KeyboardInterrupt:
        return
    err.print(f"{running.name} is off air.", style="dim")


async def _follow(name: str, show: Any) -> None:  # noqa: ANN401 - a function of one message
    from livestream.clock import SystemClock
    from livestream.console.client import Session, messages, new_ticket
    from livestream.running import find_running, running

    clock = SystemClock()
    channel = find_running(name)
    session = Session(channel.origin, lambda: new_ticket(channel, clock))
    async for message in messages(session, clock, lambda: any(each.name == name for each in running())):
        show(message)


def _print_json(message: dict[str, Any]) -> None:
    for row in message.get("rows", ()):
        typer.echo(json.dumps({"type": "row", **row}, ensure_ascii=False))
    for act in message.get("acts", ()):
        typer.echo(json.dumps({"type": "act", **act}, ensure_ascii=False))


class Lines:
    """What has been printed, so that each thing is told once."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[str, str], None] = OrderedDict()

    def show(self, message: dict[str, Any]) -> None:
        """Print what is new in a message."""
        for line in self.lines(message):
            out.print(line, soft_wrap=True)

    def lines(self, message: dict[str, Any]) -> list[Text]:
        """Return a line for everything that is new in a message."""
        found = []
        for row in message.get("rows", ()):
            if self._new(row["id"], "comment"):
                found.append(_comment(row))
            if row["state"] in _HELD and self._new(row["id"], row["state"]):
                found.append(_held(row))
            if row["state"] in _SAID and row["planned"] and self._new(row["id"], "answer"):
                found.append(_answer(row))
        found += [_act(act) for act in message.get("acts", ()) if self._new(str(act["n"]), "act")]
        return found

    def _new(self, ident: str, what: str) -> bool:
        if (ident, what) in self._told:
            return False
        self._told[ident, what] = None
        if len(self._told) > KEPT:
            self._told.popitem(last=False)
        return True


def _comment(row: dict[str, Any]) -> Text:
    asked = f" ×{row['asked']}" if row["asked"] > 1 else ""
    return Text.assemble(
        _clock(row["at"]),
        _source(row["platform"]),
        (f"{_plain(row['name'])}: ", "bold"),
        _plain(row["text"]),
        (asked, "dim"),
    )


def _held(row: dict[str, Any]) -> Text:
    style, word = _HELD[row["state"]]
    note = f" ({_plain(row['note'])})" if row["note"] else ""
    return Text.assemble(_clock(row["at"]), _source("  ↳"), (f"{word}{note}: ", style), (_plain(row["text"]), "dim"))


def _answer(row: dict[str, Any]) -> Text:
    planned = row["planned"]
    by = f" by {_plain(planned['by'])}" if planned["by"] else ""
    return Text.assemble(
        _clock(row["at"]), _source("  ↳"), (f"{_SAID[row['state']]}{by}: ", "green"), _plain(planned["caption"])
    )


def _act(act: dict[str, Any]) -> Text:
    what = " ".join(part for part in (act["name"], act["target"], act["value"]) if part)
    return Text.assemble(_clock(act["at"]), _source("  ·"), (f"{_plain(act['person'])}: ", "cyan"), _plain(what))


def _clock(at: float) -> tuple[str, str]:
    return time.strftime("%H:%M:%S ", time.localtime(at)), "dim"


def _source(name: str) -> tuple[str, str]:
    return f"{_plain(name)[:_PLATFORM]:<{_PLATFORM}} ", "dim"


def _plain(text: str) -> str:
    """Return a text that cannot steer the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)
