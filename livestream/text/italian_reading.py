"""Italian captions into speech: the words, and what only Italian writes so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text.italian import LETTERS, cardinal, ordinal
from livestream.text.italian_numerals import ITALIAN_NUMBERS
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import Noun, Words, coinages, make_money, make_reading, nouns

_UNITS = nouns(
    """
    mg; m; milligrammo; milligrammi
    g gr; m; grammo; grammi
    hg; m; ettogrammo; ettogrammi
    kg Kg KG; m; chilogrammo; chilogrammi
    oz; f; oncia; once
    lb lbs; f; libbra; libbre
    ml mL; m; millilitro; millilitri
    cl; m; centilitro; centilitri
    dl; m; decilitro; decilitri
    l L lt; m; litro; litri
    gal; m; gallone; galloni
    mm; m; millimetro; millimetri
    cm; m; centimetro; centimetri
    m mt; m; metro; metri
    km; m; chilometro; chilometri
    in; m; pollice; pollici
    ft; m; piede; piedi
    yd; f; iarda; iarde
    m² mq; m; metro quadrato; metri quadrati
    cm²; m; centimetro quadrato; centimetri quadrati
    m³; m; metro cubo; metri cubi
    g/m²; m; grammo al metro quadrato; grammi al metro quadrato
    W; m; watt
    kW; m; chilowatt
    Wh; m; wattora
    kWh; m; chilowattora
    V; m; volt
    A; m; ampere
    mAh; m; milliampere ora
    Hz; m; hertz
    MHz; m; megahertz
    GHz; m; gigahertz
    KB; m; kilobyte
    MB; m; megabyte
    GB; m; gigabyte
    TB; m; terabyte
    dB; m; decibel
    lm; m; lumen
    px; m; pixel
    MP; m; megapixel
    fps; m; fotogramma al secondo; fotogrammi al secondo
    rpm; m; giro al minuto; giri al minuto
    kcal; f; chilocaloria; chilocalorie
    km/h; m; chilometro orario; chilometri orari
    s sec; m; secondo; secondi
    min; m; minuto; minuti
    h; f; ora; ore
    pz pcs; m; pezzo; pezzi
    """
)
_CURRENCIES = coinages(
    """
    EUR; m; euro; euro; m; centesimo; centesimi
    USD; m; dollaro; dollari; m; centesimo; centesimi
    GBP; f; sterlina; sterline; m; penny; pence
    CAD; m; dollaro canadese; dollari canadesi; m; centesimo; centesimi
    AUD; m; dollaro australiano; dollari australiani; m; centesimo; centesimi
    NZD; m; dollaro neozelandese; dollari neozelandesi; m; centesimo; centesimi
    SGD; m; dollaro di Singapore; dollari di Singapore; m; centesimo; centesimi
    HKD; m; dollaro di Hong Kong; dollari di Hong Kong; m; centesimo; centesimi
    MXN; m; peso messicano; pesos messicani; m; centavo; centavos
    BRL; m; real; reais; m; centavo; centavos
    CHF; m; franco svizzero; franchi svizzeri; m; centesimo; centesimi
    JPY; m; yen; yen
    CNY; m; yuan; yuan
    KRW; m; won; won
    INR; f; rupia; rupie; f; paisa; paise
    IDR; f; rupia indonesiana; rupie indonesiane
    PLN; m; zloty; zloty; m; grosz; groszy
    TRY; f; lira turca; lire turche; m; kurus; kurus
    RUB; m; rublo; rubli; m; copeco; copechi
    """
)
_MONTHS_WORDS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
_MONTHS = tuple(_MONTHS_WORDS.split())
_NAMES_A_NUMBER_WORDS = """
articolo canale capitolo grado livello misura modello n n° nr numero opzione pagina parte passo serie taglia
versione volume
"""
_NAMES_A_NUMBER = frozenset(_NAMES_A_NUMBER_WORDS.split())
_NO_NOUN_WORDS = """
a ad ai al alla alle anche ancora c'è che ci come con costa da dal dalla dei del della di disponibile
disponibili e ed è fa ha hai i il in l'una la le lo ma nel nella non o ogni oltre ora per però più può se si
sono sta su sul sulla tra un una uno va
"""
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())
_MASCULINE_WORDS = "clima diploma panorama pigiama problema programma schema sistema tema"
_MASCULINE = frozenset(_MASCULINE_WORDS.split())
_FEMININE = ("a", "zione", "sione", "tà", "tù", "trice", "ice")
_IMPURE = re.compile(r"s[^aeiouàèéìòù]|z|gn|ps|pn|x|y")
"""How masculine words begin that stand behind "uno", not "un": "uno zaino"."""


def _counted(number: int, gender: str) -> str:
    """Return an integer before a noun; only one has genders, "un" and "una"."""
    return {"m": "un", "f": "una"}.get(gender, "uno") if number == 1 else cardinal(number)


def _noun(place: Place) -> str:
    """Return the gender of the noun that a number counts; "" where it counts none or one takes "uno"."""
    after = place.after
    if place.stopped or not after.isalpha() or after in _NO_NOUN or place.before in _NAMES_A_NUMBER:
        return ""
    if after.endswith(_FEMININE) and after not in _MASCULINE:
        return "f"
    return "" if _IMPURE.match(after) else "m"


def _date(day: int, month: int, year: int) -> str:
    return f"{'primo' if day == 1 else cardinal(day)} {_MONTHS[month - 1]} {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    """Return a time of day; minutes below ten keep their name, "sette e cinque minuti"."""
    hours = "una" if hour == 1 else cardinal(hour)
    if not minute:
        return f"{hours} in punto"
    unit = "" if minute >= 10 else " minuto" if minute == 1 else " minuti"
    return f"{hours} e {_counted(minute, 'm')}{unit}"


def _share(upper: int, lower: int) -> str:
    if lower not in {*range(2, 11), 12, 16} or upper > lower:
        return ""
    if lower == 2:
        return "mezzo" if upper == 1 else f"{cardinal(upper)} mezzi"
    name = ordinal(lower)
    return f"un {name}" if upper == 1 else f"{cardinal(upper)} {name[:-1]}i"


def _half(match: re.Match[str], place: Place) -> str:
    """Return a half of what follows: "mezza tazza", "uno e mezzo"."""
    half = "mezza" if _noun(place) == "f" else "mezzo"
    return f"{cardinal(int(match['whole']))} e {half}" if match["whole"] else half


def _ordinal(match: re.Match[str], place: Place) -> str:
    """Return an ordinal; a sign of degrees makes one only of a small number before its noun, "3° posto"."""
    number, gender = int(match["n"]), _noun(place)
    if match["end"] == "°" and (number > 10 or not gender):
        return ""
    return ordinal(number, feminine=match["end"] == "ª" or gender == "f")


def _first_of_month(match: re.Match[str], _place: Place) -> str:
    return f"primo {match['month']}"


def _hour(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    return f"{match['word']} {_time(hour, minute)}" if hour <= 24 and minute <= 59 else ""


WORDS = Words(
    cldr="it_IT",
    cardinal=cardinal,
    counted=_counted,
    noun=_noun,
    point="virgola",
    minus="meno",
    percent="percento",
    degree=Noun("grado", "gradi", "m"),
    by="per",
    to="a",
    also="e",
    plus="più",
    pound_sign="numero",
    times="{n} volte",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    currencies=_CURRENCIES,
    short="{notes} e {cents}",
    of=lambda name: f"di {name}",
    glued=frozenset({"in", "A", "h", "s", "sec", "min", "gal"}),
    signs={
        "&": "e", "+": "più", "=": "uguale a", "@": "chiocciola", "%": "percento", "°c": "gradi Celsius",
        "°f": "gradi Fahrenheit", "°": "gradi", "c/": "con", "s/": "senza", "w/": "con", "w/o": "senza",
    },
    abbreviations={
        "n": "numero", "n°": "numero", "nr": "numero", "ca": "circa", "max": "massimo", "min": "minimo",
        "ecc": "eccetera",
        "es": "esempio", "art": "articolo", "tg": "taglia", "mis": "misura", "cod": "codice", "mod": "modello",
        "conf": "confezione", "pag": "pagina", "sig": "signor", "dott": "dottor", "vs": "contro", "incl": "incluso",
        "pz": "pezzi", "ltd": "Limited", "co": "Company", "inc": "Incorporated",
    },
    dotted=frozenset({"n", "ca", "max", "min", "es", "art", "mis", "cod", "mod", "conf", "pag", "sig", "dott", "co"}),
    stopped=frozenset(
        {"max", "min", "n", "nr", "ca", "ecc", "es", "art", "tg", "cod", "mod", "conf", "pag", "sig", "dott", "cm",
        "kg", "pz"}
    ),
    letters=LETTERS,
    joined=(
        re.compile(rf"(?<!\S)1°? (?:{'|'.join(_MONTHS)})\b", re.IGNORECASE),
        re.compile(r"(?<!\S)ore \d{1,2}[.:]\d{2}\b", re.IGNORECASE),
    ),
    readers=(
        (re.compile(rf"1°? (?P<month>{'|'.join(_MONTHS)})", re.IGNORECASE), _first_of_month),
        (re.compile(r"(?P<word>ore) (?P<hour>\d{1,2})[.:](?P<minute>\d{2})", re.IGNORECASE), _hour),
        (re.compile(r"(?:(?P<whole>\d{1,2}) )?1/2"), _half),
        (re.compile(r"(?P<n>\d{1,3})\.?(?P<end>[°ºª])"), _ordinal),
    ),
)  # fmt: skip


def _listing(items: Sequence[str]) -> str:
    if len(items) == 1:
        return items[0]
    link = "ed" if items[-1][:1].casefold() in {"e", "è", "é"} else "e"
    return f"{', '.join(items[:-1])} {link} {items[-1]}"


_SIZES = {
    "XXS": "extra extra small", "XS": "extra small", "S": "small", "M": "medium", "L": "large", "XL": "extra large",
    "XXL": "extra extra large", "XXXL": "extra extra extra large", "TU": "taglia unica",
}  # fmt: skip
_COMMON_WORDS = """
à è é ì ò ù al alla alle anche che con dal dalla dalle degli dei del della delle di e ed fatta fatto gli il la
le lo nel nella non ogni più può quando questa questo senza si sono sopra sotto sul sulla tra tua tuo tutti
tutto un una uno da dai dagli nei negli nelle sui sugli sulle molto facile facili adatto adatta funziona incluso
inclusa realizzato realizzata dotato dotata misura cotone lana lino seta pelle legno acciaio vetro ottone
ceramica tessuto fodera imbottitura tasca tasche morbido morbida leggero leggera lavabile per acqua mano
pesa dura tiene contiene fino gradi forno insieme due tre quattro cinque sei sette otto nove dieci
"""
_COMMON = frozenset(_COMMON_WORDS.split())
LANGUAGE = Language(ITALIAN_NUMBERS, make_reading(WORDS), make_money(WORDS), _listing, _SIZES, _COMMON)
