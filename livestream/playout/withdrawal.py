"""What may no longer be said, and how what was being said of it is put right."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from livestream.lines import FactRef
from livestream.media import SAMPLE_RATE
from livestream.playout.timeline import Placed

MOMENT = SAMPLE_RATE // 4
"""A sentence that ended this many samples ago still counts as being said: air hears of a change a little later."""
AWAIT = 5 * SAMPLE_RATE // 2
"""Samples for which everything waits for a correction that is being spoken; then the script goes on without."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """All fact versions that may not be said from now on; numbers of withdrawals grow.

    Where a sentence being said rests on one whose id is in `corrected`, the ad-lib `correction` will follow,
    and nothing else goes on air before it.
    """

    facts: frozenset[FactRef]
    number: int = 0
    correction: str = ""
    corrected: frozenset[str] = frozenset()

    def untrue(self, facts: tuple[FactRef, ...]) -> frozenset[str]:
        """Return the ids of those facts that were withdrawn and can be corrected."""
        return frozenset(fact.id for fact in facts if fact in self.facts and fact.id in self.corrected)


class Withdrawals:
    """Knows which withdrawals nobody can hear the opposite of any more, and what is owed a correction."""

    def __init__(self) -> None:
        self.holding = 0
        """The number of the last withdrawal since which no sentence that rests on it has begun or can begin."""
        self.correction = ""
        self.untrue: frozenset[str] = frozenset()
        self._coming: deque[tuple[int, int]] = deque()

    def begin(self, number: int, edge: int) -> None:
        """Note a withdrawal: what lies before sample `edge` is rendered, and heard whatever it is."""
        self._coming.append((number, edge))

    def owe(self, correction: str, untrue: frozenset[str]) -> None:
        """Note the facts that the correction of this name has to put right, more of them while it is being made."""
        self.untrue = untrue | self.untrue if correction == self.correction else untrue
        self.correction = correction

    def heard(self, until: int) -> None:
        """Note that all before sample `until` has been on air."""
        while self._coming and self._coming[0][1] <= until:
            self.holding = max(self.holding, self._coming.popleft()[0])


def being_said(placed: Placed, now: int, edge: int) -> bool:
    """Say whether a sentence is on air between samples `now` and `edge`, or was a moment ago."""
    return placed.entry.speech is not None and placed.start < edge and placed.stop > now - MOMENT
