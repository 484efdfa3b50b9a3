"""Changing the sample rate by a rational factor: a windowed-sinc polyphase filter in numpy."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from livestream.speech.engine import Samples

HALF_LENGTH = 24
"""Zero crossings of the sinc on each side."""
_KAISER_BETA = 9.0  # stop band below −90 dB
_PASS = 0.94  # of the lower Nyquist frequency


def resample(pcm: Samples, rate: int, target: int) -> Samples:
    """Return the sound at `target` Hz; its length is exactly ⌈n · target / rate⌉.

    Sample n of the result lies at time n / target: the filter has no delay.
    """
    if rate == target:
        return pcm.astype(np.float32)
    divisor = math.gcd(rate, target)
    up, down = target // divisor, rate // divisor
    length = -(-len(pcm) * up // down)
    phases = _phases(up, down)
    taps = phases.shape[1]
    before = taps // 2 - 1
    after = taps - before + down
    windows = sliding_window_view(np.pad(pcm.astype(np.float32), (before, after)), taps)
    result = np.empty(length, np.float32)
    for first in range(min(up, length)):
        position = first * down
        count = -(-(length - first) // up)
        begin = position // up
        result[first::up] = windows[begin : begin + (count - 1) * down + 1 : down] @ phases[position % up]
    return result


def oversampled(pcm: Samples, places: NDArray[np.intp], factor: int) -> Samples:
    """Return the sound at these samples and at the points between each and the next, shape (places, factor)."""
    phases = _phases(factor, 1)
    taps = phases.shape[1]
    before = taps // 2 - 1
    windows = sliding_window_view(np.pad(pcm.astype(np.float32), (before, taps - before)), taps)
    values: Samples = windows[places] @ phases.T
    return values


@lru_cache(maxsize=8)
def _phases(up: int, down: int) -> NDArray[np.float32]:
    """Return the filter of each of the `up` phases, shape (up, taps), each with unit gain at 0 Hz."""
    cutoff = _PASS * min(1.0, up / down)
    half = math.ceil(HALF_LENGTH / cutoff)
    offsets = np.arange(-half + 1, half + 1)[None, :] - (np.arange(up) / up)[:, None]
    window = np.i0(_KAISER_BETA * np.sqrt(np.clip(1 - (offsets / half) ** 2, 0, None))) / np.i0(_KAISER_BETA)
    filters = cutoff * np.sinc(cutoff * offsets) * window
    normal: NDArray[np.float32] = (filters / filters.sum(axis=1, keepdims=True)).astype(np.float32)
    return normal
