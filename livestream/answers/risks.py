"""Whether a person must look at a question, whatever else it asks."""

from __future__ import annotations

from collections.abc import Sequence

from livestream.answers.deciding import Decider
from livestream.answers.reading import Reader, Reading
from livestream.answers.shopping import Shopper
from livestream.audience.comment import RISKY, Intent
from livestream.audience.intents import SURE
from livestream.catalogue.model import Product

SURE_RISK = 0.5
"""Likeness from which a safe line speaks of what the risk is; below, it only leaves the matter to a person."""
_SHOPPING = frozenset({"have", "paying"})
"""Shapes of a question that is a shop's own, of whatever thing."""


class Risks:
    """Finds the risk of a question. Words decide at once, likeness alone does not where the words say otherwise."""

    def __init__(self, reader: Reader, decider: Decider, shopper: Shopper) -> None:
        self._reader = reader
        self._decider = decider
        self._shopper = shopper

    def of(
        self, reading: Reading, intents: Sequence[tuple[Intent, float]], product: Product | None
    ) -> tuple[Intent, bool] | None:
        """Return the risk that goes before all else, and whether it is sure enough to be spoken of; None for none.

        Args:
            reading: the question as it was read.
            intents: its likely intents with their scores, best first, a risk before all.
            product: the one on air.
        """
        top, score = intents[0] if intents else (Intent.OFF_TOPIC, 0.0)
        if reading.risks:
            return (top if top in reading.risks else reading.risks[0]), True
        if top not in RISKY or (score < SURE and self._plain(reading, intents, product)):
            return None
        return top, score >= SURE_RISK

    def _plain(self, reading: Reading, intents: Sequence[tuple[Intent, float]], product: Product | None) -> bool:
        """Whether the words are those of praise, or of a question about a product and nothing else."""
        if self._reader.praises(reading):
            return True
        asked = bool(reading.aspects) or "recommend" in reading.shapes or reading.budget is not None
        if asked and not self._shopper.strange(reading.left, product):
            return True
        score = intents[0][1]
        if product and score < SURE_RISK and self._decider.holds(product, reading.left):
            return True
        likelier = any(other > score for intent, other in intents if intent not in RISKY)
        return likelier and bool(reading.shapes & _SHOPPING)
