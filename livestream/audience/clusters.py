"""Which comments ask the same, over viewers and languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from livestream.audience.comment import Intent, Vector
from livestream.audience.encoder import SIZE

ALIKE = 0.85
"""Cosine from which two comments of one language ask the same."""
ALIKE_ABROAD = 0.66
"""The same between languages, where vectors of one meaning lie farther apart (measured: 0.67 to 0.9)."""

_PARTICULAR = re.compile(r"\b(?:\w*\d[\w.]*|[xX]*[smlSML]|[a-zA-Z])\b")
_ASKERS = 1000


@dataclass(slots=True)
class _Cluster:
    """A group, known by its first comment."""

    number: int
    intent: Intent
    language: str
    particulars: frozenset[str]
    seen: float
    askers: set[tuple[str, str]] = field(default_factory=set)

    def joined(self, viewer: tuple[str, str], now: float) -> tuple[int, int]:
        """Count a viewer in; return the group's number and how many they are."""
        self.seen = now
        if len(self.askers) < _ASKERS:
            self.askers.add(viewer)
        return self.number, len(self.askers)


class Clusters:
    """Groups of comments that want the same; at most `window`, each until `seconds` after its last comment.

    A comment belongs to a group if it has the intent of the group's first comment, names the same
    numbers and sizes, and its vector lies close. A viewer counts once however often they ask.
    """

    def __init__(self, *, window: int = 256, seconds: float = 300.0) -> None:
        self._seconds = seconds
        self._vectors = np.zeros((window, SIZE), np.float32)
        self._places: list[_Cluster | None] = [None] * window
        self._next = 1

    def join(
        self, vector: Vector, *, intent: Intent, language: str, text: str, viewer: tuple[str, str], now: float
    ) -> tuple[int, int]:
        """Return the number of a comment's group and how many viewers are in it by now."""
        particulars = frozenset(found.lower() for found in _PARTICULAR.findall(text))
        closeness = self._vectors @ vector
        near = np.flatnonzero(closeness >= ALIKE_ABROAD)
        nearest: list[int] = near[np.argsort(-closeness[near])].tolist()
        for place in nearest:
            cluster = self._places[place]
            if cluster is None or now - cluster.seen > self._seconds:
                continue
            limit = ALIKE if language == cluster.language else ALIKE_ABROAD
            if cluster.intent is intent and cluster.particulars == particulars and closeness[place] >= limit:
                return cluster.joined(viewer, now)
        place = min(range(len(self._places)), key=self._last_seen)
        founded = _Cluster(self._next, intent, language, particulars, now)
        self._places[place], self._vectors[place] = founded, vector
        self._next += 1
        return founded.joined(viewer, now)

    def _last_seen(self, place: int) -> float:
        cluster = self._places[place]
        return cluster.seen if cluster else float("-inf")
