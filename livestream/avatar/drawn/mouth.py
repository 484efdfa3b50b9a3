"""The mouth in every pose: lips, teeth and tongue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import skia

from livestream.avatar.drawn.canvas import (
    Clip,
    Point,
    Sheet,
    fill,
    linear,
    oval,
    radial,
    spline,
    stroke,
)
from livestream.avatar.drawn.palette import CX, MOUTH_Y, Palette

GAP = 40.0
"""Height of the inner mouth at jaw 1."""


@dataclass(frozen=True, slots=True)
class MouthPose:
    """What `lipsync` calls jaw, width, tuck, tip and rise."""

    jaw: float
    width: float
    tuck: float = 0.0
    tip: float = 0.0
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class _Shape:
    half: float
    inner_half: float
    corner: float
    top: float
    bottom: float
    upper: float
    lower: float
    rounded: float

    @classmethod
    def of(cls, pose: MouthPose) -> _Shape:
        gap = GAP * pose.jaw
        rounded, spread = max(0.0, -pose.width), max(0.0, pose.width)
        half = 38 + 9 * spread - 14 * rounded - 3 * pose.jaw * (1 - rounded)
        lift = (4.4 + 5.2 * spread) * (1 - 0.45 * pose.jaw) - 3.4 * rounded
        top, bottom = MOUTH_Y - 0.22 * gap, MOUTH_Y + 0.78 * gap
        if pose.tuck:
            top += (MOUTH_Y - 5.5 - top) * pose.tuck
            bottom += (MOUTH_Y + 3.0 - bottom) * pose.tuck
        return cls(
            half=half,
            inner_half=half - 3.5 - 6 * rounded * min(1.0, pose.jaw * 8),
            corner=MOUTH_Y + 0.26 * gap - lift,
            top=top,
            bottom=bottom,
            upper=9.5 * (1 - 0.14 * spread + 0.3 * rounded),
            lower=(13.5 * (1 - 0.1 * spread + 0.3 * rounded - 0.08 * pose.jaw)) * (1 - 0.45 * pose.tuck),
            rounded=rounded,
        )

    def inner(self, side: float, count: int = 17) -> list[Point]:
        """Points of the upper (side -1) or lower (1) edge of the opening, left to right."""
        x = np.linspace(-1, 1, count)
        edge = self.top if side < 0 else self.bottom
        bow = (1 - self.rounded) * (1 - np.abs(x) ** 2.3) + self.rounded * np.sqrt(1 - x * x)
        dip = 1.6 * np.exp(-((x / 0.16) ** 2)) - 0.8 * np.exp(-(((np.abs(x) - 0.42) / 0.2) ** 2))
        y = self.corner + (edge - self.corner) * bow + dip * (1.0 if side < 0 or self.bottom - self.top < 3 else 0.3)
        return [(CX + float(a) * self.inner_half, float(b)) for a, b in zip(x, y, strict=True)]

    def opening(self) -> skia.Path:
        return spline(self.inner(-1) + self.inner(1)[-2:0:-1])

    def upper_lip(self) -> skia.Path:
        h, peak = self.half, self.top - self.upper
        swell = 0.6 + 0.2 * self.rounded
        outer = [
            (CX - h, self.corner), (CX - 0.66 * h, self.corner + (peak - self.corner) * swell),
            (CX - 0.24 * h, peak - 0.6), (CX, peak + 2.6), (CX + 0.24 * h, peak - 0.6),
            (CX + 0.66 * h, self.corner + (peak - self.corner) * swell), (CX + h, self.corner),
        ]  # fmt: skip
        return spline(outer + self.inner(-1)[::-1])

    def lower_lip(self) -> skia.Path:
        h, base = self.half, self.bottom + self.lower
        swell = 0.58 + 0.2 * self.rounded * min(1.0, (self.bottom - self.top) / 22)
        outer = [
            (CX + h, self.corner), (CX + 0.76 * h, self.corner + (base - self.corner) * swell),
            (CX + 0.4 * h, base - 1.6), (CX, base), (CX - 0.4 * h, base - 1.6),
            (CX - 0.76 * h, self.corner + (base - self.corner) * swell), (CX - h, self.corner),
        ]  # fmt: skip
        return spline(self.inner(1) + outer)


def aperture(pose: MouthPose) -> float:
    """Return the height of the drawn opening as a share of the widest, 0 to 1."""
    shape = _Shape.of(pose)
    return max(0.0, min(1.0, (shape.bottom - shape.top) / GAP))


def draw_mouth(sheet: Sheet, pose: MouthPose, palette: Palette) -> None:
    """Draw a mouth over bare skin."""
    shape = _Shape.of(pose)
    canvas = sheet.canvas
    _skin(canvas, shape, pose, palette)
    opening = shape.opening()
    if shape.bottom - shape.top > 0.4:
        with Clip(canvas, opening):
            _cavity(canvas, shape, pose, palette)
    _lips(canvas, shape, pose, palette)
    if pose.tip:
        _tongue_tip(canvas, shape, pose)


def _skin(canvas: skia.Canvas, shape: _Shape, pose: MouthPose, palette: Palette) -> None:
    """Shadows of the lips on the skin: below the lower lip, at the corners, the philtrum."""
    base = shape.bottom + shape.lower
    canvas.drawPath(oval(CX, base + 5, shape.half * 0.52, 4.5), fill(palette.skin_deep, 0.3, blur=3.2))
    canvas.drawPath(oval(CX, base + 13, shape.half * 0.4, 5), fill(palette.skin_light, 0.3, blur=4))
    for side in (-1, 1):
        x = CX + side * (shape.half + 2.5)
        canvas.drawPath(oval(x, shape.corner, 3.2, 4.2), fill(palette.skin_deep, 0.34, blur=2.2))
        if pose.width > 0:
            dimple = spline(
                [(x + side * 5, shape.corner - 12), (x + side * 8, shape.corner - 2), (x + side * 6, shape.corner + 8)],
                closed=False,
            )
            canvas.drawPath(dimple, stroke(palette.skin_deep, 2.2, 0.22 * min(1.0, pose.width * 1.4), blur=1.8))
    peak = shape.top - shape.upper
    canvas.drawPath(oval(CX, peak - 6, 3.4, 7), fill(palette.skin_shade, 0.4, blur=2.4))


def _cavity(canvas: skia.Canvas, shape: _Shape, pose: MouthPose, palette: Palette) -> None:
    gap = shape.bottom - shape.top
    rounded, spread = max(0.0, -pose.width), max(0.0, pose.width)
    canvas.drawPaint(
        linear(
            (CX, shape.top - 2), (CX, shape.bottom + 4), [(0, "#2a0b0d", 1), (0.55, "#3c1013", 1), (1, "#5a1c1e", 1)]
        )
    )
    width = shape.inner_half
    if pose.rise:
        tongue = spline(
            [
                (CX - 0.7 * width, shape.bottom + 8),
                (CX - 0.45 * width, MOUTH_Y + 3),
                (CX, MOUTH_Y - 1),
                (CX + 0.45 * width, MOUTH_Y + 3),
                (CX + 0.7 * width, shape.bottom + 8),
            ]
        )
        canvas.drawPath(
            tongue,
            linear(
                (CX, MOUTH_Y - 2), (CX, shape.bottom + 6), [(0, "#a24a4d", 1), (0.5, "#cf7674", 1), (1, "#a9494d", 1)]
            ),
        )
    else:
        rise = min(gap * 0.42, 13) + 1
        canvas.drawPath(
            oval(CX, shape.bottom + 3, width * 0.66, rise),
            radial(
                (CX, shape.bottom - rise * 0.3),
                width * 0.7,
                [(0, "#d5807c", 1), (0.6, "#b95a5b", 1), (1, "#8c3a3e", 1)],
                squash=0.6,
            ),
        )
        canvas.drawPath(oval(CX, shape.bottom - rise * 0.1, 1.6, rise * 0.7), fill("#7c2f35", 0.45, blur=1.2))
    _lower_teeth(canvas, shape, 0.25 + 0.75 * spread - rounded)
    bottom = MOUTH_Y + 5.5 - 4.5 * rounded - 4.0 * pose.rise
    _upper_teeth(canvas, shape, bottom)
    canvas.drawPath(spline(shape.inner(-1), closed=False), stroke("#1c0506", 5, 0.38, blur=2.6))
    for side in (-1, 1):
        canvas.drawPath(oval(CX + side * width, shape.corner, 9, 11), fill("#1c0506", 0.55, blur=4.5))


def _upper_teeth(canvas: skia.Canvas, shape: _Shape, bottom: float) -> None:
    width = shape.inner_half * 0.97
    edge = [(CX + x * width, bottom - 4.6 * x * x) for x in np.linspace(1, -1, 13)]
    teeth = spline([(CX - width, shape.top - 14), (CX, shape.top - 18), (CX + width, shape.top - 14), *edge])
    canvas.drawPath(teeth, fill("#160405", 0.5, blur=1.6))
    canvas.drawPath(
        teeth, linear((CX, bottom - 14), (CX, bottom), [(0, "#d9cbbf", 1), (0.5, "#f7f1e8", 1), (1, "#fffdf8", 1)])
    )
    for x in (-20.5, -12.5, 0.0, 12.5, 20.5):
        x = x * 0.72
        canvas.drawLine(CX + x, bottom - 12, CX + x, bottom - 0.6, stroke("#a08f84", 0.7, 0.34))


def _lower_teeth(canvas: skia.Canvas, shape: _Shape, share: float) -> None:
    if share <= 0:
        return
    width = shape.inner_half * 0.72
    top = shape.bottom - 5.5 * min(1.0, share)
    edge = [(CX + x * width, top + 3 * x * x) for x in np.linspace(-1, 1, 11)]
    teeth = spline([*edge, (CX + width, shape.bottom + 6), (CX - width, shape.bottom + 6)])
    canvas.drawPath(teeth, linear((CX, top), (CX, top + 8), [(0, "#ece2d6", 1), (1, "#c9b8aa", 1)]))
    for x in (-14.0, -7.0, 0.0, 7.0, 14.0):
        canvas.drawLine(CX + x, top + 0.8, CX + x, top + 8, stroke("#8f7d73", 0.6, 0.4))


def _tongue_tip(canvas: skia.Canvas, shape: _Shape, pose: MouthPose) -> None:
    y = MOUTH_Y + 6.5
    tip = oval(CX, y, shape.inner_half * 0.5, 6.2 * pose.tip)
    canvas.drawPath(tip, fill("#3a0d10", 0.5, blur=1.6))
    canvas.drawPath(
        tip,
        radial(
            (CX - 3, y - 2),
            shape.inner_half * 0.55,
            [(0, "#ee9c96", 1), (0.6, "#d97c79", 1), (1, "#b4565a", 1)],
            squash=0.45,
        ),
    )
    canvas.drawPath(oval(CX, y - 0.5, 0.9, 3.6), fill("#a54a4f", 0.5, blur=0.8))


def _lips(canvas: skia.Canvas, shape: _Shape, pose: MouthPose, palette: Palette) -> None:
    upper, lower = shape.upper_lip(), shape.lower_lip()
    base, peak = shape.bottom + shape.lower, shape.top - shape.upper
    canvas.drawPath(
        lower,
        linear(
            (CX, shape.bottom - 2), (CX, base), [(0, palette.lip, 1), (0.45, palette.lip_light, 1), (1, palette.lip, 1)]
        ),
    )
    canvas.drawPath(
        upper,
        linear((CX, peak), (CX, shape.top + 2), [(0, palette.lip_light, 1), (0.35, palette.lip, 1), (1, "#8f3a3c", 1)]),
    )
    with Clip(canvas, lower):
        shine = oval(CX - 6, shape.bottom + shape.lower * 0.45, shape.half * 0.36, shape.lower * 0.17)
        canvas.drawPath(shine, fill("#ffe3da", 0.6, blur=2.2))
        canvas.drawPath(
            oval(CX + 9, shape.bottom + shape.lower * 0.45, shape.half * 0.12, shape.lower * 0.12),
            fill("#fff1ea", 0.45, blur=1.3),
        )
        for side in (-1, 1):
            canvas.drawPath(oval(CX + side * shape.half * 0.9, shape.corner + 3, 11, 9), fill("#7c3033", 0.4, blur=4))
    with Clip(canvas, upper):
        for side in (-1, 1):
            canvas.drawPath(oval(CX + side * shape.half * 0.26, peak + 3, 7, 2), fill("#ffd2c6", 0.4, blur=1.6))
    line = spline(shape.inner(-1), closed=False)
    canvas.drawPath(line, stroke("#743031", 1.3, 0.85))
    if shape.bottom - shape.top < 1.5:
        full = spline(
            [
                (CX - shape.half - 1, shape.corner - 0.6),
                *shape.inner(-1)[1:-1],
                (CX + shape.half + 1, shape.corner - 0.6),
            ],
            closed=False,
        )
        canvas.drawPath(full, stroke("#7d3636", 1.6, 0.9))
