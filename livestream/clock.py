"""Time as an argument: every part of the product that waits or dates things takes a `Clock`."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """A source of time. `monotonic` never steps back; `time` is Unix time for people and logs."""

    def monotonic(self) -> float:
        """Return seconds on the machine's monotonic clock, comparable between processes."""
        ...

    def time(self) -> float:
        """Return Unix time in seconds, UTC."""
        ...

    def wait_until(self, deadline: float) -> None:
        """Block this thread until `monotonic()` is at least `deadline`."""
        ...

    async def sleep_until(self, deadline: float) -> None:
        """Suspend this task until `monotonic()` is at least `deadline`."""
        ...


class SystemClock:
    """The machine's own clock."""

    def monotonic(self) -> float:
        """Return CLOCK_MONOTONIC seconds, the same in every process of this machine."""
        return time.monotonic()

    def time(self) -> float:
        """Return Unix time in seconds, UTC."""
        return time.time()

    def wait_until(self, deadline: float) -> None:
        """Block until the absolute deadline, so that lateness never adds up."""
        remaining = deadline - time.monotonic()
        if remaining > 0:
            time.sleep(remaining)

    async def sleep_until(self, deadline: float) -> None:
        """Suspend until the absolute deadline; always yields to the loop at least once."""
        await asyncio.sleep(max(0.0, deadline - time.monotonic()))
