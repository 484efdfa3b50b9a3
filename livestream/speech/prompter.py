"""The pace of a person: lines timed for reading out loud, without any voice.

In assist mode this stands in the place of engines and studio, so that no synthetic voice can come on
air: what it gives is silence of the length that the words will take.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from livestream.media import SAMPLE_RATE, Speech, WordTime
from livestream.pacing import DEFAULT_RATE, Rate
from livestream.standards import ApprovedLine

SLOWER = 1.2
"""How much longer a person takes who reads than the voice that the rate was measured on."""
_CLAUSE_END = tuple(",;:—–.!?…،؛؟।、。，；：！？")
_BREATH = 4.0
"""What a pause at the end of a clause weighs, in letters."""


class Prompter:
    """Gives each line the time a person needs for it; takes the place of `Studio`, and of the chain in its status."""

    name = "prompter"
    version = "1"
    rejected = unready = 0

    def __init__(self, rate: Rate | None = None) -> None:
        self._rate = rate or DEFAULT_RATE

    def warm_up(self) -> None:
        """Nothing is loaded."""

    def speak(self, line: ApprovedLine) -> Speech:
        """Return silence as long as the line takes, and when each of its words is likely to be said."""
        length = round(self._rate.seconds(line.spoken) * SLOWER * SAMPLE_RATE)
        captions = [token.caption for token in line.tokens]
        weights = [_weight(token.caption, token.spoken) for token in line.tokens]
        shares = np.array([0.0, *accumulate(weights)]) / max(sum(weights), 1.0)
        starts = [round(share * length) for share in shares]
        words = tuple(map(WordTime, captions, starts, starts[1:]))
        clauses = {word.end for word in words if word.text.endswith(_CLAUSE_END)}
        return Speech(
            line_id=line.id,
            locale=line.locale,
            caption=line.caption,
            spoken=line.spoken,
            pcm=np.zeros(length, np.int16),
            visemes=(),
            words=words,
            cut_points=tuple(sorted(clauses | {length})),
            facts=line.facts,
            engine=self.name,
            timing="estimated",
        )


def _weight(caption: str, spoken: str) -> float:
    """Return how much of a line's time a word takes, in letters; a clause's last word bears its pause."""
    return 1.0 + len(spoken) + (_BREATH if caption.endswith(_CLAUSE_END) else 0.0)
