from pathlib import Path

import pytest

from livestream.catalogue import read_catalogue
from livestream.channel.live.truth import Truth
from livestream.errors import CatalogueError
from livestream.lines import Beat, Line, Slot
from livestream.locales import locale

EN = locale("en-US")


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    file = tmp_path / "list.csv"
    file.write_text("handle,title,price,stock,currency\nlamp,Desk Lamp,39.90,12,USD\nmug,Clay Mug,12.00,3,USD\n")
    return Truth(read_catalogue(file), EN, quote_prices=True)


def edit(truth: Truth, handle: str, price: str) -> None:
    truth.become(truth.with_price(handle, price), handle)


def line(fact: str) -> Line:
    return Line("l.1", "en-US", Beat.OFFER, ("It's ", Slot(fact, "price"), "."))


def test_a_line_is_stale_when_its_fact_has_changed_and_only_then(truth):
    lamp, mug = (truth.standards.approve(line(fact)) for fact in ("lamp.price", "mug.price"))
    edit(truth, "lamp", "35")
    assert [ref.id for ref in truth.stale(lamp)] == ["lamp.price"]
    assert truth.stale(mug) == ()
    assert truth.standards.approve(line("lamp.price")).caption == "It's $35."


def test_the_card_shows_the_new_price(truth):
    edit(truth, "lamp", "35")
    assert truth.card("lamp", "").card.price == "$35"


def test_products_are_listed_with_what_was_changed(truth):
    truth.become(truth.with_stock("mug", "0"), "mug")
    lamp, mug = truth.products()
    assert (lamp.price, lamp.price_text, lamp.stock, lamp.edited) == ("39.90", "$39.90", 12, False)
    assert (mug.stock, mug.edited) == (0, True)
    assert truth.version == 2


@pytest.mark.parametrize("amount", ["", "free", "1,5", "-3", "NaN", "9" * 40])
def test_rubbish_changes_nothing(truth, amount):
    with pytest.raises(CatalogueError):
        truth.with_price("lamp", amount)
    with pytest.raises(CatalogueError):
        truth.with_stock("lamp", amount)
    assert truth.version == 1


def test_facts_are_explained_with_their_label_and_value(truth):
    assert truth.explained(["lamp.price", "lamp.stock", "gone"]) == (
        ("lamp.price", "Price", "$39.90"),
        ("lamp.stock", "In stock", "12"),
    )


def test_what_was_replaced_is_told_until_somebody_takes_care_of_it(truth):
    before = truth.catalogue.fact("lamp.price").ref
    edit(truth, "lamp", "35")
    assert list(truth.replaced) == [before]


def test_an_edit_back_to_the_file_is_none(truth):
    product = truth.catalogue.product("lamp")
    edit(truth, "lamp", "35")
    truth.become(truth.with_product(product), "lamp")
    assert truth.edited == set()
    assert truth.catalogue.product("lamp") == product


def test_another_file_is_told_from_this_one(truth, tmp_path):
    (tmp_path / "list.csv").write_text("handle,title,price,stock,currency\nlamp,Desk Lamp,59.00,12,USD\n")
    other = Truth(read_catalogue(tmp_path / "list.csv"), EN, quote_prices=True)
    edit(truth, "lamp", "35")
    assert other.in_file("lamp") != truth.in_file("lamp")
