"""Finding many phrases in one pass over a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import ahocorasick

from livestream.text.fold import fold

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""

_LEET = str.maketrans("013457@$!|", "oieastasii")
_LEET_SIGN = re.compile("[013457@$!|]")
_LETTER = re.compile("[a-z]")
_SPACED_OUT = re.compile(r"(?<!\w)(?:\w[\s._*~-]{1,3}){2,}\w(?!\w)")
_INSIDE = re.compile(r"(?<=[a-z])[._*~|'-]+(?=[a-z])")
_MARKS = re.compile(r"[\W_]")


def folded(text: str) -> str:
    """Return text folded for comparison; plain ASCII takes a short way to the same result."""
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    return fold(text)


def unspaced(text: str) -> bool:
    """Say whether text has signs of a script that puts no spaces between words."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def undisguised(folded: str) -> Iterator[str]:
    """Yield a text as it stands, then as it reads with each trick undone."""
    yield folded
    joined = _SPACED_OUT.sub(lambda found: _MARKS.sub("", found.group()), folded)
    if joined != folded:
        yield joined
    closed = _INSIDE.sub("", joined)
    if closed != joined:
        yield closed
    letters = " ".join(map(_unleet, closed.split(" "))) if _LEET_SIGN.search(closed) else closed
    if letters != closed:
        yield letters
        yield _INSIDE.sub("", letters)


def _unleet(word: str) -> str:
    """Return a word with digits read as letters if it has two letters besides: "A55" is a model, "5h1t" is not."""
    return word.translate(_LEET) if len(_LETTER.findall(word)) >= 2 else word


class Phrases:
    """A set of phrases, each with a tag. A phrase ends where a word ends, unless it ends in `*`.

    Phrases of scripts without spaces are found anywhere. Searching takes time linear in the text,
    whatever their number.
    """

    def __init__(self, tagged: Mapping[str, Iterable[str]]) -> None:
        self._automaton = ahocorasick.Automaton()
        for tag, phrases in tagged.items():
            for phrase in phrases:
                self._add(phrase, tag)
        if len(self._automaton):
            self._automaton.make_automaton()

    def _add(self, phrase: str, tag: str) -> None:
        open_ended = phrase.endswith("*")
        key = folded(phrase.rstrip("*"))
        if not key:
            return
        entries = self._automaton.get(key, ())
        self._automaton.add_word(key, (*entries, (tag, len(key), open_ended, unspaced(key))))

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield tag and phrase for each place where one stands; `text` is folded."""
        if not len(self._automaton):
            return
        for end, entries in self._automaton.iter(text):
            for tag, length, open_ended, anywhere in entries:
                start = end - length + 1
                if anywhere or (
                    (start == 0 or not text[start - 1].isalnum())
                    and (open_ended or end + 1 == len(text) or not text[end + 1].isalnum())
                ):
                    yield tag, text[start : end + 1]

    def tags(self, text: str) -> frozenset[str]:
        """Return the tags of all phrases in a folded text."""
        return frozenset(tag for tag, _ in self.find(text))
