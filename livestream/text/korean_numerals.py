"""The numbers of a Korean text: digits, Sino-Korean and native words, and what multiplies them.

Nearly every syllable of a Sino-Korean number is a word, or a part of many: 이 (this), 만 (only), 천 (cloth).
So one syllable is a number only before a unit or a counter, several are one where they have a scale in them
and the word ends with them; what is left of ordinary words are `_IDIOMS`. Native words count before a
counter, and from five on wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from livestream.text.korean import DIGITS, MYRIADS, NATIVE_ONES, NATIVE_TENS, TENS
from livestream.text.korean_counters import CLEAR, NATIVE, PARTICLES, SINO
from livestream.text.languages import NumberWords

Found = tuple[Decimal, int, int]
_DIGIT = {sign: value for value, sign in enumerate(DIGITS)} | {"공": 0, "륙": 6}
_TEN = {name: size for size, name in TENS}
_MYRIAD = {name: size for size, name in MYRIADS}
_WRITTEN = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
_SIGNS = "".join([*_DIGIT, *_TEN, *_MYRIAD])
_ROW = "".join(_DIGIT)
_ITEM = re.compile(rf"{_WRITTEN}|[{_SIGNS}]")
_H = "가-힣"
_END = rf"(?=$|[^{_H}]|(?:{'|'.join(PARTICLES)}))"
_STOP = rf"(?=$|[^{_H}])"
_NATIVE_COUNTER = rf" ?(?:{'|'.join(NATIVE)}){_END}"
_COUNTED = re.compile(rf" ?(?:{'|'.join((*SINO, *NATIVE))}){_END}|(?:에서| 바이) (?=[{_SIGNS}])")
_MAYBE_WORD = re.compile(rf"(?!(?:{'|'.join(SINO)}){_END})\S")
_CLEARLY = re.compile(rf" ?(?:{'|'.join(CLEAR)})")
_ALONE = re.compile(_END)
_RUN = re.compile(
    rf"(?:(?<![{_H}])|(?=\d))(?:(?:(?:{_WRITTEN})?[{_SIGNS}]*[만억조] )*"
    rf"(?:(?:{_WRITTEN})(?:[십백천만억조]+(?:{_WRITTEN})?)*|"
    rf"[{_SIGNS}]+))(?:(?: 점 |점)[{_ROW}]+{_END})?"
)
_SHARE = re.compile(r"(?<![\d/])(?:(?P<whole>\d+)[ -])?(?P<upper>\d+)/(?P<lower>[234568]|10|16)(?![\d/])")
_POINT = re.compile(rf"(?: 점 |점)([{_ROW}]+)$")
_PARTED = re.compile(r"분의 ?")
_COUNTED_NEXT = rf" ?(?:{'|'.join((*SINO, *NATIVE))}){_END}"
_WORDS = """
만일 천만에 만사 사이 오이 구이 이사 일일이 이일 천사 백사 만두 공원 사원 구원 일원 이번 이분(?!의) 구매 사장 이장
공장 일단 이점 사각 일분일초 백일홍 천일염 조조 공구 공백 공이 사공
"""
_ONCE = "백팩|두(?:시(?:면|고|는|죠|길|기)|세요)|한 ?번|한눈|한쪽|한층|한편|한동안|한참|한결|한숨|한마디|한 분"
_YES = "네 (?!개|가지|명|장|잔|번|시|살|병|벌|켤레|마리|대|권)"
_IDIOMS = re.compile(
    rf"(?<![{_H}])(?:(?:(?:이만|오만|이조|구조)(?! [{_SIGNS}])|이 (?:번|분)|{'|'.join(_WORDS.split())})"
    rf"(?![{_SIGNS}])(?!{_COUNTED_NEXT})|{_ONCE}|{_YES})"
)
"""Words made of syllables that are numbers elsewhere."""

_NATIVE_ONE = {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4} | {
    word: value for value, word in enumerate(NATIVE_ONES) if value
}
_NATIVE_TEN = {word: 10 * value for value, word in enumerate(NATIVE_TENS) if value} | {"스무": 20}
_ONES, _TENS = ("|".join(sorted(words, key=len, reverse=True)) for words in (_NATIVE_ONE, _NATIVE_TEN))
_COUNTING = re.compile(rf"(?<![{_H}])(?:(?P<tens>{_TENS}) ?)?(?P<ones>{_ONES})?(?={_NATIVE_COUNTER})")
_BARE = re.compile(
    rf"(?<![{_H}])(?:(?P<tens>열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)(?P<ones>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)|"
    rf"(?P<one>셋|넷|다섯|여섯|일곱|여덟|아홉|스물|서른|마흔|예순|일흔|여든|아흔)|(?P<two>둘(?! 다)))(?:째)?{_END}"
)
_MONTHS = re.compile(rf"(?<![{_H}])(?:유월|시월){_END}")
_HALF = re.compile(rf"(?<![{_H}])(?:절반|반값|반 ?년)|(?<=시간 )반{_END}|(?<=개 )반{_END}")


def scan(text: str) -> Iterator[Found]:
    """Yield value, start and end of each number of a text in reading order; the text is composed (NFKC)."""
    plain = _IDIOMS.sub(lambda match: "·" * len(match.group()), text)
    at = 0
    for value, start, end in sorted(_candidates(plain), key=lambda found: (found[1], -found[2])):
        if start >= at:
            yield value, start, end
            at = end


def _candidates(plain: str) -> Iterator[Found]:
    for match in _SHARE.finditer(plain):
        whole, upper, lower = (Decimal(part or 0) for part in match.group("whole", "upper", "lower"))
        yield whole + upper / lower, match.start(), match.end()
    for match in _RUN.finditer(plain):
        yield from _sino(plain, match)
    for match in _COUNTING.finditer(plain):
        if match.group().strip():
            value = _NATIVE_TEN.get(match["tens"] or "", 0) + _NATIVE_ONE.get(match["ones"] or "", 0)
            yield Decimal(value), match.start(), match.end()
    for match in _BARE.finditer(plain):
        words = [word for word in match.group("tens", "ones", "one", "two") if word]
        yield Decimal(sum(_NATIVE_TEN.get(word, 0) + _NATIVE_ONE.get(word, 0) for word in words)), *match.span()
    for match in _MONTHS.finditer(plain):
        yield Decimal(6 if match.group() == "유월" else 10), *match.span()
    for match in _HALF.finditer(plain):
        yield Decimal("0.5"), *match.span()


def _sino(plain: str, match: re.Match[str]) -> Iterator[Found]:
    """Yield the number that a run of numerals is, with the share that it begins: "사분의 삼"."""
    text, end = match.group(), match.end()
    point = _POINT.search(text)
    value = _value(text[: point.start()] if point else text)
    if value is None:
        return
    if point:
        places = "".join(str(_DIGIT[sign]) for sign in point[1])
        yield value + Decimal(f"0.{places}"), match.start(), end
    elif (over := _PARTED.match(plain, end)) and (upper := _RUN.match(f" {plain}", over.end() + 1)):
        share = _value(upper.group())
        if share is not None and value:
            yield share / value, match.start(), upper.end() - 1
    elif _is_number(text, plain, end):
        yield value, match.start(), end


def _is_number(text: str, plain: str, end: int) -> bool:
    """Whether a run is a number where it stands: it has digits, or is long enough, or something is counted."""
    if any(char.isdigit() for char in text):
        return True
    if text == "이":
        return bool(_CLEARLY.match(plain, end))
    if _COUNTED.match(plain, end) and (len(text) > 1 or not _MAYBE_WORD.match(plain, end)):
        return True
    scaled = len(text) > 1 and (text[-1] in _TEN or text[-1] in _MYRIAD or any(sign in _TEN for sign in text[:-1]))
    row = len(text) > 2 and all(sign in _DIGIT for sign in text)
    return (scaled or row) and bool(_ALONE.match(plain, end))


def _value(text: str) -> Decimal | None:
    """Return the value of numerals, None where they make no number."""
    items = [(item, _written(item)) for item in _ITEM.findall(text)]
    if len(items) > 1 and all(item in _DIGIT for item, _ in items):
        return Decimal("".join(str(_DIGIT[item]) for item, _ in items))
    return _scaled(items)


def _written(item: str) -> Decimal | None:
    return Decimal(item.replace(",", "")) if item[0].isdigit() or item[0] == "." else None


def _scaled(items: Sequence[tuple[str, Decimal | None]]) -> Decimal | None:
    total = group = Decimal(0)
    one: Decimal | None = None
    room, ceiling = Decimal(10**4), Decimal(10**16)
    for item, written in items:
        if written is not None or item in _DIGIT:
            if one is not None:
                return None
            one = written if written is not None else Decimal(_DIGIT[item])
        elif item in _TEN and _TEN[item] < room:
            group, room, one = group + (1 if one is None else one) * _TEN[item], Decimal(_TEN[item]), None
        elif item in _MYRIAD and _MYRIAD[item] < ceiling:
            count = group + (one or 0)
            total += (count or 1) * _MYRIAD[item]
            group, room, one, ceiling = Decimal(0), Decimal(10**4), None, Decimal(_MYRIAD[item])
        else:
            return None
    return total + group + (one or 0)


def _none(_words: Sequence[str]) -> tuple[Decimal, int]:
    return Decimal(0), 0


KOREAN_NUMBERS = NumberWords(words=frozenset(), links=frozenset(), scales={}, first=_none, scan=scan)
