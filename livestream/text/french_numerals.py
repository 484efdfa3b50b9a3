"""The grammar of French number words: which words make which number. "un" and "une" alone are articles.

"septante", "huitante" and "nonante" are understood as they are said in Belgium and Switzerland.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from livestream.text.fold import fold
from livestream.text.french import ONES, TENS, cardinal, ordinal
from livestream.text.languages import NumberWords

_ARTICLES = frozenset({"un", "une"})
_UNITS = {fold(word): value for value, word in enumerate(ONES)} | {"une": 1}
_TENS = {fold(word): value * 10 for value, word in enumerate(TENS) if value > 1} | {
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_FUSED = {
    re.sub("[ -]", "", word): value for value in range(17, 100) if {*(word := fold(cardinal(value)))} & {"-", " "}
}
"""Numbers written in one word against the rule: "vingtdeux"."""
_SCORES = frozenset({"vingt", "vingts"})
_LARGE = {
    "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9, "billion": 10**12, "billions": 10**12,
}  # fmt: skip
_DOZENS = {
    f"{word}{end}": value
    for word, value in (
        ("dizaine", 10), ("douzaine", 12), ("quinzaine", 15), ("vingtaine", 20), ("trentaine", 30),
        ("quarantaine", 40), ("cinquantaine", 50), ("soixantaine", 60), ("centaine", 100), ("millier", 1000),
    )
    for end in ("", "s")
}  # fmt: skip
_MULTIPLES = {
    "double": 2, "doubles": 2, "triple": 3, "triples": 3, "quadruple": 4, "quintuple": 5, "decuple": 10,
    "centuple": 100,
}  # fmt: skip
_WHOLE = (*range(2, 17), *range(20, 70, 10), 100, 1000)
_ORDINALS = {fold(ordinal(value)): fold(cardinal(value)) for value in _WHOLE} | {
    "unieme": "un", "vingtieme": "vingt", "second": "deux",
}  # fmt: skip
"""The cardinal that each ordinal of one word is made of."""
_FIRST = frozenset({"premier", "premiere", "premiers", "premieres"})
_SHARES = {
    "demi": 2, "demie": 2, "demis": 2, "demies": 2, "moitie": 2, "moities": 2, "tiers": 3, "quart": 4, "quarts": 4,
} | {f"{fold(ordinal(value))}s": value for value in (*range(5, 17), 20, 100, 1000)}  # fmt: skip
_WORDS: frozenset[str] = frozenset().union(
    _UNITS, _TENS, _FUSED, _SCORES, {"cent", "cents", "mille"}, _LARGE, _DOZENS, _MULTIPLES, _ORDINALS, _FIRST, _SHARES
)
_MULTIPLIED = {"cent", "cents", "mille"} | _SCORES | _LARGE.keys() | _DOZENS.keys() | _SHARES.keys()


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    spelled = _spelled(words)
    if spelled > (2 if first in _ARTICLES else 1):
        return _after_point(Decimal("".join(str(_UNITS[word]) for word in words[:spelled])), words, spelled)
    if first in _ARTICLES and second not in _LARGE:
        return _after_article(words)
    if first in _MULTIPLES or first in _DOZENS:
        return Decimal(_MULTIPLES.get(first) or _DOZENS[first]), 1
    if first in _SHARES:
        return Decimal(1) / _SHARES[first], 1
    if first in _FIRST:
        return Decimal(1), 1
    whole, used = _ordinal(words)
    if used:
        return Decimal(whole), used
    whole, used = _cardinal(words)
    return _with_share(whole, words, used) if used else (Decimal(0), 0)


def _ordinal(words: Sequence[str]) -> tuple[int, int]:
    """Return the value of an ordinal, a cardinal but for its last word, and how many words it takes."""
    at = next((index for index, word in enumerate(words) if word in _ORDINALS), None)
    if at is None:
        return 0, 0
    whole, used = _cardinal([*words[:at], _ORDINALS[words[at]]])
    return (whole, used) if used == at + 1 else (0, 0)


def _after_article(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the number of "un tiers", "une douzaine" or "un virgule cinq"; "un" alone is none."""
    second = words[1] if len(words) > 1 else ""
    if second in _SHARES:
        return Decimal(1) / _SHARES[second], 2
    if f"{second}s" in _SHARES and second in _ORDINALS:
        return Decimal(1) / _SHARES[f"{second}s"], 2
    if second in _DOZENS:
        return Decimal(_DOZENS[second]), 2
    value, used = _with_share(1, words, 1)
    return (value, used) if used > 1 else (Decimal(0), 0)


def _spelled(words: Sequence[str]) -> int:
    """Return how many digits are said one by one."""
    count = 0
    while count < len(words) and words[count] != "une" and _UNITS.get(words[count], 10) < 10:
        count += 1
    return count - 1 if count < len(words) and words[count] in _MULTIPLIED else count


def _cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Return a cardinal, greedily by the grammar of French number words, and how many words it takes."""
    total = thousands = used = 0
    ceiling = 10**15
    index = 0
    while index < len(words):
        group, taken = _below_thousand(words[index:])
        after = words[index + taken] if index + taken < len(words) else ""
        if after == "mille" and not thousands and words[index] != "zero":
            thousands, used = (group or 1) * 1000, index + taken + 1
        elif after in _LARGE and _LARGE[after] < ceiling and thousands + group:
            total, thousands, used = total + (thousands + group) * _LARGE[after], 0, index + taken + 1
            ceiling = _LARGE[after]
        else:
            if taken and not (words[index] == "zero" and index):
                thousands, used = thousands + group, index + taken
            break
        index = used
    return total + thousands, used


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    """Return the number below a thousand that the words begin with, and how many of them it takes."""
    head = _UNITS.get(words[0], 0)
    if words[0] == "cent":
        hundreds, at = 100, 1
    elif 1 < head < 20 and words[1:2] and words[1] in {"cent", "cents"}:
        hundreds, at = head * 100, 2
    else:
        return _below_hundred(words)
    rest, used = _below_hundred(words[at:])
    return (hundreds + rest, at + used) if rest else (hundreds, at)


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    first, *rest = words or ("",)
    if first in _FUSED:
        return _FUSED[first], 1
    if first == "quatre" and rest and rest[0] in _SCORES:
        ones, used = _teens(rest[1:])
        return (80 + ones, 2 + used) if 0 < ones < 20 else (80, 2)
    if first not in _TENS:
        return _teens(words)
    value = _TENS[first]
    if rest[:1] == ["et"] and ((rest[1:2] and rest[1] in _ARTICLES) or (value == 60 and rest[1:2] == ["onze"])):
        return value + _UNITS[rest[1]], 3
    ones, used = _teens(rest)
    return (value + ones, 1 + used) if 1 < ones < (20 if value == 60 else 10) else (value, 1)


def _teens(words: Sequence[str]) -> tuple[int, int]:
    """Return the number below twenty that the words begin with."""
    if not words or words[0] not in _UNITS:
        return 0, 0
    if words[0] == "dix" and len(words) > 1 and words[1] in {"sept", "huit", "neuf"}:
        return 10 + _UNITS[words[1]], 2
    return _UNITS[words[0]], 1


def _after_point(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals said after "virgule": "zéro cinq", "vingt-cinq" or digit by digit."""
    rest = words[used + 1 :] if used < len(words) and words[used] == "virgule" else ()
    zeros = 0
    while zeros < len(rest) and rest[zeros] == "zero":
        zeros += 1
    value, taken = _below_thousand(rest[zeros:]) if rest[zeros:] else (0, 0)
    decimals = str(value) if taken else ""
    spelled = _spelled(rest[zeros:])
    if spelled > taken:
        decimals, taken = "".join(str(_UNITS[word]) for word in rest[zeros : zeros + spelled]), spelled
    if not zeros + taken:
        return whole, used
    used += 1 + zeros + taken
    number = Decimal(f"{whole}.{'0' * zeros}{decimals}")
    if used < len(words) and words[used] in _LARGE:
        return number * _LARGE[words[used]], used + 1
    return number, used


def _with_share(total: int, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a cardinal with what may follow it: decimals, "et demi", a denominator, dozens, "pour cent"."""
    rest = list(words[used : used + 3])
    value = Decimal(total)
    if rest[:1] == ["virgule"]:
        value, used = _after_point(value, words, used)
        rest = list(words[used : used + 3])
    elif rest[:1] == ["et"] and len(rest) > 1 and rest[1] in {"demi", "demie", "quart"}:
        return value + Decimal(1) / _SHARES[rest[1]], used + 2
    elif rest[:1] == ["et"] and len(rest) > 2 and rest[1] in _UNITS and rest[2] in _SHARES:
        return value + Decimal(_UNITS[rest[1]]) / _SHARES[rest[2]], used + 3
    elif rest and rest[0] in _SHARES and rest[0] not in {"demi", "demie", "moitie"}:
        return value / _SHARES[rest[0]], used + 1
    elif rest and rest[0] in _DOZENS:
        return value * _DOZENS[rest[0]], used + 1
    return value, used + 2 if rest[:2] == ["pour", "cent"] else used


FRENCH_NUMBERS = NumberWords(
    words=_WORDS,
    links=frozenset({"et", "virgule", "pour"}),
    scales={"mille": 1000} | _LARGE | _DOZENS,
    first=first_number,
    idioms=re.compile(
        r"\b(?:tout|flambant|comme|etat|quasi|remise? a|quoi de|rien de|produit|article) neufs?\b|(?<=\d )pour cent\b|"
        r"\bdoubles? (?=(?:de|d|en|face|paroi|couture|sens|polaire|satin|coton)\b)|\bun second\b"
    ),
    decimal=",",
    spaced=True,
)
