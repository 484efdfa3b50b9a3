"""A drawing surface in picture coordinates, and the few strokes the presenters are drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from livestream.media import Box

Point = tuple[float, float]
SCALE = 2
"""Drawn pixels per picture pixel, each way; averaged when read."""


class Sheet:
    """A transparent picture of `box`, drawn in picture coordinates."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self._pixels = np.zeros((box.height * SCALE, box.width * SCALE, 4), np.uint8)
        info = skia.ImageInfo.Make(
            self._pixels.shape[1],
            self._pixels.shape[0],
            skia.ColorType.kRGBA_8888_ColorType,
            skia.AlphaType.kPremul_AlphaType,
        )
        self._surface = skia.Surface.MakeRasterDirect(info, self._pixels, self._pixels.strides[0])
        self.canvas = self._surface.getCanvas()
        self.canvas.scale(SCALE, SCALE)
        self.canvas.translate(-box.x, -box.y)

    def rgba(self) -> NDArray[np.uint8]:
        """Return premultiplied RGBA, shape (box.height, box.width, 4)."""
        self._surface.flushAndSubmit()
        size = (self.box.width, self.box.height)
        return cv2.resize(self._pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)

    @cached_property
    def image(self) -> skia.Image:
        """What is drawn when this is first asked; what is drawn later is not in it."""
        return self._surface.makeImageSnapshot()

    def stamp(self, other: Sheet) -> None:
        """Draw another sheet onto this one, at its own place."""
        image = other.image
        target = skia.Rect.MakeXYWH(other.box.x, other.box.y, other.box.width, other.box.height)
        self.canvas.drawImageRect(image, target, skia.SamplingOptions(skia.FilterMode.kLinear))


def colour(text: str, alpha: float = 1.0) -> int:
    """Return skia's ARGB of "#rrggbb"."""
    value = int(text[1:], 16)
    return int(skia.Color(value >> 16, value >> 8 & 255, value & 255, round(alpha * 255)))


def mix(a: str, b: str, share: float) -> str:
    """Return the colour `share` of the way from a to b."""
    pairs = zip(bytes.fromhex(a[1:]), bytes.fromhex(b[1:]), strict=True)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)


def fill(text: str, alpha: float = 1.0, *, blur: float = 0.0) -> skia.Paint:
    """Return a paint that fills; `blur` is the sigma of soft edges in picture pixels."""
    paint = skia.Paint(AntiAlias=True, Color=colour(text, alpha))
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.BlurStyle.kNormal_BlurStyle, blur))
    return paint


def onto(paint: skia.Paint) -> skia.Paint:
    """Let a paint mark only what is there already: shadows fall on things, not on the air."""
    paint.setBlendMode(skia.BlendMode.kSrcATop)
    return paint


def stroke(text: str, width: float, alpha: float = 1.0, *, blur: float = 0.0) -> skia.Paint:
    """Return a paint that draws lines with round ends."""
    paint = fill(text, alpha, blur=blur)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def linear(a: Point, b: Point, stops: Sequence[tuple[float, str, float]]) -> skia.Paint:
    """Return a paint with a gradient from a to b; stops are (place, colour, alpha)."""
    colours = [colour(text, alpha) for _, text, alpha in stops]
    shader = skia.GradientShader.MakeLinear([skia.Point(*a), skia.Point(*b)], colours, [place for place, _, _ in stops])
    return skia.Paint(AntiAlias=True, Shader=shader)


def radial(
    centre: Point, radius: float, stops: Sequence[tuple[float, str, float]], *, squash: float = 1.0
) -> skia.Paint:
    """Return a paint with a round gradient; `squash` scales its height."""
    matrix = skia.Matrix().setScale(1, squash, *centre)
    colours = [colour(text, alpha) for _, text, alpha in stops]
    shader = skia.GradientShader.MakeRadial(
        skia.Point(*centre), radius, colours, [place for place, _, _ in stops], skia.TileMode.kClamp, 0, matrix
    )
    return skia.Paint(AntiAlias=True, Shader=shader)


def spline(points: Sequence[Point], *, closed: bool = True) -> skia.Path:
    """Return a smooth path through the points (centripetal enough: Catmull-Rom, tension 0.5)."""
    path = skia.Path()
    count = len(points)
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        p0 = points[(i - 1) % count] if closed else points[max(i - 1, 0)]
        p1, p2 = points[i], points[(i + 1) % count]
        p3 = points[(i + 2) % count] if closed else points[min(i + 2, count - 1)]
        path.cubicTo(
            p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6,
            p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6,
            p2[0], p2[1],
        )  # fmt: skip
    if closed:
        path.close()
    return path


def oval(x: float, y: float, rx: float, ry: float) -> skia.Path:
    """Return an ellipse around (x, y)."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


def taper(points: Sequence[Point], widths: Sequence[float] | NDArray[np.float64]) -> skia.Path:
    """Return the outline of a curved stroke whose width changes from point to point."""
    line = np.array(points, float)
    ahead = np.gradient(line, axis=0)
    normal = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    half = np.array(widths, float)[:, None] / 2
    left, right = line + normal * half, line - normal * half
    return spline([tuple(point) for point in np.concatenate([left, right[::-1]])])


def bezier(p0: Point, p1: Point, p2: Point, p3: Point, count: int = 12) -> list[Point]:
    """Return `count` points of a cubic curve."""
    t = np.linspace(0, 1, count)[:, None]
    p = [np.array(point, float) for point in (p0, p1, p2, p3)]
    curve = (1 - t) ** 3 * p[0] + 3 * (1 - t) ** 2 * t * p[1] + 3 * (1 - t) * t**2 * p[2] + t**3 * p[3]
    return [(float(x), float(y)) for x, y in curve]


class Clip:
    """Draw only inside a path, within a `with` block."""

    def __init__(self, canvas: skia.Canvas, path: skia.Path) -> None:
        self._canvas, self._path = canvas, path

    def __enter__(self) -> None:
        self._canvas.save()
        self._canvas.clipPath(self._path, skia.ClipOp.kIntersect, True)

    def __exit__(self, *details: object) -> None:
        self._canvas.restore()
