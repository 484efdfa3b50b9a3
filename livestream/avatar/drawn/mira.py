"""Mira, the default presenter: what the compiler asks of a drawn presenter, answered."""

from __future__ import annotations

from livestream.avatar.drawn import body, face, hair
from livestream.avatar.drawn.canvas import Point, Sheet
from livestream.avatar.drawn.eyes import draw_eyes
from livestream.avatar.drawn.mouth import MouthPose, aperture, draw_mouth
from livestream.avatar.drawn.palette import BROW_Y, CHIN_Y, CX, EYE_DX, EYE_Y, MOUTH_Y, NOSE_Y, Palette
from livestream.avatar.pack import GesturePlan
from livestream.avatar.rig import Landmarks
from livestream.media import Box

FIGURE = Box(96, 316, 624, 964)
HEAD = Box(272, 320, 368, 520)
BODY = Box(96, 600, 624, 680)
MOUTH = Box(390, 584, 130, 92)
EYES = Box(364, 494, 182, 56)
LANDMARKS = Landmarks(CX, BROW_Y, EYE_Y, EYE_DX, NOSE_Y, MOUTH_Y, CHIN_Y, neck_y=812.0)


class Mira:
    """Draws every picture of the pack; the parts that never change are drawn once."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._skin = Sheet(FIGURE)
        hair.draw_back(self._skin, palette)
        face.draw_neck(self._skin, palette)
        body.draw_blouse(self._skin, palette)
        body.draw_torso(self._skin, palette)
        for side in (-1, 1):
            body.draw_sleeve(self._skin, side, palette)
        face.draw_face(self._skin, palette)
        hair.draw_front(self._skin, palette)

    def base(self) -> Sheet:
        sheet = Sheet(FIGURE)
        sheet.stamp(self._skin)
        return sheet

    def mouth(self, pose: MouthPose) -> tuple[Sheet, float]:
        sheet = Sheet(MOUTH)
        sheet.stamp(self._skin)
        draw_mouth(sheet, pose, self._palette)
        return sheet, aperture(pose)

    def eyes(self, closed: float, gaze: Point) -> Sheet:
        sheet = Sheet(EYES)
        sheet.stamp(self._skin)
        draw_eyes(sheet, closed, gaze, self._palette)
        return sheet

    def gestures(self) -> dict[str, tuple[int, GesturePlan]]:
        return {}

    def gesture(self, name: str, frame: int) -> Sheet:
        raise KeyError(name)
