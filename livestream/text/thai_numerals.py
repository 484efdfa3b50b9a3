"""The numbers of a Thai text: digits of both kinds, words in a row, and what multiplies them.

Thai parts no words by spaces, and its number words stand inside others: สาม in สามารถ (can), ห้า in ห้าม
(forbid), พัน in ผ้าพันคอ (a scarf). Such words are `_IDIOMS`; of those that are words of another meaning by
themselves ("พัน", to wrap) one alone counts only before what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from livestream.text.languages import NumberWords
from livestream.text.thai import DIGITS, HALF, LAST_ONE, MILLION, PLACES, TEN, TWENTY

Found = tuple[Decimal, int, int]
_DIGIT = {word: value for value, word in enumerate(DIGITS)}
_PLACE = {name: size for size, name in PLACES} | {TEN: 10}
_WRITTEN = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
_ALL = sorted([*_DIGIT, *_PLACE, TWENTY, LAST_ONE, MILLION], key=len, reverse=True)
_WORD = "|".join(_ALL)
_ROW = "|".join(sorted(_DIGIT, key=len, reverse=True))
_SCALE = "|".join([*_PLACE, MILLION])
_ITEM = re.compile(rf"{_WRITTEN}|{_WORD}")
_RUN = re.compile(rf"(?:(?:{_WRITTEN})(?: ?(?:{_SCALE}))*|(?:{_WORD})+)(?:จุด(?P<places>(?:{_ROW})+))?")
_SHARE = re.compile(r"(?<![\d/])(?:(?P<whole>\d+)[ -])?(?P<upper>\d+)/(?P<lower>[234568]|10|16)(?![\d/])")
_PARTS = re.compile(rf"เศษ(?P<upper>(?:{_WORD})+)ส่วน(?P<lower>(?:{_WORD})+)")
_HALF = re.compile(rf"{HALF}(?!หลัง|แรก|ตัว|วงกลม|เดียว)|โหล")
_COUNTERS = """
ชิ้น อัน ตัว ใบ แผ่น แก้ว ถ้วย คน ครั้ง วัน สัปดาห์ เดือน ปี ชั่วโมง นาที วินาที บาท สตางค์ ดอลลาร์ เซนต์ ยูโร เยน เปอร์เซ็นต์
เซนติเมตร มิลลิเมตร เมตร กิโลเมตร ลิตร มิลลิลิตร กรัม กิโลกรัม มิลลิกรัม กิโล นิ้ว ฟุต องศา ระดับ แบบ สี ขนาด จุด เส้น คู่ ชุด
ขวด กล่อง ถุง ห่อ เท่า ชั้น ข้อ อย่าง ประการ ช่อง เล่ม คัน หลัง เครื่อง ซอง หลอด เม็ด ก้อน ดวง ผืน ลูก มื้อ รอบ ที่นั่ง ด้าน แถว หัว
ต้น วัตต์ โวลต์ แอมป์ มิลลิแอมป์ เฮิรตซ์ กิกะ เมกะ กิโลวัตต์ พิกเซล ลูเมน นาฬิกา โหล แคลอรี
"""
_COUNTED = re.compile(rf" ?(?:{'|'.join(_COUNTERS.split())})")
_DOUBTFUL = frozenset({"หนึ่ง", "พัน", "ร้อย", "แสน", "ล้าน", "หก", "ศูนย์"})
"""Words of another meaning: a (behind a noun), wrap, thread, ever so, bald, spill, centre."""
_IDIOMS = re.compile(
    "สามารถ|สามัญ|สามี|สามเหลี่ยม|สี่เหลี่ยม|หกเหลี่ยม|แปดเหลี่ยม|ห้าม(?![ิีเ])|ห้าง(?!า)|ห้าว(?!ั|ิ)|เก้าอี้|เก้ๆ|หกล้ม|แปดเปื้อน|"
    "เรียบร้อย|สร้อย|ร้อยเรียง|ผ้าพัน|พันธ|สัมพันธ์|ผูกพัน|พันรอบ|พันกัน|แสนสบาย|แสนจะ|แสนดี|ทั้งสอง|สองฝั่ง|อันดับหนึ่ง|"
    "ศูนย์(?:กลาง|บริการ|รวม|การค้า|ลูกค้า)|สิบล้อ|หนึ่งเดียว|เป็นหนึ่ง"
)
"""Words and phrases that hold a number word and are no number."""


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
        yield whole + upper / lower, *match.span()
    for match in _PARTS.finditer(plain):
        if lower := _value(_ITEM.findall(match["lower"])):
            yield _value(_ITEM.findall(match["upper"])) / lower, *match.span()
    for match in _HALF.finditer(plain):
        yield Decimal("0.5") if match.group() == HALF else Decimal(12), *match.span()
    for match in _RUN.finditer(plain):
        items = _ITEM.findall(match.group().partition("จุด")[0])
        value = _value(items)
        if places := match["places"]:
            value += Decimal("0." + "".join(str(_DIGIT[word]) for word in _ITEM.findall(places)))
        elif len(items) == 1 and items[0] in _DOUBTFUL and not _COUNTED.match(plain, match.end()):
            continue
        yield value, *match.span()


def _value(items: Sequence[str]) -> Decimal:
    """Return the value of number words: places added up, millions multiplied, digits in a row read as written."""
    if MILLION in items:
        at = len(items) - 1 - items[::-1].index(MILLION)
        rest = items[at + 1 :]
        return (_value(items[:at]) if at else Decimal(1)) * 10**6 + (_value(rest) if rest else 0)
    if len(items) > 1 and all(item in _DIGIT for item in items):
        return Decimal("".join(str(_DIGIT[item]) for item in items))
    total, one = Decimal(0), None
    for item in items:
        if item in _PLACE:
            total, one = total + (1 if one is None else one) * _PLACE[item], None
        else:
            one = _one(item)
    return total + (one or 0)


def _one(item: str) -> Decimal:
    if item in {TWENTY, LAST_ONE}:
        return Decimal(2 if item == TWENTY else 1)
    return Decimal(_DIGIT[item]) if item in _DIGIT else Decimal(item.replace(",", ""))


def _none(_words: Sequence[str]) -> tuple[Decimal, int]:
    return Decimal(0), 0


THAI_NUMBERS = NumberWords(words=frozenset(), links=frozenset(), scales={}, first=_none, scan=scan)
