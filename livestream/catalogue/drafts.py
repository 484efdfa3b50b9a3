"""What every reader gives: products as cells, each with its place, not yet judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from livestream.catalogue.document import Document
from livestream.catalogue.report import Report


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the file has it, and where it stands."""

    value: str = ""
    row: int = 0
    column: str = ""

    def __bool__(self) -> bool:
        return bool(self.value.strip())


NOTHING = Cell()


@dataclass(slots=True)
class VariantDraft:
    """The cells of one variant. `stock` is empty where the shop does not count, or sells beyond the count.

    `by_market` where its price is that of the audience's market, not the one for all.
    """

    row: int
    sku: Cell = NOTHING
    price: Cell = NOTHING
    compare_at: Cell = NOTHING
    lowest_30d: Cell = NOTHING
    currency: Cell = NOTHING
    stock: Cell = NOTHING
    options: list[tuple[Cell, Cell]] = field(default_factory=list)
    by_market: bool = False


@dataclass(slots=True)
class ProductDraft:
    """The cells of one product. `withheld` says why the merchant does not sell it now, empty where it is sold."""

    row: int
    handle: Cell = NOTHING
    title: Cell = NOTHING
    description: Cell = NOTHING
    vendor: Cell = NOTHING
    type: Cell = NOTHING
    tags: Cell = NOTHING
    weight: Cell = NOTHING
    withheld: Cell = NOTHING
    images: list[Cell] = field(default_factory=list)
    variants: list[VariantDraft] = field(default_factory=list)


class CatalogueReader(Protocol):
    """A format of product lists, found by the entry-point group `livestream.catalogue_readers`."""

    name: str

    def confidence(self, document: Document) -> int:
        """Return how surely this reader understands the document, 0 (not at all) to 100."""
        ...

    def read(self, document: Document, report: Report) -> Iterable[ProductDraft]:
        """Yield the products in the file's order; rows that are none go to the report.

        Raises:
            CatalogueError: the document cannot be read as this format at all.
        """
        ...
