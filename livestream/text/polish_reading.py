"""Polish captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.languages import Language, Place
from livestream.text.plain_reading import CURRENCY_SIGNS, Noun, Words, coinages, make_money, make_reading, nouns
from livestream.text.polish import cardinal, counted, decimals, digits, genitive, ordinal
from livestream.text.polish_numerals import POLISH_NUMBERS

_UNITS = nouns("""
mg; m; miligram; miligramów; miligramy; miligrama
g gr; m; gram; gramów; gramy; grama
dag; m; dekagram; dekagramów; dekagramy; dekagrama
kg; m; kilogram; kilogramów; kilogramy; kilograma
t; f; tona; ton; tony; tony
ml; m; mililitr; mililitrów; mililitry; mililitra
l L; m; litr; litrów; litry; litra
mm; m; milimetr; milimetrów; milimetry; milimetra
cm; m; centymetr; centymetrów; centymetry; centymetra
m; m; metr; metrów; metry; metra
km; m; kilometr; kilometrów; kilometry; kilometra
in cal cala cale cali; m; cal; cali; cale; cala
ft; f; stopa; stóp; stopy; stopy
W; m; wat; watów; waty; wata
kW; m; kilowat; kilowatów; kilowaty; kilowata
V; m; wolt; woltów; wolty; wolta
A; m; amper; amperów; ampery; ampera
mAh; f; miliamperogodzina; miliamperogodzin; miliamperogodziny; miliamperogodziny
Hz; m; herc; herców; herce; herca
MHz; m; megaherc; megaherców; megaherce; megaherca
GHz; m; gigaherc; gigaherców; gigaherce; gigaherca
MB; m; megabajt; megabajtów; megabajty; megabajta
GB; m; gigabajt; gigabajtów; gigabajty; gigabajta
TB; m; terabajt; terabajtów; terabajty; terabajta
dB; m; decybel; decybeli; decybele; decybela
lm; m; lumen; lumenów; lumeny; lumena
km/h; m; kilometr na godzinę; kilometrów na godzinę; kilometry na godzinę; kilometra na godzinę
g/m²; m; gram na metr kwadratowy; gramów na metr kwadratowy; gramy na metr kwadratowy; grama na metr kwadratowy
s sek; f; sekunda; sekund; sekundy; sekundy
min; f; minuta; minut; minuty; minuty
h godz; f; godzina; godzin; godziny; godziny
szt; f; sztuka; sztuk; sztuki; sztuki
opak; n; opakowanie; opakowań; opakowania; opakowania
m²; m; metr kwadratowy; metrów kwadratowych; metry kwadratowe; metra kwadratowego
""")
_CURRENCIES = coinages("""
PLN; m; złoty; złotych/złote/złotego; m; grosz; groszy/grosze/grosza
USD; m; dolar; dolarów/dolary/dolara; m; cent; centów/centy/centa
EUR; n; euro; euro; m; cent; centów/centy/centa
GBP; m; funt; funtów/funty/funta; m; pens; pensów/pensy/pensa
CHF; m; frank; franków/franki/franka; m; centym; centymów/centymy/centyma
CZK; f; korona; koron/korony/korony; m; halerz; halerzy/halerze/halerza
RUB; m; rubel; rubli/ruble/rubla; f; kopiejka; kopiejek/kopiejki/kopiejki
TRY; f; lira; lir/liry/liry; m; kurusz; kuruszy/kurusze/kurusza
JPY; m; jen; jenów/jeny/jena
CNY; m; juan; juanów/juany/juana
KRW; m; won; wonów/wony/wona
INR; f; rupia; rupii/rupie/rupii
MXN; n; peso; peso; n; centavo; centavo
BRL; m; real; reali/reale/reala; n; centavo; centavo
""")
_SIGNS_OF_CURRENCIES = {**CURRENCY_SIGNS, "złotych": "PLN", "złote": "PLN", "złoty": "PLN", "Kč": "CZK"}
_TWELVE = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
_MONTHS = tuple(_TWELVE.split())
_MONTH = "|".join(_MONTHS)
_NAMES = "a be ce de e ef gie ha i jot ka el em en o pe ku er es te u fał wu iks igrek zet"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_SHARES = {3: ("trzecia", "trzecie"), 5: ("piąta", "piąte"), 8: ("ósma", "ósme"), 10: ("dziesiąta", "dziesiąte")}
_FEMININE_WORDS = (
    "filiżanki sztuki warstwy kieszenie temperatury barwy osoby pary części sondy strony wersje rączki butelki maty"
)
_FEMININE = frozenset(_FEMININE_WORDS.split())
_SMALL = "i lub a w we na z ze do od po za przez dla o u przy to czy nie jest są oraz szt razy ze"
_NO_NOUN = frozenset(_SMALL.split())
_PREFIXES = {1: "jedno", 2: "dwu", 3: "trzy", 4: "cztero", 7: "siedmio", 8: "ośmio", 100: "stu", 20: "dwudziesto"}


def _noun(place: Place) -> str:
    after = place.after
    if place.stopped or not after.isalpha() or after in _NO_NOUN:
        return ""
    if after.endswith(("o", "ę")):
        return "n"
    return "f" if after.endswith("a") or after in _FEMININE else "m"


def _year(number: int) -> str:
    return ordinal(number, "ego")


def _date(day: int, month: int, in_year: int) -> str:
    return f"{ordinal(day, 'ego')} {_MONTHS[month - 1]} {_year(in_year)} roku"


def _time(hour: int, minute: int) -> str:
    said = ordinal(hour, "a") if hour else "zero"
    return f"{said} {cardinal(minute)}" if minute else said


def _share(upper: int, lower: int) -> str:
    if (upper, lower) == (1, 2):
        return "pół"
    if lower == 4:
        return "ćwierć" if upper == 1 else f"{counted(upper, 'f')} czwarte"
    if lower not in _SHARES:
        return ""
    one, many = _SHARES[lower]
    return f"{counted(upper, 'f')} {one if upper == 1 else many}"


def _day(match: re.Match[str], _place: Place) -> str:
    said = f"{ordinal(int(match['day']), 'ego')} {match['month']}"
    return f"{said} {_year(int(match['year']))} roku" if match["year"] else said


def _in_year(match: re.Match[str], _place: Place) -> str:
    end = "y" if match["word"] == "rok" else "ym" if match["before"] else "ego"
    word = {"rok": "rok"}.get(match["word"], "roku")
    return f"{match['before'] or ''}{ordinal(int(match['n']), end)} {word}"


def _ranked(match: re.Match[str], _place: Place) -> str:
    return ordinal(int(match["n"]), match["end"])


def _glued(match: re.Match[str], _place: Place) -> str:
    number = int(match["n"])
    known = _PREFIXES.get(number) or f"{genitive(number).split()[-1].removesuffix('u')}o"
    return f"{known}{match['rest']}"


def _between(match: re.Match[str], _place: Place) -> str:
    left, right = int(match["left"]), int(match["right"])
    unit = f" {_UNITS[match['unit']].many}" if match["unit"] else ""
    return f"od {genitive(left)} do {genitive(right)}{unit}"


def _times(match: re.Match[str], _place: Place) -> str:
    return WORDS.measure(WORDS.value(match["n"]), Noun("raz", "razy", "m"))


def _telephone(match: re.Match[str], _place: Place) -> str:
    plus = "plus " if match.group().startswith("+") else ""
    return plus + ", ".join(digits(group) for group in re.findall(r"\d+", match.group()))


_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_TELEPHONE = r"(?:\+48 ?)?\d{3}[ -]\d{3}[ -]\d{3}"
_READERS = (
    (re.compile(_TELEPHONE), _telephone),
    (re.compile(rf"(?P<left>\d{{1,3}}) ?[-–] ?(?P<right>\d{{1,3}})(?: ?(?P<unit>{_UNIT}))?"), _between),
    (re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?: (?P<year>\d{{4}})(?: r(?:oku|\.))?)?"), _day),
    (re.compile(r"(?P<before>w )?(?P<n>(?:1\d|20)\d\d) (?P<word>roku|rok|r\.)"), _in_year),
    (re.compile(r"(?P<n>\d{1,4})-?(?P<end>ego|szy|gi|ci|ty|my|y)"), lambda match, _place: ordinal(int(match["n"]))),
    (re.compile(r"(?P<n>\d{1,3})-(?P<rest>[a-ząćęłńóśźż]{4,}(?:y|i|a|e|ego|ej|ych|ym))"), _glued),
    (re.compile(r"(?P<n>\d{1,4})[x×]"), _times),
    (re.compile(r"24/7"), lambda _match, _place: "całą dobę"),
)
_JOINED = (
    re.compile(rf"(?<!\S){_TELEPHONE}(?![\w-])"),
    re.compile(rf"(?<!\S)\d{{1,2}} (?:{_MONTH})(?: \d{{4}}(?: r(?:oku\b|\.))?)?"),
    re.compile(r"(?<!\S)(?:w )?(?:1\d|20)\d\d r(?:oku\b|ok\b|\.)"),
    re.compile(r"(?<!\S)(?:m\. ?in|t\. ?j|i in)\.", re.IGNORECASE),
)
_ABBREVIATIONS = {
    "np": "na przykład", "m.in": "między innymi", "m. in": "między innymi", "itp": "i tym podobne", "tj": "to jest",
    "itd": "i tak dalej", "tzn": "to znaczy", "ok": "około", "ul": "ulica", "tel": "telefon", "nr": "numer",
    "str": "strona", "maks": "maksymalnie", "min": "minimum", "szt": "sztuk", "godz": "godzina", "dł": "długość",
    "szer": "szerokość", "wys": "wysokość", "poz": "pozycja", "tzw": "tak zwany", "art": "artykuł", "wg": "według",
    "opak": "opakowanie",
}  # fmt: skip
_STOPPED = "np m.in itp itd tj tzn ok ul tel nr str szt godz tzw art"
_DOTTED = "godz min maks szt str ul tel ok art dł szer wys poz opak"
WORDS = Words(
    cldr="pl_PL",
    cardinal=cardinal,
    counted=counted,
    point="przecinek",
    decimals=decimals,
    plural=True,
    minus="minus",
    percent="procent",
    degree=Noun("stopień", "stopni", "m", "stopnie", "stopnia"),
    scales=("Celsjusza", "Fahrenheita"),
    by="na",
    to="do",
    also="i",
    plus="plus",
    pound_sign="numer",
    times="{n} razy",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} {cents}",
    noun=_noun,
    spaced=True,
    glued=frozenset({"A", "in", "t", "s", "W"}),
    currency_signs=_SIGNS_OF_CURRENCIES,
    signs={"&": "i", "+": "plus", "=": "równa się", "@": "małpa", "%": "procent", "°c": "stopni Celsjusza"},
    abbreviations=_ABBREVIATIONS,
    dotted=frozenset(_DOTTED.split()),
    stopped=frozenset(_STOPPED.split()),
    letters=_LETTERS,
    joined=_JOINED,
    readers=_READERS,
)  # fmt: skip
_SIZES = {
    "XXS": "bardzo bardzo mały", "XS": "bardzo mały", "S": "mały", "M": "średni", "L": "duży", "XL": "bardzo duży",
    "XXL": "bardzo bardzo duży", "XXXL": "iks iks iks el", "2XL": "dwa iks el", "3XL": "trzy iks el",
}  # fmt: skip
_OWN = "i w z na do dla się nie jest są oraz lub od po ze ą ć ę ł ń ó ś ź ż"
_COMMON = frozenset(_OWN.split())


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} i {items[-1]}"


LANGUAGE = Language(POLISH_NUMBERS, make_reading(WORDS), make_money(WORDS), _listing, _SIZES, _COMMON)
