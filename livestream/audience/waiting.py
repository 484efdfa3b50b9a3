"""The questions that wait for an answer: few, ranked, and gone before they are stale."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from livestream.audience.comment import Intent, Understood
from livestream.audience.questions import BUYER
from livestream.clock import Clock

PURCHASE: dict[Intent, float] = {
    Intent.PRICE: 1.0, Intent.STOCK: 1.0, Intent.VARIANT: 1.0, Intent.SHIPPING: 0.9, Intent.RETURNS: 0.9,
    Intent.MATERIAL: 0.9, Intent.USE: 0.9, Intent.COMPARISON: 0.9, Intent.RECOMMENDATION: 0.9,
    Intent.PRICE_MATCH: 0.8, Intent.HEALTH: 0.8, Intent.REFUND: 0.7, Intent.ORDER: 0.7, Intent.COMPLAINT: 0.7,
    Intent.GREETING: 0.2, Intent.PRAISE: 0.15, Intent.OFF_TOPIC: 0.1, Intent.INJECTION: 0.05,
}  # fmt: skip
"""How near an intent is to a purchase, or how much it hurts unanswered."""

_SMALL_TALK = frozenset({Intent.GREETING, Intent.PRAISE, Intent.OFF_TOPIC, Intent.INJECTION})

_KEPT = 100
"""Comments remembered of one question; more are counted, not kept."""


@dataclass(slots=True)
class _Entry:
    understood: Understood
    since: float
    order: int
    joined: list[Understood] = field(default_factory=list)


class Waiting:
    """At most `size` questions, one a cluster, ranked by purchase intent × cluster size × age.

    A buyer's question ranks before all small talk and waits at most `oldest` seconds, anything else at
    most `chatter` seconds. Age raises the rank up to twofold, so that of equals the first comes first.
    """

    def __init__(self, clock: Clock, *, size: int = 50, oldest: float = 20.0, chatter: float = 8.0) -> None:
        self._clock = clock
        self._size = size
        self._oldest = oldest
        self._chatter = chatter
        self._entries: dict[int, _Entry] = {}
        self._count = 0

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, understood: Understood) -> list[Understood]:
        """Let a question wait; return those that wait no more: stale ones, and the least valuable one if it is full.

        A question that waits already is joined: it counts for more and stays as old as it is.
        """
        now = self._clock.monotonic()
        gone = self.expire(now)
        entry = self._entries.get(understood.cluster)
        if entry is not None:
            entry.understood = replace(entry.understood, asked=max(entry.understood.asked, understood.asked))
            if len(entry.joined) < _KEPT:
                entry.joined.append(understood)
            return gone
        self._count += 1
        self._entries[understood.cluster] = _Entry(understood, now, self._count)
        if len(self._entries) > self._size:
            least = min(self._entries.values(), key=lambda each: self._rank(each, now))
            gone.extend(self._drop(least))
        return gone

    def best(self, now: float) -> Understood | None:
        """Return the question to answer next, at `now` in monotonic seconds; it goes on waiting."""
        fresh = [entry for entry in self._entries.values() if not self._stale(entry, now)]
        best = max(fresh, key=lambda each: self._rank(each, now), default=None)
        return best.understood if best else None

    def remove(self, key: str) -> list[Understood]:
        """Take a comment's question out; return the comments that asked it, none if it does not wait."""
        for entry in self._entries.values():
            if any(each.taken.comment.key == key for each in (entry.understood, *entry.joined)):
                return self._drop(entry)
        return []

    def expire(self, now: float) -> list[Understood]:
        """Take out what has become stale, with all that joined it, and return it."""
        stale = [entry for entry in self._entries.values() if self._stale(entry, now)]
        return [understood for entry in stale for understood in self._drop(entry)]

    def _drop(self, entry: _Entry) -> list[Understood]:
        del self._entries[entry.understood.cluster]
        return [entry.understood, *entry.joined]

    def _limit(self, entry: _Entry) -> float:
        return self._oldest if _is_buyers(entry.understood) else self._chatter

    def _stale(self, entry: _Entry, now: float) -> bool:
        return now - entry.since > self._limit(entry)

    def _rank(self, entry: _Entry, now: float) -> tuple[bool, float, int]:
        understood = entry.understood
        wish = PURCHASE[understood.intents[0][0]] * (0.5 + 0.5 * understood.taken.worth)
        value = wish * (1 + math.log2(max(1, understood.asked))) * (1 + (now - entry.since) / self._limit(entry))
        return _is_buyers(understood), value, -entry.order


def _is_buyers(understood: Understood) -> bool:
    return understood.taken.worth >= BUYER and understood.intents[0][0] not in _SMALL_TALK
