"""Phones of Japanese: kana by their morae, and how long each phone of a mora lasts."""

from __future__ import annotations

import unicodedata
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
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "g": "がぎぐげご", "s": "さ　すせそ", "z": "ざ　ずぜぞ", "t": "た　　てと",
    "d": "だぢづでど", "n": "なにぬねの", "h": "はひ　へほ", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ", "m": "まみむめも",
    "y": "や　ゆ　よ", "r": "らりるれろ", "w": "わ　　　を", "sh": "　し　　　", "j": "　じ　　　", "ch": "　ち　　　",
    "ts": "　　つ　　", "f": "　　ふ　　",
}  # fmt: skip
_KANA = {kana: (row, vowel) for row, kanas in _ROWS.items() for kana, vowel in zip(kanas, "aiueo", strict=True)}
_KANA["ゔ"] = ("b", "u")
_SMALL = dict(zip("ぁぃぅぇぉゃゅょゎ", "aiueoauoa", strict=True))
_FIRST_KATAKANA, _LAST_KATAKANA, _TO_HIRAGANA = "ァ", "ヶ", 0x60


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


def kana_names(text: str) -> list[str]:
    """Return the usual Latin names of the phones of a text; a kanji, whose reading is unknown, is two neutral morae."""
    names: list[str] = []
    for sign in unicodedata.normalize("NFKC", text):
        kana = chr(ord(sign) - _TO_HIRAGANA) if _FIRST_KATAKANA <= sign <= _LAST_KATAKANA else sign
        if kana in _KANA:
            names += [name for name in _KANA[kana] if name]
        elif kana in _SMALL and names:
            names[-1] = _SMALL[kana]
        elif kana == "っ":
            names.append("cl")
        elif kana == "ん":
            names.append("N")
        elif kana == "ー" and names:
            names.append(names[-1])
        elif sign.isalpha():
            names += ["ə", "ə"]
    return names
