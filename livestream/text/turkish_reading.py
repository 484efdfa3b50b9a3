"""Turkish captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.digits import digits_pattern, digits_value
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.turkish import cardinal, decimals, ordinal, share, suffixed
from livestream.text.turkish_numerals import TURKISH_NUMBERS

_MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
_CURRENCIES = coinages("""
TRY;; lira; lira;; kuruş; kuruş
USD;; dolar; dolar;; sent; sent
EUR;; avro; avro;; sent; sent
GBP;; sterlin; sterlin;; peni; peni
CHF;; İsviçre frangı; İsviçre frangı
CAD;; Kanada doları; Kanada doları;; sent; sent
AUD;; Avustralya doları; Avustralya doları;; sent; sent
JPY;; yen; yen
CNY;; yuan; yuan
KRW;; won; won
RUB;; ruble; ruble
PLN;; zloti; zloti
INR;; rupi; rupi
IDR;; rupiah; rupiah
MXN;; Meksika pesosu; Meksika pesosu
BRL;; real; real
""")
_UNITS = nouns("""
mg;; miligram
g gr;; gram
kg;; kilogram
oz;; ons
lb lbs;; libre
ml mL;; mililitre
cl;; santilitre
l L lt;; litre
mm;; milimetre
cm;; santimetre
m mt;; metre
km;; kilometre
in inç;; inç
ft;; fit
m² m2;; metrekare
cm² cm2;; santimetrekare
m³;; metreküp
g/m² gr/m²;; metrekareye gram
W;; vat
kW;; kilovat
Wh;; vat saat
kWh;; kilovat saat
V;; volt
A;; amper
mA;; miliamper
mAh;; miliamper saat
Hz;; herts
MHz;; megaherts
GHz;; gigaherts
KB;; kilobayt
MB;; megabayt
GB;; gigabayt
TB;; terabayt
Mbps;; saniyede megabit
dB;; desibel
lm;; lümen
px;; piksel
MP;; megapiksel
fps;; saniyede kare
rpm;; devir
kcal;; kilokalori
km/h km/s;; saatte kilometre
ms;; milisaniye
sn s;; saniye
dk min;; dakika
sa h;; saat
ad;; adet
""")
_SIGNS = {
    "&": "ve", "+": "artı", "=": "eşittir", "@": "et", "%": "yüzde", "°c": "santigrat derece", "°": "derece",
}  # fmt: skip
_ABBREVIATIONS = {
    "vb": "ve benzeri", "vs": "vesaire", "vd": "ve diğerleri", "yak": "yaklaşık", "maks": "maksimum", "min": "minimum",
    "max": "maksimum", "örn": "örneğin", "no": "numara", "nr": "numara", "bkz": "bakınız", "tel": "telefon",
    "ad": "adet", "dr": "doktor", "ltd": "limited", "şti": "şirketi", "a.ş": "anonim şirketi",
}  # fmt: skip
_NAMES = "a be ce de e fe ge he ı je ke le me ne o pe kü re se te u ve dabılyu iks ye ze"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_LETTERS |= {"I": "ı", "İ": "i", "Ç": "çe", "Ğ": "yumuşak ge", "Ö": "ö", "Ş": "şe", "Ü": "ü"}
_SMALL_WORDS = """
ve ile için bir bu şu da de çok gibi olan var yok daha kadar ama veya ya her en hem renk boy ürün iki üç dört beş
pamuk pamuklu deri ahşap çelik keten yün ipek cam yumuşak hafif dayanıklı kolay yıkanabilir yıkanır kapaklı cepli
fermuarlı içinde dışında üzerinde altında yanında kullanım uygun geniş ince kalın uzun kısa el makinede ç ğ ı ö ş ü
"""
_RANKED = "sınıf|gün|günü|kat|nesil|sezon|sayfa|hafta|ay|yıl|yılı|bölüm|adım|kalite|baskı|seri|model|parti|ürün"
_N = digits_pattern(",")
_SUFFIX = "[a-zçğıöşü]{1,8}"


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(day)} {_MONTHS[month - 1]} {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    if not minute:
        return cardinal(hour)
    return f"{cardinal(hour)} {'sıfır ' if minute < 10 else ''}{cardinal(minute)}"


def _percent(match: re.Match[str], _place: Place) -> str:
    """Return a share of a hundred, whose sign stands before it: "%20", "% 5-10", "20%"."""
    sign = "eksi " if match["minus"] else ""
    said = WORDS.number(digits_value(match["n"], ","))
    if match["upper"]:
        said = f"{said} ila {WORDS.number(digits_value(match['upper'], ','))}"
    said = f"yüzde {sign}{said}"
    return suffixed(said, match["suffix"]) if match["suffix"] else said


def _degrees(match: re.Match[str], _place: Place) -> str:
    scale = {"c": "santigrat ", "f": "fahrenhayt "}.get((match["scale"] or "").lower(), "")
    sign = "eksi " if match["minus"] else ""
    said = f"{sign}{WORDS.number(digits_value(match['n'], ','))} {scale}derece"
    return suffixed(said, match["suffix"]) if match["suffix"] else said


def _with_suffix(match: re.Match[str], _place: Place) -> str:
    """Return a number or an amount with its ending: "5'te", "3'üncü", "49,90 TL'ye"."""
    said = WORDS.number(digits_value(match["n"], ","))
    if sign := match["sign"]:
        said = _money(digits_value(match["n"], ","), _OWN_SIGNS.get(sign, sign), False)
    elif match["unit"]:
        said = f"{said} {_UNITS[match['unit']].one}"
    return suffixed(said, match["suffix"])


def _rank(match: re.Match[str], _place: Place) -> str:
    return f"{ordinal(int(match['n']))} {match['noun']}"


def _clock(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    return f"{match['at']} {_time(hour, minute)}" if hour <= 24 and minute <= 59 else ""


def _mixed(match: re.Match[str], _place: Place) -> str:
    """Return a number and a half: "1 1/2" is "bir buçuk"."""
    return f"{cardinal(int(match['whole']))} buçuk"


def _large(match: re.Match[str], _place: Place) -> str:
    unit = f" {_CURRENCIES[_OWN_SIGNS.get(match['sign'], match['sign'])].notes.one}" if match["sign"] else ""
    return f"{WORDS.number(digits_value(match['n'], ','))} {match['scale']}{unit}"


_OWN_SIGNS = {**CURRENCY_SIGNS, "TL": "TRY", "lira": "TRY"}
_SIGN = "|".join(map(re.escape, sorted((*_OWN_SIGNS, *_CURRENCIES), key=len, reverse=True)))
_UNIT = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
_PERCENT = rf"(?P<minus>[-−])?(?:% ?(?P<n>{_N})(?: ?[-–] ?%?(?P<upper>{_N}))?)(?:['’](?P<suffix>{_SUFFIX}))?"
_PERCENT_BEHIND = rf"(?P<minus>[-−])?(?P<n>{_N})(?: ?[-–] ?(?P<upper>{_N}))? ?%(?:['’](?P<suffix>{_SUFFIX}))?"
_DEGREES = rf"(?P<minus>[-−])?(?P<n>{_N}) ?[°º] ?(?P<scale>[CcFf])?(?:['’](?P<suffix>{_SUFFIX}))?"
_SHAPES = re.compile(r"\?P<\w+>")
_READERS = (
    (re.compile(_PERCENT), _percent),
    (re.compile(_PERCENT_BEHIND), _percent),
    (re.compile(_DEGREES), _degrees),
    (re.compile(rf"(?P<n>{_N})(?: ?(?P<sign>{_SIGN})| ?(?P<unit>{_UNIT}))?['’](?P<suffix>{_SUFFIX})"), _with_suffix),
    (re.compile(rf"(?P<n>\d{{1,3}})\. (?P<noun>{_RANKED})"), _rank),
    (re.compile(r"(?P<at>[Ss]aat) (?P<hour>\d{1,2})[.:](?P<minute>\d{2})"), _clock),
    (re.compile(r"(?P<whole>\d{1,3}) 1/2"), _mixed),
    (re.compile(rf"(?P<n>{_N}) (?P<scale>bin|milyon|milyar)(?: ?(?P<sign>TL|₺|lira|USD|EUR|\$|€))?"), _large),
)
_JOINED = (
    *(re.compile(rf"(?<![^\s(]){_SHAPES.sub('?:', shape)}") for shape in (_PERCENT, _PERCENT_BEHIND, _DEGREES)),
    re.compile(rf"(?<!\S)\d{{1,3}}\. (?:{_RANKED})\b"),
    re.compile(r"(?<!\S)[Ss]aat \d{1,2}[.:]\d{2}(?!\d)"),
    re.compile(rf"(?<!\S)(?:{_N}) (?:bin|milyon|milyar)(?: ?(?:TL|₺|lira|USD|EUR|\$|€))?(?!\w)"),
    re.compile(rf"(?<!\S)(?:{_N}) (?:{_SIGN}|{_UNIT})['’]{_SUFFIX}"),
)
WORDS = Words(
    cldr="tr_TR",
    cardinal=cardinal,
    decimals=decimals,
    point="virgül",
    minus="eksi",
    percent="yüzde",
    degree=Noun("derece", "derece"),
    by="çarpı",
    to="ila",
    also="ve",
    plus="artı",
    pound_sign="numara",
    times="{n} kat",
    date=_date,
    time=_time,
    share=share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} {cents}",
    full="{notes} {coins}",
    currency_signs=_OWN_SIGNS,
    glued=frozenset({"in", "A", "s", "h", "sa", "ad", "min"}),
    signs=_SIGNS,
    abbreviations=_ABBREVIATIONS,
    dotted=frozenset({"no", "min", "max", "maks", "ad", "dr", "tel", "vs", "yak"}),
    stopped=frozenset({"yak", "no", "maks", "min", "örn", "vb", "vs", "bkz", "ltd", "şti", "a.ş"}),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)
_money = make_money(WORDS)


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} ve {items[-1]}"


_SIZES = {
    "XXS": "ekstra ekstra small", "XS": "ekstra small", "S": "small", "M": "medium", "L": "large", "XL": "ekstra large",
    "XXL": "ekstra ekstra large", "STD": "standart",
}  # fmt: skip
LANGUAGE = Language(TURKISH_NUMBERS, make_reading(WORDS), _money, _listing, _SIZES, frozenset(_SMALL_WORDS.split()))
