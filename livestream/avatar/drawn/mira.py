"""Mira, the default presenter: what the compiler asks of a drawn presenter, answered."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from livestream.avatar.drawn import arms, body, face, hair
from livestream.avatar.drawn.arms import ArmPose
from livestream.avatar.drawn.canvas import Point, Sheet
from livestream.avatar.drawn.eyes import draw_eyes
from livestream.avatar.drawn.mouth import MouthPose, aperture, draw_mouth
from livestream.avatar.drawn.palette import BROW_Y, CHIN_Y, CX, EYE_DX, EYE_Y, MOUTH_Y, NOSE_Y, Palette
from livestream.avatar.pack import GesturePlan
from livestream.avatar.rig import Landmarks
from livestream.media import Box

FIGURE = Box(40, 300, 680, 980)
HEAD = Box(272, 304, 376, 480)
BODY = Box(40, 656, 680, 624)
TRUNK = Box(184, 736, 536, 544)
LIPS = Box(390, 584, 130, 92)
MOUTH = Box(408, 594, 94, 58)
EYES = Box(364, 494, 182, 56)
ARM = Box(40, 680, 424, 600)
LANDMARKS = Landmarks(CX, BROW_Y, EYE_Y, EYE_DX, NOSE_Y, MOUTH_Y, CHIN_Y, neck_y=780.0)

LIFT = 16.0
"""How far the trunk is drawn above its own coordinates: the length of the neck."""

_ELBOW: Point = (CX - 226, 1062)
_ACROSS = ArmPose((CX - 206, 1078), (CX - 128, 1190), 120.0)
_UP = ArmPose((CX - 218, 1068), (CX - 152, 985), 20.0)


@dataclass(frozen=True, slots=True)
class _Gesture:
    """A way up from rest in `rise` frames, then the poses while held and the order they are shown in."""

    rise: int
    way: tuple[ArmPose, ...]
    held: tuple[ArmPose, ...]
    cycle: tuple[int, ...]
    hold: int

    def pose(self, frame: int) -> ArmPose:
        if frame >= self.rise:
            return self.held[frame - self.rise]
        t = (frame + 1) / (self.rise + 1)
        place = t * t * (3 - 2 * t) * (len(self.way) - 1)
        index = min(int(place), len(self.way) - 2)
        return self.way[index].toward(self.way[index + 1], place - index)


def _gestures() -> dict[str, _Gesture]:
    present = ArmPose(_ELBOW, (CX - 262, 856), -50.0, (0.0, 0.03, 0.08, 0.16), 0.1, 0.85, 0.84)
    wave = ArmPose(_ELBOW, (CX - 238, 868), -4.0, (0.04, 0.0, 0.02, 0.05), 0.9, 0.9)
    count = ArmPose(_ELBOW, (CX - 226, 880), 4.0, (0.0, 1.0, 1.0, 1.0), 0.5, 0.1)
    beat = ArmPose((CX - 212, 1070), (CX - 158, 900), 14.0, spread=0.35, thumb=0.7)
    sway = tuple(math.sin(2 * math.pi * k / 12) for k in range(12))
    fingers = ((0.0, 1.0, 1.0, 1.0), (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 0.0, 1.0))
    return {
        "present_card": _Gesture(
            12,
            (arms.REST, _ACROSS, _UP, present),
            tuple(
                replace(present, angle=-50 + 2.5 * s, wrist=(CX - 262 - 3 * s, 856 - 3 * s))
                for s in (0, 0.5, 1, 0.5, 0, -0.5)
            ),
            tuple(place for place in (12, 13, 14, 15, 16, 17) for _ in range(4)),
            72,
        ),
        "wave": _Gesture(
            12,
            (arms.REST, _ACROSS, _UP, wave),
            tuple(replace(wave, angle=-4 + 17 * s, wrist=(CX - 238 + 9 * s, 868)) for s in sway),
            tuple(range(12, 24)),
            48,
        ),
        "count": _Gesture(
            12,
            (arms.REST, _ACROSS, _UP, count),
            tuple(replace(count, curl=curl) for curl in fingers),
            tuple(place for place in (12, 13, 14) for _ in range(20)),
            60,
        ),
        "emphasis": _Gesture(
            10,
            (arms.REST, _ACROSS, beat),
            tuple(
                replace(beat, angle=14 + 8 * s, wrist=(CX - 158 + 4 * s, 900 + 15 * s)) for s in (0, 0.45, 1, 0.6, 0.2)
            ),
            (10, 11, 12, 12, 13, 14, 10, 10, 10, 10),
            30,
        ),
    }


class Mira:
    """Draws every picture of the pack; the parts that never change are drawn once."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._moves = _gestures()
        self._under, self._over = Sheet(FIGURE), Sheet(FIGURE)
        hair.draw_back(self._under, palette)
        self._under.canvas.translate(0, -LIFT)
        face.draw_neck(self._under, palette)
        body.draw_blouse(self._under, palette)
        body.draw_torso(self._under, palette)
        arms.draw_upper(self._under, arms.REST, palette, mirror=True)
        arms.draw_forearm(self._under, arms.REST, palette, mirror=True)
        self._under.canvas.translate(0, LIFT)
        face.draw_face(self._over, palette, shadow=lambda sheet: hair.draw_shadow(sheet, palette))
        hair.draw_front(self._over, palette)
        self._skin = Sheet(FIGURE)
        self._compose(self._skin, arms.REST)

    def base(self) -> Sheet:
        """Return the figure at rest, without eyes and mouth."""
        return self._skin

    def mouth(self, pose: MouthPose) -> tuple[Sheet, float]:
        """Return the picture of a mouth in its box, and how far it is open, 0 to 1."""
        sheet = Sheet(LIPS)
        sheet.stamp(self._skin)
        draw_mouth(sheet, pose, self._palette)
        return sheet, aperture(pose)

    def eyes(self, closed: float, gaze: Point) -> Sheet:
        """Return the picture of both eyes in their box."""
        sheet = Sheet(EYES)
        sheet.stamp(self._skin)
        draw_eyes(sheet, closed, gaze, self._palette)
        return sheet

    def gestures(self) -> dict[str, tuple[int, GesturePlan]]:
        """Return how many pictures each gesture has, and its plan."""
        return {
            name: (move.rise + len(move.held), GesturePlan(ARM, move.rise, move.cycle, move.hold))
            for name, move in self._moves.items()
        }

    def gesture(self, name: str, frame: int) -> Sheet:
        """Return one picture of a gesture in its box."""
        sheet = Sheet(ARM)
        self._compose(sheet, self._moves[name].pose(frame))
        return sheet

    def _compose(self, sheet: Sheet, pose: ArmPose) -> None:
        sheet.stamp(self._under)
        sheet.canvas.translate(0, -LIFT)
        arms.draw_upper(sheet, pose, self._palette)
        sheet.canvas.translate(0, LIFT)
        sheet.stamp(self._over)
        sheet.canvas.translate(0, -LIFT)
        arms.draw_forearm(sheet, pose, self._palette)
        sheet.canvas.translate(0, LIFT)
