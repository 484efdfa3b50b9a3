"""A list's own columns for one audience: prices of its market, texts in its language.

Shops that sell abroad export a column a market (`Price / Germany`, `Compare At Price / Germany`,
`Included / Germany`). A column of texts bears the locale in brackets: `Title (de-DE)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from babel import Locale as BabelLocale

from livestream.catalogue.document import Document, Json, Row, Table
from livestream.catalogue.drafts import NOTHING, Cell, ProductDraft
from livestream.catalogue.names import LOWEST, fold
from livestream.catalogue.objects import entries_of
from livestream.catalogue.texts import Field, Text
from livestream.locales import Locale

_Columns = Mapping[str, tuple[int, str]]
"""Index and name of a column by field; those of one market, as the list calls it."""
_PRICE = frozenset({"price", "variant price"})
_COMPARE_AT = frozenset({"compare at price", "variant compare at price"})
_BRACKETED = re.compile(r"(?P<what>.+?)\s*[(\[](?P<tag>[\w-]{2,35})[)\]]")
_NO = frozenset({"false", "no", "0"})
_EURO = ("eurozone", "euro area", "european union", "eu")


def for_market(drafts: Iterable[ProductDraft], document: Document, market: Locale) -> Iterator[ProductDraft]:
    """Yield the drafts with the prices of a market, where the list has columns of it.

    A price of the market is in its currency unless the cell says otherwise. Of several columns the
    nearest that is filled holds (the country's before the euro area's); where none is, the price for
    all does. A product that the market does not include is withheld.
    """
    nearest = _market_columns(document.table, market) if document.table else []
    rows = {row.number: row for row in document.table.rows} if document.table and nearest else {}
    for draft in drafts:
        if rows:
            _localise(draft, nearest, rows, market)
        yield draft


def _localise(draft: ProductDraft, nearest: Sequence[_Columns], rows: dict[int, Row], market: Locale) -> None:
    def cell(number: int, columns: _Columns, field: str) -> Cell:
        if field not in columns or number not in rows:
            return NOTHING
        index, name = columns[field]
        return Cell(rows[number].cells[index], number, name)

    included = next(filter(None, (cell(draft.row, columns, "included") for columns in nearest)), NOTHING)
    if fold(included.value) in _NO and not draft.withheld:
        draft.withheld = included
    for variant in draft.variants:
        columns = next((each for each in nearest if cell(variant.row, each, "price")), None)
        if columns is None:
            continue
        price = variant.price = cell(variant.row, columns, "price")
        variant.compare_at = cell(variant.row, columns, "compare_at")
        variant.lowest_30d = cell(variant.row, columns, "lowest_30d")
        variant.currency, variant.by_market = Cell(market.currency, price.row, price.column), True


def _market_columns(table: Table, market: Locale) -> list[_Columns]:
    """Return the columns of what the list calls the market, the nearest name first."""
    names = _names_of(market)
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for index, name in enumerate(table.header):
        what, slash, where = name.partition("/")
        field = _field_of(fold(what))
        if slash and field and fold(where) in names:
            found.setdefault(fold(where), {}).setdefault(field, (index, name))
    return [found[name] for name in names if name in found]


def _field_of(folded: str) -> str:
    for field, known in (("price", _PRICE), ("compare_at", _COMPARE_AT), ("lowest_30d", LOWEST)):
        if folded in known:
            return field
    return "included" if folded == "included" else ""


def _names_of(market: Locale) -> tuple[str, ...]:
    """Return what a shop may call the market: its tag, its code, its name in its own language or English, the euro."""
    own = [BabelLocale.parse(tag).territories.get(market.territory, "") for tag in (market.cldr, "en")]
    names = [fold(name) for name in (market.tag, market.territory, *own) if name]
    return tuple(dict.fromkeys((*names, *_EURO) if market.currency == "EUR" else names))


def column_texts(drafts: Iterable[ProductDraft], document: Document, locale: str) -> Iterator[Text]:
    """Yield the texts of the columns that bear a locale: what a cell says, and the same in that language."""
    beside = _beside(document, locale)
    if beside is None:
        return
    for draft in drafts:
        cells: list[tuple[Field, Cell]] = [
            ("title", draft.title), ("description", draft.description), ("type", draft.type)
        ]  # fmt: skip
        for name, value in (pair for variant in draft.variants for pair in variant.options):
            cells.append(("option", value))
            if name.column != value.column:  # else the column's own name is the option's
                cells.append(("option", name))
        for field, cell in dict.fromkeys(cells):
            if found := beside(cell):
                yield Text(draft.handle.value or draft.title.value, field, cell.value, found, document.name)


def _beside(document: Document, locale: str) -> Callable[[Cell], Cell] | None:
    """Return what finds the cell of the same row in the locale's own column; None where there is no such column."""
    if document.table is None:
        return _beside_in(document.json, locale)
    columns = _of_locale(document.table.header, locale)
    rows = {row.number: row.cells for row in document.table.rows} if columns else {}
    header = document.table.header

    def look(cell: Cell) -> Cell:
        name = columns.get(fold(cell.column))
        return Cell(rows[cell.row][header.index(name)], cell.row, name) if name and cell.row in rows else NOTHING

    return look if columns else None


def _beside_in(body: Json, locale: str) -> Callable[[Cell], Cell] | None:
    listed = entries_of(body)
    if listed is None:
        return None

    def look(cell: Cell) -> Cell:
        entry = listed[cell.row - 1] if 0 < cell.row <= len(listed) else None
        if not isinstance(entry, dict):
            return NOTHING
        name = _of_locale(entry, locale).get(fold(cell.column), "")
        value = entry.get(name)
        return Cell(value, cell.row, name) if isinstance(value, str) else NOTHING

    return look


def _of_locale(names: Iterable[str], locale: str) -> dict[str, str]:
    """Return the names that end in the locale in brackets, by what stands before it."""
    found = ((_BRACKETED.fullmatch(name.strip()), name) for name in names)
    return {fold(match["what"]): name for match, name in found if match and fold(match["tag"]) == fold(locale)}
