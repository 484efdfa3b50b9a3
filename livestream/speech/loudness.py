"""Levelling mono speech to −16 LUFS, with a limiter."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from livestream import loudness
from livestream.errors import SpeechError
from livestream.media import SAMPLE_RATE
from livestream.speech.engine import Samples
from livestream.speech.resample import oversampled

TARGET_LUFS = -16.0
CEILING_DBTP = -1.5

_OVERSAMPLING = 4
_LOOKAHEAD = round(0.004 * SAMPLE_RATE)
_LIMIT = 10 ** ((CEILING_DBTP - 0.2) / 20)  # leaves room for what the limiter's own gain curve adds
_ROUNDS = 4
_REACH = 4  # samples around a high one between which a peak may hide


def integrated(pcm: Samples) -> float:
    """Return the integrated loudness in LUFS, one channel counted once; −inf where all is gated out.

    Raises:
        SpeechError: the sound is shorter than one block of 0.4 s.
    """
    if len(pcm) < loudness.BLOCK:
        raise SpeechError(f"a sound of {len(pcm) / SAMPLE_RATE:.2f} s is too short to have a loudness")
    return loudness.integrated(pcm)


def true_peak(pcm: Samples) -> float:
    """Return the highest true peak in dBTP, by fourfold oversampling."""
    peak = float(_envelope(pcm).max(initial=0.0))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def level(pcm: Samples, *, fallback_lufs: float) -> Samples:
    """Return the sound at −16 LUFS with no true peak over −1.5 dBTP.

    A sound too short to be measured is taken to have `fallback_lufs`, its engine's usual loudness.

    Raises:
        SpeechError: there is nothing to be heard.
    """
    measured = integrated(pcm) if len(pcm) >= loudness.BLOCK else fallback_lufs
    if not math.isfinite(measured):
        raise SpeechError("there is nothing to be heard in the sound")
    gain = TARGET_LUFS - measured
    for _ in range(_ROUNDS):
        levelled = limit(pcm * np.float32(10 ** (gain / 20)))
        if len(pcm) < loudness.BLOCK:
            break
        missing = TARGET_LUFS - integrated(levelled)
        if abs(missing) < 0.1:
            break
        gain += missing
    return levelled


def limit(pcm: Samples) -> Samples:
    """Return the sound with its true peaks under the ceiling: look-ahead 4 ms, no delay.

    The gain is the least that any sample within the look-ahead needs, smoothed by a window of the
    same length (a triangle), so that it has reached what a peak needs when the peak comes.
    """
    need = np.minimum(1.0, _LIMIT / np.maximum(_envelope(pcm), 1e-9)).astype(np.float32)
    if not (need < 1.0).any():
        return pcm
    gain = np.ones(len(pcm), np.float32)
    for start, end in _stretches(need < 1.0, margin=4 * _LOOKAHEAD):
        part = np.pad(need[start:end], 2 * _LOOKAHEAD, constant_values=1.0)
        gain[start:end] = _averaged(_averaged(_lowest(part, 2 * _LOOKAHEAD + 1), _LOOKAHEAD + 1), _LOOKAHEAD + 1)
    return pcm * gain


def _lowest(values: Samples, width: int) -> Samples:
    """Return the minimum of each `width` neighbours, n − width + 1 of them, by doubling the reach."""
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        values = np.minimum(values[:-step], values[step:])
        reach += step
    return values


def _averaged(values: Samples, width: int) -> Samples:
    """Return the mean of each `width` neighbours, n − width + 1 of them."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    means: Samples = ((sums[width:] - sums[:-width]) / width).astype(np.float32)
    return means


def _envelope(pcm: Samples) -> Samples:
    """Return for each sample the highest magnitude up to the next, oversampled where it matters."""
    envelope = np.abs(pcm).astype(np.float32)
    near = np.flatnonzero(envelope > 0.7 * min(_LIMIT, float(envelope.max(initial=0.0))))
    if len(near):
        around = np.zeros(len(pcm), bool)
        for step in range(-_REACH, _REACH + 1):
            around[np.clip(near + step, 0, len(pcm) - 1)] = True
        places = np.flatnonzero(around)
        envelope[places] = np.abs(oversampled(pcm, places, _OVERSAMPLING)).max(axis=1)
    return envelope


def _stretches(wanted: NDArray[np.bool_], *, margin: int) -> list[tuple[int, int]]:
    """Return the ranges that hold every true sample and `margin` samples on each side of it, merged."""
    places = np.flatnonzero(wanted)
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > 2 * margin)
    starts = places[np.concatenate(([0], breaks + 1))] - margin
    ends = places[np.concatenate((breaks, [len(places) - 1]))] + margin + 1
    return [(max(0, int(a)), min(len(wanted), int(b))) for a, b in zip(starts, ends, strict=True)]
