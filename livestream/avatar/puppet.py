"""The run-time presenter: one figure a frame out of an avatar pack, with numpy and OpenCV only."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import reduce
from typing import Literal

import cv2
import numpy as np

from livestream.avatar import grid, motion
from livestream.avatar.lipsync import JAW, RISE, TIP, TUCK, WIDTH
from livestream.avatar.pack import Pack
from livestream.avatar.rig import CELL, HEAD_BASES
from livestream.avatar.timeline import Speaking, Timeline
from livestream.avatar.warp import Array, Canvas, Warp, halved, span, union
from livestream.media import Box, Figure, Plane, Speech

BREATHS = 13
"""Pictures of the trunk between empty and full lungs."""
LEAN_STEPS = 16
"""Steps of the trunk's lean between upright and fully to one side: a quarter pixel each."""
STRIDE = 2
"""Frames that head, breath and lean hold still: they move less than a pixel in that time, the mouth much more."""
HEAD_REACH = 32
"""Pixels beyond which no movement of the head carries a point of the face."""
_TRUNKS = 40
_JAW = HEAD_BASES.index("jaw")


@dataclass(frozen=True, slots=True)
class Pose:
    """Everything a picture depends on, in the pack's own steps: equal poses are equal pictures."""

    head: tuple[float, ...]
    mouth: tuple[int | None, int, int, int, int]
    eyes: tuple[int, int, int]
    gesture: tuple[str, int] | None
    breath: int
    lean: int

    @property
    def slow(self) -> tuple[object, ...]:
        """What moves the whole head and trunk."""
        return (self.head[:_JAW], self.head[_JAW + 1 :], self.breath, self.lean)


class Puppet:
    """A presenter made of an avatar pack; see `livestream.avatar.Presenter`."""

    def __init__(self, pack: Pack, *, seed: int) -> None:
        cv2.setNumThreads(1)
        self._pack, self._seed = pack, seed
        self._timeline = Timeline(pack.manifest.gestures)
        manifest, arrays = pack.manifest, pack.arrays
        self._canvas = Canvas(arrays["base_full"], arrays["base_half"], manifest.figure_box)
        self._head = Warp(arrays["head_grid"], manifest.head_box, manifest.figure_box)
        self._body = Warp(arrays["body_grid"], manifest.body_box, manifest.figure_box)
        self._lower_face = union(self._head.cells(manifest.lips_box, HEAD_REACH), self._head.moved_by(_JAW))
        self._eyes = self._head.cells(manifest.eyes_box, HEAD_REACH)
        self._arms = {
            (name, frame): self._changed_by(name, frame)
            for name in manifest.gestures
            for frame in range(len(pack.gesture(name)[0]))
        }
        self._trunks: OrderedDict[tuple[int, int], list[Plane]] = OrderedDict()
        self._drawn: Pose | None = None

    def push(self, speech: Speech, start: int) -> None:
        """Say `speech` from programme sample `start`, which may be in the future."""
        self._timeline.push(speech, start)

    def cut(self, at: int) -> None:
        """Forget everything after sample `at`; the mouth eases shut within 120 ms."""
        self._timeline.cut(at)

    def event(self, at: int, kind: Literal["gesture", "gaze", "state"], name: str) -> None:
        """Do something at sample `at`; what the presenter does not know is logged and left out."""
        self._timeline.event(at, kind, name)

    def close(self) -> None:
        """Let go of the pictures."""
        self._trunks.clear()

    def render(self, n: int) -> Figure:
        """Return the figure of frame `n`; its buffers are reused by the next call."""
        self._timeline.forget(n)
        return self.show(self.pose(n))

    def show(self, pose: Pose) -> Figure:
        """Return the figure in a given pose; its buffers are reused by the next call."""
        dirty = self._draw(pose)
        y, u, v, alpha, alpha_half = self._canvas.planes
        return Figure(self._pack.manifest.figure_box, y, u, v, alpha, alpha_half, dirty, self._mouth_open(pose.mouth))

    def pose(self, n: int) -> Pose:
        """Return what frame `n` shows."""
        slow = n - n % STRIDE
        number, at = divmod(slow, motion.BLOCK)
        tracks = motion.block(self._seed, number)
        lid = float(tracks.lid[at + n - slow])
        speaking = self._timeline.speaking(n)
        calm = speaking if n == slow else self._timeline.speaking(slow)
        listening = self._timeline.listening(slow)
        gaze = self._gaze(slow, tracks, at, calm.talk, listening)
        breath = round(float(tracks.breath[at]) * (BREATHS - 1))
        lean = round(float(tracks.weight[at]) * LEAN_STEPS)
        return Pose(
            head=self._head_pose(tracks, at, calm, float(speaking.pose[JAW]), listening, gaze, breath, lean),
            mouth=mouth_key(speaking),
            eyes=(
                grid.nearest(lid, 0, 1, len(grid.LIDS)),
                grid.nearest(gaze[1], -1, 1, len(grid.GAZE_Y)),
                grid.nearest(gaze[0], -1, 1, len(grid.GAZE_X)),
            ),
            gesture=self._timeline.gesture(n),
            breath=breath,
            lean=lean,
        )

    def opening(self, n: int) -> float:
        """Return how far the lips are open in frame `n`, 0 to 1, without drawing it."""
        return self._mouth_open(mouth_key(self._timeline.speaking(n)))

    def _gaze(self, n: int, tracks: motion.Block, at: int, talk: float, listening: float) -> tuple[float, float, float]:
        """Return where the eyes look, (right, down), and how far the head follows, 0 to 1."""
        asked = self._timeline.gaze(n)
        now = motion.glance(float(tracks.fixation[at]), talking=talk, listening=listening)
        before = motion.glance(float(tracks.before[at]), talking=talk, listening=listening)
        since = float(tracks.since[at])
        follow = 0.0
        if asked:
            name, begun, left = asked
            before, now, since = now, name, begun / 25
            follow = min(1.0, begun / 12) * min(1.0, left / 12)
        share = min(1.0, (since + 0.02) / 0.06)
        x, y = (a + (b - a) * share for a, b in zip(motion.GAZES[before], motion.GAZES[now], strict=True))
        return x, y, follow * follow * (3 - 2 * follow)

    def _head_pose(
        self,
        tracks: motion.Block,
        at: int,
        speaking: Speaking,
        jaw: float,
        listening: float,
        gaze: tuple[float, float, float],
        breath: int,
        lean: int,
    ) -> tuple[float, ...]:
        lively = 0.75 + 0.35 * speaking.talk
        follow = gaze[2]
        smile = max(0.0, float(speaking.pose[WIDTH])) * (1 - float(speaking.pose[JAW]))
        movements = (
            breath / (BREATHS - 1),
            lean / LEAN_STEPS,
            lively * float(tracks.yaw[at]) + 0.7 * follow * gaze[0],
            0.6 * lively * float(tracks.pitch[at]) + 0.9 * speaking.nod + 0.4 * follow * gaze[1] + 0.15 * listening,
            0.7 * lively * float(tracks.roll[at]) + 0.5 * listening,
            0.6 * float(tracks.shift[at]),
            jaw,
            smile,
            0.3 * float(tracks.brow[at]) + 0.8 * speaking.brow + 0.45 * listening,
        )
        return tuple(round(value, 3) for value in movements)

    def _mouth_open(self, mouth: tuple[int | None, int, int, int, int]) -> float:
        number, jaw, jaw_fine, width, width_fine = mouth
        table = self._pack.arrays["mouth_open"] if number is None else self._pack.arrays["lips_open"][number]
        a, b = jaw_fine / grid.FINE, width_fine / grid.FINE
        upper = table[jaw, width] * (1 - b) + table[jaw, width + 1] * b
        lower = table[jaw + 1, width] * (1 - b) + table[jaw + 1, width + 1] * b
        return float(upper * (1 - a) + lower * a)

    def _draw(self, pose: Pose) -> tuple[Box, ...]:
        """Draw what differs from the pose drawn before, back to front, and return where that is."""
        old, self._drawn = self._drawn, pose
        if pose == old:
            return ()
        whole = old is None or pose.slow != old.slow
        arm = self._place_gesture(old.gesture if old else None, pose.gesture)
        face = self._place_face(old, pose)
        dirty: list[Box] = []
        if whole or arm:
            where = self._body.bend(pose.head)
            if old is None or (pose.breath, pose.lean) != (old.breath, old.lean):
                dirty.append(self._draw_trunk(pose, where))
                arm = arm or (self._arms[pose.gesture] if pose.gesture else None)
            if arm:
                part = self._body.cells(arm, CELL)
                self._canvas.draw(self._body, where, part)
                dirty.append(part)
        where = self._head.bend(pose.head)
        if arm and not whole:
            face.append(self._head.cells(arm, HEAD_REACH))
        for part in [self._pack.manifest.head_box] if whole else face:
            self._canvas.draw(self._head, where, part)
            dirty.append(part)
        return tuple(dirty) if old else (self._pack.manifest.figure_box,)

    def _draw_trunk(self, pose: Pose, where: Array) -> Box:
        """Draw what breath and weight move; trunks without a gesture are remembered."""
        box = self._pack.manifest.trunk_box
        views = self._canvas.views(box)
        key = (pose.breath, pose.lean)
        stored = self._trunks.get(key)
        if stored:
            self._trunks.move_to_end(key)
            for plane, view in zip(stored, views, strict=True):
                np.copyto(view, plane)
            return box
        self._canvas.draw(self._body, where, box)
        if pose.gesture is None:
            self._trunks[key] = [plane.copy() for plane in views]
            if len(self._trunks) > _TRUNKS:
                self._trunks.popitem(last=False)
        return box

    def _place_gesture(self, old: tuple[str, int] | None, new: tuple[str, int] | None) -> Box | None:
        """Put the arm where a gesture has it, and return what of the figure at rest that changes."""
        if old == new:
            return None
        changed = reduce(union, [self._arms[key] for key in (old, new) if key])
        if new and (old is None or old[0] == new[0]):
            self._canvas.place(changed, *self._gesture_picture(*new, changed))
        else:
            self._canvas.place(changed, *self._rest(changed))
            if new:
                self._canvas.place(self._arms[new], *self._gesture_picture(*new, self._arms[new]))
        return changed

    def _place_face(self, old: Pose | None, new: Pose) -> list[Box]:
        """Put mouth and eyes into the face, and return which parts of the head must be drawn for it."""
        manifest, arrays = self._pack.manifest, self._pack.arrays
        parts = []
        if old is None or new.mouth != old.mouth:
            self._canvas.place(manifest.lips_box, *self._mouth_picture(new.mouth))
        if old is None or (new.mouth, new.head[_JAW]) != (old.mouth, old.head[_JAW]):
            parts.append(self._lower_face)
        if old is None or new.eyes != old.eyes:
            self._canvas.place(manifest.eyes_box, arrays["eyes_y"][new.eyes], arrays["eyes_uv"][new.eyes])
            parts.append(self._eyes)
        return parts

    def _rest(self, box: Box) -> tuple[Array, Array]:
        """Return the part of the figure at rest that is in `box`."""
        rows, columns = span(box, self._pack.manifest.figure_box)
        return self._pack.arrays["base_full"][rows, columns], self._pack.arrays["base_half"][
            halved(rows), halved(columns)
        ]

    def _gesture_picture(self, name: str, frame: int, box: Box) -> tuple[Array, Array]:
        """Return the part of a gesture's picture that is in `box`."""
        rows, columns = span(box, self._pack.manifest.gestures[name].box)
        full, half = self._pack.gesture(name)
        return full[frame, rows, columns], half[frame, halved(rows), halved(columns)]

    def _changed_by(self, name: str, frame: int) -> Box:
        """Return where a gesture's picture differs from the figure at rest."""
        box = self._pack.manifest.gestures[name].box
        pairs = zip(self._gesture_picture(name, frame, box), self._rest(box), strict=True)
        full, half = (np.any(picture != rest, axis=2) for picture, rest in pairs)
        full[::2, ::2] |= half
        x, y, width, height = cv2.boundingRect(full.view(np.uint8))
        left, top = x - x % 2, y - y % 2
        return Box(box.x + left, box.y + top, x + width + (x + width) % 2 - left, y + height + (y + height) % 2 - top)

    def _mouth_picture(self, mouth: tuple[int | None, int, int, int, int]) -> tuple[Array, Array]:
        number, jaw, jaw_fine, width, width_fine = mouth
        arrays = self._pack.arrays
        kind = "mouth" if number is None else "lips"
        tables = [arrays[f"{kind}_y"], arrays[f"{kind}_uv"]]
        if number is not None:
            tables = [table[number] for table in tables]
        a, b = jaw_fine / grid.FINE, width_fine / grid.FINE
        luma, chroma = (
            _blend(
                _blend(table[jaw, width], table[jaw, width + 1], b),
                _blend(table[jaw + 1, width], table[jaw + 1, width + 1], b),
                a,
            )
            for table in tables
        )
        return luma, chroma


def mouth_key(speaking: Speaking) -> tuple[int | None, int, int, int, int]:
    """Return which pictures of the atlas a mouth is blended from, as `Pose.mouth` wants it."""
    pose = [float(value) for value in speaking.pose]
    number = grid.layer(pose[TUCK], pose[TIP], pose[RISE])
    jaws = grid.MOUTH_JAWS if number is None else grid.LIP_JAWS
    return (
        number,
        *grid.between(pose[JAW], 0, float(jaws[-1]), len(jaws)),
        *grid.between(pose[WIDTH], -1, 1, len(grid.WIDTHS)),
    )


def _blend(a: Array, b: Array, share: float) -> Array:
    if share == 0:
        return a
    return b if share == 1 else cv2.addWeighted(a, 1 - share, b, share, 0)
