"""Understanding what was admitted: language, meaning and intent, many comments at a time beside the loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from livestream.audience.clusters import Clusters
from livestream.audience.comment import Taken, Understood
from livestream.audience.encoder import Encoder
from livestream.audience.intents import Intents
from livestream.audience.language import LANGUAGES, LanguageGuess
from livestream.audience.phrases import folded
from livestream.clock import Clock

BATCH = 16
"""Comments that are understood together."""

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Waiter:
    taken: Taken
    result: asyncio.Future[Understood | None]


class Understanding:
    """Gives comments their meaning, in one worker thread.

    While a batch is being worked on, the next one gathers; a comment that comes alone is never kept
    waiting for company. At most `pending` wait: beyond that the least worthy gets None instead.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        locale: str,
        languages: Sequence[str] = LANGUAGES,
        clock: Clock,
        pending: int = 256,
    ) -> None:
        self._encoder = encoder
        self._clock = clock
        self._own = locale.partition("-")[0]
        self._language = LanguageGuess(locale, languages)
        self._clusters = Clusters()
        self._intents: Intents | None = None
        self._pending = pending
        self._waiting: list[_Waiter] = []
        self._came = asyncio.Event()
        self.shed = 0

    def load(self) -> None:
        """Load the models and fit the intents: two to three seconds, in any thread but the loop's.

        It takes its turn like any other thread: one of low priority would keep the loop waiting
        wherever it holds the interpreter.

        Raises:
            UsageError: the examples of the intents cannot be used.
        """
        if self._intents is None:
            intents = Intents(self._encoder, language=self._own)
            self._language.load()
            self._intents = intents

    async def understand(self, taken: Taken) -> Understood | None:
        """Return a comment with its meaning; None if it was shed, which `shed` counts.

        Raises:
            asyncio.CancelledError: the caller was cancelled, or `run` ended.
        """
        waiter = _Waiter(taken, asyncio.get_running_loop().create_future())
        self._waiting.append(waiter)
        if len(self._waiting) > self._pending:
            least = min(self._waiting, key=lambda each: each.taken.worth)
            self._waiting.remove(least)
            self.shed += 1
            _resolve(least, None)
        self._came.set()
        return await waiter.result

    async def run(self) -> None:
        """Work until cancelled.

        Raises:
            UsageError: the examples of the intents cannot be used.
        """
        loop = asyncio.get_running_loop()
        worker = ThreadPoolExecutor(1, thread_name_prefix="understanding")
        try:
            await loop.run_in_executor(worker, self.load)
            while True:
                await self._came.wait()
                batch = self._next_batch()
                if not batch:
                    self._came.clear()
                    continue
                work = loop.run_in_executor(worker, self._understood, [each.taken for each in batch])
                await self._give(batch, work)
        finally:
            worker.shutdown(wait=False, cancel_futures=True)  # waiting would hold up the loop
            for waiter in self._waiting:
                waiter.result.cancel()
            self._waiting.clear()

    def _next_batch(self) -> list[_Waiter]:
        """Take the worthiest that still have somebody waiting, the oldest first among equals."""
        alive = [waiter for waiter in self._waiting if not waiter.result.done()]
        alive.sort(key=lambda waiter: -waiter.taken.worth)
        batch, self._waiting = alive[:BATCH], alive[BATCH:]
        return batch

    async def _give(self, batch: Sequence[_Waiter], work: asyncio.Future[list[Understood]]) -> None:
        try:
            await asyncio.wait([work])
        except asyncio.CancelledError:
            for waiter in batch:
                waiter.result.cancel()
            raise
        if (error := work.exception()) is not None:
            _log.error("comments could not be understood", exc_info=error)
            self.shed += len(batch)
        results: Sequence[Understood | None] = [None] * len(batch) if error else work.result()
        for waiter, understood in zip(batch, results, strict=True):
            _resolve(waiter, understood)

    def _understood(self, batch: Sequence[Taken]) -> list[Understood]:
        """Work on one batch; in the worker thread, the only one that touches models and clusters."""
        assert self._intents is not None  # noqa: S101 - loaded before the first batch
        now = self._clock.monotonic()
        vectors = self._encoder.encode([taken.comment.text for taken in batch])
        understood = []
        for taken, vector in zip(batch, vectors, strict=True):
            comment = taken.comment
            language = self._language.of(comment.text, comment.language)
            intents = self._intents.read(vector, folded(comment.text), language)
            number, asked = self._clusters.join(
                vector,
                intent=intents[0][0],
                language=language,
                text=comment.text,
                viewer=(comment.source, comment.user),
                now=now,
            )
            understood.append(Understood(taken, language, vector, intents, number, asked))
        return understood


def _resolve(waiter: _Waiter, result: Understood | None) -> None:
    if not waiter.result.done():
        waiter.result.set_result(result)
