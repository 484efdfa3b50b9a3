"""Hair as strands between guide curves: dark beneath, gathered into locks, lit where it bends to the light."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray

from livestream.avatar.drawn.canvas import Clip, Point, Sheet, fill, linear, mix, onto, spline, stroke, taper
from livestream.avatar.drawn.palette import Palette

Guide = Sequence[Point]
Curve = NDArray[np.float64]

_POINTS = 36
_LEFT: tuple[Guide, ...] = (
    ((488, 340), (424, 338), (368, 366), (339, 434), (333, 520), (322, 606), (300, 690), (296, 756), (322, 832)),
    ((489, 348), (430, 347), (378, 380), (347, 446), (341, 530), (330, 612), (314, 692), (312, 760), (332, 836)),
    ((490, 362), (438, 362), (388, 400), (357, 462), (349, 540), (342, 618), (334, 692), (330, 762), (342, 836)),
    ((491, 377), (446, 382), (398, 422), (364, 480), (355, 550), (351, 620), (354, 690), (348, 758), (352, 830)),
    ((492, 391), (456, 402), (410, 442), (373, 498), (360, 556), (359, 616), (372, 684), (368, 750), (360, 820)),
)
_RIGHT: tuple[Guide, ...] = (
    ((478, 341), (530, 336), (570, 368), (590, 440), (596, 530), (602, 612), (616, 690), (616, 756), (594, 826)),
    ((480, 348), (528, 347), (562, 382), (581, 452), (587, 538), (590, 618), (600, 695), (602, 760), (586, 832)),
    ((482, 362), (526, 362), (553, 402), (570, 468), (576, 546), (574, 622), (580, 695), (584, 762), (576, 832)),
    ((485, 377), (520, 380), (545, 422), (560, 484), (567, 554), (562, 622), (560, 692), (566, 758), (566, 826)),
    ((488, 391), (512, 398), (536, 438), (551, 498), (560, 558), (554, 616), (544, 684), (550, 750), (558, 816)),
)


def draw_back(sheet: Sheet, p: Palette) -> None:
    """Draw the hair behind neck and shoulders."""
    left, right = _curves(_LEFT)[1], _curves(_RIGHT)[1]
    points = [(float(x), float(y)) for x, y in [*left[2:-9:2], (400.0, 800.0), (510.0, 800.0), *right[-10:1:-2]]]
    shape = spline(points)
    canvas = sheet.canvas
    canvas.drawPath(shape, linear((0, 350), (0, 800), [(0, p.hair, 1), (0.5, p.hair_dark, 1), (1, p.hair_dark, 1)]))
    chance = np.random.default_rng(11)
    with Clip(canvas, shape):
        for _ in range(110):
            x = chance.uniform(352, 560)
            line = [(x, 600), (x + chance.uniform(-8, 8), 680), (x + chance.uniform(-14, 14), 800)]
            canvas.drawPath(spline(line, closed=False), stroke(p.hair, 1.6, chance.uniform(0.1, 0.5)))
        canvas.drawPath(
            spline([(400, 640), (455, 655), (510, 640), (524, 800), (386, 800)]), fill("#0b0504", 0.8, blur=17)
        )


def draw_shadow(sheet: Sheet, p: Palette) -> None:
    """Draw the shadow the front hair casts on face and shoulders."""
    for guides, dx in ((_LEFT, 8.0), (_RIGHT, -5.0)):
        shape = _outline(_curves(guides)[:, :-2])
        shape.offset(dx, 6)
        sheet.canvas.drawPath(shape, onto(fill("#5a2416", 0.5, blur=7)))


def draw_front(sheet: Sheet, p: Palette) -> None:
    """Draw the locks that frame the face and fall over the shoulders."""
    _side(sheet.canvas, _curves(_RIGHT), p, np.random.default_rng(21), light=0.72)
    _side(sheet.canvas, _curves(_LEFT), p, np.random.default_rng(20), light=1.0)
    part: list[Point] = [(490, 394), (487, 376), (483, 352)]
    sheet.canvas.drawPath(taper(part, [1.6, 1.2, 0.3]), fill(p.hair_dark, 0.55, blur=1.0))


def _curves(guides: Sequence[Guide]) -> Curve:
    """Return the guides as fine curves with soft waves from the cheek down, shape (guides, points, 2)."""
    fine = np.stack([_resample(np.array(guide, float), _POINTS) for guide in guides])
    drop = np.clip((fine[..., 1] - 520) / 210, 0, 1)
    phase = 2 * np.pi * (fine[..., 1] - 590) / 190 + 0.6 * np.arange(len(guides))[:, None]
    side = -1 if guides[0][3][0] < 455 else 1
    fine[..., 0] += side * 7.0 * drop * np.sin(phase)
    return fine


def _outline(curves: Curve) -> skia.Path:
    points = [*curves[0][::2], *curves[-1][::-2]]
    return spline([(float(x), float(y)) for x, y in points])


def _along(curves: Curve, place: Curve) -> Curve:
    """Return a strand: point k lies `place[k]` of the way from the first guide to the last."""
    at = np.clip(place, 0, 1) * (len(curves) - 1)
    low = np.minimum(at.astype(int), len(curves) - 2)
    share = (at - low)[:, None]
    k = np.arange(curves.shape[1])
    strand: Curve = curves[low, k] * (1 - share) + curves[low + 1, k] * share
    return strand


def _side(canvas: skia.Canvas, curves: Curve, p: Palette, chance: np.random.Generator, *, light: float) -> None:
    stops = [(0.0, p.hair, 1.0), (0.3, p.hair_dark, 1.0), (0.6, p.hair_dark, 1.0), (1.0, p.hair, 1.0)]
    canvas.drawPath(_outline(curves[:, :-4]), linear((0, 345), (0, 820), stops))
    t = np.linspace(0, 1, _POINTS)
    locks = 9
    strands = []
    for _ in range(620):
        place = chance.random()
        lock = (np.floor(place * locks + 0.35 * np.sin(9 * place)) + 0.5) / locks
        inside = max(0.0, 1 - abs(place - lock) * 2 * locks)
        gather = np.clip((t - 0.4) / 0.6, 0, 1) ** 1.6 * 0.42
        line = _along(curves, place * (1 - gather) + lock * gather + 0.02 * chance.standard_normal())
        line[:, 0] += 2.0 * np.sin(t * chance.uniform(7, 13) + chance.uniform(0, 6)) * np.clip(t * 3, 0, 1)
        tone = np.clip(0.26 + 0.4 * inside * chance.uniform(0.4, 1) + 0.15 * chance.standard_normal(), 0, 1)
        strands.append(
            (float(tone), float(place), line, _POINTS - int(abs(chance.normal(0, 2.2)) + 3 * abs(place - 0.55)))
        )
    for tone, place, line, length in sorted(strands, key=lambda strand: strand[0]):
        fine = [(float(x), float(y)) for x, y in line[:length]]
        widths = np.interp(np.linspace(0, 1, length), [0, 0.12, 0.75, 1], [0.6, 1, 0.95, 0.1]) * chance.uniform(
            1.2, 2.9
        )
        canvas.drawPath(taper(fine, widths), fill(mix(p.hair_dark, p.hair_light, 0.85 * tone * light), 0.62))
        if tone > 0.34:
            _shine(canvas, line, p, chance, place, tone * light)
    _flyaways(canvas, curves, p, chance)


def _shine(
    canvas: skia.Canvas, line: Curve, p: Palette, chance: np.random.Generator, place: float, light: float
) -> None:
    """Light a strand over the crown and in its waves."""
    for start, length, strength in ((5 + 4 * place, 8, 0.75), (19 + 1.5 * place, 7, 0.5), (28 + place, 6, 0.45)):
        begin = max(0, int(start + chance.normal(0, 0.9)))
        part = [(float(x), float(y)) for x, y in line[begin : begin + length]]
        if len(part) < 4:
            continue
        widths = np.interp(np.linspace(0, 1, len(part)), [0, 0.5, 1], [0.1, chance.uniform(0.8, 1.9), 0.1])
        tone = mix(p.hair_light, p.hair_shine, chance.random())
        canvas.drawPath(
            taper(part, widths), fill(tone, min(1.0, strength * light * chance.uniform(0.5, 1.5)), blur=0.35)
        )


def _flyaways(canvas: skia.Canvas, curves: Curve, p: Palette, chance: np.random.Generator) -> None:
    """Fine single hairs outside the outline, so that it is not cut out of paper."""
    for _ in range(26):
        line = curves[0].copy()
        begin = int(chance.integers(2, 20))
        line[:, 0] += (line[:, 0] - 455) / 150 * chance.uniform(1, 6) * np.sin(np.linspace(0, np.pi, len(line)))
        line[:, 1] -= chance.uniform(0, 3)
        part = [(float(x), float(y)) for x, y in line[begin : begin + int(chance.integers(7, 14))]]
        widths = np.interp(np.linspace(0, 1, len(part)), [0, 0.5, 1], [0.2, 0.9, 0.1])
        canvas.drawPath(taper(part, widths), fill(mix(p.hair, p.hair_light, chance.random()), 0.6))


def _resample(line: Curve, count: int) -> Curve:
    """Return `count` points of the smooth curve through the line's points."""
    t = np.linspace(0, len(line) - 1, count)
    i = np.minimum(t.astype(int), len(line) - 2)
    f = (t - i)[:, None]
    p0, p1 = line[np.maximum(i - 1, 0)], line[i]
    p2, p3 = line[i + 1], line[np.minimum(i + 2, len(line) - 1)]
    curve: Curve = 0.5 * (
        2 * p1 + (p2 - p0) * f + (2 * p0 - 5 * p1 + 4 * p2 - p3) * f**2 + (3 * p1 - p0 - 3 * p2 + p3) * f**3
    )
    return curve
