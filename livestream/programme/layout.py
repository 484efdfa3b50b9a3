"""Where things stand in the picture, in pixels of 720x1280.

Platforms lay their own controls over the right edge, the bottom and the top of a portrait stream,
so text keeps inside `SAFE`. The presenter's head is centred near (455, 520).
"""

from __future__ import annotations

from livestream.media import HEIGHT, WIDTH, Box

PICTURE = Box(0, 0, WIDTH, HEIGHT)
SAFE = Box(32, 80, 578, 1020)
"""Text stays inside: 110 px off the right edge, 180 off the bottom, 80 off the top."""

BADGE = Box(32, 84, 578, 48)
CARD = Box(32, 150, 300, 390)
LOWER_THIRD = Box(32, 820, 578, 110)
CAPTION = Box(40, 950, 570, 150)


def even(value: float) -> int:
    """Return the nearest even number: 4:2:0 chroma knows no odd positions."""
    return 2 * round(value / 2)


def inflate(box: Box, margin: int) -> Box:
    """Return `box` grown by an even `margin` on every side."""
    return Box(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin)


def intersection(a: Box, b: Box) -> Box | None:
    """Return the common part of two boxes, or None where they do not meet."""
    x, y = max(a.x, b.x), max(a.y, b.y)
    right, bottom = min(a.x + a.width, b.x + b.width), min(a.y + a.height, b.y + b.height)
    return Box(x, y, right - x, bottom - y) if right > x and bottom > y else None


def union(a: Box, b: Box) -> Box:
    """Return the smallest box that holds both."""
    x, y = min(a.x, b.x), min(a.y, b.y)
    right, bottom = max(a.x + a.width, b.x + b.width), max(a.y + a.height, b.y + b.height)
    return Box(x, y, right - x, bottom - y)


def merged(boxes: list[Box]) -> list[Box]:
    """Return boxes that cover the same area and more, no two of which meet."""
    apart: list[Box] = []
    for box in boxes:
        grown = box
        while meeting := [other for other in apart if intersection(grown, other)]:
            apart = [other for other in apart if other not in meeting]
            for other in meeting:
                grown = union(grown, other)
        apart.append(grown)
    return apart
