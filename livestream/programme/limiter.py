"""The last thing in the sound: peaks between samples never pass the ceiling."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from livestream.media import SAMPLES_PER_FRAME
from livestream.programme.sound import Sound, decibels

CEILING_DBTP = -2.0
"""One dB below what platforms ask for, since lossy coding raises peaks a little."""

_BLOCK = 48
_RECOVERY = decibels(0.02) - 1
"""How much gain comes back in each millisecond."""
_OVERSAMPLING, _TAPS = 4, 12
_HALF = _TAPS // 2


def _phases() -> NDArray[np.float32]:
    """Return windowed-sinc interpolators for the points between samples, shape (12, 3)."""
    offsets = np.arange(_TAPS) - _HALF + 1
    rows = []
    for phase in range(1, _OVERSAMPLING):
        distance = offsets - phase / _OVERSAMPLING
        rows.append(np.sinc(distance) * np.cos(np.pi * distance / (_TAPS + 1)) ** 2)
    return np.asarray(rows, np.float32).T


class Limiter:
    """A true-peak limiter without delay; its gain is linear within each millisecond."""

    def __init__(self) -> None:
        self._ceiling = decibels(CEILING_DBTP)
        self._gain = 1.0
        self._phases = _phases()
        self._before = np.zeros((_TAPS, 2), np.float32)

    def process(self, sound: Sound) -> Sound:
        """Return one frame of sound, shape (1920, 2), held under the ceiling."""
        joined = np.concatenate([self._before, sound])
        self._before = sound[-_TAPS:].copy()
        # Between samples the signal may rise a few dB above them, so quiet frames need no look.
        if self._gain >= 1 and float(np.abs(joined).max()) < self._ceiling / 2:
            return sound
        peaks = self._peaks(joined)
        if self._gain >= 1 and float(peaks.max()) <= self._ceiling:
            return sound
        allowed = np.minimum(1.0, self._ceiling / np.maximum(peaks, 1e-9))
        edges = np.concatenate([[min(self._gain, allowed[0])], np.minimum(allowed[:-1], allowed[1:]), allowed[-1:]])
        for index in range(1, len(edges)):
            edges[index] = min(edges[index], edges[index - 1] + _RECOVERY)
        self._gain = float(edges[-1])
        gain = np.interp(np.arange(len(sound)), np.arange(len(edges)) * _BLOCK, edges)
        return np.asarray(sound * gain[:, None], np.float32)

    def _peaks(self, joined: Sound) -> NDArray[np.float32]:
        """Return the highest true peak of each millisecond, the joint to the last frame included."""
        windows = sliding_window_view(np.ascontiguousarray(joined.T), _TAPS, axis=1)[:, -SAMPLES_PER_FRAME:]
        between = np.abs(windows @ self._phases).reshape(2, -1, _BLOCK * (_OVERSAMPLING - 1)).max(axis=(0, 2))
        samples = np.abs(joined[_TAPS:]).reshape(-1, 2 * _BLOCK).max(axis=1)
        return np.asarray(np.maximum(samples, between), np.float32)
