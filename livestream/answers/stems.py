"""Stems of words, by the endings of a language: data of `reading.toml`, not code."""

from __future__ import annotations

from collections.abc import Sequence

PLURAL = ("s",)
"""The ending taken off where a locale names none: lists are often in English, whatever the show is in."""
_KEPT = ("ss", "us", "is")
_POSSESSIVE = "'s"


class Stems:
    """Takes the ending of a plural or of a case off a word; the first that fits, once.

    Args:
        endings: what words end in, as "en", or with what stands in its place, "ies>y".
        least: how many letters a stem has at least.
        kept: ends of words that have no ending: "ss" of "dress".
    """

    def __init__(self, endings: Sequence[str] = PLURAL, least: int = 3, kept: Sequence[str] = _KEPT) -> None:
        self._endings = tuple((end, instead) for end, _, instead in (each.partition(">") for each in endings))
        self._least = least
        self._kept = tuple(kept)

    def of(self, word: str) -> str:
        """Return the word without its ending, as it is where none fits."""
        bare = word.removesuffix(_POSSESSIVE)
        for end, instead in self._endings:
            if bare.endswith(end):
                stem = bare.removesuffix(end) + instead
                if len(stem) >= self._least and not (end == "s" and bare.endswith(self._kept)):
                    return stem
        return bare
