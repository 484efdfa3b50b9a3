"""Reads a product list: finds the reader that knows the format, and judges what it found."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path

from livestream.catalogue.build import build
from livestream.catalogue.document import open_document
from livestream.catalogue.drafts import CatalogueReader
from livestream.catalogue.localised import Missing, in_language, missing_texts
from livestream.catalogue.market import column_texts, for_market
from livestream.catalogue.model import Catalogue, CurrencyOrigin
from livestream.catalogue.money import NotMoney, currency_code
from livestream.catalogue.report import Report
from livestream.catalogue.texts import Texts, read_texts, texts_path
from livestream.errors import CatalogueError, UsageError
from livestream.locales import Locale
from livestream.locales import locale as locale_of

GROUP = "livestream.catalogue_readers"


def read_catalogue(
    path: Path,
    *,
    currency: str | None = None,
    currency_origin: CurrencyOrigin = "argument",
    assume: str | None = None,
    locale: str = "en-US",
) -> Catalogue:
    """Read a merchant's export: Shopify CSV, CSV or JSON, with the texts of a locale that stand in it or beside it.

    Args:
        path: the file.
        currency: ISO 4217 code of prices that the file leaves without one.
        currency_origin: who said so, `argument` or `channel`.
        assume: ISO 4217 code to take where nobody said so; the catalogue's origin is then `assumed`.
        locale: BCP 47 tag of the audience: whose market's prices, and in whose language facts are told.

    Raises:
        CatalogueError: nothing of it, or of its texts, can be used; problems of single rows are in the result instead.
        UsageError: `currency` or `assume` is no ISO 4217 code, or `locale` is no locale.
    """
    market = locale_of(locale)
    found, texts, report = _read(path, market, currency=currency, currency_origin=currency_origin, assume=assume)
    told = in_language(found, texts, market)
    texts.report_unused(product.handle for product in told.products)
    return replace(told, problems=report.in_order())


def read_missing(path: Path, locale: str) -> list[Missing]:
    """Return what a list says and has no text for in a locale; nothing where it is in that language itself.

    Raises:
        CatalogueError, UsageError: as `read_catalogue`.
    """
    market = locale_of(locale)
    found, texts, _ = _read(path, market)
    return missing_texts(found, texts, market)


def _read(
    path: Path,
    market: Locale,
    *,
    currency: str | None = None,
    currency_origin: CurrencyOrigin = "argument",
    assume: str | None = None,
) -> tuple[Catalogue, Texts, Report]:
    """Return a list as it says things itself, and the texts that may stand for them."""
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
    drafts = list(for_market(reader.read(document, report), document, market))
    beside = texts_path(path, market.tag)
    rows = read_texts(beside, report) if beside.exists() else ()
    texts = Texts(chain(column_texts(drafts, document, market.tag), rows), market.tag, report)
    return build(path, drafts, report, currency=given, origin=currency_origin, assume=fallback), texts, report


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
