"""The engine `openjtalk`: Japanese by OpenJTalk and its voice Mei, installed with the extra `japanese`.

It tells its phones but not their times. In Japanese every mora takes about as long as any other, so the phones
are given the lengths of their morae and laid over what is heard.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import PAUSE, About, Phone, RawSpeech, plain
from livestream.speech.phones.japanese import with_lengths
from livestream.speech.voice import Voice

_SIGNS = str.maketrans({",": "、", ".": "。", "!": "！", "?": "？", ";": "、", ":": "、", "—": "、"})
"""The spoken form's signs as the reader knows them: it pauses at these alone."""
_FULL_SCALE = 65536.0
"""Its samples are on the scale of 16 bits, which their peaks exceed."""


class OpenJTalkEngine:
    """pyopenjtalk-plus: a statistical voice, clear and a little flat; the same words give the same sound."""

    name = "openjtalk"
    about = About(
        "concatenative",
        "estimated",
        "MIT, code; CC BY 3.0, voice Mei by the MMDAgent Project Team, Nagoya Institute of Technology",
        extra="japanese",
    )

    def __init__(self, voice: Voice) -> None:
        try:
            release = version("pyopenjtalk-plus")
        except PackageNotFoundError as error:
            raise MachineError(
                "pyopenjtalk-plus is not installed", remedy="Run: pip install 'livestream[japanese]'"
            ) from error
        self._speed = voice.pace(self.name)
        self.version = f"{release}/mei/{self._speed:g}"

    def warm_up(self) -> None:
        """Load dictionary and voice; may run beside `synthesise`, which then waits for it."""
        self.synthesise("はい", locale="ja-JP", seed=0)

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence at 48 kHz, with its phones in order and about as long as they last, but not placed.

        Raises:
            SpeechError: there is nothing in it that could be said.
        """
        import pyopenjtalk

        text, owner = _unparted(plain(spoken))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the reader calls its dictionary in an old way
            phones = tuple(_phones(pyopenjtalk.g2p_mapping(text), owner))
        if all(phone.symbol == PAUSE for phone in phones):
            raise SpeechError(f"openjtalk finds nothing to say in {spoken!r}")
        sound, rate = pyopenjtalk.synthesize(pyopenjtalk.make_label(pyopenjtalk.run_frontend(text)), speed=self._speed)
        pcm = (sound / _FULL_SCALE).astype(np.float32)
        return RawSpeech(pcm, rate, phones, self.name, exact=False)


def _unparted(spoken: str) -> tuple[str, list[int]]:
    """Return a text as Japanese is written, with no blanks but between Latin words, and the word of each letter."""
    text, owner = "", []
    for number, word in enumerate(spoken.split()):
        letters = unicodedata.normalize("NFKC", word).translate(_SIGNS)
        blank = " " if text[-1:].isascii() and text[-1:].isalnum() and letters[0].isascii() else ""
        text += blank + letters
        owner += [number] * len(blank + letters)
    return text, owner


def _phones(morphemes: Sequence[Any], owner: Sequence[int]) -> Iterator[Phone]:
    """Yield the phones of the reader's morphemes, each with the word that its first letter is part of."""
    said: list[tuple[str, int]] = []
    for morpheme in morphemes:
        word = owner[min(morpheme["char_span"][0], len(owner) - 1)]
        said += [(PAUSE, -1) if name == "pau" else (name, word) for name in morpheme["phonemes"] if name != "sp"]
    here = 0.0
    for symbol, word, length in with_lengths(said):
        yield Phone(symbol, here, here + length, word)
        here += length
