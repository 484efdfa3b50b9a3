"""Engines held to what can be expected of them: a time, a sound that may be speech, and a rest after failures."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

import numpy as np

from livestream.clock import Clock, SystemClock
from livestream.errors import SpeechError
from livestream.pacing import Rate
from livestream.speech.engine import RawSpeech, Samples, SpeechEngine

RATES = frozenset({8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000})
TIME_LIMIT = 20.0
"""Seconds an engine may take for one sentence."""
MISSES = 3
"""Failures in a row after which an engine is passed over for `REST` seconds; then one line is tried."""
REST = 30.0
_AUDIBLE = 10 ** (-50 / 20)
_CLIPPED = 0.999
_MOST_CLIPPED = 0.0005
_LEAST_EXPECTED = 0.5
_LEAST_ALIKE = 0.2
"""Correlation of neighbouring samples: over 0.6 in any speech, 0 in white noise."""


class Around:
    """An engine around another: of the same name and version."""

    def __init__(self, engine: SpeechEngine) -> None:
        self._engine = engine
        self.name = engine.name
        self.about = engine.about
        self.version = engine.version

    def warm_up(self) -> None:
        """Warm the engine up."""
        self._engine.warm_up()


class Checked(Around):
    """Rejects what is not speech: NaN, silence, noise, clipping, absurd length, an impossible rate."""

    def __init__(self, engine: SpeechEngine, rate: Rate) -> None:
        super().__init__(engine)
        self._rate = rate

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the engine's sound where it passes.

        Raises:
            SpeechError: it does not; the message says what was wrong.
        """
        raw = self._engine.synthesise(spoken, locale=locale, seed=seed)
        fault = _sound_fault(raw) or self._length_fault(raw, spoken) or self._phone_fault(raw)
        if fault:
            raise SpeechError(f"{self.name} gave {fault}", where=spoken[:60])
        return raw

    def _length_fault(self, raw: RawSpeech, spoken: str) -> str:
        expected = max(self._rate.seconds(spoken), _LEAST_EXPECTED)
        if not expected / 5 <= raw.seconds <= expected * 10:
            return f"{raw.seconds:.1f} s where about {expected:.1f} s were expected"
        return ""

    def _phone_fault(self, raw: RawSpeech) -> str:
        here = 0.0
        for phone in raw.phones if raw.exact else ():
            if not (math.isfinite(phone.start) and here - 0.001 <= phone.start <= phone.end <= raw.seconds + 0.05):
                return f"phones that are not in order: {phone}"
            here = phone.end
        return "no phones" if raw.exact and not raw.phones else ""


def _sound_fault(raw: RawSpeech) -> str:
    if raw.rate not in RATES:
        return f"a sample rate of {raw.rate} Hz"
    if raw.pcm.ndim != 1 or raw.pcm.dtype.kind != "f" or not len(raw.pcm):
        return f"samples of shape {raw.pcm.shape} and type {raw.pcm.dtype}"
    if not np.isfinite(raw.pcm).all():
        return "samples that are not numbers"
    magnitude = np.abs(raw.pcm)
    if magnitude.max() < _AUDIBLE:
        return "silence"
    if (magnitude >= _CLIPPED).mean() > _MOST_CLIPPED:
        return "clipped sound"
    return "noise" if _alike(raw.pcm) < _LEAST_ALIKE else ""


def _alike(pcm: Samples) -> float:
    """Return how alike neighbouring samples are, 1 at most."""
    return float(np.dot(pcm[1:], pcm[:-1]) / max(float(np.dot(pcm, pcm)), 1e-9))


class Limited(Around):
    """Gives an engine a time limit. One that overruns is left to itself and passed over until it returns.

    `niceness` is that of the thread it works in, where the system has one for each.
    """

    def __init__(self, engine: SpeechEngine, seconds: float = TIME_LIMIT, *, niceness: int | None = None) -> None:
        super().__init__(engine)
        self._seconds = seconds
        self._niceness = niceness
        self._overdue: Future[RawSpeech] | None = None

    @property
    def hangs(self) -> bool:
        """Whether it is still in a sentence that nobody waits for any more."""
        return self._overdue is not None and not self._overdue.done()

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the engine's sound.

        Raises:
            SpeechError: the engine raised, took too long, or still hangs in an earlier sentence.
        """
        return self.within(self._seconds, spoken, locale=locale, seed=seed)

    def within(self, seconds: float, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the engine's sound, as `synthesise` with a time limit of its own."""
        if self.hangs:
            raise SpeechError(f"{self.name} still hangs in an earlier sentence", retryable=True)
        self._overdue = None
        result: Future[RawSpeech] = Future()
        work = threading.Thread(
            target=self._run,
            args=(result, lambda: self._engine.synthesise(spoken, locale=locale, seed=seed)),
            name=f"speech-{self.name}",
            daemon=True,
        )
        work.start()
        try:
            return result.result(timeout=seconds)
        except TimeoutError as error:
            self._overdue = result
            raise SpeechError(f"{self.name} took more than {seconds:g} s", where=spoken[:60], retryable=True) from error

    def _run(self, result: Future[RawSpeech], work: Callable[[], RawSpeech]) -> None:
        try:
            if self._niceness is not None:
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), self._niceness)
            result.set_result(work())
        except SpeechError as error:
            result.set_exception(error)
        except Exception as error:  # noqa: BLE001 - an engine is foreign code, and this is its supervisor
            result.set_exception(SpeechError(f"{self.name} failed: {type(error).__name__}: {error}"))


class Rested(Around):
    """A breaker: an engine that failed several times in a row is passed over for a while, at no cost of time."""

    def __init__(self, engine: SpeechEngine, clock: Clock | None = None) -> None:
        super().__init__(engine)
        self._clock = clock or SystemClock()
        self._misses = 0
        self._until = -math.inf

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the engine's sound.

        Raises:
            SpeechError: it failed, or rests.
        """
        if self._misses >= MISSES and self._clock.monotonic() < self._until:
            raise SpeechError(f"{self.name} rests after {self._misses} failures", retryable=True)
        try:
            raw = self._engine.synthesise(spoken, locale=locale, seed=seed)
        except SpeechError:
            self._misses += 1
            self._until = self._clock.monotonic() + REST
            raise
        self._misses = 0
        return raw
