"""The poses an avatar pack holds pictures of, and how to find the nearest ones."""

from __future__ import annotations

import numpy as np

MOUTH_JAWS = np.linspace(0, 0.95, 20)
LIP_JAWS = np.linspace(0, 0.35, 5)
WIDTHS = np.linspace(-1, 1, 7)
LAYERS: tuple[dict[str, float], ...] = ({"tuck": 0.5}, {"tuck": 1.0}, {"tip": 1.0}, {"rise": 1.0})
"""Mouths beyond jaw and width: the lower lip half and wholly under the teeth, the tongue between them, behind them."""
LIDS = (0.0, 0.25, 0.5, 0.75, 1.0)
GAZE_X = np.linspace(-1, 1, 7)
GAZE_Y = np.linspace(-1, 1, 3)

FINE = 8
"""Pictures are blended in steps of 1/FINE of the way between neighbours."""


def between(value: float, low: float, high: float, count: int) -> tuple[int, int]:
    """Return the index of the picture below `value` and how many FINE steps beyond it."""
    place = round((min(max(value, low), high) - low) / (high - low) * (count - 1) * FINE)
    index = min(place // FINE, count - 2)
    return index, place - index * FINE


def layer(tuck: float, tip: float, rise: float) -> int | None:
    """Return which of `LAYERS` a pose calls for, None for the plain mouth."""
    if tuck >= 0.3:
        return 1 if tuck >= 0.7 else 0
    if tip >= 0.45:
        return 2
    return 3 if rise >= 0.45 else None


def nearest(value: float, low: float, high: float, count: int) -> int:
    """Return the index of the picture nearest to `value`."""
    return round((min(max(value, low), high) - low) / (high - low) * (count - 1))
