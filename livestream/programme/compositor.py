"""The picture put together from planes, back to front; only what has changed is put together again."""

from __future__ import annotations

from collections.abc import Sequence

import av
import cv2
import numpy as np

from livestream.media import HEIGHT, WIDTH, Box, Figure, Plane
from livestream.programme.graphics import Sprite
from livestream.programme.layout import PICTURE, intersection, merged


class Layer:
    """A place in the stack for one sprite at a time; it remembers what a change uncovered."""

    def __init__(self) -> None:
        self.sprite: Sprite | None = None
        self._touched: list[Box] = []

    def show(self, sprite: Sprite | None) -> None:
        """Show a sprite, or nothing, from this frame on."""
        if sprite is self.sprite:
            return
        self._touched += [shown.box for shown in (self.sprite, sprite) if shown is not None]
        self.sprite = sprite

    def changes(self) -> list[Box]:
        """Return the boxes touched since the last call."""
        touched, self._touched = self._touched, []
        return touched


class Compositor:
    """Backdrop, presenter and layers composed into one I420 frame that is kept between calls.

    Args:
        backdrop: an opaque sprite of the whole picture.
        layers: the overlays, in the order they lie on each other.
    """

    def __init__(self, backdrop: Sprite, layers: Sequence[Layer]) -> None:
        cv2.setNumThreads(1)  # a frame is too little work to share, and the other core has its own
        self._backdrop, self._layers = backdrop, layers
        self._frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        self._frame.color_range = 1  # limited
        self._frame.colorspace = 1  # BT.709
        self._planes = [_view(plane) for plane in self._frame.planes]
        self._spare = np.empty((HEIGHT, WIDTH), np.uint8)
        self._figure_box: Box | None = None

    def compose(self, figure: Figure) -> av.VideoFrame:
        """Return the picture with this figure and what the layers now show.

        The frame is the same object every time and is overwritten by the next call.
        """
        dirty = [box for layer in self._layers for box in layer.changes()]
        if self._figure_box != figure.box:
            dirty += [figure.box, PICTURE if self._figure_box is None else self._figure_box]
            self._figure_box = figure.box
        dirty += figure.dirty
        for box in merged([inside for box in dirty if (inside := intersection(box, PICTURE))]):
            self._compose_box(figure, box)
        return self._frame

    def _compose_box(self, figure: Figure, box: Box) -> None:
        backdrop = (self._backdrop.y, self._backdrop.u, self._backdrop.v)
        for plane, base, scale in zip(self._planes, backdrop, (1, 2, 2), strict=True):
            area = _area(box, PICTURE, scale)
            np.copyto(plane[area], base[area])
        self._blend(figure, box)
        for layer in self._layers:
            if layer.sprite is not None:
                self._blend(layer.sprite, box)

    def _blend(self, source: Figure | Sprite, box: Box) -> None:
        """Lay the part of a source that is within `box` over the planes."""
        part = intersection(source.box, box)
        if part is None:
            return
        above = (
            (source.y, source.alpha, 1),
            (source.u, source.alpha_half, 2),
            (source.v, source.alpha_half, 2),
        )
        for plane, (ink, alpha, scale) in zip(self._planes, above, strict=True):
            below, here = plane[_area(part, PICTURE, scale)], _area(part, source.box, scale)
            through = self._spare[: below.shape[0], : below.shape[1]]
            cv2.bitwise_not(alpha[here], through)  # 255 - alpha
            cv2.multiply(below, through, below, 1 / 255)
            cv2.add(below, ink[here], below)


def _view(plane: av.video.plane.VideoPlane) -> Plane:
    """Return a plane as an array that shares its memory, line padding left out."""
    rows: Plane = np.frombuffer(memoryview(plane), np.uint8)[: plane.height * plane.line_size]
    return rows.reshape(plane.height, plane.line_size)[:, : plane.width]


def _area(box: Box, origin: Box, scale: int) -> tuple[slice, slice]:
    """Return the rows and columns of `box` in a plane that begins at `origin`."""
    top, left = (box.y - origin.y) // scale, (box.x - origin.x) // scale
    return slice(top, top + box.height // scale), slice(left, left + box.width // scale)
