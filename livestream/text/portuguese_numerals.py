"""The grammar of Portuguese number words: which words make which number. "um" and "uma" alone are articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from livestream.text.languages import NumberWords
from livestream.text.portuguese import HUNDREDS, ONES, ORDINAL_TENS, ORDINALS, TENS


def _bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _genders(word: str) -> tuple[str, str]:
    return word, f"{word[:-1]}a"


_ARTICLES = frozenset({"um", "uma"})
_UNITS = {_bare(word): value for value, word in enumerate(ONES)} | {
    "uma": 1, "duas": 2, "catorze": 14, "dezasseis": 16, "dezassete": 17, "dezanove": 19,
}  # fmt: skip
_TENS = {word: value * 10 for value, word in enumerate(TENS) if value > 1} | {"cincoenta": 50}
_HUNDREDS = {word: value * 100 for value, word in enumerate(HUNDREDS) if value}
_HUNDREDS |= {f"{word[:-2]}as": value for word, value in _HUNDREDS.items() if value > 100} | {"cem": 100}
_LARGE = {
    f"{stem}{end}": value
    for stem, value in (("milh", 10**6), ("bilh", 10**9), ("trilh", 10**12))
    for end in ("ao", "oes")
}
_DOZENS = {
    "dezena": 10, "dezenas": 10, "duzia": 12, "duzias": 12, "quinzena": 15, "vintena": 20, "centena": 100,
    "centenas": 100, "milhar": 1000, "milhares": 1000,
}  # fmt: skip
_COUNTS = _DOZENS | {word: value for word, value in _LARGE.items() if word.endswith("oes")} | {
    "par": 2, "pares": 2, "dobro": 2, "duplo": 2, "dupla": 2, "duplos": 2, "duplas": 2, "triplo": 3,
    "tripla": 3, "triplos": 3, "triplas": 3, "quadruplo": 4, "quadrupla": 4, "quintuplo": 5,
}  # fmt: skip
_ORDINAL_ONES = {form: value for value, word in enumerate(ORDINALS) if value for form in _genders(_bare(word))}
_ORDINAL_TENS = {form: value * 10 for value, word in enumerate(ORDINAL_TENS) if value for form in _genders(_bare(word))}
_ORDINALS = _ORDINAL_ONES | _ORDINAL_TENS
_SHARES = {
    "meio": 2, "meia": 2, "meios": 2, "meias": 2, "metade": 2, "metades": 2, "terco": 3, "tercos": 3, "quarto": 4,
    "quartos": 4, "quinto": 5, "quintos": 5, "sexto": 6, "sextos": 6, "setimos": 7, "oitavo": 8, "oitavos": 8,
    "decimo": 10, "decimos": 10,
}  # fmt: skip
_WORDS = frozenset().union(_UNITS, _TENS, _HUNDREDS, {"mil"}, _LARGE, _COUNTS, _ORDINALS, _SHARES)
_POINTS = frozenset({"virgula", "ponto"})


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if (spelled := _spelled(words)) > 1:
        return _after_comma(Decimal("".join(str(_UNITS[word]) for word in words[:spelled])), words, spelled)
    if first in _ARTICLES and second not in _LARGE:
        return _after_article(words)
    if first in _COUNTS:
        return Decimal(_COUNTS[first]), 1
    if first in _ORDINALS:
        ones = _ORDINAL_ONES.get(second, 0) if first in _ORDINAL_TENS else 0
        return Decimal(_ORDINALS[first] + ones), 2 if ones else 1
    if first in _SHARES:
        return Decimal(1) / _SHARES[first], 1
    whole, used = _cardinal(words)
    return _with_share(whole, words, used) if used else (Decimal(0), 0)


def _spelled(words: Sequence[str]) -> int:
    """Return how many digits are said one by one."""
    count = 0
    while count < len(words) and _UNITS.get(words[count], 10) < 10:
        count += 1
    return count


def _after_article(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the number of "um terço", "uma dúzia" or "um vírgula cinco"; "um" alone is none."""
    second = words[1] if len(words) > 1 else ""
    if second in _SHARES:
        return Decimal(1) / _SHARES[second], 2
    if second in _COUNTS:
        return Decimal(_COUNTS[second]), 2
    value, used = _with_share(1, words, 1)
    return (value, used) if used > 1 else (Decimal(0), 0)


def _cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Return a cardinal, greedily by the grammar of Portuguese number words, and how many words it takes."""
    total = thousands = used = 0
    ceiling = 10**15
    while True:
        index = used + 1 if used and list(words[used : used + 1]) == ["e"] else used
        group, taken = _below_thousand(words[index:])
        after = words[index + taken] if index + taken < len(words) else ""
        if after == "mil" and not thousands and (taken or index == used):
            thousands, used = (group or 1) * 1000, index + taken + 1
        elif after in _LARGE and _LARGE[after] < ceiling and thousands + group:
            total, thousands = total + (thousands + group) * _LARGE[after], 0
            used, ceiling = index + taken + 1, _LARGE[after]
        else:
            if taken and (group or not used):
                thousands, used = thousands + group, index + taken
            return total + thousands, used


def _below_thousand(words: Sequence[str]) -> tuple[int, int]:
    """Return the number below a thousand that the words begin with, and how many of them it takes."""
    if not words:
        return 0, 0
    if words[0] == "cem":
        return 100, 1
    value = at = 0
    for table, ceiling in ((_HUNDREDS, 1000), (_TENS, 100), (_UNITS, 20)):
        step = at + 1 if at and list(words[at : at + 1]) == ["e"] else at
        if (at and step == at) or step >= len(words) or words[step] == "cem":
            continue
        found = table.get(words[step], ceiling)
        if found < ceiling and (found or not at) and (not value % 100 or found < 10):
            value, at = value + found, step + 1
    return value, at


def _after_comma(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals said after "vírgula": digit by digit, or as in "vírgula vinte e cinco"."""
    rest = words[used + 1 :] if used < len(words) and words[used] in _POINTS else ()
    places = _spelled(rest)
    if places:
        decimals = "".join(str(_UNITS[word]) for word in rest[:places])
    else:
        value, places = _below_thousand(rest)
        decimals = str(value)
    if not places:
        return whole, used
    used += 1 + places
    number = Decimal(f"{whole}.{decimals}")
    scale = words[used] if used < len(words) else ""
    if scale == "mil" or scale in _LARGE:
        return number * _LARGE.get(scale, 1000), used + 1
    return number, used


def _with_share(total: int, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a cardinal with what may follow it: decimals, "e meio", a denominator, dozens, "por cento"."""
    rest = list(words[used : used + 4])
    value = Decimal(total)
    if rest[:1] and rest[0] in _POINTS:
        value, used = _after_comma(value, words, used)
        rest = list(words[used : used + 4])
    elif rest[:1] == ["e"] and rest[1:2] and rest[1] in {"meio", "meia"}:
        return value + Decimal(_LARGE.get(words[used - 1], 1)) / 2, used + 2
    elif rest[:1] == ["e"] and len(rest) > 2 and rest[1] in _UNITS and rest[2] in _SHARES:
        return value + Decimal(_UNITS[rest[1]]) / _SHARES[rest[2]], used + 3
    elif rest and rest[0] in _SHARES and (rest[0].endswith("s") or total == 1):
        return value / _SHARES[rest[0]], used + 1
    elif rest and rest[0] in _DOZENS:
        return value * _DOZENS[rest[0]], used + 1
    percent = rest[:2] == ["por", "cento"] and (rest[2:3] != ["e"] or rest[3:4] == [] or rest[3] not in _WORDS)
    return value, used + 2 if percent else used


_SMALL = "um uma dois duas tres quatro cinco seis sete oito nove dez onze doze"
_SOCKS = "".join(rf"(?<!\b{word} e )" for word in (*_SMALL.split(), r"\d"))
"""Not behind a small number: "duas e meia" is one, "camisa e meia" is none."""
_MEASURED = "quilo|litro|hora|xicara|copo|colher|polegada"
_IDIOMS = (
    r"\bum segundo\b", r"\bsegundo (?:o|a|os|as|ele|ela|quem)\b",
    r"\b(?:segunda|terca|quarta|quinta|sexta)[ -]feiras?\b",
    r"\bmei[ao] (?:termo|ambiente|periodo|calca|estacao|manga|que)\b", r"\b(?:no|ao|do|de|pelo|por|em) meio\b",
    rf"{_SOCKS}\bmeias?\b(?! (?:horas?|duzias?|noite|xicaras?|porcao|garrafa|volta|tacas?|colher\w*|libra|lua|vida))",
    rf"(?<!\btres )(?<!imo )\bquartos?\b(?! (?:(?:de )?(?:{_MEASURED})|do (?:preco|valor|total|peso)|lugar|andar))",
)  # fmt: skip
PORTUGUESE_NUMBERS = NumberWords(
    words=_WORDS,
    links=frozenset({"e", "por"}) | _POINTS,
    scales={"mil": 1000} | _LARGE | _DOZENS,
    first=first_number,
    idioms=re.compile("|".join(_IDIOMS)),
    decimal=",",
)
