"""The grammar of Turkish number words: which words make which number. "bir" alone is an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from livestream.text.languages import NumberWords
from livestream.text.turkish import ONES, SCALES, TENS, ordinal


def _bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _spelled_both(table: Mapping[str, int]) -> dict[str, int]:
    """Return the words without marks, with ı and, as they are folded or written in capitals, with i."""
    bare = {_bare(word): value for word, value in table.items()}
    return bare | {word.replace("ı", "i"): value for word, value in bare.items()}


_UNITS = _spelled_both({word: value for value, word in enumerate(ONES)})
_TENS = _spelled_both({word: value * 10 for value, word in enumerate(TENS) if value})
_HUNDRED = "yuz"
_LARGE = _spelled_both({name: size for size, name in SCALES})
_HALVES = {"yarim": Decimal("0.5"), "yarım": Decimal("0.5"), "yari": Decimal("0.5"), "yarı": Decimal("0.5")}
_QUARTER = "ceyrek"
_AND_A_HALF = "bucuk"
_COUNTS = _spelled_both({
    "çift": 2, "çifti": 2, "duble": 2, "ikiz": 2, "düzine": 12, "deste": 10, "onlarca": 10, "yüzlerce": 100,
    "binlerce": 1000, "milyonlarca": 10**6, "milyarlarca": 10**9,
    # banknotes, and half a dozen
    "onluk": 10, "yirmilik": 20, "ellilik": 50, "yüzlük": 100, "ikiyüzlük": 200, "milyonluk": 10**6, "binlik": 1000,
})  # fmt: skip
_ENDED = {
    _bare(form): _bare(word)
    for word, forms in {
        "bir": "birli", "iki": "ikili ikişer ikisi ikide ikiden ikiye", "üç": "üçlü üçer üçte üçten üçe",
        "dört": "dörtlü dörder dörtte dörtten dörde dördü dörtlük", "beş": "beşli beşer beşte beşten beşe beşi beşlik",
        "altı": "altılı altışar altıda altıdan altıya altıyı", "yedi": "yedili yedişer yedide yediden yediye yediyi",
        "sekiz": "sekizli sekizer sekizde sekizden sekize sekizi", "dokuz": "dokuzlu dokuzar dokuzda dokuzdan dokuza",
        "on": "onlu onar", "yirmi": "yirmili yirmide yirmiden yirmiye", "otuz": "otuzlu otuzda otuzdan otuza",
        "kırk": "kırklı kırkta kırktan kırka", "elli": "ellili ellide elliden elliye", "altmış": "altmışlı altmışta",
        "yetmiş": "yetmişli yetmişte", "seksen": "seksenli seksende", "doksan": "doksanlı doksanda",
        "yüz": "yüzlü", "bin": "binli", "milyon": "milyonu milyona milyondan", "milyar": "milyarı",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Words with a suffix, which end a number: "5'li", "3'te"; not those that are other words too ("onda", "biri")."""
_ENDED |= {_bare(ordinal(value)): _bare(ONES[value]) for value in range(1, 10)}
_ENDED |= {_bare(ordinal(value * 10)): _bare(TENS[value]) for value in range(1, 10)}
_ENDED |= {"yuzuncu": "yuz", "bininci": "bin", "milyonuncu": "milyon"}
_ENDED |= {form.replace("ı", "i"): word for form, word in _ENDED.items()}
_LOCATIVES = ("ikide", "ucte", "dortte", "beste", "altıda", "yedide", "sekizde", "dokuzda")
_PARTS = {
    form.replace("ı", letter): value
    for value, form in enumerate(
        ["ikide", "ucte", "dortte", "beste", "altıda", "yedide", "sekizde", "dokuzda"], start=2
    )
    for letter in "ıi"
}
_NUMERATORS = {"biri": 1, "ikisi": 2, "ucu": 3, "dordu": 4, "besi": 5}
_WORDS = frozenset().union(
    _UNITS, _TENS, {_HUNDRED}, _LARGE, _HALVES, {_QUARTER, _AND_A_HALF}, _COUNTS, _ENDED, _PARTS
)  # fmt: skip
_POINT = "virgul"


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first in _HALVES:
        return _scaled(_HALVES[first], words, 1)
    if first == _QUARTER:
        return Decimal("0.25"), 1
    if first == _AND_A_HALF:
        return Decimal("0.5"), 1
    if first in _COUNTS:
        return Decimal(_COUNTS[first]), 1
    if first in _PARTS and 0 < (upper := _NUMERATORS.get(second) or _UNITS.get(second, 0)) < _PARTS[first]:
        return Decimal(upper) / _PARTS[first], 2
    if (spelled := _spelled(words)) > 1:
        return _with_rest(Decimal("".join(str(_UNITS[word]) for word in words[:spelled])), words, spelled)
    whole, used = _cardinal(words)
    if not used:
        return Decimal(0), 0
    value, taken = _with_rest(Decimal(whole), words, used)
    return (value, taken) if taken > 1 or first != "bir" else (Decimal(0), 0)


def _spelled(words: Sequence[str]) -> int:
    """Return how many digits are said one by one; what multiplies the last of them makes them none."""
    count = next((at for at, word in enumerate(words) if word not in _UNITS), len(words))
    return count if count == len(words) or words[count] not in {_HUNDRED, *_LARGE, _AND_A_HALF} else 0


def _cardinal(words: Sequence[str]) -> tuple[int, int]:
    """Return a cardinal, greedily by the grammar of Turkish number words, and how many words it takes."""
    total, used, ceiling = 0, 0, 10**15
    while True:
        group, taken, ended = _below_thousand(words[used:])
        after = words[used + taken] if not ended and used + taken < len(words) else ""
        size = _LARGE.get(_ENDED.get(after, after), 0)
        if size and size < ceiling and (group or (size == 1000 and not taken)):
            total, used, ceiling = total + (group or 1) * size, used + taken + 1, size
            if after not in _ENDED:
                continue
        elif taken and (group or not used):
            total, used = total + group, used + taken
        return total, used


def _below_thousand(words: Sequence[str]) -> tuple[int, int, bool]:
    """Return the number below a thousand that the words begin with, how many it takes, and whether a suffix ends it."""
    known = [_ENDED.get(word, word) for word in words[:4]]
    value = at = 0
    if len(known) > 1 and known[1] == _HUNDRED and words[0] not in _ENDED and _UNITS.get(known[0], 0) > 1:
        value, at = _UNITS[known[0]] * 100, 2
    elif known and known[0] == _HUNDRED:
        value, at = 100, 1
    for table in (_TENS, _UNITS):
        if at and words[at - 1] in _ENDED:
            return value, at, True
        found = table.get(known[at]) if at < len(known) else None
        hundred = table is _UNITS and at + 1 < len(known) and known[at + 1] == _HUNDRED and at > 0
        if found is not None and (found or not at) and not hundred:
            value, at = value + found, at + 1
    return value, at, bool(at) and words[at - 1] in _ENDED


def _with_rest(value: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with what may follow it: "buçuk", decimals, a dozen."""
    after = words[used] if used < len(words) else ""
    if words[used - 1] in _ENDED:
        return value, used
    if after == _AND_A_HALF:
        last = _LARGE.get(words[used - 1], 1)
        return _scaled(value + Decimal(last) / 2, words, used + 1)
    if after == _POINT and (found := _decimals(words[used + 1 :]))[1]:
        return _scaled(Decimal(f"{value}.{found[0]}"), words, used + 1 + found[1])
    if after in {"duzine", "deste"}:
        return value * _COUNTS[after], used + 1
    return value, used


def _decimals(words: Sequence[str]) -> tuple[str, int]:
    """Return the digits said behind the decimal sign, and in how many words: zeros, then a number or digits."""
    zeros = next((at for at, word in enumerate(words) if _UNITS.get(word) != 0), len(words))
    rest = words[zeros:]
    if rest and (spelled := _spelled(rest)) > 1:
        said, taken = "".join(str(_UNITS[word]) for word in rest[:spelled]), spelled
    else:
        number, taken, _ = _below_thousand(rest)
        said = str(number) if taken else ""
    return "0" * zeros + said, zeros + taken


def _scaled(value: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    after = words[used] if used < len(words) else ""
    return (value * _LARGE[after], used + 1) if after in _LARGE else (value, used)


_UNDER = "masa yatak bardak ayak koltuk dolap lavabo tezgah sehpa goz su yer kol diz bilek cay fincan"
_IDIOMS = (
    r"\byuz yuze\b", r"\byuz (?:havlusu|kremi|ifadesi|yikama)\b", rf"\b(?:{'|'.join(_UNDER.split())}) alt[ıi]\b",
    r"\bbir (?:kac|cok|az|ara|an|daha|de|sey)\b", r"\bbirer birer\b", r"\b(?:ikisi|ucu) (?:de|da)\b",
    r"\bcift (?:tikla\w*|dokun\w*)\b", r"\byar[ıi] (?:yar[ıi]ya|yolda)\b",
)  # fmt: skip
TURKISH_NUMBERS = NumberWords(
    words=_WORDS,
    links=frozenset({_POINT, *_NUMERATORS}),
    scales=_LARGE | {"duzine": 12, "deste": 10},
    first=first_number,
    idioms=re.compile("|".join(_IDIOMS)),
    homographs=re.compile(r"\b(?:ön|uç|ucu|öne)\b", re.IGNORECASE),
    decimal=",",
)
