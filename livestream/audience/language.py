"""Which language a comment is in: told by its letters and words, leaning to the stream's."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

LANGUAGES = ("en", "es", "pt", "fr", "de", "it", "id", "ja", "zh")
"""Languages told apart where none are named."""

_LEAST = 8
"""Letters below which a text tells nothing, unless its script does."""
_PRIOR = 3.0
"""How many times likelier the stream's language is, to begin with."""
_BREATH = 0.02
"""Seconds between two models, in which the other threads do what has waited."""


class LanguageGuess:
    """Guesses among the stream's language, English and `languages`, never among all there are.

    The models of nine languages take about 170 MB and 1.3 s to load, which `load` or the first guess
    does. Trigrams alone would take 10 MB, but mistake one English or Spanish comment in fifteen more.
    The process is to run with RAYON_NUM_THREADS=1: a second thread would take a core from the picture,
    and another 60 MB.
    """

    def __init__(self, locale: str, languages: Sequence[str] = LANGUAGES) -> None:
        self._locale = locale
        self._own = locale.partition("-")[0]
        self._codes = sorted({self._own, "en", *(tag.partition("-")[0] for tag in languages)})
        self._detector: LanguageDetector | None = None

    def load(self) -> LanguageDetector:
        """Load the models now, one after another: each holds up every other thread, for 0.3 s at most."""
        if self._detector is None:
            from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

            known = [getattr(IsoCode639_1, code.upper(), None) for code in self._codes]
            chosen = [Language.from_iso_code_639_1(code) for code in known if code is not None]
            for language in chosen:  # once loaded, a model serves every detector of the process
                LanguageDetectorBuilder.from_languages(language).with_preloaded_language_models().build()
                time.sleep(_BREATH)
            self._detector = LanguageDetectorBuilder.from_languages(*chosen).build()
        return self._detector

    def of(self, text: str, told: str = "") -> str:
        """Return a BCP 47 tag: the stream's locale where it is that language or nothing can be told.

        `told` is what the platform says of the comment; it decides where the text is too short.
        """
        letters = sum(map(str.isalpha, text))
        foreign = any(char > "\u0370" and char.isalpha() for char in text)
        if letters < _LEAST and not (foreign and letters):
            code = told.partition("-")[0].lower()
            return self._tag(code if code in self._codes else self._own)
        scores = {
            value.language.iso_code_639_1.name.lower(): value.value
            for value in self.load().compute_language_confidence_values(text)
        }
        if self._own in scores:
            scores[self._own] *= _PRIOR
        best = max(scores, key=lambda code: scores[code], default=self._own)
        return self._tag(best if scores.get(best) else self._own)

    def _tag(self, code: str) -> str:
        return self._locale if code == self._own else code
