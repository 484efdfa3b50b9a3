"""Telling a buyer's question from chatter by its words, in microseconds: what load shedding goes by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from livestream.audience.comment import RISKY, Intent
from livestream.audience.phrases import Phrases
from livestream.audience.words import all_words

BUYER = 0.5
"""From this worth on a comment is a buyer's: it is shed last and waits longest."""

_MARK = re.compile("[?¿؟]")
_FIRST = re.compile(r"(?:(?:hi|hey|hello|hola|ok|pls|please|so|and|y|oye|disculpa|buenas)\W+)?(.{1,40})")
_DISTINCT = frozenset({"ja", "zh"})
"""Languages whose letters no other of ours has: their words are looked for in every stream."""
_SHOPPING = frozenset({"buy", "cue", "risk"})
_TROUBLE = RISKY - {Intent.INJECTION}


@dataclass(frozen=True, slots=True)
class Sight:
    """What a first look tells: whether it asks, and its worth from 0, chatter, to 1, a buyer's question."""

    question: bool
    worth: float


class Questions:
    """The detector for the languages of a stream. Question marks, and words of trouble, count in every language.

    Somebody whose parcel is lost counts as a buyer.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        known = [words for words in all_words() if words.language in languages or words.language in _DISTINCT]
        self._phrases = Phrases(
            {
                "ask": [phrase for words in known for phrase in words.asks],
                "buy": [phrase for words in known for phrase in words.purchase],
                "cue": [phrase for words in known for phrases in words.cues.values() for phrase in phrases],
                "risk": [phrase for words in all_words() for intent in _TROUBLE for phrase in words.risky[intent]],
            }
        )
        self._opens = tuple(sorted({f"{word} " for words in known for word in words.opens}))

    def look(self, folded: str) -> Sight:
        """Judge a folded text."""
        tags = self._phrases.tags(folded)
        question = "ask" in tags or _MARK.search(folded) is not None
        if not question and (first := _FIRST.match(folded)) is not None:
            question = first[1].startswith(self._opens)
        buying = not _SHOPPING.isdisjoint(tags)
        return Sight(question, 1.0 if question and buying else 0.6 if question else 0.55 if buying else 0.0)
