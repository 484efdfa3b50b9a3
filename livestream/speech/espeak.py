"""The engine `espeak-ng`: the optional formant synthesiser, run as a program of its own.

It speaks every locale and never fails, at the price of sounding like a machine: the last resort of
a chain. It is under the GPL and is never loaded into our processes. Its phones come from a second
call, word by word, and have no times: they are laid over what is heard.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import wave

import numpy as np

from livestream.errors import MachineError, SpeechError
from livestream.speech.engine import PAUSE, About, Phone, RawSpeech, plain
from livestream.speech.voice import Voice

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = 165
_PATIENCE = 10.0


class EspeakEngine:
    """espeak-ng by its command line: text on stdin, a WAV and the phonemes' names back."""

    name = "espeak-ng"
    about = About("formant", "estimated", "GPL-3.0-or-later, a program of its own")

    def __init__(self, voice: Voice) -> None:
        program = shutil.which(PROGRAM)
        if program is None:
            raise MachineError(
                "espeak-ng is not installed", remedy="It is optional; install it with: apt install espeak-ng"
            )
        self._program = program
        self._speaker = voice.option(self.name, "voice", voice.locale.lower())
        self._speed = round(WORDS_PER_MINUTE * voice.pace(self.name))
        release = self._call("--version").decode("utf-8", "replace").split("Data at")[0].strip()
        self.version = f"{release}/{self._speaker}/{self._speed}"

    def warm_up(self) -> None:
        """Do nothing: the program is started for each sentence."""

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        """Return one sentence at the program's own rate, with its phones in order but untimed.

        Raises:
            SpeechError: the program failed or took too long.
        """
        text = plain(spoken)
        answer = self._call("-v", self._speaker, "-s", str(self._speed), "--stdin", "--stdout", text=text)
        begin = answer.find(b"data", 12) + 8
        if not answer.startswith(b"RIFF") or begin < 44 or len(answer) <= begin:
            raise SpeechError("espeak-ng gave no sound", where=text[:60])
        with wave.open(io.BytesIO(answer)) as header:  # its length fields are those of an endless stream
            rate = header.getframerate()
        samples = answer[begin : begin + (len(answer) - begin) // 2 * 2]
        pcm = np.frombuffer(samples, "<i2").astype(np.float32) * np.float32(1 / 32768)
        return RawSpeech(pcm, rate, self.phones(text), self.name, exact=False)

    def phones(self, spoken: str) -> tuple[Phone, ...]:
        """Return the phones of each word, in order but untimed; empty where the program joins words.

        Raises:
            SpeechError: the program failed or took too long.
        """
        words = plain(spoken).split()
        lines = self._call("-v", self._speaker, "-q", "--ipa", "--sep=_", "--stdin", text="\n\n".join(words) + "\n")
        said = [line.strip() for line in lines.decode("utf-8", "replace").splitlines() if line.strip()]
        if len(said) != len(words):
            return ()
        phones: list[Phone] = []
        for index, (word, ipa) in enumerate(zip(words, said, strict=True)):
            phones += [Phone(symbol, 0.0, 0.0, index) for symbol in ipa.replace(" ", "_").split("_") if symbol]
            if word[-1] in ",;:.!?…—":
                phones.append(Phone(PAUSE, 0.0, 0.0))
        return tuple(phones)

    def _call(self, *arguments: str, text: str = "") -> bytes:
        try:
            done = subprocess.run(
                [self._program, *arguments], input=text.encode(), capture_output=True, timeout=_PATIENCE, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise SpeechError(f"espeak-ng failed: {error}", where=text[:60]) from error
        return done.stdout
