"""Which language a text of a product list is in, so that none is read aloud in another."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "vi", "zh")
"""ISO 639-1 codes of the languages told apart."""
_LEAST, _LEAST_FOREIGN = 40, 4
"""Letters below which a text tells nothing: Latin ones ("Large four seater grey sofa" looks Vietnamese), and others."""
_JUDGED = 1_000
"""Characters of a text that are looked at."""
_SURE, _CLEAR = 0.6, 0.9
"""How sure one must be that a text is in a language, and that an unexpected one is not a mistake."""
_ENGLISH = re.compile(r"\b(?:the|and|with|for|from|this|your|you|it|is)\b", re.IGNORECASE)
_OFTEN = 12
"""Words of which one, in English, is such a small one; "The North Face" does not make a German text English."""


@cache
def _detector() -> LanguageDetector:
    """Load letter statistics alone: 20 MB and 0.1 s, enough for sentences."""
    from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

    known = [Language.from_iso_code_639_1(getattr(IsoCode639_1, code.upper())) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode().build()


@lru_cache(maxsize=1024)
def _told(text: str) -> tuple[str, float]:
    best = _detector().compute_language_confidence_values(text[:_JUDGED])[0]
    return best.language.iso_code_639_1.name.lower(), best.value


def _short(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) < (_LEAST if all(char < "\u0370" for char in letters) else _LEAST_FOREIGN)


def language_of(text: str) -> str:
    """Return the language (ISO 639-1) that a text is most likely in, be it short: a guess."""
    return _told(text)[0]


def is_in(text: str, language: str) -> bool:
    """Whether a text is in a language (ISO 639-1); one too short to tell is not."""
    if _short(text):
        return False
    code, share = _told(text)
    return code == language and share >= _SURE


def is_foreign(text: str, language: str) -> bool:
    """Whether a text is clearly in another language than this one; one too short to tell is not."""
    if _short(text) or (language == "en" and len(_ENGLISH.findall(text)) > len(text.split()) // _OFTEN):
        return False
    code, share = _told(text)
    return code != language and share >= _CLEAR
