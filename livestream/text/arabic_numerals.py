"""The grammar of Arabic number words: which words make which number, with "and", prepositions and the article on them.

Words are compared without vowel marks and with every alef and its hamza alike. A dual ("ريالين", "سنتان") is two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from livestream.text.arabic import HUNDREDS, ONES, ONES_F, ORDINALS, ORDINALS_F, SCALES, TENS, dual
from livestream.text.languages import NumberWords

Kind = Literal["one", "ten", "hundred", "scale", "teen", "rank", "other", "point"]


class _Word(NamedTuple):
    """What a word counts; `joined` where "and" is written on it."""

    kind: Kind
    value: Decimal
    joined: bool = False


def _bare(word: str) -> str:
    return "".join(unicodedata.normalize("NFD", char)[0] for char in word)


_COUNTED = """
ريال هللة دولار سنت درهم فلس جنيه دينار قرش لتر متر سنتيمتر مليمتر كيلومتر غرام جرام كيلوغرام كيلوجرام كيلو مليلتر
بوصة قدم درجة ثانية دقيقة ساعة يوم أسبوع شهر سنة عام مرة قطعة حبة لون مقاس نسخة طبقة كوب غرفة قسط ليلة ضعف جيب
واط فولت أمبير هرتز ميغاهرتز غيغاهرتز ميغابايت غيغابايت تيرابايت ديسيبل بكسل مليغرام طن شخص عبوة بنس ليرة روبية ين
مسبار علبة ملليلتر
"""
_OTHERS = """
one 1 إحدى أحد
one 2 اثنان اثنتان اثني اثنتي اثنا اثنتا اتنين ثنتين
one 3 تلاتة
one 8 ثمان تمانية
hundred 100 مائة ميه
hundred 200 مئتان مئتا مئتي مائتان مائتين مائتي ميتين
hundred 300 ثلاثمائة ثلاثمية
hundred 400 أربعمائة أربعمية
hundred 500 خمسمائة خمسمية
hundred 600 ستمائة ستمية
hundred 700 سبعمائة سبعمية
hundred 800 ثمانمائة ثمانيمئة ثمانيمائة ثمانمية
hundred 900 تسعمائة تسعمية
scale 1000 ألفا
scale 1000000 مليونا
scale 1000000000 بليون
rank 1 الحادي الحادية
other 0.5 نصف نصفي
other 0.25 ربع أرباع
other 1/3 ثلث
other 2/3 ثلثين ثلثي
other 2 ضعف ضعفي مزدوج مزدوجة ثنائي ثنائية كلا كلتا زوجان زوجين
other 3 ثلاثي ثلاثية
other 4 رباعي رباعية
other 5 خماسي خماسية
other 6 سداسي سداسية
other 10 عشرات
other 12 درزن دزينة
other 100 مئات
point 0 فاصلة فاصله
"""


def _nominative(oblique: str, ending: str) -> str:
    """Return a number or a dual as written Arabic has it where it stands alone: "عشرون", "ألفان"."""
    return f"{oblique[:-2]}{ending}"


def _table() -> dict[str, _Word]:
    """Return the words that count something, as they are compared."""
    forms: list[tuple[str, str, Decimal | int]] = []
    for value, both in enumerate(zip(ONES, ONES_F, strict=True)):
        forms += [("one" if value < 10 else "ten", name, value) for name in both]
    for tens, name in enumerate(TENS[1:], 1):
        forms += [("ten", each, 10 * tens) for each in {name, _nominative(name, "ون") if tens > 1 else name}]
    forms += [("hundred", name, 100 * hundreds) for hundreds, name in enumerate(HUNDREDS) if hundreds]
    for size, one, two, few in SCALES:
        forms += [("scale", name, size) for name in (one, few)]
        forms += [("scale", name, 2 * size) for name in (two, two[:-1], _nominative(two, "ان"))]
    forms += [("rank", name, value) for ranks in (ORDINALS, ORDINALS_F) for value, name in enumerate(ranks) if value]
    for noun in _COUNTED.split():
        twice = dual(noun)
        forms += [("other", name, 2) for name in (twice, _nominative(twice, "ان")) if twice != noun]
    for kind, number, *names in map(str.split, _OTHERS.strip().splitlines()):
        upper, _, lower = number.partition("/")
        forms += [(kind, name, Decimal(upper) / Decimal(lower or 1)) for name in names]
    return {_bare(name): _Word(cast("Kind", kind), Decimal(value)) for kind, name, value in forms}


_KNOWN = _table()
_POINT, _QUARTER = _KNOWN["فاصلة"], _KNOWN["ربع"]
_PREFIX = re.compile("^(?P<joined>و|ف)?(?:[بلك]?ال|لل|[بلك])?(?P<word>..+)$")
_SHORT = frozenset({"ست", "عشر", "سبع", "تسع", "خمس", "ربع", "ثلث"})
"""Short words: with a preposition on them many are other words ("لست", "بعشر")."""
_IN_TEENS = frozenset({"احد", "احدى", "لاحد", "لاحدى", "باحد", "باحدى", "واحدى", "فاحد"})
"""Alone they are "any" and "one of"."""
_AND_ONLY = re.compile("^و(?P<word>..+)$")


@lru_cache(maxsize=4096)
def _known(word: str) -> _Word | None:
    """Return what a word counts, None for a word that is no number."""
    if word in _KNOWN:
        return _KNOWN[word]
    if (match := _AND_ONLY.match(word)) and (found := _KNOWN.get(match["word"])):
        return found._replace(joined=True)
    match = _PREFIX.match(word)
    if match and match["word"] not in _SHORT and (found := _KNOWN.get(match["word"])):
        return found._replace(joined=match["joined"] == "و")
    return None


class _NumberWords:
    """All words that count something."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (found := _known(word)) is not None and found.kind != "point"


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    known = [_in_place(words, at) for at in range(len(words))]
    first = known[0]
    if first.kind == "point":
        return Decimal(0), 0
    if first.kind in {"other", "rank"}:
        return _odd(known)
    spelled = _spelled(known)
    if spelled > 1:
        return _point("".join(str(each.value) for each in known[:spelled]), known, spelled)
    total, used = _cardinal(known)
    if used == 1 and words[0] in _IN_TEENS:
        return Decimal(0), 0
    if used == 1 and total in {3, 4} and _quarters(known, 1):
        return total * Decimal("0.25"), 2
    after = known[used] if used < len(known) else None
    if after and after.kind == "other" and after.joined and after.value < 1:
        return total + after.value, used + 1  # "اثنين ونصف"
    return _point(str(total), known, used)


def _in_place(words: Sequence[str], at: int) -> _Word:
    """Return what a word counts where it stands: without its hamza "and eleven" begins as "one" does."""
    found = _known(words[at]) or _Word("point", Decimal(-1))
    return found._replace(joined=True) if words[at] == "واحد" and list(words[at + 1 : at + 2]) == ["عشر"] else found


def _quarters(known: Sequence[_Word], at: int) -> bool:
    return at < len(known) and known[at] == _QUARTER


def _odd(known: Sequence[_Word]) -> tuple[Decimal, int]:
    """Return a number that is no cardinal: a dual, a share, an ordinal."""
    first, after = known[0], known[1] if len(known) > 1 else None
    if after is None:
        return first.value, 1
    if first.kind == "rank" and after.kind == "ten" and first.value < 10 and (after.joined or after.value == 10):
        return first.value + after.value, 2  # "الثاني عشر", "الثاني والعشرين"
    if first.value == 2 and after.kind == "one" and after.value == 2 and not after.joined:
        return first.value, 2  # "ريالين اثنين"
    if first.value == 2 and after.kind == "other" and after.joined and after.value < 1:
        return first.value + after.value, 2  # "ساعتين ونصف"
    return first.value, 1


def _spelled(known: Sequence[_Word]) -> int:
    """Return how many digits are said one by one; the last is none where it begins a number: "ثلاثة آلاف"."""
    count = next((at for at, each in enumerate(known) if each.kind != "one" or (each.joined and at)), len(known))
    after = known[count] if count < len(known) else _Word("point", Decimal(0))
    if after.joined:
        begins = after.kind == "ten"
    else:
        begins = (
            after.kind in {"hundred", "scale"} or (after.kind == "ten" and after.value == 10) or _quarters(known, count)
        )
    return max(count - begins, 0)


def _point(whole: str, known: Sequence[_Word], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals said behind "فاصلة", digit by digit or as one number."""
    rest = known[used + 1 :] if used < len(known) and known[used] == _POINT else ()
    if not rest or rest[0].joined or rest[0].kind in {"point", "rank", "other", "scale"}:
        return Decimal(whole), used
    if (places := _spelled(rest)) > 1 or rest[0].value == 0:
        return Decimal(f"{whole}.{''.join(str(each.value) for each in rest[:places])}"), used + 1 + places
    below, taken = _below_thousand(rest)
    return (Decimal(f"{whole}.{below}"), used + 1 + taken) if taken else (Decimal(whole), used)


def _cardinal(known: Sequence[_Word]) -> tuple[Decimal, int]:
    """Return a cardinal with its thousands and millions, and how many words it takes."""
    total, used, ceiling = Decimal(0), 0, Decimal(10**16)
    while used < len(known) and (not used or known[used].joined):
        group, taken = _below_thousand(known[used:])
        scale = known[used + taken] if used + taken < len(known) else None
        size = scale.value if scale and scale.kind == "scale" and (not taken or not scale.joined) else Decimal(0)
        if size and size < ceiling:
            total += (group if taken else Decimal(1)) * size
            used, ceiling = used + taken + 1, size
            continue
        if taken and (group or not used):
            return total + group, used + taken
        break
    return total, used


def _below_thousand(known: Sequence[_Word]) -> tuple[Decimal, int]:
    """Return the number below a thousand that the words begin with, and how many it takes."""
    value, at = Decimal(0), 0
    if known and known[0].kind == "hundred":
        value, at = known[0].value, 1
    elif len(known) > 1 and known[0].kind == "one" and known[1].kind == "hundred" and not known[1].joined:
        value, at = known[0].value * known[1].value, 2  # "ثلاث مئة"
    rest = known[at:]
    if not rest or (at and not rest[0].joined):
        return value, at
    first, after = rest[0], rest[1] if len(rest) > 1 else None
    if first.kind == "ten":
        return value + first.value, at + 1
    if first.kind != "one" or (at and not first.value):
        return value, at
    if after and after.kind == "hundred" and not after.joined:
        return value, at
    teen = after and after.kind == "ten" and after.value == 10 and not after.joined
    if after and first.value and (teen or (after.kind == "ten" and after.joined and after.value >= 20)):
        return value + first.value + after.value, at + 2
    return value + first.value, at + 1


_IDIOMS = (
    r"\bو?(?:ال)?كمي[ةه]\b",
    r"\bتسع(?= (?:ل|حتى|ال|\d))", r"\bالف (?:مبروك|شكر|مره|تحيه)\b", r"\b(?:مره|مرة) (?:ثانيه|اخرى)\b",
    r"\b(?:لا|اي) احد\b", r"\bكل (?:واحد|واحده|واحدة|احد)\b", r"\bو?ال(?:احد|اثنين)\b",
    r"\b(?:ب|في )ال(?:مي|ماي)[ةه]\b", r"\bاحد(?=هم|كم)",
)  # fmt: skip
ARABIC_NUMBERS = NumberWords(
    words=_NumberWords(),
    links=frozenset({"فاصلة", "فاصله"}),
    scales={"الف": 1000, "الاف": 1000, "مليون": 10**6, "ملايين": 10**6, "مليار": 10**9, "مليارات": 10**9},
    first=first_number,
    idioms=re.compile("|".join(_IDIOMS)),
)
