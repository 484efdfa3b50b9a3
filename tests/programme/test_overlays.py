import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.media import Box, Card, LowerThird
from livestream.programme.badge import draw_badge
from livestream.programme.card import draw_card
from livestream.programme.layout import BADGE, CARD, LOWER_THIRD, SAFE, inflate, intersection
from livestream.programme.lower_third import draw_lower_third
from livestream.programme.typesetting import Type, ellipsised

FULL = Card("shirt", "Linen Camp Shirt", "$49.99", "$64.00", "Three colours")
CARDS = [
    FULL,
    Card("a", "A very long title that goes on and on until nobody reads it any more, and then a little", "", "", ""),
    Card("b", "قميص كتان بأكمام قصيرة", "٤٩٫٩٩ د.إ", "٦٤٫٠٠ د.إ", "ثلاثة ألوان"),
    Card("c", "Ring", "From US$129,999,999.00", "US$229,999,999.00", "Only a very very long note is longer than this"),
    Card("d", "", "", "", ""),
]


def text_pixels(drawn, blank):
    """Where text makes a difference, as a box in picture coordinates."""
    rows, columns = np.nonzero(drawn.y != blank.y)
    return Box(drawn.box.x + columns.min(), drawn.box.y + rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1)


@pytest.fixture
def without_text(monkeypatch):
    """Draw everything but text."""

    def forget():
        draw_card.cache_clear()
        draw_lower_third.cache_clear()

    def hide():
        monkeypatch.setattr("livestream.programme.typesetting.Block.paint", lambda *_: None)
        forget()

    yield hide
    forget()


@pytest.mark.parametrize("card", CARDS[:4])
def test_text_of_a_card_stays_inside_the_card_and_the_safe_area(card, without_text):
    drawn = draw_card(card, "en-US")
    without_text()
    text = text_pixels(drawn, draw_card(card, "en-US"))
    assert intersection(text, CARD) == text
    assert intersection(text, SAFE) == text


def test_text_of_a_lower_third_stays_inside_it(without_text):
    strip = LowerThird("x", "A heading that is far too long for one line of this strip", "text " * 40)
    drawn = draw_lower_third(strip, "en-US")
    without_text()
    text = text_pixels(drawn, draw_lower_third(strip, "en-US"))
    assert intersection(text, LOWER_THIRD) == text
    assert intersection(text, SAFE) == text


def test_the_badge_stays_inside_its_place_and_nothing_else_lies_there():
    box = draw_badge("AI-generated host", "en-US").box
    assert intersection(box, SAFE) == box
    assert intersection(draw_badge("disclosure " * 30, "en-US").box, SAFE)
    for other in (inflate(CARD, 16), inflate(LOWER_THIRD, 12)):
        assert intersection(other, BADGE) is None


def test_a_broken_picture_becomes_a_drawn_card(tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    absent = draw_card(FULL, "en-US")
    for path in (broken, tmp_path / "absent.png", tmp_path):
        drawn = draw_card(Card("shirt", "Linen Camp Shirt", "$49.99", "$64.00", "Three colours", str(path)), "en-US")
        assert np.array_equal(drawn.y, absent.y)
        assert np.array_equal(drawn.v, absent.v)


def test_a_picture_fills_its_place(tmp_path):
    path = tmp_path / "green.png"
    cv2.imwrite(str(path), np.full((900, 300, 3), (0, 200, 0), np.uint8))
    drawn = draw_card(Card("shirt", "Linen", "$49.99", picture=str(path)), "en-US")
    top = CARD.y - drawn.box.y
    area = drawn.y[top + 30 : top + 200, CARD.x - drawn.box.x + 4 : CARD.x - drawn.box.x + 296]
    assert np.ptp(area) <= 2


def test_products_without_pictures_look_different_and_always_the_same():
    def y(handle):
        return draw_card(Card(handle, "Mug", "$12"), "en-US").y

    assert np.array_equal(y("a"), y("a"))
    assert not np.array_equal(y("a"), y("b"))


def test_a_former_price_is_struck_through_and_only_drawn_where_given():
    with_was, without = (
        draw_card(FULL, "en-US"),
        draw_card(Card("shirt", "Linen Camp Shirt", "$49.99", "", "Three colours"), "en-US"),
    )
    assert text_pixels(with_was, without).x > CARD.x + 100


@pytest.mark.parametrize("text", ["word " * 40, "unbreakable" * 20, "กี่" * 90, "كلمة " * 40])
def test_text_cut_to_fit_ends_with_an_ellipsis(text):
    look = Type(24, "#000000")
    cut = ellipsised(text, look, width=264, locale="en-US", lines=2)
    assert cut.lines <= 2
    assert cut.width <= 264
    assert cut.height <= 2 * look.line_height


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_can_stand_on_screen(title, price):
    draw_card(Card("x", title, price, price, title), "en-US")
    draw_lower_third(LowerThird("x", title, price), "en-US")


def test_a_long_text_of_a_lower_third_takes_two_lines_rather_than_being_cut(without_text):
    heading = LowerThird("x", "AI-generated host")
    text = "The voice and face of this show are made by a computer."
    drawn, alone = (draw_lower_third(LowerThird("x", heading.heading, more), "en-US") for more in (text, ""))
    without_text()
    blank = draw_lower_third(heading, "en-US")
    assert text_pixels(drawn, blank).height > text_pixels(alone, blank).height + 40
