"""Speech without words for the presenter's tests."""

import datetime as dt

import numpy as np

from livestream.media import SAMPLE_RATE, Speech, Viseme, VisemeSpan

TODAY = dt.date(2026, 1, 15).isoformat()


def make_speech(spans: list[tuple[Viseme, float]], *, level: float = 4000.0) -> Speech:
    """A speech whose sound is noise of one level, silent where the viseme is SIL or PP."""
    chance = np.random.default_rng(7)
    at, visemes, sound = 0, [], []
    for viseme, seconds in spans:
        length = round(seconds * SAMPLE_RATE)
        visemes.append(VisemeSpan(at, at + length, viseme))
        quiet = viseme in (Viseme.SIL, Viseme.PP)
        sound.append(chance.standard_normal(length) * (0 if quiet else level))
        at += length
    pcm = np.clip(np.concatenate(sound), -32768, 32767).astype(np.int16)
    return Speech("l", "en-US", "", "", pcm, tuple(visemes), (), (), (), "test", "exact")


def babble(seconds: float, seed: int) -> Speech:
    chance = np.random.default_rng(seed)
    spans: list[tuple[Viseme, float]] = []
    while sum(length for _, length in spans) < seconds:
        spans.append((Viseme(int(chance.integers(0, 15))), float(chance.uniform(0.045, 0.16))))
    return make_speech(spans)
