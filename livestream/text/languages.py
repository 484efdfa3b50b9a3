"""What the desk knows of each language: how numbers are found, how captions are read, how money is said.

A language is one row of `MODULES` and one module that says `LANGUAGE`; what it needs beside that
(number words, a lexicon) it imports itself. The machinery is `numerals.py`, `spoken.py` and `money.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import import_module
from types import MappingProxyType

from livestream.errors import UsageError
from livestream.text.digits import Sign

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "arabic_reading",
        "de": "german_reading",
        "en": "english_reading",
        "en-GB": "english_britain",
        "es": "spanish_reading",
        "es-ES": "spanish_spain",
        "fr": "french_reading",
        "hi": "hindi_reading",
        "id": "indonesian_reading",
        "it": "italian_reading",
        "ja": "japanese_reading",
        "ko": "korean_reading",
        "pl": "polish_reading",
        "pt": "portuguese_reading",
        "ru": "russian_reading",
        "th": "thai_reading",
        "tr": "turkish_reading",
        "vi": "vietnamese_reading",
    }
)
"""The module of this package that says `LANGUAGE`, by locale tag or by language alone; the tag is sought first."""

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
"""A number in digits, written with a decimal point."""
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Place:
    """The neighbours of a word, in small letters and without punctuation; `stopped` where a sign follows it."""

    before: str
    after: str
    stopped: bool


ALONE = Place("", "", stopped=False)
Reader = Callable[["re.Match[str]", Place], str]
"""What is said for a chunk that a pattern matched whole; "" where the pattern was mistaken."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The grammar of a language's number words; all words in small letters without accents.

    `links` may stand inside a number ("and", "point"), `scales` multiply digits before them ("2
    million"). `first` takes the words of a run and returns the first number in it and how many words
    it takes, none where the run begins with no number. `idioms` look like numbers and are none; `homographs` do so
    without their accents only, and are found in the text as it is written.
    `decimal` is the sign before decimals in digits; `spaced` where thousands may be parted by spaces.
    Where words are not parted by spaces, `scan` finds the numbers itself: value, start and end of each.
    """

    words: Container[str]
    links: frozenset[str]
    scales: Mapping[str, int]
    first: Callable[[Sequence[str]], tuple[Decimal, int]]
    idioms: re.Pattern[str] | None = None
    homographs: re.Pattern[str] | None = None
    decimal: Sign = "."
    spaced: bool = False
    scan: Callable[[str], Iterator[tuple[Decimal, int, int]]] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a language reads a caption.

    `joined` are patterns of several words that are one token ("USD 5"); `marked` finds a sign of
    length at the end of a number, which is no quotation mark. `readers` are tried in order on each
    chunk, `word` reads what none of them takes. After a word of `stopped` a stop ends no sentence.
    """

    joined: tuple[re.Pattern[str], ...]
    marked: re.Pattern[str]
    readers: tuple[tuple[re.Pattern[str], Reader], ...]
    word: Callable[[str, Place], str]
    stopped: frozenset[str]
    phrases: Callable[[str], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `money` says an amount in a currency, short or in full; `listing` joins what is chosen from.

    `sizes` is what is said for a size that is shown as letters. `common` are small words, and marks on
    letters, by which a text shows that it is in this language. `joiner` stands between two words.
    """

    numbers: NumberWords
    reading: Reading
    money: Callable[[Decimal, str, bool], str]
    listing: Callable[[Sequence[str]], str]
    sizes: Mapping[str, str] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    joiner: str = " "

    def owns(self, text: str) -> bool:
        """Whether a text shows that it is in this language; one that does not show it is taken for a foreign one."""
        lowered = text.lower()
        return bool(self.common & {*_WORDS.findall(lowered), *(char for char in lowered if not char.isascii())})


def joiner(locale: str) -> str:
    """Return what stands between two words of a locale's language: a space where the language is unknown."""
    known = MODULES.get(locale) or MODULES.get(locale.partition("-")[0])
    return language(locale).joiner if known else " "


@cache
def language(locale: str) -> Language:
    """Return what is known of a locale's language.

    Raises:
        UsageError: nothing is.
    """
    name = MODULES.get(locale) or MODULES.get(locale.partition("-")[0])
    if name is None:
        raise UsageError(
            f"there are no number words for {locale}", remedy=f"Languages that can be spoken: {', '.join(MODULES)}."
        )
    known: Language = import_module(f"livestream.text.{name}").LANGUAGE
    return known
