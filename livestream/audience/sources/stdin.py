"""Comments from standard input: one a line, as text or as JSON."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator

from livestream.audience.comment import Comment
from livestream.audience.sources import SourceStatus
from livestream.audience.sources.base import Standing, check_options
from livestream.audience.sources.protocol import SchemaError
from livestream.audience.sources.text import Lines, read_line
from livestream.clock import Clock
from livestream.errors import SourceError
from livestream.settings import CommentSource

_CHUNK = 65_536


class StdinSource:
    """Reads a file descriptor without ever blocking the loop or holding a thread."""

    can_reply = False

    def __init__(self, name: str, *, clock: Clock, descriptor: int, user: str = "") -> None:
        self.name = name
        self._user = user or name
        self._clock = clock
        self._descriptor = descriptor
        self._standing = Standing(name, "stdin", clock)
        self._closed = asyncio.Event()

    @property
    def status(self) -> SourceStatus:
        """How it fares now."""
        return self._standing.status

    async def comments(self) -> AsyncIterator[Comment]:
        """Yield a comment a line until the input ends; a line that is none is told by the status."""
        async for read in self.entries():
            if isinstance(read, SchemaError):
                number = read.id.partition(".")[2]
                self._standing.become("connected", f"line {number}, {read.field or 'line'}: {read.message}")
            else:
                self._standing.received += 1
                yield read
        self._standing.become("ended", self._standing.status.detail)

    async def entries(self) -> AsyncIterator[Comment | SchemaError]:
        """Yield the comment of each line that is not empty, or what is wrong with it."""
        lines, number, begun = Lines(), 0, f"{int(self._clock.time() * 1000):x}"
        self._standing.become("connected")
        while True:
            chunk = await self._read()
            for line in lines.feed(chunk) if chunk else lines.rest():
                number += 1
                if line:
                    id_ = f"{begun}.{number}"
                    yield read_line(
                        line, id_=id_, source=self.name, platform="stdin", now=self._clock.time(), user=self._user
                    )
            if not chunk:
                break

    async def _read(self) -> bytes:
        """Return the next bytes; none at the end of the input or when closed."""
        loop = asyncio.get_running_loop()
        readable = asyncio.Event()
        try:
            loop.add_reader(self._descriptor, readable.set)
        except PermissionError:  # a regular file is always readable, and epoll will not watch it
            await asyncio.sleep(0)
        else:
            try:
                await _either(readable, self._closed)
            finally:
                loop.remove_reader(self._descriptor)
        return b"" if self._closed.is_set() else os.read(self._descriptor, _CHUNK)

    async def reply(self, text: str, to: Comment) -> None:
        """Refuse: nobody is there to read it.

        Raises:
            SourceError: always.
        """
        raise SourceError("standard input takes no replies", where=self.name)

    async def close(self) -> None:
        """End `comments`."""
        self._closed.set()


async def _either(one: asyncio.Event, other: asyncio.Event) -> None:
    """Return when one of two events is set."""
    woken = asyncio.Event()

    async def forward(event: asyncio.Event) -> None:
        await event.wait()
        woken.set()

    async with asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(forward(event)) for event in (one, other)]
        await woken.wait()
        for task in waiting:
            task.cancel()


def open_source(settings: CommentSource, *, clock: Clock) -> StdinSource:
    """Open standard input."""
    check_options(settings)
    return StdinSource(settings.label, clock=clock, descriptor=sys.stdin.fileno())
