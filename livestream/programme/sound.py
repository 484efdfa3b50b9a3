"""Stereo sound, as the mixer and the bed handle it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""Stereo samples at 48 kHz, full scale 1.0, shape (n, 2)."""


def decibels(db: float) -> float:
    """Return the amplitude factor of a level in dB."""
    return float(10 ** (db / 20))
