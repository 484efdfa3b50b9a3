"""Hair as strands between guide curves: dark beneath, gathered into locks, lit where it bends to the light."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray

from livestream.avatar.drawn.canvas import Clip, Point, Sheet, fill, linear, mix, onto, oval, spline, stroke, taper
from livestream.avatar.drawn.palette import Palette

Guide = Sequence[Point]
Curve = NDArray[np.float64]

_POINTS = 36
_LEFT: tuple[Guide, ...] = (
    ((486, 330), (426, 326), (364, 356), (333, 428), (327, 520), (318, 606), (300, 688), (304, 752), (334, 806)),
    ((488, 340), (429, 338), (374, 373), (342, 442), (336, 530), (326, 612), (310, 692), (312, 760), (336, 828)),
    ((489, 359), (437, 357), (385, 396), (353, 460), (346, 540), (339, 618), (330, 694), (326, 764), (342, 840)),
    ((491, 375), (446, 379), (396, 420), (362, 479), (354, 550), (350, 620), (354, 692), (346, 762), (352, 836)),
    ((492, 389), (456, 401), (410, 442), (373, 498), (360, 556), (359, 616), (372, 686), (368, 754), (358, 820)),
)
_RIGHT: tuple[Guide, ...] = (
    ((482, 330), (532, 326), (577, 360), (596, 434), (601, 526), (606, 610), (619, 690), (615, 754), (584, 806)),
    ((484, 340), (530, 340), (567, 378), (586, 450), (591, 536), (593, 616), (604, 694), (602, 762), (580, 828)),
    ((486, 359), (527, 360), (556, 401), (573, 468), (579, 546), (576, 622), (583, 695), (586, 765), (574, 840)),
    ((488, 375), (520, 379), (546, 422), (561, 484), (568, 554), (562, 622), (560, 694), (567, 762), (566, 834)),
    ((489, 389), (512, 398), (536, 438), (551, 498), (560, 558), (554, 616), (544, 686), (550, 754), (560, 818)),
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
    for crown in (oval(485, 357, 64, 28.5), oval(489, 379, 15, 14)):
        sheet.canvas.drawPath(crown, fill(mix(p.hair, p.hair_light, 0.18)))
    _side(sheet.canvas, _curves(_RIGHT), p, np.random.default_rng(21), light=0.72)
    _side(sheet.canvas, _curves(_LEFT), p, np.random.default_rng(20), light=1.0)
    line: list[Point] = [(462, 398), (478, 391), (490, 388.5), (503, 391.5), (514, 398)]
    sheet.canvas.drawPath(taper(line, [0.5, 4, 5, 4, 0.5]), fill(mix(p.hair_dark, p.hair, 0.6), 0.95, blur=1.1))
    part: list[Point] = [(490, 394), (487, 376), (483, 352)]
    sheet.canvas.drawPath(taper(part, [1.6, 1.2, 0.3]), fill(p.hair_dark, 0.55, blur=1.0))


def _curves(guides: Sequence[Guide]) -> Curve:
    """Return the guides as fine curves with soft waves from the cheek down, shape (guides, points, 2)."""
    fine = np.stack([_resample(np.array(guide, float), _POINTS) for guide in guides])
    drop = np.clip((fine[..., 1] - 520) / 210, 0, 1)
    phase = 2 * np.pi * (fine[..., 1] - 590) / 176 + 0.55 * np.arange(len(guides))[:, None]
    side = -1 if guides[0][3][0] < 455 else 1
    fine[..., 0] += side * 9.0 * drop * np.sin(phase)
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
        line[0:2] += chance.uniform(-2.4, 2.4, (2, 2))
        tone = np.clip(0.2 + 0.5 * inside * chance.uniform(0.4, 1) + 0.15 * chance.standard_normal(), 0, 1)
        strands.append(
            (float(tone), float(place), line, _POINTS - int(abs(chance.normal(0, 2.2)) + 3 * abs(place - 0.55)))
        )
    for tone, place, line, length in sorted(strands, key=lambda strand: strand[0]):
        fine = [(float(x), float(y)) for x, y in line[:length]]
        widths = np.interp(np.linspace(0, 1, length), [0, 0.12, 0.75, 1], [0.15, 1, 0.95, 0.08]) * chance.uniform(
            1.2, 2.9
        )
        canvas.drawPath(taper(fine, widths), fill(mix(p.hair_dark, p.hair_light, 0.95 * tone * light), 0.62))
        if tone > 0.34:
            _shine(canvas, line, p, chance, place, tone * light)
    _flyaways(canvas, curves, p, chance)


def _shine(
    canvas: skia.Canvas, line: Curve, p: Palette, chance: np.random.Generator, place: float, light: float
) -> None:
    """Light a strand over the crown and in its waves."""
    for start, length, strength in ((5 + 4 * place, 8, 0.95), (19 + 1.5 * place, 7, 0.6), (28 + place, 6, 0.6)):
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
