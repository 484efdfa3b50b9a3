"""Whatever bytes a merchant's file holds, reading it ends with a catalogue or with a sentence."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livestream.catalogue import Catalogue, read_catalogue, readers
from livestream.errors import CatalogueError

HEADERS = [
    "Handle", "Title", "title", "name", "Body (HTML)", "description", "Variant Price", "price", "Price (USD)",
    "Variant Compare At Price", "Variant SKU", "Variant Inventory Qty", "stock", "Option1 Name", "Option1 Value",
    "Image Src", "image", "currency", "size", "sale price", "Status", "Ünïcode", "", "Price / International",
]  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "49.99", "$5", "free", "-3", "1.299", "EUR", "<p>a</p>", "{{x}}", "\u202e", "lamp", "true", "x,y", 'a"b']
    ),
)
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sound(path: Path) -> None:
    """Read the file and hold what must be true of every catalogue."""
    try:
        catalogue = read_catalogue(path)
    except CatalogueError as error:
        said = (error.message, error.where, error.remedy)
        assert all(said)
        return
    assert catalogue.products
    for product in catalogue.products:
        assert product.title
        assert product.variants
        for variant in product.variants:
            assert variant.offer.price is None or variant.offer.price > 0
            assert variant.stock is None or variant.stock >= 0
    assert len(catalogue.facts) == sum(len(product.facts) for product in catalogue.products)


@quick
@given(data=st.binary(max_size=400))
def test_random_bytes(tmp_path, data):
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    sound(path)


@quick
@given(
    header=st.lists(st.sampled_from(HEADERS), min_size=1, max_size=12),
    rows=st.lists(st.lists(CELLS, max_size=13), max_size=6),
    delimiter=st.sampled_from(",;\t|"),
)
def test_random_tables(tmp_path, header, rows, delimiter):
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows([header, *rows])
    path = tmp_path / "list.csv"
    path.write_text(written.getvalue(), encoding="utf-8", errors="surrogatepass")
    sound(path)


@quick
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "price", "variants", "options", "images", "image", "tags", "handle", "stock", "products",
                     "option1", "currency", "published_at", "src"]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=25,
    )
)  # fmt: skip
def test_random_json(tmp_path, body):
    path = tmp_path / "list.json"
    path.write_text(json.dumps(body))
    sound(path)


class Entry:
    """An entry point that loads what it is given."""

    name = value = "broken"

    def __init__(self, loaded: object) -> None:
        self._loaded = loaded

    def load(self) -> object:
        if isinstance(self._loaded, Exception):
            raise self._loaded
        return self._loaded


def test_a_broken_reader_is_named(read, monkeypatch):
    monkeypatch.setattr(readers, "entry_points", lambda group: [Entry(ImportError("no module"))])
    with pytest.raises(CatalogueError, match="reader broken cannot be loaded"):
        read("title\nLamp\n")


def test_without_readers_the_remedy_is_named(read, monkeypatch):
    monkeypatch.setattr(readers, "entry_points", lambda group: [])
    with pytest.raises(CatalogueError, match="no installed reader"):
        read("title\nLamp\n")


def test_too_many_products_are_refused(read, monkeypatch):
    monkeypatch.setattr("livestream.catalogue.build.MAX_PRODUCTS", 1)
    with pytest.raises(CatalogueError, match="2 products"):
        read("title\nLamp\nCup\n")


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize(
    ("name", "variants", "first"),
    [("apparel.csv", 22, "Ocean Blue Shirt"), ("home-and-garden.csv", 21, "Clay Plant Pot")],
)
def test_real_exports(real_catalogues, name, variants, first):
    catalogue = read_catalogue(real_catalogues / name)
    assert {problem.column for problem in catalogue.problems} <= {"Variant Compare At Price"}
    assert (catalogue.currency, catalogue.currency_origin) == ("", "unknown")
    assert len(catalogue.products) == 20
    assert sum(len(product.variants) for product in catalogue.products) == variants
    assert catalogue.products[0].title == first
    assert all(_is_priced(catalogue, product.handle) for product in catalogue.products)
    with (real_catalogues / name).open(encoding="utf-8", newline="") as file:
        prices = {row["Variant Price"] for row in csv.DictReader(file)}
    quoted = {str(fact.value) for fact in catalogue.facts.values() if fact.kind.startswith("price")}
    assert quoted <= prices


def _is_priced(catalogue: Catalogue, handle: str) -> bool:
    return f"{handle}.price" in catalogue.facts or f"{handle}.price_from" in catalogue.facts


@pytest.mark.needs("real-catalogues")
def test_stock_of_a_real_export_is_what_the_shop_counts(real_catalogues):
    catalogue = read_catalogue(real_catalogues / "home-and-garden.csv")
    counted = {fact.product: fact.value for fact in catalogue.facts.values() if fact.kind == "stock"}
    assert counted == {"biodegradable-cardboard-pots": 8}
