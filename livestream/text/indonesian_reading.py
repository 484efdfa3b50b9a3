"""Indonesian captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.indonesian import cardinal, ordinal, share
from livestream.text.indonesian_numerals import INDONESIAN_NUMBERS
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_CURRENCIES = coinages("""
IDR;; rupiah; rupiah
USD;; dolar Amerika; dolar Amerika;; sen; sen
EUR;; euro; euro;; sen; sen
GBP;; pound; pound;; penny; penny
SGD;; dolar Singapura; dolar Singapura;; sen; sen
AUD;; dolar Australia; dolar Australia;; sen; sen
CAD;; dolar Kanada; dolar Kanada;; sen; sen
NZD;; dolar Selandia Baru; dolar Selandia Baru;; sen; sen
HKD;; dolar Hong Kong; dolar Hong Kong;; sen; sen
MYR;; ringgit; ringgit;; sen; sen
JPY;; yen; yen
CNY;; yuan; yuan
KRW;; won; won
THB;; baht; baht
INR;; rupee; rupee
CHF;; franc Swiss; franc Swiss
BRL;; real Brasil; real Brasil
MXN;; peso Meksiko; peso Meksiko
""")
_UNITS = nouns("""
mg;; miligram
g gr;; gram
kg;; kilogram
oz;; ounce
lb lbs;; pon
ml mL;; mililiter
cl;; sentiliter
l L ltr;; liter
mm;; milimeter
cm;; sentimeter
m;; meter
km;; kilometer
in inch;; inci
ft;; kaki
m² m2;; meter persegi
cm² cm2;; sentimeter persegi
W;; watt
kW;; kilowatt
kWh;; kilowatt jam
Wh;; watt jam
V;; volt
A;; ampere
mA;; miliampere
mAh;; miliampere jam
Ah;; ampere jam
Hz;; hertz
kHz;; kilohertz
MHz;; megahertz
GHz;; gigahertz
KB;; kilobyte
MB;; megabyte
GB;; gigabyte
TB;; terabyte
Mbps;; megabit per detik
Gbps;; gigabit per detik
dB;; desibel
lm;; lumen
px;; piksel
MP;; megapiksel
dpi;; D P I
fps;; bingkai per detik
rpm;; putaran per menit
gsm;; gram per meter persegi
kcal kkal;; kilokalori
ms;; milidetik
s dtk;; detik
min mnt;; menit
h;; jam
pcs pc;; buah
lbr;; lembar
""")
_SCALE = {"ribu": "ribu", "rb": "ribu", "juta": "juta", "jt": "juta", "miliar": "miliar"}
_SIGNS = {
    "&": "dan", "+": "plus", "=": "sama dengan", "@": "per", "%": "persen", "°c": "derajat Celsius", "°": "derajat",
    "w/": "dengan",
}  # fmt: skip
_ABBREVIATIONS = {
    "yg": "yang", "dgn": "dengan", "utk": "untuk", "dll": "dan lain-lain", "dsb": "dan sebagainya",
    "dst": "dan seterusnya", "uk": "ukuran", "tgl": "tanggal", "tdk": "tidak", "jg": "juga", "sdh": "sudah",
    "krn": "karena", "spt": "seperti", "vs": "versus", "max": "maksimal", "maks": "maksimal", "min": "minimal",
    "bh": "buah", "psg": "pasang", "hrg": "harga", "wrn": "warna", "no": "nomor",
}  # fmt: skip
_DOTTED = frozenset({"no", "min", "max", "maks", "uk", "bh"})
_NAMES = "a be ce de e ef ge ha i je ka el em en o pe ki er es te u fe we eks ye zet"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_SMALL_WORDS = """
yang dan di ke dari untuk dengan ini itu tidak bisa dapat pada dalam atau juga lebih sangat agar saat akan ada karena
seperti tanpa bahan cocok nyaman ringan kuat mudah warna ukuran lembut tahan serta hingga sampai bagi tetap muat cukup
sudah dua tiga empat pas saku tutup halus rapi terbuat berat beratnya ukurannya berukuran panjangnya lebarnya isinya
bahannya jangkauan jangkauannya masing nya dilengkapi kali
"""
_N = digits_pattern(",")
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_S = "|".join(sorted(_SCALE, key=len, reverse=True))


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(day)} {_MONTHS[month - 1]} {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    if not minute:
        return cardinal(hour)
    return f"{cardinal(hour)} lewat {cardinal(minute)}" if minute < 10 else f"{cardinal(hour)} {cardinal(minute)}"


def _share(upper: int, lower: int) -> str:
    return share(upper, lower) if lower in {2, 3, 4, 5, 6, 8, 10, 16} else ""


def _mixed(match: re.Match[str], _place: Place) -> str:
    said = _share(int(match["upper"]), int(match["lower"]))
    gap = " " if said == "setengah" else " dan "
    return f"{cardinal(int(match['whole']))}{gap}{said}" if said else ""


def _ordinal(match: re.Match[str], _place: Place) -> str:
    return ordinal(int(match["n"]))


def _part(match: re.Match[str], _place: Place) -> str:
    upper, lower = int(match["upper"]), int(match["lower"])
    said = _share(upper, lower) or f"{cardinal(upper)} per {cardinal(lower)}"
    return f"{said} {_UNITS[match['unit']].one}"


def _clock(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    return f"{match['at']} {_time(hour, minute)}" if hour <= 24 and minute <= 59 else ""


def _large(match: re.Match[str], _place: Place) -> str:
    unit = f" {_CURRENCIES['IDR'].notes.one}" if match["sign"] else ""
    return f"{_WORDS.number(digits_value(match['n'], ','))} {_SCALE[match['scale'].lower()]}{unit}"


_READERS = (
    (re.compile(r"(?P<whole>\d{1,3}) (?P<upper>\d{1,2})/(?P<lower>[1-9]\d?)"), _mixed),
    (re.compile(rf"(?P<upper>\d{{1,2}})/(?P<lower>[1-9]\d?) (?P<unit>{_UNIT})"), _part),
    (re.compile(r"[Kk]e-(?P<n>\d{1,4})"), _ordinal),
    (re.compile(r"(?P<at>[Pp]ukul|[Jj]am) (?P<hour>\d{1,2})[.:](?P<minute>\d{2})"), _clock),
    (re.compile(rf"(?P<sign>Rp\.? ?)?(?P<n>{_N}) ?(?P<scale>{_S})", re.IGNORECASE), _large),
)
_JOINED = (
    re.compile(rf"(?<!\S)\d{{1,2}}/[1-9]\d? (?:{_UNIT})\b"),
    re.compile(r"(?<!\S)(?:[Pp]ukul|[Jj]am) \d{1,2}[.:]\d{2}(?![\d])"),
    re.compile(rf"(?<!\S)Rp\.? ?(?:{_N}) ?(?:{_S})\b", re.IGNORECASE),
)
_WORDS = Words(
    cldr="id",
    cardinal=cardinal,
    point="koma",
    minus="minus",
    percent="persen",
    degree=Noun("derajat", "derajat"),
    by="kali",
    to="sampai",
    also="dan",
    plus="plus",
    pound_sign="nomor",
    times="{n} kali",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} {cents} sen",
    currency_signs={**CURRENCY_SIGNS, "Rp.": "IDR"},
    glued=frozenset({"in", "A", "s", "h", "m", "min"}),
    signs=_SIGNS,
    abbreviations=_ABBREVIATIONS,
    dotted=_DOTTED,
    stopped=frozenset({"no", "uk", "min", "maks", "dll", "dsb", "tgl"}),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)


def _listing(items: Sequence[str]) -> str:
    if len(items) < 3:
        return " dan ".join(items)
    return f"{', '.join(items[:-1])}, dan {items[-1]}"


_SIZES = {
    "XS": "eks es",
    "S": "es",
    "M": "em",
    "L": "el",
    "XL": "eks el",
    "XXL": "eks eks el",
    "XXXL": "eks eks eks el",
}
LANGUAGE = Language(
    INDONESIAN_NUMBERS, make_reading(_WORDS), make_money(_WORDS), _listing, _SIZES, frozenset(_SMALL_WORDS.split())
)
