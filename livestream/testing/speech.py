"""A speech engine that speaks no language: speech-shaped sound with exact phones, the same each time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from livestream.speech.engine import PAUSE, About, Phone, RawSpeech, Samples
from livestream.speech.phones import phones_of
from livestream.speech.visemes import CLOSURES, is_vowel
from livestream.speech.voice import Voice

RATE = 24_000
_PITCH = 160.0
_SECONDS = {"vowel": 0.11, "closure": 0.07, "other": 0.06, "pause": 0.25}
_FRICTION = frozenset("fvszʃʒθðh")


class FakeEngine:
    """Says each letter for what it mostly stands for: vowels hum, p, b and m are silent gaps, s hisses.

    Load nothing, need nothing; `mishap` makes it misbehave the ways real engines do: `nan`,
    `silence`, `clipping`, `endless`, `short`, `rate`.
    """

    name = "fake"
    about = About("formant", "exact", "Apache-2.0")
    version = "1"

    def __init__(self, voice: Voice | None = None, *, name: str = "fake", mishap: str = "") -> None:
        self.voice = voice
        self.name = name
        self.mishap = mishap
        self.calls = 0

    def warm_up(self) -> None:
        """Do nothing."""

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the sound of the letters; the words count as in real speech."""
        self.calls += 1
        generator = np.random.default_rng(seed)
        phones = [Phone(PAUSE, 0.0, 0.2)]
        for symbol, word in [*phones_of(spoken, "en-US"), (PAUSE, -1)]:
            start = phones[-1].end
            phones.append(Phone(symbol, start, start + _SECONDS[_kind(symbol)], word))
        pcm = np.concatenate([_sound(phone, generator) for phone in phones])
        rate = 12_345 if self.mishap == "rate" else RATE
        return RawSpeech(_spoilt(pcm, self.mishap), rate, tuple(phones), self.name, exact=True)


def _kind(symbol: str) -> str:
    if symbol == PAUSE:
        return "pause"
    if is_vowel(symbol):
        return "vowel"
    return "closure" if symbol in CLOSURES else "other"


def _sound(phone: Phone, generator: np.random.Generator) -> Samples:
    first, last = round(phone.start * RATE), round(phone.end * RATE)
    time: NDArray[np.float64] = np.arange(first, last) / RATE
    if _kind(phone.symbol) in {"pause", "closure"}:
        return np.zeros(len(time), np.float32)
    if phone.symbol[0] in _FRICTION:
        return (0.05 * generator.standard_normal(len(time))).astype(np.float32)
    loudness = 0.2 if _kind(phone.symbol) == "vowel" else 0.08
    hum = sum(np.sin(2 * np.pi * _PITCH * harmonic * time) / harmonic for harmonic in range(1, 12))
    sound: Samples = (loudness * np.asarray(hum)).astype(np.float32)
    return sound


def _spoilt(pcm: Samples, mishap: str) -> Samples:
    if mishap == "nan":
        pcm[len(pcm) // 2] = np.nan
    elif mishap == "silence":
        pcm *= 0.0
    elif mishap == "clipping":
        pcm = np.clip(pcm * 20, -1, 1)
    elif mishap == "endless":
        pcm = np.tile(pcm, 40)
    elif mishap == "short":
        pcm = pcm[RATE // 4 :][: RATE // 10]
    return pcm
