"""An engine that is too slow for a show: on air it gives what was made ahead, and makes what somebody can wait for."""

from __future__ import annotations

import math
from contextlib import suppress

from livestream.errors import MachineError, SpeechError
from livestream.speech.cache import Cached
from livestream.speech.engine import RawSpeech, SpeechEngine, factory_of, make_engine
from livestream.speech.limits import Limited
from livestream.speech.voice import Voice

LOWEST_PRIORITY = 19
"""The niceness of the thread such an engine works in."""
LONGEST = 120.0
"""Seconds a sentence may take where nobody is on air."""


def slow_engine(voice: Voice) -> SpeechEngine | None:
    """Return the engine that makes a voice's lines ahead, or None where the first that is here keeps up with a show.

    No library of an engine that keeps up is loaded to find out.
    """
    for name in voice.engines:
        with suppress(MachineError):
            about = getattr(factory_of(name), "about", None)
            if about is not None and about.live:
                return None
            engine = make_engine(name, voice)
            return None if engine.about.live else engine
    return None


class NotAheadError(SpeechError):
    """The line was not made ahead and there is no time to make it: the next engine's turn, and nobody's fault."""


class Ahead:
    """Gives what is kept, and makes anything else within `within` seconds: on air 0 until somebody can wait.

    On air it works in a thread that yields to all others. A sound that comes too late is kept all the same, for
    the next time.
    """

    def __init__(self, engine: SpeechEngine, cached: Cached, *, on_air: bool) -> None:
        self._cached = cached
        self._limited = Limited(cached, LONGEST, niceness=LOWEST_PRIORITY if on_air else None)
        self.name, self.about, self.version = engine.name, engine.about, engine.version
        self.within = 0.0 if on_air else math.inf

    def warm_up(self) -> None:
        """Load the engine: an answer may have time for it."""
        self._cached.warm_up()

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the kept sound, or make it where there is time.

        Raises:
            NotAheadError: there is no time, or it ran out.
            SpeechError: the engine could not speak it.
        """
        kept = self._cached.kept(spoken, locale=locale, seed=seed)
        if kept is not None:
            return kept
        if self.within <= 0 or self._limited.hangs:
            raise NotAheadError(f"{self.name} has not made this line ahead", where=spoken[:60], retryable=True)
        try:
            return self._limited.within(min(self.within, LONGEST), spoken, locale=locale, seed=seed)
        except SpeechError as error:
            if self._limited.hangs:
                raise NotAheadError(str(error), where=spoken[:60], retryable=True) from error
            raise
