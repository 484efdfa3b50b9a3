"""The grammar of Russian number words in all their cases: which words make which number.

Words are compared without accents, so ё is е and й is и. Adjectives that begin with a number
("двухлитровый", "десятилетний") are that number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from livestream.text.languages import NumberWords
from livestream.text.russian import HUNDREDS, ONES, ORDINAL_STEMS, TENS, prefix

Kind = Literal["one", "ten", "hundred", "scale", "whole", "part", "half", "other"]


def _bare(word: str) -> str:
    return word.replace("ё", "е").replace("й", "и")


_IRREGULAR = {
    1: "один одна одно одного одному одним одном однои одну одною",
    2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя",
    8: "восемь восьми восьмью восемью",
    40: "сорок сорока",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
}
_SCALES = {"тысяч": 10**3, "миллион": 10**6, "миллиард": 10**9, "триллион": 10**12}
_SCALE_ENDS = frozenset(["", "а", "и", "у", "е", "ов", "ам", "ами", "ах", "ою", "еи", "ью", "ом"])
_SHORT = {"тыс": 10**3, "млн": 10**6, "млрд": 10**9}
_PARTS = {"десят": Decimal("0.1"), "сот": Decimal("0.01"), "тысячн": Decimal("0.001")}
_COLLECTIVES = """
2 двое двоих оба обе обоих обеих дважды вдвое двойной двойная двойное двойные двойных двойную пара пару двойка двушка
3 трое троих трижды втрое тройной тройная тройное тройные тройка
4 четверо четырежды вчетверо
5 пятеро впятеро пятерка пятерку
6 шестеро
7 семеро
10 десяток десятка десятки десятков десятку
12 дюжина дюжину дюжины
50 полтинник
100 сотня сотни сотен сотню сотка сотку
1000 косарь тыща тыщу тыщи
"""
_COLLECTIVE = {
    _bare(word): int(value) for value, *words in map(str.split, _COLLECTIVES.split("\n")[1:-1]) for word in words
}
_HALVES = dict.fromkeys(("половина", "половину", "половины", "половинои", "пол"), Decimal("0.5"))
_HALVES |= dict.fromkeys(("треть", "трети"), Decimal(1) / 3) | dict.fromkeys(("четверть", "четверти"), Decimal("0.25"))
_HALVES |= dict.fromkeys(("полтора", "полторы", "полутора"), Decimal("1.5"))
_SHARES = frozenset({"трети", "четверти"})
_PREFIXES = {_bare(prefix(value)): value for value in (*range(1, 100), *range(100, 700, 100), 1000)} | {"двухъ": 2}
_COUNTED = (
    "литров|метров|сантиметров|миллиметров|граммов|килограммов|процентн|кратн|летн|месячн|недельн|дневн|часов|минутн|"
    "секундн|рублев|долларов|долевн|слоин|ярусн|спальн|местн|комнатн|этажн|цветн|ступенчат|скоростн|струнн|дюимов|"
    "ваттн|вольтов|страничн|предметн|створчат|сторонн|звездочн|звездн|кнопочн|годичн|тонн|точечн|камерн|процессорн|зубч"
)
_ENDING = r"(?:ыи|ии|ои|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ую|юю|ых|их|ыми|ими|ым|им|ом|ем|еи)"
_COMPOUND = re.compile(rf"(?P<n>{'|'.join(sorted(_PREFIXES, key=len, reverse=True))})(?:{_COUNTED}){_ENDING}")
_ORDINAL = re.compile(rf"(?P<stem>[а-я]+?)(?:{_ENDING}|ь(?:е|я|ю|и|его|ему|еи|их|им|ими|ем))")


def _cases() -> dict[str, int]:
    """Return the cardinals below a thousand in all cases, by their words."""
    found = {form: value for value, forms in _IRREGULAR.items() for form in forms.split()}
    found |= {"ноль": 0, "нуль": 0, "нуля": 0}
    regular = [(value, ONES[value]) for value in (*range(5, 8), *range(9, 20))]
    regular += [(value * 10, TENS[value]) for value in (2, 3)]
    for value, word in regular:
        found |= dict.fromkeys((word, f"{word[:-1]}и", f"{word}ю"), value)
    for tens in (5, 6, 7, 8):
        head = TENS[tens].removesuffix("ьдесят")
        stem = "восьм" if tens == 8 else head
        found |= dict.fromkeys((TENS[tens], f"{stem}идесяти", f"{head}ьюдесятью"), tens * 10)
    for hundreds in (5, 6, 7, 8, 9):
        head = HUNDREDS[hundreds].removesuffix("ьсот")
        stem = "восьм" if hundreds == 8 else head
        found |= dict.fromkeys((HUNDREDS[hundreds], f"{stem}исот", f"{stem}истам", f"{stem}истах"), hundreds * 100)
    return {_bare(word): value for word, value in found.items()}


_CARDINALS = _cases()
_ORDINALS = {_bare(stem): value for value, stem in ORDINAL_STEMS.items()} | {"трет": 3, "третьи": 3}


@lru_cache(maxsize=4096)
def _known(word: str) -> tuple[Kind, Decimal] | None:
    """Return what a word counts, None for a word that is no number."""
    if word in _CARDINALS:
        value = _CARDINALS[word]
        return ("hundred" if value >= 100 else "ten" if value >= 20 else "one"), Decimal(value)
    if word in _SHORT:
        return "scale", Decimal(_SHORT[word])
    for stem, size in _SCALES.items():
        if word.startswith(stem) and word.removeprefix(stem) in _SCALE_ENDS:
            return "scale", Decimal(size)
    if word in {"целая", "целых", "целую", "целои"}:
        return "whole", Decimal(0)
    if word in _HALVES:
        return "half", _HALVES[word]
    if word in _COLLECTIVE:
        return "other", Decimal(_COLLECTIVE[word])
    if match := _COMPOUND.fullmatch(word):
        return "other", Decimal(_PREFIXES[match["n"]])
    for end in ("ая", "ых", "ую"):
        if word.endswith(end) and (part := _PARTS.get(word.removesuffix(end))):
            return "part", part
    if (match := _ORDINAL.fullmatch(word)) and (ranked := _ORDINALS.get(match["stem"])):
        return "other", Decimal(ranked)
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
    if kind == "part":
        return 1 / value, 1  # "десятая"
    spelled = _spelled(words)
    if spelled > 1 and _kind(words, spelled)[0] not in {"scale", "part"}:
        return _point(Decimal("".join(str(_CARDINALS[word]) for word in words[:spelled])), words, spelled)
    total, used = _cardinal(words)
    if not used:
        return Decimal(0), 0
    if _kind(words, used)[0] == "whole":
        upper, taken = _cardinal(words[used + 1 :])
        after, size = _kind(words, used + 1 + taken)
        if taken and after == "part":
            return total + upper * size, used + taken + 2
    if list(words[used : used + 2]) == ["с", "половинои"]:
        return total + Decimal("0.5"), used + 2
    after, size = _kind(words, used)
    if (after == "part" and total < 100) or (after == "half" and words[used] in _SHARES):
        return total * size, used + 1
    if after == "part":
        after, size = "other", 1 / size  # "сто десятая"
    if after == "other" and _continues(words[used - 1], size):
        return total + size, used + 1  # "двадцать второй"
    return _point(total, words, used)


def _continues(last: str, ordinal: Decimal) -> bool:
    """Whether an ordinal ends the number before it: behind tens one below ten, behind hundreds one below a hundred."""
    kind, value = _known(last) or ("one", Decimal(0))
    return kind in {"ten", "hundred", "scale"} and ordinal < (10 if kind == "ten" else value)


def _point(whole: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals that are said behind "запятая", digit by digit."""
    rest = words[used + 1 :] if list(words[used : used + 1]) == ["запятая"] else ()
    places = _spelled(rest)
    if not places:
        return whole, used
    return Decimal(f"{whole}.{''.join(str(_CARDINALS[word]) for word in rest[:places])}"), used + 1 + places


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
        if taken and (below or not used) and ceiling >= 1000:
            return total + below, used + taken
        break
    return total, used


def _below_thousand(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return hundreds, tens and ones in that order, and how many words they take."""
    total, used = Decimal(0), 0
    for index, wanted in enumerate(("hundred", "ten", "one")):
        kind, value = _kind(words, used)
        if kind != wanted or (index == 2 and used and _kind(words, used - 1)[0] == "ten" and not 0 < value < 10):
            continue
        total, used = total + value, used + 1
    return total, used


_IDIOMS = re.compile(
    r"\b(?:один на один|одно и то же|одним словом|как один|один за другим|одна за другои|во-первых|во-вторых|в-третьих|"
    r"первым делом|на первыи взгляд|в первую очередь|с первого взгляда|второе дыхание|сто раз|на все сто|в два счета|"
    r"в двух словах|пар[ау] (?:слов|минут|секунд))\b"
)
RUSSIAN_NUMBERS = NumberWords(
    words=_NumberWords(),
    links=frozenset({"запятая", "с", "половинои"}),
    scales=_SHORT | {"тысяч": 1000, "тысячи": 1000, "миллионов": 10**6, "миллиона": 10**6, "миллион": 10**6},
    first=first_number,
    idioms=_IDIOMS,
    decimal=",",
    spaced=True,
)
