"""From an approved line to a finished `Speech`: spoken, tightened, levelled, timed."""

from __future__ import annotations

import numpy as np

from livestream.media import SAMPLE_RATE, Speech
from livestream.speech.editing import Edit, tighten
from livestream.speech.engine import SpeechEngine
from livestream.speech.guessing import lay_over
from livestream.speech.loudness import level
from livestream.speech.phones import phones_of
from livestream.speech.placing import cut_points, place, word_times
from livestream.speech.resample import resample
from livestream.speech.visemes import visemes
from livestream.speech.voice import Voice
from livestream.standards import ApprovedLine

_FULL_SCALE = 32767


class Studio:
    """Speaks approved lines of one locale with one engine, which is usually a chain of them."""

    def __init__(self, engine: SpeechEngine, voice: Voice, *, seed: int) -> None:
        self._engine = engine
        self._voice = voice
        self._seed = seed

    def warm_up(self) -> None:
        """Load what the first line would wait for."""
        self._engine.warm_up()

    def speak(self, line: ApprovedLine) -> Speech:
        """Return the line as sound with mouth shapes; the same line gives the same samples.

        Raises:
            SpeechError: no engine could speak it.
        """
        spoken = words_of(line)
        raw = self._engine.synthesise(spoken, locale=line.locale, seed=self._seed)
        edit = tighten(resample(raw.pcm, raw.rate, SAMPLE_RATE))
        phones = raw.phones
        if not raw.exact:
            told = [(phone.symbol, phone.word) for phone in raw.phones]
            lengths = [phone.end - phone.start for phone in raw.phones]
            phones = lay_over(told or phones_of(spoken, line.locale), edit.pcm, lengths if any(lengths) else ())
        moved = edit if raw.exact else Edit(edit.pcm, ((0, len(edit.pcm)),))
        placed = place(phones, moved)
        sound = level(edit.pcm, fallback_lufs=self._voice.lufs(raw.engine))
        return Speech(
            line_id=line.id,
            locale=line.locale,
            caption=line.caption,
            spoken=line.spoken,
            pcm=np.rint(np.clip(sound, -1.0, 1.0) * _FULL_SCALE).astype(np.int16),
            visemes=visemes(placed),
            words=word_times(placed, line.tokens, len(sound)),
            cut_points=cut_points(placed, edit.pcm),
            facts=line.facts,
            engine=raw.engine,
            timing="exact" if raw.exact else "estimated",
        )


def words_of(line: ApprovedLine) -> str:
    """Return a line as engines are given it: blanks part the tokens in every language."""
    return " ".join(token.spoken for token in line.tokens)
