"""Hair as strands between guide curves, dark beneath and lit where the head curves toward the light."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livestream.avatar.drawn.canvas import Clip, Point, Sheet, fill, linear, mix, spline, taper
from livestream.avatar.drawn.palette import Palette

Guide = Sequence[Point]

_BACK: Guide = (
    (470, 340), (396, 348), (338, 386), (309, 450), (300, 530), (296, 610), (287, 690), (290, 756), (320, 800), (372, 806),
    (455, 780), (540, 806), (592, 800), (624, 756), (622, 690), (616, 610), (612, 530), (602, 455), (574, 388), (530, 350),
)  # fmt: skip
_LEFT: tuple[Guide, ...] = (
    ((484, 350), (420, 344), (356, 380), (318, 452), (303, 540), (298, 620), (286, 700), (296, 768), (330, 812)),
    ((486, 352), (424, 354), (366, 392), (332, 460), (316, 545), (316, 625), (308, 700), (312, 762), (340, 806)),
    ((488, 356), (430, 366), (378, 408), (348, 470), (334, 548), (334, 625), (336, 694), (334, 752), (346, 798)),
    ((490, 360), (440, 380), (392, 420), (362, 480), (350, 550), (350, 622), (362, 686), (360, 744), (350, 792)),
    ((492, 366), (450, 396), (406, 432), (372, 486), (360, 548), (358, 612), (376, 676), (380, 736), (360, 786)),
)
_RIGHT: tuple[Guide, ...] = (
    ((484, 350), (534, 348), (580, 390), (604, 458), (614, 540), (616, 620), (628, 700), (618, 768), (584, 812)),
    ((486, 352), (530, 356), (570, 396), (592, 460), (600, 545), (600, 625), (608, 700), (600, 762), (574, 806)),
    ((488, 356), (526, 366), (560, 408), (578, 470), (584, 548), (580, 625), (584, 694), (580, 752), (566, 798)),
    ((490, 360), (522, 378), (548, 420), (564, 480), (568, 550), (564, 622), (556, 686), (560, 744), (560, 792)),
    ((492, 366), (514, 390), (538, 428), (554, 486), (559, 548), (556, 612), (542, 676), (540, 736), (552, 786)),
)


def draw_back(sheet: Sheet, palette: Palette) -> None:
    """Draw the hair behind neck and shoulders."""
    shape = spline(_BACK)
    sheet.canvas.drawPath(
        shape, linear((0, 340), (0, 806), [(0, palette.hair, 1), (0.5, palette.hair_dark, 1), (1, palette.hair, 1)])
    )
    with Clip(sheet.canvas, shape):
        sheet.canvas.drawPath(
            spline([(405, 640), (455, 660), (505, 640), (520, 790), (390, 790)]), fill("#0d0605", 0.75, blur=18)
        )


def draw_shadow(sheet: Sheet, palette: Palette) -> None:
    """Draw the shadow the front hair casts on face and shoulders."""
    for guides, dx in ((_LEFT, 7.0), (_RIGHT, -3.0)):
        shape = _lock(guides)
        shape.offset(dx, 7)
        sheet.canvas.drawPath(shape, fill(palette.skin_deep, 0.5, blur=7))


def draw_front(sheet: Sheet, palette: Palette) -> None:
    """Draw the locks that frame the face and fall over the shoulders."""
    for number, guides in enumerate((_RIGHT, _LEFT)):
        _strands(sheet, guides, palette, np.random.default_rng(20 + number), light=0.65 if number == 0 else 1.0)


def _lock(guides: Sequence[Guide]) -> Any:
    return spline([*guides[0], *reversed(guides[-1])])


def _along(guides: NDArray[np.float64], place: float) -> NDArray[np.float64]:
    at = place * (len(guides) - 1)
    low = min(int(at), len(guides) - 2)
    points: NDArray[np.float64] = guides[low] + (guides[low + 1] - guides[low]) * (at - low)
    return points


def _strands(sheet: Sheet, guides: Sequence[Guide], p: Palette, chance: np.random.Generator, *, light: float) -> None:
    canvas = sheet.canvas
    body = _lock(guides)
    canvas.drawPath(
        body,
        linear(
            (0, 345),
            (0, 812),
            [(0, p.hair, 1), (0.35, p.hair_dark, 1), (0.62, p.hair, 1), (1, mix(p.hair, p.hair_light, 0.5), 1)],
        ),
    )
    grid = np.array(guides, float)
    for number in range(460):
        place = chance.random()
        line = _along(grid, place)
        line[:, 0] += np.sin(np.arange(len(line)) * 0.9 + chance.uniform(0, 6)) * 2.2 + chance.uniform(-1.5, 1.5)
        line[-1] += chance.uniform((-9, -14), (9, 16))
        fine = _resample(line, 22)
        tone = chance.random()
        base = mix(p.hair_dark, p.hair_light, 0.12 + 0.55 * tone**1.6 * light)
        width = chance.uniform(1.0, 3.0)
        widths = np.interp(np.linspace(0, 1, 22), [0, 0.1, 0.8, 1], [0.5, 1, 0.9, 0.15]) * width
        canvas.drawPath(taper(fine, widths), fill(base, 0.55))
        if number % 2 == 0:
            _shine(canvas, fine, p, chance, place, light)


def _shine(canvas: Any, fine: list[Point], p: Palette, chance: np.random.Generator, place: float, light: float) -> None:
    """Light the strand where it bends over the crown, and again in the wave below the chin."""
    crown = 3 + int(4 * place)
    for start, length, strength in ((crown, 6, 0.62), (12, 6, 0.42)):
        begin = max(0, start + int(chance.integers(-1, 2)))
        part = fine[begin : begin + length]
        widths = np.interp(np.linspace(0, 1, len(part)), [0, 0.5, 1], [0.1, chance.uniform(0.9, 2.1), 0.1])
        tone = mix(p.hair_light, p.hair_shine, chance.random())
        canvas.drawPath(taper(part, widths), fill(tone, strength * light * chance.uniform(0.35, 1), blur=0.4))


def _resample(line: NDArray[np.float64], count: int) -> list[Point]:
    """Return `count` points of the smooth curve through the line's points."""
    t = np.linspace(0, len(line) - 1, count)
    i = np.minimum(t.astype(int), len(line) - 2)
    f = (t - i)[:, None]
    p0, p1 = line[np.maximum(i - 1, 0)], line[i]
    p2, p3 = line[i + 1], line[np.minimum(i + 2, len(line) - 1)]
    curve = 0.5 * (2 * p1 + (p2 - p0) * f + (2 * p0 - 5 * p1 + 4 * p2 - p3) * f**2 + (3 * p1 - p0 - 3 * p2 + p3) * f**3)
    return [(float(x), float(y)) for x, y in curve]
