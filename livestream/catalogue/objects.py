"""Reader of JSON: a list of products, or an object that holds one, Shopify's `products.json` among them."""

from __future__ import annotations

from collections.abc import Iterator

from livestream.catalogue.document import Document, Json
from livestream.catalogue.drafts import NOTHING, Cell, ProductDraft, VariantDraft
from livestream.catalogue.names import OPTION_COLUMNS, PLAIN, Lookup, image_cells, match, product_draft, variant_draft
from livestream.catalogue.report import Report
from livestream.errors import CatalogueError


class JsonList:
    """`[{…}, …]` or `{"products": […]}`; variants and images may be nested as Shopify nests them.

    The row of a cell is the product's place in the list, counted from 1.
    """

    name = "json"

    def confidence(self, document: Document) -> int:
        """Take any JSON that nobody knows better."""
        return 10 if document.json is not None else 0

    def read(self, document: Document, report: Report) -> Iterator[ProductDraft]:
        """Yield one draft an object.

        Raises:
            CatalogueError: there is no list of objects.
        """
        for position, entry in enumerate(_entries(document), 1):
            if isinstance(entry, dict):
                yield _product(position, entry, report)
            else:
                report.error(
                    position,
                    "",
                    str(entry),
                    "this is not an object; it was left out",
                    'Write {"title": …, "price": …}.',
                )


def entries_of(body: Json) -> list[Json] | None:
    """Return the list of products in a JSON document, None where there is none."""
    if isinstance(body, dict):
        body = next((body[key] for key in ("products", "items", "data") if isinstance(body.get(key), list)), None)
    return body if isinstance(body, list) else None


def _entries(document: Document) -> list[Json]:
    body = entries_of(document.json)
    if body is None:
        raise CatalogueError(
            "the JSON holds no list of products",
            where=document.name,
            remedy='Write [{"title": …, "price": …}, …] or {"products": […]}.',
        )
    return body


def _product(row: int, entry: dict[str, Json], report: Report) -> ProductDraft:
    look = _lookup(row, entry, "", report)
    draft = product_draft(row, look)
    if "published_at" in entry and entry["published_at"] is None:
        draft.withheld = Cell("unpublished", row, "published_at")
    for key in ("images", "image"):
        draft.images += _images(row, key, entry.get(key))
    draft.images = draft.images or image_cells(look("image"))
    names = _option_names(row, entry)
    nested = entry.get("variants")
    if isinstance(nested, list) and nested:
        for index, each in enumerate(nested):
            if isinstance(each, dict):
                draft.variants.append(_variant(row, each, f"variants[{index}].", names, report))
            else:
                report.error(row, f"variants[{index}]", _shown(each), "this is not an object", "Write {…}.")
    else:
        draft.variants.append(_variant(row, entry, "", names, report))
    for variant in draft.variants:
        variant.currency = variant.currency or look("currency")
    return draft


def _variant(row: int, entry: dict[str, Json], prefix: str, names: list[Cell], report: Report) -> VariantDraft:
    look = _lookup(row, entry, prefix, report)
    variant = variant_draft(row, look)
    for number, name in enumerate(names, 1):
        value = _scalar(row, f"{prefix}option{number}", entry.get(f"option{number}"), report)
        if value:
            variant.options.append((name, value))
    for field in OPTION_COLUMNS:
        if value := look(field):
            variant.options.append((Cell(field.capitalize(), row, value.column), value))
    return variant


def _option_names(row: int, entry: dict[str, Json]) -> list[Cell]:
    options = entry.get("options")
    found = options if isinstance(options, list) else []
    names = [option.get("name") if isinstance(option, dict) else option for option in found[:3]]
    return [Cell(str(name), row, f"options[{index}]") for index, name in enumerate(names)]


def _images(row: int, key: str, value: Json) -> Iterator[Cell]:
    for index, each in enumerate(value if isinstance(value, list) else [value]):
        reference = each.get("src") or each.get("url") if isinstance(each, dict) else each
        if isinstance(reference, str) and reference.strip():
            yield Cell(reference.strip(), row, f"{key}[{index}]" if isinstance(value, list) else key)


def _lookup(row: int, entry: dict[str, Json], prefix: str, report: Report) -> Lookup:
    names = match(entry, PLAIN)

    def look(field: str) -> Cell:
        if field not in names or (field == "image" and not isinstance(entry[names[field]], str)):
            return NOTHING
        value = entry[names[field]]
        if field == "tags" and isinstance(value, list):
            value = ", ".join(each for each in value if isinstance(each, str))
        return _scalar(row, prefix + names[field], value, report)

    return look


def _scalar(row: int, column: str, value: Json, report: Report) -> Cell:
    if isinstance(value, bool):
        return Cell(str(value).lower(), row, column)
    if value is None or isinstance(value, str):
        return Cell(value or "", row, column)
    report.error(row, column, _shown(value), "this is no plain value; it was not read", "Write text or a number.")
    return NOTHING


def _shown(value: Json) -> str:
    return "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else str(value)
