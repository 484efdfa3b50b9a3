"""Finding the numbers in a text, written in digits or in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from livestream.text.digits import Sign, digits_pattern, digits_value
from livestream.text.fold import HIDDEN
from livestream.text.languages import NumberWords, language


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found: its value, the words or digits it stands in, and their place in the text searched.

    A percent sign, a currency or a unit beside it is not part of it.
    """

    value: Decimal
    text: str
    start: int
    end: int


_FRACTION = re.compile(r"(?:(\d+)[ -])?(\d+)/(\d+)(?![\d/])")
_SHARE = r"(?<![\d/])(?:\d+[ -])?\d+/(?:[234568]|10|16)(?![\d/])"
_SUPERSCRIPTS = re.compile("(?<=[a-zA-Z])[²³]|[\u0640\u064b-\u0652\u0670]")
"""What makes no number: squares and cubes of units, and the vowel marks and the long dash of Arabic."""
_NONE = "·"
_PLAIN = str.maketrans("⁄٫٬٪٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "/.,%01234567890123456789")
_BETWEEN = re.compile(r"[\s-]+")


def numbers_in(text: str, locale: str) -> list[Numeral]:
    """Return the numbers of a text in reading order, digits and number words alike.

    Words count where they are cardinals, ordinals, shares ("half", "three quarters"), multiples
    ("twice", "double") or round counts ("a dozen", "thousands"). Digits said one by one ("one two
    zero four") are one number, 1204; "forty-nine ninety-nine" is two, 49 and 99. "a" and "an" are
    not numbers by themselves. Places are those in the text after NFKC, hidden characters dropped.

    Raises:
        UsageError: the language has no number words.
    """
    words = language(locale).numbers
    plain = plain_digits(text)
    if words.scan:
        return [Numeral(value, plain[start:end], start, end) for value, start, end in words.scan(plain)]
    bare = _bare(_without(words.homographs, plain))
    return list(_numerals(plain, _without(words.idioms, bare), words))


def _without(pattern: re.Pattern[str] | None, text: str) -> str:
    """Return a text of the same length in which what a pattern finds is no word."""
    return pattern.sub(lambda match: _NONE * len(match.group()), text) if pattern else text


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    """Return the text in small letters without accents, character for character."""
    return "".join(_letter(char) for char in text)


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    bare = unicodedata.normalize("NFD", char.lower())[:1]
    return bare if bare.isalpha() else char


@lru_cache(maxsize=256)
def plain_digits(text: str) -> str:
    """Return the text that the places of `numbers_in` refer to: NFKC, hidden characters dropped.

    "1½" is "1 1/2" in it, "١٢" is "12".
    """
    visible = _SUPERSCRIPTS.sub("", HIDDEN.sub("", text))
    spread = "".join(_spread(char, visible[index - 1 : index]) for index, char in enumerate(visible))
    return unicodedata.normalize("NFKC", spread).translate(_PLAIN)


def _spread(char: str, before: str) -> str:
    if unicodedata.category(char) == "No" and "⁄" in (plain := unicodedata.normalize("NFKC", char)):
        return f" {plain}" if before.isdigit() else plain
    return char


@cache
def _pattern(scales: tuple[str, ...], sign: Sign, spaced: bool) -> re.Pattern[str]:
    scale = rf"(?: ?(?P<scale>{'|'.join(scales)})\b)?" if scales else "(?P<scale>(?!))?"
    digits = digits_pattern(sign, spaced=spaced)
    return re.compile(rf"(?P<fraction>{_SHARE})|(?P<digits>{digits}){scale}|(?P<word>[^\W\d_]+)")


def _numerals(text: str, bare: str, words: NumberWords) -> Iterator[Numeral]:
    """Yield the numbers of a text; `bare` is the same text as number words are written."""
    run: list[re.Match[str]] = []
    for match in _pattern(tuple(words.scales), words.decimal, words.spaced).finditer(bare):
        word = match["word"]
        joined = run and _BETWEEN.fullmatch(bare, run[-1].end(), match.start())
        if word in words.words:
            if run and not joined:
                yield from _parse(text, run, words)
                run = []
            run.append(match)
        elif word in words.links and joined:
            run.append(match)
        else:
            yield from _parse(text, run, words)
            run = []
            if not word:
                yield _written(text, match, words)
    yield from _parse(text, run, words)


def _written(text: str, match: re.Match[str], words: NumberWords) -> Numeral:
    if match["fraction"]:
        whole, upper, lower = _FRACTION.fullmatch(match["fraction"]).groups()  # type: ignore[union-attr]
        value = Decimal(int(whole or 0)) + Decimal(int(upper)) / Decimal(int(lower))
    else:
        value = digits_value(match["digits"], words.decimal) * words.scales.get(match["scale"], 1)
    return Numeral(value, text[match.start() : match.end()], match.start(), match.end())


def _parse(text: str, run: list[re.Match[str]], words: NumberWords) -> Iterator[Numeral]:
    """Yield the numbers that a run of number words makes; the run may hold links inside."""
    at = 0
    while at < len(run):
        value, used = words.first([word.group() for word in run[at:]])
        if used:
            start, end = run[at].start(), run[at + used - 1].end()
            yield Numeral(value, text[start:end], start, end)
        at += used or 1
