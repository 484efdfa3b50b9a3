"""The motion grids: how far each part of the figure moves for one unit of each movement.

A grid has one cell each `CELL` pixels and a border of one cell, so that enlarging it by `CELL` and cutting the
border off gives the displacement of every pixel. Displacements are in pixels, (right, down).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livestream.media import Box

CELL = 8
Grid = NDArray[np.float32]
HEAD_BASES = ("breath", "weight", "yaw", "pitch", "roll", "shift", "jaw", "cheek", "brow")
"""What the head grid's fields are; the first two are the body grid's."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Where a face is in the picture, in pixels; what the movements are built around."""

    x: float
    brow_y: float
    eye_y: float
    eye_dx: float
    nose_y: float
    mouth_y: float
    chin_y: float
    neck_y: float


def places(box: Box) -> NDArray[np.float64]:
    """Return the picture coordinates of the grid's points, shape (rows, columns, 2)."""
    columns = box.x + (np.arange(-1, box.width // CELL + 1) + 0.5) * CELL - 0.5
    rows = box.y + (np.arange(-1, box.height // CELL + 1) + 0.5) * CELL - 0.5
    return np.stack(np.meshgrid(columns, rows), axis=-1)


def body_grid(box: Box) -> Grid:
    """Return the fields of breath (chest and all above it rise 3 px) and weight (the trunk leans 4 px)."""
    y = places(box)[..., 1]
    still = np.zeros_like(y)
    rise = _fade(y, 830, 1190)
    lean = np.clip((1290 - y) / 520, 0, 1.15)
    return _stack([(still, -3.0 * rise), (4.0 * lean, still)])


def head_grid(box: Box, face: Landmarks) -> Grid:
    """Return the fields of `HEAD_BASES` for the head box; all but the first two fade out over the neck."""
    place = places(box)
    x, y = place[..., 0] - face.x, place[..., 1]
    still = np.zeros_like(x)
    head = _fade(y, face.chin_y - 20, face.neck_y)
    dome = 0.4 + 0.6 * np.sqrt(np.clip(1 - (x / 150) ** 2 - ((y - face.eye_y) / 210) ** 2, 0, 1))
    nose = np.exp(-((x / 26) ** 2) - ((y - face.nose_y + 14) / 32) ** 2)
    pivot = face.neck_y - 30
    turn = 0.027
    chin = _fade(-y, -face.chin_y, -face.mouth_y - 4) * _fade(y, face.chin_y + 4, face.chin_y + 70)
    cheeks = np.exp(-(((np.abs(x) - 60) / 24) ** 2) - ((y - face.nose_y) / 20) ** 2)
    brows = np.exp(-(((np.abs(x) - face.eye_dx) / 40) ** 4) - ((y - face.brow_y + 6) / 15) ** 2)
    moves = [
        (head * (7.5 * dome + 2.5 * nose), still),
        (still, head * (5.5 * dome + 2.0 * nose)),
        (-turn * (y - pivot) * head, turn * x * head),
        (4.0 * head, still),
        (still, 9.0 * chin * np.clip(1 - (x / 112) ** 2, 0, 1) ** 2),  # nowhere but in the lower face
        (still, -2.6 * cheeks),
        (still, -5.0 * brows),
    ]
    return np.concatenate([body_grid(box), _stack(moves)])


def _fade(y: NDArray[np.float64], start: float, end: float) -> NDArray[np.float64]:
    """Return 1 up to `start`, 0 from `end`, smooth between."""
    t = np.clip((y - start) / (end - start), 0, 1)
    return 1 - t * t * t * (t * (6 * t - 15) + 10)


def _stack(fields: list[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> Grid:
    return np.stack([np.stack(field, axis=-1) for field in fields]).astype(np.float32)
