"""Comments that wait to be understood: bounded, the worthiest first, the least worth let go of."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from livestream.audience.comment import Taken


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    begun: float
    taken: Taken


class Backlog:
    """At most `size` comments; of equals the first to come is the first to go on."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._entries: list[_Entry] = []
        self._came = asyncio.Event()

    def put(self, begun: float, taken: Taken) -> bool:
        """Let a comment wait; False where one, this or another of less worth, had to go."""
        self._entries.append(_Entry(begun, taken))
        self._came.set()
        if len(self._entries) <= self._size:
            return True
        least = min(reversed(self._entries), key=lambda entry: entry.taken.worth)
        self._entries.remove(least)
        return False

    async def get(self) -> tuple[float, Taken]:
        """Return the worthiest comment with the time it came, as soon as there is one."""
        while not self._entries:
            self._came.clear()
            await self._came.wait()
        best = max(self._entries, key=lambda entry: entry.taken.worth)
        self._entries.remove(best)
        return best.begun, best.taken
