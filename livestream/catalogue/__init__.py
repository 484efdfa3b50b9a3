"""A merchant's product list, read into products, variants, offers and facts.

`document` text and tables → `tables`, `objects` (readers) → `drafts` cells → `market` prices → `build` judges →
`facts` → `localised` into the audience's language by `texts`.
"""

from __future__ import annotations

from livestream.catalogue.model import (
    Catalogue,
    Coverage,
    CurrencyOrigin,
    Fact,
    FactKind,
    Offer,
    Problem,
    Product,
    Source,
    Variant,
)
from livestream.catalogue.readers import read_catalogue

__all__ = [
    "Catalogue",
    "Coverage",
    "CurrencyOrigin",
    "Fact",
    "FactKind",
    "Offer",
    "Problem",
    "Product",
    "Source",
    "Variant",
    "read_catalogue",
]
