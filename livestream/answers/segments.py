"""Parting text that no spaces part into words: by the words of a list, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ALIKE = re.compile(r"[a-z']+|\d+|[ァ-ヺー]+|[一-鿿々]+|[ぁ-ん]+|[\u0e00-\u0eff]+|[^\Wa-z\d_]+")
"""Signs of one kind in a row: Latin letters, digits, katakana, kanji, hiragana, Thai, any other letters."""
_SYLLABLE = re.compile("[\u0e40-\u0e44](?=.)|.(?=[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])")
"""Two Thai signs of which one belongs to the other: a vowel before its consonant, a vowel or a tone on it."""
_LETTER = re.compile("[a-z']")


class Segments:
    """Parts texts into words. Whatever no word of the list covers is parted where its script changes.

    Args:
        words: the list.
        glue: words that only join others and are left out, as a space is.
    """

    def __init__(self, words: Iterable[str], glue: Iterable[str] = ()) -> None:
        self._glue = frozenset(glue)
        self._words = self._glue | {word for word in words if word and " " not in word}
        self._longest = max(map(len, self._words), default=0)

    def holds(self, word: str) -> bool:
        """Whether a word is on the list."""
        return word in self._words

    def split(self, text: str) -> list[str]:
        """Return the words of a folded text in order, signs left out."""
        return [word for word in self._split(text) if word not in self._glue]

    def _split(self, text: str) -> Iterator[str]:
        at = loose = 0
        while at < len(text):
            word = self._word_at(text, at)
            if word:
                yield from _ALIKE.findall(text[loose:at])
                yield word
                loose = at = at + len(word)
            else:
                at += 1
        yield from _ALIKE.findall(text[loose:])

    def _word_at(self, text: str, at: int) -> str:
        """Return the longest listed word that begins here; one in Latin letters is no part of another such word."""
        for size in range(min(self._longest, len(text) - at), 0, -1):
            word = text[at : at + size]
            if word in self._words and not _inside(text, at, at + size):
                return word
        return ""


def _inside(text: str, start: int, end: int) -> bool:
    """Whether Latin letters, digits or a syllable go on beyond an edge of this place."""
    return any(_joined(text[edge - 1 : edge + 1]) for edge in (start, end) if 0 < edge < len(text))


def _joined(pair: str) -> bool:
    alike = any(all(map(kind, pair)) for kind in (_is_letter, str.isdigit))
    return alike or _SYLLABLE.match(pair) is not None


def _is_letter(char: str) -> bool:
    return bool(_LETTER.match(char))
