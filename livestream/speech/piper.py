"""The engine `piper`: voices of the Piper project, spoken by its own program.

piper-tts is under the GPL and is never loaded into our processes: its command line stays open beside
the worker, takes a line on stdin, writes a WAV and says so on stderr. It tells no durations.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import About, RawSpeech, plain
from livestream.speech.voice import Voice
from livestream.speech.wav import read_wav

COMMAND = (sys.executable, "-m", "piper")
PATIENCE = 15.0
"""Seconds for one sentence, the loading of the voice included."""
MOST_BYTES = 16 << 20
_SENTENCE_GAP = 0.2
_WROTE = re.compile(rb"Wrote (\S+\.wav)\s")
_LAST_WORDS = 2_000


class PiperEngine:
    """A Piper voice: `model` of `[engine.piper]`, or the first `.onnx` beside the voice file.

    Its noise is turned off, so that the same words give the same sound.
    """

    name = "piper"
    about = About(
        "neural", "estimated", "GPL-3.0-or-later, a program of its own; the voice as its card says", extra="piper"
    )

    def __init__(self, voice: Voice) -> None:
        try:
            release = version("piper-tts")
        except PackageNotFoundError as error:
            raise MachineError("piper-tts is not installed", remedy="Run: pip install 'livestream[piper]'") from error
        self._model = _model_of(voice)
        self._pace = voice.pace(self.name)
        self._program: _Program | None = None
        self._lock = threading.Lock()
        size = self._model.stat().st_size
        self.version = f"{release}/{self._model.stem}/{size}/{self._pace:g}"

    def warm_up(self) -> None:
        """Start the program: it loads the voice meanwhile."""
        with self._lock:
            self._running()

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence at the voice's own rate, its phones unknown.

        Raises:
            SpeechError: the program failed or took too long; it is started again for the next line.
        """
        text = plain(spoken)
        with self._lock:
            program = self._running()
            try:
                pcm, rate = read_wav(program.say(text))
            except (OSError, SpeechError) as error:
                program.close()
                self._program = None
                raise SpeechError(f"piper failed: {error}", where=text[:60], retryable=True) from error
        return RawSpeech(pcm, rate, engine=self.name)

    def _running(self) -> _Program:
        if self._program is None:
            self._program = _Program(self._model, self._pace)
        return self._program


class _Program:
    """Piper's command line, kept open; it ends when its stdin is closed, at the latest with this process."""

    def __init__(self, model: Path, pace: float) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="livestream-piper-"))
        still = ("--noise-scale", "0", "--noise-w-scale", "0", "--length-scale", f"{1 / pace:.4f}")
        self._process = subprocess.Popen(
            [
                *(*COMMAND, "--model", str(model), "--output-dir", str(self._folder), *still),
                *("--sentence-silence", str(_SENTENCE_GAP)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that what interrupts the terminal does not
        )
        self.close = weakref.finalize(self, _end, self._process, self._folder)
        """Ends it at once."""

    def say(self, text: str) -> bytes:
        """Return the WAV of a line.

        Raises:
            SpeechError: there is none in time.
            OSError: the program has gone.
        """
        assert self._process.stdin is not None  # noqa: S101 - it was asked for
        self._process.stdin.write(text.encode() + b"\n")
        self._process.stdin.flush()
        path = self._folder / Path(self._written()).name
        if path.stat().st_size > MOST_BYTES:
            raise SpeechError(f"it wrote more than {MOST_BYTES >> 20} MB")
        sound = path.read_bytes()
        path.unlink()
        return sound

    def _written(self) -> str:
        """Wait until the program says which file it has written."""
        assert self._process.stderr is not None  # noqa: S101 - it was asked for
        said = b""
        until = time.monotonic() + PATIENCE
        while (told := _WROTE.search(said)) is None:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._process.stderr], [], [], left)[0]:
                raise SpeechError(f"it took more than {PATIENCE:g} s")
            more = os.read(self._process.stderr.fileno(), _LAST_WORDS)
            if not more:
                raise SpeechError(f"it ended: {(said.decode('utf-8', 'replace').strip().splitlines() or [''])[-1]}")
            said = (said + more)[-_LAST_WORDS:]
        return told[1].decode()


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    process.kill()
    process.communicate()
    shutil.rmtree(folder, ignore_errors=True)


def _model_of(voice: Voice) -> Path:
    """Return the voice's model file.

    Raises:
        MachineError: there is none, or it comes without its description.
    """
    folder = Path(voice.where).parent
    named = voice.option(PiperEngine.name, "model", "")
    models = [folder / named] if named else sorted(folder.glob("*.onnx"))
    if not models or not models[0].is_file() or not Path(f"{models[0]}.json").is_file():
        raise MachineError(
            f"there is no Piper voice for {voice.locale}",
            where=voice.where,
            remedy=f"Put its .onnx and .onnx.json into {folder}, or name it: model = in [engine.piper].",
        )
    return models[0]
