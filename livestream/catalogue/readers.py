"""Reads a product list: finds the reader that knows the format, and judges what it found."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from livestream.catalogue.build import build
from livestream.catalogue.document import open_document
from livestream.catalogue.drafts import CatalogueReader
from livestream.catalogue.model import Catalogue, CurrencyOrigin
from livestream.catalogue.money import NotMoney, currency_code
from livestream.catalogue.report import Report
from livestream.errors import CatalogueError, UsageError

GROUP = "livestream.catalogue_readers"


def read_catalogue(
    path: Path, *, currency: str | None = None, currency_origin: CurrencyOrigin = "argument", assume: str | None = None
) -> Catalogue:
    """Read a merchant's export: Shopify CSV, CSV or JSON.

    Args:
        path: the file.
        currency: ISO 4217 code of prices that the file leaves without one.
        currency_origin: who said so, `argument` or `channel`.
        assume: ISO 4217 code to take where nobody said so; the catalogue's origin is then `assumed`.

    Raises:
        CatalogueError: nothing of it can be used; problems of single rows are in the result instead.
        UsageError: `currency` or `assume` is no ISO 4217 code.
    """
    given, fallback = _code(currency), _code(assume)
    report = Report()
    document = open_document(path, report)
    readers = _readers()
    reader = max(readers, key=lambda each: each.confidence(document), default=None)
    if reader is None or reader.confidence(document) <= 0:
        raise CatalogueError(
            "no installed reader knows this format",
            where=path.name,
            remedy="Export it as CSV with a title column, or reinstall livestream.",
        )
    drafts = reader.read(document, report)
    return build(path, drafts, report, currency=given, origin=currency_origin, assume=fallback)


def _readers() -> list[CatalogueReader]:
    found: list[CatalogueReader] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        try:
            found.append(entry.load()())
        except (ImportError, AttributeError, TypeError) as error:
            raise CatalogueError(
                f"the catalogue reader {entry.name} cannot be loaded ({error})",
                where=entry.value,
                remedy="Reinstall or remove the package that brings it.",
            ) from error
    return found


def _code(text: str | None) -> str:
    if not text:
        return ""
    try:
        return currency_code(text)
    except NotMoney as error:
        raise UsageError(str(error), where="currency", remedy=error.remedy) from error
