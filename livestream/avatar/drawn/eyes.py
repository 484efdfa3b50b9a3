"""The eyes: whites, irises, lids and lashes, for any gaze and any closure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import skia

from livestream.avatar.drawn.canvas import (
    Clip,
    Point,
    Sheet,
    bezier,
    fill,
    linear,
    oval,
    radial,
    spline,
    stroke,
    taper,
)
from livestream.avatar.drawn.palette import CX, EYE_DX, EYE_Y, Palette

GAZE_X, GAZE_Y = 8.5, 4.5
"""How far the irises travel, in pixels."""


@dataclass(frozen=True, slots=True)
class _Lids:
    """One eye's edges, from the inner corner to the outer; `side` is -1 left, 1 right in the picture."""

    side: int
    upper: list[Point]
    lower: list[Point]
    crease: list[Point]

    @classmethod
    def of(cls, side: int, closed: float, down: float) -> _Lids:
        x0 = CX + side * EYE_DX

        def curve(p0: Point, p1: Point, p2: Point, p3: Point) -> list[Point]:
            a, b, c, d = ((x0 + side * x, EYE_Y + y) for x, y in (p0, p1, p2, p3))
            return bezier(a, b, c, d, count=15)

        wide = 1 - 0.2 * max(0.0, down)
        open_upper = curve((-23, 5), (-13, -14.5 * wide), (11, -18.5 * wide), (25, -1.5))
        lower = curve((-23, 5), (-11, 13.5), (14, 13.5), (25, -1.5))
        shut = curve((-23, 5.5), (-11, 12), (13, 11.5), (25, 0))
        upper = [(a[0], a[1] + (b[1] - a[1]) * closed) for a, b in zip(open_upper, shut, strict=True)]
        crease_open = curve((-22, -2), (-13, -20), (12, -25), (29, -8))
        crease_shut = curve((-22, -1), (-12, -15), (12, -19), (28, -6))
        crease = [(a[0], a[1] + (b[1] - a[1]) * closed) for a, b in zip(crease_open, crease_shut, strict=True)]
        return cls(side, upper, lower, crease)


def draw_eyes(sheet: Sheet, closed: float, gaze: Point, palette: Palette) -> None:
    """Draw both eyes over bare skin; `gaze` is (right, down) in [-1, 1], `closed` 0 open to 1 shut."""
    for side in (-1, 1):
        lids = _Lids.of(side, closed, gaze[1])
        _lid(sheet.canvas, lids, closed, palette)
        if closed < 0.95:
            with Clip(sheet.canvas, spline(lids.upper + lids.lower[-2:0:-1])):
                _ball(sheet.canvas, lids, gaze, palette)
        _lashes(sheet.canvas, lids, closed, palette)


def _lid(canvas: skia.Canvas, lids: _Lids, closed: float, palette: Palette) -> None:
    skin = spline(lids.crease + lids.upper[::-1])
    x = CX + lids.side * EYE_DX
    if closed > 0.02:
        cover = spline(lids.crease + lids.lower[::-1])
        canvas.drawPath(
            cover,
            linear(
                (x, EYE_Y - 22), (x, EYE_Y + 12), [(0, palette.skin, 0.0), (0.3, palette.skin, 1), (1, palette.skin, 1)]
            ),
        )
    canvas.drawPath(
        skin,
        linear(
            (x, EYE_Y - 24),
            (x, EYE_Y + 12 * closed),
            [(0, "#b06a50", 0.1), (0.6, "#a45c48", 0.42), (1, "#7f4034", 0.6)],
        ),
    )
    canvas.drawPath(
        oval(x + lids.side * 3, EYE_Y - 14 + 12 * closed, 11, 3.5), fill(palette.skin_light, 0.35, blur=2.5)
    )
    canvas.drawPath(
        spline(lids.crease, closed=False), stroke(palette.skin_deep, 1.6, 0.55 * (1 - 0.45 * closed), blur=0.7)
    )
    bag = [(px, py + 5) for px, py in lids.lower[2:-2]]
    canvas.drawPath(spline(bag, closed=False), stroke(palette.skin_deep, 2.0, 0.2, blur=1.6))


def _ball(canvas: skia.Canvas, lids: _Lids, gaze: Point, palette: Palette) -> None:
    x0 = CX + lids.side * EYE_DX
    canvas.drawPaint(radial((x0, EYE_Y + 1), 27, [(0, "#fffdfb", 1), (0.6, "#f3ebe6", 1), (1, "#c9aca0", 1)]))
    canvas.drawPath(oval(x0 - lids.side * 22, EYE_Y + 5, 5, 4), fill("#d98c82", 0.75, blur=1.2))
    x, y = x0 + GAZE_X * gaze[0] + lids.side * -0.6, EYE_Y - 1.0 + GAZE_Y * gaze[1]
    canvas.drawPath(oval(x, y, 13.0, 13.0), fill("#2a160d", 0.95, blur=0.6))
    canvas.drawPath(
        oval(x, y, 12.2, 12.2),
        radial(
            (x, y + 2),
            12.4,
            [(0, palette.iris, 1), (0.45, palette.iris_light, 1), (0.8, palette.iris, 1), (1, "#24120a", 1)],
        ),
    )
    for angle in np.linspace(0, 2 * np.pi, 40, endpoint=False):
        jag = 0.5 + 0.5 * np.sin(angle * 7.3 + lids.side)
        a, b = 5.4, 9.2 + 1.8 * jag
        paint = stroke(palette.iris_light if jag > 0.5 else "#3b2210", 0.55, 0.5)
        canvas.drawLine(
            x + a * np.cos(angle), y + a * np.sin(angle), x + b * np.cos(angle), y + b * np.sin(angle), paint
        )
    canvas.drawPath(oval(x, y + 6.5, 6.5, 3.6), fill("#f0c27c", 0.5, blur=2))
    canvas.drawPath(oval(x, y, 5.4, 5.4), fill("#0d0706", 1, blur=0.35))
    canvas.drawPath(spline(lids.upper, closed=False), stroke("#2a1512", 9, 0.42, blur=3))
    canvas.drawPath(oval(x - 4.2, y - 5.0, 2.9, 3.2), fill("#ffffff", 0.97, blur=0.3))
    canvas.drawPath(oval(x + 4.6, y + 4.4, 1.4, 1.4), fill("#ffffff", 0.7, blur=0.3))
    edge = spline(lids.lower[1:-1], closed=False)
    canvas.drawPath(edge, stroke("#e8b9a6", 2.2, 0.75))


def _lashes(canvas: skia.Canvas, lids: _Lids, closed: float, palette: Palette) -> None:
    line = lids.upper
    widths = np.interp(np.linspace(0, 1, len(line)), [0, 0.15, 0.7, 1], [1.2, 2.4, 4.0, 2.2])
    canvas.drawPath(taper(line, widths), fill("#1d0f0c"))
    flick = 1 - 1.7 * closed
    tip = line[-1]
    wing = [line[-4], line[-2], tip, (tip[0] + lids.side * 5.5, tip[1] - 3.4 * flick)]
    canvas.drawPath(taper(wing, [3.4, 3.0, 2.2, 0.3]), fill("#1d0f0c"))
    for place in np.linspace(0.3, 1.0, 17):
        spot = min(place * (len(line) - 1), len(line) - 1.01)
        i = int(spot)
        x, y = (line[i][k] + (line[i + 1][k] - line[i][k]) * (spot - i) for k in (0, 1))
        length = 2.6 + 5.0 * place**2
        out = lids.side * (-0.1 + 1.15 * place**1.4)
        middle = (x + out * length * 0.5, y - flick * length * 0.3)
        end = (x + out * length * 1.1, y - flick * length * 0.78)
        canvas.drawPath(taper([(x, y), middle, end], [1.9, 1.3, 0.25]), fill("#1d0f0c", 0.9))
    canvas.drawPath(spline(lids.lower[3:], closed=False), stroke("#4a2a20", 1.0, 0.55))
