"""Listening to a source in the background of a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from livestream.audience.comment import Comment
from livestream.audience.sources import Source


class Heard:
    """The comments of a source, as they come."""

    def __init__(self) -> None:
        self.comments: list[Comment] = []
        self.over = False
        self._changed = asyncio.Condition()

    @property
    def texts(self) -> list[str]:
        return [comment.text for comment in self.comments]

    async def listen(self, source: Source) -> None:
        async for comment in source.comments():
            async with self._changed:
                self.comments.append(comment)
                self._changed.notify_all()
        async with self._changed:
            self.over = True
            self._changed.notify_all()

    async def until(self, count: int) -> list[str]:
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.comments) >= count)
        return self.texts

    async def end(self) -> None:
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: self.over)


async def standing(source: Source, state: str, detail: str = "") -> None:
    """Return when a source stands so."""
    async with asyncio.timeout(20):
        while source.status.state != state or detail not in source.status.detail:
            await asyncio.sleep(0)


@asynccontextmanager
async def listening(source: Source) -> AsyncIterator[Heard]:
    """Listen until the context ends."""
    heard = Heard()
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(heard.listen(source))
        try:
            yield heard
        finally:
            task.cancel()
            await source.close()
