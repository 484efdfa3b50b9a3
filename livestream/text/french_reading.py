"""French captions into speech: the words of the language, and the shapes that are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from livestream.text import french_words as lexicon
from livestream.text.french import cardinal, counted, decimals, ordinal
from livestream.text.french_numerals import FRENCH_NUMBERS
from livestream.text.languages import Language, Place
from livestream.text.plain_reading import Noun, Words, make_money, make_reading

_MONTH = "|".join(lexicon.MONTHS)
_VOWEL = re.compile("[aeiouyéè]")


def _noun(place: Place) -> str:
    """Return the gender of the noun that a number counts; where it counts none, ""."""
    after = place.after
    if place.stopped or not after.isalpha() or after in lexicon.NO_NOUN or place.before in lexicon.NAMES_A_NUMBER:
        return ""
    return "f" if after.endswith(lexicon.FEMININE_ENDS) else "m"


def _of(name: str) -> str:
    return f"d'{name}" if _VOWEL.match(name) else f"de {name}"


def _singular(value: Decimal) -> bool:
    return abs(value) < 2


def _date(day: int, month: int, year: int) -> str:
    first = "premier" if day == 1 else cardinal(day)
    return f"{first} {lexicon.MONTHS[month - 1]} {cardinal(year)}"


def _time(hour: int, minute: int) -> str:
    said = f"{counted(hour, 'f')} heure{'s' if hour > 1 else ''}"
    return f"{said} {counted(minute, 'f')}" if minute else said


def _share(upper: int, lower: int) -> str:
    if lower not in lexicon.SHARES:
        return ""
    one, many = lexicon.SHARES[lower]
    return f"un {one}" if upper == 1 else f"{cardinal(upper)} {many}"


def _half(match: re.Match[str], place: Place) -> str:
    noun = _noun(place)
    if match["whole"]:
        return f"{counted(int(match['whole']), noun)} et {'demie' if noun == 'f' else 'demi'}"
    return f"{'une' if noun == 'f' else 'un'} demi"


def _first_of_month(match: re.Match[str], _place: Place) -> str:
    return f"premier {match['month']}"


def _ordinal(match: re.Match[str], place: Place) -> str:
    number, end = int(match["n"]), match["end"].lower()
    if number == 1 and end not in {"er", "ers", "re", "res", "ère", "ere", "ères"}:
        return ""
    if end.startswith("n"):
        return "" if number != 2 else "seconde" if end.startswith("nde") else "second"
    return ordinal(number, "f" if end.startswith(("r", "è", "ere")) and number == 1 else _noun(place))


def _clock(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    return _time(hour, minute) if hour <= 24 and minute <= 59 else ""


def _opening_hours(match: re.Match[str], place: Place) -> str:
    left, right = (_HOUR.fullmatch(match[side]) for side in ("left", "right"))
    said = [_clock(hour, place) for hour in (left, right) if hour]
    return f"{said[0]} à {said[1]}" if all(said) else ""


def _always(match: re.Match[str], _place: Place) -> str:
    what = "heures" if match["what"] == "h" else "jours"
    return f"{cardinal(int(match['n']))} {what} sur {cardinal(int(match['of']))}"


def _number_sign(match: re.Match[str], _place: Place) -> str:
    return f"numéro {cardinal(int(match['n']))}"


_HOUR = re.compile(r"(?P<hour>\d{1,2}) ?[h:] ?(?P<minute>\d{2})?")
_JOINED = (
    re.compile(rf"(?<!\S)1er (?:{_MONTH})\b", re.IGNORECASE),
    re.compile(r"(?<![^\s(])\d{1,2} ?h ?(?:\d{2})?(?: ?[-–] ?\d{1,2} ?h ?(?:\d{2})?)?(?![\w/])"),
    re.compile(r"(?<!\S)[nN][°º] \d{1,6}\b"),
    re.compile(r"(?<!\S)p\. ex\.", re.IGNORECASE),
)
_READERS = (
    (re.compile(rf"1er (?P<month>{_MONTH})", re.IGNORECASE), _first_of_month),
    (re.compile(r"(?P<left>\d{1,2} ?h ?(?:\d{2})?) ?[-–] ?(?P<right>\d{1,2} ?h ?(?:\d{2})?)"), _opening_hours),
    (re.compile(r"(?P<hour>\d{1,2}) ?h ?(?P<minute>\d{2})?"), _clock),
    (re.compile(r"(?P<n>\d{1,2}) ?(?P<what>[hj])/(?P<of>\d{1,2})"), _always),
    (re.compile(r"(?P<n>\d{1,3})(?P<end>ers?|res?|ères?|ere|nde?s?|e|è|[eè]mes?)", re.IGNORECASE), _ordinal),
    (re.compile(r"[nN][°º] ?(?P<n>\d{1,6})"), _number_sign),
    (re.compile(r"(?:(?P<whole>\d{1,2}) )?1/2"), _half),
)  # fmt: skip

WORDS = Words(
    cldr="fr_FR",
    cardinal=cardinal,
    counted=counted,
    decimals=decimals,
    point="virgule",
    minus="moins",
    percent="pour cent",
    degree=Noun("degré", "degrés", "m"),
    by="par",
    to="à",
    also="et",
    plus="plus",
    pound_sign="numéro",
    times="{n} fois",
    date=_date,
    time=_time,
    share=_share,
    units=lexicon.UNITS,
    currencies=lexicon.CURRENCIES,
    short="{notes} {cents}",
    noun=_noun,
    singular=_singular,
    of=_of,
    spaced=True,
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
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} et {items[-1]}"


LANGUAGE = Language(FRENCH_NUMBERS, make_reading(WORDS), make_money(WORDS), _listing, lexicon.SIZES, lexicon.COMMON)
