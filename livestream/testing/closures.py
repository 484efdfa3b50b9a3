"""How far estimated mouth closures lie from exact ones in the same sound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from livestream.media import SAMPLE_RATE
from livestream.speech.editing import Edit, tighten
from livestream.speech.engine import SpeechEngine
from livestream.speech.guessing import lay_over
from livestream.speech.phones import phones_of
from livestream.speech.placing import Placed, place
from livestream.speech.resample import resample
from livestream.speech.visemes import CLOSURES, bare


def closure_errors(engine: SpeechEngine, texts: Iterable[str], locale: str, *, seed: int = 1) -> list[float]:
    """Return how far, in seconds, each estimated closure of the lips is from the exact one it stands for.

    The engine, whose timing must be exact, speaks each text; phones guessed from the letters are laid over its sound
    as over that of an engine that tells none. Closures are paired in order within a word; one that is missed or
    too many in its word is off by the whole length of the sound.
    """
    errors: list[float] = []
    for text in texts:
        raw = engine.synthesise(text, locale=locale, seed=seed)
        edit = tighten(resample(raw.pcm, raw.rate, SAMPLE_RATE))
        exact = _closures(place(raw.phones, edit))
        guessed = _closures(place(lay_over(phones_of(text, locale), edit.pcm), Edit(edit.pcm, ((0, len(edit.pcm)),))))
        for word in exact.keys() | guessed.keys():
            ours, theirs = guessed.get(word, []), exact.get(word, [])
            errors += [abs(one - other) for one, other in zip(ours, theirs, strict=False)]
            errors += [len(edit.pcm) / SAMPLE_RATE] * abs(len(ours) - len(theirs))
    return errors


def _closures(phones: Sequence[Placed]) -> dict[int, list[float]]:
    """Return the middles, in seconds, of the closures in each word."""
    found: dict[int, list[float]] = {}
    for phone in phones:
        if bare(phone.symbol) in CLOSURES:
            found.setdefault(phone.word, []).append((phone.start + phone.end) / 2 / SAMPLE_RATE)
    return found
