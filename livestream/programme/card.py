"""The product card: picture, title, price, what it cost before, and a note."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from livestream.locales import capitalised
from livestream.media import Box, Card
from livestream.programme.graphics import Canvas, Drawing, Image, Shape, Sprite, paint, round_rect, skia
from livestream.programme.layout import CARD, inflate
from livestream.programme.typesetting import Block, Type, block, ellipsised, flush_right, printable, shrunk

_TITLE = Type(24, "#221b24", bold=True)
_PRICE = Type(40, "#c4432c", bold=True)
_WAS = Type(22, "#221b24", struck=True, opacity=0.58)
_NOTE = Type(19, "#221b24", opacity=0.72)
_RADIUS, _PAD, _SHADOW = 24, 18, 16
_GAP = 12
_BASELINE = 0.79
"""Where the baseline lies within a line's height."""
_THAI_VOWELS = frozenset("เแโใไ")
"""Vowels that are written before the letter a word begins with."""
_LARGEST_PICTURE = 4096
_HUES = (14, 38, 96, 158, 192, 222, 262, 318, 344)


@lru_cache(maxsize=32)
def draw_card(card: Card, locale: str) -> Sprite:
    """Draw the card; where its picture is absent or broken, a pattern with the title's initial.

    A card comes on air again and again, so the last 32 are remembered.
    """
    drawing = Drawing(inflate(CARD, _SHADOW))
    canvas = drawing.canvas
    plate = round_rect(CARD, _RADIUS)
    canvas.save()
    canvas.translate(0, 4)
    canvas.drawRRect(plate, paint("#000000", 0.26, blur=5))
    canvas.restore()
    rows = _rows(card, locale)
    height = sum(row_height for row_height, _ in rows) + 2 * _PAD - 6
    picture = Box(CARD.x, CARD.y, CARD.width, CARD.height - round(height))
    canvas.save()
    canvas.clipRRect(plate, skia().ClipOp.kIntersect, True)
    canvas.drawRect(_rect(Box(CARD.x, picture.y + picture.height, CARD.width, CARD.height)), paint("#ffffff"))
    canvas.clipRect(_rect(picture))
    _draw_picture(canvas, card, picture, locale)
    canvas.restore()
    top = picture.y + picture.height + _PAD - 6.0
    for row_height, blocks in rows:
        for text, dx, dy in blocks:
            text.paint(canvas, CARD.x + _PAD + dx, top + dy)
        top += row_height
    return drawing.sprite()


_Row = tuple[float, list[tuple[Block, float, float]]]


def _rows(card: Card, locale: str) -> list[_Row]:
    """Return the text of the card as rows: a height, and blocks with their offset within it."""
    width = CARD.width - 2 * _PAD
    title = ellipsised(card.title, _TITLE, width=width, locale=locale, lines=2, smallest=20)
    rows: list[_Row] = [(title.height + 4, [(title, 0, 0)])]
    if card.price:
        rows += _price_rows(card, locale, width)
    if card.note:
        note = ellipsised(card.note, _NOTE, width=width, locale=locale)
        rows.append((note.height + 2, [(note, 0, 2)]))
    return rows


def _price_rows(card: Card, locale: str, width: int) -> list[_Row]:
    """Return price and former price on one baseline, or one under the other where both are long."""
    rtl = flush_right(card.title, locale)
    price = shrunk(card.price, _PRICE, width=width, locale=locale, smallest=22)
    price_x = width - price.width if rtl else 0
    if not card.was:
        return [(price.height, [(price, price_x, 0)])]
    was = shrunk(card.was, _WAS, width=width, locale=locale, smallest=14)
    if price.width + _GAP + was.width > width:
        was_x = width - was.width if rtl else 0
        return [(price.height - 2, [(price, price_x, 0)]), (was.height, [(was, was_x, 0)])]
    was_x = price_x - _GAP - was.width if rtl else price.width + _GAP
    return [(price.height, [(price, price_x, 0), (was, was_x, _BASELINE * (price.height - was.height))])]


def _draw_picture(canvas: Canvas, card: Card, box: Box, locale: str) -> None:
    image = _load(card.picture)
    if image is None:
        _draw_monogram(canvas, card, box, locale)
        return
    scale = max(box.width / image.width(), box.height / image.height())
    width, height = box.width / scale, box.height / scale
    source = skia().Rect.MakeXYWH((image.width() - width) / 2, (image.height() - height) / 2, width, height)
    sampling = skia().SamplingOptions(skia().FilterMode.kLinear, skia().MipmapMode.kLinear)
    canvas.drawImageRect(image.withDefaultMipmaps(), source, _rect(box), sampling, skia().Paint(AntiAlias=True))


def _load(picture: str) -> Image | None:
    """Return the decoded picture, or None where there is none that can be shown."""
    if not picture or not Path(picture).is_file():
        return None
    data = skia().Data.MakeFromFileName(picture)
    image = skia().Image.MakeFromEncoded(data) if data else None  # reads only the header yet
    if image is None or max(image.width(), image.height()) > _LARGEST_PICTURE:
        return None
    return image.makeRasterImage(skia().Image.kDisallow_CachingHint)


def _draw_monogram(canvas: Canvas, card: Card, box: Box, locale: str) -> None:
    """Draw a soft pattern in a colour that is always the same for one product, and its initial."""
    digest = hashlib.sha256(card.product.encode()).digest()
    hue = _HUES[digest[0] % len(_HUES)]
    light, deep = (
        skia().HSVToColor([float(hue), saturation, value]) for saturation, value in ((0.20, 0.97), (0.52, 0.72))
    )
    corners = [skia().Point(box.x, box.y), skia().Point(box.x + box.width, box.y + box.height)]
    fill = skia().Paint(AntiAlias=True, Dither=True)
    fill.setShader(skia().GradientShader.MakeLinear(corners, [light, deep]))
    canvas.drawRect(_rect(box), fill)
    ring = paint("#ffffff", 0.16)
    ring.setStyle(skia().Paint.kStroke_Style)
    ring.setStrokeWidth(14)
    centre_x, centre_y = box.x + box.width * (digest[1] / 255), box.y + box.height * (digest[2] / 255)
    for step in range(1, 8):
        canvas.drawCircle(centre_x, centre_y, step * 44, ring)
    initial = next((char for char in printable(card.title) if char.isalnum() and char not in _THAI_VOWELS), "•")
    letter = block(
        [(capitalised(initial, locale), Type(96, "#ffffff", bold=True))], width=box.width, locale=locale, align="centre"
    )
    letter.paint_centred(canvas, box.x + box.width / 2, box.y + (box.height - letter.height) / 2)


def _rect(box: Box) -> Shape:
    return skia().Rect.MakeXYWH(box.x, box.y, box.width, box.height)
