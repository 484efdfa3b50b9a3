from decimal import Decimal
from pathlib import Path

import pytest

from livestream.catalogue import FactKind, read_catalogue
from livestream.catalogue.edits import with_price, with_stock
from livestream.errors import CatalogueError

CSV = """handle,title,price,compare_at,lowest_30d,stock,currency,Size
lamp,Desk Lamp,39.90,49.90,49.90,12,USD,
shirt,Linen Shirt,25.00,,,3,USD,S
shirt,,25.00,,,4,USD,M
rug,Wool Rug,90.00,,,,USD,S
rug,,120.00,,,,USD,L
"""


@pytest.fixture
def catalogue(tmp_path: Path):
    file = tmp_path / "list.csv"
    file.write_text(CSV)
    return read_catalogue(file)


def test_a_new_price_is_a_new_version_of_the_fact_and_of_every_variant(catalogue):
    before = catalogue.fact("lamp.price")
    edited = with_price(catalogue, "lamp", Decimal("34.50"))
    after = edited.fact("lamp.price")
    assert (after.id, after.value, after.currency) == (before.id, Decimal("34.50"), "USD")
    assert after.version != before.version
    assert {variant.offer.price for variant in edited.product("lamp").variants} == {Decimal("34.50")}
    assert edited.product("lamp").fact(FactKind.COMPARE_AT).value == Decimal("49.90")
    assert catalogue.fact("lamp.price") is before


def test_a_price_at_or_above_the_former_price_takes_that_away(catalogue):
    edited = with_price(catalogue, "lamp", Decimal("49.90"))
    assert edited.product("lamp").fact(FactKind.COMPARE_AT) is None
    assert edited.product("lamp").variants[0].offer.compare_at is None


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "1e9", "1.00001"])
def test_what_is_no_price_is_refused(catalogue, amount):
    with pytest.raises(CatalogueError, match="no price"):
        with_price(catalogue, "lamp", Decimal(amount))


def test_a_product_whose_variants_differ_keeps_its_prices(catalogue):
    with pytest.raises(CatalogueError, match="no single price"):
        with_price(catalogue, "rug", Decimal("100"))


def test_stock_is_edited_where_it_is_counted(catalogue):
    edited = with_stock(catalogue, "lamp", 2)
    assert edited.fact("lamp.stock").value == 2
    assert edited.fact("lamp.stock").version != catalogue.fact("lamp.stock").version
    with pytest.raises(CatalogueError, match="not counted"):
        with_stock(catalogue, "rug", 2)


def test_variants_can_only_be_sold_out_together(catalogue):
    assert [variant.stock for variant in with_stock(catalogue, "shirt", 0).product("shirt").variants] == [0, 0]
    with pytest.raises(CatalogueError, match="by variant"):
        with_stock(catalogue, "shirt", 5)


def test_nobody_edits_what_is_not_there(catalogue):
    with pytest.raises(CatalogueError, match="no product"):
        with_price(catalogue, "boat", Decimal("1"))
