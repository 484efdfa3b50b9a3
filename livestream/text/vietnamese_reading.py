"""Vietnamese captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.languages import Language, Place
from livestream.text.plain_reading import CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.vietnamese import cardinal, ordinal, share
from livestream.text.vietnamese_numerals import VIETNAMESE_NUMBERS

_CURRENCIES = coinages("""
VND;; đồng; đồng
USD;; đô la Mỹ; đô la Mỹ;; xu; xu
EUR;; euro; euro;; xu; xu
GBP;; bảng Anh; bảng Anh;; xu; xu
AUD;; đô la Úc; đô la Úc;; xu; xu
CAD;; đô la Canada; đô la Canada;; xu; xu
SGD;; đô la Singapore; đô la Singapore;; xu; xu
HKD;; đô la Hồng Kông; đô la Hồng Kông;; xu; xu
NZD;; đô la New Zealand; đô la New Zealand;; xu; xu
JPY;; yên; yên
CNY;; nhân dân tệ; nhân dân tệ
KRW;; won; won
THB;; bạt; bạt
CHF;; phơ răng; phơ răng
INR;; ru pi; ru pi
IDR;; ru pi; ru pi
""")
_UNITS = nouns("""
mg;; mi li gam
g gr;; gam
kg;; ki lô gam
ml mL;; mi li lít
cl;; xen ti lít
l L;; lít
mm;; mi li mét
cm;; xen ti mét
m;; mét
km;; ki lô mét
in inch;; inch
ft;; bộ
oz;; ao xơ
lb lbs;; pao
m² m2;; mét vuông
cm² cm2;; xen ti mét vuông
m³ m3;; mét khối
W;; oát
kW;; ki lô oát
kWh;; ki lô oát giờ
Wh;; oát giờ
V;; vôn
A;; am pe
mA;; mi li am pe
mAh;; mi li am pe giờ
Ah;; am pe giờ
Hz;; héc
MHz;; mê ga héc
GHz;; gi ga héc
KB;; ki lô bai
MB;; mê ga bai
GB;; gi ga bai
TB;; tê ra bai
dB;; đề xi ben
lm;; lu men
px;; điểm ảnh
MP;; mê ga pixel
km/h;; ki lô mét giờ
g/m²;; gam trên mét vuông
kcal;; ki lô ca lo
ms;; mi li giây
s;; giây
ph;; phút
h;; giờ
pcs pc;; cái
""")
_SIGNS = {
    "&": "và", "+": "cộng", "=": "bằng", "@": "a còng", "%": "phần trăm", "°c": "độ Celsius", "°f": "độ Fahrenheit",
    "°": "độ", "w/": "với",
}  # fmt: skip
_ABBREVIATIONS = {
    "sp": "sản phẩm", "vd": "ví dụ", "tp": "thành phố", "tp.hcm": "thành phố Hồ Chí Minh", "sl": "số lượng",
    "kt": "kích thước", "v.v": "vân vân", "đt": "điện thoại", "sđt": "số điện thoại",
    "max": "tối đa", "min": "tối thiểu", "ko": "không", "đc": "được", "nv": "nhân viên", "vs": "với",
}  # fmt: skip
_NAMES = "a,bê,xê,đê,e,ép,giê,hát,i,gi,ca,lờ,mờ,nờ,o,pê,quy,rờ,ét,tê,u,vê,vê kép,ích,i dài,dét"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(","), strict=True))
_SMALL_WORDS = """
và của cho là có không được với trong ngoài trên dưới một hai ba bốn năm này kia đó các những từ đến bằng rất dễ khi
nặng dài rộng cao màu cỡ dùng giặt lạnh nóng chất liệu bền đẹp vừa hoặc đo đủ mỗi giờ tầm mét kích thước phễu
"""
_MARKED = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơưăĩũ"
"""Letters that hardly any other language writes."""


def _month(month: int) -> str:
    return f"tháng {'tư' if month == 4 else cardinal(month)}"


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(day)} {_month(month)} năm {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    return f"{cardinal(hour)} giờ {cardinal(minute)}" if minute else f"{cardinal(hour)} giờ"


def _share(upper: int, lower: int) -> str:
    return share(upper, lower) if lower in {2, 3, 4, 5, 6, 8, 10, 16} else ""


def _ordinal(match: re.Match[str], _place: Place) -> str:
    said = ordinal(int(match["n"]))
    return said if match["word"][0] == "t" else f"T{said[1:]}"


def _clock(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    return _time(hour, minute) if hour <= 24 and minute <= 59 else ""


def _thousands(match: re.Match[str], _place: Place) -> str:
    unit = "nghìn" if match["scale"] == "k" else "triệu"
    return f"{_WORDS.number(_WORDS.value(match['n']))} {unit}"


def _day(match: re.Match[str], _place: Place) -> str:
    day, month = int(match["day"]), int(match["month"])
    return f"{match['word']} {cardinal(day)} {_month(month)}" if 1 <= day <= 31 and 1 <= month <= 12 else ""


_N = r"\d{1,3}(?:[.,]\d{1,2})?"
_READERS = (
    (re.compile(r"(?P<word>[Tt]hứ) (?P<n>\d{1,3})"), _ordinal),
    (re.compile(r"(?P<word>[Nn]gày) (?P<day>\d{1,2})/(?P<month>\d{1,2})"), _day),
    (re.compile(r"(?P<hour>\d{1,2}) ?(?:h|giờ|:)(?P<minute>\d{2})?"), _clock),
    (re.compile(rf"(?P<n>{_N})(?P<scale>(?<=\d\d)k| ?tr)"), _thousands),
)
_JOINED = (
    re.compile(r"(?<!\w)[Tt]hứ \d{1,3}(?![\d.,]\d)"),
    re.compile(r"(?<!\w)[Nn]gày \d{1,2}/\d{1,2}(?![/\d])"),
    re.compile(r"(?<!\S)\d{1,2} h(?: ?\d{2})?(?!\w)"),
)
_WORDS = Words(
    cldr="vi",
    cardinal=cardinal,
    point="phẩy",
    minus="âm",
    percent="phần trăm",
    degree=Noun("độ", "độ"),
    by="nhân",
    to="đến",
    also="và",
    plus="cộng",
    pound_sign="số",
    times="{n} lần",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} {cents} xu",
    currency_signs={**CURRENCY_SIGNS, "₫": "VND", "đ": "VND", "VND": "VND", "VNĐ": "VND", "vnđ": "VND", "$": "USD"},
    glued=frozenset({"in", "A", "s", "h", "m", "ph"}),
    signs=_SIGNS,
    abbreviations=_ABBREVIATIONS,
    dotted=frozenset({"tp", "min", "max"}),
    stopped=frozenset({"tp", "vd", "v.v", "max", "min"}),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} và {items[-1]}"


_SIZES = {
    "XS": "ích ét",
    "S": "ét",
    "M": "mờ",
    "L": "lờ",
    "XL": "ích lờ",
    "XXL": "ích ích lờ",
    "XXXL": "ích ích ích lờ",
}
LANGUAGE = Language(
    VIETNAMESE_NUMBERS,
    make_reading(_WORDS),
    make_money(_WORDS),
    _listing,
    _SIZES,
    frozenset({*_SMALL_WORDS.split(), *_MARKED}),
)
