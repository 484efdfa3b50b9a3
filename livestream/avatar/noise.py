"""Randomness without state: every value is a hash of (seed, channel, index), so any frame can be asked first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MASK = (1 << 64) - 1


def uniform(seed: int, channel: int, index: Ints) -> Floats:
    """Return one number in [0, 1) for each index (splitmix64, Steele et al. 2014)."""
    key = np.uint64((seed * 0x9E3779B97F4A7C15 + channel * 0xD1B54A32D192ED03 + 0x632BE59BD9B4E019) & _MASK)
    with np.errstate(over="ignore"):
        z = index.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + key
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            z = (z ^ (z >> np.uint64(shift))) * np.uint64(factor)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53


def signed(seed: int, channel: int, index: Ints) -> Floats:
    """Return one number in [-1, 1) for each index."""
    return 2 * uniform(seed, channel, index) - 1


def smooth(seed: int, channel: int, time: Floats, period: float) -> Floats:
    """Return value noise with a knot each `period` seconds, cubic B-spline between knots, about [-1, 1]."""
    position = time / period
    knot = np.floor(position).astype(np.int64)
    t = position - knot
    k0, k1, k2, k3 = (signed(seed, channel, knot + step) for step in range(4))
    weights = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)
    return (weights[0] * k0 + weights[1] * k1 + weights[2] * k2 + weights[3] * k3) / 6 * 1.6


def knots(seed: int, channel: int, time: Floats, period: float, jitter: float) -> tuple[Ints, Floats, Floats]:
    """Divide time into intervals of jittered length.

    Knot k lies at period·(k + jitter·s), s in [-1, 1) by k, so intervals last period·(1 ± 2·jitter), jitter < 0.5.

    Returns:
        For each time the knot at or before it, the seconds since that knot, and the interval's length.
    """
    guess = np.floor(time / period).astype(np.int64)
    index = guess - 1
    for step in (0, 1):
        index = np.where(_knot(seed, channel, guess + step, period, jitter) <= time, guess + step, index)
    begin = _knot(seed, channel, index, period, jitter)
    return index, time - begin, _knot(seed, channel, index + 1, period, jitter) - begin


def _knot(seed: int, channel: int, index: Ints, period: float, jitter: float) -> Floats:
    return period * (index + jitter * signed(seed, channel, index))


def ease(x: Floats) -> Floats:
    """Return the smoothstep of x clipped to [0, 1]."""
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)
