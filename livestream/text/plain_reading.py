"""Captions into speech for any language whose words are given as data.

A language module fills in its `Words` and says

    LANGUAGE = Language(NUMBERS, make_reading(WORDS), make_money(WORDS), listing, SIZES, COMMON)

`make_reading` knows the shapes that captions share in every language: amounts ("1.299,00 €"),
percents, degrees, measures, dimensions ("30 x 40 cm"), ranges, fractions, dates, times, inches,
codes. What is a language's own (ordinals, "19h30", "z. B.") are patterns of `Words.joined` and
`Words.readers`, tried before these; a reader that returns "" was mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from livestream.text.digits import Sign, digits_pattern, digits_value
from livestream.text.languages import ALONE, Place, Reader, Reading
from livestream.text.money import at_least_precise, currency_name, whole_only
from livestream.text.nouns import Coinage, Noun, coinages, nouns, plural_form
from livestream.text.spoken import read

__all__ = ["CURRENCY_SIGNS", "Coinage", "Noun", "Words", "coinages", "make_money", "make_reading", "nouns"]

CURRENCY_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "US$": "USD", "MX$": "MXN", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
        "S$": "SGD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "CN¥": "CNY", "₹": "INR", "₩": "KRW",
        "zł": "PLN", "₺": "TRY", "₽": "RUB", "Rp": "IDR",
    }
)  # fmt: skip
"""ISO 4217 codes by sign, where a language does not say otherwise."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SHARE = re.compile(r"\d+/\d+|\d*[¼½¾⅐-⅞]")
_PHONE = r"(?=\+?\d(?:[ ./-]?\d){7,14}(?!\d))(?:\+\d{1,3}|0\d{1,4})(?:[ ./-]\d{1,8}){1,6}"
CODES = "USD|EUR|GBP|CAD|AUD|NZD|MXN|BRL|JPY|CNY|KRW|INR|CHF|PLN|TRY|SGD|HKD|IDR|RUB"


def _no_gender(_place: Place) -> str:
    return ""


def _one(value: Decimal) -> bool:
    return value == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a language. All fields without a default have to be said.

    `counted` is a cardinal before a noun of a gender ("ein", "une"), `noun` the gender of the word that a
    number in this place counts, "" where it counts none. `decimals` says the digits behind the decimal
    sign, one by one unless it is given; `fraction` says a number with decimals as a whole. `singular` tells of
    which amounts a unit stands in the singular; with `plural` the forms of CLDR decide, which may be four.
    `date` takes day, month and year, `time` hour and minute, `share` the two numbers of a fraction; they
    return "" where nothing is said so. `short` is the pattern of a short amount with {notes}, {cents} or
    {whole}, `full` that of one in full. `of` adds what stands between millions and what is counted ("d'euros"). `gap`
    parts a number from its unit. `percents` is the percent where it has forms, `scales` the two of degrees. `times`
    says "2x" with {n}. `clock` is a pattern of what may follow a time of day.
    `units` have to hold "in" and "ft"; `glued` are short forms that are words when they stand alone.
    `signs`, `abbreviations` and `dotted` (read only before a stop) are in small letters. After a word of
    `stopped` a stop ends no sentence.
    """

    cldr: str
    cardinal: Callable[[int], str]
    point: str
    minus: str
    percent: str
    degree: Noun
    by: str
    to: str
    also: str
    plus: str
    pound_sign: str
    times: str
    date: Callable[[int, int, int], str]
    time: Callable[[int, int], str]
    share: Callable[[int, int], str]
    units: Mapping[str, Noun]
    currencies: Mapping[str, Coinage]
    short: str
    full: str = "{notes} {also} {coins}"
    percents: Noun | None = None
    scales: tuple[str, str] = ("Celsius", "Fahrenheit")
    counted: Callable[[int, str], str] | None = None
    decimals: Callable[[str], str] | None = None
    noun: Callable[[Place], str] = _no_gender
    singular: Callable[[Decimal], bool] = _one
    plural: bool = False
    fraction: Callable[[int, str], str] | None = None
    of: Callable[[str], str] = str
    sign: Sign = ","
    spaced: bool = False
    gap: str = " "
    clock: str = ""
    glued: frozenset[str] = frozenset()
    currency_signs: Mapping[str, str] = field(default_factory=lambda: CURRENCY_SIGNS)
    signs: Mapping[str, str] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    dotted: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()
    letters: Mapping[str, str] = field(default_factory=dict)
    joined: tuple[re.Pattern[str], ...] = ()
    readers: tuple[tuple[re.Pattern[str], Reader], ...] = ()

    @property
    def digit_pattern(self) -> str:
        """The pattern of a number in digits, one group that is not captured."""
        return rf"(?:{digits_pattern(self.sign, spaced=self.spaced)})"

    def value(self, text: str) -> Decimal:
        """Return the value of a number in digits."""
        return digits_value(text, self.sign)

    def count(self, number: int, gender: str = "") -> str:
        """Return an integer in words, as it stands before a noun of a gender."""
        return self.counted(number, gender) if self.counted else self.cardinal(number)

    def number(self, value: Decimal, gender: str = "") -> str:
        """Return a decimal number in words."""
        plain = format(value, "f")
        whole, _, decimals = plain.lstrip("-").partition(".")
        said = self.count(int(whole), "" if decimals else gender)
        if decimals and self.fraction:
            said = self.fraction(int(whole), decimals)
        elif decimals:
            behind = self.decimals(decimals) if self.decimals else self.digits(decimals)
            said = self.gap.join((self.cardinal(int(whole)), self.point, behind))
        return f"{self.minus}{self.gap}{said}" if plain.startswith("-") else said

    def digits(self, text: str) -> str:
        """Return digits one by one."""
        return self.gap.join(self.cardinal(int(digit)) for digit in text)

    def spell(self, text: str) -> str:
        """Return letters one by one by their names."""
        return " ".join(self.letters.get(letter, letter) for letter in text.upper())

    def name(self, value: Decimal, noun: Noun) -> str:
        """Return a noun as it stands behind an amount."""
        if self.plural:
            return noun.behind(plural_form(abs(value), self.cldr))
        return noun.one if self.singular(value) else noun.many

    def measure(self, value: Decimal, unit: Noun) -> str:
        """Return an amount of a unit."""
        return self.gap.join((self.number(value, unit.gender), self.name(value, unit)))


def make_money(words: Words) -> Callable[[Decimal, str, bool], str]:
    """Return what says an amount in a currency, in full or short, as `Language.money`."""

    def money(amount: Decimal, currency: str, short: bool = False) -> str:
        if amount < 0:
            return f"{words.minus}{words.gap}{money(-amount, currency, short)}"
        whole, rest = int(amount), (amount % 1) * 100
        known = words.currencies.get(currency) or Coinage(Noun(*[currency_name(currency, words.cldr)] * 2))
        if rest != int(rest) or (rest and not known.coins):
            return words.measure(at_least_precise(amount, currency), known.notes)
        name = words.name(Decimal(whole), known.notes)
        millions = whole and not whole % 10**6
        counted = words.gap.join((words.count(whole, known.notes.gender), words.of(name)))
        notes = counted if millions else words.measure(Decimal(whole), known.notes)
        if not rest or known.coins is None:
            return notes
        if short and rest >= 10 and whole:
            return words.short.format(notes=notes, whole=words.cardinal(whole), cents=words.cardinal(int(rest)))
        coins = words.measure(Decimal(int(rest)), known.coins)
        return words.full.format(notes=notes, also=words.also, coins=coins) if whole else coins

    return money


def make_reading(words: Words) -> Reading:
    """Return how a language with these words reads a caption."""
    return _Plain(words).reading


def _any(shapes: Iterable[str]) -> str:
    return "|".join(re.escape(shape) for shape in sorted(shapes, key=len, reverse=True))


class _Plain:
    """The readers of a language: each takes the match of its pattern and the neighbours of the chunk."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._money = make_money(words)
        number, unit, sign = words.digit_pattern, _any(words.units), _any(words.currency_signs)
        end = r"(?![^\W\d_])" if words.gap else ""
        money = rf"(?:(?:{sign}|{CODES}) ?{number}|{number} ?(?:{sign}|{CODES}){end})"
        tail = rf"(?: ?(?:%|[°º] ?[CF]?|{unit}){end})?"
        side = rf"{number}{tail}"
        clock = rf"(?: ?(?:{words.clock}))?" if words.clock else ""
        self._number = re.compile(number)
        self._inner = re.compile(rf"{money}|{number} ?(?:%|{unit}){end}|{number}")
        self._signs = re.compile(rf"(?:{sign}|{CODES})")
        marked = re.compile(rf"(?:{number}|(?:\d+-)?\d+/\d+)(?:\"|″|”|''|'(?!\w)|′)")
        spans = (
            rf"(?<!\S){_PHONE}(?![\w-])",
            rf"(?<![^\s(]){side} ?[x×] ?{side}(?: ?[x×] ?{side})?(?!\w)",
            rf"(?<![^\s(])(?:{money}|{number}) ?[-–] ?(?:{money}|{side})(?![\w/-])",
            rf"(?<![^\s(\-−]){money}(?![\w/-])",
            rf"(?<![^\s(])\d{{1,2}}:\d{{2}}{clock}(?!\w)",
            rf"(?<![^\s(\-−]){number} ?(?:%|[°º] ?[CF]?)(?!\w)",
            r"(?<!\S)\d+ \d+/\d+(?![\d/])",
            rf"(?<![^\s(\-−]){number} (?:{_any(words.units.keys() - words.glued)})(?![\w.])",
            *((rf"(?<![^\s(\-−]){number}",) if words.spaced else ()),
        )
        joined = (*words.joined, *(re.compile(span) for span in spans if words.gap))
        self.reading = Reading(
            joined, marked, words.readers + self._readers(money, side, unit, clock), self._word, words.stopped
        )

    def _readers(self, money: str, side: str, unit: str, clock: str) -> tuple[tuple[re.Pattern[str], Reader], ...]:
        number = self._words.digit_pattern
        shapes: tuple[tuple[str, Reader], ...] = (
            (rf"(?P<minus>[-−])?(?P<money>{money})", self._amount),
            (r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", self._date),
            (r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})", self._date),
            (_PHONE, lambda match, place: f"{self._words.plus} " * (match[0][0] == "+") + self._code(match, place)),
            (rf"(?P<left>\d{{1,2}}:\d{{2}}{clock}) ?[-–] ?(?P<right>\d{{1,2}}:\d{{2}}{clock})", self._range),
            (rf"(?P<left>{money}|{number}) ?[-–] ?(?P<right>{money}|{side})", self._range),
            (rf"(?P<minus>[-−])?(?P<n>{number}) ?%", self._percent),
            (rf"(?P<minus>[-−])?(?P<n>{number}) ?[°º] ?(?P<scale>[CcFf])?", self._degrees),
            (rf"(?P<sides>{side}(?: ?[x×] ?{side})+)", self._dimensions),
            (r"(?P<n>(?:1[89]|20)\d0)s", lambda match, _place: self._words.cardinal(int(match["n"]))),  # "1980s"
            (rf"(?P<n>{number})[- ]?(?P<unit>{unit})", self._measure),
            (rf"(?P<n>{number})[x×]", self._times),
            (rf"(?P<n>{number}|(?:\d+-)?\d+/\d+)(?P<mark>\"|″|”|''|'|′)", self._inches),
            (r"(?:(?P<whole>\d+) )?(?P<upper>\d{1,2})/(?P<lower>[1-9]\d?)", self._fraction),
            (rf"(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}){clock}", self._time),
            (rf"(?P<minus>[-−])?(?P<n>{number})", self._plain_number),
            (r"[#№](?P<n>\d{1,6})", self._hash),
            (rf"{number}(?:-[^\W\d_]+)+(?:-{number})?", self._hyphenated),
            (r"(?P<n>\d{3,4})(?P<scan>[pi])", self._lines),
            *((r"(?=.*\d)[\w-]+", self._code) for _ in self._words.gap),
        )
        return tuple((re.compile(shape), reader) for shape, reader in shapes)

    def _read(self, core: str, place: Place = ALONE) -> str:
        return read(self.reading, core, place)

    def _amount(self, match: re.Match[str], _place: Place) -> str:
        words, text = self._words, match["money"]
        sign = self._signs.search(text)
        found = self._number.search(text)
        if not sign or not found:
            return ""
        currency = words.currency_signs.get(sign.group(), sign.group())
        value = words.value(found.group())
        if _THOUSANDS.fullmatch(found.group()) and whole_only(currency):  # "₩39,000" where a comma is the decimal sign
            value = Decimal(re.sub(r"\D", "", found.group()))
        said = self._money(value, currency, False)
        return f"{words.minus}{words.gap}{said}" if match["minus"] else said

    def _range(self, match: re.Match[str], place: Place) -> str:
        left, right = match["left"], match["right"]
        sign = self._signs.match(left)
        if sign and not self._signs.search(right):
            left, right = left[sign.end() :].strip(), f"{sign.group()}{right}"
        gap = self._words.gap
        return f"{self._read(left, place)}{gap}{self._words.to}{gap}{self._read(right, place)}"

    def _percent(self, match: re.Match[str], _place: Place) -> str:
        value = self._words.value(match["n"]) * (-1 if match["minus"] else 1)
        if self._words.percents:
            return self._words.measure(value, self._words.percents)
        return f"{self._words.number(value)}{self._words.gap}{self._words.percent}"

    def _degrees(self, match: re.Match[str], _place: Place) -> str:
        words = self._words
        celsius, fahrenheit = words.scales
        scale = {"c": f" {celsius}", "f": f" {fahrenheit}", "": ""}[(match["scale"] or "").lower()]
        sign = f"{words.minus}{words.gap}" if match["minus"] else ""
        return f"{sign}{words.measure(words.value(match['n']), words.degree)}{scale}"

    def _dimensions(self, match: re.Match[str], _place: Place) -> str:
        sides = [self._read(side.strip()) for side in re.split("[x×]", match["sides"])]
        gap = self._words.gap
        return f"{gap}{self._words.by}{gap}".join(sides)

    def _measure(self, match: re.Match[str], _place: Place) -> str:
        return self._words.measure(self._words.value(match["n"]), self._words.units[match["unit"]])

    def _times(self, match: re.Match[str], _place: Place) -> str:
        return self._words.times.format(n=self._words.count(int(match["n"]), "f")) if match["n"].isdigit() else ""

    def _inches(self, match: re.Match[str], place: Place) -> str:
        unit = self._words.units["ft" if match["mark"] in {"'", "′"} else "in"]
        if "/" not in match["n"]:
            return self._words.measure(self._words.value(match["n"]), unit)
        said = self._read(match["n"].replace("-", " "), place)
        return f"{said}{self._words.gap}{unit.many if '-' in match['n'] else unit.part or unit.one}"

    def _fraction(self, match: re.Match[str], _place: Place) -> str:
        words = self._words
        upper, lower, whole = int(match["upper"]), int(match["lower"]), match["whole"]
        share = words.share(upper, lower)
        if not share:
            return words.gap.join((words.cardinal(upper), words.cardinal(lower)))
        return words.gap.join((words.cardinal(int(whole)), words.also, share)) if whole else share

    def _date(self, match: re.Match[str], _place: Place) -> str:
        day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return ""
        return self._words.date(day, month, year + 2000 if year < 100 else year)

    def _time(self, match: re.Match[str], _place: Place) -> str:
        hour, minute = int(match["hour"]), int(match["minute"])
        return self._words.time(hour, minute) if hour <= 24 and minute <= 59 else ""

    def _plain_number(self, match: re.Match[str], place: Place) -> str:
        words, text = self._words, match["n"]
        sign = f"{words.minus}{words.gap}" if match["minus"] else ""
        if len(text) > 1 and text[0] == "0" and text.isdigit():
            return sign + words.digits(text)
        unit = words.units.get(place.after)
        said = sign + words.number(words.value(text), unit.gender if unit else words.noun(place))
        apart = place.after == words.also and not place.stopped and text.isdigit()
        return f"{said}," if apart else said  # "5 und 30" are two numbers: a pause keeps them so

    def _hash(self, match: re.Match[str], _place: Place) -> str:
        return f"{self._words.pound_sign}{self._words.gap}{self._words.cardinal(int(match['n']))}"

    def _hyphenated(self, match: re.Match[str], _place: Place) -> str:
        return " ".join(self._read(part) for part in match.group().split("-") if part)

    def _lines(self, match: re.Match[str], _place: Place) -> str:
        return f"{self._words.cardinal(int(match['n']))} {self._words.spell(match['scan'])}"

    def _code(self, match: re.Match[str], _place: Place) -> str:
        """Return a code: short runs of capitals and three digits or more one by one, words as words."""
        words, said = self._words, []
        for run in re.findall(r"\d+|[^\W\d_]+", match.group()):
            if run.isdecimal():
                said.append(words.cardinal(int(run)) if len(run) <= 2 and run[0] != "0" else words.digits(run))
            else:
                said.append(words.spell(run) if run.isupper() and len(run) <= 4 else run)
        return " ".join(said)

    def _word(self, core: str, place: Place) -> str:
        words, lowered = self._words, core.lower()
        for known in (self._sign, self._unit, self._abbreviation):
            said = known(core, lowered, place)
            if said:
                return said
        between = (("&", f" {words.also} "), ("+", f" {words.plus} "), ("/", ", "), ("–", f" {words.to} "), ("—", ", "))
        for sign, word in between:
            if sign in core and len(core) > 1:
                return word.join(self._read(part) for part in core.split(sign)).strip(" ,")
        said = self._inner.sub(lambda match: f"{words.gap}{self._bit(match.group(), core)}{words.gap}", core)
        return re.sub("(?<=['’]) ", "", said)

    def _bit(self, bit: str, core: str) -> str:
        """Return what is said for an amount inside a chunk; never by the chunk's own reading again."""
        if bit != core:
            return self._read(bit)
        found = self._number.search(bit)
        return self._words.number(self._words.value(found.group())) if found else ""

    def _sign(self, _core: str, lowered: str, place: Place) -> str:
        if lowered in {"x", "×"} and place.before[-1:].isdigit() and place.after[:1].isdigit():
            return self._words.by
        return self._words.signs.get(lowered, "")

    def _unit(self, core: str, _lowered: str, place: Place) -> str:
        words = self._words
        amount = re.split("[x×–'’-]", place.before)[-1]
        if core not in words.units or core in words.glued:
            return ""
        unit = words.units[core]
        if _SHARE.fullmatch(amount):
            return unit.part or unit.one
        if not self._number.fullmatch(amount):
            return ""
        return words.name(words.value(amount), unit)

    def _abbreviation(self, _core: str, lowered: str, place: Place) -> str:
        if lowered in self._words.dotted and not place.stopped:
            return ""
        return self._words.abbreviations.get(lowered, "")
