"""The names under which shops export the same few fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from livestream.catalogue.drafts import NOTHING, Cell, ProductDraft, VariantDraft

Aliases = Mapping[str, tuple[str, ...]]
LOWEST = (
    "lowest 30d", "lowest price 30d", "lowest price 30 days", "lowest price in 30 days", "lowest price of 30 days",
    "lowest price last 30 days", "lowest price in the last 30 days", "30 day lowest price", "omnibus price",
)  # fmt: skip
"""What shops and their plug-ins call the lowest price of the last thirty days (Directive 98/6/EC, Article 6a)."""
Lookup = Callable[[str], Cell]
"""Gives the cell of a field of one row or object; `NOTHING` where the file has no such column."""

_OPTIONS = {
    f"option{number}_{part}": (f"option{number} {part}", f"option {number} {part}")
    for number in (1, 2, 3)
    for part in ("name", "value")
}
SHOPIFY: Aliases = {
    "handle": ("handle", "url handle"),
    "title": ("title",),
    "description": ("body html", "description"),
    "vendor": ("vendor",),
    "type": ("type",),
    "tags": ("tags",),
    "sku": ("variant sku", "sku"),
    "price": ("variant price", "price"),
    "compare_at": ("variant compare at price", "compare at price"),
    "lowest_30d": LOWEST,
    "currency": ("currency",),
    "stock": ("variant inventory qty", "inventory quantity"),
    "tracker": ("variant inventory tracker", "inventory tracker"),
    "policy": ("variant inventory policy", "continue selling when out of stock"),
    "image": ("image src", "product image url"),
    "status": ("status",),
    "published": ("published", "published on online store"),
    **_OPTIONS,
}
PLAIN: Aliases = {
    "handle": ("handle", "url handle", "slug", "item group id", "product id", "id"),
    "title": ("title", "name", "product name", "product title", "product", "item name", "item title", "item"),
    "description": (
        "description", "body html", "body", "product description", "long description", "short description", "details",
    ),
    "vendor": ("vendor", "brand", "brand name", "manufacturer"),
    "type": ("product type", "type", "category", "product category"),
    "tags": ("tags", "keywords"),
    "weight": ("item weight", "product weight", "weight"),
    "sku": ("sku", "variant sku", "item sku", "sku id", "article number", "article"),
    "price": ("price", "variant price", "regular price", "selling price", "unit price", "retail price"),
    "sale_price": ("sale price", "special price"),
    "sale_dates": ("sale price effective date", "date sale price starts", "date sale price ends"),
    "compare_at": (
        "compare at price", "variant compare at price", "compare at", "list price", "original price", "old price",
        "was price", "was", "msrp", "rrp",
    ),
    "lowest_30d": LOWEST,
    "currency": ("currency", "currency code", "price currency"),
    "stock": ("stock", "stock quantity", "inventory", "inventory quantity", "quantity", "qty"),
    "tracker": ("inventory management",),
    "policy": ("inventory policy",),
    "image": ("image", "images", "image url", "image link", "image src", "main image url", "picture", "photo"),
    "status": ("status",),
    "published": ("published",),
    "size": ("size",),
    "color": ("color", "colour"),
    "flavor": ("flavor", "flavour"),
    "scent": ("scent",),
    **_OPTIONS,
}  # fmt: skip
OPTION_COLUMNS = ("size", "color", "flavor", "scent")
_NO = {"draft", "archived", "unlisted", "false", "0", "-1", "no"}


def fold(name: str) -> str:
    """Return a column's name as the tables above spell it: lower case, words apart by one space."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def match(names: Iterable[str], aliases: Aliases) -> dict[str, str]:
    """Return which of the names holds which field; of several for one field the first alias wins."""
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(fold(name), name)
    return {
        field: next(folded[alias] for alias in known if alias in folded)
        for field, known in aliases.items()
        if any(alias in folded for alias in known)
    }


def product_draft(row: int, look: Lookup) -> ProductDraft:
    """Return the product-level cells of a row or object."""
    withheld = next((cell for cell in (look("status"), look("published")) if fold(cell.value) in _NO), NOTHING)
    return ProductDraft(
        row,
        handle=look("handle"),
        title=look("title"),
        description=look("description"),
        vendor=look("vendor"),
        type=look("type"),
        tags=look("tags"),
        weight=look("weight"),
        withheld=withheld,
    )


def variant_draft(row: int, look: Lookup) -> VariantDraft:
    """Return the variant-level cells of a row or object, options apart.

    Stock is a limit only where the shop counts it and stops at zero. A sale price with dates beside
    it may be over, so it is not taken.
    """
    price, compare_at = look("price"), look("compare_at")
    if look("sale_price") and not look("sale_dates"):
        price, compare_at = look("sale_price"), look("price")
    tracker, policy = look("tracker"), fold(look("policy").value)
    counted = (tracker is NOTHING or bool(tracker)) and policy not in {"continue", "true"}
    return VariantDraft(
        row,
        sku=look("sku"),
        price=price,
        compare_at=compare_at,
        lowest_30d=look("lowest_30d"),
        currency=look("currency"),
        stock=look("stock") if counted else NOTHING,
    )


def image_cells(cell: Cell) -> list[Cell]:
    """Return the image references of a cell, which may list several."""
    found = re.split(r"\s*\|\s*|\s*,\s+|\s+(?=https?://)", cell.value.strip())
    return [Cell(reference, cell.row, cell.column) for reference in found if reference]
