"""How long a text will take to be said, before it has been spoken: the rate of a voice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PAUSE = re.compile(r"[,;:–—.!?](?=[\s\u3040-\u30ff\u3400-\u9fff])|[、。，．！？；：،؛؟।](?=.)")
"""A sign that parts two clauses; the last one of a text is followed by nothing."""
_MORAE_OF_AN_IDEOGRAPH = 2
_LETTERS_OF_A_DIGIT = 5
"""A digit that is left in a text is said as a short word."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Seconds that a text takes: so many for itself and for each word, letter and pause within it.

    The figures are least squares over the lines of a show in that voice; those given here are of the
    default en-US voice. A letter of an alphabet counts as one, with or without its marks; an ideograph counts as two.
    """

    per_sentence: float = 0.3
    per_word: float = 0.0
    per_letter: float = 0.0605
    per_pause: float = 0.22

    def seconds(self, spoken: str) -> float:
        """Return the seconds that a spoken form is likely to last."""
        words, pauses = len(spoken.split()), len(_PAUSE.findall(spoken))
        return self.per_sentence + self.per_word * words + self.per_letter * letters(spoken) + self.per_pause * pauses


DEFAULT_RATE = Rate()


def letters(text: str) -> int:
    """Return how many letters there are to be said in a text."""
    return sum(map(_weight, text))


def _weight(char: str) -> int:
    if char.isdigit():
        return _LETTERS_OF_A_DIGIT
    if not char.isalpha():
        return 0
    return _MORAE_OF_AN_IDEOGRAPH if unicodedata.name(char, "").startswith("CJK") else 1
