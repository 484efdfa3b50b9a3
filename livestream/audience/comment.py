"""A comment on its way in: as the platform told it, as intake let it through, as it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""The meaning of a text, shape (512,), length 1."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What one viewer wrote.

    `source` is the name of the source in the channel file, `id` the platform's own, unique with the
    source; `user` is the platform's id of the viewer, `name` what the others see. `at` is Unix time
    in seconds, `language` a BCP 47 tag where the platform tells it.
    """

    source: str
    id: str
    platform: str
    user: str
    name: str
    text: str
    at: float
    language: str = ""
    badges: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What names it within a channel."""
        return f"{self.source}:{self.id}"


Verdict = Literal["admitted", "shed", "held", "hidden"]
"""What intake makes of a comment: considered for an answer; shown and stored, but left unconsidered
under load; kept for a moderator (abuse, links); not shown (blocked, spam, too fast)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A comment as it left intake.

    `comment` is clean and masked: safe to store, to log and to show as text. `raw` is what came, cut
    to its bound, for evidence alone. `reason` says why a verdict is not `admitted`. `worth` is what
    load shedding goes by: 0 chatter to 1 a buyer's question.
    """

    comment: Comment
    raw: str
    verdict: Verdict
    reason: str = ""
    question: bool = False
    worth: float = 0.0


class Intent(StrEnum):
    """What a viewer wants."""

    PRICE = "price"
    STOCK = "stock"
    VARIANT = "variant"
    MATERIAL = "material"
    USE = "use"
    SHIPPING = "shipping"
    RETURNS = "returns"
    COMPARISON = "comparison"
    RECOMMENDATION = "recommendation"
    GREETING = "greeting"
    PRAISE = "praise"
    ORDER = "order"
    REFUND = "refund"
    HEALTH = "health"
    PRICE_MATCH = "price_match"
    COMPLAINT = "complaint"
    OFF_TOPIC = "off_topic"
    INJECTION = "injection"


RISKY = frozenset({Intent.ORDER, Intent.REFUND, Intent.HEALTH, Intent.PRICE_MATCH, Intent.COMPLAINT, Intent.INJECTION})
"""What is never answered from facts: a fixed safe line and a ticket, always."""


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """A comment with its meaning.

    `language` is BCP 47; `intents` are the likeliest, best first, with scores that add up to at most
    1; `cluster` numbers the comments that ask the same, over users and languages, and `asked` says
    how many of them there are by now.
    """

    taken: Taken
    language: str
    vector: Vector
    intents: tuple[tuple[Intent, float], ...]
    cluster: int
    asked: int = 1
