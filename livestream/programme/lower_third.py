"""The strip of approved text across the lower part of the picture."""

from __future__ import annotations

from functools import lru_cache

from livestream.media import Box, LowerThird
from livestream.programme.graphics import Drawing, Sprite, paint, round_rect
from livestream.programme.layout import LOWER_THIRD, inflate
from livestream.programme.typesetting import Block, Type, ellipsised, flush_right

_HEADING = Type(31, "#1d1720", bold=True)
_TEXT = Type(24, "#1d1720", opacity=0.78)
_SMALL_TEXT = Type(20, "#1d1720", opacity=0.82)
_ACCENT = "#d9573f"
_PAD, _BAR, _SHADOW = 28, 8, 12


@lru_cache(maxsize=32)
def draw_lower_third(strip: LowerThird, locale: str) -> Sprite:
    """Draw heading and text on a light plate with an accent bar; the last 32 are remembered."""
    box, width = LOWER_THIRD, LOWER_THIRD.width - 2 * _PAD - _BAR
    drawing = Drawing(inflate(box, _SHADOW))
    canvas = drawing.canvas
    plate = round_rect(box, 18)
    canvas.save()
    canvas.translate(0, 3)
    canvas.drawRRect(plate, paint("#000000", 0.22, blur=4))
    canvas.restore()
    canvas.drawRRect(plate, paint("#fffaf4", 0.95))
    rtl = flush_right(strip.heading, locale)
    bar_x = box.x + box.width - 16 - _BAR if rtl else box.x + 16
    canvas.drawRRect(round_rect(Box(bar_x, box.y + 20, _BAR, box.height - 40), _BAR / 2), paint(_ACCENT))
    blocks = _blocks(strip, width, locale)
    left = box.x + (_PAD if rtl else _PAD + _BAR)
    top = box.y + (box.height - sum(block.height for block in blocks)) / 2
    for block in blocks:
        block.paint(canvas, left, top)
        top += block.height
    return drawing.sprite()


def _blocks(strip: LowerThird, width: int, locale: str) -> list[Block]:
    """Set the heading in one line, the text in one or else in two smaller ones."""
    heading = ellipsised(strip.heading, _HEADING, width=width, locale=locale)
    if not strip.text:
        return [heading]
    text = ellipsised(strip.text, _TEXT, width=width, locale=locale, lines=2)
    if text.lines > 1:
        text = ellipsised(strip.text, _SMALL_TEXT, width=width, locale=locale, lines=2)
    return [heading, text]
