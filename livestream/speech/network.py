"""What the Kokoro network and those distilled from it share: their alphabet, and the durations they predict.

Such a network says for each sign how many 25 ms frames it lasts. That tensor is inside the graph and
becomes an extra output by appending some 30 bytes to the model: protobuf messages merge by
concatenation. Frames times hop equals the length of the sound, so the phones are exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from livestream.speech.engine import PAUSE, Phone

RATE = 24_000
HOP = 600
"""Samples of one frame of the duration tensor."""
ONSET_SHARE = 0.6
"""How much of a blank between two words is already the closure or friction of the next word."""
STRESS = "ˈˌ"
LENGTH = "ː"

_IPA = {
    "A": "eɪ", "I": "aɪ", "W": "aʊ", "Y": "ɔɪ", "O": "oʊ", "Q": "əʊ",
    "T": "ɾ", "ʤ": "dʒ", "ʧ": "tʃ", "ʣ": "dz", "ʦ": "ts", "ʥ": "dʑ", "ʨ": "tɕ", "ᵊ": "ə", "ᵻ": "ɪ", "ɡ": "g",
}  # fmt: skip
_FROM_IPA = {"eɪ": "A", "aɪ": "I", "aʊ": "W", "ɔɪ": "Y", "oʊ": "O", "dʒ": "ʤ", "tʃ": "ʧ", "g": "ɡ", "r": "ɹ"}
_NASAL = "\u0303"


@dataclass(frozen=True, slots=True)
class Sign:
    """One character of the network's alphabet and the word it belongs to (−1 between words)."""

    character: str
    word: int


def pieces(signs: list[Sign], most: int) -> list[list[Sign]]:
    """Split at blanks so that no piece is over what the network can say at once."""
    parts: list[list[Sign]] = []
    while len(signs) > most:
        blanks = [i for i, sign in enumerate(signs[:most]) if sign.character == " " and i > 0]
        clauses = [i for i in blanks if signs[i - 1].character in ",;:—" and i > most // 2]
        cut = (clauses or blanks or [most])[-1]
        parts.append(signs[:cut])
        signs = signs[cut:]
    return [piece for piece in (*parts, signs) if any(sign.character.isalpha() for sign in piece)]


def phones_of(signs: list[Sign], frames: NDArray[np.float32], offset: float, lag: float) -> list[Phone]:
    """Return the phones of one piece where they lie in the sound.

    Stress belongs to the vowel it precedes, length and nasality to the one they follow, and a blank
    between two words in one breath to its neighbours.

    Args:
        signs: the piece.
        frames: how many frames each sign lasts, the pads at both ends included.
        offset: where the piece begins in the sound, in seconds.
        lag: seconds by which a phone is heard before its frames.
    """
    ends = (offset - lag + np.cumsum(frames, dtype=np.float64) * (HOP / RATE)).tolist()
    phones = [Phone(PAUSE, offset, ends[0])]
    begin: float | None = None
    for place, sign in enumerate(signs):
        start, end = ends[place], ends[place + 1]
        if sign.character in STRESS:
            begin = start if begin is None else begin
        elif sign.character in LENGTH + _NASAL or (sign.character == " " and _in_one_breath(signs, place)):
            middle = end - ONSET_SHARE * (end - start) if sign.character == " " else end
            phones[-1] = replace(phones[-1], end=middle)
            begin = middle
        elif sign.character.isalpha():
            symbol = _IPA.get(sign.character, sign.character)
            phones.append(Phone(symbol, start if begin is None else begin, end, sign.word))
            begin = None
        else:
            phones.append(Phone(PAUSE, start if begin is None else begin, end))
            begin = None
    phones.append(Phone(PAUSE, ends[-2], ends[-1] + lag))
    return phones


def _in_one_breath(signs: list[Sign], place: int) -> bool:
    """Whether the blank at `place` stands between two words without a sign of punctuation."""
    around = signs[place - 1 : place] + signs[place + 1 : place + 2]
    return all(sign.character.isalpha() or sign.character in STRESS + LENGTH + _NASAL for sign in around)


def network_alphabet(ipa: str) -> str:
    """Return IPA in the network's alphabet, which has one letter for each diphthong and affricate."""
    for theirs, ours in _FROM_IPA.items():
        ipa = ipa.replace(theirs, ours)
    return ipa


def extra_output(tensor: str) -> bytes:
    """Return ModelProto{graph: {output: {name: tensor}}}, to be appended to a model's bytes.

    Field numbers are those of onnx.proto: ModelProto.graph 7, GraphProto.output 12, name 1.
    """
    field = tensor.encode()
    for number in (1, 12, 7):
        field = bytes([number << 3 | 2, len(field)]) + field
    return field
