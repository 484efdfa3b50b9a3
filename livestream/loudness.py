"""Loudness after ITU-R BS.1770-4: K weighting, 400 ms blocks, an absolute and a relative gate."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE

BLOCK = SAMPLE_RATE * 4 // 10
"""Samples of one gating block."""
_STEP = BLOCK // 4
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
# The two stages of the K-weighting at 48 kHz, BS.1770-4 tables 1 and 2: b0 b1 b2, then a0 a1 a2.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_RING = SAMPLE_RATE // 2  # the high pass rings below −120 dB after this many samples


def integrated(sound: NDArray[np.floating]) -> float:
    """Return the integrated loudness in LUFS; −inf where all is gated out.

    Args:
        sound: full scale 1.0 at 48 kHz, shape (n,) for one channel or (n, channels); channels add
            up, so that the same mono sound on two of them reads 3 LU more. A sound shorter than
            one block counts as one.
    """
    power = np.zeros(max(1, 1 + (len(sound) - BLOCK) // _STEP))
    starts = np.arange(len(power)) * _STEP
    ends = np.minimum(starts + BLOCK, len(sound))
    for channel in np.atleast_2d(sound.T):
        squares = np.concatenate(([0.0], np.cumsum(np.square(_weighted(channel)), dtype=np.float64)))
        power += (squares[ends] - squares[starts]) / np.maximum(ends - starts, 1)
    loud = power[power > _power(_ABSOLUTE_GATE)]
    if not len(loud):
        return -math.inf
    gated = loud[loud > loud.mean() * 10 ** (_RELATIVE_GATE / 10)]
    return 10 * math.log10(float(gated.mean())) - 0.691


def _weighted(channel: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the K-weighted sound: both biquads as one multiplication in the frequency domain."""
    size = _fast_size(len(channel) + _RING)
    weighted = np.fft.irfft(np.fft.rfft(channel, size) * _response(size), size)
    return weighted[: len(channel)].astype(np.float32)


@lru_cache(maxsize=6)
def _response(size: int) -> NDArray[np.complex64]:
    delays = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(len(delays), complex)
    for over, under in (_SHELF, _HIGH_PASS):
        response *= np.polyval(over[::-1], delays) / np.polyval(under[::-1], delays)
    return response.astype(np.complex64)


def _fast_size(least: int) -> int:
    """Return the smallest of 2ⁿ and 3·2ⁿ⁻² that is at least `least`: quick to transform."""
    power = 1 << (least - 1).bit_length()
    return power * 3 // 4 if power * 3 // 4 >= least else power


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
