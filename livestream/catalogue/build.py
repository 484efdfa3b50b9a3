"""Judges what a reader found, cell by cell, and makes products of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from livestream.catalogue.currency import Priced, Settled, quote, read_money, settle
from livestream.catalogue.drafts import Cell, ProductDraft, VariantDraft
from livestream.catalogue.facts import facts_of
from livestream.catalogue.model import Catalogue, CurrencyOrigin, Offer, Product, Variant
from livestream.catalogue.report import Report
from livestream.catalogue.wording import cut, html_to_text, slug, tidy
from livestream.errors import CatalogueError

MAX_PRODUCTS = 20_000
MAX_TITLE = 255
MAX_DESCRIPTION = 20_000
MAX_NAME = 120
MAX_IMAGES = 20
MOST_STOCK = 10_000_000
"""Counts above this are taken for a mistake."""


def build(
    path: Path,
    drafts: Iterable[ProductDraft],
    report: Report,
    *,
    currency: str,
    origin: CurrencyOrigin,
    assume: str,
) -> Catalogue:
    """Return the catalogue of what can be used; the report holds the rest.

    Raises:
        CatalogueError: nothing can be used, or there is more than a bound allows.
    """
    found = list(drafts)
    if len(found) > MAX_PRODUCTS:
        raise CatalogueError(
            f"there are {len(found):,} products; at most {MAX_PRODUCTS:,} are read",
            where=path.name,
            remedy="Export a collection instead of the whole shop.",
        )
    wanted = [draft for draft in found if _wanted(draft, report)]
    money = {id(variant): read_money(variant, report) for draft in wanted for variant in draft.variants}
    settled = settle(money.values(), argument=currency, origin=origin, assume=assume, report=report)
    builder = _Builder(path.name, report, settled, money)
    products = tuple(product for draft in wanted if (product := builder.product(draft)))
    if not products:
        raise CatalogueError(_nothing(report), where=path.name, remedy="Mend the rows named, or export again.")
    return Catalogue(path, products, report.in_order(), settled.currency, settled.origin)


def _nothing(report: Report) -> str:
    first = [f"row {each.row}: {each.message}" for each in report.problems if each.row][:3]
    return f"no product in it can be used ({'; '.join(first)})" if first else "there is no product in it"


def _wanted(draft: ProductDraft, report: Report) -> bool:
    if not draft.withheld:
        return True
    cell = draft.withheld
    report.warning(
        cell.row, cell.column, cell.value, "the shop does not publish this product; it was left out",
        "Publish it and export again to have it on air.",
    )  # fmt: skip
    return False


class _Builder:
    """Makes products one by one; knows which handles and SKUs are taken."""

    def __init__(self, file: str, report: Report, settled: Settled, money: dict[int, Priced]) -> None:
        self._file = file
        self._report = report
        self._settled = settled
        self._money = money
        self._handles: dict[str, int] = {}
        self._skus: dict[str, int] = {}

    def product(self, draft: ProductDraft) -> Product | None:
        """Return the product, or None where it has no title or its handle is taken."""
        title = self._line(draft.title, MAX_TITLE)
        handle = slug(self._line(draft.handle, MAX_TITLE) or title)
        if not title or not handle:
            self._report.error(
                draft.row, draft.title.column or "title", draft.title.value,
                "the product has no title; it was left out", "Give it the name customers know.",
            )  # fmt: skip
            return None
        if handle in self._handles:
            self._report.error(
                draft.row, draft.handle.column or draft.title.column, handle,
                f"row {self._handles[handle]} is a product of the same handle; this one was left out",
                "Give every product a handle of its own.",
            )  # fmt: skip
            return None
        self._handles[handle] = draft.row
        description = self._description(draft.description)
        pairs = self._variants(draft)
        product = Product(
            handle=handle,
            title=title,
            description=description,
            vendor=self._line(draft.vendor, MAX_NAME),
            type=self._line(draft.type, MAX_NAME),
            tags=tuple(filter(None, (tag.strip() for tag in self._line(draft.tags, MAX_DESCRIPTION).split(",")))),
            variants=tuple(variant for _, variant in pairs),
            images=tuple(dict.fromkeys(tidy(image.value)[0] for image in draft.images if image))[:MAX_IMAGES],
            facts=(),
            row=draft.row,
        )
        return facts_of(product, draft, [each for each, _ in pairs], self._line(draft.weight, MAX_NAME), self._file)

    def _variants(self, draft: ProductDraft) -> list[tuple[VariantDraft, Variant]]:
        seen: dict[tuple[tuple[str, str], ...], int] = {}
        pairs: list[tuple[VariantDraft, Variant]] = []
        for each in draft.variants:
            options = tuple(
                (self._line(name, MAX_NAME), self._line(value, MAX_NAME))
                for name, value in each.options
                if value.value.strip().casefold() != "default title"  # Shopify: there are no options
            )
            if options in seen:
                self._report.error(
                    each.row, each.sku.column or draft.title.column, each.sku.value or draft.title.value,
                    f"the same product and options stand in row {seen[options]}; this one was left out",
                    "Remove it, or give it options of its own.",
                )  # fmt: skip
                continue
            seen[options] = each.row
            pairs.append((each, self._variant(each, options)))
        return pairs

    def _variant(self, draft: VariantDraft, options: tuple[tuple[str, str], ...]) -> Variant:
        sku = self._line(draft.sku, MAX_NAME)
        if sku and self._skus.setdefault(sku, draft.row) != draft.row:
            self._report.warning(
                draft.row, draft.sku.column, sku, f"row {self._skus[sku]} has the same SKU",
                "Give every variant a SKU of its own.",
            )  # fmt: skip
        amounts = quote(draft, self._money[id(draft)], self._settled, self._report)
        offer = Offer(amounts.price, amounts.compare_at, amounts.currency, amounts.lowest_30d)
        return Variant(sku, options, offer, self._stock(draft.stock))

    def _stock(self, cell: Cell) -> int | None:
        text = cell.value.strip()
        if not text:
            return None
        count = int(float(text)) if re.fullmatch(r"[-+]?\d{1,9}(\.0+)?", text) else None
        if count is not None and 0 <= count <= MOST_STOCK:
            return count
        self._report.warning(
            cell.row, cell.column, text,
            "a negative stock is taken as unknown" if count is not None and count < 0 else "this is not a stock count",
            "Write how many are left, or leave it empty.",
        )  # fmt: skip
        return None

    def _description(self, cell: Cell) -> str:
        return self._clean(cell, html_to_text(cell.value), MAX_DESCRIPTION)

    def _line(self, cell: Cell, limit: int) -> str:
        return self._clean(cell, cell.value, limit).replace("\n", " ")

    def _clean(self, cell: Cell, text: str, limit: int) -> str:
        clean, removed = tidy(text)
        if removed:
            self._report.warning(
                cell.row, cell.column, cell.value, f"{' and '.join(removed)} were taken out", "Remove them in the shop."
            )
        if len(clean) > limit:
            self._report.warning(
                cell.row,
                cell.column,
                clean,
                f"the text has {len(clean):,} characters; {limit:,} were read",
                "Shorten it.",
            )
        return cut(clean, limit)
