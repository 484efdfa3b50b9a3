"""Abuse, advertising, floods and repetition: what a comment is held or hidden for."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable

from rapidfuzz import fuzz

from livestream.audience.masking import MASK
from livestream.audience.phrases import Phrases, undisguised
from livestream.audience.words import all_words

_ENDINGS = (
    "com|net|org|io|co|me|ru|cn|xyz|top|shop|store|info|biz|link|live|online|site|club|vip|app|gg|ly|tk|cc|tv|mx|br"
)
_LINK = re.compile(rf"https?:|www\.|\b[a-z0-9-]{{2,}}\s?(?:\.|\(dot\)|\[dot\]| dot )\s?(?:{_ENDINGS})\b(?:/\S*)?")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_RUNS = re.compile(r"([^\W\d_])\1+")
_LONG_RUN = re.compile(r"(\w)\1{14,}")


class WordFilter:
    """Finds listed words through look-alikes, digits for letters, spacing and stretching.

    A word matches whole, so that a place or a surname that contains one passes; `*` at the end of a
    listed word lets it go on.
    """

    def __init__(self, words: Iterable[str]) -> None:
        listed = [word for word in words if word.strip("* ")]
        short = {_RUNS.sub(r"\1", word) for word in listed}
        self._plain = Phrases({"word": listed})
        self._short = Phrases({"word": [word for word in short if len(word) > 3]})

    def find(self, folded: str) -> str:
        """Return the first listed word in a folded text, or nothing."""
        for form in undisguised(folded):
            for _, word in self._plain.find(form):
                return word
        if _STRETCHED.search(folded):
            for _, word in self._short.find(_RUNS.sub(r"\1", folded)):
                return word
        return ""


def abusive_words() -> Iterable[str]:
    """Return the words that hold a comment in every stream; a merchant's own list comes on top."""
    return [word for words in all_words() for word in words.abuse]


class Advertising:
    """Finds links and invitations to talk elsewhere."""

    def __init__(self) -> None:
        self._phrases = Phrases({"contact": [phrase for words in all_words() for phrase in words.contact]})

    def find(self, folded: str) -> str:
        """Return `link`, `contact`, or nothing."""
        if _LINK.search(folded):
            return "link"
        if next(self._phrases.find(folded), None) is not None:
            return "contact"
        return ""


def is_flood(folded: str) -> bool:
    """Say whether a text fills the lane without saying anything: one sign again and again, a wall of pictures."""
    if len(folded) < 15:
        return False
    if _LONG_RUN.search(folded) is not None:
        return True
    words = folded.split()
    if len(words) >= 12 and max(Counter(words).values()) * 2 > len(words):
        return True
    return len(folded) >= 40 and len(set(folded)) <= 4


def is_wordless(folded: str) -> bool:
    """Say whether a text has no letter or digit: emoji and marks alone."""
    return not any(char.isalnum() for char in folded)


class Repetition:
    """Remembers what was written lately: texts of each viewer, and texts that many viewers paste.

    Bounded: `size` texts in all, none older than `seconds`.
    """

    def __init__(self, *, seconds: float = 60.0, size: int = 2048, copies: int = 4) -> None:
        self._seconds = seconds
        self._size = size
        self._copies = copies
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def pasted(self, folded: str, now: float) -> bool:
        """Note a text that is no question and say whether more than a few viewers wrote exactly this."""
        if len(folded) < 20:
            return False
        since, count = self._seen.pop(folded, (now, 0))
        if now - since > self._seconds:
            since, count = now, 0
        self._seen[folded] = (since, count + 1)
        if len(self._seen) > self._size:
            self._seen.popitem(last=False)
        return count + 1 > self._copies


def says_it_again(folded: str, earlier: Iterable[tuple[float, str]], now: float, seconds: float = 60.0) -> bool:
    """Say whether a viewer wrote nearly the same within `seconds`; masks do not count as sameness."""
    for at, text in earlier:
        if now - at > seconds:
            continue
        if text == folded:
            return True
        if len(text) >= 16 and MASK not in text and fuzz.ratio(text, folded, score_cutoff=94) > 0:
            return True
    return False
