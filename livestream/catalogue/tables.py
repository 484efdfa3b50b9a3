"""Readers of delimited text: Shopify's export in its old and new dress, and any table with plain headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from babel.numbers import is_currency

from livestream.catalogue.document import Document, Row, Table
from livestream.catalogue.drafts import NOTHING, Cell, ProductDraft
from livestream.catalogue.names import (
    OPTION_COLUMNS,
    PLAIN,
    SHOPIFY,
    Aliases,
    fold,
    image_cells,
    match,
    product_draft,
    variant_draft,
)
from livestream.catalogue.report import Report, visible
from livestream.errors import CatalogueError

_VARIANT_FIELDS = ("sku", "price", "stock", "option1_value", *OPTION_COLUMNS)


class ShopifyCsv:
    """Shopify's product export: `Handle/Variant Price` of old and `URL handle/Price` of today.

    Rows of one handle are one product: the first has its title and texts, the next ones further
    variants, or only further images.
    """

    name = "shopify-csv"

    def confidence(self, document: Document) -> int:
        """Sure where the header has a handle and anything else that only Shopify writes."""
        if document.table is None:
            return 0
        names = {fold(name) for name in document.table.header}
        marks = {"url handle", "body html", "variant price", "option1 name"}
        return 90 if names & {"handle", "url handle"} and names & marks and "title" in names else 0

    def read(self, document: Document, report: Report) -> Iterable[ProductDraft]:
        """Yield one draft a handle."""
        return _gather(_table(document), SHOPIFY, report)


class PlainCsv:
    """Any table whose header names a title; rows that share an id or a title are variants of one product."""

    name = "csv"

    def confidence(self, document: Document) -> int:
        """Take any table that nobody knows better."""
        return 10 if document.table is not None else 0

    def read(self, document: Document, report: Report) -> Iterable[ProductDraft]:
        """Yield one draft a product.

        Raises:
            CatalogueError: no column is a title.
        """
        table = _table(document)
        if "title" not in match(table.header, PLAIN):
            raise CatalogueError(*_no_title(table), where=f"{document.name}, row 1", remedy=_NAME_IT)
        return _gather(table, PLAIN, report)


_NAME_IT = "Name the columns in the first row, at least title and price; cells are parted by comma, semicolon or tab."


def _no_title(table: Table) -> tuple[str]:
    if len(table.header) <= 1:
        return ("only one column was found, so the delimiter is another than comma, semicolon or tab",)
    shown = ", ".join(visible(name[:24]) or "(no name)" for name in table.header[:8])
    return (f"no column is a product's title among {shown}{' …' if len(table.header) > 8 else ''}",)


def _table(document: Document) -> Table:
    if document.table is None:
        raise CatalogueError("this is not a table", where=document.name, remedy="Export it as CSV.")
    return document.table


class _Columns:
    """Finds the cells of a row by field."""

    def __init__(self, header: tuple[str, ...], aliases: Aliases, report: Report) -> None:
        self._names = match(header, aliases)
        self._at = {field: header.index(name) for field, name in self._names.items()}
        self._currency = NOTHING
        if "price" not in self._at:
            self._priced_by_name(header)
        known = {fold(alias) for field in self._names for alias in aliases[field]}
        folded = [fold(name) for name in header]
        for twice in sorted({name for name in folded if name in known and folded.count(name) > 1}):
            first = header[folded.index(twice)]
            report.warning(1, first, first, "the column is there twice; the first was read", "Remove one of them.")

    def _priced_by_name(self, header: tuple[str, ...]) -> None:
        """Take `Price (USD)` for a price column that states its currency."""
        for index, name in enumerate(header):
            found = re.fullmatch(r"price ([a-z]{3})", fold(name))
            if found and is_currency(found[1].upper()):
                self._names["price"], self._at["price"] = name, index
                self._currency = Cell(found[1].upper(), 1, name)
                return

    def cell(self, row: Row, field: str) -> Cell:
        """Return the field's cell in this row."""
        if field not in self._at:
            return self._currency if field == "currency" else NOTHING
        return Cell(row.cells[self._at[field]], row.number, self._names[field])

    def options(self, row: Row, product: ProductDraft) -> Iterator[tuple[Cell, Cell]]:
        """Yield names and values; Shopify names an option in a product's first row only."""
        named = [name for name, _ in product.variants[0].options] if product.variants else []
        for number in (1, 2, 3):
            name, value = self.cell(row, f"option{number}_name"), self.cell(row, f"option{number}_value")
            if not name and number <= len(named):
                name = named[number - 1]
            if name and value:
                yield name, value
        for field in OPTION_COLUMNS:
            if value := self.cell(row, field):
                yield Cell(self._names[field].strip().capitalize(), value.row, value.column), value


def _gather(table: Table, aliases: Aliases, report: Report) -> Iterator[ProductDraft]:
    columns = _Columns(table.header, aliases, report)
    drafts: dict[str, ProductDraft] = {}
    for row in table.rows:
        draft = product_draft(row.number, lambda field, row=row: columns.cell(row, field))  # type: ignore[misc]
        key = draft.handle.value.strip() or fold(draft.title.value)
        if not key:
            report.error(row.number, "", "", "the row has neither handle nor title; it was left out", "Give it one.")
            continue
        product = drafts.setdefault(key, draft)
        if product is not draft and draft.title and draft.title.value.strip() != product.title.value.strip():
            report.error(
                row.number,
                draft.handle.column,
                draft.handle.value,
                f"row {product.row} has this id for another product; the row was left out",
                "Give every product an id of its own.",
            )
            continue
        product.images += image_cells(columns.cell(row, "image"))
        if product is draft or any(columns.cell(row, field) for field in _VARIANT_FIELDS):
            variant = variant_draft(row.number, lambda field, row=row: columns.cell(row, field))  # type: ignore[misc]
            variant.options = list(columns.options(row, product))
            product.variants.append(variant)
    yield from drafts.values()
