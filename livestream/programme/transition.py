"""How cards and lower thirds come and go: a short slide that fades."""

from __future__ import annotations

from livestream.programme.compositor import Layer
from livestream.programme.graphics import Sprite, faded
from livestream.programme.layout import even

ENTER_FRAMES, LEAVE_FRAMES = 8, 6


class Transition:
    """Moves one sprite in and out of a layer; a new one enters when the old one has left.

    Args:
        layer: where it is shown.
        dx: how far to the side, in pixels, a sprite is when it begins to enter; negative is left.
        dy: the same downward.
    """

    def __init__(self, layer: Layer, *, dx: int = 0, dy: int = 0) -> None:
        self._layer, self._dx, self._dy = layer, dx, dy
        self._shown: Sprite | None = None
        self._progress = 0.0

    def step(self, wanted: Sprite | None) -> None:
        """Go one frame toward showing `wanted`, which must be the same object while it is wanted."""
        if self._shown is not wanted:
            self._progress -= 1 / LEAVE_FRAMES
            if self._progress < 1e-6:
                self._shown, self._progress = wanted, 0.0
        if self._shown is wanted:
            self._progress = min(1.0, self._progress + 1 / ENTER_FRAMES)
        if self._shown is None or self._progress > 1 - 1e-6:
            self._layer.show(self._shown)
            return
        away = (1 - self._progress) ** 3  # eases out of the entrance and into the exit
        self._layer.show(faded(self._shown, 1 - away, even(self._dx * away), even(self._dy * away)))
