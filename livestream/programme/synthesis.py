"""Music of our own: a calm bed that hardly repeats, and the jingle between segments.

The bed is three loops of different length played together: pads of 32 s under sparse plucks of 20
and 28 s, so that the whole repeats after 18 minutes and 40 seconds. All notes are of one
pentatonic scale, which sounds well in every combination. A loop is made on a circle: what rings
past its end rings on at its beginning, so there is no seam to hear.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from livestream.media import SAMPLE_RATE
from livestream.programme.sound import Sound

Mono = NDArray[np.float32]

_SCALE = (62, 64, 66, 69, 71, 74, 76, 78, 81, 83)
"""D major pentatonic over two octaves, as MIDI notes."""
_CHORDS = ((50, 62, 66, 69, 76), (47, 62, 66, 69, 74), (55, 59, 62, 66, 74), (45, 57, 64, 69, 74))
"""D, B minor 7, G major 7 and A with a fourth."""
_JINGLES = ((69, 74, 81), (74, 78, 81), (66, 74, 78), (71, 74, 78))
_CHORD_SECONDS = 8.0
_BEAT = 0.5


def bed_loops(variant: int) -> tuple[Sound, ...]:
    """Return the loops of one variant of the bed, to be played together."""
    rng = np.random.default_rng((variant, 0xBED))
    return _pads(rng), _plucks(rng, seconds=20, notes=11, octave=0), _plucks(rng, seconds=28, notes=7, octave=12)


def jingle(seed: int) -> Sound:
    """Return the three notes that open a segment; the seed chooses which."""
    sound = np.zeros((round(2.4 * SAMPLE_RATE), 2), np.float32)
    for index, (note, level) in enumerate(zip(_JINGLES[seed % len(_JINGLES)], (0.5, 0.6, 0.8), strict=True)):
        _place(sound, _bell(note, 1.6) * level, round(index * 0.13 * SAMPLE_RATE), pan=0.4 + 0.1 * index)
    wet = _reverberated(sound, np.random.default_rng(7), seconds=1.2, share=0.3)
    return (wet * np.sqrt(np.linspace(1, 0, len(wet)))[:, None]).astype(np.float32)


def _hertz(note: float) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


def _time(seconds: float) -> NDArray[np.float32]:
    return np.arange(round(seconds * SAMPLE_RATE), dtype=np.float32) / np.float32(SAMPLE_RATE)


def _pads(rng: np.random.Generator) -> Sound:
    sound = np.zeros((round(len(_CHORDS) * _CHORD_SECONDS * SAMPLE_RATE), 2), np.float32)
    time = _time(_CHORD_SECONDS + 5)
    swell = np.minimum(1, time / 3) * np.minimum(1, (time[-1] - time) / 5)
    swell = (swell * swell * (3 - 2 * swell)).astype(np.float32)
    for index, chord in enumerate(_CHORDS):
        for note in chord:
            tone = np.zeros_like(time)
            for cents in (-5, 4):
                angle = 2 * np.pi * _hertz(note + cents / 100) * time + rng.uniform(0, 2 * np.pi)
                tone += np.sin(angle) + 0.35 * np.sin(2 * angle) + 0.14 * np.sin(3 * angle) + 0.06 * np.sin(4 * angle)
            breath = 1 + 0.25 * np.sin(2 * np.pi * rng.uniform(0.07, 0.16) * time + rng.uniform(0, 6))
            level = 0.16 * (50 / note)
            start = round(index * _CHORD_SECONDS * SAMPLE_RATE)
            _place(sound, (tone * breath * swell * level).astype(np.float32), start, pan=rng.uniform(0.25, 0.75))
    return _reverberated(sound, rng, seconds=2.5, share=0.5)


def _plucks(rng: np.random.Generator, *, seconds: int, notes: int, octave: int) -> Sound:
    sound = np.zeros((seconds * SAMPLE_RATE, 2), np.float32)
    beats = rng.choice(round(seconds / _BEAT), size=notes, replace=False)
    degree = int(rng.integers(2, 6))
    for beat in sorted(beats):
        degree = int(np.clip(degree + rng.integers(-2, 3), 0, len(_SCALE) - 1))
        start = round(beat * _BEAT * SAMPLE_RATE + rng.uniform(0, 0.02) * SAMPLE_RATE)
        tone = _bell(_SCALE[degree] + octave, 3.0) * rng.uniform(0.5, 0.9)
        _place(sound, tone.astype(np.float32), start, pan=rng.uniform(0.2, 0.8))
    return _reverberated(sound, rng, seconds=2.2, share=0.6)


def _bell(note: float, seconds: float) -> Mono:
    """Return a soft struck tone: each partial decays faster than the one below."""
    time = _time(seconds)
    tone = np.zeros_like(time)
    for partial, level, decay in ((1, 1.0, 1.1), (2, 0.32, 0.6), (3, 0.12, 0.35), (4.2, 0.05, 0.15)):
        tone += level * np.sin(2 * np.pi * _hertz(note) * partial * time) * np.exp(-time / decay)
    attack, release = np.minimum(1, time / 0.008), np.minimum(1, (time[-1] - time) / 0.05)
    return np.asarray(tone * attack * release, np.float32)


def _place(loop: Sound, tone: Mono, start: int, *, pan: float) -> None:
    """Add a tone to a loop at sample `start`, going on at the beginning where it passes the end."""
    positions = (start + np.arange(len(tone))) % len(loop)
    loop[positions, 0] += tone * np.float32(np.cos(pan * np.pi / 2))
    loop[positions, 1] += tone * np.float32(np.sin(pan * np.pi / 2))


def _reverberated(loop: Sound, rng: np.random.Generator, *, seconds: float, share: float) -> Sound:
    """Add a soft room to a loop by circular convolution, so that the tail wraps round."""
    time = _time(seconds)
    room = rng.standard_normal((len(time), 2)).astype(np.float32) * np.exp(-time * 5 / seconds)[:, None]
    spectrum = np.fft.rfft(room, len(loop), axis=0)
    pitch = np.fft.rfftfreq(len(loop), 1 / SAMPLE_RATE)
    spectrum *= (1 / (1 + (pitch / 2500) ** 2))[:, None]  # dark, so that consonants stay clear
    spectrum /= np.sqrt(np.sum(room**2))
    wet = np.fft.irfft(np.fft.rfft(loop, axis=0) * spectrum, len(loop), axis=0)
    return (loop * (1 - share) + wet * share).astype(np.float32)
