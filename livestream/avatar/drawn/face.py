"""Neck, face, nose, ears and brows: skin modelled by soft light from the upper left."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import skia

from livestream.avatar.drawn.canvas import Clip, Point, Sheet, bezier, fill, linear, mix, oval, spline, stroke, taper
from livestream.avatar.drawn.palette import BROW_Y, CHIN_Y, CX, EYE_DX, EYE_Y, NOSE_Y, Palette

_HALF: tuple[Point, ...] = (
    (0, 374), (46, 382), (82, 414), (99, 462), (101, 515), (97, 560), (85, 600), (63, 638), (35, 662), (13, CHIN_Y),
)  # fmt: skip


def outline() -> skia.Path:
    """Return the outline of the face."""
    right = [(CX + x, y) for x, y in _HALF]
    left = [(CX - x, y) for x, y in _HALF[:0:-1]]
    return spline(right + left)


def draw_neck(sheet: Sheet, palette: Palette) -> None:
    """Draw the neck and the skin of the neckline, with the shadow of the chin."""
    canvas = sheet.canvas
    neck = spline([
        (CX - 47, 610), (CX - 46, 690), (CX - 52, 735), (CX - 96, 772), (CX - 120, 800), (CX - 60, 900), (CX, 985),
        (CX + 60, 900), (CX + 120, 800), (CX + 96, 772), (CX + 52, 735), (CX + 46, 690), (CX + 47, 610),
    ])  # fmt: skip
    canvas.drawPath(
        neck,
        linear(
            (CX - 70, 0),
            (CX + 80, 0),
            [(0, palette.skin, 1), (0.35, palette.skin_light, 1), (0.62, palette.skin, 1), (1, palette.skin_shade, 1)],
        ),
    )
    with Clip(canvas, neck):
        canvas.drawPath(oval(CX + 6, 664, 66, 62), fill(palette.skin_deep, 0.62, blur=13))
        canvas.drawPath(oval(CX + 42, 720, 22, 70), fill(palette.skin_deep, 0.4, blur=12))
        for side in (-1, 1):
            muscle = [(CX + side * 40, 700), (CX + side * 30, 750), (CX + side * 13, 796)]
            canvas.drawPath(spline(muscle, closed=False), stroke(palette.skin_deep, 4, 0.2, blur=4))
            bone = [(CX + side * 14, 806), (CX + side * 52, 797), (CX + side * 104, 792)]
            canvas.drawPath(spline(bone, closed=False), stroke(palette.skin_deep, 5, 0.26, blur=4))
            canvas.drawPath(
                spline([(x, y - 6) for x, y in bone], closed=False), stroke(palette.skin_light, 5, 0.5, blur=3.5)
            )
        canvas.drawPath(oval(CX, 803, 8, 7), fill(palette.skin_deep, 0.28, blur=4))


def draw_face(sheet: Sheet, palette: Palette, shadow: Callable[[Sheet], None]) -> None:
    """Draw the face without eyes and mouth; `shadow` draws what the hair casts on it."""
    canvas = sheet.canvas
    face = outline()
    canvas.drawPath(
        face,
        linear(
            (CX - 100, 0),
            (CX + 105, 0),
            [(0, palette.skin, 1), (0.3, mix_light(palette), 1), (0.6, palette.skin, 1), (1, palette.skin_shade, 1)],
        ),
    )
    with Clip(canvas, face):
        _planes(canvas, palette)
        _sockets(canvas, palette)
        _nose(canvas, palette)
        shadow(sheet)
    _brows(canvas, palette)


def mix_light(palette: Palette) -> str:
    """Return the colour of the lit plane of the face."""
    return mix(palette.skin, palette.skin_light, 0.65)


def _planes(canvas: skia.Canvas, p: Palette) -> None:
    canvas.drawPath(oval(CX - 14, 440, 62, 34), fill(p.skin_light, 0.7, blur=20))
    canvas.drawPath(
        spline(
            [
                (CX + 60, 372),
                (CX + 130, 420),
                (CX + 130, 640),
                (CX + 50, 690),
                (CX + 74, 620),
                (CX + 90, 540),
                (CX + 82, 450),
            ]
        ),
        fill(p.skin_deep, 0.5, blur=15),
    )
    canvas.drawPath(
        spline([(CX - 110, 540), (CX - 90, 600), (CX - 50, 662), (CX - 90, 690), (CX - 130, 620)]),
        fill(p.skin_deep, 0.34, blur=11),
    )
    canvas.drawPath(oval(CX, 388, 100, 30), fill(p.skin_deep, 0.42, blur=15))
    canvas.drawPath(oval(CX, CHIN_Y + 8, 60, 13), fill(p.skin_deep, 0.34, blur=9))
    for side, strength in ((-1, 0.36), (1, 0.36)):
        canvas.drawPath(oval(CX + side * 60, 572, 27, 17), fill(p.blush, strength, blur=13))
        canvas.drawPath(oval(CX + side * 66, 549, 21, 9), fill(p.skin_light, 0.62 if side < 0 else 0.4, blur=7))
        fold = bezier((CX + side * 25, 583), (CX + side * 37, 592), (CX + side * 45, 601), (CX + side * 50, 616))
        canvas.drawPath(spline(fold, closed=False), stroke(p.skin_deep, 2.6, 0.2, blur=2.6))
    canvas.drawPath(oval(CX - 4, CHIN_Y - 17, 19, 10), fill(p.skin_light, 0.55, blur=7))


def _sockets(canvas: skia.Canvas, p: Palette) -> None:
    for side in (-1, 1):
        x = CX + side * EYE_DX
        canvas.drawPath(oval(x - side * 4, EYE_Y - 15, 27, 11), fill(p.skin_deep, 0.3, blur=7))
        canvas.drawPath(oval(x - side * 25, EYE_Y - 5, 8, 15), fill(p.skin_deep, 0.3, blur=6))
        canvas.drawPath(oval(x, EYE_Y + 17, 24, 6), fill(p.skin_deep, 0.14, blur=4))
        canvas.drawPath(oval(x + side * 7, BROW_Y + 9, 19, 4), fill(p.skin_light, 0.6, blur=4))


def _nose(canvas: skia.Canvas, p: Palette) -> None:
    shade = spline([(CX + 13, 505), (CX + 10, 540), (CX + 20, 566), (CX + 24, 578), (CX + 12, 584), (CX + 4, 560)])
    canvas.drawPath(shade, fill(p.skin_deep, 0.3, blur=6))
    canvas.drawPath(
        spline([(CX - 12, 508), (CX - 10, 540), (CX - 18, 566), (CX - 12, 560)]), fill(p.skin_deep, 0.16, blur=4)
    )
    canvas.drawPath(
        spline([(CX - 3, 492), (CX - 4, 530), (CX - 3, 556)], closed=False), stroke(p.skin_light, 8, 0.75, blur=4.5)
    )
    canvas.drawPath(oval(CX, NOSE_Y + 8, 20, 5), fill(p.skin_deep, 0.4, blur=4))
    canvas.drawPath(oval(CX - 2, NOSE_Y - 9, 11, 9), fill(p.skin_light, 0.6, blur=5))
    canvas.drawPath(oval(CX - 4, NOSE_Y - 11, 4, 3.4), fill("#fff6ec", 0.7, blur=2.2))
    for side in (-1, 1):
        wing = bezier(
            (CX + side * 18, NOSE_Y - 13),
            (CX + side * 27, NOSE_Y - 6),
            (CX + side * 24, NOSE_Y + 5),
            (CX + side * 14, NOSE_Y + 3),
        )
        canvas.drawPath(
            taper(wing, np.interp(np.linspace(0, 1, len(wing)), [0, 0.5, 1], [0.4, 1.9, 0.8])),
            fill(p.skin_deep, 0.55, blur=0.9),
        )
        nostril = spline(
            [
                (CX + side * 5.5, NOSE_Y + 3.6),
                (CX + side * 10, NOSE_Y - 0.2),
                (CX + side * 15.5, NOSE_Y + 1.8),
                (CX + side * 11, NOSE_Y + 4.6),
            ]
        )
        canvas.drawPath(nostril, fill("#6b2f22", 0.8, blur=0.9))
    tip = bezier((CX - 6, NOSE_Y + 5), (CX - 2, NOSE_Y + 7.4), (CX + 2, NOSE_Y + 7.4), (CX + 6, NOSE_Y + 5))
    canvas.drawPath(spline(tip, closed=False), stroke(p.skin_deep, 1.4, 0.5, blur=0.8))


def _brows(canvas: skia.Canvas, p: Palette) -> None:
    chance = np.random.default_rng(4)
    tint = mix(p.hair_dark, p.hair, 0.55)
    for side in (-1, 1):
        x0 = CX + side * EYE_DX
        spine = bezier(
            (x0 - side * 26, BROW_Y + 0.5),
            (x0 - side * 10, BROW_Y - 7),
            (x0 + side * 10, BROW_Y - 9),
            (x0 + side * 34, BROW_Y + 1),
            count=24,
        )
        width = np.interp(np.linspace(0, 1, 24), [0, 0.15, 0.6, 1], [5.5, 8.6, 6.6, 0.8])
        canvas.drawPath(taper(spine, width * 0.86), fill(tint, 0.55, blur=1.3))
        for _ in range(170):
            place = chance.uniform(0, 22.4)
            i = int(place)
            x, y = (spine[i][k] + (spine[i + 1][k] - spine[i][k]) * (place - i) for k in (0, 1))
            across = chance.uniform(-0.5, 0.5)
            y += across * width[i] * 0.85
            lean = np.clip(0.25 + place / 20 - 0.5 * across, 0, 1)
            length = 5.5
            end = (x + side * length * (0.5 + 0.5 * lean), y - length * (0.6 - 0.62 * lean))
            canvas.drawPath(
                taper([(x, y), ((x + end[0]) / 2, (y + end[1]) / 2 - 0.3), end], [1.1, 0.9, 0.2]), fill(tint, 0.6)
            )
