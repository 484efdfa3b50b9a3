"""How late the orchestrator's event loop is: what makes consoles slow and comments wait."""

from __future__ import annotations

import numpy as np

from livestream.clock import Clock

INTERVAL = 0.02
"""Seconds between two looks."""
KEPT = 3_000
"""Looks that count: the last minute."""


class LoopLag:
    """Sleeps and notes how much longer it took than asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._late = np.zeros(KEPT, np.float32)
        self._count = 0

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            due = self._clock.monotonic() + INTERVAL
            await self._clock.sleep_until(due)
            self._late[self._count % KEPT] = self._clock.monotonic() - due
            self._count += 1

    def milliseconds(self) -> dict[str, float]:
        """Return median, 99th percentile and maximum over the last minute, 0 before the first look."""
        seen = self._late[: min(self._count, KEPT)]
        if not len(seen):
            return {"p50": 0.0, "p99": 0.0, "max": 0.0}
        p50, p99, most = np.percentile(seen, (50, 99, 100)) * 1e3
        return {"p50": round(float(p50), 3), "p99": round(float(p99), 3), "max": round(float(most), 3)}
