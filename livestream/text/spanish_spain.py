"""Spanish captions into speech as in Spain: a decimal comma, euros, vatios, and sizes that are pequeñas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from livestream.text import spanish_lexicon as lexicon
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import Coinage, Noun, Words, make_money, make_reading
from livestream.text.spanish import LETTERS, Gender, cardinal
from livestream.text.spanish_money import UNITS as MONEY
from livestream.text.spanish_numerals import SPANISH_NUMBERS
from livestream.text.spanish_reading import (
    FIRST_OF_MONTH,
    FRACTION,
    HALF_DAY,
    JOINED,
    ORDINAL,
    TELEPHONE,
    first_of_month,
    fraction_of,
    listing,
    noun_of,
    ordinal_of,
    telephone_of,
    time_of,
)

_UNITS = {short: Noun(one, many, gender) for short, (gender, one, many) in lexicon.UNITS.items()} | {
    "W": Noun("vatio", "vatios", "m"),
    "kW": Noun("kilovatio", "kilovatios", "m"),
    "Wh": Noun("vatio hora", "vatios hora", "m"),
    "kWh": Noun("kilovatio hora", "kilovatios hora", "m"),
    "V": Noun("voltio", "voltios", "m"),
    "A": Noun("amperio", "amperios", "m"),
    "mAh": Noun("miliamperio hora", "miliamperios hora", "m"),
}
_CURRENCIES = {
    code: Coinage(Noun(one, many, gender), Noun(hundredth, hundredths, "m") if hundredth else None)
    for code, (gender, one, many, hundredth, hundredths) in MONEY.items()
}
_OF_THE_CLOCK = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2}) ?h")
_SIZES = {letters: size.replace("chica", "pequeña") for letters, size in lexicon.SIZES.items()}


def _counted(number: int, gender: str) -> str:
    known: dict[str, Gender] = {"m": "m", "f": "f"}
    return cardinal(number, known.get(gender, ""))


def _date(day: int, month: int, year: int) -> str:
    return f"{cardinal(day)} de {lexicon.MONTHS[month - 1]} de {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    said = "una" if hour == 1 else cardinal(hour, "f")
    return (
        f"{said} {cardinal(minute)}"
        if minute >= 10
        else f"{said} con {cardinal(minute)}"
        if minute
        else f"{said} en punto"
    )


def _clock(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    return f"{_time(hour, minute).removesuffix(' en punto')} horas" if hour <= 24 and minute <= 59 else ""


def _share(upper: int, lower: int) -> str:
    if lower not in lexicon.DENOMINATORS:
        return f"{cardinal(upper)} sobre {cardinal(lower)}"
    one, many = lexicon.DENOMINATORS[lower]
    return one if (upper, lower) == (1, 2) else f"un {one}" if upper == 1 else f"{cardinal(upper)} {many}"


def _first(words: Sequence[str]) -> tuple[Decimal, int]:
    return SPANISH_NUMBERS.first(["punto" if word == "coma" else word for word in words])


WORDS = Words(
    cldr="es_ES",
    cardinal=cardinal,
    counted=_counted,
    noun=noun_of,
    point="coma",
    minus="menos",
    percent="por ciento",
    degree=Noun("grado", "grados", "m"),
    by="por",
    to="a",
    also="y",
    plus="más",
    pound_sign="número",
    times="{n} veces",
    date=_date,
    time=_time,
    share=_share,
    units=_UNITS,
    glued=lexicon.GLUED_ONLY,
    currencies=_CURRENCIES,
    short="{whole} con {cents}",
    of="de {}".format,
    signs=lexicon.SIGNS | {"c/u": "cada unidad"},
    abbreviations=lexicon.ABBREVIATIONS,
    dotted=lexicon.DOTTED,
    stopped=lexicon.STOPPED,
    letters=LETTERS,
    joined=(*JOINED, re.compile(rf"(?<!\S){_OF_THE_CLOCK.pattern}\b")),
    readers=(
        (TELEPHONE, telephone_of),
        (FIRST_OF_MONTH, first_of_month),
        (ORDINAL, ordinal_of),
        (FRACTION, fraction_of),
        (HALF_DAY, time_of),
        (_OF_THE_CLOCK, _clock),
    ),
)
LANGUAGE = Language(
    replace(SPANISH_NUMBERS, decimal=",", first=_first, links=SPANISH_NUMBERS.links | {"coma"}),
    make_reading(WORDS),
    make_money(WORDS),
    listing,
    _SIZES,
    lexicon.COMMON,
)
