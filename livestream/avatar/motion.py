"""How the presenter lives between words: head, breath, weight, lids and glances, never looping.

Every track is a pure function of (seed, frame). Tracks are computed a block at a time because that is
cheaper than a frame at a time; which blocks were asked before makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from livestream.avatar.noise import Floats, Ints, ease, knots, signed, smooth, uniform
from livestream.media import FPS

BLOCK = 10 * FPS
EPOCH = 300.0
"""Seconds in which blinks are drawn as one sequence; no blink crosses the border."""

BREATH_SECONDS, BREATH_JITTER = 4.2, 0.08
BLINK_MEDIAN, BLINK_SIGMA, BLINK_SHORTEST, BLINK_LONGEST = 3.2, 0.6, 0.7, 14.0
BLINK_DOUBLES = 0.12
BLINK_SHAPE = (0.5, 1.0, 1.0, 0.6, 0.25)
"""Lid closure of the frames of one blink: down in 60 ms, up in 100 ms."""

GAZES = {"camera": (0.0, 0.0), "card": (-0.85, -0.35), "comments": (-0.6, 0.75)}
"""Where the eyes point, (right, down) as the viewer sees it, 1 the farthest they go."""

(_YAW, _PITCH, _ROLL, _SHIFT, _BREATH, _WEIGHT, _BLINK, _FIXATION, _GLANCE, _BROW) = range(10)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The tracks of `BLOCK` frames; each array has that length.

    `yaw`, `pitch`, `roll`, `shift` and `brow` are about [-1, 1]; `breath` and `lid` [0, 1]; `weight` [-1, 1];
    `glance_x`, `glance_y` follow `GAZES`; `fixation` is a number in [0, 1) that changes with every glance and
    `since` the seconds since it did.
    """

    yaw: Floats
    pitch: Floats
    roll: Floats
    shift: Floats
    breath: Floats
    weight: Floats
    lid: Floats
    brow: Floats
    fixation: Floats
    before: Floats
    since: Floats


@lru_cache(maxsize=8)
def block(seed: int, number: int) -> Block:
    """Return the tracks of frames `number`·BLOCK to (number + 1)·BLOCK."""
    first = number * BLOCK
    time = np.arange(first, first + BLOCK) / FPS
    fixation, since, _ = knots(seed, _FIXATION, time, 1.7, 0.4)
    return Block(
        yaw=_wander(seed, _YAW, time),
        pitch=_wander(seed, _PITCH, time),
        roll=_wander(seed, _ROLL, time),
        shift=_wander(seed, _SHIFT, time),
        breath=_breath(seed, time),
        weight=_weight(seed, time),
        lid=lids(seed, first, BLOCK),
        brow=smooth(seed, _BROW, time, 2.3),
        fixation=uniform(seed, _GLANCE, fixation),
        before=uniform(seed, _GLANCE, fixation - 1),
        since=since,
    )


def _wander(seed: int, channel: int, time: Floats) -> Floats:
    """Slow drift and small quick corrections: two noises as of time constants 6 s and 1.2 s."""
    return 0.75 * smooth(seed, 16 + channel, time, 3.4) + 0.25 * smooth(seed, 48 + channel, time, 0.9)


def _breath(seed: int, time: Floats) -> Floats:
    """Inhale over 40 % of a breath, exhale over the rest; 0 empty, 1 full."""
    _, since, length = knots(seed, _BREATH, time, BREATH_SECONDS, BREATH_JITTER)
    phase = since / length
    return np.where(phase < 0.4, ease(phase / 0.4), 1 - ease((phase - 0.4) / 0.6))


def _weight(seed: int, time: Floats) -> Floats:
    """Stand on one leg, then on the other: holds with a shift of 3 s between them."""
    index, since, _ = knots(seed, _WEIGHT, time, 13.0, 0.35)
    old, new = signed(seed, 80 + _WEIGHT, index - 1), signed(seed, 80 + _WEIGHT, index)
    return old + (new - old) * ease(since / 3.0)


@lru_cache(maxsize=4)
def blinks(seed: int, epoch: int) -> Ints:
    """Return the frames at which the blinks of epoch `epoch` (`EPOCH` seconds each) begin, ascending."""
    chance = np.random.default_rng((seed & 0xFFFFFFFF, _BLINK, epoch))
    gaps = np.clip(
        BLINK_MEDIAN * np.exp(BLINK_SIGMA * chance.standard_normal(int(EPOCH))), BLINK_SHORTEST, BLINK_LONGEST
    )
    gaps[0] *= chance.random()
    times = np.cumsum(gaps)
    doubles = times[chance.random(len(times)) < BLINK_DOUBLES] + 0.32
    frames = np.unique(np.rint(np.concatenate([times, doubles]) * FPS).astype(np.int64))
    inside = frames[frames < int(EPOCH * FPS) - len(BLINK_SHAPE)]
    return inside + epoch * int(EPOCH * FPS)


def lids(seed: int, first: int, count: int) -> Floats:
    """Return how far the lids are closed by blinking, 0 to 1, for `count` frames from `first`."""
    length = int(EPOCH * FPS)
    closed = np.zeros(count)
    for epoch in range(first // length, (first + count - 1) // length + 1):
        for start in blinks(seed, epoch):
            for offset, value in enumerate(BLINK_SHAPE):
                place = start + offset - first
                if 0 <= place < count:
                    closed[place] = max(closed[place], value)
    return closed


def glance(chance: float, *, talking: float, listening: float) -> str:
    """Choose where to look, by a number in [0, 1): mostly at the viewer, more so while talking."""
    camera = 0.78 + 0.13 * talking - 0.3 * listening
    if chance < camera:
        return "camera"
    return "comments" if chance < camera + (1 - camera) * (0.35 + 0.5 * listening) else "card"
