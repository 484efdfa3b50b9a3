"""Where comments come from: one plug-in a platform, found by the entry points `livestream.comment_sources`.

A plug-in is a function `open_source(settings, *, clock) -> Source`. Sources that are pushed to (`ws`,
`webhook`) have nothing to iterate over: the web port verifies and parses what comes and gives it to
the channel.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, Protocol

from livestream.audience.comment import Comment

SourceState = Literal["connecting", "connected", "waiting", "refused", "ended"]


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source fares: `detail` is for people and never holds a secret; `since` is Unix time."""

    name: str
    platform: str
    state: SourceState
    detail: str = ""
    since: float = 0.0
    received: int = 0


class Source(Protocol):
    """One source of comments, and where the platform allows it, the place to post replies to."""

    name: str
    can_reply: bool

    @property
    def status(self) -> SourceStatus:
        """How it fares now."""
        ...

    def comments(self) -> AsyncIterator[Comment]:
        """Yield comments as they come; connects again by itself with growing delays.

        It ends only where nothing more can come: a file is over, or the platform refused us for
        good, which `status` tells. It never raises for what a platform does.
        """
        ...

    async def reply(self, text: str, to: Comment) -> None:
        """Post a reply, at most as long as the platform allows.

        Raises:
            SourceError: the platform did not take it.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
