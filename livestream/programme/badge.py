"""The disclosure that stands in every frame: this host is made by a machine."""

from __future__ import annotations

from livestream.media import Box
from livestream.programme.graphics import Drawing, Sprite, paint, round_rect
from livestream.programme.layout import BADGE, even
from livestream.programme.typesetting import Type, ellipsised, flush_right

_LOOK = Type(21, "#ffffff", bold=True)
_DOT, _PAD = 12, 20


def draw_badge(label: str, locale: str) -> Sprite:
    """Draw the label on a dark pill, as wide as it needs within `BADGE`."""
    room = BADGE.width - 2 * _PAD - 2 * _DOT
    text = ellipsised(label, _LOOK, width=room, locale=locale).tight()
    box = Box(BADGE.x, BADGE.y, even(text.width + 2 * _PAD + 2 * _DOT), BADGE.height)
    drawing = Drawing(box)
    drawing.canvas.drawRRect(round_rect(box, box.height / 2), paint("#17131a", 0.78))
    middle = box.y + box.height / 2
    mirrored = flush_right(label, locale)
    dot = box.width - _PAD - _DOT / 2 if mirrored else _PAD + _DOT / 2
    drawing.canvas.drawCircle(box.x + dot, middle, _DOT / 2, paint("#ffc98a"))
    text.paint(drawing.canvas, box.x + (_PAD if mirrored else _PAD + 2 * _DOT - 2), middle - text.height / 2)
    return drawing.sprite()
