"""Makes facts of a product: everything that may be said of it, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from livestream.catalogue.drafts import Cell, ProductDraft, VariantDraft
from livestream.catalogue.model import Fact, FactKind, Product, Source, Value
from livestream.catalogue.selling_points import selling_points
from livestream.catalogue.wording import slug

MOST_CHOICES = 100
"""How many choices of one product can be asked for by name."""


def facts_of(
    product: Product, draft: ProductDraft, variants: Sequence[VariantDraft], weight: str, file: str
) -> Product:
    """Return the product with its facts; `variants` are the drafts of `product.variants`, in step."""
    maker = _Maker(product, draft, variants, file)
    return replace(product, facts=tuple(maker.facts(weight)))


class _Maker:
    """One product's facts. Amounts and counts become facts only where they hold for every variant."""

    def __init__(self, product: Product, draft: ProductDraft, variants: Sequence[VariantDraft], file: str) -> None:
        self._product = product
        self._draft = draft
        self._variants = variants
        self._file = file

    def facts(self, weight: str) -> Iterator[Fact]:
        product, draft = self._product, self._draft
        yield self._fact(FactKind.TITLE, product.title, draft.title)
        yield from self._prices()
        yield from self._options()
        if len(product.variants) > 1:
            yield self._fact(FactKind.VARIANTS, len(product.variants), self._variants[0].price)
        counts = [variant.stock for variant in product.variants]
        if counts and None not in counts:
            yield self._fact(FactKind.STOCK, sum(filter(None, counts)), self._variants[0].stock)
        yield from self._choices()
        if product.vendor:
            yield self._fact(FactKind.VENDOR, product.vendor, draft.vendor)
        if product.type:
            yield self._fact(FactKind.TYPE, product.type, draft.type)
        if weight:
            yield self._fact(FactKind.WEIGHT, weight, draft.weight)
        for number, point in enumerate(selling_points(product.title, product.description), 1):
            yield self._fact(FactKind.POINT, point.text, draft.description, key=str(number), grammar=point.grammar)

    def _prices(self) -> Iterator[Fact]:
        """One unpriced variant keeps them all unquoted: "from" would be a claim about that one too."""
        offers = [variant.offer for variant in self._product.variants]
        prices = [offer.price for offer in offers if offer.price is not None]
        currencies = {offer.currency for offer in offers}
        if not prices or len(prices) < len(offers) or len(currencies) > 1:
            return
        currency = currencies.pop()
        low, high = min(prices), max(prices)
        if low < high:
            yield self._amount(FactKind.PRICE_FROM, low, prices.index(low), currency)
            yield self._amount(FactKind.PRICE_TO, high, prices.index(high), currency)
            return
        yield self._amount(FactKind.PRICE, low, 0, currency)
        before = {(offer.compare_at, offer.lowest_30d) for offer in offers}
        former, lowest = before.pop()
        if lowest is not None and not before:
            yield self._fact(FactKind.LOWEST_30D, lowest, self._variants[0].lowest_30d, currency=currency)
            if former is not None and former <= lowest:
                yield self._fact(FactKind.COMPARE_AT, former, self._variants[0].compare_at, currency=currency)

    def _amount(self, kind: FactKind, amount: Decimal, variant: int, currency: str) -> Fact:
        return self._fact(kind, amount, self._variants[variant].price, currency=currency)

    def _options(self) -> Iterator[Fact]:
        values: dict[str, dict[str, None]] = {}
        first: dict[str, tuple[str, Cell]] = {}
        for variant, draft in zip(self._product.variants, self._variants, strict=True):
            cells = {name.value: value for name, value in draft.options}
            for name, value in variant.options:
                values.setdefault(slug(name), {})[value] = None
                first.setdefault(slug(name), (name, cells.get(name, draft.price)))
        for key, (name, cell) in first.items():
            if key:
                yield self._fact(FactKind.OPTION, tuple(values[key]), cell, key=key, label=name)

    def _choices(self) -> Iterator[Fact]:
        """What can be asked for by name: each value of an option, and each variant; price where it depends on it."""
        chosen: dict[tuple[str, ...], list[int]] = {}
        for index, variant in enumerate(self._product.variants):
            values = tuple(value for _, value in variant.options)
            for choice in dict.fromkeys([*((value,) for value in values), values] if values else []):
                chosen.setdefault(choice, []).append(index)
        priced = self._product.variants[0].offer if self._product.variants else None
        alike = priced is None or all(each.offer == priced for each in self._product.variants)
        seen: set[str] = set()
        for choice, indices in list(chosen.items())[:MOST_CHOICES]:
            key = slug(" ".join(choice))
            if not key or key in seen:  # "one size" and "one-size" would be one fact
                continue
            seen.add(key)
            variants = [self._product.variants[index] for index in indices]
            cell = self._variants[indices[0]]
            yield self._fact(FactKind.CHOICE, ", ".join(choice), cell.price, key=key)
            offers = {(variant.offer.price, variant.offer.currency) for variant in variants}
            price, currency = next(iter(offers))
            if not alike and len(offers) == 1 and price is not None:
                yield self._fact(FactKind.CHOICE_PRICE, price, cell.price, key=key, currency=currency)
            counts = [variant.stock for variant in variants]
            if None not in counts:
                yield self._fact(FactKind.CHOICE_STOCK, sum(filter(None, counts)), cell.stock, key=key)

    def _fact(
        self,
        kind: FactKind,
        value: Value,
        cell: Cell,
        *,
        key: str = "",
        currency: str = "",
        label: str = "",
        grammar: str = "",
    ) -> Fact:
        handle = self._product.handle
        return Fact(
            id=f"{handle}.{kind}.{key}" if key else f"{handle}.{kind}",
            kind=kind,
            product=handle,
            value=value,
            source=Source(self._file, cell.row or self._draft.row, cell.column),
            currency=currency,
            label=label,
            grammar=grammar,
        )
