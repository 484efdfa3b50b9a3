"""The terminal: one place that decides on colour, width, and where errors go."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from livestream.errors import LivestreamError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def complain(error: LivestreamError) -> None:
    """Say on stderr what happened, where, and what to do about it."""
    head = f"[bold red]error:[/] {escape(error.message)}"
    err.print(f"{head} [dim]({escape(error.where)})[/]" if error.where else head, soft_wrap=True)
    if error.remedy:
        err.print(f"  [bold]→[/] {escape(error.remedy)}", soft_wrap=True)
