"""A clock that moves only when told to, or jumps to the next deadline when everybody waits."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import threading


class ManualClock:
    """A `Clock` for tests: a day of programme passes in as long as its work takes.

    With `autojump` (the default) a thread that waits, or a task that sleeps, moves time to its
    own deadline at once; without, time moves only by `advance`.
    """

    def __init__(self, start: float = 1_000.0, *, epoch: float = 1_700_000_000.0, autojump: bool = True) -> None:
        self._now = start
        self._offset = epoch - start
        self._autojump = autojump
        self._moved = threading.Condition()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def monotonic(self) -> float:
        """Return the seconds this clock shows."""
        return self._now

    def time(self) -> float:
        """Return Unix time, which moves with `monotonic`."""
        return self._now + self._offset

    def advance(self, seconds: float) -> None:
        """Move time forward and wake everybody whose deadline has come."""
        with self._moved:
            self._now += seconds
            self._moved.notify_all()
        while self._sleepers and self._sleepers[0][0] <= self._now:
            future = heapq.heappop(self._sleepers)[2]
            if not future.done():
                future.set_result(None)

    def wait_until(self, deadline: float) -> None:
        """Return when time has reached `deadline`."""
        with self._moved:
            if self._autojump:
                self._now = max(self._now, deadline)
                self._moved.notify_all()
                return
            self._moved.wait_for(lambda: self._now >= deadline)

    async def sleep_until(self, deadline: float) -> None:
        """Return when time has reached `deadline`; yields to the loop at least once."""
        if self._autojump:
            await asyncio.sleep(0)
            self._now = max(self._now, deadline)
            return
        if deadline <= self._now:
            await asyncio.sleep(0)
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (deadline, next(self._order), future))
        await future
