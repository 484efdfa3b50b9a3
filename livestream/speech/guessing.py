"""Phones for a sound whose engine tells none: guessed from the letters, laid over what is heard.

The mouth then moves with the right number of openings at about the right times, which is good
enough to look at and is marked `estimated`.
"""

from __future__ import annotations

import numpy as np

from livestream.media import SAMPLE_RATE
from livestream.speech.editing import silences
from livestream.speech.engine import PAUSE, Phone, Samples

# Longest first; each letter or group of Latin letters and the phone it mostly stands for.
_LETTERS = {
    "tch": "tʃ", "igh": "aɪ", "ch": "tʃ", "sh": "ʃ", "th": "ð", "ph": "f", "wh": "w", "ck": "k", "ng": "ŋ", "qu": "k",
    "oo": "u", "ou": "aʊ", "ow": "oʊ", "ee": "i", "ea": "i", "ai": "eɪ", "ay": "eɪ", "oi": "ɔɪ", "oy": "ɔɪ", "au": "ɔ",
    "aw": "ɔ", "oa": "oʊ", "a": "æ", "b": "b", "c": "k", "d": "d", "e": "ɛ", "f": "f", "g": "g", "h": "h", "i": "ɪ",
    "j": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n", "o": "ɑ", "p": "p", "q": "k", "r": "ɹ", "s": "s", "t": "t",
    "u": "ʌ", "v": "v", "w": "w", "x": "s", "y": "i", "z": "z",
}  # fmt: skip
_LONGEST = max(map(len, _LETTERS))
_VOWEL_LETTERS = "aeiouy"


def letters_to_phones(word: str) -> list[str]:
    """Return phones for a word in Latin letters; doubled letters count once, a final e is mute."""
    letters = [c for c in word.lower() if c.isalpha()]
    text = "".join(c for i, c in enumerate(letters) if i == 0 or c != letters[i - 1] or c in "eo")
    if len(text) > 2 and text.endswith("e") and text[-2] not in _VOWEL_LETTERS:
        text = text[:-1]
    phones: list[str] = []
    place = 0
    while place < len(text):
        for size in range(_LONGEST, 0, -1):
            if text[place : place + size] in _LETTERS:
                phones.append(_LETTERS[text[place : place + size]])
                break
        else:
            size = 1
            phones.append("ə")
        place += size
    return phones


def guess_phones(spoken: str) -> list[tuple[str, int]]:
    """Return (phone, word) pairs of a text; pauses stand where the punctuation does, with word −1."""
    pairs: list[tuple[str, int]] = []
    for index, word in enumerate(spoken.split()):
        pairs += [(phone, index) for phone in letters_to_phones(word)]
        if word[-1] in ",;:—–.!?…" and pairs:
            pairs.append((PAUSE, -1))
    return pairs


def lay_over(pairs: list[tuple[str, int]], pcm: Samples) -> tuple[Phone, ...]:
    """Return the phones spread over the parts of a 48 kHz sound in which something is heard."""
    edges = [0, *(edge for silence in silences(pcm, 0.12) for edge in silence), len(pcm)]
    heard = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
    said = [pair for pair in pairs if pair[0] != PAUSE]
    if not heard or not said:
        return (Phone(PAUSE, 0.0, len(pcm) / SAMPLE_RATE),)
    lengths = np.array([_weight(symbol) for symbol, _ in said])
    share = np.concatenate(([0.0], np.cumsum(lengths) / lengths.sum()))
    spoken_until = np.concatenate(([0], np.cumsum([b - a for a, b in heard])))
    total = int(spoken_until[-1])
    starts = np.array([a for a, _ in heard])

    def at(fraction: float, side: str) -> float:
        sample = round(fraction * total)
        run = int(np.searchsorted(spoken_until[1:-1], sample, side="right" if side == "start" else "left"))
        return float(starts[run] + sample - spoken_until[run]) / SAMPLE_RATE

    phones: list[Phone] = []
    here = 0.0
    for index, (symbol, word) in enumerate(said):
        start, end = at(share[index], "start"), at(share[index + 1], "end")
        if start > here:
            phones.append(Phone(PAUSE, here, start))
        phones.append(Phone(symbol, start, max(start, end), word))
        here = max(start, end)
    return tuple(phones)


def _weight(symbol: str) -> float:
    """Return about how long a phone lasts, in units of a stop's length."""
    if len(symbol) > 1 and symbol[0] in "aeoɔ":
        return 2.2
    return 1.6 if symbol[0] in "aæɑʌɛiɪuʊoɔəɜ" else 1.0
