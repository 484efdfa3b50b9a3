"""The blouse, the necklace and the blazer."""

from __future__ import annotations

import skia

from livestream.avatar.drawn.canvas import Clip, Point, Sheet, fill, linear, mix, onto, oval, radial, spline, stroke
from livestream.avatar.drawn.palette import CX, Palette

_SIDE: tuple[Point, ...] = (
    (60, 746),
    (112, 772),
    (160, 792),
    (184, 820),
    (180, 880),
    (160, 940),
    (146, 1050),
    (136, 1150),
    (142, 1230),
    (156, 1310),
)


def draw_blouse(sheet: Sheet, p: Palette) -> None:
    """Draw the blouse under the blazer and the necklace on the skin above it."""
    neckline: list[Point] = [(-76, 772), (-52, 826), (-26, 872), (0, 893), (26, 872), (52, 826), (76, 772)]
    shape = spline([(CX + x, y) for x, y in [*neckline, (110, 900), (70, 1180), (-70, 1180), (-110, 900)]])
    canvas = sheet.canvas
    canvas.drawPath(shape, fill(p.skin_deep, 0.5, blur=4))
    stops = [(0.0, p.blouse_shade, 1.0), (0.35, p.blouse, 1.0), (0.7, p.blouse, 1.0), (1.0, p.blouse_shade, 1.0)]
    canvas.drawPath(shape, linear((CX - 80, 0), (CX + 80, 0), stops))
    with Clip(canvas, shape):
        for a, b, c in ((-44, -30, -10), (-24, -18, -5), (28, 20, 6), (50, 34, 12), (4, 4, 2)):
            fold = spline([(CX + a, 850), (CX + b, 960), (CX + c, 1120)], closed=False)
            canvas.drawPath(fold, stroke(mix(p.blouse_shade, p.skin_deep, 0.15), 6, 0.5, blur=4.5))
            light = spline([(CX + a + 7, 850), (CX + b + 6, 960), (CX + c + 3, 1120)], closed=False)
            canvas.drawPath(light, stroke("#ffffff", 3, 0.6, blur=2.5))
    hem = spline([(CX + x, y) for x, y in neckline[1:-1]], closed=False)
    canvas.drawPath(hem, stroke("#ffffff", 1.6, 0.8))
    _necklace(canvas, p)


def _necklace(canvas: skia.Canvas, p: Palette) -> None:
    chain = spline(
        [(CX - 50, 752), (CX - 34, 800), (CX - 12, 836), (CX, 843), (CX + 12, 836), (CX + 34, 800), (CX + 50, 752)],
        closed=False,
    )
    canvas.save()
    canvas.translate(1.2, 2.4)
    canvas.drawPath(chain, stroke(p.skin_deep, 1.6, 0.4, blur=1.2))
    canvas.restore()
    canvas.drawPath(chain, stroke(mix(p.gold, "#5c3d10", 0.35), 1.5))
    canvas.drawPath(chain, stroke("#ffe9b5", 0.6, 0.9))
    canvas.drawPath(oval(CX + 1.5, 851, 6, 6), fill(p.skin_deep, 0.5, blur=2))
    canvas.drawPath(
        oval(CX, 848, 5.4, 5.4), radial((CX - 2, 846), 7, [(0, "#fff3cf", 1), (0.5, p.gold, 1), (1, "#85601f", 1)])
    )


def draw_torso(sheet: Sheet, p: Palette) -> None:
    """Draw the blazer without its sleeves."""
    canvas = sheet.canvas
    trunk = spline([(CX + x, y) for x, y in _SIDE] + [(CX - x, y) for x, y in _SIDE[::-1]])
    canvas.save()
    canvas.clipPath(_opening(), skia.ClipOp.kDifference, True)
    stops = [
        (0.0, p.blazer, 1.0),
        (0.28, mix(p.blazer, p.blazer_light, 0.45), 1.0),
        (0.6, p.blazer, 1.0),
        (1.0, p.blazer_shade, 1.0),
    ]
    canvas.drawPath(trunk, linear((CX - 185, 800), (CX + 185, 860), stops))
    with Clip(canvas, trunk):
        _folds(canvas, p)
    canvas.restore()
    for side in (1, -1):
        _lapel(canvas, side, p)
    _button(canvas, p)


def _opening() -> skia.Path:
    path = skia.Path()
    path.moveTo(CX - 57, 730)
    path.cubicTo(CX - 66, 850, CX - 48, 1000, CX, 1146)
    path.cubicTo(CX + 48, 1000, CX + 66, 850, CX + 57, 730)
    path.close()
    return path


def _folds(canvas: skia.Canvas, p: Palette) -> None:
    for side, depth in ((-1, 0.55), (1, 0.75)):
        under = spline([(CX + side * 172, 900), (CX + side * 120, 960), (CX + side * 150, 1060)])
        canvas.drawPath(under, fill(p.blazer_shade, depth, blur=16))
        for y0, y1, x1 in ((1060, 1120, 34), (1110, 1142, 30), (1180, 1158, 32)):
            pull = spline(
                [(CX + side * 120, y0), (CX + side * 76, (y0 + y1) / 2 + 4), (CX + side * x1, y1)], closed=False
            )
            canvas.drawPath(pull, stroke(p.blazer_shade, 5, 0.4, blur=4))
            pull.offset(0, -7)
            canvas.drawPath(pull, stroke(p.blazer_light, 4, 0.3, blur=4))
        dart = spline([(CX + side * 92, 960), (CX + side * 88, 1100), (CX + side * 94, 1300)], closed=False)
        canvas.drawPath(dart, stroke(p.blazer_shade, 2.2, 0.5, blur=1.2))
        bust = oval(CX + side * 100, 985, 42, 60)
        canvas.drawPath(bust, fill(p.blazer_light, 0.34 if side < 0 else 0.2, blur=24))
        canvas.drawPath(oval(CX + side * 96, 1068, 52, 16), fill(p.blazer_shade, 0.45, blur=13))
        canvas.drawPath(oval(CX + side * 118, 790, 40, 12), fill(p.blazer_light, 0.6 if side < 0 else 0.3, blur=8))
    overlap = spline([(CX, 1140), (CX + 10, 1200), (CX + 16, 1310)], closed=False)
    canvas.drawPath(overlap, stroke(p.blazer_shade, 7, 0.7, blur=4))
    canvas.drawPath(overlap, stroke("#06191c", 1.6, 0.8))


def _lapel(canvas: skia.Canvas, side: int, p: Palette) -> None:
    def at(x: float, y: float) -> Point:
        return CX + side * x, y

    lapel = skia.Path()
    lapel.moveTo(*at(72, 850))
    lapel.lineTo(*at(142, 846))
    lapel.cubicTo(*at(144, 900), *at(80, 1050), *at(1, 1150))
    lapel.cubicTo(*at(30, 1030), *at(64, 930), *at(58, 850))
    lapel.close()
    collar = skia.Path()
    collar.moveTo(*at(50, 722))
    collar.cubicTo(*at(78, 752), *at(116, 790), *at(127, 828))
    collar.quadTo(*at(112, 846), *at(90, 852))
    collar.lineTo(*at(58, 858))
    collar.cubicTo(*at(62, 800), *at(56, 760), *at(50, 722))
    collar.close()
    warm = mix(p.blazer, p.blazer_light, 0.75 if side < 0 else 0.4)
    for path, a, b in ((lapel, at(20, 1000), at(130, 880)), (collar, at(52, 820), at(126, 780))):
        canvas.save()
        canvas.translate(side * 3, 5)
        canvas.drawPath(path, onto(fill("#04181b", 0.6, blur=6)))
        canvas.restore()
        canvas.drawPath(
            path, linear(a, b, [(0, mix(p.blazer, p.blazer_shade, 0.45), 1), (0.35, p.blazer, 1), (1, warm, 1)])
        )
        with Clip(canvas, path):
            canvas.drawPath(path, stroke(mix(p.blazer_light, "#ffffff", 0.25), 1.5, 0.55, blur=0.5))
    seam = skia.Path()
    seam.moveTo(*at(60, 858))
    seam.lineTo(*at(100, 849))
    canvas.drawPath(seam, stroke("#04181b", 1.3, 0.7))
    inner = skia.Path()
    inner.moveTo(*at(56, 740))
    inner.cubicTo(*at(66, 850), *at(48, 1000), *at(0, 1146))
    canvas.drawPath(inner, stroke("#04181b", 2.4, 0.5, blur=1.4))


def _button(canvas: skia.Canvas, p: Palette) -> None:
    canvas.drawPath(oval(CX + 9, 1184, 10, 10), fill("#04181b", 0.7, blur=3))
    canvas.drawPath(
        oval(CX + 7, 1180, 9, 9),
        radial(
            (CX + 4, 1176),
            14,
            [(0, mix(p.blazer_light, "#ffffff", 0.3), 1), (0.5, p.blazer, 1), (1, p.blazer_shade, 1)],
        ),
    )
    for x, y in ((4.6, 1177.6), (9.4, 1177.6), (4.6, 1182.4), (9.4, 1182.4)):
        canvas.drawPath(oval(CX + x, y, 1.1, 1.1), fill("#04181b", 0.9))
