"""One sound: the voice over the bed, which makes room for it, and the jingle between segments."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from livestream.loudness import integrated
from livestream.media import SAMPLES_PER_FRAME
from livestream.programme import synthesis
from livestream.programme.bed import Bed
from livestream.programme.limiter import Limiter
from livestream.programme.sound import Sound, decibels
from livestream.programme.state import ProgrammeState

DUCK_DB = -8.0
"""From −26 LUFS in pauses to −34 under speech."""
JINGLE_LUFS = -23.0
VOICE_DB = -3.01
"""Speech is −16 LUFS on one channel; heard on both, BS.1770 counts its power twice."""

_HOLD_FRAMES = 8
_ATTACK, _RELEASE = 0.5, 0.07
"""Share of the way to the wanted gain that each frame goes: about 60 ms down, 550 ms up."""
_AUDIBLE = 100
"""Sample values above this (−50 dBFS) are voice."""


class Mixer:
    """Mixes frame after frame; what it returns depends only on the frames it was given before."""

    def __init__(self, bed: Bed, *, seed: int = 0) -> None:
        self._bed, self._limiter = bed, Limiter()
        self._gain = 0.0
        self._held = 0
        tune = synthesis.jingle(seed)
        self._jingle = tune * np.float32(decibels(JINGLE_LUFS - integrated(tune)))
        self._jingle_at: int | None = None
        self._silence = np.zeros((SAMPLES_PER_FRAME, 2), np.float32)

    def mix(self, state: ProgrammeState) -> NDArray[np.int16]:
        """Return the sound of a frame, s16 of shape (1920, 2)."""
        start = state.n * SAMPLES_PER_FRAME
        mixed = self._bed.read(start, SAMPLES_PER_FRAME) * self._ducking(state)
        mixed += (state.stem * np.float32(decibels(VOICE_DB) / 32768))[:, None]
        mixed += self._jingle_of(state, start)
        limited = self._limiter.process(mixed)
        return np.clip(np.rint(limited * 32768), -32768, 32767).astype(np.int16)

    def _ducking(self, state: ProgrammeState) -> Sound:
        """Return the bed's gain over the frame, shape (1920, 1): down fast, up slowly."""
        voiced = state.talking or int(np.abs(state.stem).max()) > _AUDIBLE
        self._held = _HOLD_FRAMES if voiced else max(0, self._held - 1)
        wanted = decibels(DUCK_DB) if self._held else 1.0
        before = self._gain
        self._gain += (wanted - before) * (_ATTACK if wanted < before else _RELEASE)
        return np.linspace(before, self._gain, SAMPLES_PER_FRAME, dtype=np.float32)[:, None]

    def _jingle_of(self, state: ProgrammeState, start: int) -> Sound:
        if any(cue.kind == "jingle" for cue in state.cues):
            self._jingle_at = start
        if self._jingle_at is None:
            return self._silence
        piece = self._jingle[start - self._jingle_at :][:SAMPLES_PER_FRAME]
        if len(piece) == SAMPLES_PER_FRAME:
            return piece
        self._jingle_at = None
        return np.concatenate([piece, self._silence[len(piece) :]])
