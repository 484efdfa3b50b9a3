from dataclasses import replace
from pathlib import Path

import pytest

from livestream.catalogue import Fact, FactKind, Source, read_catalogue
from livestream.channel.live.truth import POLICIES, PRICES, STOCKS, Truth
from livestream.errors import CatalogueError, ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.locales import locale

EN = locale("en-US")


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    file = tmp_path / "list.csv"
    file.write_text("handle,title,price,stock,currency\nlamp,Desk Lamp,39.90,12,USD\nmug,Clay Mug,12.00,3,USD\n")
    return Truth(read_catalogue(file), EN, quote_prices=True)


def edit(truth: Truth, handle: str, price: str) -> None:
    truth.edit("price", handle, price)


def line(fact: str) -> Line:
    return Line("l.1", "en-US", Beat.OFFER, ("It's ", Slot(fact, "price"), "."), fact.partition(".")[0])


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
    truth.edit("stock", "mug", "0")
    lamp, mug = truth.products()
    assert (lamp.price, lamp.price_text, lamp.stock, lamp.edited) == ("39.90", "$39.90", 12, False)
    assert (mug.stock, mug.edited) == (0, True)
    assert truth.version == 2


@pytest.mark.parametrize("amount", ["", "free", "1,5", "-3", "NaN", "9" * 40])
def test_rubbish_changes_nothing(truth, amount):
    with pytest.raises(CatalogueError):
        truth.edit("price", "lamp", amount)
    with pytest.raises(CatalogueError):
        truth.edit("stock", "lamp", amount)
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


def test_an_edit_that_is_taken_back_leaves_the_list_as_it_is(truth):
    product = truth.catalogue.product("lamp")
    edit(truth, "lamp", "35")
    assert truth.edited == {"lamp"}
    truth.put_edit("price", "lamp", None)
    assert truth.edited == set()
    assert truth.catalogue.product("lamp") == product


def relisted(truth, content):
    """Return the same list with another content, as it is read anew."""
    truth.catalogue.path.write_text(f"handle,title,price,stock,currency\n{content}")
    return read_catalogue(truth.catalogue.path)


def test_a_list_read_anew_changes_what_it_changes_and_no_more(truth):
    lamp = truth.catalogue.fact("lamp.price").ref
    changed, dropped = truth.take(relisted(truth, "lamp,Desk Lamp,35.00,12,USD\nmug,Clay Mug,12.00,3,USD\n"))
    assert (changed, dropped) == ({"lamp"}, ())
    assert list(truth.replaced) == [lamp]
    version = truth.version
    assert truth.take(relisted(truth, "mug,Clay Mug,12.00,3,USD\nlamp,Desk Lamp,35.00,12,USD\n"))
    assert list(truth.replaced) == [lamp], "rows may move"
    changed, _ = truth.take(relisted(truth, "mug,Clay Mug,12.00,3,USD\nfan,Table Fan,20.00,5,USD\n"))
    assert changed >= {"lamp", "fan"}
    assert truth.version > version
    assert truth.card("lamp", "") is None
    assert {ref.id for ref in truth.replaced} == {"lamp.title", "lamp.price", "lamp.stock"}


def test_an_edit_goes_before_the_list_until_the_lists_own_value_changes(truth):
    edit(truth, "lamp", "35")
    truth.edit("stock", "lamp", "0")
    for content in ("lamp,Desk Lamp,39.90,12,USD\nmug,Clay Mug,11.00,2,USD\n", "lamp,Good Lamp,39.90,12,USD\n"):
        assert truth.take(relisted(truth, content))[1] == ()
        row = truth.products()[0]
        assert (row.price, row.stock, row.edited) == ("35", 0, True)
    _, dropped = truth.take(relisted(truth, "lamp,Good Lamp,38.00,12,USD\n"))
    assert dropped == (("price", "lamp"),)
    assert (truth.products()[0].price, truth.products()[0].stock) == ("38.00", 0)
    _, dropped = truth.take(relisted(truth, "lamp,Good Lamp,38.00,11,USD\n"))
    assert dropped == (("stock", "lamp"),)
    assert not truth.products()[0].edited


def test_edits_are_in_force_again_after_a_restart_where_the_list_is_the_same(truth):
    kept = {"value": "35", "file": truth.listed("price", "lamp")}
    state = {"price/lamp": kept, "stock/mug": None, "price/gone": kept, "stock/lamp": kept, "mode/price": "hold"}
    truth.load(state)
    truth.load(state)
    assert [(row.price, row.stock, row.edited) for row in truth.products()] == [("35", 12, True), ("12.00", 3, False)]
    assert truth.version == 2, "the same again changes nothing"


def test_an_edit_of_a_product_that_is_gone_is_dropped(truth):
    edit(truth, "lamp", "35")
    assert truth.take(relisted(truth, "mug,Clay Mug,12.00,3,USD\n"))[1] == (("price", "lamp"),)


def test_what_is_too_old_is_not_in_force_but_for_what_a_person_typed(truth):
    approved = truth.standards.approve(line("mug.price"))
    edit(truth, "lamp", "35")
    assert truth.leave_out(PRICES) == {"mug"}
    assert truth.leave_out(PRICES) == set()
    assert truth.stale(approved)
    with pytest.raises(ClaimRefused):
        truth.standards.approve(line("mug.price"))
    assert truth.standards.approve(line("lamp.price")).caption == "It's $35."
    assert (truth.card("lamp", "").card.price, truth.card("mug", "").card.price) == ("$35", "")
    truth.leave_out(PRICES | STOCKS)
    assert [row.stock for row in truth.products()] == [None, None]
    assert truth.leave_out(frozenset()) == {"lamp", "mug"}
    assert truth.stale(approved) == ()


def test_what_a_product_costs_can_be_corrected_where_it_costs_something(truth):
    before = [fact.ref for fact in truth.catalogue.facts.values()]
    assert truth.asked(before) == ("lamp.price", "mug.price")
    truth.leave_out(PRICES)
    assert truth.asked(before) == ()


def test_a_policy_that_changes_is_replaced(truth):
    old, new = (Fact("policy.returns", FactKind.POLICY, "", text, Source("p", 1, "text")) for text in ("A.", "B."))
    assert truth.take(replace(truth.catalogue, policies=(old,)))[0] == {POLICIES}
    assert truth.take(replace(truth.catalogue, policies=(new,)))[0] == {POLICIES}
    assert truth.take(replace(truth.catalogue, policies=(new,)))[0] == set()
    assert list(truth.replaced) == [old.ref]
