"""Sleeves and hands: an arm from shoulder, elbow and wrist, a hand from its fingers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import skia

from livestream.avatar.drawn.canvas import Clip, Point, Sheet, fill, linear, mix, onto, oval, spline, stroke, taper
from livestream.avatar.drawn.palette import CX, Palette

SHOULDER: Point = (CX - 166, 842)
SCALE = 1.12
"""Size of the hands drawn below, whose palms are 72 long."""


@dataclass(frozen=True, slots=True)
class ArmPose:
    """The arm on the viewer's left, and its hand.

    `angle` is the hand's, degrees clockwise from up. `curl` is 0 straight to 1 folded, index to little finger;
    `spread` fans them out; `thumb` is 0 along the palm to 1 away from it; `turn` the share of the palm's width seen.
    """

    elbow: Point
    wrist: Point
    angle: float = 180.0
    curl: tuple[float, float, float, float] = (0.1, 0.06, 0.08, 0.14)
    spread: float = 0.4
    thumb: float = 0.6
    turn: float = 1.0

    def toward(self, other: ArmPose, share: float) -> ArmPose:
        """Return the pose `share` of the way to another."""

        def lerp(a: float, b: float) -> float:
            return a + (b - a) * share

        return ArmPose(
            (lerp(self.elbow[0], other.elbow[0]), lerp(self.elbow[1], other.elbow[1])),
            (lerp(self.wrist[0], other.wrist[0]), lerp(self.wrist[1], other.wrist[1])),
            lerp(self.angle, other.angle),
            tuple(lerp(a, b) for a, b in zip(self.curl, other.curl, strict=True)),  # type: ignore[arg-type]
            lerp(self.spread, other.spread),
            lerp(self.thumb, other.thumb),
            lerp(self.turn, other.turn),
        )


LOW = 1330.0
"""A wrist below this is out of the picture, and the arm hangs straight."""
REST = ArmPose((CX - 188, 1085), (CX - 184, 1350))


def draw_upper(sheet: Sheet, pose: ArmPose, p: Palette, *, mirror: bool = False) -> None:
    """Draw the sleeve from the shoulder to the elbow."""
    with _Mirrored(sheet.canvas, mirror):
        x, y = SHOULDER
        points: list[Point] = [
            (x + 22, y - 46),
            (x + 2, y - 14),
            (x - 2, y + 60),
            _middle((x, y + 60), pose.elbow),
            pose.elbow,
        ]
        widths = [26.0, 72.0, 78.0, 72.0, 66.0]
        if pose.wrist[1] >= LOW:
            points += [_middle(pose.elbow, pose.wrist), pose.wrist]
            widths += [62.0, 56.0]
        _sleeve(sheet.canvas, points, widths, p, lit=not mirror)


def draw_forearm(sheet: Sheet, pose: ArmPose, p: Palette, *, mirror: bool = False) -> None:
    """Draw the sleeve from the elbow to the cuff, and the hand."""
    with _Mirrored(sheet.canvas, mirror):
        if pose.wrist[1] >= LOW:
            return
        draw_hand(sheet.canvas, pose, p)
        cuff = (
            pose.elbow[0] + (pose.wrist[0] - pose.elbow[0]) * 0.9,
            pose.elbow[1] + (pose.wrist[1] - pose.elbow[1]) * 0.9,
        )
        middle = _middle(pose.elbow, cuff)
        _cuff(sheet.canvas, pose, cuff, p)
        _sleeve(sheet.canvas, [pose.elbow, middle, cuff], [70, 66, 53], p, lit=not mirror)
        bent = pose.wrist[1] < pose.elbow[1]
        if bent:
            for shift in (8, 22):
                fold = spline(
                    [
                        (pose.elbow[0] - 26, pose.elbow[1] - shift),
                        (pose.elbow[0], pose.elbow[1] - shift + 9),
                        (pose.elbow[0] + 28, pose.elbow[1] - shift - 5),
                    ],
                    closed=False,
                )
                sheet.canvas.drawPath(fold, stroke(p.blazer_shade, 4, 0.5, blur=3))


class _Mirrored:
    def __init__(self, canvas: skia.Canvas, active: bool) -> None:
        self._canvas, self._active = canvas, active

    def __enter__(self) -> None:
        self._canvas.save()
        if self._active:
            self._canvas.translate(2 * CX, 0)
            self._canvas.scale(-1, 1)

    def __exit__(self, *details: object) -> None:
        self._canvas.restore()


def _middle(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _beyond(end: Point, before: Point) -> Point:
    """Return a point past `end`: a sleeve's outline closes there, hidden by the round of the joint."""
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = max(1.0, math.hypot(dx, dy))
    return end[0] + dx / length * 8, end[1] + dy / length * 8


def _sleeve(canvas: skia.Canvas, points: list[Point], widths: list[float], p: Palette, *, lit: bool) -> None:
    """Draw one part of a sleeve, round at both ends, lit from the upper left."""
    start, end = points[0], points[-1]
    points = [_beyond(start, points[1]), *points[1:-1], _beyond(end, points[-2])]
    shape = skia.Op(taper(points, widths), oval(*end, widths[-1] / 2, widths[-1] / 2), skia.PathOp.kUnion_PathOp)
    shape = skia.Op(shape, oval(*start, widths[0] / 2, widths[0] / 2), skia.PathOp.kUnion_PathOp)
    length = max(1.0, math.hypot(end[0] - start[0], end[1] - start[1]))
    nx, ny = -(end[1] - start[1]) / length, (end[0] - start[0]) / length
    if nx > 0:
        nx, ny = -nx, -ny
    centre, half = _middle(start, end), max(widths) * 0.56
    bright = mix(p.blazer, p.blazer_light, 0.75 if lit else 0.35)
    a, b = (centre[0] + nx * half, centre[1] + ny * half), (centre[0] - nx * half, centre[1] - ny * half)
    canvas.save()
    canvas.translate(2, 4)
    canvas.drawPath(shape, onto(fill("#04181b", 0.5, blur=6)))
    canvas.restore()
    canvas.drawPath(
        shape, linear(a, b, [(0, p.blazer, 1), (0.25, bright, 1), (0.6, p.blazer, 1), (1, p.blazer_shade, 1)])
    )
    with Clip(canvas, shape):
        for share, tilt in ((0.3, 10), (0.55, -8), (0.8, 12)):
            x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
            fold = spline(
                [
                    (x - ny * tilt - nx * 30, y + nx * tilt - ny * 30),
                    (x, y),
                    (x + ny * tilt + nx * 10, y - nx * tilt + ny * 10),
                ],
                closed=False,
            )
            canvas.drawPath(fold, stroke(p.blazer_shade, 6, 0.3, blur=5))


def _cuff(canvas: skia.Canvas, pose: ArmPose, cuff: Point, p: Palette) -> None:
    """A sliver of blouse between sleeve and hand."""
    dx, dy = pose.wrist[0] - pose.elbow[0], pose.wrist[1] - pose.elbow[1]
    length = max(1.0, math.hypot(dx, dy))
    ux, uy = dx / length, dy / length
    end = (cuff[0] + ux * 30, cuff[1] + uy * 30)
    shape = taper([cuff, _middle(cuff, end), end], [46, 46, 45])
    canvas.drawPath(
        shape,
        linear(
            (cuff[0] - uy * 23, cuff[1] + ux * 23),
            (cuff[0] + uy * 23, cuff[1] - ux * 23),
            [(0, p.blouse_shade, 1), (0.5, p.blouse, 1), (1, p.blouse_shade, 1)],
        ),
    )


_FINGERS: tuple[tuple[float, float, float, float, float], ...] = (
    (24, -73, 61, 18.0, 7), (6, -79, 70, 18.5, 1), (-12, -77, 65, 17.5, -5), (-28, -68, 50, 15.5, -12),
)  # fmt: skip
"""Root (x, y), length, width and lean in degrees, index to little finger, of a hand whose wrist is the origin,
pointing up, its palm to the viewer and the thumb on the right."""


def draw_hand(canvas: skia.Canvas, pose: ArmPose, p: Palette) -> None:
    """Draw the palm side of the hand at the wrist."""
    canvas.save()
    canvas.translate(*pose.wrist)
    canvas.rotate(pose.angle)
    canvas.scale(SCALE * pose.turn, SCALE)
    palm = spline(
        [
            (-15, 9),
            (-20, -10),
            (-34, -34),
            (-37, -62),
            (-27, -79),
            (-6, -85),
            (16, -82),
            (32, -73),
            (33, -50),
            (27, -26),
            (19, -8),
            (15, 9),
        ]
    )
    thumb = _thumb(pose.thumb)
    straight = [number for number in range(4) if pose.curl[number] < 0.5]
    for number in (3, 2, 1, 0):
        if number in straight:
            _finger(canvas, number, pose, p)
    for shape in (thumb, palm):
        canvas.drawPath(shape, stroke(mix(p.skin_shade, p.skin_deep, 0.5), 1.8, 0.8))
    gradient = linear(
        (-36, -60),
        (38, -10),
        [(0, p.skin_light, 1), (0.5, mix(p.skin, p.skin_light, 0.4), 1), (1, mix(p.skin, p.skin_shade, 0.6), 1)],
    )
    canvas.drawPath(palm, gradient)
    canvas.drawPath(thumb, gradient)
    with Clip(canvas, thumb):
        angle = math.radians(18 + 34 * pose.thumb)
        tip = (19 + 49 * math.sin(angle), -18 - 49 * math.cos(angle))
        canvas.drawPath(oval(tip[0], tip[1], 10, 11), fill(p.blush, 0.4, blur=4))
        canvas.drawPath(spline([(22, 2), (40, -12), tip], closed=False), stroke(p.skin_deep, 7, 0.3, blur=4))
        canvas.drawPath(
            spline([(14, -26), (28, -44), (tip[0] - 6, tip[1] - 2)], closed=False), stroke(p.skin_light, 5, 0.6, blur=3)
        )
    with Clip(canvas, palm):
        _palm(canvas, p)
    for number in straight:
        x, y, _, width, lean = _FINGERS[number]
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(lean * (0.4 + pose.spread))
        canvas.drawPath(oval(0, -3, width * 0.4, 9), fill(mix(p.skin, p.skin_light, 0.6), 0.95, blur=2.4))
        canvas.restore()
    for number in (3, 2, 1, 0):
        if number not in straight:
            _folded(canvas, number, p)
    canvas.restore()


def _palm(canvas: skia.Canvas, p: Palette) -> None:
    canvas.drawPath(oval(17, -34, 14, 24), fill(p.blush, 0.3, blur=6))
    canvas.drawPath(oval(-24, -34, 10, 26), fill(p.blush, 0.2, blur=6))
    canvas.drawPath(oval(0, -72, 30, 7), fill(p.blush, 0.24, blur=5))
    canvas.drawPath(oval(-3, -46, 10, 14), fill(p.skin_deep, 0.16, blur=6))
    canvas.drawPath(oval(0, 14, 24, 12), fill(p.skin_deep, 0.35, blur=6))
    for line in (
        [(29, -60), (12, -56), (2, -38), (3, -12)],
        [(-35, -58), (-14, -64), (8, -62), (16, -74)],
        [(27, -58), (4, -52), (-18, -42)],
    ):
        canvas.drawPath(spline(line, closed=False), stroke(p.skin_deep, 1.5, 0.38, blur=0.7))


def _finger(canvas: skia.Canvas, number: int, pose: ArmPose, p: Palette) -> None:
    x, y, length, width, lean = _FINGERS[number]
    bend = pose.curl[number]
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(lean * (0.4 + pose.spread))
    length *= 1 - 0.5 * bend
    spine = [
        (0.0, 10.0),
        (0.0, -length * 0.3),
        (-0.6 + 3 * bend, -length * 0.65),
        (-1.0 + 6 * bend, -length + width * 0.3),
    ]
    shape = taper(spine, [width, width * 0.98, width * 0.92, width * 0.74])
    tip = oval(spine[-1][0], spine[-1][1], width * 0.385, width * 0.45)
    shape = skia.Op(shape, tip, skia.PathOp.kUnion_PathOp)
    canvas.drawPath(shape, stroke(mix(p.skin_shade, p.skin_deep, 0.5), 1.8, 0.8))
    canvas.drawPath(
        shape,
        linear(
            (-width / 2, 0),
            (width / 2, 0),
            [(0, p.skin_light, 1), (0.55, mix(p.skin, p.skin_light, 0.3), 1), (1, p.skin_shade, 1)],
        ),
    )
    with Clip(canvas, shape):
        canvas.drawPath(oval(spine[-1][0], -length + 4, width * 0.4, 8), fill(p.blush, 0.4, blur=3))
        for share in (0.02, 0.36, 0.66):
            at = -length * share
            canvas.drawPath(
                spline([(-width / 2, at), (0, at + 1.4), (width / 2, at)], closed=False),
                stroke(p.skin_deep, 1.2, 0.4, blur=0.6),
            )
    canvas.restore()


def _folded(canvas: skia.Canvas, number: int, p: Palette) -> None:
    """A finger bent onto the palm: its knuckle and the nail of its tip."""
    x, y, _, width, lean = _FINGERS[number]
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(lean * 0.4)
    shape = spline(
        [
            (-width * 0.5, -2),
            (-width * 0.42, -12),
            (0, -16),
            (width * 0.42, -12),
            (width * 0.5, -2),
            (width * 0.46, 22),
            (0, 30),
            (-width * 0.46, 22),
        ]
    )
    canvas.drawPath(shape, fill(p.skin_deep, 0.5, blur=2.5))
    canvas.drawPath(
        shape,
        linear((-width / 2, -14), (width / 2, 26), [(0, p.skin_light, 1), (0.5, p.skin, 1), (1, p.skin_shade, 1)]),
    )
    canvas.drawPath(shape, stroke(mix(p.skin_shade, p.skin_deep, 0.4), 1.2, 0.7))
    canvas.drawPath(oval(0, 21, width * 0.27, 6.4), fill(mix(p.lip_light, p.skin_light, 0.35), 1))
    canvas.drawPath(oval(-1, 18.6, width * 0.13, 2.4), fill("#ffffff", 0.5, blur=0.8))
    canvas.restore()


def _thumb(away: float) -> skia.Path:
    angle = math.radians(18 + 34 * away)
    root = np.array((19.0, -18.0))
    along = np.array((math.sin(angle), -math.cos(angle)))
    across = np.array((along[1], -along[0]))
    spine: list[Point] = [
        (float((root + along * d + across * s)[0]), float((root + along * d + across * s)[1]))
        for d, s in ((-14, 0), (8, -1.0), (28, -2.5), (44, 0.0), (53, 3.0))
    ]
    shape = taper(spine, [24, 23, 19, 17.5, 13.5])
    return skia.Op(shape, oval(spine[-1][0], spine[-1][1], 6.6, 6.6), skia.PathOp.kUnion_PathOp)
