"""Sentences spoken by a voice, heard by a recogniser, and the share of words that came out wrong."""

import json
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyopenjtalk
from rapidfuzz.distance import Levenshtein

from livestream.media import SAMPLE_RATE
from livestream.speech.chain import Checked
from livestream.speech.engine import make_engine
from livestream.speech.loudness import level
from livestream.speech.resample import resample
from livestream.speech.voice import load_voice
from livestream.text import speak, spoken_form

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / ".venv" / "asr"
SENTENCES = Path(__file__).parent / "sentences"


SPELLINGS = {"metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters", "colour": "color"}
SPELLINGS |= {"colours": "colors", "headphone": "head phone", "headphones": "head phones"}
"""Words that a recogniser of English writes in one of two ways, as one of them."""


@dataclass(frozen=True)
class Trial:
    """One voice on trial; `most` is the share of words, or characters, that may be wrong, None to report it only."""

    locale: str
    engine: str
    most: float | None
    by_letter: bool = False


TRIALS = (
    Trial("en-US", "hibari", 0.05),
    Trial("en-GB", "pico", 0.05),
    Trial("de-DE", "pico", 0.09),
    Trial("fr-FR", "pico", 0.05),
    Trial("it-IT", "pico", 0.09),
    Trial("es-ES", "pico", 0.05),
    Trial("es-MX", "pico", 0.05),
    Trial("pt-BR", "kokoro", 0.05),
    Trial("ja-JP", "openjtalk", 0.08, by_letter=True),
    Trial("ja-JP", "kokoro", 0.05, by_letter=True),
    Trial("id-ID", "espeak-ng", None),
)


@dataclass(frozen=True)
class Heard:
    """One sentence: what was to be said, what was heard, and how much of it was wrong."""

    said: str
    heard: str
    wrong: int
    total: int


def sentences(locale: str) -> list[str]:
    """Return the sentences of a locale, or of its language."""
    named = (SENTENCES / f"{name}.toml" for name in (locale, locale.partition("-")[0]))
    path = next(path for path in named if path.exists())
    found: list[str] = tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    return found


def trial(one: Trial, most: int) -> Iterator[Heard]:
    """Yield each sentence of a trial as it was heard."""
    voice = load_voice(one.locale)
    engine = Checked(make_engine(one.engine, voice), voice.rate)
    with recogniser() as hear, tempfile.TemporaryDirectory() as folder:
        for text in sentences(one.locale)[:most]:
            tokens = " ".join(said for _, said in speak(text, one.locale))
            raw = engine.synthesise(tokens, locale=one.locale, seed=1)
            path = Path(folder) / "said.wav"
            write(path, level(resample(raw.pcm, raw.rate, SAMPLE_RATE), fallback_lufs=-20.0))
            heard = hear(path, one.locale.partition("-")[0])
            wanted, got = units(text, one), units(heard, one)
            yield Heard(text, heard, Levenshtein.distance(wanted, got), len(wanted))


def units(text: str, one: Trial) -> list[str]:
    """Return the words of a text as it is spoken, without signs, case and accents; or its kana."""
    if one.by_letter:
        kana = pyopenjtalk.g2p(spoken_form(text, one.locale), kana=True)
        return [char for char in kana if char.isalpha()]
    spoken = unicodedata.normalize("NFD", spoken_form(text, one.locale)).casefold()
    bare = "".join(char for char in spoken if unicodedata.category(char) != "Mn")
    plain = "".join(char if char.isalnum() else " " for char in bare)
    return [word for each in plain.split() for word in SPELLINGS.get(each, each).split()]


def write(path: Path, pcm: np.ndarray) -> None:
    """Write 48 kHz samples as a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(np.rint(np.clip(pcm, -1, 1) * 32767).astype("<i2").tobytes())


@contextmanager
def recogniser():
    """Give a function from a sound file and its language to what is heard in it."""
    program = [sys.executable, str(Path(__file__).with_name("hearing.py")), str(PACKAGES / "whisper-base")]
    environment = {"PYTHONPATH": str(PACKAGES), "PATH": "/usr/bin:/bin", "HF_HUB_OFFLINE": "1"}
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:

        def hear(path: Path, language: str) -> str:
            process.stdin.write(json.dumps({"path": str(path), "language": language}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            if not answer:
                raise RuntimeError("the recogniser has ended: see what it said above")
            return json.loads(answer)["text"]

        try:
            yield hear
        finally:
            process.stdin.close()
            process.terminate()
