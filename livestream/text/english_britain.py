"""English captions into speech as in Britain: an "and" inside numbers, the day before the month, pence."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from livestream.text.english import ONES, ORDINALS, TENS, cardinal, digits, ordinal
from livestream.text.english_money import english_money
from livestream.text.english_reading import LANGUAGE as AMERICAN
from livestream.text.languages import Place, Reader

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SCALE = "thousand|million|billion|trillion"
_BELOW_HUNDRED = "|".join((*ONES[1:], *TENS[2:], *ORDINALS.values(), r"\w{3,7}th", r"\w{3,7}ieth"))
_AND = re.compile(
    rf"\b(?:hundred(?= (?:{_BELOW_HUNDRED})\b)"
    rf"|(?:{_SCALE})(?= (?:{_BELOW_HUNDRED})\b(?:-\w+)?(?! (?:hundred|{_SCALE}))))"
)
"""Where a British number has an "and": behind hundreds, and behind thousands of which less than a hundred is left."""


def _british(said: str) -> str:
    return _AND.sub(lambda found: f"{found.group()} and", said)


def _reader(reader: Reader) -> Reader:
    return lambda match, place: _british(reader(match, place))


def _word(core: str, place: Place) -> str:
    return _british(AMERICAN.reading.word(core, place))


def _money(amount: Decimal, currency: str, short: bool = False) -> str:
    return _british(english_money(amount, currency, short))


def _date(match: re.Match[str], _place: Place) -> str:
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    said = _british(f"the {ordinal(day)} of {_MONTHS[month - 1]}")
    return f"{said} {_year(year + 2000 if year < 100 else year)}"


def _year(year: int) -> str:
    century, rest = divmod(year, 100)
    if rest >= 10 and century != 20:
        return f"{cardinal(century)} {cardinal(rest)}"
    return _british(cardinal(year))


def _long_date(match: re.Match[str], _place: Place) -> str:
    said = f"the {ordinal(int(match['day']))} of {match['month']}"
    return f"{said} {_year(int(match['year']))}" if match["year"] else said


def _time(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 23 or minute > 59:
        return ""
    past = f"oh {cardinal(minute)}" if 0 < minute < 10 else cardinal(minute) if minute else ""
    return " ".join(part for part in (cardinal(hour), past, " ".join(match["half"].upper())) if part)


def _pence(match: re.Match[str], _place: Place) -> str:
    return f"{cardinal(int(match['n']))} {'penny' if match['n'] == '1' else 'pence'}"


def _telephone(match: re.Match[str], _place: Place) -> str:
    plus = "plus " if match.group().startswith("+") else ""
    return plus + ", ".join(digits(group) for group in re.findall(r"\d+", match.group()))


_MONTH = "|".join(_MONTHS)
_CLOCK = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2}) ?(?P<half>[ap]m)"
_TELEPHONE = r"(?:\+44 ?|0)\d{2,4}(?: \d{3,4}){1,2}"
_LONG_DATE = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?"
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(_LONG_DATE), _long_date),
    (re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})"), _date),
    (re.compile(_CLOCK, re.IGNORECASE), _time),
    (re.compile(_TELEPHONE), _telephone),
    (re.compile(r"(?P<n>\d{1,2})p"), _pence),
)
_READING = replace(
    AMERICAN.reading,
    joined=(
        re.compile(rf"(?<!\S)\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})(?: \d{{4}})?\b"),
        re.compile(r"(?<!\S)\d{1,2}[.:]\d{2} [ap]m\b", re.IGNORECASE),
        re.compile(rf"(?<!\S){_TELEPHONE}(?!\S)"),
        *AMERICAN.reading.joined,
    ),
    readers=(*_READERS, *((pattern, _reader(reader)) for pattern, reader in AMERICAN.reading.readers)),
    word=_word,
)
LANGUAGE = replace(AMERICAN, reading=_READING, money=_money)
