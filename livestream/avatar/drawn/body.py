"""The blazer, the blouse, and the arms with their hands."""

from __future__ import annotations

from livestream.avatar.drawn.canvas import Clip, Point, Sheet, fill, linear, oval, radial, spline, stroke
from livestream.avatar.drawn.palette import CX, Palette

_TORSO: tuple[Point, ...] = (
    (CX - 66, 752), (CX - 120, 775), (CX - 176, 796), (CX - 200, 838), (CX - 190, 940), (CX - 176, 1060), (CX - 168, 1180), (CX - 172, 1300),
    (CX + 172, 1300), (CX + 168, 1180), (CX + 176, 1060), (CX + 190, 940), (CX + 200, 838), (CX + 176, 796), (CX + 120, 775), (CX + 66, 752),
)  # fmt: skip


def draw_blouse(sheet: Sheet, p: Palette) -> None:
    """Draw the blouse, below the blazer."""
    shape = spline(
        [
            (CX - 84, 780),
            (CX - 62, 830),
            (CX - 30, 880),
            (CX, 905),
            (CX + 30, 880),
            (CX + 62, 830),
            (CX + 84, 780),
            (CX + 130, 900),
            (CX + 90, 1180),
            (CX - 90, 1180),
            (CX - 130, 900),
        ]
    )
    canvas = sheet.canvas
    canvas.drawPath(
        shape,
        linear(
            (CX - 90, 0),
            (CX + 90, 0),
            [(0, p.blouse_shade, 1), (0.4, p.blouse, 1), (0.7, p.blouse, 1), (1, p.blouse_shade, 1)],
        ),
    )
    with Clip(canvas, shape):
        for x0, x1 in ((-40, -16), (-18, -6), (22, 8), (46, 20)):
            fold = spline([(CX + x0, 880), (CX + (x0 + x1) / 2 - 4, 980), (CX + x1, 1120)], closed=False)
            canvas.drawPath(fold, stroke(p.blouse_shade, 7, 0.55, blur=5))


def draw_torso(sheet: Sheet, p: Palette) -> None:
    """Draw the blazer's body and lapels."""
    canvas = sheet.canvas
    shape = spline(_TORSO)
    opening = spline(
        [
            (CX - 72, 750),
            (CX - 66, 860),
            (CX - 40, 1000),
            (CX, 1130),
            (CX + 40, 1000),
            (CX + 66, 860),
            (CX + 72, 750),
            (CX, 720),
        ]
    )
    canvas.save()
    import skia

    canvas.clipPath(opening, skia.ClipOp.kDifference, True)
    canvas.drawPath(
        shape,
        linear(
            (CX - 200, 780),
            (CX + 200, 980),
            [(0, p.blazer_light, 1), (0.3, p.blazer, 1), (0.7, p.blazer, 1), (1, p.blazer_shade, 1)],
        ),
    )
    canvas.restore()
    for side in (-1, 1):
        lapel = spline(
            [
                (CX + side * 70, 752),
                (CX + side * 112, 850),
                (CX + side * 126, 884),
                (CX + side * 98, 892),
                (CX + side * 112, 916),
                (CX + side * 60, 1040),
                (CX + side * 4, 1136),
                (CX + side * 34, 1000),
                (CX + side * 58, 860),
            ]
        )
        canvas.drawPath(lapel, fill(p.blazer_shade, 0.6, blur=6))
        canvas.drawPath(
            lapel, linear((CX + side * 30, 0), (CX + side * 120, 0), [(0, p.blazer, 1), (1, p.blazer_light, 1)])
        )
        canvas.drawPath(lapel, stroke(p.blazer_shade, 1.2, 0.5))
    canvas.drawPath(oval(CX + 6, 1165, 9, 9), radial((CX + 4, 1162), 11, [(0, p.gold, 1), (1, "#7d5a22", 1)]))


def draw_sleeve(sheet: Sheet, side: int, p: Palette) -> None:
    """Draw an arm hanging at the side."""
    shape = spline(
        [
            (CX + side * 150, 790),
            (CX + side * 205, 812),
            (CX + side * 232, 880),
            (CX + side * 244, 1000),
            (CX + side * 250, 1140),
            (CX + side * 252, 1300),
            (CX + side * 176, 1300),
            (CX + side * 172, 1140),
            (CX + side * 168, 1000),
            (CX + side * 160, 880),
        ]
    )
    canvas = sheet.canvas
    stops = [
        (0, p.blazer_shade, 1.0),
        (0.35, p.blazer, 1.0),
        (0.7, p.blazer_light if side < 0 else p.blazer, 1.0),
        (1, p.blazer_shade, 1.0),
    ]
    canvas.drawPath(shape, linear((CX + side * 165, 0), (CX + side * 252, 0), stops))
