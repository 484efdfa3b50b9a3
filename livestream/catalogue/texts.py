"""A product list's texts in another language: the merchant's own, or drafted and approved.

They stand in columns of the list (`Title (de-DE)`), or in a file beside it, `<list>.<locale>.csv`:

    handle,field,source,text
    led-desk-lamp,title,Folding LED Desk Lamp,Klappbare LED-Schreibtischlampe
    ,option,White,Weiß

`field` is title, description, type or option (an option's name, or one of its values). Without a
handle a text holds for every product that says `source`. A text is used only while the list says
its source word for word, states no number that the source does not state, and is in its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from livestream.catalogue.document import open_document
from livestream.catalogue.drafts import Cell
from livestream.catalogue.measures import time_of_one, unit_at, units_named
from livestream.catalogue.names import fold
from livestream.catalogue.report import Report
from livestream.catalogue.tongue import is_foreign, language_of
from livestream.catalogue.wording import cut, html_to_text, slug, tidy
from livestream.errors import CatalogueError
from livestream.text import Numeral, numbers_in
from livestream.text.languages import MODULES
from livestream.text.numerals import plain_digits

Field = Literal["title", "description", "type", "option"]
FIELDS: tuple[Field, ...] = get_args(Field)
SHARED: tuple[Field, ...] = ("type", "option")
"""Fields whose texts hold for all products, once there is one."""
COLUMNS = ("handle", "field", "source", "text")
LONGEST: dict[Field, int] = {"title": 255, "description": 20_000, "type": 120, "option": 120}
"""Characters of a text, as of what it stands for."""
_SIGN = r"[<>≤≥±+~%°$¢£¥₩€₹฿₫₽₺]"
_TOKEN = re.compile(
    rf"(?<!\w)-(?=\d)|{_SIGN}(?=\s?\d)|(?<=\d){_SIGN}|(?<=\d\s){_SIGN}|\d+(?:[.,]\d+)*|[^\W\d_]+[^\W_]*"
)
"""Words, numbers, and the signs beside numbers: "-20 °C" is not "20 °C"."""
_DASH = str.maketrans("−–‒", "---")
_BOTH = re.compile(r"\b(?:both|pair)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_BEHIND = 12
"""Characters shown behind a number whose unit is strange."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text: `cell` has it, and where it stands in `file`; `handle` is empty where it holds for every product."""

    handle: str
    field: Field
    source: str
    cell: Cell
    file: str


def texts_path(path: Path, locale: str) -> Path:
    """Return where the texts of a product list in another language stand, whether the file is there or not."""
    return path.with_name(f"{path.stem}.{locale}.csv")


def read_texts(path: Path, report: Report) -> Iterator[Text]:
    """Yield the texts of a file; rows that are none go to the report.

    Raises:
        CatalogueError: it cannot be read, or lacks one of `COLUMNS`.
    """
    table = open_document(path, report).table
    header = [fold(name) for name in table.header] if table else []
    if table is None or (missing := [name for name in COLUMNS if name not in header]):
        raise CatalogueError(
            f"the file has no column {' and no column '.join(missing) if table else COLUMNS[0]}",
            where=path.name,
            remedy=f"Write the header {','.join(COLUMNS)}, or take the file away.",
        )
    at = {name: header.index(name) for name in COLUMNS}
    for row in table.rows:
        handle, field, source, text = (row.cells[at[name]].strip() for name in COLUMNS)
        if field not in FIELDS:
            report.warning(
                row.number, f"{path.name}: field", field, "there is no such field; the text is not used",
                f"Fields are {', '.join(FIELDS)}.",
            )  # fmt: skip
        elif text:
            yield Text(handle, field, source, Cell(text, row.number, "text"), path.name)


class Texts:
    """The texts of one locale that may be used, found by what the list says; the report holds the rest."""

    def __init__(self, found: Iterable[Text], locale: str, report: Report) -> None:
        self._locale, self._report = locale, report
        self._texts: dict[tuple[str, Field, str], Text] = {}
        self._used: set[tuple[str, Field, str]] = set()
        for text in found:
            if clean := self._judged(text):
                self._texts.setdefault(_key(text.handle, text.field, text.source), clean)

    def __len__(self) -> int:
        return len(self._texts)

    def of(self, handle: str, field: Field, source: str) -> Text | None:
        """Return the text that stands for `source` on this product, its own before one for all."""
        for key in (_key(handle, field, source), _key("", field, source)):
            if key in self._texts:
                self._used.add(key)
                return self._texts[key]
        return None

    def report_unused(self, handles: Iterable[str]) -> None:
        """Report the texts that nothing asked for: their product is gone, or the list says something else now."""
        known = set(handles)
        for key, text in self._texts.items():
            if key in self._used:
                continue
            if text.handle and slug(text.handle) not in known:
                message, remedy = "there is no product of this handle; the text is not used", "Remove the row."
            else:
                message = "the list says something else now; the text is not used"
                remedy = "Translate what the list says now, and write that into the column source."
            self._warn(text, message, remedy)

    def _judged(self, text: Text) -> Text | None:
        if text.field == "description":
            value, removed = tidy(html_to_text("\n\n".join(text.cell.value.splitlines())))
        else:
            value, removed = tidy(" ".join(text.cell.value.split()))
        if removed:
            self._warn(text, f"{' and '.join(removed)} were taken out", "Remove them.")
        clean = cut(value, LONGEST[text.field])
        if len(clean) < len(value):
            self._warn(text, f"the text has {len(value):,} characters; {len(clean):,} were read", "Shorten it.")
        message, remedy = fault(text.source, clean, text.field, self._locale)
        if message:
            self._warn(text, f"{message}; the text is not used", remedy)
            return None
        cell = Cell(clean, text.cell.row, text.cell.column)
        return Text(text.handle, text.field, text.source, cell, text.file) if clean else None

    def _warn(self, text: Text, message: str, remedy: str) -> None:
        self._report.warning(text.cell.row, f"{text.file}: {text.cell.column}", text.cell.value, message, remedy)


def fault(source: str, text: str, field: Field, locale: str) -> tuple[str, str]:
    """Return why a text cannot stand for its source, and what to do; empty where it can."""
    strange = _strange_numbers(source, text, locale)
    if strange:
        return f"{strange} is not in what the list says", "Keep the numbers, and their units, as the list has them."
    if field == "description" and is_foreign(text, locale.partition("-")[0]):
        return f"the text is not in the language of {locale}", "Translate it."
    return "", ""


def _strange_numbers(source: str, text: str, locale: str) -> str:
    """Return a number of the text that its source does not state, or not of that unit; "one" alone is no number."""
    own = locale if locale in MODULES else locale.partition("-")[0]
    language = locale.partition("-")[0]
    stated, text = _Stated(source), plain_digits(text)
    for number in numbers_in(text, own) if own in MODULES else _digits(text):
        unit = unit_at(text, number.start, number.end, (language,))
        one = number.value == 1 and not number.text[:1].isdigit()
        if not stated.has(number.value, unit, one=one):
            return number.text if not unit else text[number.start : number.end + _BEHIND].strip()
    for article, unit in time_of_one(text, language):
        if not stated.has(Decimal(1), unit, one=True):
            return text[article.start() : article.end() + _BEHIND].strip()
    return ""


class _Stated:
    """The numbers of a source with their units, read in English first, then in the language it is in."""

    def __init__(self, source: str) -> None:
        self._source = plain_digits(source)
        self._languages: tuple[str, ...] = ("en",)
        self._numbers: dict[Decimal, set[frozenset[str]]] = {}
        self._read("en")
        if _BOTH.search(source):
            self._numbers.setdefault(Decimal(2), set()).add(frozenset())

    def _read(self, language: str) -> None:
        for number in numbers_in(self._source, language):
            units = unit_at(self._source, number.start, number.end, self._languages)
            self._numbers.setdefault(number.value, set()).add(units)

    def has(self, value: Decimal, unit: frozenset[str], *, one: bool) -> bool:
        """Whether the source states a number of a unit; `one` where it may stand for an article."""
        if self._known(value, unit, one=one):
            return True
        theirs = language_of(self._source)  # "cuatro tazas" states four
        if theirs in MODULES and theirs not in self._languages:
            self._languages = (*self._languages, theirs)
            self._numbers.clear()
            self._read("en")
            self._read(theirs)
        return self._known(value, unit, one=one)

    def _known(self, value: Decimal, unit: frozenset[str], *, one: bool) -> bool:
        units = self._numbers.get(value, set())
        if not unit:
            return one or bool(units)
        if any(each & unit for each in units):
            return True
        # "30 x 40 cm" and "an hour" name the unit elsewhere than behind the number.
        named = units_named(self._source, self._languages).union(*(u for all_ in self._numbers.values() for u in all_))
        return (one or frozenset() in units) and bool(named & unit)


def _digits(text: str) -> Iterator[Numeral]:
    """Yield the numbers in digits of a text whose language has no number words here: "1,5" may be either sign's."""
    for match in _DIGITS.finditer(text):
        plain = match.group().replace(",", ".")
        value = Decimal(plain if plain.count(".") < 2 else plain.replace(".", ""))
        yield Numeral(value, match.group(), match.start(), match.end())


def _key(handle: str, field: Field, source: str) -> tuple[str, Field, str]:
    """Return how a text is found: its source by its words and numbers, whatever the markup and the spaces."""
    plain = html_to_text(source) if field == "description" else source
    words = " ".join(_TOKEN.findall(tidy(plain)[0].casefold().translate(_DASH)))
    return slug(handle), field, words or plain.strip()
