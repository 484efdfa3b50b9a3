"""Where a channel listens: its sources, intake, and the way to whoever plans the answers."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from livestream.audience.comment import Comment, Taken
from livestream.audience.intake import Intake
from livestream.audience.sources import Source as CommentStream
from livestream.audience.sources.push import PushDoor
from livestream.channel.live.backlog import Backlog
from livestream.channel.live.book import CommentBook
from livestream.clock import Clock
from livestream.console.backend import Receipt, Source
from livestream.disclosure import marked
from livestream.errors import SourceError
from livestream.lines import FactRef

AT_ONCE = 16
"""Comments that are being understood at the same time: one micro-batch."""
BACKLOG = 256
"""Admitted comments that wait to be understood; beyond, the least worth are shown but not considered."""
AT_A_TIME = 0.002
"""Seconds of intake in one turn of the loop: some texts are made to take long."""
REPLIES = 64
_MEASURED = 2_000
_GATHER = 64
log = logging.getLogger(__name__)


class Ears:
    """Takes comments of all sources through one intake, stores them, and has the admitted ones considered."""

    def __init__(
        self,
        sources: Sequence[CommentStream],
        *,
        intake: Intake,
        book: CommentBook,
        consider: Callable[[Taken], Awaitable[None]],
        failed: Callable[[str], Awaitable[None]],
        outdated: Callable[[Collection[FactRef]], Collection[FactRef]],
        clock: Clock,
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self._intake, self._book, self._clock = intake, book, clock
        self._consider, self._failed, self._outdated = consider, failed, outdated
        self._admitted = Backlog(BACKLOG)
        self._replies: asyncio.Queue[tuple[CommentStream, str, Comment, Collection[FactRef]]] = asyncio.Queue(REPLIES)
        self._taking = asyncio.Lock()
        self._decided: deque[float] = deque(maxlen=_MEASURED)
        self._received = self._shed = 0

    @property
    def doors(self) -> Mapping[str, PushDoor]:
        """The sources that are pushed to, by name."""
        return {name: source for name, source in self._sources.items() if isinstance(source, PushDoor)}

    @property
    def counts(self) -> dict[str, int]:
        """Comments received, left unconsidered under load, and not even stored."""
        return {"comments": self._received, "shed": self._shed, "dropped": self._book.dropped}

    def decision_ms(self) -> dict[str, float]:
        """Return the median and the 95th percentile of the milliseconds from a comment to its plan."""
        sorted_ms = sorted(self._decided)
        if not sorted_ms:
            return {"p50": 0.0, "p95": 0.0}
        return {f"p{share}": round(sorted_ms[(len(sorted_ms) - 1) * share // 100], 1) for share in (50, 95)}

    def sources(self) -> tuple[Source, ...]:
        """Return how the sources fare."""
        told = [source.status for source in self._sources.values()]
        return tuple(Source(each.name, each.platform, each.state, each.detail, each.received) for each in told)

    async def run(self) -> None:
        """Listen until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                for source in self._sources.values():
                    group.create_task(self._listen(source))
                for _ in range(AT_ONCE):
                    group.create_task(self._consider_admitted())
                group.create_task(self._post())
        finally:
            for source in self._sources.values():
                await source.close()

    async def take(self, comments: Sequence[Comment]) -> list[Receipt]:
        """Take comments; durable when this returns."""
        begun = self._clock.monotonic()
        self._received += len(comments)
        taken = await self._taken(comments)
        receipts = await self._book.add(taken)
        for each, receipt in zip(taken, receipts, strict=True):
            self._shed += each.verdict == "shed"
            if each.verdict == "admitted" and receipt.status == "stored":
                self.admit(each, begun)
        return receipts

    async def _taken(self, comments: Sequence[Comment]) -> list[Taken]:
        """Pass comments through intake in the order they came, and let the loop go on in between."""
        taken = []
        async with self._taking:
            due = self._clock.monotonic() + AT_A_TIME
            for comment in comments:
                taken.append(self._intake.take(comment))
                if self._clock.monotonic() >= due:
                    await asyncio.sleep(0)
                    due = self._clock.monotonic() + AT_A_TIME
        return taken

    def admit(self, taken: Taken, begun: float | None = None) -> None:
        """Have a stored comment considered, as far as there is room."""
        if not self._admitted.put(self._clock.monotonic() if begun is None else begun, taken):
            self._shed += 1

    async def reply(self, key: str, text: str, rests: Collection[FactRef] = ()) -> None:
        """Post an answer where its comment came from, where that takes replies; it is sent later, marked as AI's.

        It is not sent any more once a fact version that it `rests` on is no longer in force.
        """
        comment = await self._book.get(key)
        source = self._sources.get(comment.source) if comment else None
        if comment is None or source is None or not source.can_reply or self._replies.full():
            return
        to = Comment(
            comment.source,
            comment.key.removeprefix(f"{comment.source}:"),
            comment.platform,
            comment.user,
            comment.name,
            comment.text,
            comment.at,
        )
        self._replies.put_nowait((source, marked(text), to, rests))

    async def _listen(self, source: CommentStream) -> None:
        """Take what a source brings, as much at once as is there."""
        arrived: asyncio.Queue[Comment] = asyncio.Queue(_GATHER)

        async def read() -> None:
            async for comment in source.comments():
                await arrived.put(comment)

        async def store() -> None:
            while True:
                some = [await arrived.get()]
                while not arrived.empty():
                    some.append(arrived.get_nowait())
                await self.take(some)

        async with asyncio.TaskGroup() as group:
            group.create_task(read())
            group.create_task(store())

    async def _consider_admitted(self) -> None:
        while True:
            begun, taken = await self._admitted.get()
            try:
                await self._consider(taken)
            except Exception:  # a supervisor: no comment, whatever it holds, ends the channel
                log.exception("a comment could not be considered")
                await self._failed(taken.comment.key)
            self._decided.append((self._clock.monotonic() - begun) * 1000)

    async def _post(self) -> None:
        while True:
            source, text, to, rests = await self._replies.get()
            if self._outdated(rests):
                continue
            try:
                await source.reply(text, to)
            except SourceError as error:
                log.warning("a reply was not taken: %s", error)
