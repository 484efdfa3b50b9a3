"""The unit behind a number, in any language of CLDR, so that a translated text keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache

from babel import Locale as BabelLocale
from babel.units import UnknownUnitError, format_unit

_UNITS = """
duration-millisecond duration-second duration-minute duration-hour duration-day duration-night duration-week
duration-month duration-year duration-decade duration-century volume-milliliter volume-centiliter volume-deciliter
volume-liter volume-fluid-ounce volume-gallon volume-pint volume-quart mass-milligram mass-gram mass-kilogram
mass-ounce mass-pound mass-tonne length-millimeter length-centimeter length-meter length-kilometer length-inch
length-foot length-yard length-mile area-square-centimeter area-square-meter volume-cubic-centimeter
volume-cubic-meter power-watt power-kilowatt energy-kilowatt-hour electric-volt electric-ampere electric-milliampere
frequency-hertz frequency-kilohertz frequency-megahertz frequency-gigahertz digital-megabyte digital-gigabyte
digital-terabyte light-lumen speed-kilometer-per-hour concentr-percent temperature-celsius temperature-fahrenheit
"""
_SAME = {"volume-fluid-ounce": "mass-ounce"}
"""Units that shops and translators write alike."""
_AMOUNTS = (1, 2, 3, 5, 11, 100, Decimal("1.5"))
"""Between them they have every form that a language counts with."""
_ALSO = {
    "": (
        'length-inch:"|″ length-foot:′ volume-liter:l length-meter:m mass-gram:g|gr electric-ampere:a electric-volt:v '
        "power-watt:w power-kilowatt:kw volume-milliliter:ml volume-centiliter:cl length-millimeter:mm "
        "length-centimeter:cm length-kilometer:km mass-kilogram:kg mass-milligram:mg concentr-percent:%|٪ "
        "area-square-meter:m volume-cubic-meter:m area-square-centimeter:cm volume-cubic-centimeter:cm "
        "temperature-celsius:°c temperature-fahrenheit:°f"
    ),
    "en": (
        "duration-hour:h|hrs duration-minute:mins duration-second:s|secs duration-year:yrs mass-pound:lbs mass-kilogram"
        ":kgs|kilo|kilos volume-liter:litre|litres volume-milliliter:millilitre|millilitres length-meter:metre|metres "
        "length-centimeter:centimetre|centimetres length-millimeter:millimetre|millimetres"
    ),
    "de": (
        "duration-year:jährig duration-month:monatig duration-week:wöchig duration-day:tägig duration-hour:stündig "
        "duration-minute:minütig"
    ),
    "es": "duration-hour:hs|hrs",
    "fr": "duration-year:année|années duration-day:journée|journées",
    "hi": "duration-year:साल|सालों duration-day:दिनों duration-hour:घंटों duration-month:महीनों",
    "ja": "duration-month:ヶ月|ケ月|カ月|箇月 length-centimeter:センチ mass-kilogram:キロ",
    "ko": "length-centimeter:센티 mass-kilogram:킬로",
    "vi": "volume-liter:lít mass-kilogram:ký|cân",
}
"""What people write beside CLDR's names, by language; the first row holds for all. Exponents are
no part of a text whose numbers were read."""
_ONE = re.compile(r"\b(?:eine?[mnrs]?|une?|un[ao]?|uma?|bir|an?)\b(?=[\s-])", re.IGNORECASE)
"""Articles that are "one" before a measure of time."""
_GAP = re.compile(r"[\s\u00ad\u2010-\u2012-]*")
_NUMBER = re.compile(r"[\d.,٫\u200e\u200f]+")
_STEM = 4
"""Letters of a name from which on an ending may follow ("350 Millilitern"); of a Turkish one three ("10 yıllık")."""
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]$")


@cache
def _names(language: str) -> Mapping[str, frozenset[str]]:
    """Return the units that a name may stand for, by the name in small letters, the longest first."""
    found: dict[str, set[str]] = {}
    for unit in _UNITS.split():
        for name in _of_cldr(unit, language):
            found.setdefault(name, set()).add(_SAME.get(unit, unit))
    for row in (*_ALSO[""].split(), *_ALSO.get(language, "").split()):
        unit, _, names = row.partition(":")
        for name in names.split("|"):
            found.setdefault(_plain(name), set()).add(unit)
    return {name: frozenset(found[name]) for name in sorted(found, key=len, reverse=True)}


def _of_cldr(unit: str, language: str) -> Iterator[str]:
    locale = BabelLocale.parse(language)
    for amount in _AMOUNTS:
        for length in ("long", "short"):
            try:
                written = format_unit(amount, unit, length, locale=locale)
            except UnknownUnitError:
                return
            name = " ".join(_NUMBER.sub(" ", _plain(written)).split())
            if name:
                yield name


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def unit_at(text: str, start: int, end: int, languages: Iterable[str]) -> frozenset[str]:
    """Return the units that the number at `start:end` of a text may be of; none where no unit is known behind it."""
    behind = _GAP.sub("", _plain(text[end : end + 60]), count=1)
    for language in languages:
        names = _names(language)
        for name, units in names.items():
            if behind.startswith(name) and _ends(name, behind[len(name) :], language):
                return units
    return frozenset({"concentr-percent"}) if text[:start].rstrip().endswith(("%", "٪")) else frozenset()


def time_of_one(text: str, language: str) -> Iterator[tuple[re.Match[str], frozenset[str]]]:
    """Yield the articles of a text behind which a measure of time stands ("un año"), and the measure."""
    for match in _ONE.finditer(text):
        unit = unit_at(text, *match.span(), (language,))
        if any(each.startswith("duration-") for each in unit):
            yield match, unit


def _ends(name: str, after: str, language: str) -> bool:
    stem = _STEM - (language == "tr")
    whole = not name[-1:].isalpha() or not after[:1].isalnum()
    return whole or bool(_UNSPACED.search(name)) or (len(name) >= stem and after[:1].isalpha())


def units_named(text: str, languages: Iterable[str]) -> frozenset[str]:
    """Return the units whose names stand in a text as words, with a number or without ("an hour")."""
    words = re.findall(r"[^\W\d_]{3,}", _plain(text))
    return frozenset(
        unit for language in languages for word in words for unit in _names(language).get(word, frozenset())
    )
