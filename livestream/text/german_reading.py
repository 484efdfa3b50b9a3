"""German captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from livestream.text import german_words as lexicon
from livestream.text.german import cardinal, counted, ordinal, year
from livestream.text.german_numerals import GERMAN_NUMBERS
from livestream.text.languages import ALONE, Language, Place
from livestream.text.plain_reading import Noun, Words, make_money, make_reading

_MONTH = "|".join(lexicon.MONTHS)
_RANKED = "Etage|Stock|Platz|Gang|Auflage|Generation|Klasse|Wahl|Advent|Mal|Geburtstag|Stufe|Saison"
_INFLECTED = frozenset({"am", "vom", "zum", "dem", "den", "bis", "ab", "seit", "der", "im", "des", "beim"})
_YEARS_AFTER = frozenset(
    {"in", "seit", "von", "jahr", "jahre", "ab", "anno", "baujahr", *map(str.lower, lexicon.MONTHS)}
)


def _noun(place: Place) -> str:
    """Return the gender of the noun that a number counts; where it counts none, ""."""
    after = place.after
    if place.stopped or not after.isalpha() or after in lexicon.NO_NOUN or place.before in lexicon.NAMES_A_NUMBER:
        return ""
    return "f" if after.endswith(lexicon.FEMININE_ENDS) else "m"


def _date(day: int, month: int, in_year: int) -> str:
    return f"{ordinal(day)} {lexicon.MONTHS[month - 1]} {year(in_year)}"


def _time(hour: int, minute: int) -> str:
    return f"{counted(hour, 'm')} Uhr {cardinal(minute)}" if minute else f"{counted(hour, 'm')} Uhr"


def _share(upper: int, lower: int) -> str:
    return f"{counted(upper, 'm')} {lexicon.SHARES[lower]}" if lower in lexicon.SHARES else ""


def _end(place: Place) -> str:
    return "en" if place.before in _INFLECTED else "er"


def _day(match: re.Match[str], place: Place) -> str:
    said = f"{ordinal(int(match['day']), _end(place))} {match['month']}"
    return f"{said} {year(int(match['year']))}" if match["year"] else said


def _short_date(match: re.Match[str], place: Place) -> str:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    in_year = int(match["year"])
    said = f"{ordinal(day, _end(place))} {lexicon.MONTHS[month - 1]}"
    return f"{said} {year(in_year + 2000 if in_year < 100 else in_year)}"


def _rank(match: re.Match[str], place: Place) -> str:
    feminine = match["noun"] in {"Etage", "Auflage", "Generation", "Klasse", "Wahl", "Stufe", "Saison"}
    end = "en" if place.before in _INFLECTED else "e" if feminine or place.before in {"das", "die"} else "er"
    return f"{ordinal(int(match['n']), end)} {match['noun']}"


def _clock(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    return _time(hour, minute) if hour <= 24 and minute <= 59 else ""


def _half(match: re.Match[str], place: Place) -> str:
    if match["whole"]:
        return f"{counted(int(match['whole']), 'm')}einhalb"
    unit = lexicon.UNITS.get(place.after)
    gender = unit.gender if unit else _noun(place)
    return {"f": "eine halbe", "m": "ein halber", "n": "ein halbes", "": "ein halb"}[gender]


def _opening_hours(match: re.Match[str], _place: Place) -> str:
    left, right = (_HOUR.fullmatch(match[side]) for side in ("left", "right"))
    said = [_clock(hour, ALONE) for hour in (left, right) if hour]
    return f"{said[0].removesuffix(' Uhr')} bis {said[1]}" if all(said) else ""


def _in_one_word(match: re.Match[str], _place: Place) -> str:
    return f"{counted(int(match['n']), 'm')}{match['rest']}"


def _of_many(match: re.Match[str], _place: Place) -> str:
    what = f" {match['what']}" if match["what"] else ""
    return f"{cardinal(int(match['n'])).capitalize() if what else cardinal(int(match['n']))}er{what}"


def _whole_price(match: re.Match[str], _place: Place) -> str:
    return f"{counted(int(match['n'].replace('.', '')), 'm')} Euro"


def _year(match: re.Match[str], place: Place) -> str:
    return year(int(match["n"])) if place.before in _YEARS_AFTER else ""


def _round_the_clock(_match: re.Match[str], _place: Place) -> str:
    return "vierundzwanzig sieben"


_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?: Uhr)?")
_JOINED = (
    re.compile(r"(?<!\S)\d{1,2}(?:[:.]\d{2})? ?[-–] ?\d{1,2}(?:[:.]\d{2})? Uhr\b"),
    re.compile(rf"(?<!\S)\d{{1,2}}\. (?:{_MONTH})(?: \d{{4}})?\b"),
    re.compile(rf"(?<!\S)\d{{1,2}}\. (?:{_RANKED})\b"),
    re.compile(r"(?<!\S)\d{1,2}(?:[:.]\d{2})? Uhr\b"),
    re.compile(r"(?<!\S)(?:z\. ?B|d\. ?h|u\. ?a)\.", re.IGNORECASE),
    re.compile(r"(?<!\S)\d[\d.]*,[-–—]+ ?(?:€|Euro\b|EUR\b)"),
)
_READERS = (
    (re.compile(rf"(?P<day>\d{{1,2}})\. (?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?"), _day),
    (re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})"), _short_date),
    (re.compile(rf"(?P<n>\d{{1,2}})\. (?P<noun>{_RANKED})"), _rank),
    (re.compile(r"(?P<left>\d{1,2}(?:[:.]\d{2})?) ?[-–] ?(?P<right>\d{1,2}(?:[:.]\d{2})?) Uhr"), _opening_hours),
    (re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? Uhr"), _clock),
    (re.compile(r"(?:(?P<whole>\d{1,2}) )?1/2"), _half),
    (re.compile(r"(?P<n>\d{1,3}(?:\.\d{3})*),[-–—]+ ?(?:€|Euro|EUR)"), _whole_price),
    (re.compile(r"(?P<n>\d{1,4})-?(?P<rest>(?:fach|mal|[a-zäöüß]{3,9}ig)(?:e[nrsm]?)?)"), _in_one_word),
    (re.compile(r"(?P<n>\d{1,3})er(?:-(?P<what>[^\W\d_]+))?"), _of_many),
    (re.compile(r"(?P<n>1[1-9]\d\d)"), _year),
    (re.compile(r"24/7"), _round_the_clock),
)  # fmt: skip

WORDS = Words(
    cldr="de_DE",
    cardinal=cardinal,
    counted=counted,
    point="Komma",
    minus="minus",
    percent="Prozent",
    degree=Noun("Grad", "Grad", "m"),
    by="mal",
    to="bis",
    also="und",
    plus="plus",
    pound_sign="Nummer",
    times="{n}mal",
    date=_date,
    time=_time,
    share=_share,
    units=lexicon.UNITS,
    currencies=lexicon.CURRENCIES,
    short="{notes} {cents}",
    noun=_noun,
    clock="Uhr|h",
    glued=lexicon.GLUED,
    currency_signs=lexicon.SIGNS_OF_CURRENCIES,
    signs=lexicon.SIGNS,
    abbreviations=lexicon.ABBREVIATIONS,
    dotted=lexicon.DOTTED,
    stopped=lexicon.STOPPED,
    letters=lexicon.LETTERS,
    joined=_JOINED,
    readers=_READERS,
)


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} und {items[-1]}"


LANGUAGE = Language(GERMAN_NUMBERS, make_reading(WORDS), make_money(WORDS), _listing, lexicon.SIZES, lexicon.COMMON)
