"""From visemes to mouth poses, one for each frame.

Coarticulation by dominance functions (Cohen & Massaro 1993): every span pulls the mouth toward its
target with a strength that decays exponentially from its middle, and a pose is the weighted mean. The
three things a viewer notices are then enforced: lips shut on p b m, the lower lip meets the teeth on
f v, open vowels open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, Pcm, Speech, Viseme, VisemeSpan

Poses = NDArray[np.float32]
"""Mouth poses, shape (frames, 5): see `JAW` and the names after it."""

JAW, WIDTH, TUCK, TIP, RISE = range(5)
"""Columns of a pose: jaw 0-1, lip width −1 (rounded) to 1 (spread), lower lip under the teeth 0-1,
tongue between the teeth 0-1, tongue behind the upper teeth 0-1."""

TARGETS = {
    Viseme.SIL: (0.0, 0.3, 0.0, 0.0, 0.0),
    Viseme.PP: (0.0, -0.1, 0.0, 0.0, 0.0),
    Viseme.FF: (0.12, 0.0, 1.0, 0.0, 0.0),
    Viseme.TH: (0.22, 0.1, 0.0, 1.0, 0.0),
    Viseme.DD: (0.22, 0.15, 0.0, 0.0, 1.0),
    Viseme.KK: (0.30, 0.1, 0.0, 0.0, 0.0),
    Viseme.CH: (0.17, -0.6, 0.0, 0.0, 0.0),
    Viseme.SS: (0.12, 0.45, 0.0, 0.0, 0.0),
    Viseme.NN: (0.17, 0.2, 0.0, 0.0, 0.7),
    Viseme.RR: (0.24, -0.45, 0.0, 0.0, 0.0),
    Viseme.AA: (0.80, 0.05, 0.0, 0.0, 0.0),
    Viseme.E: (0.48, 0.45, 0.0, 0.0, 0.0),
    Viseme.I: (0.24, 0.8, 0.0, 0.0, 0.0),
    Viseme.O: (0.52, -0.7, 0.0, 0.0, 0.0),
    Viseme.U: (0.18, -1.0, 0.0, 0.0, 0.0),
}
"""The pose each viseme aims at when spoken by itself."""

_VOWELS = frozenset({Viseme.AA, Viseme.E, Viseme.I, Viseme.O, Viseme.U})
_OPEN = frozenset({Viseme.AA, Viseme.E, Viseme.O})
_STRENGTH = {Viseme.PP: 6.0, Viseme.FF: 3.5, Viseme.CH: 1.6, Viseme.U: 1.8, Viseme.SIL: 1.2}
_DECAY = {Viseme.PP: 38.0, Viseme.FF: 30.0, Viseme.SIL: 26.0}

LEAD = 0.035
"""Seconds from a frame's first sample to the moment of sound its mouth shows: half a frame to its
middle, the rest the lead of lips over voice."""
_CLOSURE_LEAD = 0.01
_OPEN_SHARE = 0.7
_SLACK = 0.04
"""A jaw this little open leaves the lips together: what is left of far neighbours must not part them."""
_MARGIN = 6


@dataclass(frozen=True, slots=True, eq=False)
class Articulation:
    """The mouth and the liveliness of one speech, frame by frame from frame `first`.

    `talk` is 0 to 1, how much the presenter is talking; `nod` and `brow` 0 to 1, by stress.
    """

    start: int
    first: int
    poses: Poses
    talk: NDArray[np.float32]
    nod: NDArray[np.float32]
    brow: NDArray[np.float32]

    @property
    def end(self) -> int:
        """The first frame after the last."""
        return self.first + len(self.poses)

    def cut(self, at: int) -> Articulation:
        """Return what is left when the sound stops at sample `at`: the mouth shuts within 120 ms."""
        keep = max(0, -(-at // SAMPLES_PER_FRAME) - self.first)
        if keep >= len(self.poses):
            return self
        fade = np.array([0.74, 0.26, 0.0, 0.0, 0.0, 0.0], np.float32)
        rest = np.array(TARGETS[Viseme.SIL], np.float32)
        last = self.poses[keep - 1] if keep else rest
        tail = rest + (last - rest) * fade[:, None]

        def faded(track: NDArray[np.float32]) -> NDArray[np.float32]:
            return np.concatenate([track[:keep], (track[keep - 1] if keep else 0) * np.linspace(0.83, 0, len(fade))])

        poses = np.concatenate([self.poses[:keep], tail]).astype(np.float32)
        tracks = (faded(track).astype(np.float32) for track in (self.talk, self.nod, self.brow))
        return Articulation(self.start, self.first, poses, *tracks)


def articulate(speech: Speech, start: int) -> Articulation:
    """Compute the mouth of a speech that begins at programme sample `start`."""
    first = start // SAMPLES_PER_FRAME - _MARGIN
    count = (start + len(speech.pcm)) // SAMPLES_PER_FRAME + _MARGIN + 1 - first
    offset = (first * SAMPLES_PER_FRAME - start) / SAMPLE_RATE
    starts = offset + np.arange(count) * (SAMPLES_PER_FRAME / SAMPLE_RATE)
    spans = _filled(speech.visemes, len(speech.pcm))
    loudness = _loudness(speech.pcm, start, first, count)
    poses = _blend(spans, starts + LEAD)
    poses[:, JAW] = np.maximum(poses[:, JAW] - _SLACK, 0) / (1 - _SLACK) * (0.8 + 0.35 * loudness)
    _enforce(poses, spans, starts, loudness)
    nod, brow = _stress(spans, starts, loudness)
    talk = np.interp(
        starts, [-0.12, 0.13, len(speech.pcm) / SAMPLE_RATE, len(speech.pcm) / SAMPLE_RATE + 0.24], [0, 1, 1, 0]
    )
    return Articulation(start, first, poses, talk.astype(np.float32), nod, brow)


@dataclass(frozen=True, slots=True)
class _Span:
    start: float
    end: float
    viseme: Viseme
    weight: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def _filled(visemes: tuple[VisemeSpan, ...], length: int) -> list[_Span]:
    """Return the spans in seconds with silence wherever nothing is said, before and after included."""
    spans: list[_Span] = []
    here = -0.3
    for span in sorted(visemes, key=lambda item: item.start):
        begin, end = span.start / SAMPLE_RATE, span.end / SAMPLE_RATE
        if begin > here + 0.005:
            spans.append(_Span(here, begin, Viseme.SIL, 1.0))
        spans.append(_Span(begin, end, span.viseme, span.weight))
        here = max(here, end)
    spans.append(_Span(here, max(here, length / SAMPLE_RATE) + 0.3, Viseme.SIL, 1.0))
    return spans


def _blend(spans: list[_Span], times: NDArray[np.floating[Any]]) -> Poses:
    """Return the dominance-weighted mean of the targets at each time."""
    begin = np.array([span.start for span in spans])
    end = np.array([span.end for span in spans])
    closed = np.array([span.viseme in (Viseme.PP, Viseme.SIL) for span in spans])
    margin = np.where(closed, 0.0, 0.3) * (end - begin)
    outside = np.maximum(begin + margin - times[:, None], times[:, None] - (end - margin))
    decay = np.array([_DECAY.get(span.viseme, 13.0 if span.viseme in _VOWELS else 22.0) for span in spans])
    strength = np.array(
        [_STRENGTH.get(span.viseme, 1.0 if span.viseme in _VOWELS else 0.7) * span.weight for span in spans]
    )
    dominance = strength * np.exp(-decay * np.maximum(outside, 0)) + 1e-9
    targets = np.array([TARGETS[span.viseme] for span in spans])
    poses: Poses = (dominance @ targets / dominance.sum(axis=1, keepdims=True)).astype(np.float32)
    return poses


def _loudness(pcm: Pcm, start: int, first: int, count: int) -> NDArray[np.floating[Any]]:
    """Return each frame's RMS relative to the loud parts of this speech, 0 to 1."""
    lead = start - first * SAMPLES_PER_FRAME
    padded = np.zeros(count * SAMPLES_PER_FRAME, np.float32)
    length = min(len(pcm), len(padded) - lead)
    padded[lead : lead + length] = pcm[:length]
    rms = np.sqrt(np.mean(np.square(padded.reshape(count, SAMPLES_PER_FRAME)), axis=1))
    heard = rms[rms > 60]
    if not len(heard):
        return np.zeros(count)
    level = np.clip(rms / np.percentile(heard, 90), 0, 1)
    return np.convolve(level, [0.25, 0.5, 0.25], mode="same").astype(np.float64)


def _enforce(
    poses: Poses, spans: list[_Span], starts: NDArray[np.floating[Any]], loudness: NDArray[np.floating[Any]]
) -> None:
    """Make sure that closures close, tucks tuck and open vowels open, whatever their neighbours pull."""
    frame = starts[1] - starts[0]
    shut: set[int] = set()
    for span in spans:
        if span.viseme is Viseme.PP:
            place = (max(span.middle - _CLOSURE_LEAD, span.start) - starts[0]) / frame + 1e-6
            shut.add(int(place))
            if span.end - span.start >= 0.08:
                shut.add(int(place) + (1 if place % 1 >= 0.5 else -1))
    for span in spans:
        at = int(np.clip((span.middle - starts[0]) // frame, 0, len(poses) - 1))
        if span.viseme is Viseme.FF:
            poses[at, TUCK] = max(poses[at, TUCK], 0.9)
            poses[at, JAW] = min(poses[at, JAW], 0.2)
        elif span.viseme in _OPEN and span.end - span.start >= 0.05:
            free = [place for place in (at, at + 1, at - 1) if place not in shut and 0 <= place < len(poses)]
            if free:
                wanted = _OPEN_SHARE * TARGETS[span.viseme][JAW] * (0.8 + 0.35 * loudness[free[0]]) * span.weight
                poses[free[0], JAW] = max(poses[free[0], JAW], wanted)
    for place in shut:
        if 0 <= place < len(poses):
            poses[place, (JAW, TUCK, TIP, RISE)] = 0.0
            poses[place, WIDTH] = np.clip(poses[place, WIDTH], -0.5, 0.2)


def _stress(
    spans: list[_Span], starts: NDArray[np.floating[Any]], loudness: NDArray[np.floating[Any]]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return nods and brow raises on the loudest syllables, and a nod on the last one of a phrase."""
    vowels = [
        (span.middle, float(np.interp(span.middle, starts, loudness))) for span in spans if span.viseme in _VOWELS
    ]
    nod, brow = np.zeros(len(starts)), np.zeros(len(starts))
    if not vowels:
        return nod.astype(np.float32), brow.astype(np.float32)
    levels = np.array([level for _, level in vowels])
    strong, strongest = np.percentile(levels, 65), np.percentile(levels, 88)
    last = -1.0
    for place, (middle, level) in enumerate(vowels):
        final = place == len(vowels) - 1
        if not final and (level < strong or middle - last < 0.42):
            continue
        last = middle
        amount = 1.0 if final else 0.35 + 0.5 * level
        nod += amount * np.exp(-(((starts - middle - 0.03) / (0.2 if final else 0.11)) ** 2))
        if level >= strongest:
            brow += np.exp(-(((starts - middle + 0.06) / 0.22) ** 2))
    return np.minimum(nod, 1.2).astype(np.float32), np.minimum(brow, 1).astype(np.float32)
