"""`livestream console`: the console of a running channel, in the browser."""

from __future__ import annotations

import asyncio
import html
import os
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from livestream.cli.terminal import out


def console(
    channel: Annotated[str | None, typer.Argument(help="Which one, where several are running.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print the link.")] = False,
) -> None:
    """Open the console of the channel that is on air on this machine.

    Example: [bold]livestream console[/]

    The printed link lets in once, as an owner, and for a short time: whoever opens it first is in.
    """
    from livestream.clock import SystemClock
    from livestream.console.client import new_ticket
    from livestream.console.webport import WebPort
    from livestream.running import find_running

    running = find_running(channel)
    ticket = asyncio.run(new_ticket(running, SystemClock()))
    link = WebPort(running.port).link(ticket)
    out.print(f"[bold]Console of[/] {running.name}  {link}", soft_wrap=True, markup=True)
    if not no_open and _has_a_screen():
        webbrowser.open(_stepping_stone(link).as_uri())


def _has_a_screen() -> bool:
    """Whether a browser would open in a window of its own, and not take over the terminal."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _stepping_stone(link: str) -> Path:
    """Write a page that leads to the link, for our user alone to read, and return where it lies.

    A browser is told what to open on its command line, which everybody on the machine can read; so it
    is told of a file.
    """
    from livestream.datafiles import state_dir

    path = state_dir() / "console.html"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f'<!doctype html><meta http-equiv="refresh" content="0; url={html.escape(link)}">')
    return path
