"""The drawing library, loaded when first used, and what it draws turned into planes.

Skia draws text, shapes and pictures; it wants a few system libraries, and where one is missing
that is said in a sentence. Colours are sRGB, planes are BT.709 in studio range.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from livestream.errors import APT_LINE, MachineError
from livestream.media import Box, Plane

# Skia ships no types; these say what is meant.
Canvas = Any
Paint = Any
Shape = Any
Image = Any

Rgba = NDArray[np.uint8]
"""Premultiplied RGBA, shape (height, width, 4)."""

# ITU-R BT.709, studio range: rows Y, Cb, Cr over premultiplied R, G, B and alpha, all 0 to 255.
# The offsets 16 and 128 are multiplied by alpha too, so that planes stay premultiplied.
_KR, _KG, _KB = 0.2126, 0.7152, 0.0722
_Y_SCALE, _C_SCALE = 219 / 255, 224 / 255
_TO_YUV = np.array(
    [
        [_Y_SCALE * _KR, _Y_SCALE * _KG, _Y_SCALE * _KB, 16 / 255],
        [-_C_SCALE * _KR / (2 * (1 - _KB)), -_C_SCALE * _KG / (2 * (1 - _KB)), _C_SCALE / 2, 128 / 255],
        [_C_SCALE / 2, -_C_SCALE * _KG / (2 * (1 - _KR)), -_C_SCALE * _KB / (2 * (1 - _KR)), 128 / 255],
    ],
    dtype=np.float32,
)


@cache
def skia() -> ModuleType:
    """Return the skia module.

    Raises:
        MachineError: it, or a system library that it needs, is not installed.
    """
    try:
        return import_module("skia")
    except ImportError as error:
        raise MachineError(
            f"the drawing library cannot be loaded ({error})",
            where="skia",
            remedy=f"Install what it needs: {APT_LINE}",
        ) from error


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A drawn overlay at its place: premultiplied I420 with alpha, as in `media.Figure`."""

    box: Box
    y: Plane
    u: Plane
    v: Plane
    alpha: Plane
    alpha_half: Plane


def sprite(box: Box, rgba: Rgba) -> Sprite:
    """Turn premultiplied RGBA of the size of `box` into planes."""
    half = cv2.resize(rgba, (box.width // 2, box.height // 2), interpolation=cv2.INTER_AREA)
    chroma = cv2.transform(half, _TO_YUV[1:])
    return Sprite(
        box=box,
        y=np.ascontiguousarray(cv2.transform(rgba, _TO_YUV[:1]).reshape(box.height, box.width)),
        u=np.ascontiguousarray(chroma[..., 0]),
        v=np.ascontiguousarray(chroma[..., 1]),
        alpha=np.ascontiguousarray(rgba[..., 3]),
        alpha_half=np.ascontiguousarray(half[..., 3]),
    )


def faded(source: Sprite, opacity: float, dx: int, dy: int) -> Sprite:
    """Return the sprite moved by even `dx`, `dy` and with its opacity scaled to 0 to 1."""
    box = Box(source.box.x + dx, source.box.y + dy, source.box.width, source.box.height)
    planes = (source.y, source.u, source.v, source.alpha, source.alpha_half)
    return Sprite(box, *(cv2.convertScaleAbs(plane, alpha=opacity).astype(np.uint8, copy=False) for plane in planes))


class Drawing:
    """A transparent surface the size of a box, with the origin moved to picture coordinates."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self._pixels: Rgba = np.zeros((box.height, box.width, 4), np.uint8)
        layout = skia().ColorType.kRGBA_8888_ColorType, skia().AlphaType.kPremul_AlphaType
        self._surface = skia().Surface(self._pixels, *layout)
        self.canvas = self._surface.getCanvas()
        self.canvas.translate(-box.x, -box.y)

    def rgba(self) -> Rgba:
        """Return what was drawn; the array lives as long as this drawing."""
        self._surface.flushAndSubmit()
        return self._pixels

    def sprite(self) -> Sprite:
        """Return what was drawn as planes."""
        return sprite(self.box, self.rgba())


def colour(text: str, opacity: float = 1.0) -> int:
    """Return skia's number for a colour written `#rrggbb`."""
    value = int(text.removeprefix("#"), 16)
    return int(skia().ColorSetARGB(round(255 * opacity), value >> 16 & 255, value >> 8 & 255, value & 255))


def paint(text: str, opacity: float = 1.0, *, blur: float = 0.0) -> Paint:
    """Return an anti-aliased fill of one colour, with soft edges where `blur` (sigma, px) is given."""
    made = skia().Paint(AntiAlias=True, Color=colour(text, opacity))
    if blur > 0:
        made.setMaskFilter(skia().MaskFilter.MakeBlur(skia().kNormal_BlurStyle, blur))
    return made


def round_rect(box: Box, radius: float) -> Shape:
    """Return skia's rounded rectangle for a box."""
    return skia().RRect.MakeRectXY(skia().Rect.MakeXYWH(box.x, box.y, box.width, box.height), radius, radius)
