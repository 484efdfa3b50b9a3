"""The numbers of a Hindi text: digits of both kinds, and words as they are spelled with and without their dots.

Vowel signs are marks, which no pattern of words takes for letters: words are found here by the block of the script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.hindi import HUNDRED, ONES, SCALES
from livestream.text.languages import NumberWords

Found = tuple[Decimal, int, int]
_LOOSE = str.maketrans({"\u093c": "", "\u0901": "\u0902"})
"""The dot under a letter is often left out, and the nasal sign written as a plain dot."""


def _plain(word: str) -> str:
    return unicodedata.normalize("NFD", word).translate(_LOOSE)


def _table(words: dict[str, int]) -> dict[str, Decimal]:
    return {_plain(word): Decimal(value) for word, value in words.items()}


_ONES = _table(
    {word: value for value, word in enumerate(ONES)}
    | {
        "छः": 6, "छे": 6, "छ": 6, "सिफर": 0, "ज़ीरो": 0, "पन्द्रह": 15, "सतरह": 17, "अट्ठारह": 18, "उन्नीस": 19,
        "उन्तीस": 29, "इकत्तीस": 31, "उनचालीस": 39, "चवालीस": 44, "उन्चास": 49, "इकावन": 51, "तिरपन": 53, "अठावन": 58,
        "तिरसठ": 63, "उन्नासी": 79, "छ्यासी": 86, "सतासी": 87, "अठासी": 88, "नवासी": 89, "इकानवे": 91, "सतानवे": 97,
        "अठानवे": 98, "निन्यानबे": 99,
    }
)  # fmt: skip
_SCALES = _table({name: size for size, name in SCALES} | {HUNDRED: 100, "सैकड़ा": 100})
_WHOLE = {
    _plain(word): Decimal(value)
    for value, words in {
        "0.5": "आधा आधी आधे", "0.75": "पौन", "1.5": "डेढ़", "2.5": "ढाई अढ़ाई", "12": "दर्जन दर्जनों", "100": "सैकड़ों",
        "2": "दोगुना दोगुनी दोगुने दुगना दुगनी दुगुना", "3": "तिगुना तिगुनी तीसरा तीसरी तीसरे", "1000": "हज़ारों",
        "4": "चौगुना चौगुनी चौथा चौथी चौथे", "100000": "लाखों", "10000000": "करोड़ों", "1": "पहला पहली",
        "6": "छठा छठी छठे",
    }.items()
    for word in words.split()
}  # fmt: skip
"""What is said alone. "पहले" is "before", "दूसरा" "another": neither counts."""
_PARTS = _table({"तिहाई": 3, "चौथाई": 4})
_MORE = {_plain(word): Decimal(value) for word, value in (("सवा", "0.25"), ("साढ़े", "0.5"), ("पौने", "-0.25"))}
_ORDINAL = re.compile(r"(?:वां|वीं|वें|वा|वी|वे)$")
_POINT, _OVER = _plain("दशमलव"), _plain("बटा")
_DIGITS = digits_pattern(".")
_TOKEN = re.compile(
    rf"(?P<share>(?:\d+[ -])?\d+/(?:[234568]|10|16)(?![\d/]))|(?P<digits>{_DIGITS})|"
    r"(?P<word>[\u0900-\u0963\u0970-\u097f]+)"
)
_BETWEEN = re.compile(r"\s*")
"""What a dash joins are two numbers: "दो-तीन" is two or three."""


def scan(text: str) -> Iterator[Found]:
    """Yield value, start and end of each number of a text in reading order."""
    run: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text):
        if run and not _BETWEEN.fullmatch(text, run[-1].end(), match.start()):
            yield from _numbers(run)
            run = []
        if _counts(match):
            run.append(match)
            continue
        yield from _numbers(run)
        run = []
    yield from _numbers(run)


def _counts(match: re.Match[str]) -> bool:
    word = _bare(match)
    named = {_POINT, _OVER, *_MORE, *_SCALES, *_PARTS}
    return not match["word"] or word in named or _value(word) is not None


def _value(word: str) -> Decimal | None:
    """The value of a word that is a number by itself."""
    return _ONES.get(word, _WHOLE.get(word))


def _bare(match: re.Match[str]) -> str:
    """Return a word as the tables have it, an ordinal as its cardinal: "पाँचवीं" counts as "पाँच"."""
    word = _plain(match.group())
    stem = _ORDINAL.sub("", word)
    return stem if stem in _ONES or stem in _SCALES else word


def _numbers(run: Sequence[re.Match[str]]) -> Iterator[Found]:
    at = 0
    while at < len(run):
        value, used = _first(run[at:])
        if used:
            yield value, run[at].start(), run[at + used - 1].end()
        at += used or 1


def _first(run: Sequence[re.Match[str]]) -> tuple[Decimal, int]:
    """Return the first number of a run and how many words it takes; none where it begins with none."""
    words = [_bare(match) for match in run]
    if run[0]["share"]:
        whole, upper, lower = re.fullmatch(r"(?:(\d+)[ -])?(\d+)/(\d+)", run[0].group()).groups()  # type: ignore[union-attr]
        return Decimal(int(whole or 0)) + Decimal(int(upper)) / Decimal(int(lower)), 1
    spelled = next((n for n, word in enumerate(words) if _ONES.get(word, 10) > 9), len(words))
    if spelled > 1 and (spelled == len(words) or words[spelled] not in _SCALES):
        return _after_point(Decimal("".join(str(_ONES[word]) for word in words[:spelled])), words, spelled)
    value, used = _cardinal(run, words)
    if used < len(words) and words[used] in _PARTS:
        return (value if used else 1) / _PARTS[words[used]], used + 1
    if used and used < len(words) - 1 and words[used] == _OVER and (lower := _ONES.get(words[used + 1])):
        return value / lower, used + 2
    return _after_point(value, words, used) if used else (value, used)


def _cardinal(run: Sequence[re.Match[str]], words: Sequence[str]) -> tuple[Decimal, int]:
    """Return a cardinal: groups of what is below a hundred, hundreds and the scales above, each lower than the last."""
    total, ceiling, at = Decimal(0), Decimal(10**12), 0
    group: Decimal | None = None
    more: Decimal | None = None
    while at < len(words):
        word, known = words[at], _value(words[at])
        if run[at]["digits"]:
            known = digits_value(run[at].group())
        if word in _MORE and group is None and more is None:
            more = _MORE[word]
        elif known is not None and (group is None or (group % 100 == 0 and group and known < 100)):
            group = (group or Decimal(0)) + known + (more or 0)
            more = None
        elif word in _SCALES and _SCALES[word] == 100 and (group is None or group < 100):
            group = (Decimal(1) + (more or 0) if group is None else group) * 100
            more = None
        elif word in _SCALES and _SCALES[word] < ceiling and _SCALES[word] > 100 and (group is not None or not total):
            total, ceiling = (
                total + (Decimal(1) + (more or 0) if group is None else group) * _SCALES[word],
                _SCALES[word],
            )
            group = more = None
        else:
            break
        at += 1
    if more is not None:  # "सवा" by itself
        group = more + 1
    return total + (group or 0), at


def _after_point(value: Decimal, words: Sequence[str], used: int) -> tuple[Decimal, int]:
    """Return a number with the decimals that are said behind it, one by one or as one number, and its scale."""
    if used < len(words) - 1 and words[used] == _POINT:
        end = next((n for n in range(used + 1, len(words)) if words[n] not in _ONES), len(words))
        if end > used + 1:
            places = "".join(str(_ONES[word]) for word in words[used + 1 : end])
            value, used = Decimal(f"{value}.{places}"), end
            if used < len(words) and words[used] in _SCALES:
                return value * _SCALES[words[used]], used + 1
    return value, used


def _none(_words: Sequence[str]) -> tuple[Decimal, int]:
    return Decimal(0), 0


HINDI_NUMBERS = NumberWords(words=frozenset(), links=frozenset(), scales={}, first=_none, scan=scan)
