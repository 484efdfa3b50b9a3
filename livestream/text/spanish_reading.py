"""Spanish captions into speech, as in Mexico: what is said for amounts, measures, dates, codes and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from livestream.text import spanish_lexicon as lexicon
from livestream.text.languages import ALONE, NUMBER, Language, Place, Reader, Reading
from livestream.text.spanish import Gender, cardinal, digits, letters, number, ordinal
from livestream.text.spanish_money import spanish_money
from livestream.text.spanish_numerals import SPANISH_NUMBERS
from livestream.text.spoken import read

_SIGN = "|".join(re.escape(sign) for sign in sorted(lexicon.CURRENCY_SIGNS, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(lexicon.UNITS, key=len, reverse=True))
_PARTED = "|".join(re.escape(unit) for unit in lexicon.UNITS if unit not in lexicon.GLUED_ONLY)
_MONTH = "|".join(lexicon.MONTHS)
_SCALE = "mil|millón|millones|billones"
_CODE = "USD|EUR|GBP|CAD|AUD|NZD|MXN|BRL|JPY|CNY|KRW|INR|CHF|PLN|TRY|SGD|HKD"
_MARKED = re.compile(rf"(?:{NUMBER}|(?:\d+-)?\d+/\d+)(?:\"|″|”|''|'(?!\w)|′)")
TELEPHONE = re.compile(r"(?:\+\d{2} )?(?:\d{2} \d{4} \d{4}|[679]\d{2} \d{3} \d{3}|[89]\d \d{3} \d{2} \d{2})")
FRACTION = re.compile(r"(?:(?P<whole>\d+) )?(?P<upper>\d{1,2})/(?P<lower>[1-9]\d?)")
FIRST_OF_MONTH = re.compile(rf"1º? de (?P<month>{_MONTH})", re.IGNORECASE)
_HALF = r"(?P<half>[ap]\.? ?m\.?)"
HALF_DAY = re.compile(rf"(?P<hour>\d{{1,2}})(?::(?P<minute>\d{{2}}))? ?{_HALF}", re.IGNORECASE)
JOINED = (
    re.compile(rf"(?<!\S){TELEPHONE.pattern}(?!\S*\d)"),
    re.compile(r"(?<!\S)\d{1,2}(?::\d{2})? [ap]\.? ?m\b", re.IGNORECASE),
    re.compile(rf"(?<!\S)1º? de (?:{_MONTH})\b", re.IGNORECASE),
    re.compile(r"(?<!\S)\d+ \d+/\d+(?![\d/])"),
)
"""What stands in several words and is read at one time, wherever Spanish is spoken."""
_JOINED = (
    *JOINED,
    re.compile(rf"(?<!\S){NUMBER} (?:{_PARTED})(?![\w./])"),
    re.compile(rf"(?:{_SIGN}) {NUMBER}(?!\S*[a-zA-Z%])"),
    re.compile(rf"(?:{_SIGN}){NUMBER} (?:{_SCALE})\b"),
    re.compile(rf"(?<!\S)(?:{_SIGN})?{NUMBER} (?:{_CODE})\b"),
    re.compile(rf"\b(?:{_CODE}) {NUMBER}(?!\S*[a-zA-Z%])"),
)


def _read(core: str, place: Place) -> str:
    return read(_READING, core, place)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def noun_of(place: Place) -> Gender:
    """Return the gender of the noun that a number before it counts; "" where it counts none."""
    after = place.after
    if after in lexicon.GENDERS:
        return lexicon.GENDERS[after]
    if place.stopped or not after.isalpha() or after in lexicon.NO_NOUN or place.before in lexicon.NAMES_A_NUMBER:
        return ""
    return "f" if after.endswith(lexicon.FEMININE) and after not in lexicon.MASCULINE else "m"


def _money(match: re.Match[str], _place: Place) -> str:
    fields = match.groupdict()
    code = fields.get("code") or lexicon.CURRENCY_SIGNS[fields["sign"]]
    amount = _decimal(fields["n"])
    scale = {"k": "mil", "m": "millones"}.get((fields.get("scale") or "").lower(), fields.get("scale"))
    if not scale:
        return spanish_money(amount, code)
    unit = spanish_money(Decimal(2), code).removeprefix("dos ")
    return f"{number(amount, 'm')} {scale} {'de ' if scale != 'mil' else ''}{unit}"


def _range(match: re.Match[str], place: Place) -> str:
    left, right = match["left"], match["right"]
    sign = re.match(_SIGN, left)
    if sign and not re.match(_SIGN, right):
        left, right = left[sign.end() :], f"{sign.group()}{right}"
    return f"{_read(left, place)} a {_read(right, place)}"


def _percent(match: re.Match[str], _place: Place) -> str:
    return f"{number(_decimal(match['n']))} por ciento"


def _degrees(match: re.Match[str], place: Place) -> str:
    if match["sign"] == "º" and not match["scale"] and match["n"].isdigit() and 0 < int(match["n"]) <= 10:
        return ordinal(int(match["n"]), noun_of(place))
    scale = {"c": " Celsius", "f": " Fahrenheit", "": ""}[(match["scale"] or "").lower()]
    sign = "menos " if match["minus"] else ""
    return f"{sign}{number(_decimal(match['n']), 'm')} {'grado' if match['n'] == '1' else 'grados'}{scale}"


def _dimensions(match: re.Match[str], _place: Place) -> str:
    sides = re.split("[x×]", match["sides"])
    words = " por ".join(number(_decimal(side)) for side in sides)
    return f"{words} {_unit_word(match['unit'], sides[-1])}" if match["unit"] else words


def _measure(match: re.Match[str], _place: Place) -> str:
    return f"{number(_decimal(match['n']), lexicon.UNITS[match['unit']][0])} {_unit_word(match['unit'], match['n'])}"


def _marked(match: re.Match[str], place: Place) -> str:
    unit = "ft" if match["mark"] in {"'", "′"} else "in"
    if "/" not in match["n"]:
        return f"{number(_decimal(match['n']), lexicon.UNITS[unit][0])} {_unit_word(unit, match['n'])}"
    many = "-" in match["n"]
    return f"{_read(match['n'].replace('-', ' '), place)} {'' if many else 'de '}{lexicon.UNITS[unit][1 + many]}"


def _unit_word(unit: str, amount: str) -> str:
    _, one, many = lexicon.UNITS[unit]
    return one if _decimal(amount) == 1 else many


def fraction_of(match: re.Match[str], place: Place) -> str:
    """Return a fraction; a half agrees with what it is a half of."""
    upper, lower = int(match["upper"]), int(match["lower"])
    if (upper, lower) == (24, 7):
        return "veinticuatro siete"
    if lower not in lexicon.DENOMINATORS:
        return f"{cardinal(upper)} sobre {cardinal(lower)}"
    if (upper, lower) == (1, 2) and (noun := noun_of(place)):
        half = "media" if noun == "f" else "medio"
        return f"{cardinal(int(match['whole']), noun)} y {half}" if match["whole"] else half
    one, many = lexicon.DENOMINATORS[lower]
    share = f"un {one}" if upper == 1 else f"{cardinal(upper)} {many}"
    if not match["whole"]:
        return share
    return f"{cardinal(int(match['whole']))} y {one if (upper, lower) == (1, 2) else share}"


def ordinal_of(match: re.Match[str], place: Place) -> str:
    """Return an ordinal as it agrees with its own ending, else with the noun behind it."""
    short = match["end"].lower().strip(".")
    noun: Gender = "f" if short in {"ª", "a", "ra", "da", "ta", "ma", "va", "na"} else "m" if short == "er" else ""
    return ordinal(int(match["n"]), noun or noun_of(place))


def time_of(match: re.Match[str], _place: Place) -> str:
    """Return a time of day, of its half where that is told."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = re.sub(r"\W", "", match["half"] or "").lower()
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return ""
    words = "una" if hour == 1 else cardinal(hour, "f")
    if minute:
        words += (
            f" con {cardinal(minute, 'm')} {'minuto' if minute == 1 else 'minutos'}"
            if minute < 10
            else f" {cardinal(minute)}"
        )
    if half == "am":
        return f"{words} de la {'madrugada' if hour < 6 or hour == 12 else 'mañana'}"
    if half == "pm":
        return f"{words} de la {'noche' if 7 <= hour < 12 else 'tarde'}"
    return words if minute else f"{words} en punto"


def _date(match: re.Match[str], _place: Place) -> str:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    years = int(match["year"])
    first = "primero" if day == 1 else cardinal(day)
    return f"{first} de {lexicon.MONTHS[month - 1]} de {cardinal(years + 2000 if years < 100 else years)}"


def first_of_month(match: re.Match[str], _place: Place) -> str:
    """Return the first day of a month."""
    return f"primero de {match['month']}"


def _plain_number(match: re.Match[str], place: Place) -> str:
    text = match["n"]
    sign = "menos " if match["minus"] else ""
    if len(text) > 1 and text[0] == "0" and text.isdigit():
        return sign + digits(text)
    said = sign + number(_decimal(text), noun_of(place))
    apart = place.after == "y" and not place.stopped and text.isdigit()  # "30 y 5" are two: a pause keeps them so
    return f"{said}," if apart else said


def telephone_of(match: re.Match[str], _place: Place) -> str:
    """Return a telephone number digit by digit, in the groups it is written in."""
    return ("más " if match[0].startswith("+") else "") + ", ".join(map(digits, match[0].lstrip("+").split()))


def _times(match: re.Match[str], _place: Place) -> str:
    return f"{cardinal(int(match['n']), 'f')} {'vez' if match['n'] == '1' else 'veces'}"


def _hash(match: re.Match[str], _place: Place) -> str:
    return f"número {cardinal(int(match['n']))}"


def _hyphenated(match: re.Match[str], _place: Place) -> str:
    return " ".join(_read(part, ALONE) for part in match.group().split("-") if part)


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
    return f"{cardinal(int(match['n']))} {letters(match['scan'])}"


def _word(core: str, place: Place) -> str:
    lowered = core.lower()
    for known in (_sign, _unit, _abbreviation):
        said = known(core, lowered, place)
        if said:
            return said
    for sign, word in (("&", " y "), ("+", " más "), ("/", ", "), ("–", " a "), ("—", ", ")):
        if sign in core and len(core) > 1:
            return word.join(_read(part, ALONE) for part in core.split(sign)).strip(" ,")
    return re.sub(NUMBER, lambda match: f" {number(_decimal(match.group()))} ", core)


def _sign(_core: str, lowered: str, place: Place) -> str:
    if lowered in {"x", "×"} and _numeric(place.before) and _numeric(place.after):
        return "por"
    if lowered == "m.n" and _numeric(place.before):
        return "moneda nacional"
    return lexicon.SIGNS.get(lowered, "")


def _unit(core: str, lowered: str, place: Place) -> str:
    amount = re.split("[x×]", place.before)[-1]
    if core in lexicon.UNITS and core not in lexicon.GLUED_ONLY and re.fullmatch(NUMBER, amount):
        return _unit_word(core, amount)
    return "líquidas" if lowered == "fl" and place.after == "oz" else ""


def _abbreviation(_core: str, lowered: str, place: Place) -> str:
    if lowered == "no" and place.stopped and place.after[:1].isdigit():
        return "número"
    if lowered in lexicon.DOTTED and not place.stopped:
        return ""
    return lexicon.ABBREVIATIONS.get(lowered, "")


def _numeric(word: str) -> bool:
    return word[:1].isdigit() or any("\ue000" <= char <= "\uf8ff" for char in word)


ORDINAL = re.compile(r"(?P<n>\d{1,2})(?P<end>\.[ºª]|ª|er|r[oa]|d[oa]|t[oa]|m[oa]|v[oa]|n[oa])", re.IGNORECASE)
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (TELEPHONE, telephone_of),
    (re.compile(rf"(?:{_SIGN})?(?P<n>{NUMBER}) (?P<code>{_CODE})"), _money),
    (re.compile(rf"(?P<sign>{_SIGN}) ?(?P<n>{NUMBER})(?: ?(?P<scale>{_SCALE}|[kKmM]))?"), _money),
    (re.compile(rf"(?P<n>{NUMBER}) ?(?P<sign>€|£|zł|₽|₺|\$)"), _money),
    (re.compile(rf"(?P<code>{_CODE})[ \u00a0]?(?P<n>{NUMBER})"), _money),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"), _date),
    (re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})"), _date),
    (FIRST_OF_MONTH, first_of_month),
    (re.compile(r"(?P<left>\d{1,2}:\d{2})[-–](?P<right>\d{1,2}:\d{2})"), _range),
    (re.compile(rf"(?P<left>(?:{_SIGN})?{NUMBER})[-–](?P<right>(?:{_SIGN})?{NUMBER}(?:%|°[CF]?|{_UNIT})?)"), _range),
    (re.compile(rf"(?P<n>{NUMBER}) ?%"), _percent),
    (re.compile(rf"(?P<minus>[-−])?(?P<n>{NUMBER}) ?(?P<sign>[°º]) ?(?P<scale>[CcFf])?"), _degrees),
    (re.compile(rf"(?P<sides>{NUMBER}(?:[x×]{NUMBER})+) ?(?P<unit>{_UNIT})?"), _dimensions),
    (re.compile(rf"(?P<n>{NUMBER})[- ]?(?P<unit>{_UNIT})"), _measure),
    (re.compile(rf"(?P<n>{NUMBER}|(?:\d+-)?\d+/\d+)(?P<mark>\"|″|”|''|'|′)"), _marked),
    (FRACTION, fraction_of),
    (ORDINAL, ordinal_of),
    (HALF_DAY, time_of),
    (re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<half>)"), time_of),
    (re.compile(r"(?P<n>\d{1,4})[x×]"), _times),
    (re.compile(rf"(?P<minus>[-−])?(?P<n>{NUMBER})"), _plain_number),
    (re.compile(r"[#№](?P<n>\d{1,6})"), _hash),
    (re.compile(rf"{NUMBER}(?:-[^\W\d_]+)+(?:-{NUMBER})?"), _hyphenated),
    (re.compile(r"(?P<n>\d{3,4})(?P<scan>[pi])"), _lines),
    (re.compile(r"(?=.*\d)[\w-]+"), _code),
)  # fmt: skip
_READING = Reading(_JOINED, _MARKED, _READERS, _word, lexicon.STOPPED)


def listing(items: Sequence[str]) -> str:
    """Return what is chosen from, the last after "y", or after "e" before the sound of i."""
    if len(items) == 1:
        return items[0]
    last = items[-1].casefold()
    glide = re.match("h?[ií]", last) and not re.match(
        "h?i[aeo]", last
    )  # "e" before the sound of i: "e hilo", "y hielo"
    return f"{', '.join(items[:-1])} {'e' if glide else 'y'} {items[-1]}"


LANGUAGE = Language(SPANISH_NUMBERS, _READING, spanish_money, listing, lexicon.SIZES, lexicon.COMMON)
