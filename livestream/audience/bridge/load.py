"""A load generator: comments at a steady rate, whatever the channel makes of it, and how long receipts took."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from livestream.audience.bridge.client import Pipeline, Told, connected
from livestream.audience.bridge.mixes import frames
from livestream.audience.sources.base import is_loopback
from livestream.clock import Clock
from livestream.errors import SourceError, UsageError

MAX_RATE, MAX_SECONDS, MAX_CONNECTIONS = 10_000.0, 3_600.0, 16
"""What a load may be, at most."""
_GRACE = 15.0
"""Seconds that answers may still take when the last message was sent."""
_STEP = math.log(1.02)
"""Latencies are kept to two parts in a hundred, in as much memory for an hour as for a second."""


@dataclass(slots=True)
class Load:
    """What became of a load. Latencies are milliseconds from when a message was due to its answer."""

    sent: int = 0
    answered: int = 0
    unsent: int = 0
    seconds: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)
    _latencies: Counter[int] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        """Messages that were sent and never answered."""
        return self.sent - self.answered

    def note(self, seconds: float) -> None:
        """Remember one latency."""
        self._latencies[round(math.log(max(seconds, 1e-6)) / _STEP)] += 1

    def percentile(self, share: float) -> float:
        """Return the latency that this share of answers did not exceed, in milliseconds; 0 without answers."""
        left = share * self._latencies.total()
        for step in sorted(self._latencies):
            left -= self._latencies[step]
            if left <= 0:
                return math.exp(step * _STEP) * 1000.0
        return 0.0

    def summary(self) -> Mapping[str, object]:
        """Return the figures, as `--json` prints them."""
        latency = {f"p{share:g}": round(self.percentile(share / 100), 1) for share in (50, 95, 99)}
        figures = {"sent": self.sent, "acked": self.answered, "dropped": self.lost, "unsent": self.unsent}
        return {**figures, "seconds": round(self.seconds, 1), "answers": dict(self.answers), "latency_ms": latency}


async def load(
    url: str, token: str, *, rate: float, seconds: float, mix: str, connections: int, clock: Clock, seed: int = 1
) -> Load:
    """Send `rate` messages a second for so long, over so many connections; return what became of them.

    The schedule does not wait for answers. A message is late from when it was due, so that a channel
    that stops reading is seen; `unsent` counts those that never found room.

    Raises:
        UsageError: the target is not this machine.
        SourceError: nobody answers.
    """
    if not is_loopback(urlsplit(url).hostname or ""):
        raise UsageError(
            "a load is for a channel of this machine", where=urlsplit(url).netloc, remedy="Run it beside the channel."
        )
    done = Load()
    begun, mark = clock.monotonic(), f"{int(clock.time() * 1000):x}"
    failures: list[SourceError] = []
    try:
        async with asyncio.TaskGroup() as tasks:
            for number in range(connections):
                worker = _Worker(done, clock, frames(mix, seed=seed + number, mark=f"{mark}.{number}"))
                tasks.create_task(worker.run(url, token, begun, rate / connections, seconds))
    except* SourceError as group:
        failures += [each for each in group.exceptions if isinstance(each, SourceError)]
    if failures:
        raise failures[0]
    done.seconds = clock.monotonic() - begun
    return done


class _Worker:
    """One connection's share of a load."""

    def __init__(self, done: Load, clock: Clock, messages: Iterator[str]) -> None:
        self._done = done
        self._clock = clock
        self._messages = messages

    async def run(self, url: str, token: str, begun: float, rate: float, seconds: float) -> None:
        """Send on schedule until it is over, or the channel closed the connection."""
        total, sent = round(rate * seconds), 0

        async def send() -> None:
            nonlocal sent
            for number in range(total):
                due = begun + number / rate
                await self._clock.sleep_until(due)
                await pipeline.send(next(self._messages), due)
                sent += 1
            await pipeline.settled(_GRACE)

        async with connected(url, token) as socket:
            pipeline = Pipeline(socket, answered=self._answered)
            await pipeline.run(send)
        self._done.sent += sent
        self._done.unsent += total - sent

    def _answered(self, told: Told, due: float) -> None:
        kind = str(told.get("type"))
        if kind == "reply":
            return
        self._done.answered += 1
        self._done.answers[str(told.get("status")) if kind == "receipt" else kind] += 1
        self._done.note(self._clock.monotonic() - due)
