"""The grammar of Indonesian number words: which words make which number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from livestream.text.indonesian import ONES, SCALES
from livestream.text.languages import NumberWords

_UNITS = {word: value for value, word in enumerate(ONES)} | {"kosong": 0}
_SINGLE = {f"se{name}": size for size, name in SCALES} | {"selusin": 12, "sekodi": 20}
_SIZES = {name: size for size, name in SCALES} | {"milyar": 10**9, "rb": 1000, "jt": 10**6, "lusin": 12, "kodi": 20}
_LARGE = {word: size for word, size in _SIZES.items() if size >= 1000}
_SHARES = {f"per{word}": Decimal(value) for value, word in enumerate(ONES) if value > 1} | {
    "persepuluh": Decimal(10), "perseratus": Decimal(100),
}  # fmt: skip
_HALVES = frozenset({"setengah", "separuh", "separo"})
_OTHERS = {
    "puluhan": 10, "belasan": 10, "ratusan": 100, "ribuan": 1000, "jutaan": 10**6, "miliaran": 10**9, "lusinan": 12,
    "pertama": 1, "dobel": 2, "ganda": 2,
    # what money is called in the street
    "seceng": 1000, "noceng": 2000, "goceng": 5000, "ceban": 10_000, "noban": 20_000, "goban": 50_000, "cepek": 100,
    "gopek": 500, "gocap": 50_000, "jigo": 25_000, "sejuta": 10**6,
}  # fmt: skip
_ORDINALS = {f"ke{word}": value for word, value in {**_UNITS, "sepuluh": 10, "sebelas": 11, "seratus": 100}.items()}
_WORDS: frozenset[str] = frozenset().union(
    _UNITS,
    _SINGLE,
    _SIZES,
    _SHARES,
    {f"se{word}" for word in _SHARES},
    _HALVES,
    _OTHERS,
    _ORDINALS,
    {"belas", "sebelas"},
)
_IDIOMS = re.compile(
    r"\b(?:satu[ -]satunya|satu (?:per|demi) satu|salah satu(?:nya)?|satu sama lain|pertama[ -]tama|belas kasih\w*|"
    r"dua[ -]duanya|kedua(?:nya| belah| sisi)|jadi satu|menjadi satu)\b"
)


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    first = words[0]
    if first in _HALVES:
        return _scaled(Decimal("0.5"), words, 1)
    if first.removeprefix("se") in _SHARES and first.startswith("se"):
        return _shared(Decimal(1), words, 1, first.removeprefix("se"))
    if first in _OTHERS:
        return Decimal(_OTHERS[first]), 1
    spelled = _spelled(words)
    if spelled > 1 and (spelled == len(words) or words[spelled] not in {*_SIZES, "belas"}):
        digits = "".join(str(_UNITS[word]) for word in words[:spelled])
        return _after_point(Decimal(int(digits)), words, spelled)
    if first in _ORDINALS and first != "kenol":
        total, used = _cardinal([first.removeprefix("ke"), *words[1:]])
        return Decimal(total), used
    total, used = _cardinal(words)
    if not used:
        return (Decimal(_LARGE[first]), 1) if first in _LARGE else (Decimal(0), 0)
    return _after_point(Decimal(total), words, used)


def _spelled(words: Sequence[str]) -> int:
    return next((at for at, word in enumerate(words) if word not in _UNITS), len(words))


def _cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Return a cardinal, greedily by the grammar of Indonesian number words, and how many words it takes."""
    total = group = at = 0
    ceiling, room = 10**15, 1000
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        if word in _SINGLE and _SINGLE[word] < 1000 and _SINGLE[word] < room:
            group, room, at = group + _SINGLE[word], min(room, _SINGLE[word]), at + 1
        elif word in {"sebelas"} and room > 10:
            group, room, at = group + 11, 0, at + 1
        elif word in _UNITS and after == "belas" and room > 10 and _UNITS[word] > 1:
            group, room, at = group + 10 + _UNITS[word], 0, at + 2
        elif word in _UNITS and after in {"puluh", "ratus"} and _SIZES[after] < room and _UNITS[word]:
            group, room, at = group + _UNITS[word] * _SIZES[after], _SIZES[after], at + 2
        elif word in _UNITS and room > 1 and (_UNITS[word] or not at):
            group, room, at = group + _UNITS[word], 0, at + 1
        elif word in _SINGLE and not group and _SINGLE[word] < ceiling and _SINGLE[word] >= 1000:
            total, ceiling, at = total + _SINGLE[word], _SINGLE[word], at + 1
        elif word in _LARGE and group and _LARGE[word] < ceiling:
            total, ceiling, at = total + group * _LARGE[word], _LARGE[word], at + 1
            group, room = 0, 1000
        else:
            break
    return total + group, at


def _after_point(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a whole number with what may follow it: decimals, "setengah", a share, a dozen."""
    rest = words[used:]
    if list(rest[:1]) == ["koma"] and (places := _spelled(rest[1:])):
        if places < len(rest) - 1 and rest[1 + places] in {"belas", "puluh", "ratus"}:
            return _read_as_one(whole, words, used)
        decimals = "".join(str(_UNITS[word]) for word in rest[1 : 1 + places])
        return _scaled(Decimal(f"{whole}.{decimals}"), words, used + 1 + places)
    link = int(list(rest[:1]) == ["dan"])
    after = rest[link] if len(rest) > link else ""
    if after in _HALVES:
        return _scaled(whole + Decimal("0.5"), words, used + link + 1)
    if link and after.startswith("seper") and after.removeprefix("se") in _SHARES:
        value, used = _shared(Decimal(1), words, used + 2, after.removeprefix("se"))
        return whole + value, used
    if link and after in _UNITS and len(rest) > 2 and rest[2] in _SHARES:
        value, used = _shared(Decimal(_UNITS[after]), words, used + 3, rest[2])
        return whole + value, used
    if not link and after in _SHARES:
        return _shared(whole, words, used + 1, after)
    return _scaled(whole, words, used)


def _read_as_one(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return decimals said as one number: "satu koma dua puluh lima" is 1.25."""
    decimals, taken = _cardinal(words[used + 1 :])
    return _scaled(Decimal(f"{whole}.{decimals}"), words, used + 1 + taken)


def _shared(upper: Decimal, words: Sequence[str], used: int, lower: str) -> tuple[Decimal, int]:
    """Return a share; "seperenam belas" is a sixteenth."""
    teens = list(words[used : used + 1]) == ["belas"]
    return upper / (_SHARES[lower] + 10 * teens), used + teens


def _scaled(value: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number times the scale or the dozen that follows it: "satu koma lima juta", "dua lusin"."""
    after = words[used] if used < len(words) else ""
    if after in {"lusin", "kodi"} or (after in _LARGE and value != value.to_integral_value()):
        return value * _SIZES[after], used + 1
    return value, used


INDONESIAN_NUMBERS = NumberWords(
    words=_WORDS,
    links=frozenset({"koma", "dan"}),
    scales={word: size for word, size in _SIZES.items() if size >= 1000 or size in {12, 20}},
    first=first_number,
    idioms=_IDIOMS,
    decimal=",",
)
