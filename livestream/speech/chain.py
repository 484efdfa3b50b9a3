"""Engines made dependable by composition: a time limit, a check of what came, a fallback.

    Chain([Cached(Checked(Limited(hibari))), Cached(Checked(Limited(espeak)))])

Each is itself a `SpeechEngine`.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

import numpy as np

from livestream.errors import MachineError, SpeechError
from livestream.pacing import Rate
from livestream.speech.cache import Cached, SpeechCache
from livestream.speech.engine import RawSpeech, SpeechEngine, make_engine
from livestream.speech.voice import Voice

log = logging.getLogger(__name__)

RATES = frozenset({8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000})
TIME_LIMIT = 20.0
"""Seconds an engine may take for one sentence."""
_AUDIBLE = 10 ** (-50 / 20)
_CLIPPED = 0.999
_MOST_CLIPPED = 0.0005
_LEAST_EXPECTED = 0.5


class _Around:
    """An engine around another: the same in name, kind and version."""

    def __init__(self, engine: SpeechEngine) -> None:
        self._engine = engine
        self.name = engine.name
        self.about = engine.about
        self.version = engine.version

    def warm_up(self) -> None:
        """Warm the engine up."""
        self._engine.warm_up()


class Checked(_Around):
    """Rejects what is not speech: NaN, silence, clipping, absurd length, an impossible rate."""

    def __init__(self, engine: SpeechEngine, rate: Rate) -> None:
        super().__init__(engine)
        self._rate = rate

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the engine's sound where it passes.

        Raises:
            SpeechError: it does not; the message says what was wrong.
        """
        raw = self._engine.synthesise(spoken, locale=locale, seed=seed)
        fault = self._fault(raw, spoken)
        if fault:
            raise SpeechError(f"{self.name} gave {fault}", where=spoken[:60])
        return raw

    def _fault(self, raw: RawSpeech, spoken: str) -> str:
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
        expected = max(self._rate.seconds(spoken), _LEAST_EXPECTED)
        if not expected / 5 <= raw.seconds <= expected * 10:
            return f"{raw.seconds:.1f} s where about {expected:.1f} s were expected"
        return self._phone_fault(raw)

    @staticmethod
    def _phone_fault(raw: RawSpeech) -> str:
        here = 0.0
        for phone in raw.phones if raw.exact else ():
            if not (math.isfinite(phone.start) and here - 0.001 <= phone.start <= phone.end <= raw.seconds + 0.05):
                return f"phones that are not in order: {phone}"
            here = phone.end
        return "no phones" if raw.exact and not raw.phones else ""


class Limited(_Around):
    """Gives an engine a time limit. One that overruns is left to itself and passed over until it returns."""

    def __init__(self, engine: SpeechEngine, seconds: float = TIME_LIMIT) -> None:
        super().__init__(engine)
        self._seconds = seconds
        self._overdue: Future[RawSpeech] | None = None

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the engine's sound.

        Raises:
            SpeechError: the engine raised, took too long, or still hangs in an earlier sentence.
        """
        if self._overdue is not None and not self._overdue.done():
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
            return result.result(timeout=self._seconds)
        except TimeoutError as error:
            self._overdue = result
            raise SpeechError(
                f"{self.name} took more than {self._seconds:g} s", where=spoken[:60], retryable=True
            ) from error

    def _run(self, result: Future[RawSpeech], work: Callable[[], RawSpeech]) -> None:
        try:
            result.set_result(work())
        except SpeechError as error:
            result.set_exception(error)
        except Exception as error:  # noqa: BLE001 - an engine is foreign code, and this is its supervisor
            result.set_exception(SpeechError(f"{self.name} failed: {type(error).__name__}: {error}"))


class Chain:
    """Asks one engine after another until one speaks."""

    def __init__(self, engines: Sequence[SpeechEngine]) -> None:
        if not engines:
            raise MachineError("a chain of speech engines needs at least one engine")
        self._engines = tuple(engines)
        self.name = engines[0].name
        self.about = engines[0].about
        self.version = "+".join(f"{engine.name}/{engine.version}" for engine in engines)
        self.rejected = 0

    def warm_up(self) -> None:
        """Warm up the first engine; the others speak only in need."""
        self._engines[0].warm_up()

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the first engine's sound that is to be had; `engine` in it says whose.

        Raises:
            SpeechError: no engine could; the message gives each one's reason.
        """
        reasons: list[str] = []
        for engine in self._engines:
            try:
                return replace(engine.synthesise(spoken, locale=locale, seed=seed), engine=engine.name)
            except SpeechError as error:
                self.rejected += 1
                reasons.append(str(error))
                log.warning("speech engine %s passed over: %s", engine.name, error)
        raise SpeechError(
            f"no engine could speak the line: {'; '.join(reasons)}",
            where=spoken[:60],
            remedy="See which engines this machine has with: livestream doctor.",
        )


def make_chain(voice: Voice, cache: SpeechCache) -> Chain:
    """Return a voice's engines as one, each limited, checked and cached; absent ones are left out.

    Raises:
        MachineError: none of the voice's engines is installed.
    """
    engines: list[SpeechEngine] = []
    absent: list[str] = []
    for name in voice.engines:
        try:
            engine = make_engine(name, voice)
        except MachineError as error:
            absent.append(str(error))
            log.warning("speech engine %s is absent: %s", name, error)
            continue
        engines.append(Cached(Checked(Limited(engine), voice.rate), cache))
    if not engines:
        raise MachineError(f"no speech engine of {voice.locale} is installed: {' '.join(absent)}", where=voice.where)
    return Chain(engines)
