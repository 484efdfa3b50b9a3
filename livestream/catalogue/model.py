"""Products and the facts that may be said of them: plain, frozen data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from livestream.errors import CatalogueError
from livestream.lines import FactRef


class FactKind(StrEnum):
    """What a fact is about."""

    TITLE = "title"
    PRICE = "price"
    PRICE_FROM = "price_from"
    PRICE_TO = "price_to"
    COMPARE_AT = "compare_at"
    LOWEST_30D = "lowest_30d"
    STOCK = "stock"
    OPTION = "option"
    POINT = "point"
    VENDOR = "vendor"
    TYPE = "type"
    WEIGHT = "weight"
    VARIANTS = "variants"
    CHOICE = "choice"
    CHOICE_PRICE = "choice_price"
    CHOICE_STOCK = "choice_stock"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands in the merchant's file; `row` counts as a spreadsheet does, the header being row 1."""

    file: str
    row: int
    column: str


Value = str | int | Decimal | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the merchant has made true, and the only thing a number on air may come from.

    `label` is the option's name where `kind` is OPTION. A CHOICE is one value of an option, or one of
    each ("38 L, Teal"); CHOICE_PRICE and CHOICE_STOCK are of the choice whose key they share.
    LOWEST_30D is the lowest price of the last thirty days, without which a former price is not quoted.
    A POLICY is the shop's own text on a topic (`shipping`, `returns`, `warranty`, `payment`, `support`),
    said word for word; its `product` is empty.
    `grammar` says how a POINT reads: `name`, `noun`, `adjective`, `material`, `phrase`, `predicate`,
    `verb` or `sentence`, as `selling_points.Grammar` explains.
    Amounts are `Decimal` in `currency` (ISO 4217, empty where unknown).
    """

    id: str
    kind: FactKind
    product: str
    value: Value
    source: Source
    currency: str = ""
    label: str = ""
    grammar: str = ""

    @property
    def version(self) -> str:
        """Twelve hex digits that change when what is true changes, and not when its row moves."""
        value = list(self.value) if isinstance(self.value, tuple) else str(self.value)
        content = [self.id, self.kind, self.product, value, self.currency, self.label, self.grammar]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]

    @property
    def ref(self) -> FactRef:
        """This version of this fact, as lines cite it."""
        return FactRef(self.id, self.version)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a variant costs; `price` is None where the file states none that can be quoted."""

    price: Decimal | None
    compare_at: Decimal | None
    currency: str
    lowest_30d: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing that can be bought. `stock` is None where it is not tracked, unlimited or unknown."""

    sku: str
    options: tuple[tuple[str, str], ...]
    offer: Offer
    stock: int | None


@dataclass(frozen=True, slots=True)
class Product:
    """One product with its variants. `row` is the first row of it; `images` are paths or URLs as the file has them."""

    handle: str
    title: str
    description: str
    vendor: str
    type: str
    tags: tuple[str, ...]
    variants: tuple[Variant, ...]
    images: tuple[str, ...]
    facts: tuple[Fact, ...]
    row: int

    def fact(self, kind: FactKind) -> Fact | None:
        """Return the first fact of this kind, or None."""
        return next((fact for fact in self.facts if fact.kind is kind), None)


CurrencyOrigin = Literal["file", "argument", "channel", "assumed", "unknown"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that the merchant should mend.

    An `error` keeps a product or a price off the air; a `warning` says what was changed or left out.
    """

    severity: Severity
    row: int
    column: str
    value: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a list can be told in an audience's language.

    `native` says whether the list as a whole is in that language. `texts` counts, by field (`title`,
    `description`, `type`, `option`), those that have a text of the locale and all there are.
    """

    locale: str
    native: bool
    texts: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A product list as read: what is usable, and what is wrong with the rest.

    `policies` are the shop's own texts for the channel's audience, facts like those of the products.
    `coverage` says what of the list its audience can be told in its language.
    """

    path: Path
    products: tuple[Product, ...]
    problems: tuple[Problem, ...]
    currency: str
    currency_origin: CurrencyOrigin
    policies: tuple[Fact, ...] = ()
    coverage: Coverage | None = None
    facts: Mapping[str, Fact] = field(init=False, repr=False, compare=False)
    _products: Mapping[str, Product] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        facts = {fact.id: fact for product in self.products for fact in product.facts}
        facts |= {fact.id: fact for fact in self.policies}
        object.__setattr__(self, "facts", MappingProxyType(facts))
        object.__setattr__(self, "_products", {product.handle: product for product in self.products})

    def fact(self, fact_id: str) -> Fact:
        """Return the fact with this id.

        Raises:
            CatalogueError: there is none.
        """
        try:
            return self.facts[fact_id]
        except KeyError:
            raise CatalogueError(
                f"there is no fact {fact_id}",
                where=self.path.name,
                remedy="`livestream check --json` lists the facts of a product list.",
            ) from None

    def has(self, handle: str) -> bool:
        """Whether there is a product with this handle."""
        return handle in self._products

    def product(self, handle: str) -> Product:
        """Return the product with this handle.

        Raises:
            CatalogueError: there is none.
        """
        try:
            return self._products[handle]
        except KeyError:
            raise CatalogueError(
                f"there is no product {handle}",
                where=self.path.name,
                remedy="`livestream check` lists the products of a product list.",
            ) from None
