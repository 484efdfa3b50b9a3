"""What is true at this moment: the catalogue with what the console changed of it, and the door that goes by it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from livestream.catalogue import Catalogue, Fact, FactKind, Product
from livestream.catalogue.edits import repriced, restocked, without
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
_LONGEST_COUNT = 12


PRICES = frozenset(
    {
        FactKind.PRICE,
        FactKind.PRICE_FROM,
        FactKind.PRICE_TO,
        FactKind.COMPARE_AT,
        FactKind.LOWEST_30D,
        FactKind.CHOICE_PRICE,
    }
)
STOCKS = frozenset({FactKind.STOCK, FactKind.CHOICE_STOCK})
"""What is said of a product only while it is fresh."""
ASKED = frozenset({FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO, FactKind.CHOICE_PRICE})
"""What a product costs now: where it was said and has changed, it is corrected."""

POLICIES = ""
"""What stands for the shop's policies where products are told by their handles."""
What = Literal["price", "stock"]
_REPLACED: Mapping[What, frozenset[FactKind]] = {"price": frozenset({FactKind.PRICE}), "stock": STOCKS}


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """What a person typed in the place of the list's own value, `against` those versions of the list's facts."""

    value: str
    against: str


class Truth:
    """The facts in force: the list as it was read last, over it what the console changed, without what is too old.

    A change makes new versions of facts; what rests on the old ones is outdated.
    """

    def __init__(self, catalogue: Catalogue, locale: Locale, *, quote_prices: bool) -> None:
        self.catalogue = self._list = catalogue
        self.locale = locale
        self.quote_prices = quote_prices
        self.standards = Standards(catalogue.facts, locale, quote_prices=quote_prices)
        self._edits: dict[tuple[What, str], Edit] = {}
        self._too_old: frozenset[FactKind] = frozenset()
        self.replaced: dict[FactRef, None] = {}
        """Fact versions that were in force and are no longer, until somebody has taken care of them."""
        self.version = 1

    @property
    def edited(self) -> frozenset[str]:
        """The products of which the console changed something."""
        return frozenset(handle for _, handle in self._edits)

    def trial(self, what: What, handle: str, value: str) -> Product:
        """Return what an edit would make of a product.

        Raises:
            CatalogueError: the value makes no sense, or this product has no such thing to change.
        """
        return _with(self._list.product(handle), what, value)

    def edit(self, what: What, handle: str, value: str) -> Edit:
        """Put an edit in force, until the list's own value changes.

        Raises:
            CatalogueError: as `trial`.
        """
        self.trial(what, handle, value)
        made = Edit(value, self.listed(what, handle))
        self.put_edit(what, handle, made)
        return made

    def load_edit(self, what: What, handle: str, kept: Mapping[str, str] | None) -> None:
        """Put an edit in force again as the store keeps it.

        Raises:
            CatalogueError: the list's own value has become another since, or the edit makes no sense any more.
        """
        if not kept:
            return
        if kept["file"] != self.listed(what, handle):
            raise CatalogueError("the product list has changed since", where=handle)
        self.edit(what, handle, kept["value"])

    def load(self, state: Mapping[str, Any]) -> None:
        """Put all edits in force again that the store keeps and the list allows."""
        for what in _REPLACED:
            for key in [key for key in state if key.startswith(f"{what}/")]:
                with contextlib.suppress(CatalogueError):  # it is said when moderation is loaded
                    self.load_edit(what, key.partition("/")[2], state[key])

    def edit_of(self, what: What, handle: str) -> Edit | None:
        """Return the edit in force, None where the list's own value is."""
        return self._edits.get((what, handle))

    def put_edit(self, what: What, handle: str, edit: Edit | None) -> None:
        """Put an edit in force that was before, or with None the list's own value."""
        self._edits.pop((what, handle), None)
        if edit is not None:
            self._edits[what, handle] = edit
        self._become()

    def listed(self, what: What, handle: str) -> str:
        """Return what tells the list's own value from another: the versions of the facts that an edit replaces."""
        facts = self._list.product(handle).facts if self._list.has(handle) else ()
        return " ".join(fact.version for fact in facts if fact.kind in _REPLACED[what])

    def take(self, catalogue: Catalogue) -> tuple[frozenset[str], tuple[tuple[What, str], ...]]:
        """Put a list that was read anew in force; edits of values that it has changed are dropped.

        Returns the products that have changed, and the edits dropped.
        """
        self._list = catalogue
        dropped = tuple(key for key, edit in self._edits.items() if not self._fits(*key, edit))
        for key in dropped:
            del self._edits[key]
        return self._become(), dropped

    def _fits(self, what: What, handle: str, edit: Edit) -> bool:
        try:
            return edit.against == self.listed(what, handle) and bool(self.trial(what, handle, edit.value))
        except CatalogueError:
            return False

    def leave_out(self, kinds: frozenset[FactKind]) -> frozenset[str]:
        """Let no fact of these kinds be in force that the list states: it is too old. Returns what has changed."""
        if kinds == self._too_old:
            return frozenset()
        self._too_old = kinds
        return self._become()

    def _become(self) -> frozenset[str]:
        """Put in force what list, edits and age come to; return the products, or POLICIES, that have changed."""
        before = self.catalogue
        products = tuple(self._in_force(product) for product in self._list.products)
        self.catalogue = replace(self._list, products=products)
        known = {product.handle: product for product in products}
        changed = [product for product in before.products if known.get(product.handle) != product]
        came = [product.handle for product in products if not before.has(product.handle)]
        handles = {product.handle for product in changed}.union(came)
        if before.policies != self.catalogue.policies:
            handles.add(POLICIES)
        if not handles:
            return frozenset()
        self.standards = Standards(self.catalogue.facts, self.locale, quote_prices=self.quote_prices)
        facts = self.catalogue.facts
        old = [fact for product in changed for fact in product.facts if facts.get(fact.id) != fact]
        self.replaced |= dict.fromkeys(self.outdated(fact.ref for fact in (*old, *before.policies)))
        self.version += 1
        return frozenset(handles)

    def _in_force(self, product: Product) -> Product:
        for what in _REPLACED:
            if edit := self._edits.get((what, product.handle)):
                product = _with(product, what, edit.value)
        return without(product, self._too_old) if self._too_old else product

    def doubt(self, refs: Iterable[FactRef]) -> None:
        """Have those of these versions that are not in force taken care of too: somebody else went by them."""
        self.replaced |= dict.fromkeys(self.outdated(refs))

    def outdated(self, refs: Iterable[FactRef]) -> tuple[FactRef, ...]:
        """Return the fact versions that are not in force."""
        facts = self.catalogue.facts
        return tuple(ref for ref in refs if ref.id not in facts or facts[ref.id].version != ref.version)

    def asked(self, refs: Iterable[FactRef]) -> tuple[str, ...]:
        """Return the ids of those facts that say what a product costs, where it costs something now."""
        return tuple(ref.id for ref in refs if _kind(ref.id) in ASKED and self._costs(product_of(ref.id)))

    def _costs(self, handle: str) -> bool:
        if not self.quote_prices or not self.catalogue.has(handle):
            return False
        product = self.catalogue.product(handle)
        return bool(product.fact(FactKind.PRICE) or product.fact(FactKind.PRICE_FROM))

    def stale(self, line: ApprovedLine) -> tuple[FactRef, ...]:
        """Return the fact versions of a line that are no longer in force."""
        return self.outdated(line.facts)

    def card(self, handle: str, picture: str) -> ApprovedCard | None:
        """Return a product's card as it now is, None where it may not be shown."""
        if not self.catalogue.has(handle):
            return None
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


def product_of(fact_id: str) -> str:
    """Return the handle of the product that a fact is of."""
    return fact_id.partition(".")[0]


def _kind(fact_id: str) -> str:
    return fact_id.split(".")[1]


def _with(product: Product, what: What, value: str) -> Product:
    if what == "stock":
        if not value.strip().isdecimal() or len(value) > _LONGEST_COUNT:
            raise CatalogueError(f"{value[:20]!r} is no count", where=product.handle, remedy="Write a whole number.")
        return restocked(product, int(value))
    try:
        return repriced(product, Decimal(value.strip()))
    except InvalidOperation:
        raise CatalogueError(f"{value[:20]!r} is no amount", where=product.handle, remedy="Write 49.99.") from None
