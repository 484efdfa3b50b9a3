"""The engine `hibari`: a small neural English voice, run here so that its durations can be read.

The network predicts how many 25 ms frames each phoneme lasts; that tensor (`/Round_output_0`) is
inside the graph and becomes an extra output by appending 30 bytes to the model: protobuf messages
merge by concatenation. Frames times hop equals the length of the sound, so the phones are exact.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import PAUSE, About, Phone, RawSpeech, Samples, plain
from livestream.speech.voice import Voice

RATE = 24_000
HOP = 600
"""Samples of one frame of the duration tensor."""
DURATIONS = "/Round_output_0"
LAG = 0.045
"""Seconds by which a phone is heard before its frames: the median over stop gaps and sibilants."""
ONSET_SHARE = 0.6
"""How much of a blank between two words is already the closure or friction of the next word."""
MOST_PHONEMES = 400
"""The network is trained on utterances up to about this length; longer ones are said in pieces."""

_IPA = {
    "A": "eɪ", "I": "aɪ", "W": "aʊ", "Y": "ɔɪ", "O": "oʊ", "Q": "əʊ",
    "T": "ɾ", "ʤ": "dʒ", "ʧ": "tʃ", "ʣ": "dz", "ʦ": "ts", "ᵊ": "ə", "ᵻ": "ɪ", "ɡ": "g",
}  # fmt: skip
_FROM_IPA = {"eɪ": "A", "aɪ": "I", "aʊ": "W", "ɔɪ": "Y", "oʊ": "O", "dʒ": "ʤ", "tʃ": "ʧ", "g": "ɡ", "r": "ɹ"}
_STRESS = "ˈˌ"
_LENGTH = "ː"


@dataclass(frozen=True, slots=True)
class _Sign:
    """One character of the network's alphabet and the word it belongs to (−1 between words)."""

    character: str
    word: int


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
            phones += _phones(signs, frames, offset)
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
        model = self._model.read_bytes() + _extra_output(DURATIONS)
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

    def _run(self, signs: list[_Sign], generator: np.random.Generator) -> tuple[Samples, NDArray[np.float32]]:
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

    def _utterances(self, spoken: str) -> list[list[_Sign]]:
        """Return the signs of each piece that the network says in one breath."""
        from hibari.tts import Hibari

        utterances: list[list[_Sign]] = []
        first = 0
        for sentence in Hibari.split_sentences(plain(spoken)):
            utterances += _pieces(self._signs(sentence, first))
            first += len(sentence.split())
        return utterances

    def _signs(self, sentence: str, first_word: int) -> list[_Sign]:
        """Return the phonemes of one sentence; its words count on from `first_word`."""
        from hibari.g2p.normalize import normalize

        normal = normalize(sentence)
        said, given = len(normal.split()), len(sentence.split())
        tokens = self._dictionary.tokenize(normal)
        for token in tokens:
            token.phonemes = self._pronunciation.get(token.text.lower(), token.phonemes)
        signs: list[_Sign] = []
        blanks = 0
        for token in self._dictionary.phonemize_tokens(tokens):
            word = first_word + min(blanks * given // max(said, 1), given - 1)
            signs += [_Sign(character, word) for character in token.phonemes or "" if character in self._alphabet]
            if token.whitespace:
                signs.append(_Sign(" ", -1))
            blanks += token.whitespace.count(" ") + token.text.count(" ")
        while signs and signs[-1].character == " ":
            signs.pop()
        return signs


def _pieces(signs: list[_Sign]) -> list[list[_Sign]]:
    """Split at blanks so that no piece is over what the network can say at once."""
    pieces: list[list[_Sign]] = []
    while len(signs) > MOST_PHONEMES:
        blanks = [i for i, sign in enumerate(signs[:MOST_PHONEMES]) if sign.character == " " and i > 0]
        clauses = [i for i in blanks if signs[i - 1].character in ",;:—" and i > MOST_PHONEMES // 2]
        cut = (clauses or blanks or [MOST_PHONEMES])[-1]
        pieces.append(signs[:cut])
        signs = signs[cut:]
    return [piece for piece in (*pieces, signs) if any(sign.character.isalpha() for sign in piece)]


def _phones(signs: list[_Sign], frames: NDArray[np.float32], offset: float) -> list[Phone]:
    """Return the phones of one piece where they lie in the sound, `LAG` before their frames.

    Stress belongs to the vowel it precedes, length to the vowel before it, and a blank between two
    words in one breath to its neighbours.
    """
    ends = (offset - LAG + np.cumsum(frames, dtype=np.float64) * (HOP / RATE)).tolist()
    phones = [Phone(PAUSE, offset, ends[0])]
    begin: float | None = None
    for place, sign in enumerate(signs):
        start, end = ends[place], ends[place + 1]
        if sign.character in _STRESS:
            begin = start if begin is None else begin
        elif sign.character == _LENGTH or (sign.character == " " and _in_one_breath(signs, place)):
            middle = end if sign.character == _LENGTH else end - ONSET_SHARE * (end - start)
            phones[-1] = replace(phones[-1], end=middle)
            begin = middle
        elif sign.character.isalpha():
            symbol = _IPA.get(sign.character, sign.character)
            phones.append(Phone(symbol, start if begin is None else begin, end, sign.word))
            begin = None
        else:
            phones.append(Phone(PAUSE, start if begin is None else begin, end))
            begin = None
    phones.append(Phone(PAUSE, ends[-2], ends[-1] + LAG))
    return phones


def _in_one_breath(signs: list[_Sign], place: int) -> bool:
    """Whether the blank at `place` stands between two words without a sign of punctuation."""
    around = signs[place - 1 : place] + signs[place + 1 : place + 2]
    return all(sign.character.isalpha() or sign.character in _STRESS + _LENGTH for sign in around)


def network_alphabet(ipa: str) -> str:
    """Return IPA in the network's alphabet, which has one letter for each diphthong and affricate."""
    for theirs, ours in _FROM_IPA.items():
        ipa = ipa.replace(theirs, ours)
    return ipa


def _extra_output(tensor: str) -> bytes:
    """Return ModelProto{graph: {output: {name: tensor}}}, to be appended to a model's bytes.

    Field numbers are those of onnx.proto: ModelProto.graph 7, GraphProto.output 12, name 1.
    """
    field = tensor.encode()
    for number in (1, 12, 7):
        field = bytes([number << 3 | 2, len(field)]) + field
    return field
