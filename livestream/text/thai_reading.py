"""Thai captions into speech: phrases in place of words, and what is said for amounts, measures, dates, codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.languages import ALONE, Language, Place, Reader, Reading
from livestream.text.plain_reading import CODES, CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.spoken import read
from livestream.text.thai import cardinal, digits, share
from livestream.text.thai_numerals import THAI_NUMBERS, scan

_CURRENCIES = coinages("""
THB;; บาท; บาท;; สตางค์; สตางค์
USD;; ดอลลาร์; ดอลลาร์;; เซนต์; เซนต์
EUR;; ยูโร; ยูโร;; เซนต์; เซนต์
GBP;; ปอนด์; ปอนด์;; เพนนี; เพนนี
JPY;; เยน; เยน
CNY;; หยวน; หยวน
KRW;; วอน; วอน
HKD;; ดอลลาร์ฮ่องกง; ดอลลาร์ฮ่องกง;; เซนต์; เซนต์
SGD;; ดอลลาร์สิงคโปร์; ดอลลาร์สิงคโปร์;; เซนต์; เซนต์
AUD;; ดอลลาร์ออสเตรเลีย; ดอลลาร์ออสเตรเลีย;; เซนต์; เซนต์
CAD;; ดอลลาร์แคนาดา; ดอลลาร์แคนาดา;; เซนต์; เซนต์
CHF;; ฟรังก์สวิส; ฟรังก์สวิส
INR;; รูปี; รูปี
IDR;; รูเปียห์; รูเปียห์
VND;; ดอง; ดอง
MYR;; ริงกิต; ริงกิต
""")
_UNITS = nouns("""
mg มก. มก;; มิลลิกรัม
g ก.;; กรัม
kg กก. กก;; กิโลกรัม
oz;; ออนซ์
lb lbs;; ปอนด์
ml mL cc มล. มล;; มิลลิลิตร
l L;; ลิตร
mm มม. มม;; มิลลิเมตร
cm ซม. ซม;; เซนติเมตร
m ม.;; เมตร
km กม. กม;; กิโลเมตร
in inch;; นิ้ว
ft;; ฟุต
m2 ตร.ม. ตร.ม;; ตารางเมตร
W;; วัตต์
kW;; กิโลวัตต์
Wh;; วัตต์ชั่วโมง
kWh;; กิโลวัตต์ชั่วโมง
V;; โวลต์
A;; แอมป์
mA;; มิลลิแอมป์
mAh;; มิลลิแอมป์ชั่วโมง
Hz;; เฮิรตซ์
kHz;; กิโลเฮิรตซ์
MHz;; เมกะเฮิรตซ์
GHz;; กิกะเฮิรตซ์
KB;; กิโลไบต์
MB;; เมกะไบต์
GB;; กิกะไบต์
TB;; เทราไบต์
dB;; เดซิเบล
lm;; ลูเมน
px;; พิกเซล
MP;; เมกะพิกเซล
kcal;; กิโลแคลอรี
ms;; มิลลิวินาที
s sec;; วินาที
min;; นาที
h hr ชม. ชม;; ชั่วโมง
pcs pc;; ชิ้น
""")
_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน",
    "ธันวาคม",
)  # fmt: skip
_SIGNS = {"&": "และ", "+": "บวก", "=": "เท่ากับ", "@": "แอต", "%": "เปอร์เซ็นต์", "×": "คูณ"}
_OWN_SIGNS = {**CURRENCY_SIGNS, "฿": "THB", "บาท": "THB", "ดอลลาร์": "USD", "ยูโร": "EUR"}
_N = f"(?:{digits_pattern()})"
_SARA_AM = "\u0e4d\u0e32"
"""What NFKC takes the letter ำ apart into."""
_JOINT = " กับ "
"""Between notes and coins nothing is said; what is put there is taken away again."""


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(day)} {_MONTHS[month - 1]} {cardinal(year)}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _time(hour: int, minute: int) -> str:
    return f"{cardinal(hour)}นาฬิกา{f'{cardinal(minute)}นาที' if minute else ''}"


def _clock(match: re.Match[str], _place: Place) -> str:
    """Return a time as it is written before น.: "18.30 น."."""
    hour, minute = int(match["hour"]), int(match["minute"])
    return _time(hour, minute) if hour <= 24 and minute <= 59 else ""


def _share(upper: int, lower: int) -> str:
    return share(upper, lower) if lower in {2, 3, 4, 5, 6, 8, 10, 16} else ""


def _degrees(match: re.Match[str], _place: Place) -> str:
    scale = "ฟาเรนไฮต์" if (match["scale"] or "").lower() == "f" else "เซลเซียส" if match["scale"] else ""
    return f"{'ลบ' if match['minus'] else ''}{_WORDS.number(digits_value(match['n']))}องศา{scale}"


def _scaled(match: re.Match[str], _place: Place) -> str:
    """Return a number with a Thai scale behind it: "3 พัน", "1.5 ล้าน"."""
    values = [value for value, _, _ in scan(match.group())]
    return cardinal(int(values[0])) if len(values) == 1 and not values[0] % 1 else ""


def _phone(match: re.Match[str], _place: Place) -> str:
    return " ".join(map(digits, re.split("[- ]", match.group())))


def _code(match: re.Match[str], _place: Place) -> str:
    """Return a code: three digits or more one by one, letters as they are."""
    return re.sub(r"\d+(?:\.\d+)?", _spelled, match.group().replace("-", " "))


def _spelled(match: re.Match[str]) -> str:
    run = match.group()
    if "." in run:
        return f" {_WORDS.number(Decimal(run))} "
    return f" {digits(run) if len(run) > 2 or run[0] == '0' else cardinal(int(run))} "


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(rf"{_N} ?(?:ร้อย|พัน|หมื่น|แสน|ล้าน)+"), _scaled),
    (re.compile(r"0\d{1,2}[- ]\d{3,4}[- ]\d{3,4}"), _phone),
    (re.compile(r"(?P<hour>\d{1,2})\.(?P<minute>\d{2}) ?น\.?"), _clock),
    (re.compile(rf"(?P<minus>[-−])?(?P<n>{_N}) ?° ?(?P<scale>[CcFf])?"), _degrees),
)
_WORDS = Words(
    cldr="th",
    cardinal=cardinal,
    point="จุด",
    minus="ลบ",
    percent="เปอร์เซ็นต์",
    degree=Noun("องศา", "องศา"),
    by="คูณ",
    to="ถึง",
    also=_JOINT.strip(),
    plus="บวก",
    pound_sign="หมายเลข",
    times="{n}เท่า",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes}{cents}เซนต์",
    decimals=digits,
    sign=".",
    gap="",
    clock=r"น\.?",
    currency_signs=_OWN_SIGNS,
    readers=_READERS,
)
_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z\d]+(?:[-.][A-Za-z\d]+)*")
_PLAIN = make_reading(_WORDS)
_ALL = replace(_PLAIN, readers=(*_PLAIN.readers, (_CODE, _code)))
_SAYS_MONEY = make_money(_WORDS)

_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SIGN = "|".join(sorted(map(re.escape, _OWN_SIGNS), key=len, reverse=True))
_AMOUNT = (
    rf"(?:(?:(?:{_SIGN}|(?:{CODES}|THB) ?){_N}|{_N} ?(?:{_SIGN}|%|° ?[CcFf]?|(?:{_UNIT}|{CODES}|THB)(?![A-Za-zก-๎])|\")|"
    rf"{_N}(?: ?(?:ร้อย|พัน|หมื่น|แสน|ล้าน)+)?))"
)
_EXPRESSION = re.compile(
    r"0\d{1,2}[- ]\d{3,4}[- ]\d{3,4}|"
    rf"(?<![\d/])(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})(?![\d/])|"
    rf"(?<!\d)\d{{1,2}}\.\d{{2}} ?น(?:\.|(?![ก-๎]))|"
    rf"\d{{1,2}}:\d{{2}}(?: ?[-–] ?\d{{1,2}}:\d{{2}})?(?: ?น\.?(?![ก-๎]))?(?!\d)|"
    rf"(?<![\d/])(?:\d+ )?\d{{1,2}}/[1-9]\d?(?![\d/])|"
    rf"(?<![A-Za-z\d])[-−]?{_AMOUNT}(?: ?[-–~x×] ?{_AMOUNT})*(?![A-Za-z\d-])|"
    rf"(?=[A-Za-z]+-?\d|\d+-?[A-Za-z])[A-Za-z\d]+(?:[-.](?=[A-Za-z\d]*\d)[A-Za-z\d]+)*|#\d{{1,6}}|{_N}"
)
_NO_LETTER = re.compile(r"[\W_]*")
_BREAK = re.compile(r"(?<=[^\d\s] )(?=[^\W\d])|(?<=[,;!?…–—] )|(?=[\ue000-\uf8ff])")
_PAUSES = re.compile(r"[()\[\]~/|:;—–]+")
_REPEATED = re.compile(r"([ก-๎]+)ๆ")


def _phrases(text: str) -> list[str]:
    """Return a text in phrases, as Thai parts them by spaces; a number stays with what is counted."""
    return [piece for piece in _BREAK.split(text) if piece]


def _word(core: str, _place: Place) -> str:
    """Return what is said for a phrase, its numbers as words; between two numbers stands at least a pause."""
    plain = unicodedata.normalize("NFKC", core).replace(_SARA_AM, "ำ")
    said, at = "", 0
    for match in _EXPRESSION.finditer(plain):
        between = plain[at : match.start()]
        said += (", " if at and _NO_LETTER.fullmatch(between) else _spell(between)) + _said(match.group())
        at = match.end()
    return re.sub("(?:, ?){2,}", ", ", said + _spell(plain[at:])).strip(", ")


def _said(expression: str) -> str:
    plain = re.sub(" ?[~] ?", "-", expression)
    if plain.startswith("THB"):
        plain = f"฿{plain[3:].strip()}"
    elif plain.endswith("THB"):
        plain = f"{plain[:-3].strip()}บาท"
    return read(_ALL, plain, ALONE).replace(_JOINT, "")


def _spell(words: str) -> str:
    for sign, name in _SIGNS.items():
        words = words.replace(sign, f" {name} ")
    return _PAUSES.sub(", ", words.replace("฿", ""))


def _money(amount: Decimal, currency: str, short: bool = False) -> str:
    return _SAYS_MONEY(amount, currency, short and currency != "THB").replace(_JOINT, "")


def _listing(items: Sequence[str]) -> str:
    return " ".join(items) if len(items) < 2 else f"{' '.join(items[:-1])} และ{items[-1]}"


_SIZES = {
    "XXS": "ดับเบิลเอ็กซ์เอส",
    "XS": "เอ็กซ์เอส",
    "S": "เอส",
    "M": "เอ็ม",
    "L": "แอล",
    "XL": "เอ็กซ์แอล",
    "XXL": "ดับเบิลเอ็กซ์แอล",
}
LANGUAGE = Language(
    THAI_NUMBERS,
    Reading(
        (),
        re.compile(rf"{_N}[\"″]"),
        (),
        _word,
        frozenset({"มล", "ซม", "กก", "มม", "กม", "ก", "ม", "ชม", "มก", "น"}),
        _phrases,
    ),
    _money,
    _listing,
    sizes=_SIZES,
    common=frozenset(map(chr, range(0x0E01, 0x0E4F))),
    joiner="",
)
