"""The grammar of German number words, which are written in one: "neunundvierzig", "dreiteilig", "anderthalb".

"ein" and "eine" alone are articles. A compound is a number where a cardinal stands before an ending
that counts (`_COUNTED`); other words that begin like a number ("achtsam", "dreist") are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from livestream.text.fold import fold
from livestream.text.german import TENS, cardinal
from livestream.text.languages import NumberWords

Kind = Literal["article", "cardinal", "scale", "half", "share", "other"]

_BELOW = {fold(cardinal(value)): value for value in range(100)} | {"ein": 1, "eine": 1, "zwo": 2}
_BELOW |= {f"{word}e": value for word, value in _BELOW.items() if 3 < value < 13 and value != 11}  # "alle fünfe"
_BELOW |= {f"zwound{fold(TENS[tens])}": tens * 10 + 2 for tens in range(2, 10)}
_ARTICLES = frozenset({"ein", "eine", "einen", "einem", "einer", "eines"})
_SCALES = {
    "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9, "billion": 10**12,
    "billionen": 10**12, "mio": 10**6, "mrd": 10**9,
}  # fmt: skip
_ROUND = {
    "dutzend": 12, "dutzende": 12, "dutzenden": 12, "hunderte": 100, "hunderten": 100, "tausende": 1000,
    "tausenden": 1000, "doppelt": 2, "doppelte": 2, "doppelten": 2, "doppelter": 2, "doppeltes": 2, "verdoppelt": 2,
    "verdreifacht": 3, "zweitens": 2, "drittens": 3, "viertens": 4,
}  # fmt: skip
_HALVES = frozenset({"halb", "halbe", "halber", "halbes", "halben", "halbem", "halfte", "halften"})
_MIXED = {
    "anderthalb": Decimal("1.5"), "anderthalbe": Decimal("1.5"), "eineinhalb": Decimal("1.5"),
    "dreiviertel": Decimal("0.75"), "drittel": Decimal(1) / 3, "achtel": Decimal("0.125"), "siebtel": Decimal(1) / 7,
}  # fmt: skip
_ORDINAL_END = re.compile(r"e[nrsm]?$")
_IRREGULAR = {"erst": 1, "dritt": 3, "siebt": 7, "acht": 8}
_AND_A_HALF = re.compile(r"(.+)einhalbe?[nrs]?")
_SHARE = re.compile(r"(.+?)s?tels?")
_COUNTED = re.compile(
    r"(.+?)(?:fach|mal|malig|teilig|jahrig|jahrlich|tagig|taglich|monatig|monatlich|wochig|wochentlich|stundig|minutig|"
    r"sekundig|stellig|lagig|farbig|seitig|stufig|eckig|zeilig|spurig|turig|armig|beinig|strahlig|polig|kantig|gangig|"
    r"prozentig|reihig|stockig|kopfig|flammig|schichtig|wertig)(?:e[nrsm]?|en)?"
)
_MADE_OF = re.compile(r"(.+?)er(?:set|sets|pack|packs|packung|packungen|n|s)?")
_NO_COUNT = frozenset({"einfach", "einmal", "einmalig", "einseitig", "einfarbig"})
_SPELLINGS = (("ß", "ss"), ("fuenf", "funf"), ("zwoelf", "zwolf"), ("dreizig", "dreissig"))


@lru_cache(maxsize=4096)
def _known(word: str) -> tuple[Kind, Decimal] | None:
    """Return what a word in small letters without accents counts, None for a word that is no number."""
    for there, here in _SPELLINGS:
        word = word.replace(there, here)
    if word in _ARTICLES:
        return "article", Decimal(1)
    if word in _SCALES:
        return "scale", Decimal(_SCALES[word])
    if word in _ROUND:
        return "other", Decimal(_ROUND[word])
    if word in _HALVES:
        return "half", Decimal("0.5")
    if word in _MIXED:
        return "share", _MIXED[word]
    whole = _compound(word)
    if whole is not None:
        return "cardinal", Decimal(whole)
    return _derived(word)


def _derived(word: str) -> tuple[Kind, Decimal] | None:
    if word in _NO_COUNT or word.startswith(("einfache", "einmalige", "einseitige", "einzig")):
        return None
    if (match := _AND_A_HALF.fullmatch(word)) and (whole := _compound(match[1])) is not None:
        return "cardinal", whole + Decimal("0.5")
    if _ORDINAL_END.search(word) and (whole := _ordinal(_ORDINAL_END.sub("", word))):
        return "other", Decimal(whole)
    if (match := _SHARE.fullmatch(word)) and (whole := _compound(match[1])) and whole > 2:
        return "share", 1 / Decimal(whole)
    if (match := _COUNTED.fullmatch(word)) and (whole := _compound(match[1])) is not None:
        return "other", Decimal(whole)
    if (match := _MADE_OF.fullmatch(word)) and (whole := _compound(match[1])) is not None and whole > 1:
        return "other", Decimal(whole)
    return None


def _ordinal(stem: str) -> int:
    """Return the value of an ordinal without its ending, "zweiundzwanzigst", or none."""
    for irregular, value in _IRREGULAR.items():
        head = stem.removesuffix(irregular)
        before = _compound(head) if head else 0
        if head != stem and before is not None and not before % 100:
            return before + value
    for end, short in (("st", False), ("t", True)):
        whole = _compound(stem.removesuffix(end)) if stem.endswith(end) else None
        if whole and whole > 1 and (0 < whole % 100 < 20) == short:
            return whole
    return 0


def _compound(word: str) -> int | None:
    """Return the value of a cardinal below a million written in one word."""
    head, found, tail = word.partition("tausend")
    if not found:
        return _below_thousand(word, most=19)
    thousands = _below_thousand(head) if head else 1
    rest = _below_thousand(tail.removeprefix("und")) if tail else 0
    return None if not thousands or rest is None else thousands * 1000 + rest


def _below_thousand(word: str, most: int = 9) -> int | None:
    head, found, tail = word.partition("hundert")
    if not found:
        return _BELOW.get(word)
    hundreds = _BELOW.get(head) if head else 1
    rest = _BELOW.get(tail.removeprefix("und")) if tail else 0
    return None if not hundreds or hundreds > most or rest is None else hundreds * 100 + rest


class _NumberWords:
    """All words that count something."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and _known(word) is not None


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    spelled = _spelled(words)
    if spelled > 1:
        value = Decimal("".join(str(_BELOW[word]) for word in words[:spelled]))
        return _after_point(value, words, spelled)
    kind, value = _kind(words, 0)
    after, share = _kind(words, 1)
    if kind == "article":
        return (share, 2) if after in {"half", "share"} else _large(words)
    if kind in {"other", "half", "share"}:
        return value, 1
    if kind == "cardinal" and after == "share":
        return value * share, 2
    if kind == "cardinal" and list(words[1:2]) == ["und"] and _kind(words, 3)[0] == "share":
        return value + _kind(words, 2)[1] * _kind(words, 3)[1], 4
    return _large(words)


def _kind(words: Sequence[str], index: int) -> tuple[Kind | None, Decimal]:
    known = _known(words[index]) if index < len(words) else None
    return known or (None, Decimal(0))


def _spelled(words: Sequence[str]) -> int:
    """Return how many digits are said one by one."""
    count = 0
    while count < len(words) and words[count] not in _ARTICLES and _BELOW.get(words[count], 10) < 10:
        count += 1
    return count


def _large(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return a cardinal with its millions, decimals and dozens, and how many words it takes."""
    total, used, ceiling = Decimal(0), 0, Decimal(10**15)
    while used < len(words):
        kind, value = _kind(words, used)
        if kind not in {"article", "cardinal"}:
            break
        taken = 1
        if kind == "cardinal" and words[used + 1 : used + 2] == ["komma"]:
            value, taken = _after_point(value, words[used:], 1)
        after, size = _kind(words, used + taken)
        if after == "scale" and size < ceiling:
            total, used, ceiling = total + value * size, used + taken + 1, size
            continue
        if (kind == "cardinal" or total) and (not total or value):
            return _dozens(total + value, words, used + taken)
        break
    if not used and _kind(words, 0)[0] == "scale":
        return _kind(words, 0)[1], 1
    return total, used


def _dozens(value: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    return (value * 12, used + 1) if used < len(words) and words[used].startswith("dutzend") else (value, used)


def _after_point(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals said after "Komma", digit by digit or as in "Komma fünfundzwanzig"."""
    rest = words[used + 1 :] if used < len(words) and words[used] == "komma" else ()
    places = _spelled(rest)
    if places:
        return Decimal(f"{whole}.{''.join(str(_BELOW[word]) for word in rest[:places])}"), used + 1 + places
    if rest and (below := _compound(rest[0])) is not None:
        return Decimal(f"{whole}.{below}"), used + 2
    return whole, used


GERMAN_NUMBERS = NumberWords(
    words=_NumberWords(),
    links=frozenset({"komma", "und"}),
    scales=_SCALES | {"tausend": 1000, "dutzend": 12},
    first=first_number,
    idioms=re.compile(
        r"\bachte[nt]? (?=(?:auf|darauf|bitte|mal|dabei|besonders|beim)\b)|\b(?:gib|gebt|ausser|in) acht\b|"
        r"\bacht (?=geben\b)|\bhalb so (?:wild|schlimm)\b"
    ),
    decimal=",",
)
