"""Draws the pictures of the sample catalogue: `python draw.py [FOLDER]` writes one 800 x 800 PNG a product.

Flat shapes with the light from the upper left: every body is shaded across its width as a cylinder
is, stands in a soft shadow, and bears one clear highlight. The same input gives the same bytes.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from pathlib import Path

import skia
from easel import Easel, box, dark, light, oval, shape


def pour_over(art: Easel) -> None:
    """Draw a stoneware dripper on its carafe, with a cup."""
    clay, walnut = "#e9dcc6", "#7b4f35"
    art.stand(372, 694, 190)
    carafe = shape("M 300 410 C 296 450 210 500 204 594 C 200 650 214 694 250 694 L 494 694 C 530 694 544 650 540 594 "
                   "C 534 500 448 450 444 410 Z")  # fmt: skip
    art.line(shape("M 520 520 C 606 500 620 636 528 640"), dark(clay, 0.34), 30)
    art.line(shape("M 518 516 C 598 500 610 628 526 634"), light(clay, 0.1), 17)
    art.round(carafe, clay)
    art.within(carafe, lambda: art.soft(shape("M 200 660 L 560 660 L 560 720 L 200 720 Z"), dark(clay, 0.5) + "66", 18))
    art.within(carafe, lambda: art.soft(shape("M 276 520 C 250 560 246 610 256 650"), "#ffffffa0", 12))
    art.round(box(290, 396, 164, 26, 10), dark(clay, 0.05))
    art.soft(box(296, 420, 152, 12, 6), dark(clay, 0.5) + "80", 5)
    cone = shape("M 216 214 L 528 214 C 520 300 452 372 436 398 L 308 398 C 292 372 224 300 216 214 Z")
    art.round(cone, clay)
    for x in range(250, 520, 34):
        rib = shape(f"M {x} 230 L {x + 6} 230 L {(x - 372) * 0.3 + 374} 392 Z")
        art.within(cone, lambda rib=rib: art.soft(rib, dark(clay, 0.5) + "38", 3))
    art.blend(oval(372, 214, 156, 34), [(0, dark(clay, 0.12)), (0.4, light(clay, 0.6)), (1, dark(clay, 0.1))])
    art.flat(oval(372, 216, 142, 27), "#f7efe2")
    art.within(oval(372, 216, 142, 27), lambda: art.flat(oval(372, 236, 128, 27), "#5d3a27"))
    art.within(oval(372, 216, 142, 27), lambda: art.soft(oval(352, 238, 70, 12), "#8a5b3c", 8))
    art.round(box(232, 384, 280, 20, 10), dark(clay, 0.03))
    art.stand(628, 706, 78)
    cup = shape("M 552 596 L 702 596 C 702 660 690 706 660 706 L 596 706 C 566 706 552 660 552 596 Z")
    art.line(shape("M 700 620 C 748 612 744 676 694 672"), dark(clay, 0.22), 15)
    art.round(cup, "#a9b79d")
    art.blend(oval(627, 596, 75, 17), [(0, "#93a287"), (0.4, "#d7dfcd"), (1, "#8b9a80")])
    art.flat(oval(627, 598, 66, 12.5), "#4a2d20")
    art.soft(oval(610, 598, 26, 4), "#9b6a47b0", 4)
    art.round(oval(150, 690, 66, 17), walnut)
    art.blend(oval(150, 680, 66, 17), [(0, light(walnut, 0.25)), (1, walnut)])
    art.round(oval(150, 668, 15, 12), dark(walnut, 0.1))


def desk_lamp(art: Easel) -> None:
    """Draw a folding lamp that lights the desk."""
    white, joint = "#eef0ee", "#c98b4b"
    beam = shape("M 196 262 L 470 214 L 640 690 L 60 690 Z")
    art.blend(beam, [(0, "#fff1b8b0"), (0.55, "#fff1b848"), (1, "#fff1b800")], down=True)
    art.soft(shape("M 210 262 L 456 218 L 560 690 L 130 690 Z"), "#fff4c83c", 34)
    art.soft(oval(330, 690, 250, 34), "#fff4c8c8", 26)
    art.stand(560, 704, 140)
    art.round(box(430, 664, 262, 40, 20), white)
    art.blend(oval(561, 666, 131, 26), [(0, "#ffffff"), (1, "#d9dcdb")])
    art.flat(oval(470, 668, 15, 4.5), "#c8ccca")
    art.flat(box(590, 684, 30, 8, 4), "#9aa09e")
    for start, end in (((576, 656), (650, 404)), ((650, 404), (352, 196))):
        arm = shape(f"M {start[0]} {start[1]} L {end[0]} {end[1]}")
        art.line(arm, "#b9bebc", 27)
        with art.moved(-3, -4):
            art.line(arm, "#fbfcfb", 14)
    for x, y, radius in ((650, 404, 25), (576, 654, 23)):
        art.blend(oval(x, y, radius, radius), [(0, light(joint, 0.5)), (1, dark(joint, 0.25))], down=True, slant=20)
        art.flat(oval(x, y, radius * 0.42, radius * 0.42), dark(joint, 0.35))
    head = shape("M 178 250 C 176 238 184 226 198 223 L 448 178 C 466 175 480 186 482 202 L 484 212 L 182 266 Z")
    art.blend(head, [(0, "#ffffff"), (0.6, "#e7eae8"), (1, "#c3c8c6")], down=True, slant=40)
    art.soft(shape("M 192 262 L 474 212 L 474 220 L 193 270 Z"), "#ffe9a0", 7)
    art.line(shape("M 194 264 L 472 214"), "#fffbe6", 9)
    art.blend(oval(352, 200, 19, 19), [(0, light(joint, 0.5)), (1, dark(joint, 0.25))], down=True)
    art.stand(196, 700, 92)
    for index, (code, width, shift) in enumerate((("#5e7f8c", 190, 0), ("#d5806a", 168, 8), ("#e5c48c", 150, -4))):
        x, y = 104 + shift + index * 6, 672 - index * 30
        art.blend(box(x, y, width, 30, 5), [(0, light(code, 0.2)), (1, dark(code, 0.15))], down=True)
        art.flat(box(x + width - 34, y + 5, 34, 20, 2), "#f6f1e4")


def backpack(art: Easel) -> None:
    """Draw a travel backpack from the front."""
    teal, trim = "#2f7f83", "#d9a25f"
    art.stand(400, 716, 236)
    art.line(shape("M 330 138 C 330 70 470 70 470 138"), dark(teal, 0.5), 24)
    art.line(shape("M 330 136 C 330 74 470 74 470 136"), dark(teal, 0.2), 12)
    for side in (-1, 1):
        strap = shape(
            f"M {400 + side * 176} 300 C {400 + side * 262} 400 {400 + side * 262} 560 {400 + side * 186} 650"
        )
        art.line(strap, dark(teal, 0.55), 34)
        art.line(strap, dark(teal, 0.3), 20)
    body = shape("M 208 260 C 208 160 280 124 400 124 C 520 124 592 160 592 260 L 604 640 C 606 690 580 716 532 716 "
                 "L 268 716 C 220 716 194 690 196 640 Z")  # fmt: skip
    art.round(body, teal)
    art.within(body, lambda: art.soft(shape("M 190 640 L 610 640 L 610 730 L 190 730 Z"), dark(teal, 0.8) + "88", 24))
    art.line(shape("M 238 300 C 238 196 300 158 400 158 C 500 158 562 196 562 300"), dark(teal, 0.42), 9)
    art.line(
        shape("M 238 298 C 238 196 300 157 400 157 C 500 157 562 196 562 298"), light(teal, 0.35), 2.5, dash=(3, 5)
    )
    art.flat(box(544, 262, 14, 44, 7), trim)
    art.soft(box(262, 330, 276, 110, 24), dark(teal, 0.8) + "70", 10)
    art.round(box(262, 318, 276, 110, 24), light(teal, 0.06), 0.7)
    art.line(shape("M 284 346 L 516 346"), dark(teal, 0.45), 8)
    art.flat(box(488, 342, 12, 34, 6), trim)
    art.soft(box(240, 476, 320, 214, 34), dark(teal, 0.8) + "88", 12)
    art.round(box(240, 462, 320, 216, 34), light(teal, 0.1), 0.8)
    art.line(shape("M 268 512 C 330 500 470 500 532 512"), dark(teal, 0.45), 9)
    art.flat(box(282, 506, 13, 40, 6), trim)
    art.blend(box(352, 566, 96, 58, 10), [(0, light(trim, 0.25)), (1, dark(trim, 0.12))], down=True)
    art.line(box(360, 574, 80, 42, 6), dark(trim, 0.3), 2, dash=(4, 4))
    art.line(shape("M 384 604 L 400 582 L 416 604 Z"), dark(trim, 0.45), 4)
    for x in (214, 572):
        art.round(box(x, 470, 14, 60, 5), trim)
    art.within(body, lambda: art.soft(shape("M 236 230 C 230 360 228 480 232 620"), "#ffffff50", 10))


def linen_throw(art: Easel) -> None:
    """Draw a folded throw with a fringe, on a stool."""
    clay, wood = "#c9714f", "#c79a68"
    art.stand(400, 722, 226)
    for x, lean in ((236, -34), (564, 34)):
        art.line(shape(f"M {x} 560 L {x + lean} 714"), dark(wood, 0.32), 30)
        art.line(shape(f"M {x - 4} 560 L {x + lean - 4} 712"), light(wood, 0.15), 14)
    art.round(box(148, 534, 504, 44, 20), wood)
    art.line(shape("M 166 540 L 634 540"), light(wood, 0.55) + "a0", 4)
    art.soft(box(190, 520, 420, 26, 12), "#3a2a3370", 9)
    for index, tone in enumerate(("#3f5266", "#dcc9a3", clay)):
        _folded(art, 172 + 9 * index, 438 - index * 88, 456 - 18 * index, tone)
    drape = shape("M 318 286 C 318 272 330 262 346 262 L 520 262 C 536 262 546 272 546 286 C 552 380 540 470 548 596 "
                  "L 322 596 C 330 470 312 380 318 286 Z")  # fmt: skip
    art.soft(shape("M 312 300 L 308 590 L 336 590 L 336 300 Z"), "#3a2a3370", 10)
    art.soft(shape("M 536 300 L 536 590 L 568 590 L 560 300 Z"), "#3a2a3370", 10)
    art.round(drape, light(clay, 0.08), 0.55)
    folds = (
        (372, 8, "#fff3e030"),
        (428, 10, dark(clay, 0.6) + "48"),
        (470, 7, "#fff3e034"),
        (512, 9, dark(clay, 0.6) + "50"),
    )
    for x, width, code in folds:
        fold = shape(
            f"M {x} 290 C {x - 10} 400 {x + 12} 480 {x} 596 L {x + width} 596 "
            f"C {x + width + 12} 480 {x + width - 8} 400 {x + width} 290 Z"
        )
        art.within(drape, lambda fold=fold, code=code: art.soft(fold, code, 6))
    for step in range(19):
        x = 328 + step * 12
        sway = 5 * math.sin(step * 1.9)
        tone = (light(clay, 0.22), clay, dark(clay, 0.16))[step % 3]
        art.line(shape(f"M {x} 594 C {x} 616 {x + sway} 628 {x + sway} {648 + 6 * math.sin(step * 2.7):.2f}"), tone, 6)
        art.flat(oval(x, 606, 5, 5), dark(tone, 0.1))


def _folded(art: Easel, x: float, y: float, width: float, tone: str) -> None:
    """Draw one throw folded in three, its folds to the left."""
    art.soft(box(x + 8, y + 70, width - 10, 30, 14), "#3a2a3378", 9)
    for layer in range(3):
        top = y + 60 - layer * 30
        fold = box(x + 3 * layer, top, width - 5 * layer, 36, 17)
        art.blend(fold, [(0, light(tone, 0.26)), (0.5, tone), (1, dark(tone, 0.34))], down=True)
        art.line(shape(f"M {x + 26} {top + 12} L {x + width - 60} {top + 11}"), light(tone, 0.5) + "58", 3)
    shade = box(x + width - 70, y - 10, 90, 116)
    art.within(box(x + 6, y + 1, width - 17, 94, 17), lambda: art.soft(shade, dark(tone, 0.7) + "60", 18))


def bottle(art: Easel) -> None:
    """Draw a steel bottle, large, and its smaller sister behind it."""
    for x, base, scale, code in ((548.0, 676.0, 0.74, "#e0b9a2"), (348.0, 712.0, 1.0, "#2c5f8a")):
        art.stand(x, base, 122 * scale)
        with art.moved(x, base, scale=(scale, scale)):
            _bottle(art, code)


def _bottle(art: Easel, code: str) -> None:
    bamboo = "#d8a86a"
    art.line(shape("M -34 -572 C -34 -640 34 -640 34 -572"), "#9aa3a8", 13)
    art.line(shape("M -35 -572 C -35 -638 33 -640 33 -574"), "#e7ecee", 5)
    art.round(box(-66, -574, 132, 64, 12), bamboo)
    for y in (-560, -544, -526):
        art.line(shape(f"M -64 {y} C -20 {y + 4} 20 {y - 3} 64 {y + 2}"), dark(bamboo, 0.3) + "70", 2)
    art.round(box(-58, -514, 116, 26, 4), "#c3cacd", 1.3)
    body = shape(
        "M -58 -490 C -58 -452 -112 -440 -112 -384 L -112 -22 C -112 -6 -100 0 -86 0 L 86 0 "
        "C 100 0 112 -6 112 -22 L 112 -384 C 112 -440 58 -452 58 -490 Z"
    )
    art.round(body, code, 1.1)
    art.within(body, lambda: art.soft(box(-76, -370, 22, 340, 11), "#ffffff78", 9))
    art.within(body, lambda: art.soft(box(92, -380, 10, 360, 5), "#ffffff48", 5))
    art.within(body, lambda: art.round(box(-120, -34, 240, 40), "#b9c1c5", 1.3))
    art.line(shape("M -112 -35 L 112 -35"), dark(code, 0.4) + "a0", 2)
    art.line(shape("M -40 -206 L -12 -252 L 6 -224 L 18 -242 L 42 -206"), light(code, 0.75) + "d0", 6)


def baking_mats(art: Easel) -> None:
    """Draw three mats from above, one half rolled, with cookies."""
    for turn, code, shift in ((-11.0, "#8fa6a1", (-34, 34)), (7.0, "#d98f7a", (26, 10))):
        with art.moved(400 + shift[0], 410 + shift[1], turn=turn):
            art.soft(box(-250, -176, 512, 372, 22), "#3a2a3358", 16)
            art.blend(
                box(-256, -190, 512, 372, 22), [(0, light(code, 0.2)), (1, dark(code, 0.08))], down=True, slant=160
            )
            art.line(box(-238, -172, 476, 336, 12), light(code, 0.55) + "c0", 4)
    with art.moved(392, 408, turn=-2):
        _top_mat(art)


def _top_mat(art: Easel) -> None:
    sand = "#ecd9b4"
    art.soft(box(-252, -176, 500, 372, 18), "#3a2a3360", 14)
    mat = box(-260, -190, 520, 372, 18)
    art.blend(mat, [(0, light(sand, 0.45)), (1, dark(sand, 0.05))], down=True, slant=200)
    rim = "#b5654f"
    art.line(box(-240, -170, 480, 332, 8), rim, 5)
    for step in range(23):
        x = -220 + step * 20
        art.line(shape(f"M {x} -168 L {x} {-152 if step % 5 else -142}"), rim, 2.4)
    for step in range(16):
        y = -150 + step * 20
        art.line(shape(f"M -238 {y} L {-224 if step % 5 else -214} {y}"), rim, 2.4)
    spots = [(column, row) for row in range(2) for column in range(3)]
    for column, row in spots:
        x, y = -132 + column * 122, -74 + row * 134
        art.line(oval(x, y, 50, 50), rim + "78", 3)
        if (column, row) != (2, 1):
            _cookie(art, x, y, column + 3 * row)
    roll = shape("M 172 -196 C 196 -204 228 -204 250 -196 L 250 188 C 228 198 196 198 172 188 Z")
    art.soft(shape("M 136 -176 L 180 -186 L 180 190 L 136 184 Z"), "#3a2a3388", 14)
    art.round(roll, sand, 1.2)
    art.line(shape("M 190 -196 L 190 186"), rim + "a8", 4)
    art.blend(oval(211, 190, 39, 13), [(0, dark(sand, 0.25)), (1, dark(sand, 0.4))])
    art.line(
        shape("M 182 190 C 190 180 232 180 238 191 C 234 201 202 201 200 191 C 204 186 220 186 222 191"),
        light(sand, 0.3),
        4,
    )


def _cookie(art: Easel, x: float, y: float, seed: int) -> None:
    dough = "#c88f51"
    art.soft(oval(x + 4, y + 8, 44, 42), "#3a2a3388", 8)
    art.blend(oval(x, y, 43, 42), [(0, light(dough, 0.35)), (0.6, dough), (1, dark(dough, 0.3))], down=True, slant=40)
    for chip in range(6):
        angle = chip * 1.13 + seed * 0.8
        reach = 12 + 17 * ((chip * 7 + seed * 3) % 5) / 4
        at_x, at_y = x + reach * math.cos(angle), y + reach * math.sin(angle)
        art.flat(oval(at_x, at_y, 6.5, 5.5), "#4b2a1c")
        art.flat(oval(at_x - 1.6, at_y - 1.6, 2, 1.6), "#8a5a42")


def cat_tunnel(art: Easel) -> None:
    """Draw a striped tunnel and the cat that looks out of it."""
    mustard, cream = "#dfa52f", "#f6ead0"
    art.stand(420, 690, 316)
    tunnel = shape("M 262 318 L 612 286 C 688 286 740 366 740 478 C 740 590 688 676 612 676 L 262 690 Z")
    art.flat(tunnel, mustard)
    for band in range(7):
        x = 262 + band * 72
        stripe = shape(
            f"M {x} 200 C {x + 96} 300 {x + 96} 640 {x} 760 L {x + 36} 760 C {x + 132} 640 {x + 132} 300 {x + 36} 200 Z"
        )
        art.within(tunnel, lambda stripe=stripe: art.flat(stripe, cream))
    glow = [(0, "#fffdf000"), (0.16, "#fffdf070"), (0.34, "#fffdf000"), (0.55, "#3a203000"), (1, "#3a2030a8")]
    art.within(tunnel, lambda: art.blend(box(240, 280, 520, 420), glow, down=True))
    art.flat(oval(586, 400, 50, 42), dark(mustard, 0.2))
    art.flat(oval(589, 404, 42, 34), "#3b2a22")
    art.line(shape("M 586 424 L 584 458"), "#7d5a3a", 4)
    art.blend(oval(584, 474, 19, 19), [(0, "#f08a7a"), (1, "#b9473d")], down=True, slant=16)
    art.line(oval(262, 504, 148, 186), dark(mustard, 0.25), 26)
    art.line(oval(259, 502, 148, 186), light(mustard, 0.15), 15)
    mouth = oval(262, 504, 138, 176)
    art.blend(mouth, [(0, "#2e211d"), (1, "#5b4130")], down=True)
    art.within(mouth, lambda: _cat(art))
    art.line(shape("M 128 566 C 150 660 200 684 262 688"), light(mustard, 0.4), 6)


def _cat(art: Easel) -> None:
    fur, belly = "#8d8792", "#e9e4e6"
    art.round(shape("M 152 720 C 150 610 190 560 262 560 C 334 560 374 610 372 720 Z"), dark(fur, 0.12))
    for side in (-1, 1):
        with art.moved(262, 0, scale=(side, 1)):
            ear = shape("M 92 470 C 104 420 100 388 88 366 C 62 378 40 400 24 424 Z")
            art.blend(ear, [(0, light(fur, 0.1)), (1, dark(fur, 0.2))])
            art.flat(shape("M 80 444 C 88 420 86 402 81 390 C 66 400 54 412 46 426 Z"), "#d9a3a3")
    face = shape(
        "M 262 408 C 326 408 372 452 372 508 C 372 566 322 596 262 596 "
        "C 202 596 152 566 152 508 C 152 452 198 408 262 408 Z"
    )
    art.round(face, fur, 0.7)
    art.within(face, lambda: art.soft(oval(262, 566, 62, 38), belly, 12))
    for stripe in ("M 262 412 L 262 444", "M 236 414 L 242 440", "M 288 414 L 282 440"):
        art.line(shape(stripe), dark(fur, 0.42), 9)
    for side in (-1, 1):
        x = 262 + side * 46
        art.flat(oval(x, 500, 26, 28), "#f4f7d0")
        art.blend(oval(x, 501, 24, 26), [(0, "#b5cf5a"), (1, "#6f9c4b")], down=True)
        art.flat(oval(x + 1, 502, 10, 21), "#1c1518")
        art.flat(oval(x - 6, 491, 6, 6), "#ffffff")
        for angle in (-8, 4, 16):
            art.line(
                shape(f"M {262 + side * 44} {556 + angle * 0.5} L {262 + side * 124} {548 + angle * 1.6}"),
                "#ffffffb8",
                2.4,
            )
    art.flat(
        shape("M 250 540 C 256 535 268 535 274 540 C 272 550 266 554 262 555 C 258 554 252 550 250 540 Z"), "#d98a8a"
    )
    art.line(shape("M 262 556 C 262 570 246 576 238 568 M 262 556 C 262 570 278 576 286 568"), "#5b4b52", 3.5)
    for x in (206, 318):
        art.soft(oval(x, 672, 40, 22), "#2a1f2d90", 6)
        art.round(oval(x, 664, 40, 28), light(fur, 0.3), 0.6)


def thermometer(art: Easel) -> None:
    """Draw a probe above its charging dock, and the phone that shows both temperatures."""
    wood, steel = "#a86f43", "#c2cacf"
    art.stand(574, 712, 120)
    art.blend(box(470, 236, 212, 470, 34), [(0, "#4a4f5c"), (0.5, "#262a33"), (1, "#1b1e26")], slant=120)
    screen = box(484, 252, 184, 438, 22)
    art.blend(screen, [(0, "#fff6ea"), (1, "#f4dcc6")], down=True)
    art.flat(box(548, 262, 56, 10, 5), "#262a33")
    for turn, code, radius in ((300.0, "#e2603f", 62), (210.0, "#eeb04a", 42)):
        art.line(oval(576, 400, radius, radius), "#00000014", 13)
        sweep = skia.PathBuilder()
        sweep.addArc(skia.Rect.MakeLTRB(576 - radius, 400 - radius, 576 + radius, 400 + radius), -90, turn)
        art.line(sweep.detach(), code, 13)
    drop = shape(
        "M 576 372 C 590 392 596 402 596 412 C 596 424 588 431 576 431 "
        "C 564 431 556 424 556 412 C 556 402 562 392 576 372 Z"
    )
    art.flat(drop, "#e2603f")
    curve = shape("M 504 610 C 536 604 548 560 576 556 C 604 552 616 520 648 512")
    art.line(curve, "#e2603f", 6)
    art.flat(oval(648, 512, 9, 9), "#e2603f")
    for y in (636, 656):
        art.flat(box(504, y, 144 if y == 636 else 96, 9, 4.5), "#00000018")
    art.within(screen, lambda: art.soft(shape("M 484 252 L 560 252 L 484 470 Z"), "#ffffff70", 10))
    art.stand(270, 716, 188)
    art.blend(box(92, 584, 356, 128, 30), [(0, light(wood, 0.22)), (0.35, wood), (1, dark(wood, 0.4))], down=True)
    for y, bend in ((618, 8), (646, -6), (676, 5)):
        art.line(shape(f"M 110 {y} C 200 {y + bend} 320 {y - bend} 430 {y + 3}"), dark(wood, 0.35) + "58", 3)
    art.blend(box(132, 600, 276, 34, 17), [(0, dark(wood, 0.65)), (1, dark(wood, 0.35))], down=True)
    art.flat(oval(416, 686, 7, 7), "#9fe0a0")
    art.soft(oval(416, 686, 14, 14), "#9fe0a070", 6)
    with art.moved(270, 440, turn=24):
        _probe(art, steel)


def _probe(art: Easel, steel: str) -> None:
    art.soft(shape("M 12 -300 L 48 -300 L 40 250 L 24 250 Z"), "#3a2a3340", 16)
    art.round(shape("M -15 -110 L 15 -110 L 15 196 C 15 212 6 236 0 254 C -6 236 -15 212 -15 196 Z"), steel, 1.5)
    for y in (60, 72):
        art.line(shape(f"M -14 {y} L 14 {y}"), "#7d878d", 3)
    art.round(shape("M -15 -110 L -24 -136 L 24 -136 L 15 -110 Z"), dark(steel, 0.15), 1.4)
    art.round(box(-26, -300, 52, 168, 26), "#2b2d33", 1.1)
    art.line(shape("M -25 -168 L 25 -168"), "#e2603f", 9)
    art.soft(box(-14, -284, 8, 104, 4), "#ffffff90", 4)


PICTURES: dict[str, tuple[str, Callable[[Easel], None]]] = {
    "ceramic-pour-over-set": ("#d8cfc4", pour_over),
    "led-desk-lamp": ("#a9bcc4", desk_lamp),
    "carry-on-backpack": ("#efd9bd", backpack),
    "washed-linen-throw": ("#d9dccb", linen_throw),
    "insulated-steel-bottle": ("#cfe0e6", bottle),
    "silicone-baking-mats": ("#cfdcd8", baking_mats),
    "crinkle-cat-tunnel": ("#c5d8e0", cat_tunnel),
    "wireless-meat-thermometer": ("#e6cfc0", thermometer),
}
"""Backdrop and drawing of each product, by handle."""


def picture(handle: str) -> bytes:
    """Return the picture of a sample product as PNG."""
    backdrop, draw = PICTURES[handle]
    easel = Easel(backdrop)
    draw(easel)
    return easel.png()


def main(folder: Path) -> None:
    """Write all pictures into a folder."""
    for handle in PICTURES:
        (folder / f"{handle}.png").write_bytes(picture(handle))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
