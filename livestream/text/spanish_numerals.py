"""The grammar of Spanish number words: which words make which number. "un" and "una" alone are articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from livestream.text.languages import NumberWords
from livestream.text.spanish import HUNDREDS, ONES, ORDINAL_TENS, ORDINALS, TENS


def _bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


_ARTICLES = frozenset({"un", "una"})
_UNITS = {_bare(word): value for value, word in enumerate(ONES)} | {"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21}
_TENS = {word: value * 10 for value, word in enumerate(TENS) if word != "-"}
_HUNDREDS = {word: value * 100 for value, word in enumerate(HUNDREDS) if word != "-"}
_HUNDREDS |= {f"{word[:-2]}as": value for word, value in _HUNDREDS.items() if value > 100} | {"cien": 100}
_LARGE = {"millon": 10**6, "millones": 10**6, "billon": 10**12, "billones": 10**12}
_DOZENS = {
    f"{word}{end}": value
    for word, end, value in (
        ("decena", "", 10), ("decena", "s", 10), ("docena", "", 12), ("docena", "s", 12), ("centena", "", 100),
        ("centena", "s", 100), ("centenar", "", 100), ("centenar", "es", 100), ("millar", "", 1000),
        ("millar", "es", 1000),
    )
}  # fmt: skip
_ROUND = _DOZENS | {"cientos": 100, "miles": 1000, "millones": 10**6, "billones": 10**12, "par": 2}
_MULTIPLES = {"doble": 2, "dobles": 2, "triple": 3, "triples": 3, "cuadruple": 4, "quintuple": 5}
_FORMS = {
    form: value
    for value, word in enumerate(map(_bare, ORDINALS))
    if value
    for form in (word, f"{word[:-1]}a")
} | {"primer": 1, "tercer": 3}  # fmt: skip
_ORDINAL_TENS = {
    form: value * 10
    for value, word in enumerate(map(_bare, ORDINAL_TENS))
    if value > 1
    for form in (word, f"{word[:-1]}a")
}
_ORDINALS = _FORMS | _ORDINAL_TENS
_SHARES = {
    "medio": 2, "media": 2, "medios": 2, "mitad": 2, "mitades": 2, "tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4,
    "quinto": 5, "quintos": 5, "sexto": 6, "sextos": 6, "octavo": 8, "octavos": 8, "decimo": 10, "decimos": 10,
    "dieciseisavo": 16, "dieciseisavos": 16,
}  # fmt: skip
_WORDS = frozenset().union(_UNITS, _TENS, _HUNDREDS, {"mil"}, _LARGE, _ROUND, _MULTIPLES, _ORDINALS, _SHARES)


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    spelled = _spelled(words)
    if spelled > 1:
        return _after_point(Decimal("".join(str(_UNITS[word]) for word in words[:spelled])), words, spelled)
    if first in _ARTICLES and second not in _LARGE:
        return _after_article(words)
    if first in _MULTIPLES or first in _ROUND:
        return Decimal(_MULTIPLES.get(first) or _ROUND[first]), 1
    if first in _ORDINALS:
        ones = _FORMS.get(second, 0) if first in _ORDINAL_TENS else 0
        return Decimal(_ORDINALS[first] + ones), 2 if 0 < ones < 10 else 1
    if first in _SHARES:
        return Decimal(1) / _SHARES[first], 1
    whole, used = _cardinal(words)
    return _with_share(whole, words, used) if used else (Decimal(0), 0)


def _after_article(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the number of "un tercio", "una docena" or "un punto cinco"; "un" alone is none."""
    second = words[1] if len(words) > 1 else ""
    if second in _SHARES:
        return Decimal(1) / _SHARES[second], 2
    if second == "y" and len(words) > 2 and words[2] in {"medio", "media"}:
        return Decimal("1.5"), 3
    if second in _MULTIPLES or second in _ROUND:
        return Decimal(_MULTIPLES.get(second) or _ROUND[second]), 2
    value, used = _after_point(Decimal(1), words, 1)
    return (value, used) if used > 1 else (Decimal(0), 0)


def _spelled(words: Sequence[str]) -> int:
    """Return how many digits are said one by one."""
    count = 0
    while count < len(words) and words[count] not in _ARTICLES and _UNITS.get(words[count], 10) < 10:
        count += 1
    return count


def _cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Return a cardinal, greedily by the grammar of Spanish number words, and how many words it takes."""
    total = thousands = used = 0
    ceiling = 10**15
    index = 0
    while index < len(words):
        word = words[index]
        group, taken = _below_thousand(words[index:])
        after = words[index + taken] if index + taken < len(words) else ""
        if after == "mil" and not thousands and word != "cero":
            thousands, used = (group or 1) * 1000, index + taken + 1
        elif after in _LARGE and _LARGE[after] < ceiling and thousands + group:
            total, thousands, used = total + (thousands + group) * _LARGE[after], 0, index + taken + 1
            ceiling = _LARGE[after]
        else:
            if taken and not (word == "cero" and index):
                thousands, used = thousands + group, index + taken
            break
        index = used
    return total + thousands, used


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    """Return the number below a thousand that the words begin with, and how many of them it takes."""
    value = at = 0
    if words[0] in _HUNDREDS:
        value, at = _HUNDREDS[words[0]], 1
        if words[0] == "cien":
            return value, at
    rest = words[at:]
    if rest and rest[0] in _TENS:
        value, at = value + _TENS[rest[0]], at + 1
        if len(rest) > 2 and rest[1] == "y" and 0 < _UNITS.get(rest[2], 10) < 10:
            value, at = value + _UNITS[rest[2]], at + 2
    elif rest and (rest[0] != "cero" or not at) and rest[0] in _UNITS:
        value, at = value + _UNITS[rest[0]], at + 1
    return value, at


def _after_point(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals said after "punto": digit by digit, or as in "punto veinticinco"."""
    rest = words[used + 1 :] if used < len(words) and words[used] == "punto" else ()
    places = _spelled(rest)
    if places:
        decimals = "".join(str(_UNITS[word]) for word in rest[:places])
    else:
        value, places = _below_thousand(rest) if rest else (0, 0)
        decimals = str(value)
    if not places:
        return whole, used
    used += 1 + places
    number = Decimal(f"{whole}.{decimals}")
    if used < len(words) and words[used] in _LARGE:
        return number * _LARGE[words[used]], used + 1
    return number, used


def _with_share(total: int, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a cardinal with what may follow it: decimals, "y medio", a denominator, dozens, "por ciento"."""
    rest = list(words[used : used + 3])
    value = Decimal(total)
    if rest[:1] == ["punto"]:
        value, used = _after_point(value, words, used)
        rest = list(words[used : used + 3])
    elif rest[:1] == ["y"] and rest[1:2] and rest[1] in {"medio", "media"}:
        return value + Decimal("0.5"), used + 2
    elif rest[:1] == ["y"] and len(rest) > 2 and rest[1] in _UNITS and rest[2] in _SHARES:
        return value + Decimal(_UNITS[rest[1]]) / _SHARES[rest[2]], used + 3
    elif rest and rest[0] in _SHARES and rest[0].endswith("s"):
        return value / _SHARES[rest[0]], used + 1
    elif rest and rest[0] in _DOZENS:
        return value * _DOZENS[rest[0]], used + 1
    share = rest[:2] == ["por", "ciento"] and _below_thousand(words[used + 1 : used + 3])[1] == 1
    return value, used + 2 if share else used  # "treinta por ciento ochenta" are the sides of something


SPANISH_NUMBERS = NumberWords(
    words=_WORDS,
    links=frozenset({"y", "punto", "por"}),
    scales={"mil": 1000} | _LARGE | _DOZENS,
    first=first_number,
    idioms=re.compile(r"\bun segundo\b"),
)
