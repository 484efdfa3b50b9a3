"""Taking silence out of a sound, and telling where every moment of it went."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE
from livestream.speech.engine import Samples

LEAD = round(0.04 * SAMPLE_RATE)
TAIL = round(0.10 * SAMPLE_RATE)
LONGEST_PAUSE = round(0.5 * SAMPLE_RATE)
"""An inner silence over `TOO_LONG` is shortened to this."""
TOO_LONG = round(0.9 * SAMPLE_RATE)
SILENCE_DB = -38.0
"""Below the sentence's loud level (its 95th percentile) by this much nothing is heard."""
HOP = SAMPLE_RATE // 200
"""Samples of one step of the energy curve: 5 ms."""
_CLICK = round(0.04 * SAMPLE_RATE)
"""Sound no longer than this with silence of `_ALONE` on either side is a click of the engine, and not heard."""
_ALONE = round(0.2 * SAMPLE_RATE)
_FADE = round(0.005 * SAMPLE_RATE)


@dataclass(frozen=True, slots=True)
class Edit:
    """A sound made of kept ranges of another; `move` maps samples of the old to the new."""

    pcm: Samples
    kept: tuple[tuple[int, int], ...]

    def move(self, sample: int) -> int:
        """Return where a sample of the unedited sound is now; what was cut falls onto the cut."""
        place = 0
        for start, end in self.kept:
            if sample <= start:
                return place
            if sample < end:
                return place + sample - start
            place += end - start
        return place


def energy(pcm: Samples) -> NDArray[np.float64]:
    """Return the level in dB of each 5 ms step, smoothed over its two neighbours."""
    steps = np.square(np.pad(pcm, (0, -len(pcm) % HOP))).reshape(-1, HOP).mean(axis=1, dtype=np.float64)
    smooth = np.convolve(np.pad(steps, 1, mode="edge"), (0.25, 0.5, 0.25), "valid")
    level: NDArray[np.float64] = 10 * np.log10(smooth + 1e-12)
    return level


def silences(pcm: Samples, shortest: float) -> list[tuple[int, int]]:
    """Return the silent ranges of at least `shortest` seconds, in samples, ends included."""
    curve = energy(pcm)
    quiet = curve < np.percentile(curve, 95) + SILENCE_DB
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    ranges = [(int(a) * HOP, min(int(b) * HOP, len(pcm))) for a, b in edges.reshape(-1, 2)]
    return [(a, b) for a, b in ranges if b - a >= shortest * SAMPLE_RATE]


def tighten(pcm: Samples) -> Edit:
    """Return the sound with 40 ms before the first and 100 ms after the last thing heard.

    Inner silences over 0.9 s become 0.5 s; cuts lie in silence and are faded over 5 ms.
    """
    quiet = _without_clicks(silences(pcm, 0.02))
    start, end = 0, len(pcm)
    if quiet and quiet[0][0] == 0:
        start = max(0, quiet[0][1] - LEAD)
    if quiet and quiet[-1][1] >= len(pcm) - HOP:
        end = min(len(pcm), quiet[-1][0] + TAIL)
    kept: list[tuple[int, int]] = []
    for a, b in quiet:
        if start < a and b < end and b - a > TOO_LONG:
            kept.append((start, a + LONGEST_PAUSE // 2))
            start = b - LONGEST_PAUSE // 2
    kept.append((start, max(start, end)))
    return Edit(np.concatenate([_faded(pcm[a:b]) for a, b in kept]), tuple(kept))


def _without_clicks(quiet: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return silences with those joined that only a click parts."""
    joined: list[tuple[int, int]] = []
    for start, end in quiet:
        alone = joined and min(end - start, joined[-1][1] - joined[-1][0]) >= _ALONE
        if alone and start - joined[-1][1] <= _CLICK:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _faded(pcm: Samples) -> Samples:
    ramp = np.linspace(0, 1, min(_FADE, len(pcm)), dtype=np.float32)
    faded = pcm.copy()
    faded[: len(ramp)] *= ramp
    faded[len(faded) - len(ramp) :] *= ramp[::-1]
    return faded
