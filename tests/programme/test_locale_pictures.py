"""Text on screen in eighteen markets: in its script, within its place, broken where its language breaks lines."""

from __future__ import annotations

import logging
from decimal import Decimal

import cv2
import numpy as np
import pytest
from locale_pictures import GOLDEN, card, lay, small, sprites, texts

from livestream.disclosure import host_label
from livestream.locales import capitalised, uncapitalised
from livestream.media import Box
from livestream.programme import fonts
from livestream.programme.badge import draw_badge
from livestream.programme.caption import Chunk, Token, draw_caption
from livestream.programme.card import draw_card
from livestream.programme.fonts import require_fonts, unwritable
from livestream.programme.graphics import Drawing
from livestream.programme.layout import CAPTION, CARD, LOWER_THIRD, inflate, intersection
from livestream.programme.typesetting import Type, balanced, block, ellipsised, held, right_to_left
from livestream.text import money_caption

LOCALES = list(texts())
LOOK = Type(40, "#ffffff")
INKED = Type(40, "#000000")
FORBIDDEN = set("、。，．）」』！？・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々")
"""What no Japanese line begins with."""


def test_there_are_texts_for_every_market():
    assert len(LOCALES) == 18


@pytest.mark.parametrize("tag", LOCALES)
def test_a_market_looks_as_it_did(tag):
    """Compare with a small stored picture; `make docs` makes them anew, to be looked at before they are committed."""
    stored = cv2.imread(str(GOLDEN / f"{tag}.png"), cv2.IMREAD_GRAYSCALE)
    shown = small(tag)
    assert stored is not None
    assert stored.shape == shown.shape
    apart = cv2.blur(np.abs(stored.astype(np.float32) - shown), (5, 5))
    assert apart.max() < 28, f"something moved by {apart.max():.0f}"


@pytest.mark.parametrize("tag", LOCALES)
def test_every_letter_has_a_font_and_every_text_its_place(tag):
    require_fonts(tag)
    shown = card(tag)
    assert (
        unwritable("".join((*texts()[tag].values(), host_label(tag), shown.price, shown.was)).replace("|", ""), tag)
        == ()
    )
    drawn = sprites(tag)
    for name, place in (("card", inflate(CARD, 16)), ("lower_third", inflate(LOWER_THIRD, 12)), ("caption", CAPTION)):
        assert intersection(drawn[name].box, place) == drawn[name].box, name


def ink(runs, tag, width):
    """Return where the black letters of a text lie, as (left, top, right, bottom)."""
    drawing = Drawing(Box(0, 0, 900, 900))
    drawing.canvas.clear(0xFFFFFFFF)
    set_block = block(runs, width=width, locale=tag)
    set_block.paint(drawing.canvas, 0, 0)
    rows, columns = np.nonzero(drawing.rgba()[..., 0] < 128)
    return columns.min(), rows.min(), columns.max(), rows.max()


def line_starts(text, tag, width):
    """Return the letter that each line begins with, and the one before it."""
    whole, starts, last = held(text, tag), [], -1
    letters = [index for index, char in enumerate(whole) if char.isalnum() or char in FORBIDDEN]
    for index in letters:
        runs = [(whole[:index], LOOK), (whole[index], INKED), (whole[index + 1 :], LOOK)]
        _, top, _, bottom = ink([run for run in runs if run[0]] if index else runs[1:], tag, width)
        row = int((top + bottom) / 2 // LOOK.line_height)
        if row > last:
            starts.append((whole[index], whole[:index].replace("\u2060", "")[-1:]))
            last = row
    return starts


def test_japanese_lines_begin_with_no_mark_and_no_small_kana():
    text = "「マーロウ・キー」のコーヒー、ジャケットっぽいきゃしゃなカップ。"
    for width in (345, 420, 520):
        starts = line_starts(text, "ja-JP", width)
        assert len(starts) >= 3
        assert not {letter for letter, _ in starts} & FORBIDDEN, (width, starts)


def test_korean_lines_end_between_words():
    text = "납작하게 접으면 38 cm라서 서랍에 쏙 들어가고"
    for width in (190, 260):
        starts = line_starts(text, "ko-KR", width)
        assert len(starts) >= 3
        assert {before for _, before in starts[1:]} == {" "}, (width, starts)


def test_thai_lines_end_between_words():
    words = ["โคมไฟ", "ตั้งโต๊ะ", "พับ", "เก็บ", "ได้", "เหลือ", "ความ", "ยาว", "ตั้ง", "โต๊ะ"]
    first = {word[0] for word in words}
    for width in (170, 260):
        starts = line_starts("โคมไฟตั้งโต๊ะพับเก็บได้เหลือความยาว", "th-TH", width)
        assert len(starts) >= 2
        assert {letter for letter, _ in starts} <= first, (width, starts)


def test_a_number_and_its_unit_stand_in_one_line():
    for width in range(330, 600, 90):
        assert "c" not in {letter for letter, _ in line_starts("Gefaltet sind es 38 cm.", "de-DE", width)}


def test_a_long_word_is_set_smaller_rather_than_parted():
    word = "Aluminiumschreibtischlampe"
    shown = balanced([(f"Die {word} folgt.", Type(41, "#ffffff"))], width=526, locale="de-DE")
    assert shown.longest_word <= 526
    title = ellipsised(f"Die {word}", Type(24, "#000000"), width=264, locale="de-DE", lines=2, smallest=20)
    assert title.lines == 2
    assert title.longest_word <= 264
    endless = balanced([("W" * 200, Type(41, "#ffffff"))], width=526, locale="de-DE")
    assert endless.lines <= 2 or endless.longest_word > 526, "what cannot be helped is parted"


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("قميص كتان", "ar-SA", True),
        ("LED مصباح", "ar-SA", True),
        ("Marlow Quay", "ar-SA", False),
        ("1,299 ر.س.", "ar-SA", True),
        ("LED مصباح", "en-US", False),
        ("مصباح LED", "en-US", True),
        ("Lamp", "en-US", False),
    ],
)
def test_the_direction_of_a_text(text, tag, expected):
    assert right_to_left(text, tag) is expected


def test_an_arabic_picture_begins_at_the_right():
    for text in ("مصباح مكتب LED", "LED مصباح مكتب", "Marlow Quay", "1,299 ر.س."):
        left, _, right, _ = ink([(text, INKED)], "ar-SA", 600)
        assert right > 590
        assert left > 200
    left, _, right, _ = ink([("Marlow Quay", INKED)], "en-US", 600)
    assert left < 10
    # Of a brand and a number with Arabic between them the brand is read first, so it lies further right.
    brand = ink([("مصباح ", LOOK), ("Marlow", INKED), (" بسعر 38", LOOK)], "ar-SA", 600)
    number = ink([("مصباح Marlow بسعر ", LOOK), ("38", INKED)], "ar-SA", 600)
    assert number[2] < brand[0]


def test_an_arabic_label_has_its_dot_at_the_right_and_is_whole():
    canvas = np.zeros((200, 700, 3), np.uint8)
    badge = draw_badge(host_label("ar-SA"), "ar-SA")
    lay(canvas, badge)
    amber = np.nonzero((canvas[..., 2] > 200) & (canvas[..., 0] < 170) & (canvas[..., 1] > 150))[1]
    white = np.nonzero(canvas.min(axis=2) > 200)[1]
    assert amber.min() > white.max()
    assert white.min() - badge.box.x >= 18, "no letter lies outside the pill"


def test_a_turkish_i_keeps_its_dot():
    assert [capitalised(text, "tr-TR") for text in ("ince", "ısı", "")] == ["İnce", "Isı", ""]
    assert [uncapitalised(text, "tr-TR") for text in ("İnce", "Isı", "")] == ["ince", "ısı", ""]
    assert (capitalised("ince", "en-US"), uncapitalised("Ink", "en-US")) == ("Ince", "ink")
    draw_card.cache_clear()
    turkish, english = draw_card(card("tr-TR"), "tr-TR"), draw_card(card("tr-TR"), "en-US")
    assert not np.array_equal(turkish.y[40:140, 90:240], english.y[40:140, 90:240])


def test_what_no_font_has_is_left_out_and_told_once(caplog):
    strange = "\U0010fffd"
    fonts._has.cache_clear()
    assert unwritable(f"Lamp {strange}{strange}", "en-US") == (strange,)
    plain, odd = (block([(text, LOOK)], width=600, locale="en-US") for text in ("Lamp", f"Lamp{strange}"))
    assert plain.width == odd.width
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert draw_caption(Chunk((Token(strange, 0, spaced=False),)), 0, "en-US").box.width < 100, "nothing, and no fault"


@pytest.mark.parametrize(
    ("tag", "currency", "amount", "shown"),
    [
        ("de-DE", "EUR", "1299.00", "1.299 €"), ("de-DE", "EUR", "1299.50", "1.299,50 €"),
        ("fr-FR", "EUR", "1299.50", "1 299,50 €"), ("pt-BR", "BRL", "1299.50", "R$ 1.299,50"),
        ("id-ID", "IDR", "150000", "Rp150.000"), ("ja-JP", "JPY", "1299", "￥1,299"),
        ("hi-IN", "INR", "129900", "₹1,29,900"), ("ru-RU", "RUB", "1299.50", "1 299,50 ₽"),
        ("pl-PL", "PLN", "1299.50", "1 299,50 zł"), ("tr-TR", "TRY", "1299.50", "₺1.299,50"),
        ("ko-KR", "KRW", "129900", "₩129,900"), ("vi-VN", "VND", "1299000", "1.299.000 ₫"),
        ("th-TH", "THB", "1299.50", "฿1,299.50"), ("ar-SA", "SAR", "1299.50", "1,299.50 ر.س"),
        ("en-GB", "GBP", "1299.50", "£1,299.50"), ("es-MX", "MXN", "1299.50", "$1,299.50"),
    ],
)  # fmt: skip
def test_prices_are_written_as_the_market_writes_them(tag, currency, amount, shown):
    written = money_caption(Decimal(amount), currency, tag)
    assert " ".join(written.split()) == shown


def test_a_market_without_its_font_is_told_which_package_has_it(monkeypatch):
    monkeypatch.setattr(fonts, "_family_of", lambda *_: "")
    for tag in ("th-TH", "hi-IN", "ar-SA", "vi-VN", "ru-RU"):
        with pytest.raises(Exception, match="fonts-noto-core"):
            require_fonts(tag)
    for tag in ("ja-JP", "ko-KR"):
        with pytest.raises(Exception, match="fonts-noto-cjk"):
            require_fonts(tag)
