"""Which fonts of this machine can write which locale's script."""

from __future__ import annotations

import logging
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale as BabelLocale
from babel.core import get_global

from livestream.errors import MachineError
from livestream.programme.graphics import skia

log = logging.getLogger(__name__)
Manager = Any
"""Skia's font manager."""

_BASE = "Noto Sans"
_CORE, _CJK = "fonts-noto-core", "fonts-noto-cjk"


class _Script(NamedTuple):
    """Letters that a font of the script must have, the family meant for it, the package that has it."""

    sample: str
    family: str
    package: str


_SCRIPTS = {
    "Latn": _Script("aßđž", _BASE, _CORE),
    "Cyrl": _Script("жіў", _BASE, _CORE),
    "Grek": _Script("αώ", _BASE, _CORE),
    "Arab": _Script("مگی", "Noto Sans Arabic", _CORE),
    "Hebr": _Script("שם", "Noto Sans Hebrew", _CORE),
    "Deva": _Script("कि", "Noto Sans Devanagari", _CORE),
    "Beng": _Script("কি", "Noto Sans Bengali", _CORE),
    "Taml": _Script("கி", "Noto Sans Tamil", _CORE),
    "Thai": _Script("กี", "Noto Sans Thai", _CORE),
    "Hans": _Script("产价", "Noto Sans CJK SC", _CJK),
    "Hant": _Script("產價", "Noto Sans CJK TC", _CJK),
    "Jpan": _Script("あ価", "Noto Sans CJK JP", _CJK),
    "Kore": _Script("가", "Noto Sans CJK KR", _CJK),
}


@dataclass(frozen=True, slots=True)
class ScriptCoverage:
    """Whether a script (ISO 15924) can be written, in which family, and what to install if not."""

    script: str
    family: str
    package: str

    @property
    def covered(self) -> bool:
        """Whether some installed font has the script's letters."""
        return bool(self.family)


def script_of(locale: str) -> str:
    """Return the script a BCP 47 locale is written in, by CLDR's likely subtags."""
    known = BabelLocale.parse(locale, sep="-")
    likely = get_global("likely_subtags")
    tag = likely.get(f"{known.language}_{known.territory}") or likely.get(known.language, "")
    parts = tag.split("_")
    return known.script or (parts[1] if len(parts) == 3 else "Latn")


@cache
def families(locale: str) -> tuple[str, ...]:
    """Return the font families to try, in order; what none of them has comes from the system's own fallback.

    The locale's own family comes early, since the same Chinese character is written differently in
    Japan, Korea, Taiwan and China.
    """
    own = _SCRIPTS.get(script_of(locale), _SCRIPTS["Latn"]).family
    return tuple(dict.fromkeys((_BASE, own, *(script.family for script in _SCRIPTS.values()), "DejaVu Sans")))


@cache
def runs_right_to_left(locale: str) -> bool:
    """Return whether the locale's script does."""
    return script_of(locale) in {"Arab", "Hebr"}


@cache
def font_manager() -> Manager:
    """Return the one view of the system's fonts."""
    with _muted():
        return skia().FontMgr()


@contextmanager
def _muted() -> Iterator[None]:
    """Keep the library that finds fonts from writing to the terminal.

    It complains of each element that a newer system's configuration has and it does not know.
    """
    try:
        kept = os.dup(2)
    except OSError:  # there is no standard error to keep clean
        yield
        return
    with Path(os.devnull).open("wb") as null:
        os.dup2(null.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@cache
def _faces(locale: str) -> tuple[Any, ...]:
    """Return the typefaces that are tried first."""
    style = skia().FontStyle.Bold()
    found = (font_manager().matchFamilyStyle(family, style) for family in families(locale))
    return tuple(face for face in found if face is not None)


@lru_cache(maxsize=8192)
def _has(char: str, locale: str) -> bool:
    """Return whether some font has a character; signs that are not seen need none."""
    if char.isspace() or unicodedata.category(char) in {"Cf", "Cc", "Zs"}:
        return True
    if any(face.unicharToGlyph(ord(char)) for face in _faces(locale)):
        return True
    found = font_manager().matchFamilyStyleCharacter(_BASE, skia().FontStyle.Bold(), [locale], ord(char))
    if found is None:
        log.warning("no font has %s U+%04X; it is left out", unicodedata.name(char, "a sign without a name"), ord(char))
    return found is not None


def unwritable(text: str, locale: str) -> tuple[str, ...]:
    """Return the characters of a text that no installed font has, each once."""
    return tuple(dict.fromkeys(char for char in text if not char.isascii() and not _has(char, locale)))


def written(text: str, locale: str) -> str:
    """Return the text without what no font has: an empty box on screen says nothing. Each is told once in the log."""
    return text if text.isascii() else "".join(char for char in text if _has(char, locale))


def _family_of(text: str, locale: str) -> str:
    """Return the family that has every character of `text`, empty if none has."""
    style = skia().FontStyle.Bold()
    family = ""
    for character in text:
        face = font_manager().matchFamilyStyleCharacter(_BASE, style, [locale], ord(character))
        if face is None:
            return ""
        family = face.getFamilyName()
    return family


def _coverage(script: str, locale: str) -> ScriptCoverage:
    known = _SCRIPTS.get(script, _SCRIPTS["Latn"])
    return ScriptCoverage(script, _family_of(known.sample, locale), known.package)


def fonts_report(locale: str) -> tuple[ScriptCoverage, ...]:
    """Return the coverage of the locale's own script first, then of every other one known.

    Raises:
        MachineError: the drawing library cannot be loaded.
    """
    own = script_of(locale)
    return tuple(_coverage(script, locale) for script in (own, *(script for script in _SCRIPTS if script != own)))


def require_fonts(locale: str) -> None:
    """Check that the locale's script can be written.

    Raises:
        MachineError: no installed font has it; the remedy names the package.
    """
    own = _coverage(script_of(locale), locale)
    if not own.covered:
        raise MachineError(
            f"no installed font can write {own.script}, the script of {locale}",
            where="fonts",
            remedy=f"Install one: apt-get install -y {own.package}",
        )
    _faces(locale)  # looked up now, which takes as long as a frame, and not on air
