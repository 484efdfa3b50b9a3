"""From drawn RGBA to the premultiplied planes the programme composes."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

KR, KB = 0.2126, 0.0722
"""Luma weights of BT.709, the matrix of the programme's pictures; the range is limited (16-235)."""
_BLUE, _RED = 112 / 255 / (1 - KB), 112 / 255 / (1 - KR)
_MATRIX = np.array(
    [
        [KR * 219 / 255, (1 - KR - KB) * 219 / 255, KB * 219 / 255, 16 / 255],
        [-KR * _BLUE, -(1 - KR - KB) * _BLUE, (1 - KB) * _BLUE, 128 / 255],
        [(1 - KR) * _RED, -(1 - KR - KB) * _RED, -KB * _RED, 128 / 255],
        [0, 0, 0, 1],
    ],
    np.float32,
)
"""Rows luma, Cb, Cr, alpha of premultiplied red, green, blue, alpha."""


def planes(rgba: Pixels) -> tuple[Pixels, Pixels]:
    """Convert premultiplied RGBA (h, w, 4), even sides, into the two stacks a pack holds.

    Returns:
        (h, w, 2) of luma and alpha, and (h/2, w/2, 3) of Cb, Cr and alpha; every plane premultiplied,
        offsets included, so that composed = plane + backdrop·(255 − alpha)/255.
    """
    converted = cv2.transform(rgba.astype(np.float32), _MATRIX)
    size = (rgba.shape[1] // 2, rgba.shape[0] // 2)
    half = cv2.resize(converted[..., 1:], size, interpolation=cv2.INTER_AREA)
    return _bytes(converted[..., (0, 3)]), _bytes(half)


def pixels(y: Pixels, u: Pixels, v: Pixels, alpha: Pixels, alpha_half: Pixels) -> Pixels:
    """Convert premultiplied planes back into straight RGBA (h, w, 4), for previews."""
    size = (y.shape[1], y.shape[0])
    coverage = np.maximum(alpha, 1).astype(np.float32) / 255
    small = np.maximum(alpha_half, 1).astype(np.float32) / 255
    luma = (y / coverage - 16) * (255 / 219)
    blue_difference, red_difference = (cv2.resize(plane / small - 128, size) for plane in (u, v))
    red = luma + red_difference * (255 / 112 * (1 - KR))
    blue = luma + blue_difference * (255 / 112 * (1 - KB))
    green = (luma - KR * red - KB * blue) / (1 - KR - KB)
    return _bytes(np.dstack([red, green, blue, alpha.astype(np.float32)]))


def _bytes(values: NDArray[Any]) -> Pixels:
    clipped: Pixels = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return clipped
