"""Comments of a recording, at the distances they came in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from livestream.audience.comment import Comment
from livestream.audience.sources import SourceStatus
from livestream.audience.sources.base import Standing, check_options, needed_target, number_option
from livestream.audience.sources.protocol import SchemaError
from livestream.audience.sources.text import Lines, read_line
from livestream.clock import Clock
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource

_CHUNK = 65_536


class ReplaySource:
    """Plays a file of pushed comments, one JSON object a line with `at` in seconds.

    Comments get ids of their own and the time of their being played: a second run is another chat.
    `position` is the number of lines that were played; `start` passes over as many.
    """

    can_reply = False

    def __init__(self, name: str, path: Path, *, clock: Clock, speed: float = 1.0, start: int = 0) -> None:
        self.name = name
        self.position = start
        self._path = path
        self._clock = clock
        self._speed = speed
        self._standing = Standing(name, "replay", clock)
        self._closed = asyncio.Event()

    @property
    def status(self) -> SourceStatus:
        """How it fares now."""
        return self._standing.status

    async def comments(self) -> AsyncIterator[Comment]:
        """Yield the comments when their time has come; ends with the file.

        A line without `at`, or with an earlier one than the line before, comes at once.
        """
        begun, first, passed, lines = self._clock.monotonic(), None, 0, Lines()
        mark = f"{int(self._clock.time() * 1000):x}"
        try:
            file = self._path.open("rb")
        except OSError as error:
            self._standing.become("refused", f"{self._path.name} cannot be read: {error.strerror}")
            return
        self._standing.become("connected")
        with file:
            while not self._closed.is_set():
                chunk = file.read(_CHUNK)
                for line in lines.feed(chunk) if chunk else lines.rest():
                    passed += 1
                    if passed <= self.position or not line:
                        continue
                    self.position = passed
                    comment = self._read(line, f"{mark}.{passed}")
                    if comment is None:
                        continue
                    if comment.at:
                        first = comment.at if first is None else first
                        await self._clock.sleep_until(begun + max(0.0, comment.at - first) / self._speed)
                    if self._closed.is_set():
                        break
                    self._standing.received += 1
                    yield replace(comment, at=self._clock.time())
                if not chunk:
                    break
                await asyncio.sleep(0)
        self._standing.become("ended", self._standing.status.detail)

    def _read(self, line: str, id_: str) -> Comment | None:
        """Return a line's comment with the `at` of the recording, 0 where it bears none."""
        read = read_line(line, id_=id_, source=self.name, platform="replay", now=_NO_DATE, own_id=False)
        if isinstance(read, SchemaError):
            self._standing.become("connected", f"line {id_.partition('.')[2]}, {read.field or 'line'}: {read.message}")
            return None
        return replace(read, at=0.0) if read.at == _NO_DATE else read

    async def reply(self, text: str, to: Comment) -> None:
        """Refuse: the viewers of a recording are gone.

        Raises:
            SourceError: always.
        """
        raise SourceError("a recording takes no replies", where=self.name)

    async def close(self) -> None:
        """End `comments` after the one that is waited for."""
        self._closed.set()


_NO_DATE = float(2**53)
"""A time after every other: what bears no date is dated with it by the codec."""


def open_source(settings: CommentSource, *, clock: Clock) -> ReplaySource:
    """Open a recording; the options `speed` and `start` (lines to pass over) are numbers.

    Raises:
        UsageError: no file is named, it is not there, or an option is wrong.
    """
    check_options(settings, "speed", "start")
    path = Path(needed_target(settings, "FILE.jsonl")).expanduser()
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), remedy="Name a recording, one JSON object a line.")
    speed = number_option(settings, "speed", 1.0, least=0.01, most=1000.0)
    start = int(number_option(settings, "start", 0, least=0, most=1e9))
    return ReplaySource(settings.label, path, clock=clock, speed=speed, start=start)
