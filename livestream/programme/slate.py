"""The slate: the whole picture covered by a plain ground and a few approved words."""

from __future__ import annotations

from functools import lru_cache

from livestream.media import LowerThird
from livestream.programme.graphics import Drawing, Sprite, paint, skia
from livestream.programme.layout import PICTURE, SAFE
from livestream.programme.typesetting import Type, balanced

SLATE = "slate"
"""The id of the lower third whose words stand on it."""
_HEADING = Type(46, "#fffaf4", bold=True)
_TEXT = Type(28, "#fffaf4", opacity=0.86)
_GROUND = "#2a2230"
_GAP = 18


@lru_cache(maxsize=4)
def draw_slate(words: LowerThird, locale: str) -> Sprite:
    """Draw heading and text in the middle of a ground that covers everything; the last four are remembered."""
    drawing = Drawing(PICTURE)
    canvas = drawing.canvas
    canvas.drawRect(skia().Rect.MakeXYWH(PICTURE.x, PICTURE.y, PICTURE.width, PICTURE.height), paint(_GROUND))
    words_set = [
        balanced([(text, look)], width=SAFE.width, locale=locale, lines=3)
        for text, look in ((words.heading, _HEADING), (words.text, _TEXT))
        if text
    ]
    top = SAFE.y + (SAFE.height - sum(block.height + _GAP for block in words_set)) / 2
    for block in words_set:
        block.paint_centred(canvas, SAFE.x + SAFE.width / 2, top)
        top += block.height + _GAP
    return drawing.sprite()
