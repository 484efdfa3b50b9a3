"""Finding Vietnamese number words in a text. Their marks tell them from other words, so they are read with them.

"năm" is five or a year, "không" is nought or a "not", "ba" is three or a father: what stands beside them decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from math import prod

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.languages import NumberWords
from livestream.text.vietnamese import ONES

_UNITS = {word: value for value, word in enumerate(ONES)} | {"bẩy": 7}
_LAST = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""Ones as they are said behind tens only."""
_SCALES = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_BILLIONS = ("tỷ", "tỉ")
_ROUND = {**_SCALES, "trăm": 100, "chục": 10, "tá": 12}
_LINKS = ("linh", "lẻ")
_WORDS = frozenset(
    {*_UNITS, *_LAST, *_ROUND, *_LINKS, "mười", "mươi", "phẩy", "rưỡi", "nửa", "phần", "thứ", "nhất", "nhì"}
)
_WRITTEN = {**_ROUND, "k": 1000, "tr": 10**6}
_NUMBER = digits_pattern(",")
_ANY = "|".join(sorted(_WORDS, key=len, reverse=True))
_PARTS = re.compile(
    rf"(?<![\d/])(?:(?P<whole>\d+)[ -])?(?P<upper>\d+)/(?P<lower>[234568]|10|16)(?![\d/])"
    rf"|(?P<digits>{_NUMBER})(?:(?P<k>(?<=\d\d)k| ?tr)(?!\w)| ?(?P<scale>{'|'.join(_ROUND)})(?!\w))?"
    r"(?P<half> rưỡi(?!\w))?"
    rf"|(?P<double>(?<!\w)gấp đôi(?!\w))"
    rf"|(?<!\w)(?:{_ANY})(?:[ -]+(?:{_ANY}))*(?!\w)"
)
_IDIOMS = re.compile(
    r"(?<!\w)(?:phần trăm|ba (?:lô|mẹ|má|ơi|rọi|chỉ)|(?:nấu|nướng|luộc|trái|quả|chuối|xoài) chín|"
    r"chín (?:tới|mọng|đều|kỹ|rục)|một (?:chút|ít|vài|số|mình|cách|lần nữa|lát|khi|phần nào|loạt)|"
    r"thống nhất|nhất là|nhất định|duy nhất|thứ tự|tư vấn|riêng tư|"
    r"năm (?:nay|ngoái|sau|tới|trước|qua|mới|học|tháng)|(?:mỗi|hàng|hằng|quanh|cả|nhiều|từng|lâu|theo) năm)(?!\w)"
    r"|(?<!\w)năm(?= \d{4}(?!\d))"
)
_NOUGHT = re.compile(r" (?:đồng|độ|đô la|euro|phần trăm)(?!\w)")
"""What stands behind "không" where it is a number."""
_TOKEN = re.compile(r"[^\W\d_]+")


def scan(text: str) -> Iterator[tuple[Decimal, int, int]]:
    """Yield the numbers of a text: value, start and end of each."""
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    plain = _IDIOMS.sub(lambda match: "·" * len(match.group()), lowered)
    for match in _PARTS.finditer(plain):
        if match["lower"]:
            share = Decimal(match["upper"]) / Decimal(match["lower"])
            yield Decimal(match["whole"] or 0) + share, match.start(), match.end()
        elif match["digits"]:
            scale = _WRITTEN.get((match["k"] or match["scale"] or "").strip(), 1)
            half = Decimal("0.5") if match["half"] else 0
            yield (digits_value(match["digits"], ",") + half) * scale, match.start(), match.end()
        elif match["double"]:
            yield Decimal(2), match.start(), match.end()
        elif match.group() == "không":
            if _NOUGHT.match(lowered, match.end()) or lowered.strip() == "không":
                yield Decimal(0), match.start(), match.end()
        else:
            yield from _run(list(_TOKEN.finditer(plain, match.start(), match.end())))


def _run(tokens: Sequence[re.Match[str]]) -> Iterator[tuple[Decimal, int, int]]:
    words, at = [token.group() for token in tokens], 0
    while at < len(words):
        value, used = first_number(words[at:], begun=at > 0)
        if used:
            yield value, tokens[at].start(), tokens[at + used - 1].end()
        at += used or 1


def first_number(words: Sequence[str], *, begun: bool = False) -> tuple[Decimal, int]:
    """Return the first number of the words and how many it takes; none where they begin with no number.

    Args:
        words: neighbours that may be number words.
        begun: a number stands before them, so that "năm" is a year.
    """
    first, after = words[0], words[1] if len(words) > 1 else ""
    if first == "thứ":
        special = {"nhất": 1, "nhì": 2, "tư": 4}.get(after)
        return (Decimal(special), 2) if special else (Decimal(0), 0)
    if first == "nửa" or (first == "một" and after == "nửa"):
        return Decimal("0.5"), 1 + (first == "một")
    spelled = _spelled(words)
    if spelled > 2 and (spelled == len(words) or words[spelled] not in {*_ROUND, "mươi"}):
        return _after_point(Decimal("".join(str(_UNITS[word]) for word in words[:spelled])), words, spelled, 1)
    if first == "không":
        return _after_point(Decimal(0), words, 1, 1) if after == "phẩy" else (Decimal(0), 0)
    if first == "năm" and (begun or after in _UNITS or after == "mười"):
        return Decimal(0), 0
    total, used, scale = _cardinal(words)
    if not used:
        rounds = list(takewhile(_ROUND.__contains__, words))
        size = prod(_ROUND[word] for word in rounds)
        return _after_point(Decimal(size), words, len(rounds), size) if rounds else (Decimal(0), 0)
    return _after_point(Decimal(total), words, used, scale)


def _spelled(words: Sequence[str]) -> int:
    return next((at for at, word in enumerate(words) if word not in _UNITS), len(words))


def _cardinal(words: Sequence[str]) -> tuple[int, int, int]:
    """Return a cardinal, how many words it takes and the last scale that was said, 1 for none."""
    total, at, scale = _below_billion(words)
    if at and at < len(words) and words[at] in _BILLIONS:
        rest, used, last = _below_billion(words[at + 1 :], behind=True)
        return total * 10**9 + rest, at + 1 + used, last if used else 10**9
    return total, at, scale


def _below_billion(words: Sequence[str], *, behind: bool = False) -> tuple[int, int, int]:
    """Return as `_cardinal`, without billions; `behind` others a last group says its hundreds, as in any."""
    total, at, ceiling, last = 0, 0, 10**9, 1
    while at < len(words):
        group, used, hundreds = _group(words[at:])
        scale = _SCALES.get(words[at + used], 1) if used and at + used < len(words) else 1
        if not used or (ceiling <= scale < 10**9) or ((at or behind) and scale == 1 and not hundreds):
            break
        if scale == 1 or scale == 10**9:
            return total + group, at + used, 100 if hundreds and not group % 100 else 1
        total, at, ceiling, last = total + group * scale, at + used + 1, scale, scale
    return total, at, last


def _group(words: Sequence[str]) -> tuple[int, int, bool]:
    """Return up to three digits, how many words they take, and whether hundreds were said."""
    after = words[1] if len(words) > 1 else ""
    if words[0] in _UNITS and after == "trăm":
        total, rest = _UNITS[words[0]] * 100, words[2:]
        if len(rest) > 1 and rest[0] in _LINKS and rest[1] in _UNITS:
            return total + _UNITS[rest[1]], 4, True
        tens, used = _tens(rest)
        return total + tens, 2 + used, True
    tens, used = _tens(words)
    if used:
        return tens, used, False
    return (_UNITS[words[0]], 1, False) if words[0] in _UNITS and words[0] != "không" else (0, 0, False)


def _tens(words: Sequence[str]) -> tuple[int, int]:
    if not words:
        return 0, 0
    after = words[1] if len(words) > 1 else ""
    if words[0] == "mười":
        tens, used = 10, 1
    elif words[0] in _UNITS and after in {"mươi", "chục"}:
        tens, used = _UNITS[words[0]] * 10, 2
    else:
        return 0, 0
    last = words[used] if len(words) > used else ""
    if last in _LAST or (last in _UNITS and last not in {"năm", "không"}):
        return tens + (_LAST.get(last) or _UNITS[last]), used + 1
    return tens, used


def _after_point(value: Decimal, words: Sequence[str], used: int, scale: int) -> tuple[Decimal, int]:
    """Return a number with what may follow it: decimals, "rưỡi", a share, a dozen."""
    rest = words[used:]
    if rest[:1] == ["phẩy"] and (places := _spelled(rest[1:])):
        decimals = "".join(str(_UNITS[word]) for word in rest[1 : 1 + places])
        last = _LAST.get(rest[1 + places], "") if len(rest) > 1 + places else ""
        value, used = Decimal(f"{value}.{decimals}{last}"), used + 1 + places + (last != "")
        after = words[used] if used < len(words) else ""
        return (value * _SCALES[after], used + 1) if after in _SCALES else (value, used)
    if rest[:1] == ["rưỡi"]:
        return value + Decimal(scale) / 2, used + 1
    if rest[:1] == ["tá"]:
        return value * 12, used + 1
    if rest[:1] == ["phần"] and len(rest) > 1:
        lower, taken = (4, 1) if rest[1] == "tư" else _group(rest[1:])[:2]
        return (value / lower, used + 1 + taken) if lower else (value, used)
    return value, used


def _none(_words: Sequence[str]) -> tuple[Decimal, int]:
    return Decimal(0), 0


VIETNAMESE_NUMBERS = NumberWords(words=frozenset(), links=frozenset(), scales={}, first=_none, decimal=",", scan=scan)
