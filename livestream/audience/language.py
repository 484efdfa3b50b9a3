"""Which language a comment is in: told by its letters and words, leaning to the stream's."""

from __future__ import annotations

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


class LanguageGuess:
    """Guesses among the stream's language, English and `languages`, never among all there are.

    The models of nine languages take about 170 MB and a second to load, which `load` or the first
    guess does.
    """

    def __init__(self, locale: str, languages: Sequence[str] = LANGUAGES) -> None:
        self._locale = locale
        self._own = locale.partition("-")[0]
        self._codes = sorted({self._own, "en", *(tag.partition("-")[0] for tag in languages)})
        self._detector: LanguageDetector | None = None

    def load(self) -> LanguageDetector:
        """Load the models now."""
        if self._detector is None:
            from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

            known = {
                code: getattr(IsoCode639_1, code.upper()) for code in self._codes if hasattr(IsoCode639_1, code.upper())
            }
            chosen = [Language.from_iso_code_639_1(code) for code in known.values()]
            self._detector = LanguageDetectorBuilder.from_languages(*chosen).with_preloaded_language_models().build()
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
