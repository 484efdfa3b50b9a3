"""The slate: the whole picture covered by a plain ground and a few approved words."""

from __future__ import annotations

from functools import lru_cache

from livestream.media import WIDTH, Box, LowerThird
from livestream.programme.graphics import Drawing, Sprite, paint, round_rect, skia
from livestream.programme.layout import PICTURE, SAFE
from livestream.programme.typesetting import Type, balanced

SLATE = "slate"
"""The id of the lower third whose words stand on it."""
_HEADING = Type(46, "#fffaf4", bold=True)
_TEXT = Type(28, "#fffaf4", opacity=0.86)
_GROUND = "#2a2230"
_ACCENT = "#d9573f"
_BAR = Box(WIDTH // 2 - 36, 0, 72, 8)
_GAP = 20
_WIDTH = 2 * (SAFE.x + SAFE.width - WIDTH // 2)
"""As much as the safe area has on both sides of the middle."""


@lru_cache(maxsize=4)
def draw_slate(words: LowerThird, locale: str) -> Sprite:
    """Draw heading and text in the middle of a ground that covers everything; the last four are remembered."""
    drawing = Drawing(PICTURE)
    canvas = drawing.canvas
    canvas.drawRect(skia().Rect.MakeXYWH(PICTURE.x, PICTURE.y, PICTURE.width, PICTURE.height), paint(_GROUND))
    set_words = [
        balanced([(text, look)], width=_WIDTH, locale=locale, lines=3)
        for text, look in ((words.heading, _HEADING), (words.text, _TEXT))
        if text
    ]
    top = SAFE.y + (SAFE.height - sum(block.height + _GAP for block in set_words)) / 2
    if set_words:
        bar = Box(_BAR.x, round(top) - 2 * _GAP, _BAR.width, _BAR.height)
        canvas.drawRRect(round_rect(bar, _BAR.height / 2), paint(_ACCENT))
    for block in set_words:
        block.paint_centred(canvas, WIDTH / 2, top)
        top += block.height + _GAP
    return drawing.sprite()
