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


def line(fact: str) -> Line:
    return Line("l.1", "en-US", Beat.OFFER, ("It's ", Slot(fact, "price"), "."))


def test_a_line_is_stale_when_its_fact_has_changed_and_only_then(truth):
    lamp, mug = (truth.standards.approve(line(fact)) for fact in ("lamp.price", "mug.price"))
    assert truth.edit_price("lamp", "35") == "39.90"
    assert [ref.id for ref in truth.stale(lamp)] == ["lamp.price"]
    assert truth.stale(mug) == ()
    assert truth.standards.approve(line("lamp.price")).caption == "It's $35."


def test_the_card_shows_the_new_price(truth):
    truth.edit_price("lamp", "35")
    assert truth.card("lamp", "").card.price == "$35"


def test_products_are_listed_with_what_was_changed(truth):
    truth.edit_stock("mug", "0")
    lamp, mug = truth.products()
    assert (lamp.price, lamp.price_text, lamp.stock, lamp.edited) == ("39.90", "$39.90", 12, False)
    assert (mug.stock, mug.edited) == (0, True)
    assert truth.version == 2


@pytest.mark.parametrize("amount", ["", "free", "1,5", "-3", "NaN", "9" * 40])
def test_rubbish_changes_nothing(truth, amount):
    with pytest.raises(CatalogueError):
        truth.edit_price("lamp", amount)
    with pytest.raises(CatalogueError):
        truth.edit_stock("lamp", amount)
    assert truth.version == 1


def test_facts_are_explained_with_their_label_and_value(truth):
    assert truth.explained(["lamp.price", "lamp.stock", "gone"]) == (
        ("lamp.price", "Price", "$39.90"),
        ("lamp.stock", "In stock", "12"),
    )
