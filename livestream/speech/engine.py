"""What a speech engine is: words in, sound and the times of its phones out.

Engines are found by the entry-point group `livestream.speech_engines`; an entry names a callable
that takes the locale's `Voice` and returns a `SpeechEngine`. The built-ins are registered the
same way as a plug-in's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from livestream.errors import MachineError

if TYPE_CHECKING:
    from livestream.speech.voice import Voice

GROUP = "livestream.speech_engines"
PAUSE = ""
"""Symbol of a phone in which nothing is said."""

Tier = Literal["neural", "concatenative", "formant"]
"""How a voice is made, and so how it sounds: learnt whole, learnt in parts and strung together, or modelled."""
Timing = Literal["exact", "estimated"]

Samples = NDArray[np.float32]
"""Mono samples of full scale ±1, shape (n,)."""


@dataclass(frozen=True, slots=True)
class About:
    """What an engine is, for whoever chooses one.

    `timing` says whether the times of its phones come from the sound's own making; `licence` names in one line
    that of the code and of the voice, with the credit the voice asks for; an engine that is not `live` is too slow
    for answers on two cores, so that its lines are made ahead; `extra` is the extra of this package that installs
    it, empty for the core; a `distant` one is a server, that may be there or not.
    """

    tier: Tier
    timing: Timing
    licence: str
    live: bool = True
    extra: str = ""
    distant: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    """One speech sound in IPA, in seconds from the start of its sound.

    `word` counts the blank-separated words of the spoken text from 0; a pause has the symbol
    `PAUSE` and word −1.
    """

    symbol: str
    start: float
    end: float
    word: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class RawSpeech:
    """What an engine gives: unlevelled sound at its own rate and, where it knows them, phones.

    `exact` says that the phones' times come from the sound's own making; otherwise only their order
    counts, and how long they are in relation to each other where that is told. `engine` is filled
    in by whoever chose the engine, so that a chain can say who spoke.
    """

    pcm: Samples
    rate: int
    phones: tuple[Phone, ...] = ()
    engine: str = ""
    exact: bool = False

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / self.rate


class SpeechEngine(Protocol):
    """Something that speaks. Calls come from one thread at a time.

    `version` changes whenever the same words would sound different, since it is part of the cache's key.
    """

    @property
    def name(self) -> str:
        """The name it is registered under."""
        ...

    @property
    def about(self) -> About:
        """What it is."""
        ...

    @property
    def version(self) -> str:
        """Engine, voice and every setting that shapes the sound."""
        ...

    def warm_up(self) -> None:
        """Load what the first sentence would wait for."""
        ...

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return the sound of one sentence; the same arguments give the same sound.

        Blanks part the tokens of `spoken` also in a language that is written without them: an engine that would
        pause there takes them out, and counts words by them all the same.

        Raises:
            SpeechError: it could not.
        """
        ...


EngineFactory = Callable[["Voice"], SpeechEngine]


_UNSEEN = {"Cc": " ", "Cf": ""}
_BRACKETS = str.maketrans("[]<>{}", "()()()")


def plain(spoken: str) -> str:
    """Return a text without control characters and without the brackets that engines take as markup."""
    signs = (_UNSEEN.get(unicodedata.category(c), c) for c in spoken)
    return " ".join("".join(signs).translate(_BRACKETS).split())


def engine_names() -> list[str]:
    """Return the names of all registered engines, sorted."""
    return sorted({entry.name for entry in entry_points(group=GROUP)})


def factory_of(name: str) -> EngineFactory:
    """Return what makes the engine registered as `name`, for the built-ins its class.

    Raises:
        MachineError: no such engine is registered, or its module cannot be loaded.
    """
    for entry in entry_points(group=GROUP, name=name):
        try:
            factory: EngineFactory = entry.load()
        except ImportError as error:
            raise MachineError(
                f"the speech engine {name} cannot be loaded: {error}", remedy=f"Reinstall what provides {name}."
            ) from error
        return factory
    raise MachineError(
        f"no speech engine is called {name!r}",
        remedy=f"Known engines: {', '.join(engine_names()) or 'none'}.",
    )


def make_engine(name: str, voice: Voice) -> SpeechEngine:
    """Return the engine registered as `name`, ready to speak in `voice`.

    Raises:
        MachineError: no such engine is registered, or its library or program is absent.
    """
    return factory_of(name)(voice)
