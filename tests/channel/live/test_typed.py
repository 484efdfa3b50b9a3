from pathlib import Path

import pytest

from livestream.catalogue import read_catalogue
from livestream.channel.live.typed import typed_line
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards

EN = locale("en-US")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    file: Path = tmp_path_factory.mktemp("list") / "list.csv"
    file.write_text("handle,title,price,stock,currency\nlamp,Desk Lamp,39.90,12,USD\nmug,Clay Mug,12.00,3,USD\n")
    return read_catalogue(file)


def pieces(catalogue, text):
    return typed_line(text, catalogue.facts.values(), EN, id="typed.1").pieces


def test_a_price_that_was_typed_cites_the_fact_it_is(catalogue):
    found = pieces(catalogue, "Yes, it's $39.90 today.")
    assert found[1] == Slot("lamp.price", "price")
    line = typed_line("Yes, it's $39.90.", catalogue.facts.values(), EN, id="typed.1")
    approved = Standards(catalogue.facts, EN).approve(line)
    assert approved.caption == "Yes, it's $39.90."
    assert [ref.id for ref in approved.facts] == ["lamp.price"]


def test_a_price_that_is_no_fact_is_refused(catalogue):
    line = typed_line("It's only $29.90.", catalogue.facts.values(), EN, id="typed.1")
    with pytest.raises(ClaimRefused) as refused:
        Standards(catalogue.facts, EN).approve(line)
    assert refused.value.rule in ("number", "currency")


def test_titles_become_slots_and_parts_of_words_do_not(catalogue):
    assert Slot("mug.title", "plain") in pieces(catalogue, "The Clay Mug is back.")
    assert not any(isinstance(piece, Slot) for piece in pieces(catalogue, "The Clay Muggle is $12.50."))


def test_the_words_are_kept_in_their_order(catalogue):
    text = "Clay Mug or Desk Lamp? The Clay Mug is $12.00."
    shown = [piece if isinstance(piece, str) else f"<{piece.fact}>" for piece in pieces(catalogue, text)]
    assert "".join(shown) == "<mug.title> or <lamp.title>? The <mug.title> is <mug.price>."


def test_where_no_space_parts_words_a_fact_stands_beside_letters(tmp_path):
    japanese, file = locale("ja-JP"), tmp_path / "list.csv"
    file.write_text("handle,title,price,currency\nmug,土の マグ,4990,JPY\n", encoding="utf-8")
    facts = read_catalogue(file).facts.values()
    line = typed_line("土の マグは￥4,990です。", facts, japanese, id="typed.1", product="mug")
    assert line.pieces == (Slot("mug.title"), "は", Slot("mug.price", "price"), "です。")
    assert not any(
        isinstance(piece, Slot) for piece in typed_line("￥4,990万です。", facts, japanese, id="typed.1").pieces
    )
