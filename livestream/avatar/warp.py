"""Moving parts of the figure: displacement grids enlarged to maps, and pictures remapped by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from livestream.avatar.rig import CELL, places
from livestream.media import Box, Plane

Array = NDArray[Any]


class Canvas:
    """The figure at rest, and its planes as they are shown.

    Args:
        full: luma and alpha at rest, shape (height, width, 2).
        half: chroma and alpha at rest, shape (height / 2, width / 2, 3).
        box: where the figure stands in the picture.
    """

    def __init__(self, full: Array, half: Array, box: Box) -> None:
        self._box = box
        self._full, self._half = _padded(full), _padded(half)
        # One frame after another is moved in the same memory; new memory would cost as much as the moving.
        pixels, border = box.height * box.width, 2 * CELL
        self._moved, self._moved_half = np.empty(pixels * 4, np.uint8), np.empty(pixels, np.uint8)
        self._maps = [
            np.empty((box.height // scale + border) * (box.width // scale + border) * 2, np.float32) for scale in (1, 2)
        ]
        self.planes: list[Plane] = [
            *(np.ascontiguousarray(full[..., 0]), *(np.ascontiguousarray(half[..., k]) for k in (0, 1))),
            *(np.ascontiguousarray(full[..., 1]), np.ascontiguousarray(half[..., 2])),
        ]

    def place(self, box: Box, full: Array, half: Array) -> None:
        """Put a picture into the figure at rest: luma (and alpha), chroma (and alpha), as wide as `box`."""
        rows, columns = span(box, self._box)
        for picture, target in ((full, self._full[rows, columns]), (half, self._half[halved(rows), halved(columns)])):
            channels = picture.shape[2] if picture.ndim == 3 else 1
            cv2.mixChannels([picture], [target], [k for k in range(channels) for _ in range(2)])

    def draw(self, warp: Warp, where: Array, part: Box) -> None:
        """Show `part`, which lies on the warp's lattice, as moved by `where`."""
        fine, coarse = warp.maps(where, part, self._maps)
        full, half = _remap(self._full, fine, self._moved), _remap(self._half, coarse, self._moved_half)
        y, u, v, alpha, alpha_half = self.views(part)
        cv2.mixChannels([full], [y, alpha], [0, 0, 1, 1])
        cv2.mixChannels([half], [u, v, alpha_half], [0, 0, 1, 1, 2, 2])

    def views(self, part: Box) -> list[Plane]:
        """Return the shown planes' part."""
        rows, columns = span(part, self._box)
        small = (halved(rows), halved(columns))
        y, u, v, alpha, alpha_half = self.planes
        return [y[rows, columns], u[small], v[small], alpha[rows, columns], alpha_half[small]]


class Warp:
    """Moves a part of the figure by a weighted sum of displacement fields.

    Args:
        fields: of the box, as `livestream.avatar.rig` makes them.
        box: the part of the picture that they are of.
        origin: the figure's box.
    """

    def __init__(self, fields: Array, box: Box, origin: Box) -> None:
        self.box = box
        self._fields = np.ascontiguousarray(fields.reshape(len(fields), -1))
        self._moves: Array = np.any(fields, axis=3)
        self._still = (places(box) - (origin.x, origin.y)).astype(np.float32)

    def bend(self, amounts: tuple[float, ...]) -> Array:
        """Return where the picture at each point of the lattice comes from."""
        weights = np.array(amounts[: len(self._fields)], np.float32)
        bent: Array = self._still - (weights @ self._fields).reshape(self._still.shape)
        return bent

    def cells(self, box: Box, reach: int) -> Box:
        """Return the smallest part on the lattice that holds what is within `reach` of `box` and inside the warp's."""
        across = _cells(box.x - reach - self.box.x, box.x + box.width + reach - self.box.x, self.box.width)
        down = _cells(box.y - reach - self.box.y, box.y + box.height + reach - self.box.y, self.box.height)
        return Box(self.box.x + across[0], self.box.y + down[0], across[1] - across[0], down[1] - down[0])

    def moved_by(self, field: int) -> Box:
        """Return the part on the lattice outside of which a field is zero."""
        rows, columns = (np.flatnonzero(np.any(self._moves[field], axis=axis)) for axis in (1, 0))
        # A point moves what lies within one cell of it, and the first point is half a cell outside the box.
        left, top = (int(found[0] - 2) * CELL for found in (columns, rows))
        right, bottom = (int(found[-1] + 1) * CELL for found in (columns, rows))
        return self.cells(Box(self.box.x + left, self.box.y + top, right - left, bottom - top), 0)

    def maps(self, where: Array, part: Box, buffers: Sequence[Array]) -> tuple[Array, Array]:
        """Return the place each pixel of `part` comes from, for the full planes and for the half ones, in `buffers`."""
        left, top = (part.x - self.box.x) // CELL, (part.y - self.box.y) // CELL
        where = where[top : top + part.height // CELL + 2, left : left + part.width // CELL + 2]
        fine, coarse = (_enlarged(where, CELL, buffers[0]), _enlarged((where - 0.5) * 0.5, CELL // 2, buffers[1]))
        return fine, coarse


def _enlarged(lattice: Array, scale: int, buffer: Array) -> Array:
    """Return a lattice enlarged without its border, in a buffer that is reused."""
    rows, columns = lattice.shape[0] * scale, lattice.shape[1] * scale
    place = buffer[: rows * columns * 2].reshape(rows, columns, 2)
    return cv2.resize(lattice, (columns, rows), place)[scale:-scale, scale:-scale]


def _remap(picture: Array, where: Array, scratch: Array) -> Array:
    nowhere: Any = None  # the second map, which a map of pairs does not need; OpenCV's types do not know that
    rows, columns = where.shape[:2]
    moved = scratch[: rows * columns * 4].reshape(rows, columns, 4)
    return cv2.remap(picture, where, nowhere, cv2.INTER_LINEAR, moved, borderMode=cv2.BORDER_REPLICATE)


def _padded(picture: Array) -> Array:
    """Return a copy with four channels: OpenCV remaps those several times faster than two or three."""
    padded = np.zeros((*picture.shape[:2], 4), np.uint8)
    padded[..., : picture.shape[2]] = picture
    return padded


def _cells(start: int, end: int, length: int) -> tuple[int, int]:
    """Return a range grown to whole cells, within 0 to `length`; empty where it lies outside."""
    start = min(max(0, start // CELL * CELL), length)
    return start, max(start, min(length, -(-end // CELL) * CELL))


def span(box: Box, origin: Box) -> tuple[slice, slice]:
    """Return the rows and columns of `box` in a picture of `origin`."""
    top, left = box.y - origin.y, box.x - origin.x
    return slice(top, top + box.height), slice(left, left + box.width)


def halved(whole: slice) -> slice:
    """Return the same rows or columns in a plane of half the size."""
    return slice(whole.start // 2, whole.stop // 2)


def union(a: Box, b: Box) -> Box:
    """Return the smallest box that holds both."""
    x, y = min(a.x, b.x), min(a.y, b.y)
    return Box(x, y, max(a.x + a.width, b.x + b.width) - x, max(a.y + a.height, b.y + b.height) - y)
