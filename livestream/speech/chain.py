"""Engines in a row, each made dependable by composition, so that a line is spoken whatever fails.

    Chain([Cached(Rested(Checked(Limited(hibari)))), Cached(Rested(Checked(Limited(espeak))))])

Each is itself a `SpeechEngine`. One that is too slow for a show is `Ahead`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from livestream.clock import Clock
from livestream.errors import LivestreamError, MachineError, SpeechError
from livestream.speech.ahead import Ahead, NotAheadError
from livestream.speech.cache import Cached, SpeechCache
from livestream.speech.engine import RawSpeech, SpeechEngine, make_engine
from livestream.speech.limits import Checked, Limited, Rested
from livestream.speech.voice import Voice

log = logging.getLogger(__name__)


class Chain:
    """Asks one engine after another until one speaks."""

    def __init__(self, engines: Sequence[SpeechEngine]) -> None:
        if not engines:
            raise MachineError("a chain of speech engines needs at least one engine")
        self._engines = tuple(engines)
        self.name = engines[0].name
        self.about = engines[0].about
        self.version = "+".join(f"{engine.name}/{engine.version}" for engine in engines)
        self.rejected = self.unready = 0
        """How often an engine failed, and how often one had not made a line ahead."""

    def allow(self, seconds: float) -> None:
        """Say how long the lines from now on may take an engine that works ahead."""
        for engine in self._engines:
            if isinstance(engine, Ahead):
                engine.within = seconds

    def warm_up(self) -> None:
        """Warm up every engine, the first before the others: one that fails must not wait for the next one to load."""
        for engine in self._engines:
            try:
                engine.warm_up()
            except LivestreamError as error:
                log.warning("speech engine %s cannot be loaded: %s", engine.name, error)

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the first engine's sound that is to be had; `engine` in it says whose.

        Raises:
            SpeechError: no engine could; the message gives each one's reason.
        """
        reasons: list[str] = []
        for engine in self._engines:
            try:
                return replace(engine.synthesise(spoken, locale=locale, seed=seed), engine=engine.name)
            except NotAheadError as error:
                self.unready += 1
                reasons.append(str(error))
            except SpeechError as error:
                self.rejected += 1
                reasons.append(str(error))
                log.warning("speech engine %s passed over: %s", engine.name, error)
        raise SpeechError(
            f"no engine could speak the line: {'; '.join(reasons)}",
            where=spoken[:60],
            remedy="See which engines this machine has with: livestream doctor.",
        )


def make_chain(voice: Voice, cache: SpeechCache, *, on_air: bool = False, clock: Clock | None = None) -> Chain:
    """Return a voice's engines as one, each limited, checked and cached; absent ones are left out.

    With `on_air` an engine that is too slow for a show gives what was made ahead, until `allow` says otherwise.

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
        engines.append(dependable(engine, voice, cache, on_air=on_air, clock=clock))
    if not engines:
        raise MachineError(f"no speech engine of {voice.locale} is installed: {' '.join(absent)}", where=voice.where)
    return Chain(engines)


def dependable(
    engine: SpeechEngine, voice: Voice, cache: SpeechCache, *, on_air: bool = False, clock: Clock | None = None
) -> SpeechEngine:
    """Return an engine limited, checked and cached, so that what it gives is speech and comes in time."""
    if engine.about.live:
        return Cached(Rested(Checked(Limited(engine), voice.rate), clock), cache)
    return Ahead(engine, Cached(Checked(engine, voice.rate), cache), on_air=on_air)
