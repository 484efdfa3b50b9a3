"""The grammar of Italian number words: which words make which number. "un" and "una" alone are articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from livestream.text.italian import ONES, TENS, below_thousand, ordinal
from livestream.text.languages import NumberWords


def _bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


_ARTICLES = frozenset({"un", "una"})
_DIGITS = {word: value for value, word in enumerate(ONES[:10])}
_SMALL = {_bare(below_thousand(value)): value for value in range(1000)}
"""Numbers below a thousand, in all their spellings."""
_SMALL |= {word.replace("centott", "centoott"): value for word, value in _SMALL.items()}  # "centoottanta"
_SMALL |= {word.replace("centoo", "cento").replace("centou", "centu"): value for word, value in _SMALL.items()}
_SMALL |= {word[:-1]: value for word, value in _SMALL.items() if word.endswith("uno") and value > 1}  # "ventun"
_SMALL |= {word[:-1]: value * 10 for value, word in enumerate(TENS) if value > 1}  # "vent'anni"
_LARGE = {
    "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9, "bilione": 10**12, "bilioni": 10**12,
}  # fmt: skip
_DOZENS = {
    "decina": 10, "decine": 10, "dozzina": 12, "dozzine": 12, "quindicina": 15, "ventina": 20, "trentina": 30,
    "quarantina": 40, "cinquantina": 50, "centinaio": 100, "centinaia": 100, "migliaio": 1000, "migliaia": 1000,
}  # fmt: skip
_COUNTS = _DOZENS | {
    "paio": 2, "paia": 2, "coppia": 2, "coppie": 2, "doppio": 2, "doppia": 2, "doppi": 2, "doppie": 2, "triplo": 3,
    "tripla": 3, "tripli": 3, "triple": 3, "quadruplo": 4, "quadrupla": 4, "quintuplo": 5, "raddoppia": 2,
    "raddoppiato": 2, "raddoppiata": 2, "triplica": 3, "milioni": 10**6, "miliardi": 10**9,
}  # fmt: skip
_ORDINALS = {
    form: value
    for value in range(1, 100)
    for word in (_bare(ordinal(value)),)
    for form in (word, f"{word[:-1]}a", *((f"{word[:-1]}i", f"{word[:-1]}e") if value < 3 else ()))
}
_SHARES = {"mezzo": 2, "mezza": 2, "mezzi": 2, "mezze": 2, "mezz": 2, "meta": 2} | {
    f"{_bare(ordinal(value))[:-1]}{end}": value for value in (*range(3, 11), 12, 16) for end in "oi"
}
_WORDS = frozenset().union(_ARTICLES, _LARGE, {"mila"}, _COUNTS, _ORDINALS, _SHARES)
_POINTS = frozenset({"virgola", "punto"})


def _value(word: str) -> int | None:
    """Return the number below a million that one word is: "milleduecentonovantanove"; None where it is none."""
    if word in _SMALL:
        return _SMALL[word]
    head, scale, tail = ("", "mille", word[5:]) if word.startswith("mille") else word.partition("mila")
    thousands = 1 if scale == "mille" else _SMALL.get(head, 0)
    rest = _SMALL.get(tail) if tail else 0
    return thousands * 1000 + rest if scale and thousands and rest is not None else None


class _NumberWords:
    """All words that count something: those listed, and those below a million that are made of others."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in _WORDS or _value(word) is not None)


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    first = words[0]
    if (spelled := _spelled(words)) > 1:
        return _after_comma(Decimal("".join(str(_DIGITS[word]) for word in words[:spelled])), words, spelled)
    if first in _ARTICLES and words[1:2] and words[1] not in _LARGE:
        return _after_article(words)
    for table in (_COUNTS, _ORDINALS):
        if first in table:
            return Decimal(table[first]), 1
    if first in _SHARES:
        return Decimal(1) / _SHARES[first], 1
    whole, used = _cardinal(words)
    return _with_share(whole, words, used) if used else (Decimal(0), 0)


def _spelled(words: Sequence[str]) -> int:
    """Return how many digits are said one by one."""
    count = 0
    while count < len(words) and words[count] in _DIGITS:
        count += 1
    return count


def _after_article(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the number of "un terzo", "una dozzina" or "uno virgola cinque"; "un" alone is none."""
    second = words[1]
    if second in _SHARES:
        return Decimal(1) / _SHARES[second], 2
    if second in _COUNTS:
        return Decimal(_COUNTS[second]), 2
    value, used = _with_share(1, words, 1)
    return (value, used) if used > 1 else (Decimal(0), 0)


def _cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Return a cardinal, greedily by the grammar of Italian number words, and how many words it takes."""
    total = used = 0
    ceiling = 10**15
    while True:
        index = used + 1 if used and list(words[used : used + 1]) == ["e"] else used
        group, taken = _below_million(words[index:])
        after = words[index + taken] if index + taken < len(words) else ""
        if group and after in _LARGE and _LARGE[after] < ceiling:
            total, used, ceiling = total + group * _LARGE[after], index + taken + 1, _LARGE[after]
        else:
            if taken and (group or not used):
                total, used = total + group, index + taken
            return total, used


def _below_million(words: Sequence[str]) -> tuple[int, int]:
    """Return the number below a million that the words begin with, written in one word or parted: "mille e uno"."""
    first = words[0] if words else ""
    value = 1 if first in _ARTICLES and words[1:2] and words[1] in _LARGE else _value(first)
    if value is None:
        return 0, 0
    at = 1
    if words[1:2] == ["mila"] and 0 < value < 1000:
        value, at = value * 1000, 2
    step = at + 1 if list(words[at : at + 1]) == ["e"] else at
    rest = _SMALL.get(words[step], 0) if step < len(words) else 0
    if rest and value and not value % 1000 and list(words[step + 1 : step + 2]) != ["mila"]:
        return value + rest, step + 1
    return value, at


def _after_comma(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals said after "virgola": digit by digit, or as in "virgola venticinque"."""
    rest = words[used + 1 :] if used < len(words) and words[used] in _POINTS else ()
    places = _spelled(rest)
    if places:
        decimals = "".join(str(_DIGITS[word]) for word in rest[:places])
    else:
        value, places = _below_million(rest[:1])
        decimals = str(value)
    if not places:
        return whole, used
    used += 1 + places
    number = Decimal(f"{whole}.{decimals}")
    scale = words[used] if used < len(words) else ""
    return (number * _LARGE[scale], used + 1) if scale in _LARGE else (number, used)


def _with_share(total: int, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a cardinal with what may follow it: decimals, "e mezzo", a denominator, dozens, "per cento"."""
    rest = list(words[used : used + 3])
    value = Decimal(total)
    if rest and rest[0] in _POINTS:
        value, used = _after_comma(value, words, used)
        rest = list(words[used : used + 3])
    elif rest[:1] == ["e"] and rest[1:2] and rest[1] in {"mezzo", "mezza"}:
        return value + Decimal(_LARGE.get(words[used - 1], 1)) / 2, used + 2
    elif rest[:1] == ["e"] and len(rest) > 2 and rest[2] in _SHARES and (upper := _value(rest[1])):
        return value + Decimal(upper) / _SHARES[rest[2]], used + 3
    elif rest and rest[0] in _SHARES and (rest[0].endswith(("i", "e")) or total == 1):
        return value / _SHARES[rest[0]], used + 1
    elif rest and rest[0] in _DOZENS:
        return value * _DOZENS[rest[0]], used + 1
    return value, used + 2 if rest[:2] == ["per", "cento"] else used


_NO_DIGIT = "".join(rf"(?<!\b{word} )" for word in (*_DIGITS, *_POINTS))
_ARE = "arrivat curios content indecis interessat liber pront sicur stat"
_IDIOMS = (
    # the article, "uno specchio", "uno zaino"; a digit behind another is none
    rf"{_NO_DIGIT}\buno (?=(?:s[^aeiouh]|sc|z(?!ero\b)|gn|ps|pn|x|y))",
    # the verb: "se sei curiosa", "sei pronta"
    r"\b(?:se|tu|chi|dove|quando|come|perche) sei\b(?! (?:euro|mila|mesi|ore|giorni|anni|per))",
    rf"\bsei (?=(?:{'|'.join(_ARE.split())})[oa]\b|una?\b)",
    r"\b(?:un|di|in) secondo\b",
    r"\bsecond[oa] (?:me|te|noi|voi|il|lo|la|i|gli|le|quanto|come)\b",
    r"\bsecondo l'",
    r"(?<!\bla )(?<!\balla )(?<!\bnella )(?<!\bdella )\bprima\b",
    r"\bprima (?:di|che|del|della|dei|delle)\b",
    r"\b(?:in|di|nel|per|tramite) mezzo\b",
    r"\b(?:i|dei|con|coi) mezzi\b",
    r"\bmezz[ae] (?:manic[ah]e?|stagione|busto)\b",
    r"\bvu doppia\b",
    r"\bmeta di viaggio\b",
    r"\b(?:di|da|per|con|verso) terzi\b",
    r"\bin (?:primo|secondo) luogo\b",
)
ITALIAN_NUMBERS = NumberWords(
    words=_NumberWords(),
    links=frozenset({"e", "per"}) | _POINTS,
    scales={"mila": 1000} | _LARGE | _DOZENS,
    first=first_number,
    idioms=re.compile("|".join(_IDIOMS)),
    decimal=",",
)
