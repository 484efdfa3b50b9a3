"""The engine `pico`: SVOX Pico, small concatenated voices of five European languages, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import About, RawSpeech, plain
from livestream.speech.pico_program import LIFETIME
from livestream.speech.voice import Voice

VOICES = ("de-DE", "en-GB", "en-US", "es-ES", "fr-FR", "it-IT")
RATE = 16_000
VOLUME = 0.6
"""The loudest setting at which it does not clip."""
LONGEST = 1500
"""Letters it is asked to say at once: some two minutes."""
_LONGEST_ANSWER = 180 * RATE * 2
_LONGEST_WORD = 60
_PROGRAM = Path(__file__).with_name("pico_program.py")


class PicoEngine:
    """py-nanotts: the same words give the same sound; it tells no phones, so its mouth shapes are estimated."""

    name = "pico"
    about = About("concatenative", "estimated", "Apache-2.0, code and voices (SVOX Pico)")

    def __init__(self, voice: Voice) -> None:
        try:
            release = version("py-nanotts")
        except PackageNotFoundError as error:
            raise MachineError("py-nanotts is not installed", remedy="Run: pip install py-nanotts") from error
        self._speaker = voice.option(self.name, "voice", voice.locale)
        if self._speaker not in VOICES:
            raise MachineError(
                f"pico has no voice {self._speaker!r}", where=voice.where, remedy=f"It has: {', '.join(VOICES)}."
            )
        self._speed = voice.pace(self.name)
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._finish: Callable[[], object] = int
        self.version = f"{release}/{self._speaker}/{self._speed:g}"

    def warm_up(self) -> None:
        """Start the program; may run beside `synthesise`."""
        with self._turn:
            self._running()

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence at 16 kHz, without phones.

        Raises:
            SpeechError: there is nothing to say or too much of it, or the program failed.
        """
        text = plain(spoken).replace("&", " ")
        if not any(map(str.isalnum, text)):
            raise SpeechError(f"pico finds nothing to say in {spoken!r}")
        if len(text) > LONGEST or max(map(len, text.split())) > _LONGEST_WORD:
            raise SpeechError("pico cannot say so long a text or word", where=text[:60])
        request = {"text": text, "voice": self._speaker, "speed": self._speed, "volume": VOLUME}
        with self._turn:
            answer = self._exchange(json.dumps(request).encode())
            if not answer:
                self.close()
        if not answer:
            raise SpeechError("pico gave no sound", where=text[:60], retryable=True)
        return RawSpeech(
            np.frombuffer(answer, "<i2").astype(np.float32) * np.float32(1 / 32768), RATE, engine=self.name
        )

    def close(self) -> None:
        """End the program; the next sentence starts it anew."""
        self._finish()
        self._process = None

    def _exchange(self, request: bytes) -> bytes:
        """Return the program's answer; empty where it ends, or does not answer in time."""
        process = self._running()
        overdue = threading.Timer(LIFETIME + 1, process.kill)
        overdue.start()
        try:
            if process.stdin is None or process.stdout is None:
                return b""
            process.stdin.write(len(request).to_bytes(4, "big") + request)
            process.stdin.flush()
            size = int.from_bytes(process.stdout.read(4), "big")
            answer = process.stdout.read(size) if size <= _LONGEST_ANSWER else b""
        except OSError:
            return b""
        finally:
            overdue.cancel()
        return answer if len(answer) == size and size % 2 == 0 else b""

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the program, started where it does not run."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that what interrupts the terminal does not, and a fork ends with it
            )
            self._finish = weakref.finalize(self, _end, self._process)
        return self._process


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the program with its fork, and reap it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in filter(None, (process.stdin, process.stdout)):
        with suppress(BrokenPipeError):
            pipe.close()
