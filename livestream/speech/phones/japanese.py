"""Phones of Japanese: kana by their morae, and how long each phone of a mora lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from livestream.speech.engine import PAUSE

_IPA = {
    "sh": "ɕ", "ch": "tɕ", "j": "dʑ", "f": "ɸ", "y": "j", "r": "ɾ", "N": "ɴ", "ky": "k", "gy": "g", "ny": "n",
    "hy": "ç", "my": "m", "ry": "ɾ", "by": "b", "py": "p", "ty": "t", "dy": "d", "kw": "k", "gw": "g",
}  # fmt: skip
_VOWELS = frozenset("aiueoAIUEO")
_LIPS = frozenset({"p", "b", "m"})
_CONSONANT = 0.4
"""Share of a mora that its consonant takes."""


def with_lengths(said: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, float]]:
    """Yield (IPA, word, morae) of phones in the usual Latin names ("sh", "cl", "N"); capitals are voiceless vowels.

    The first half of a doubled consonant ("cl") is that consonant, and an [n] before the lips' sounds is said with
    the lips shut, as both are in speech. A pause has no length.
    """
    phones = list(said)
    for place, (name, word) in enumerate(phones):
        following = phones[place + 1][0] if place + 1 < len(phones) else PAUSE
        after = _IPA.get(following, following)
        if name == PAUSE:
            yield PAUSE, -1, 0.0
        elif name == "cl":
            yield ("t" if after == PAUSE else after), word, 1.0
        elif name == "N":
            yield ("m" if after in _LIPS else "ɴ"), word, 1.0
        elif name in _VOWELS:
            alone = not place or phones[place - 1][0] in _VOWELS | {"N", "cl", PAUSE}
            yield name.lower(), word, 1.0 if alone else 1.0 - _CONSONANT
        else:
            yield _IPA.get(name, name), word, _CONSONANT
