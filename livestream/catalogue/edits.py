"""What a person changes while the show is on: a price, a stock count. The rest stays as the file has it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from decimal import Decimal

from livestream.catalogue.model import Catalogue, Fact, FactKind, Offer, Product, Source
from livestream.errors import CatalogueError

_BY_HAND = "console"
"""The `Source.file` of what was typed in."""
MOST = Decimal(10) ** 9


def with_price(catalogue: Catalogue, handle: str, amount: Decimal) -> Catalogue:
    """Return the catalogue with one product's price changed, as `repriced` does.

    Raises:
        CatalogueError: there is no such product, or as `repriced`.
    """
    return _with(catalogue, repriced(catalogue.product(handle), amount))


def with_stock(catalogue: Catalogue, handle: str, count: int) -> Catalogue:
    """Return the catalogue with one product's stock changed, as `restocked` does.

    Raises:
        CatalogueError: there is no such product, or as `restocked`.
    """
    return _with(catalogue, restocked(catalogue.product(handle), count))


def repriced(product: Product, amount: Decimal) -> Product:
    """Return the product at another price; a former price that is no longer above it goes.

    Raises:
        CatalogueError: its variants differ in price, or the amount is no price.
    """
    handle = product.handle
    if not amount.is_finite() or not 0 < amount < MOST or amount != round(amount, 4):
        raise CatalogueError(f"{amount} is no price", where=handle, remedy="Write an amount above zero, such as 49.99.")
    if product.fact(FactKind.PRICE) is None:
        raise CatalogueError(
            "this product has no single price", where=handle, remedy="Change the prices of its variants in the file."
        )

    def edit(fact: Fact) -> Fact | None:
        if fact.kind is FactKind.PRICE:
            return replace(fact, value=amount, source=Source(_BY_HAND, 0, "price"))
        if fact.kind is FactKind.COMPARE_AT and isinstance(fact.value, Decimal) and fact.value <= amount:
            return None
        return fact

    def at_it(offer: Offer) -> Offer:
        before = offer.compare_at
        return replace(offer, price=amount, compare_at=before if before is not None and before > amount else None)

    variants = tuple(replace(variant, offer=at_it(variant.offer)) for variant in product.variants)
    return _edited(replace(product, variants=variants), edit)


def restocked(product: Product, count: int) -> Product:
    """Return the product with another stock; with 0 nothing of it is in stock.

    Raises:
        CatalogueError: its stock is not counted, the count is negative or huge, or it has variants whose
            stock differs and the count is not 0.
    """
    handle = product.handle
    if not 0 <= count < MOST:
        raise CatalogueError(f"{count} is no stock", where=handle, remedy="Write a whole number, 0 for sold out.")
    if product.fact(FactKind.STOCK) is None:
        raise CatalogueError(
            "the stock of this product is not counted", where=handle, remedy="Give the file a stock column."
        )
    if len(product.variants) > 1 and count:
        raise CatalogueError(
            "this product's stock is counted by variant",
            where=handle,
            remedy="Write 0 for sold out, or change the variants in the file.",
        )

    def edit(fact: Fact) -> Fact:
        counted = fact.kind in {FactKind.STOCK, FactKind.CHOICE_STOCK}
        return replace(fact, value=count, source=Source(_BY_HAND, 0, "stock")) if counted else fact

    variants = tuple(replace(variant, stock=count) for variant in product.variants)
    return _edited(replace(product, variants=variants), edit)


def without(product: Product, kinds: Collection[FactKind]) -> Product:
    """Return the product without its facts of these kinds, but for those that a person typed in."""
    return _edited(product, lambda fact: None if fact.kind in kinds and fact.source.file != _BY_HAND else fact)


def _edited(product: Product, edit: Callable[[Fact], Fact | None]) -> Product:
    return replace(product, facts=tuple(fact for each in product.facts if (fact := edit(each)) is not None))


def _with(catalogue: Catalogue, product: Product) -> Catalogue:
    products = tuple(product if each.handle == product.handle else each for each in catalogue.products)
    return replace(catalogue, products=products)
