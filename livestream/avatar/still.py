"""Single pictures of a presenter: for previews, reports and documentation."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from livestream.avatar import grid
from livestream.avatar.colour import pixels
from livestream.avatar.lipsync import TARGETS
from livestream.avatar.pack import Pack
from livestream.avatar.puppet import Puppet, mouth_key
from livestream.avatar.timeline import Speaking
from livestream.errors import AvatarError
from livestream.media import Figure, Viseme

Rgba = NDArray[np.uint8]
"""Straight (not premultiplied) RGBA, shape (height, width, 4)."""


def figure_rgba(figure: Figure) -> Rgba:
    """Return a rendered figure as a picture of its box."""
    return pixels(figure.y, figure.u, figure.v, figure.alpha, figure.alpha_half)


def still(
    pack: Pack,
    *,
    gesture: str | None = None,
    viseme: Viseme = Viseme.SIL,
    lid: float = 0.0,
    gaze: tuple[float, float] = (0.0, 0.0),
    height: int | None = None,
) -> Rgba:
    """Return the presenter holding still.

    Args:
        pack: of the presenter.
        gesture: one the pack holds, at its fullest.
        viseme: what the mouth says.
        lid: how far the eyes are closed, 0 to 1.
        gaze: where they look, (right, down) in [-1, 1].
        height: of the picture in pixels; the figure box's own if None.

    Raises:
        AvatarError: the pack has no such gesture.
    """
    plans = pack.manifest.gestures
    if gesture is not None and gesture not in plans:
        raise AvatarError(f"has no gesture {gesture}", where=f"presenter {pack.manifest.name}")
    puppet = Puppet(pack, seed=0)
    mouth = np.array(TARGETS[viseme], np.float32)
    pose = replace(
        puppet.pose(0),
        head=(0.0, 0.0, -0.15, 0.0, 0.25, 0.0, float(mouth[0]), 0.3, 0.2),
        mouth=mouth_key(Speaking(mouth)),
        eyes=(
            grid.nearest(lid, 0, 1, len(grid.LIDS)),
            grid.nearest(gaze[1], -1, 1, len(grid.GAZE_Y)),
            grid.nearest(gaze[0], -1, 1, len(grid.GAZE_X)),
        ),
        gesture=(gesture, plans[gesture].cycle[0]) if gesture else None,
        breath=0,
        lean=0,
    )
    picture = figure_rgba(puppet.show(pose))
    if height is None or height == picture.shape[0]:
        return picture
    width = round(picture.shape[1] * height / picture.shape[0])
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
