"""What is true at this moment: the catalogue with what the console changed of it, and the door that goes by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from livestream.catalogue import Catalogue, Fact, FactKind, Product
from livestream.catalogue.edits import with_price, with_stock
from livestream.console.backend import ProductRow
from livestream.errors import CatalogueError, ClaimRefused
from livestream.lines import FactRef
from livestream.locales import Locale
from livestream.standards import ApprovedCard, ApprovedLine, Standards
from livestream.standards.forms import render

LABELS = {
    FactKind.TITLE: "Name",
    FactKind.PRICE: "Price",
    FactKind.PRICE_FROM: "Price from",
    FactKind.PRICE_TO: "Price up to",
    FactKind.COMPARE_AT: "Compare-at price",
    FactKind.STOCK: "In stock",
    FactKind.POINT: "Feature",
    FactKind.VENDOR: "Brand",
    FactKind.TYPE: "Kind",
    FactKind.WEIGHT: "Weight",
    FactKind.VARIANTS: "Choices",
    FactKind.CHOICE: "Choice",
    FactKind.CHOICE_PRICE: "Price of the choice",
    FactKind.CHOICE_STOCK: "In stock of the choice",
}
"""What a fact is called where people see it; an option goes by its own name."""


class Truth:
    """The facts in force. An edit makes a new version of a fact; what rests on the old one is outdated."""

    def __init__(self, catalogue: Catalogue, locale: Locale, *, quote_prices: bool) -> None:
        self.catalogue = self._file = catalogue
        self.locale = locale
        self.quote_prices = quote_prices
        self.standards = Standards(catalogue.facts, locale, quote_prices=quote_prices)
        self.edited: set[str] = set()
        self.replaced: dict[FactRef, None] = {}
        """Fact versions that were in force and are no longer, until somebody has taken care of them."""
        self.version = 1

    def with_price(self, handle: str, amount: str) -> Catalogue:
        """Return the catalogue with a product's price changed; it is not in force yet.

        Raises:
            CatalogueError: it is no amount, or this product has no single price.
        """
        try:
            price = Decimal(amount.strip())
        except InvalidOperation:
            raise CatalogueError(f"{amount[:20]!r} is no amount", where=handle, remedy="Write 49.99.") from None
        return with_price(self.catalogue, handle, price)

    def with_stock(self, handle: str, count: str) -> Catalogue:
        """Return the catalogue with a product's stock changed; it is not in force yet.

        Raises:
            CatalogueError: it is no count, or this product's stock is not counted.
        """
        if not count.strip().isdecimal() or len(count) > 12:
            raise CatalogueError(f"{count[:20]!r} is no count", where=handle, remedy="Write a whole number.")
        return with_stock(self.catalogue, handle, int(count))

    def with_product(self, product: Product) -> Catalogue:
        """Return the catalogue with a product as it was before; it is not in force yet."""
        products = tuple(product if each.handle == product.handle else each for each in self.catalogue.products)
        return replace(self.catalogue, products=products)

    def become(self, catalogue: Catalogue, handle: str) -> None:
        """Put a catalogue in force that differs in one product."""
        before = self.catalogue.product(handle).facts
        self.catalogue = catalogue
        self.standards = Standards(catalogue.facts, self.locale, quote_prices=self.quote_prices)
        self.replaced |= dict.fromkeys(self.outdated(fact.ref for fact in before))
        edited = catalogue.product(handle) != self._file.product(handle)
        (self.edited.add if edited else self.edited.discard)(handle)
        self.version += 1

    def as_filed(self, product: Product) -> bool:
        """Whether this is how the file has it."""
        return product in self._file.products

    def in_file(self, handle: str) -> str:
        """Return what tells a product as the file has it from the same in another file."""
        known = {product.handle: product for product in self._file.products}
        facts = known[handle].facts if handle in known else ()
        told = [fact.version for fact in facts if fact.kind in (FactKind.PRICE, FactKind.STOCK)]
        return " ".join(told)

    def outdated(self, refs: Iterable[FactRef]) -> tuple[FactRef, ...]:
        """Return the fact versions that are not in force."""
        facts = self.catalogue.facts
        return tuple(ref for ref in refs if ref.id not in facts or facts[ref.id].version != ref.version)

    def stale(self, line: ApprovedLine) -> tuple[FactRef, ...]:
        """Return the fact versions of a line that are no longer in force."""
        return self.outdated(line.facts)

    def card(self, handle: str, picture: str) -> ApprovedCard | None:
        """Return a product's card as it now is, None where it may not be shown."""
        try:
            return self.standards.approve_card(self.catalogue.product(handle), picture)
        except ClaimRefused:
            return None

    def explained(self, fact_ids: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """Return id, label and value of facts, as a moderator reads them."""
        facts = [self.catalogue.facts[name] for name in fact_ids if name in self.catalogue.facts]
        return tuple((fact.id, fact.label or LABELS.get(fact.kind, fact.kind), self._shown(fact)) for fact in facts)

    def products(self) -> tuple[ProductRow, ...]:
        """Return the products as the console lists them."""
        return tuple(self._row(product) for product in self.catalogue.products)

    def _row(self, product: Product) -> ProductRow:
        price, low = product.fact(FactKind.PRICE), product.fact(FactKind.PRICE_FROM)
        stock = product.fact(FactKind.STOCK)
        shown = price or low
        return ProductRow(
            handle=product.handle,
            title=product.title,
            price=str(price.value) if price and self.quote_prices else "",
            price_text=self._shown(shown) if shown and self.quote_prices else "",
            currency=shown.currency if shown else "",
            stock=stock.value if stock and isinstance(stock.value, int) else None,
            edited=product.handle in self.edited,
        )

    def _shown(self, fact: Fact) -> str:
        form = "price" if isinstance(fact.value, Decimal) else "list" if isinstance(fact.value, tuple) else "plain"
        try:
            return " ".join(token.caption for token in render(fact, form, self.locale.tag))
        except ClaimRefused:
            return str(fact.value)
