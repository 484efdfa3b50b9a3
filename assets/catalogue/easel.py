"""A canvas with few brushes, and the shapes and colours they take: what the sample pictures are drawn with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import skia

SIZE = 800
Colors = list[tuple[float, str]]
"""Gradient stops: offset from 0 to 1 and `#rrggbb` or `#rrggbbaa`."""


def color(code: str) -> int:
    """Return `#rrggbb` or `#rrggbbaa` as skia's ARGB integer."""
    digits = code.lstrip("#").ljust(8, "f")
    red, green, blue, alpha = (int(digits[at : at + 2], 16) for at in (0, 2, 4, 6))
    return int(skia.Color(red, green, blue, alpha))


def mix(code: str, other: str, amount: float) -> str:
    """Return the colour `amount` of the way from one to the other."""
    pairs = [(int(code[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * amount):02x}" for a, b in pairs)


def dark(code: str, amount: float) -> str:
    """Return the colour in shade; shade is warm, never grey."""
    return mix(code, "#2a1f2d", amount)


def light(code: str, amount: float) -> str:
    """Return the colour in light."""
    return mix(code, "#fffaf0", amount)


def shape(svg: str) -> skia.Path:
    """Return the path of absolute SVG commands M L C Q Z."""
    path = skia.PathBuilder()
    verbs = {"M": (path.moveTo, 2), "L": (path.lineTo, 2), "C": (path.cubicTo, 6), "Q": (path.quadTo, 4)}
    verb = ""
    numbers: list[float] = []
    for word in svg.replace(",", " ").split():
        if word == "Z":
            path.close()
        elif word in verbs:
            verb = word
        else:
            numbers.append(float(word))
            if len(numbers) == verbs[verb][1]:
                verbs[verb][0](*numbers)
                numbers = []
    return path.detach()


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> skia.Path:
    """Return a rectangle with round corners."""
    return skia.Path.RRect(skia.Rect.MakeXYWH(x, y, width, height), radius, radius)


def oval(x: float, y: float, radius_x: float, radius_y: float) -> skia.Path:
    """Return an ellipse about a centre."""
    return skia.Path.Oval(skia.Rect.MakeLTRB(x - radius_x, y - radius_y, x + radius_x, y + radius_y))


class Easel:
    """A canvas with the few brushes the pictures need."""

    def __init__(self, backdrop: str) -> None:
        self._surface = skia.Surface(SIZE, SIZE)
        self.canvas = self._surface.getCanvas()
        glow = skia.GradientShader.MakeRadial(
            skia.Point(330, 300), 760, [color(light(backdrop, 0.55)), color(backdrop), color(dark(backdrop, 0.10))],
            [0.0, 0.62, 1.0],
        )  # fmt: skip
        self.canvas.drawPaint(skia.Paint(Shader=glow))
        floor = [color(dark(backdrop, 0.0) + "00"), color(light(backdrop, 0.5) + "90")]
        down = skia.GradientShader.MakeLinear([skia.Point(0, 560), skia.Point(0, 800)], floor)
        self.canvas.drawRect(skia.Rect.MakeLTRB(0, 560, SIZE, SIZE), skia.Paint(Shader=down))

    def png(self) -> bytes:
        """Return the picture."""
        return bytes(self._surface.makeImageSnapshot().encodeToData(skia.EncodedImageFormat.kPNG, 100))

    def flat(self, path: skia.Path, code: str) -> None:
        """Fill with one colour."""
        self.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=color(code)))

    def blend(self, path: skia.Path, stops: Colors, *, down: bool = False, slant: float = 0) -> None:
        """Fill with a gradient across the shape, or down it."""
        bounds = path.getBounds()
        start = skia.Point(bounds.left(), bounds.top())
        end = (
            skia.Point(bounds.left() + slant, bounds.bottom())
            if down
            else skia.Point(bounds.right(), bounds.top() + slant)
        )
        shader = skia.GradientShader.MakeLinear(
            [start, end], [color(code) for _, code in stops], [at for at, _ in stops]
        )
        self.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader))

    def round(self, path: skia.Path, code: str, depth: float = 1.0) -> None:
        """Fill as an upright cylinder: lit a third in from the left, in shade to the right."""
        self.blend(
            path,
            [
                (0.0, dark(code, 0.16 * depth)),
                (0.14, light(code, 0.10 * depth)),
                (0.30, light(code, 0.42 * depth)),
                (0.52, code),
                (0.86, dark(code, 0.26 * depth)),
                (1.0, dark(code, 0.18 * depth)),
            ],
        )

    def line(self, path: skia.Path, code: str, width: float, *, dash: tuple[float, float] | None = None) -> None:
        """Draw the outline of a path with round ends."""
        paint = skia.Paint(
            AntiAlias=True, Color=color(code), Style=skia.Paint.kStroke_Style, StrokeWidth=width,
            StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join,
        )  # fmt: skip
        if dash:
            paint.setPathEffect(skia.DashPathEffect.Make(list(dash), 0))
        self.canvas.drawPath(path, paint)

    def soft(self, path: skia.Path, code: str, blur: float) -> None:
        """Fill with blurred edges: a shadow, or with a light colour a highlight."""
        paint = skia.Paint(AntiAlias=True, Color=color(code))
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self.canvas.drawPath(path, paint)

    def within(self, path: skia.Path, draw: Callable[[], None]) -> None:
        """Draw only what falls inside the path."""
        self.canvas.save()
        self.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        draw()
        self.canvas.restore()

    def stand(self, x: float, y: float, reach: float, tone: str = "#3a2a33") -> None:
        """Cast the shadow of something that stands at (x, y): a wide faint one and a narrow dark one."""
        self.soft(oval(x + reach * 0.16, y + 6, reach * 1.18, reach * 0.17), tone + "38", 26)
        self.soft(oval(x + reach * 0.03, y, reach * 0.93, reach * 0.075), tone + "70", 9)

    @contextmanager
    def moved(self, x: float, y: float, *, turn: float = 0, scale: tuple[float, float] = (1, 1)) -> Iterator[None]:
        """Draw with the origin at (x, y), turned by degrees clockwise and scaled."""
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.rotate(turn)
        self.canvas.scale(*scale)
        yield
        self.canvas.restore()
