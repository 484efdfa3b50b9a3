"""English captions into speech: what is said for amounts, measures, dates, codes and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from livestream.text import lexicon
from livestream.text.english import TENS, cardinal, digits, letters, number, ordinal, year
from livestream.text.english_money import english_money
from livestream.text.english_numerals import ENGLISH_NUMBERS
from livestream.text.languages import ALONE, NUMBER, Language, Place, Reader, Reading
from livestream.text.spoken import read

_NUM = NUMBER
_SIGN = "|".join(re.escape(sign) for sign in sorted(lexicon.CURRENCY_SIGNS, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(lexicon.UNITS, key=len, reverse=True))
_SCALE = "thousand|million|billion|trillion"
_CODE = "USD|EUR|GBP|CAD|AUD|NZD|MXN|BRL|JPY|CNY|KRW|INR|CHF|PLN|TRY|SGD|HKD"
_MARKED = re.compile(rf"(?:{_NUM}|(?:\d+-)?\d+/\d+)(?:\"|″|”|''|'(?!\w)|′)")
_JOINED = (
    re.compile(rf"(?:{_SIGN}){_NUM} (?:{_SCALE})\b"),
    re.compile(rf"(?<!\S){_NUM} (?:{_CODE})\b"),
    re.compile(rf"\b(?:{_CODE}) {_NUM}(?!\S*[a-zA-Z%])"),
    re.compile(r"(?<!\S)\d+ \d+/\d+(?![\d/])"),
)


def _read(core: str, place: Place) -> str:
    return read(_READING, core, place)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _money(match: re.Match[str], _place: Place) -> str:
    fields = match.groupdict()
    code = fields.get("code") or lexicon.CURRENCY_SIGNS[fields["sign"]]
    scale = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
    word = fields.get("scale") or ""
    amount = _decimal(fields["n"])
    if not word:
        return english_money(amount, code)
    unit = english_money(Decimal(2), code).removeprefix("two ")
    return f"{number(amount)} {scale.get(word.lower(), word.lower())} {unit}"


def _range(match: re.Match[str], place: Place) -> str:
    left, right = match["left"], match["right"]
    sign = re.match(_SIGN, left)
    if sign and not re.match(_SIGN, right):
        left, right = left[sign.end() :], f"{sign.group()}{right}"
    return f"{_read(left, place)} to {_read(right, place)}"


def _percent(match: re.Match[str], _place: Place) -> str:
    return f"{number(_decimal(match['n']))} percent"


def _degrees(match: re.Match[str], _place: Place) -> str:
    scale = {"c": " Celsius", "f": " Fahrenheit", "": ""}[(match["scale"] or "").lower()]
    sign = "minus " if match["minus"] else ""
    return f"{sign}{number(_decimal(match['n']))} {'degree' if match['n'] == '1' else 'degrees'}{scale}"


def _dimensions(match: re.Match[str], place: Place) -> str:
    sides = re.split("[x×]", match["sides"])
    words = " by ".join(number(_decimal(side)) for side in sides)
    return f"{words} {_unit_word(match['unit'], sides[-1], place)}" if match["unit"] else words


def _measure(match: re.Match[str], place: Place) -> str:
    hyphen = "-" in match["gap"]
    if hyphen:
        return f"{number(_decimal(match['n']))} {lexicon.UNITS[match['unit']][0]}"
    return f"{number(_decimal(match['n']))} {_unit_word(match['unit'], match['n'], place)}"


def _marked(match: re.Match[str], place: Place) -> str:
    unit = "ft" if match["mark"] in {"'", "′"} else "in"
    one, many = lexicon.UNITS[unit]
    return f"{_read(match['n'].replace('-', ' '), place)} {one if _adjective(place) or match['n'] == '1' else many}"


def _unit_word(unit: str, amount: str, place: Place) -> str:
    one, many = lexicon.UNITS[unit]
    return one if _decimal(amount) == 1 or _adjective(place) else many


def _adjective(place: Place) -> bool:
    return bool(place.after) and not place.stopped and place.after not in lexicon.AFTER_PLURAL and place.after.isalpha()


def _fraction(match: re.Match[str], _place: Place) -> str:
    upper, lower = int(match["upper"]), int(match["lower"])
    if (upper, lower) == (24, 7):
        return "twenty-four seven"
    if lower not in lexicon.DENOMINATORS:
        return f"{cardinal(upper)} over {cardinal(lower)}"
    one, many = lexicon.DENOMINATORS[lower]
    whole = int(match["whole"]) if match["whole"] else 0
    if whole:
        share = f"a {one}" if upper == 1 else f"{cardinal(upper)} {many}"
        return f"{cardinal(whole)} and {share}"
    return f"one {one}" if upper == 1 else f"{cardinal(upper)} {many}"


def _ordinal(match: re.Match[str], _place: Place) -> str:
    return ordinal(int(match["n"].replace(",", "")))


def _decade(match: re.Match[str], _place: Place) -> str:
    tens = int(match["tens"])
    if not tens:
        return ""
    plural = "tens" if tens == 1 else f"{TENS[tens][:-1]}ies"
    return f"{cardinal(int(match['century']))} {plural}" if match["century"] else plural


def _time(match: re.Match[str], _place: Place) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 24 or minute > 59:
        return ""
    half = letters(match["half"].replace(".", "")) if match["half"] else ""
    if minute:
        minutes = f"oh {cardinal(minute)}" if minute < 10 else cardinal(minute)
        return f"{cardinal(hour)} {minutes} {half}".strip()
    return f"{cardinal(hour)} {half}" if half else f"{cardinal(hour)} o'clock"


def _date(match: re.Match[str], _place: Place) -> str:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    years = int(match["year"])
    return f"{lexicon.MONTHS[month - 1]} {ordinal(day)}, {year(years + 2000 if years < 100 else years)}"


def _plain_number(match: re.Match[str], place: Place) -> str:
    text = match["n"]
    sign = "minus " if match["minus"] else ""
    if len(text) > 1 and text[0] == "0" and text.isdigit():
        return sign + digits(text)
    if text.isdigit() and not sign:
        value = int(text)
        if place.before in lexicon.MONTH_WORDS and 1 <= value <= 31:
            return ordinal(value)
        if len(text) == 4 and 1900 <= value <= 2099 and _dates(place.before):
            return year(value)
    return sign + number(_decimal(text))


def _dates(before: str) -> bool:
    return before in {"in", "since", "est", "©", "of", "year"} or before in lexicon.MONTH_WORDS or before.isdigit()


def _hash(match: re.Match[str], _place: Place) -> str:
    return f"number {cardinal(int(match['n']))}"


def _hyphenated(match: re.Match[str], _place: Place) -> str:
    parts = match.group().split("-")
    said = [_read(part, ALONE) for part in parts if part]
    joined = len(parts) == 2 and parts[1].lower() in lexicon.MEASURES
    return "-".join(said) if joined else " ".join(said)


def _code(match: re.Match[str], _place: Place) -> str:
    """Return a code: short runs of capitals and three digits or more one by one, words as words."""
    said = []
    for run in re.findall(r"\d+|[^\W\d_]+", match.group()):
        if run.isdecimal():
            said.append(cardinal(int(run)) if len(run) <= 2 and run[0] != "0" else digits(run))
        else:
            said.append(letters(run) if run.isupper() and len(run) <= 4 else run)
    return " ".join(said)


def _lines(match: re.Match[str], _place: Place) -> str:
    return f"{year(int(match['n']))} {match['scan']}"


def _word(core: str, place: Place) -> str:
    lowered = core.lower()
    for known in (_sign_or_half, _unit, _abbreviation):
        said = known(core, lowered, place)
        if said:
            return said
    for sign, word in (("&", " and "), ("+", " plus "), ("/", ", "), ("–", " to "), ("—", ", ")):
        if sign in core and len(core) > 1:
            return word.join(_read(part, ALONE) for part in core.split(sign)).strip(" ,")
    return re.sub(_NUM, lambda match: f" {number(_decimal(match.group()))} ", core)


def _sign_or_half(core: str, lowered: str, place: Place) -> str:
    if lowered in {"x", "×"} and _numeric(place.before) and _numeric(place.after):
        return "by"
    if lowered in {"am", "pm", "a.m", "p.m"} and _numeric(place.before):
        return letters(core.replace(".", ""))
    return lexicon.SIGNS.get(lowered, "")


def _unit(core: str, lowered: str, place: Place) -> str:
    amount = "2" if place.before == "fl" and lowered == "oz" else re.split("[x×]", place.before)[-1]
    if core in lexicon.UNITS and core not in lexicon.GLUED_ONLY and re.fullmatch(_NUM, amount):
        return _unit_word(core, amount, place)
    return "fluid" if lowered == "fl" and place.after == "oz" else ""


def _abbreviation(core: str, lowered: str, place: Place) -> str:
    if lowered in lexicon.MONTH_WORDS and core[0].isupper() and place.after[:1].isdigit():
        return lexicon.MONTH_WORDS[lowered]
    if lowered == "no" and place.stopped and place.after[:1].isdigit():
        return "number"
    if lowered in lexicon.DOTTED and not place.stopped:
        return ""
    return lexicon.ABBREVIATIONS.get(lowered, "")


def _numeric(word: str) -> bool:
    return word[:1].isdigit() or any("\ue000" <= char <= "\uf8ff" for char in word)


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(rf"(?P<sign>{_SIGN})(?P<n>{_NUM})(?: ?(?P<scale>{_SCALE}|[kKmM]|bn))?"), _money),
    (re.compile(rf"(?P<n>{_NUM}) ?(?P<sign>€|£|zł|₽|₺)"), _money),
    (re.compile(rf"(?P<n>{_NUM}) (?P<code>{_CODE})"), _money),
    (re.compile(rf"(?P<code>{_CODE}) (?P<n>{_NUM})"), _money),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"), _date),
    (re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})"), _date),
    (re.compile(r"(?P<left>\d{1,2}:\d{2})[-–](?P<right>\d{1,2}:\d{2})"), _range),
    (re.compile(rf"(?P<left>(?:{_SIGN})?{_NUM})[-–](?P<right>(?:{_SIGN})?{_NUM}(?:%|°[CF]?|{_UNIT})?)"), _range),
    (re.compile(rf"(?P<n>{_NUM}) ?%"), _percent),
    (re.compile(rf"(?P<minus>[-−])?(?P<n>{_NUM}) ?[°º] ?(?P<scale>[CcFf])?"), _degrees),
    (re.compile(rf"(?P<sides>{_NUM}(?:[x×]{_NUM})+) ?(?P<unit>{_UNIT})?"), _dimensions),
    (re.compile(r"'?(?P<century>1[89]|20)?(?P<tens>\d)0s"), _decade),
    (re.compile(rf"(?P<n>{_NUM})(?P<gap>-?)(?P<unit>{_UNIT})"), _measure),
    (re.compile(rf"(?P<n>{_NUM}|(?:\d+-)?\d+/\d+)(?P<mark>\"|″|”|''|'|′)"), _marked),
    (re.compile(r"(?:(?P<whole>\d+) )?(?P<upper>\d{1,2})/(?P<lower>[1-9]\d?)"), _fraction),
    (re.compile(r"(?P<n>\d[\d,]*)(?:st|nd|rd|th|ST|ND|RD|TH)"), _ordinal),
    (re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2}) ?(?P<half>[ap]\.?m\.?)?", re.IGNORECASE), _time),
    (re.compile(r"(?P<hour>\d{1,2})(?P<minute>)(?P<half>[ap]\.?m\.?)", re.IGNORECASE), _time),
    (re.compile(rf"(?P<minus>[-−])?(?P<n>{_NUM})"), _plain_number),
    (re.compile(r"[#№](?P<n>\d{1,6})"), _hash),
    (re.compile(rf"{_NUM}(?:st|nd|rd|th)?(?:-[^\W\d_]+)+(?:-{_NUM})?"), _hyphenated),
    (re.compile(r"(?P<n>\d{3,4})(?P<scan>[pi])"), _lines),
    (re.compile(r"(?=.*\d)[\w-]+"), _code),
)  # fmt: skip
_READING = Reading(_JOINED, _MARKED, _READERS, _word, lexicon.STOPPED)


def _listing(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


LANGUAGE = Language(ENGLISH_NUMBERS, _READING, english_money, _listing, lexicon.SIZES)
