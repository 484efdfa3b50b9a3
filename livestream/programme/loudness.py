"""Loudness after ITU-R BS.1770-4: K weighting, 400 ms blocks, two gates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE

Sound = NDArray[np.float32]
"""Stereo samples at 48 kHz, full scale 1.0, shape (n, 2)."""

# The two biquads of BS.1770 at 48 kHz: the head's shelf, then the high-pass.
_STAGES = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
_BLOCK, _STEP = SAMPLE_RATE * 4 // 10, SAMPLE_RATE // 10


def decibels(db: float) -> float:
    """Return the amplitude factor of a level in dB."""
    return float(10 ** (db / 20))


def loudness(sound: Sound) -> float:
    """Return integrated loudness in LUFS; −inf where nothing is louder than −70."""
    weighted = _k_weighted(sound)
    energy = np.concatenate([[0.0], np.cumsum(np.sum(weighted**2, axis=1))])
    starts = np.arange(0, max(1, len(sound) - _BLOCK + 1), _STEP)
    ends = np.minimum(starts + _BLOCK, len(sound))
    power = (energy[ends] - energy[starts]) / np.maximum(ends - starts, 1)
    loud = power[power > 10 ** ((-70 + 0.691) / 10)]
    if not loud.size:
        return float("-inf")
    kept = loud[loud > loud.mean() / 10]  # the relative gate: 10 LU under the ungated loudness
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _k_weighted(sound: Sound) -> NDArray[np.float64]:
    """Filter in the frequency domain; the padding holds the filters' tail."""
    size = len(sound) + 4096
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    response = np.ones(len(turn), complex)
    for numerator, denominator in _STAGES:
        response *= np.polyval(numerator[::-1], turn) / np.polyval(denominator[::-1], turn)
    spectrum = np.fft.rfft(sound, size, axis=0) * response[:, None]
    return np.fft.irfft(spectrum, size, axis=0)[: len(sound)]
