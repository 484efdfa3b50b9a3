"""The grammar of Polish number words in their cases: which words make which number.

Words are compared without accents but for ł. Adjectives that begin with a number ("dwulitrowy",
"trzyczęściowy") are that number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from livestream.text.languages import NumberWords
from livestream.text.polish import HUNDREDS, HUNDREDS_OF, ONES, ONES_OF, ORDINAL_STEMS, TENS, TENS_OF

Kind = Literal["one", "ten", "hundred", "scale", "half", "rank", "other"]


def _bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


_CASES = {
    1: "jedna jedno jednej jednym jednemu jedną jedni jednych", 2: "dwie dwaj dwu dwom dwoma dwiema",
    3: "trzej trzem trzema", 4: "czterej czterem czterema", 100: "setką",
}  # fmt: skip
_CARDINALS = {_bare(word): value for value, word in (*enumerate(ONES), *enumerate(ONES_OF))}
_CARDINALS |= {_bare(word): 10 * value for names in (TENS, TENS_OF) for value, word in enumerate(names) if value > 1}
_CARDINALS |= {
    _bare(word): 100 * value for names in (HUNDREDS, HUNDREDS_OF) for value, word in enumerate(names) if value
}
_CARDINALS |= {f"{_bare(word)[:-1]}oma": value for value, word in enumerate(ONES_OF) if value > 4}
_CARDINALS |= {_bare(form): value for value, forms in _CASES.items() for form in forms.split()}
_SCALES = {
    _bare(form): size
    for size, forms in {
        10**3: "tysiąc tysiąca tysiące tysięcy tysiącem tysiącami tysiącom tys",
        10**6: "milion miliona miliony milionów milionem milionami milionom mln",
        10**9: "miliard miliarda miliardy miliardów miliardem miliardami mld",
        10**12: "bilion biliona biliony bilionów",
    }.items()
    for form in forms.split()
}
_OTHERS = """
2 dwoje dwojga para parę pary dwukrotnie dwukrotny dwójka oba obie oboje obu
2 podwójny podwójna podwójne podwójną podwójnie podwójnej podwójnych
3 troje trojga potrójny potrójna potrójne potrójnie trzykrotnie trójka
4 czworo poczwórny poczwórna czterokrotnie czwórka
5 pięcioro pięciokrotnie piątka piątkę
10 dziesięcioro dziesiątka dziesiątki dziesiątek dycha dychę
12 tuzin tuzina tuziny tuzinów
50 pięćdziesiątka pięćdziesiątkę
100 setka setki setek setkę stówa stówę stówki
"""
_OTHER = {_bare(word): int(value) for value, *words in map(str.split, _OTHERS.split("\n")[1:-1]) for word in words}
_HALVES = dict.fromkeys(("pol", "poł", "polowa", "połowa", "połowe", "połowy", "polowe", "polowy"), Decimal("0.5"))
_HALVES |= dict.fromkeys(("połtora", "połtorej", "poltora", "poltorej"), Decimal("1.5"))
_HALVES |= dict.fromkeys(("cwierc", "cwierci"), Decimal("0.25"))
_PREFIXED = (
    "jedno 1 dwu 2 trzy 3 troj 3 cztero 4 piecio 5 szescio 6 siedmio 7 osmio 8 dziewiecio 9 dziesiecio 10 jedenasto 11 "
    "dwunasto 12 pietnasto 15 szesnasto 16 dwudziesto 20 trzydziesto 30 czterdziesto 40 piecdziesiecio 50 stu 100"
)
_PREFIXES = dict(zip(_PREFIXED.split()[::2], map(int, _PREFIXED.split()[1::2]), strict=True))
_COUNTED = (
    "litrow|metrow|centymetrow|milimetrow|gramow|kilogramow|procentow|krotn|letni|miesieczn|tygodniow|dniow|godzinn|minutow|"
    "sekundow|złotow|zlotow|dolarow|czesciow|warstwow|osobow|calow|watow|woltow|stronn|stopniow|kolorow|elementow|"
    "komorow|pozycyjn|poziomow|drzwiow|palnikow|gwiazdkow|dobow|dzieln|pietrow|rzedow|cyfrow|składnikow|kieszeniow"
)
_ENDING = r"(?:y|i|a|e|ego|ej|emu|ym|im|ych|ich|ymi|imi|ie|iego|iej|ia|ich)"
_COMPOUND = re.compile(rf"(?P<n>{'|'.join(sorted(_PREFIXES, key=len, reverse=True))})(?:{_COUNTED}){_ENDING}")
_RANKS = {_bare(stem): value for value, stem in ORDINAL_STEMS.items()}
_RANK = re.compile(rf"(?P<stem>[a-zł]+?){_ENDING}")


@lru_cache(maxsize=4096)
def _known(word: str) -> tuple[Kind, Decimal] | None:
    """Return what a word counts, None for a word that is no number."""
    if word in _CARDINALS:
        value = _CARDINALS[word]
        return ("hundred" if value >= 100 else "ten" if value >= 20 else "one"), Decimal(value)
    if word in _SCALES:
        return "scale", Decimal(_SCALES[word])
    if word in _HALVES:
        return "half", _HALVES[word]
    if word in _OTHER:
        return "other", Decimal(_OTHER[word])
    if match := _COMPOUND.fullmatch(word):
        return "other", Decimal(_PREFIXES[match["n"]])
    if (match := _RANK.fullmatch(word)) and (rank := _RANKS.get(match["stem"])):
        return "rank", Decimal(rank)
    return None


class _NumberWords:
    """All words that count something."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and _known(word) is not None


def first_number(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number."""
    kind, value = _kind(words, 0)
    if kind in {"other", "half"}:
        return value, 1
    if kind == "rank":
        after, ones = _kind(words, 1)
        joined = after == "rank" and 20 <= value < 100 and ones < 10
        return (value + ones, 2) if joined else (value, 1)
    spelled = _spelled(words)
    if spelled > 1 and _kind(words, spelled)[0] != "scale":
        return _point("".join(str(_CARDINALS[word]) for word in words[:spelled]), words, spelled)
    total, used = _cardinal(words)
    if not used:
        return Decimal(0), 0
    if words[used : used + 1] == ["i"] and _kind(words, used + 1)[0] == "half":
        return total + _kind(words, used + 1)[1], used + 2
    after, rank = _kind(words, used)
    if after == "rank" and _kind(words, used - 1)[0] in {"hundred", "scale"} and rank < 100:
        below, taken = first_number(words[used:])
        return total + below, used + taken
    if after == "rank" and total < 20 and words[used].endswith(("e", "a", "ych")):
        return total / rank, used + 1  # "trzy czwarte"
    if after == "half" and words[used].startswith("cwierc"):
        return total * rank, used + 1
    return _point(str(total), words, used)


def _point(whole: str, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals that are said behind "przecinek", digit by digit or as one number."""
    rest = words[used + 1 :] if list(words[used : used + 1]) == ["przecinek"] else ()
    places = _spelled(rest)
    if places:
        return Decimal(f"{whole}.{''.join(str(_CARDINALS[word]) for word in rest[:places])}"), used + 1 + places
    below, taken = _below_thousand(rest)
    return (Decimal(f"{whole}.{below}"), used + 1 + taken) if taken else (Decimal(whole), used)


def _kind(words: Sequence[str], index: int) -> tuple[Kind | None, Decimal]:
    known = _known(words[index]) if 0 <= index < len(words) else None
    return known or (None, Decimal(0))


def _spelled(words: Sequence[str]) -> int:
    """Return how many digits are said one by one."""
    count = 0
    while count < len(words) and _CARDINALS.get(words[count], 10) < 10:
        count += 1
    return count


def _cardinal(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return a cardinal with its thousands and millions, and how many words it takes."""
    total, used, ceiling = Decimal(0), 0, Decimal(10**15)
    while used < len(words):
        below, taken = _below_thousand(words[used:])
        kind, size = _kind(words, used + taken)
        if kind == "scale" and size < ceiling and (taken == 0 or below):
            total, used, ceiling = total + (below if taken else 1) * size, used + taken + 1, size
            continue
        if taken and (below or not used):
            return total + below, used + taken
        break
    return total, used


def _below_thousand(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return hundreds, tens and ones in that order, and how many words they take."""
    total, used, tens = Decimal(0), 0, False
    for wanted in ("hundred", "ten", "one"):
        kind, value = _kind(words, used)
        if kind != wanted or (wanted == "one" and tens and not 0 < value < 10):
            continue
        total, used, tens = total + value, used + 1, wanted == "ten"
    return total, used


_IDIOMS = re.compile(
    r"\b(?:po pierwsze|po drugie|po trzecie|jeden za drugim|jedna za druga|jednym słowem|jedno i to samo|"
    r"z drugiej strony|na pierwszy rzut oka|na pierwszym miejscu|w pierwszej kolejnosci|od pierwszego spojrzenia|"
    r"raz dwa|sto lat|w jednej chwili|par[eay] (?:słow|minut|sekund|chwil|rzeczy)|w dwoch słowach)\b"
)
_LARGE = {"tys": 10**3, "tysiecy": 10**3, "tysiace": 10**3, "tysiac": 10**3}
POLISH_NUMBERS = NumberWords(
    words=_NumberWords(),
    links=frozenset({"przecinek", "i"}),
    scales=_LARGE | {"mln": 10**6, "milionow": 10**6, "mld": 10**9},
    first=first_number,
    idioms=_IDIOMS,
    decimal=",",
    spaced=True,
)
