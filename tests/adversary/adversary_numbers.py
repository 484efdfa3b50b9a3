"""The judge's own finder of numbers: digits of any script, and number words as num2words spells them.

It does not read number words; it asks whether a run of them can be cut into spellings of the numbers that are known.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from num2words import num2words

_TABLE = {"en": "en", "es": "es", "de": "de", "fr": "fr", "it": "it", "pt": "pt_BR", "id": "id", "ja": "ja"}
_DIGITS = re.compile(r"\d(?:[\d.,'\u00a0\u202f ]*\d)?")
_GRAMMAR = tomllib.loads((Path(__file__).parent / "judge" / "numbers.toml").read_text(encoding="utf-8"))
_KANJI = re.compile("[〇零一二三四五六七八九十百千万億]+")
_WORD = re.compile(r"[^\W\d_]+")


def plain(text: str) -> str:
    """Small letters without accents, digits plain."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ß", "ss").replace(" è ", " · ")  # is, and no "and"
    text = unicodedata.normalize("NFKD", text)
    return "".join(char for char in text if unicodedata.category(char) not in {"Mn", "Me", "Cf"})


@cache
def spelled(number: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a number is said, as words without links; none where it is no number."""
    try:
        value = Decimal(number)
    except InvalidOperation:
        return ()
    ways = [_cardinal(int(value), language)]
    whole, _, rest = f"{value:f}".partition(".")
    if rest.strip("0"):
        cents = int((rest + "0")[:2])
        ways = [ways[0], _cardinal(cents, language), *(_cardinal(int(digit), language) for digit in f"{rest}0")]
    if len(whole) == 4:
        ways += [_cardinal(int(whole[:2]), language), _cardinal(int(whole[2:]), language)]
    ways += [_cardinal(int(digit), language) for digit in whole]
    if value == value.to_integral_value():
        ways += [_cardinal(int(value) // scale, language) for scale in (1000, 1_000_000) if int(value) >= scale]
    return tuple(way for way in dict.fromkeys(ways) if way)


@cache
def _cardinal(value: int, language: str) -> tuple[str, ...]:
    said = plain(num2words(value, lang=_TABLE[language]))
    if language == "ja":
        return tuple(said)
    return tuple(_alike(word, language) for word in _WORD.findall(said) if word not in _GRAMMAR[language]["links"])


def _alike(word: str, language: str) -> str:
    """One form for what grammar bends: genders, plurals, shortened ones."""
    if language in {"es", "pt"}:
        word = {
            "una": "uno",
            "un": "uno",
            "veintiun": "veintiuno",
            "duas": "dois",
            "uma": "um",
            "cem": "cento",
            "quatorze": "catorze",
        }.get(word, word)
        return re.sub("(?<=ent)as$", "os", word)
    if language == "it":
        return word.replace("oo", "o")
    if language == "fr":
        return re.sub("(?<=vingt|.cent)s$", "", word)
    if language == "de":
        word = re.sub("^ein(?=tausend)|ein(?=hundert)", "", word)
        return re.sub("^eine?[nmrs]?$|ein$", "eins", word)
    return word


@cache
def _vocabulary(language: str) -> frozenset[str]:
    some = [*range(102), *range(200, 1000, 100), 1000, 2000, 1_000_000, 2_000_000]
    words = {word for value in some for word in _cardinal(value, language)}
    return frozenset(words | set(plain(_GRAMMAR[language]["more"]).split()) - {""})


def _is_number(word: str, language: str) -> bool:
    pattern = _GRAMMAR[language].get("compound")
    if pattern and len(word) > 2 and word not in {"und"} and re.fullmatch(pattern, word):
        return True
    return _alike(word, language) in _vocabulary(language) or word in _vocabulary(language)


def runs(text: str, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of number words of a text, without links and without words that are none alone."""
    text = plain(text)
    if language == "ja":
        yield from (tuple(run) for run in _KANJI.findall(text) if run not in _GRAMMAR["ja"]["alone"].split())
        return
    run: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word, gap = match.group(), text[end : match.start()]
        if run and not re.fullmatch(r"[\s-]*", gap):
            yield from _whole(run, language)
            run = []
        end = match.end()
        if _is_number(word, language):
            run.append(_alike(word, language))
        elif not (run and word in _GRAMMAR[language]["links"]):
            yield from _whole(run, language)
            run = []
    yield from _whole(run, language)


def _whole(run: list[str], language: str) -> Iterator[tuple[str, ...]]:
    alone = {
        "_".join(_alike(word, language) for word in each.split("_")) for each in _GRAMMAR[language]["alone"].split()
    }
    if run and "_".join(run) not in alone:
        yield tuple(run)


def digits(text: str) -> list[tuple[str, frozenset[Decimal]]]:
    """Return the numbers written in digits, and the values that each may mean: "1.299" is 1.299 or 1299."""
    found = []
    for match in _DIGITS.finditer(plain(text)):
        written = match.group()
        values = set()
        for point in ".,":
            bare = re.sub(f"[^0-9{point}]", "", written)
            if bare.count(point) <= 1:
                values.add(Decimal(bare.replace(",", ".")))
        values.add(Decimal(re.sub("[^0-9]", "", written)) if values else Decimal(-1))
        found.append((written, frozenset(values)))
        if re.search(r"[ \u00a0,]", written):  # "30 40" may be two numbers beside each other
            parts = re.findall(r"[\d.]*\d", written)
            found[-1] = (written, frozenset(values | {Decimal(part.replace(".", "") or 0) for part in parts}))
    return found


class Known:
    """The numbers that are true: values, and texts of the shop's own with whatever numbers stand in them."""

    def __init__(self, values: Iterable[str | int | Decimal], texts: Iterable[str], language: str) -> None:
        own = list(texts)
        self.language = language
        self.values = {Decimal(str(value)) for value in values}
        for text in own:
            self.values |= {value for _, values in digits(text) for value in values}
        spellings = {way for value in self.values if value >= 0 for way in spelled(f"{value:f}", language)}
        self._ways = {*spellings, *(run for text in own for run in runs(text, language))}

    def foreign(self, text: str) -> list[str]:
        """Return the numbers of a text that come from none of the known ones."""
        found = [written for written, values in digits(text) if not values & self.values]
        return found + [" ".join(run) for run in runs(text, self.language) if not self._explained(run)]

    def _explained(self, run: tuple[str, ...]) -> bool:
        reached = {0}
        for start in range(len(run)):
            if start in reached:
                reached |= {start + len(way) for way in self._ways if run[start : start + len(way)] == way}
        return len(run) in reached
