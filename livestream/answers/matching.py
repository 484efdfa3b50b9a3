"""Which of a product's facts answers a question about it, and by how much it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from livestream.answers.reading import Reader, Reading
from livestream.catalogue.model import Fact, FactKind, Product

ENOUGH = 0.5
"""Share of a question's words that a fact must hold."""
_ROOT, _BEGUN = 4, 0.9
"""Letters from which a word counts as a part of another, and for how much: "lock", "lockable"."""
_RELATED = 0.8
"""What a word counts for that a fact holds in other words."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A fact that answers, how much of the question it holds, and its lead over the next; both 0 to 1."""

    fact: Fact
    score: float
    margin: float


class Matcher:
    """Matches questions with the selling points of products."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def best(self, product: Product, words: Sequence[str], *, material: bool = False) -> Matched | None:
        """Return the point that holds most of these words, or None where none holds enough.

        With `material` it must speak of a material.
        """
        stems = list(dict.fromkeys(self._reader.stem(word) for word in words))
        scored = sorted(
            ((self._score(fact, stems, material=material), -index) for index, fact in enumerate(product.facts)),
            reverse=True,
        )
        if not scored or scored[0][0] < ENOUGH:
            return None
        score, index = scored[0]
        margin = score - scored[1][0] if len(scored) > 1 else score
        return Matched(product.facts[-index], min(1.0, score), min(1.0, margin))

    def material(self, product: Product, reading: Reading, naming: frozenset[str]) -> Matched | None:
        """Return the fact that says what a product, or the part of it that is named, is made of.

        What is known of the whole says nothing of a part: "is the lid plastic".
        """
        asked = [word for word in reading.words if word in self._reader.materials]
        part = [
            word
            for word in reading.words
            if not self._reader.empty(word)
            and word not in self._reader.weak
            and self._reader.stem(word) not in naming
            and not self._reader.read(word).aspects
        ]
        if part:
            return self.best(product, part, material=True)
        own = [fact for fact in product.facts if self._of_material(fact)]
        for fact in own:
            if set(asked) & set(self._reader.fold(str(fact.value))):
                return Matched(fact, 1.0, 1.0)
        first = sorted(own, key=lambda fact: _MATERIAL_ORDER.get(fact.grammar, 9))
        return Matched(first[0], 0.9, 0.5) if first and first[0].grammar in _MATERIAL_ORDER else None

    def _of_material(self, fact: Fact) -> bool:
        words = set(self._reader.fold(str(fact.value)))
        return fact.kind is FactKind.POINT and bool(words & self._reader.materials or fact.grammar == "material")

    def _score(self, fact: Fact, stems: Sequence[str], *, material: bool) -> float:
        if fact.kind is not FactKind.POINT or not stems or (material and not self._of_material(fact)):
            return 0.0
        held = set(self._reader.stems(self._reader.fold(str(fact.value))))
        same = [stem for stem in stems if stem in held]
        free = held.difference(same)
        total = float(len(same))
        for stem in (each for each in stems if each not in held):
            begun = {stem + end for end in self._reader.derived} & free if len(stem) >= _ROOT else set()
            begun |= self._reader.compounds_of((stem,), free)
            near = begun or self._reader.related(stem) & free
            if near:
                free.discard(min(near))  # one word of a fact stands for one of the question
                total += _BEGUN if begun else _RELATED
        return total / len(stems)


_MATERIAL_ORDER = {"material": 0, "phrase": 1, "predicate": 2, "adjective": 3, "sentence": 4}
"""The grammars that say what a whole product is made of, the plainest first."""
