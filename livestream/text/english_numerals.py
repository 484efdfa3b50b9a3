"""The grammar of English number words: which words make which number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from livestream.text.english import ONES, SCALES, TENS, ordinal
from livestream.text.languages import NumberWords

_UNITS = {word: index for index, word in enumerate(ONES)} | {"nought": 0}
_TENS = {word: index * 10 for index, word in enumerate(TENS) if word != "-"}
_SCALES = {name: size for size, name in SCALES} | {"hundred": 100, "dozen": 12, "grand": 1000}
_ROUND = {f"{word}s": value for word, value in _SCALES.items()} | {
    f"{word[:-1]}ies": value for word, value in _TENS.items()
}
_ORDINALS = {ordinal(value): value for value in range(1, 32)} | {"hundredth": 100, "thousandth": 1000}
_SHARES = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4} | {
    f"{ordinal(value)}s": value for value in range(5, 33)
}
_MULTIPLES = {
    "once": 1, "twice": 2, "thrice": 3, "double": 2, "doubles": 2, "doubled": 2, "triple": 3, "triples": 3,
    "tripled": 3, "quadruple": 4, "couple": 2, "twofold": 2, "threefold": 3, "tenfold": 10,
}  # fmt: skip
_NUMBER_WORDS: frozenset[str] = frozenset().union(_UNITS, _TENS, _SCALES, _ROUND, _ORDINALS, _SHARES, _MULTIPLES)


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    spelled = _spelled(words)
    if spelled > 1 and (spelled == len(words) or words[spelled] not in _SCALES):
        digits = "".join(str(_UNITS[word]) for word in words[:spelled])
        return _after_point(Decimal(int(digits)), words, spelled)
    if words[0] in _MULTIPLES:
        return Decimal(_MULTIPLES[words[0]]), 1
    if words[0] in _ROUND:
        return Decimal(_ROUND[words[0]]), 1
    if words[0] in _SHARES and words[0] not in _ORDINALS:
        return Decimal(1) / _SHARES[words[0]], 1
    if words[0] in _ORDINALS:
        return Decimal(_ORDINALS[words[0]]), 1
    total, used = _cardinal(words)
    if not used:
        return Decimal(0), 0
    return _share(total, words, used)


def _spelled(words: Sequence[str]) -> int:
    count = 0
    while count < len(words) and _UNITS.get(words[count], 10) < 10:
        count += 1
    return count


def _cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Return a cardinal, greedily by the grammar of English number words, and how many words it takes."""
    total = group = used = 0
    ceiling = 10**15
    room, hundreds = 1000, True
    for index, word in enumerate(words):
        if word in _SCALES and word != "hundred" and _SCALES[word] < ceiling:
            total += (group or 1) * _SCALES[word]
            group, room, ceiling, hundreds = 0, 1000, _SCALES[word], True
        elif word == "hundred" and hundreds and group < 100:
            group, room, hundreds = (group or 1) * 100, 100, False
        elif word in _TENS and room > 10 and room >= 100:
            group, room = group + _TENS[word], 10
        elif word in _UNITS and _UNITS[word] < room and (room != 10 or 0 < _UNITS[word] < 10):
            group, room = group + _UNITS[word], 0
        elif word == "and" and index and (room == 100 or (group == 0 and total)):
            continue
        else:
            break
        used = index + 1
    return total + group, used


def _after_point(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    if list(words[used : used + 1]) != ["point"]:
        return whole, used
    places = _spelled(words[used + 1 :])
    if not places:
        return whole, used
    decimals = "".join(str(_UNITS[word]) for word in words[used + 1 : used + 1 + places])
    used += 1 + places
    value = Decimal(f"{whole}.{decimals}")
    if used < len(words) and words[used] in _SCALES:
        return value * _SCALES[words[used]], used + 1
    return value, used


def _share(total: int, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a cardinal with what may follow it: decimals, "and a half", a denominator, an ordinal's last word."""
    rest = words[used:]
    if list(rest[:1]) == ["point"]:
        return _after_point(Decimal(total), words, used)
    for skip, link in ((2, ["and", "a"]), (2, ["and", "one"])):
        if list(rest[:2]) == link and len(rest) > skip and rest[skip] in _SHARES:
            return Decimal(total) + Decimal(1) / _SHARES[rest[skip]], used + 3
    if list(rest[:1]) == ["and"] and len(rest) > 2 and rest[1] in _UNITS and rest[2] in _SHARES:
        return Decimal(total) + Decimal(_UNITS[rest[1]]) / _SHARES[rest[2]], used + 3
    if rest and rest[0] in _SHARES and (rest[0].endswith("s") or total == 1):
        return Decimal(total) / _SHARES[rest[0]], used + 1
    if rest and rest[0] in _ORDINALS and total % 10 == 0 and _ORDINALS[rest[0]] < (10 if total % 100 else 100):
        return Decimal(total + _ORDINALS[rest[0]]), used + 1
    if rest and rest[0] in {"hundredth", "thousandth"}:
        return Decimal(total * _ORDINALS[rest[0]]), used + 1
    if rest and total == 1 and rest[0] in _ORDINALS and 4 < _ORDINALS[rest[0]] < 33:
        return Decimal(1) / _ORDINALS[rest[0]], used + 1
    return Decimal(total), used


ENGLISH_NUMBERS = NumberWords(
    words=_NUMBER_WORDS, links=frozenset({"and", "point", "a"}), scales=_SCALES, first=first_number
)
