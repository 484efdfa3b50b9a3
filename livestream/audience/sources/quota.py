"""A daily allowance, spent so that a stream of any length never runs out of it."""

from __future__ import annotations

from collections import deque

from livestream.clock import Clock

DAY = 86_400.0
BURST = 0.05
"""The part of a day's units that may be spent at once."""


class Quota:
    """A token bucket: a twentieth of the day's units at once, the rest evenly over the day.

    In no 24 hours is more than `daily` taken, whenever they begin.
    """

    def __init__(self, daily: float, clock: Clock) -> None:
        self.daily = daily
        self._clock = clock
        self._most = daily * BURST
        self._rate = (daily - self._most) / DAY
        self._left = self._most
        self._at = clock.monotonic()
        self._taken: deque[tuple[float, float]] = deque()

    @property
    def used(self) -> float:
        """Units taken in the last 24 hours."""
        while self._taken and self._taken[0][0] <= self._clock.monotonic() - DAY:
            self._taken.popleft()
        return sum(units for _, units in self._taken)

    def wait(self, units: float) -> float:
        """Return the seconds until so many units may be taken."""
        self._refill()
        lacking = min(units, self._most) - self._left
        return max(0.0, lacking / self._rate) if self._rate else DAY

    def take(self, units: float) -> None:
        """Take units, whether they are there or not: what a platform has counted is counted."""
        self._refill()
        self._left -= units
        self._taken.append((self._at, units))

    def _refill(self) -> None:
        now = self._clock.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
