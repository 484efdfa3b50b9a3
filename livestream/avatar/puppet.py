"""The run-time presenter: one figure a frame out of an avatar pack, with numpy and OpenCV only."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from livestream.avatar import grid, motion
from livestream.avatar.lipsync import JAW, RISE, TIP, TUCK, WIDTH
from livestream.avatar.pack import Pack
from livestream.avatar.rig import CELL, places
from livestream.avatar.timeline import Speaking, Timeline
from livestream.media import Box, Figure, Plane, Speech

BREATHS = 13
"""Pictures of the trunk between empty and full lungs."""
LEAN_STEPS = 16
"""Steps of the trunk's lean between upright and fully to one side: a quarter pixel each."""
_TRUNKS = 40

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Pose:
    """Everything a picture depends on, in the pack's own steps: equal poses are equal pictures."""

    head: tuple[float, ...]
    mouth: tuple[int | None, int, int, int, int]
    eyes: tuple[int, int, int]
    gesture: tuple[str, int] | None
    breath: int
    lean: int


class Puppet:
    """A presenter made of an avatar pack; see `livestream.avatar.Presenter`."""

    def __init__(self, pack: Pack, *, seed: int) -> None:
        cv2.setNumThreads(1)
        self._pack, self._seed = pack, seed
        self._timeline = Timeline(pack.manifest.gestures)
        box = pack.manifest.figure_box
        self._full = _padded(pack.arrays["base_full"])
        self._half = _padded(pack.arrays["base_half"])
        height, width = box.height, box.width
        half = (height // 2, width // 2)
        self._out = [np.zeros(shape, np.uint8) for shape in ((height, width), half, half, (height, width), half)]
        self._head = _Warp(pack.arrays["head_grid"], pack.manifest.head_box, box)
        self._body = _Warp(pack.arrays["body_grid"], pack.manifest.body_box, box)
        self._trunks: OrderedDict[tuple[int, int], list[Plane]] = OrderedDict()
        self._drawn: Pose | None = None
        _store(self._out, self._full, self._half, Box(0, 0, width, height))

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
        y, u, v, alpha, alpha_half = self._out
        return Figure(self._pack.manifest.figure_box, y, u, v, alpha, alpha_half, dirty, self._mouth_open(pose.mouth))

    def pose(self, n: int) -> Pose:
        """Return what frame `n` shows."""
        number, at = divmod(n, motion.BLOCK)
        tracks = motion.block(self._seed, number)
        speaking = self._timeline.speaking(n)
        listening = self._timeline.listening(n)
        gaze = self._gaze(n, tracks, at, speaking.talk, listening)
        breath = round(float(tracks.breath[at]) * (BREATHS - 1))
        lean = round(float(tracks.weight[at]) * LEAN_STEPS)
        lid = float(tracks.lid[at])
        return Pose(
            head=self._head_pose(tracks, at, speaking, listening, gaze, breath, lean),
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
        listening: float,
        gaze: tuple[float, float, float],
        breath: int,
        lean: int,
    ) -> tuple[float, ...]:
        lively = 0.75 + 0.35 * speaking.talk
        follow = gaze[2]
        jaw, width = float(speaking.pose[JAW]), float(speaking.pose[WIDTH])
        movements = (
            breath / (BREATHS - 1),
            lean / LEAN_STEPS,
            lively * float(tracks.yaw[at]) + 0.7 * follow * gaze[0],
            0.6 * lively * float(tracks.pitch[at]) + 0.9 * speaking.nod + 0.4 * follow * gaze[1] + 0.15 * listening,
            0.7 * lively * float(tracks.roll[at]) + 0.5 * listening,
            0.6 * float(tracks.shift[at]),
            jaw,
            max(0.0, width) * (1 - jaw),
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
        old, manifest = self._drawn, self._pack.manifest
        if pose == old:
            return ()
        if old is None or pose.gesture != old.gesture:
            self._place_gesture(old.gesture if old else None, pose.gesture)
        if old is None or pose.mouth != old.mouth:
            self._place(manifest.lips_box, *self._mouth_picture(pose.mouth))
        if old is None or pose.eyes != old.eyes:
            self._place(
                manifest.eyes_box, self._pack.arrays["eyes_y"][pose.eyes], self._pack.arrays["eyes_uv"][pose.eyes]
            )
        dirty = [manifest.head_box]
        if old is None or (pose.gesture, pose.breath, pose.lean) != (old.gesture, old.breath, old.lean):
            dirty.append(self._draw_body(pose, was_gesture=old is None or old.gesture is not None))
        full, half = self._head.apply(self._full, self._half, pose.head)
        _store(self._out, full, half, self._inside(manifest.head_box))
        self._drawn = pose
        return (manifest.figure_box,) if old is None else tuple(dirty)

    def _draw_body(self, pose: Pose, *, was_gesture: bool) -> Box:
        """Draw what breath, weight and gestures move, and return where; trunks without a gesture are remembered."""
        if pose.gesture or was_gesture:
            box = self._pack.manifest.body_box
            _store(self._out, *self._body.apply(self._full, self._half, pose.head), self._inside(box))
            return box
        box = self._pack.manifest.trunk_box
        views = _views(self._out, self._inside(box))
        key = (pose.breath, pose.lean)
        stored = self._trunks.get(key)
        if stored is None:
            _store(self._out, *self._body.apply(self._full, self._half, pose.head, box), self._inside(box))
            self._trunks[key] = [plane.copy() for plane in views]
            if len(self._trunks) > _TRUNKS:
                self._trunks.popitem(last=False)
        else:
            self._trunks.move_to_end(key)
            for plane, view in zip(stored, views, strict=True):
                np.copyto(view, plane)
        return box

    def _place_gesture(self, old: tuple[str, int] | None, new: tuple[str, int] | None) -> None:
        arrays, plans = self._pack.arrays, self._pack.manifest.gestures
        if old and (new is None or new[0] != old[0]):
            place = self._inside(plans[old[0]].box)
            rows, columns = slice(place.y, place.y + place.height), slice(place.x, place.x + place.width)
            self._full[rows, columns, :2] = arrays["base_full"][rows, columns]
            rows, columns = _halved(rows), _halved(columns)
            self._half[rows, columns, :3] = arrays["base_half"][rows, columns]
        if new:
            full, half = self._pack.gesture(new[0])
            place = self._inside(plans[new[0]].box)
            rows, columns = slice(place.y, place.y + place.height), slice(place.x, place.x + place.width)
            self._full[rows, columns, :2] = full[new[1]]
            self._half[_halved(rows), _halved(columns), :3] = half[new[1]]

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

    def _place(self, box: Box, luma: Array, chroma: Array) -> None:
        place = self._inside(box)
        rows, columns = slice(place.y, place.y + place.height), slice(place.x, place.x + place.width)
        self._full[rows, columns, 0] = luma
        self._half[_halved(rows), _halved(columns), :2] = chroma

    def _inside(self, box: Box) -> Box:
        origin = self._pack.manifest.figure_box
        return Box(box.x - origin.x, box.y - origin.y, box.width, box.height)


class _Warp:
    """Moves a part of the figure by a weighted sum of displacement fields."""

    def __init__(self, fields: Array, box: Box, origin: Box) -> None:
        self._fields = np.ascontiguousarray(fields.reshape(len(fields), -1))
        self._still = (places(box) - (origin.x, origin.y)).astype(np.float32)
        self._box = box

    def apply(
        self, full: Array, half: Array, amounts: tuple[float, ...], part: Box | None = None
    ) -> tuple[Array, Array]:
        """Return `part` of the box (all of it if None; on the grid's lattice) after moving."""
        weights = np.array(amounts[: len(self._fields)], np.float32)
        where = self._still - (weights @ self._fields).reshape(self._still.shape)
        if part:
            left, top = (part.x - self._box.x) // CELL, (part.y - self._box.y) // CELL
            where = where[top : top + part.height // CELL + 2, left : left + part.width // CELL + 2]
        wide, high = (where.shape[1] * CELL, where.shape[0] * CELL)
        fine = cv2.resize(where, (wide, high))[CELL:-CELL, CELL:-CELL]
        coarse = cv2.resize((where - 0.5) * 0.5, (wide // 2, high // 2))[CELL // 2 : -CELL // 2, CELL // 2 : -CELL // 2]
        return _remap(full, fine), _remap(half, coarse)


def _remap(picture: Array, where: Array) -> Array:
    nowhere: Any = None  # the second map, which a map of pairs does not need; OpenCV's types do not know that
    return cv2.remap(picture, where, nowhere, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


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


def _padded(picture: Array) -> Array:
    """Return a copy with four channels: OpenCV remaps those several times faster than two or three."""
    padded = np.zeros((*picture.shape[:2], 4), np.uint8)
    padded[..., : picture.shape[2]] = picture
    return padded


def _halved(span: slice) -> slice:
    return slice(span.start // 2, span.stop // 2)


def _views(out: list[Plane], place: Box) -> list[Plane]:
    rows, columns = slice(place.y, place.y + place.height), slice(place.x, place.x + place.width)
    small = (_halved(rows), _halved(columns))
    return [out[0][rows, columns], out[1][small], out[2][small], out[3][rows, columns], out[4][small]]


def _store(out: list[Plane], full: Array, half: Array, place: Box) -> None:
    y, u, v, alpha, alpha_half = _views(out, place)
    cv2.mixChannels([full], [y, alpha], [0, 0, 1, 1])
    cv2.mixChannels([half], [u, v, alpha_half], [0, 0, 1, 1, 2, 2])
