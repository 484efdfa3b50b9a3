"""The engine `hibari`: a small neural English voice, run here so that its durations can be read."""

from __future__ import annotations

import hashlib
import json
import threading
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import About, Phone, RawSpeech, Samples, plain
from livestream.speech.network import HOP, RATE, Sign, extra_output, network_alphabet, phones_of, pieces
from livestream.speech.voice import Voice

DURATIONS = "/Round_output_0"
LAG = 0.045
"""Seconds by which a phone is heard before its frames: the median over stop gaps and sibilants."""
MOST_PHONEMES = 400
"""The network is trained on utterances up to about this length; longer ones are said in pieces."""


class HibariEngine:
    """hibari-tts, voice `heart`: one ONNX session on one thread, seeded noise, exact phones."""

    name = "hibari"
    about = About("neural", "exact", "Apache-2.0, code and voice")

    def __init__(self, voice: Voice) -> None:
        try:
            import hibari
            from hibari.voices import VOICES, voice_path
        except ImportError as error:
            raise MachineError("hibari-tts is not installed", remedy="Run: pip install hibari-tts") from error
        self._loading = threading.Lock()
        self._speed = voice.speed
        self._pronunciation = {word: network_alphabet(ipa) for word, ipa in voice.pronunciation.items()}
        speaker = voice.option(self.name, "voice", "heart")
        if speaker not in VOICES:
            raise MachineError(
                f"hibari has no voice {speaker!r}", where=voice.where, remedy=f"It has: {', '.join(VOICES)}."
            )
        try:
            self._model = Path(voice_path(speaker, download_missing=False))
        except FileNotFoundError as error:
            raise MachineError(
                f"the hibari voice {speaker!r} is not on this machine",
                where=voice.where,
                remedy=f"Put its model at {error}, or use the voice heart, which is in the package.",
            ) from error
        self._british = bool(VOICES[speaker]["british"])
        lexicon = hashlib.sha256(json.dumps(self._pronunciation, sort_keys=True).encode()).hexdigest()[:12]
        self.version = f"{hibari.__version__}/{speaker}/{self._speed:g}/{lexicon}"

    def warm_up(self) -> None:
        """Load model and dictionary; may run beside `synthesise`, which then waits for it."""
        with self._loading:
            self._session, self._dictionary, self._alphabet  # noqa: B018 - cached on first use

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence at 24 kHz.

        Raises:
            SpeechError: no phoneme can be made of the words.
        """
        self.warm_up()
        generator = np.random.default_rng(seed)
        sounds: list[Samples] = []
        phones: list[Phone] = []
        offset = 0.0
        for signs in self._utterances(spoken):
            sound, frames = self._run(signs, generator)
            phones += phones_of(signs, frames, offset, LAG)
            sounds.append(sound)
            offset += len(sound) / RATE
        if not sounds:
            raise SpeechError(f"hibari finds nothing to say in {spoken!r}")
        return RawSpeech(np.concatenate(sounds), RATE, tuple(phones), self.name, exact=True)

    @cached_property
    def _session(self) -> Any:  # noqa: ANN401 - the library has no types
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # an arena keeps what the longest sentence once took
        model = self._model.read_bytes() + extra_output(DURATIONS)
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _dictionary(self) -> Any:  # noqa: ANN401 - the library has no types
        from hibari.g2p import G2P

        return G2P(british=self._british)

    @cached_property
    def _alphabet(self) -> dict[str, int]:
        from hibari.tts import ASSETS

        alphabet: dict[str, int] = json.loads((Path(ASSETS) / "vocab.json").read_text(encoding="utf-8"))
        return alphabet

    def _run(self, signs: list[Sign], generator: np.random.Generator) -> tuple[Samples, NDArray[np.float32]]:
        """Return the sound and the frames of each sign, pads at both ends included."""
        from hibari.dsp import synth

        ids = [0, *(self._alphabet[sign.character] for sign in signs), 0]
        *spectra, frames = self._session.run(
            None, {"ids": np.array([ids], np.int64), "speed": np.array([self._speed], np.float32)}
        )
        sound: Samples = synth(*(part[0] for part in spectra[:6]), generator)
        if len(sound) != int(frames.sum()) * HOP:
            raise SpeechError(
                f"hibari's durations ({frames.sum():g} frames) do not fit its sound ({len(sound)} samples)"
            )
        return sound, frames

    def _utterances(self, spoken: str) -> list[list[Sign]]:
        """Return the signs of each piece that the network says in one breath."""
        from hibari.tts import Hibari

        utterances: list[list[Sign]] = []
        first = 0
        for sentence in Hibari.split_sentences(plain(spoken)):
            utterances += pieces(self._signs(sentence, first), MOST_PHONEMES)
            first += len(sentence.split())
        return utterances

    def _signs(self, sentence: str, first_word: int) -> list[Sign]:
        """Return the phonemes of one sentence; its words count on from `first_word`."""
        from hibari.g2p.normalize import normalize

        normal = normalize(sentence)
        said, given = len(normal.split()), len(sentence.split())
        tokens = self._dictionary.tokenize(normal)
        for token in tokens:
            token.phonemes = self._pronunciation.get(token.text.lower(), token.phonemes)
        signs: list[Sign] = []
        blanks = 0
        for token in self._dictionary.phonemize_tokens(tokens):
            word = first_word + min(blanks * given // max(said, 1), given - 1)
            signs += [Sign(character, word) for character in token.phonemes or "" if character in self._alphabet]
            if token.whitespace:
                signs.append(Sign(" ", -1))
            blanks += token.whitespace.count(" ") + token.text.count(" ")
        while signs and signs[-1].character == " ":
            signs.pop()
        return signs
