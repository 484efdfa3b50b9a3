"""Finding number words that no reader of numbers knows: run together, English in another language, Roman numerals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from livestream.text.languages import language

_WORD = re.compile(r"[^\W\d_]{6,32}")
_LEAST = 3
"""Letters of the shortest piece: shorter number words ("un", "um") are syllables of a great many others."""
_NO_PIECES = frozenset({"una", "uma", "uno", "ein", "eins", "eine", "one", "media", "medio", "mezza", "mezzo", "meia"})
_LINKS = ("und", "and", "i", "y", "e", "et")
_ENGLISH = re.compile(
    r"(?<![a-z])(?:three|five|seven|eight|nine|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:one|two|four|six|ten)[ -](?:million|billion)|"
    r"hundred|thousand|half price|percent off)(?![a-z])"
)
"""English number words that are words of no other language here: not "six", "four" (an oven), "ten" (have!), "once"."""
_ROMAN = re.compile(
    r"[\u2160-\u2188]|(?<![^\W_])(?=[IVX]{2,}(?![^\W_]))X{0,3}(?:IX|IV|V?I{0,3})(?![^\W_])|"
    r"(?<![A-Za-z])[IVXLC]{1,6}(?=[個円枚本人名点箱])"
)


def roman_in(text: str) -> str:
    """Return the first Roman numeral of a text that is not folded, "" where none is: "Ⅻ", "XII"."""
    found = _ROMAN.search(text) or _ROMAN.search(unicodedata.normalize("NFKC", text))
    return found.group() if found else ""


def english_in(folded: str, locale: str) -> str:
    """Return the first English number word of a folded text in another language, "" where none is."""
    found = None if locale.startswith("en") else _ENGLISH.search(folded)
    return found.group() if found else ""


def glued_in(folded: str, locale: str, is_unit: Callable[[str], object]) -> str:
    """Return the first word that is number words run together, "" where none is: "fiftyfive", "duabelas".

    A unit may be the end of it ("fiftypercent"); `is_unit` tells which those are.

    Raises:
        UsageError: nothing is known of the language.
    """
    return next((word for word in _WORD.findall(folded) if _pieces(word, locale, is_unit)), "")


@lru_cache(maxsize=8192)
def _pieces(word: str, locale: str, is_unit: Callable[[str], object]) -> bool:
    return _covered(word, 0, 0, locale, is_unit)


def _covered(word: str, at: int, taken: int, locale: str, is_unit: Callable[[str], object]) -> bool:
    """Whether the rest of a word is number words, or a unit behind one."""
    rest = word[at:]
    if taken and (not rest or (len(rest) >= _LEAST and is_unit(rest))):
        return taken > 1 or bool(rest)
    links = (len(link) for link in _LINKS if taken and rest.startswith(link))
    starts = (0, *links)
    known = language(locale).numbers.words
    return any(
        _covered(word, at + skip + size, taken + 1, locale, is_unit)
        for skip in starts
        for size in range(len(rest) - skip, _LEAST - 1, -1)
        if (piece := rest[skip : skip + size]) in known and piece not in _NO_PIECES
    )
