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
    number: int
    intent: Intent
    particulars: frozenset[str]
    seen: float
    languages: dict[str, int]
    askers: set[tuple[str, str]] = field(default_factory=set)


class Clusters:
    """Groups of comments that want the same; `window` groups are kept, none longer than `seconds` after its last.

    Two comments are in one group if they have the same intent, name the same numbers and sizes, and
    their vectors lie close. A viewer counts once however often they ask.
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
        for place in np.flatnonzero(closeness >= ALIKE_ABROAD)[np.argsort(-closeness[closeness >= ALIKE_ABROAD])]:
            cluster = self._places[place]
            if cluster is None or now - cluster.seen > self._seconds:
                continue
            limit = ALIKE if language in cluster.languages else ALIKE_ABROAD
            if cluster.intent is intent and cluster.particulars == particulars and closeness[place] >= limit:
                return self._joined(cluster, language, viewer, now)
        return self._founded(_Cluster(self._next, intent, particulars, now, {}), vector, language, viewer, now)

    def _joined(self, cluster: _Cluster, language: str, viewer: tuple[str, str], now: float) -> tuple[int, int]:
        cluster.seen = now
        cluster.languages[language] = cluster.languages.get(language, 0) + 1
        if len(cluster.askers) < _ASKERS:
            cluster.askers.add(viewer)
        return cluster.number, len(cluster.askers)

    def _founded(
        self, cluster: _Cluster, vector: Vector, language: str, viewer: tuple[str, str], now: float
    ) -> tuple[int, int]:
        self._next += 1
        place = min(range(len(self._places)), key=self._last_seen)
        self._places[place] = cluster
        self._vectors[place] = vector
        return self._joined(cluster, language, viewer, now)

    def _last_seen(self, place: int) -> float:
        cluster = self._places[place]
        return cluster.seen if cluster else float("-inf")
