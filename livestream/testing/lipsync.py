"""Lip sync as a viewer gets it: the mouth in decoded pictures against the voice in decoded sound.

The judge knows what was said and nothing of when: neither the engine's durations nor the presenter's
mouth shapes are read. It finds the hush of each [p] and [b] and the peak of each open vowel in the sound,
the opening between the lips in the pixels, and asks whether lips were shut in the hush and open at the peak.
"""

from __future__ import annotations

import re
import wave
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from livestream.avatar import Presenter, load_presenter_pack, open_presenter
from livestream.media import FPS, SAMPLE_RATE, Box, Figure, Speech, Viseme
from livestream.playout.asrun import AsRun, aired, read_as_run
from livestream.speech.engine import SpeechEngine, make_engine
from livestream.speech.phones import phones_of
from livestream.speech.voice import load_voice
from livestream.testing.alignment import HOP, SILENCE, Curve, Located, Sentence, align, decibels, spectrum
from livestream.testing.judge import sound_of
from livestream.text.spoken import spoken_form

CLOSED = 0.03
"""Of the wide mouth's opening at most this much is left when lips are shut."""
OPEN = 0.5
"""Of the wide mouth's opening at least this much is an open mouth."""
LEAST_CLOSED, LEAST_OPEN, MOST_LAG = 0.95, 0.90, 1.0
"""The gate: shares of closures and of open vowels, and frames of lag."""
_STOPS = frozenset({"p", "b"})
_OPEN_VOWELS = frozenset({"a", "ɑ", "æ", "ʌ", "aɪ", "aʊ"})
_LIKE = {
    "ɴ": "n",
    "ɲ": "n",
    "ʎ": "l",
    "ɕ": "ʃ",
    "tɕ": "tʃ",
    "dʑ": "dʒ",
    "ɸ": "f",
    "β": "v",
    "ç": "h",
    "x": "h",
    "ʁ": "h",
}
"""Phonemes of other languages than English by the English one they sound most like."""
_STEP = HOP / SAMPLE_RATE
_DEPTH_DB = 12.0
_SHORTEST_GAP, _LONGEST_GAP = 0.02, 0.15
_SHORTEST_VOWEL = 0.06
_LONGEST_PHONEME = 0.25
"""Seconds: where one seems to last longer, it or what stands beside it was not found."""
_QUIETER_DB, _LOUD_PART_DB = 10.0, 6.0
_UNVOICED, _FORMANT = slice(3, None), slice(4, 9)
"""Bands of the spectrum: above 350 Hz, where a closed [b] is silent, and 450-1170 Hz, where an open vowel is loud."""
_REACH = 8
"""Steps around an aligned stop in which its hush is looked for."""
_LAGS = range(-6, 7)
_FRAME = 1 / FPS


@dataclass(frozen=True, slots=True, eq=False)
class Mouth:
    """The opening between the lips in each frame, 1 for the wide mouth, and when each frame is shown."""

    times: Curve
    opening: Curve

    def within(self, start: float, end: float) -> Curve:
        """Return the openings of the frames on screen at some moment between two."""
        return self.opening[(self.times < end) & (self.times + _FRAME > start)]

    def later(self, frames: int) -> Mouth:
        """Return the mouth as it would be if the picture were so many frames late."""
        return replace(self, times=self.times + frames * _FRAME)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the sound demands of the lips: hushes of [p] and [b], and peaks of open vowels, in seconds."""

    gaps: tuple[tuple[float, float], ...]
    vowels: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well lips and voice agree; `lag` is the frames by which the mouth is late, negative for early."""

    gaps: int
    closed: int
    vowels: int
    opened: int
    lag: float

    @property
    def closure_rate(self) -> float:
        """Share of stop gaps in which lips were shut."""
        return self.closed / max(1, self.gaps)

    @property
    def open_rate(self) -> float:
        """Share of open vowels at which the mouth was open."""
        return self.opened / max(1, self.vowels)

    @property
    def holds(self) -> bool:
        """Whether a viewer would say that the presenter speaks these words."""
        return self.closure_rate >= LEAST_CLOSED and self.open_rate >= LEAST_OPEN and abs(self.lag) <= MOST_LAG


def judge_recording(path: Path, *, tag: str = "en-US", late: float = 0.0) -> Verdict:
    """Judge a recording with its as-run log beside it.

    Args:
        path: the MP4.
        tag: the locale it is spoken in.
        late: seconds by which its decoded sound is delayed first, for a control that must fail.
    """
    said = aired(read_as_run(path.with_suffix(".as-run.jsonl")))
    sound = sound_of(path)
    delayed = np.concatenate([np.zeros(round(late * SAMPLE_RATE), np.float32), sound])[: len(sound)]
    return judge(mouth_of(path, load_presenter_pack().manifest.mouth_box), hear(delayed, said, tag))


def judge(mouth: Mouth, heard: Heard) -> Verdict:
    """Compare lips and voice; half a frame of grace stands for the picture's own grain in time."""
    grace = _FRAME / 2
    closed = sum(float(mouth.within(a - grace, b + grace).min(initial=1)) <= CLOSED for a, b in heard.gaps)
    opened = sum(float(mouth.within(at - grace, at + grace).max(initial=0)) >= OPEN for at in heard.vowels)
    contrast = [_contrast(mouth.later(-lag), heard) for lag in _LAGS]
    return Verdict(len(heard.gaps), closed, len(heard.vowels), opened, _peak(contrast))


def mouth_of(path: Path, box: Box) -> Mouth:
    """Decode a recording's pictures and measure the mouth in the part of them that `box` names."""
    times: list[float] = []
    openings: list[int] = []
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for frame in container.decode(video=0):
            times.append(float(frame.time or 0.0))
            openings.append(_opening(*(_crop(frame, plane, box) for plane in range(3))))
    opening = np.array(openings, np.float64)
    return Mouth(np.array(times), opening / max(1.0, float(np.percentile(opening, 95))))


def hear(sound: NDArray[np.floating], said: Sequence[AsRun], tag: str = "en-US") -> Heard:
    """Find in a sound the stop gaps and open vowels of what was said.

    Left out are sentences with cents, which are said in more than one way ("nineteen fifty"), and those that open
    a segment, over which the jingle rings.
    """
    opening = [at for at, entry in enumerate(said) if not at or entry.segment != said[at - 1].segment]
    plain = [entry for at, entry in enumerate(said) if at not in opening and not re.search(r"\d\.\d", entry.heard)]
    if not plain:
        return Heard((), ())
    sentences = [
        Sentence(entry.start / SAMPLE_RATE, entry.end / SAMPLE_RATE, _phonemes(entry.heard, tag)) for entry in plain
    ]
    levels = spectrum(sound)
    power = 10 ** (levels / 10)
    above_voicing, first_formant = (_smooth(decibels(power[:, band].mean(axis=1))) for band in (_UNVOICED, _FORMANT))
    gaps: list[tuple[float, float] | None] = []
    vowels: list[float | None] = []
    for located in align(levels, sentences):
        sure = [b for a, b, c in zip(located, located[1:], located[2:], strict=False) if _believable(a, b, c)]
        gaps += [_hush(above_voicing, phoneme) for phoneme in sure]
        loud = np.percentile(first_formant[round(located[0].start / _STEP) : round(located[-1].end / _STEP)], 95)
        vowels += [_swell(first_formant, phoneme, float(loud)) for phoneme in sure]
    return Heard(tuple(gap for gap in gaps if gap), tuple(at for at in vowels if at))


class Muddled:
    """A presenter whose mouth shapes are right in number and time and wrong in kind: a control that must fail."""

    def __init__(self, presenter: Presenter, seed: int) -> None:
        self._presenter, self._random = presenter, np.random.default_rng(seed)

    @classmethod
    def open(cls, name: str = "mira", *, seed: int) -> Muddled:
        """Open a presenter as `open_presenter` does, and muddle its speech."""
        return cls(open_presenter(name, seed=seed), seed)

    def push(self, speech: Speech, start: int) -> None:
        """Say `speech` with its mouth shapes dealt out anew."""
        spoken = [place for place, span in enumerate(speech.visemes) if span.viseme is not Viseme.SIL]
        spans = list(speech.visemes)
        for place, other in zip(spoken, self._random.permutation(spoken), strict=True):
            spans[place] = replace(spans[place], viseme=speech.visemes[other].viseme)
        self._presenter.push(replace(speech, visemes=tuple(spans)), start)

    def cut(self, at: int) -> None:
        """Pass it on."""
        self._presenter.cut(at)

    def event(self, at: int, kind: Literal["gesture", "gaze", "state"], name: str) -> None:
        """Pass it on."""
        self._presenter.event(at, kind, name)

    def render(self, n: int) -> Figure:
        """Pass it on."""
        return self._presenter.render(n)

    def close(self) -> None:
        """Pass it on."""
        self._presenter.close()


def _crop(frame: av.VideoFrame, plane: int, box: Box) -> NDArray[np.uint8]:
    half = 1 if plane == 0 else 2
    pixels = np.frombuffer(memoryview(frame.planes[plane]), np.uint8).reshape(-1, frame.planes[plane].line_size)
    return pixels[box.y // half : (box.y + box.height) // half, box.x // half : (box.x + box.width) // half]


def _opening(luma: NDArray[np.uint8], u: NDArray[np.uint8], v: NDArray[np.uint8]) -> int:
    """Return the pixels between the lips: teeth, less red than lips and less yellow than skin, and the dark.

    The dark line where shut lips meet is thinner than three pixels; dark at the edge of the crop is hair.
    """
    u, v = (plane.repeat(2, axis=0).repeat(2, axis=1) for plane in (u, v))
    teeth = (v < 154) & (u > 117) & (luma > 70)
    dark = cv2.morphologyEx((luma < 62).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    if dark.any():
        count, areas, boxes, _ = cv2.connectedComponentsWithStats(dark)
        height, width = dark.shape
        for index in range(1, count):
            x, y, w, h = boxes[index][:4]
            if x == 0 or y == 0 or x + w == width or y + h == height:
                dark[areas == index] = 0
    return int(np.count_nonzero(teeth | (dark > 0)))


@cache
def _engine(tag: str) -> SpeechEngine:
    return make_engine("openjtalk" if tag == "ja-JP" else "hibari", load_voice(tag))


def _phonemes(caption: str, tag: str) -> tuple[tuple[str, int], ...]:
    """Return the phonemes of a caption read aloud, in order.

    In English and Japanese an engine names them, which may time them too, unread; elsewhere the letters do.
    """
    spoken = spoken_form(caption, tag)
    if tag not in {"en-US", "ja-JP"}:
        return tuple((_LIKE.get(symbol, symbol), word) for symbol, word in phones_of(spoken, tag))
    phones = _engine(tag).synthesise(spoken, locale=tag, seed=0).phones
    return tuple((_LIKE.get(phone.symbol, phone.symbol), phone.word) for phone in phones)


def _believable(*neighbours: Located) -> bool:
    return all(n.symbol == SILENCE or n.end - n.start <= _LONGEST_PHONEME for n in neighbours)


def _hush(curve: Curve, stop: Located) -> tuple[float, float] | None:
    """Return the gap of a stop where it is plain to hear: deep, between two sounds, and no longer than a stop's."""
    if stop.symbol not in _STOPS:
        return None
    first = max(0, round(stop.start / _STEP) - _REACH)
    around = curve[first : round(stop.release / _STEP) + _REACH]
    inner = around[_REACH // 2 : -(_REACH // 2)]
    lowest = int(inner.argmin()) + _REACH // 2
    edge = min(around[: lowest + 1].max(), around[lowest:].max())
    depth = edge - around[lowest]
    if depth < _DEPTH_DB:
        return None
    start, end = _run(around < edge - min(15.0, 0.6 * depth), lowest)
    gap = ((first + start) * _STEP, (first + end) * _STEP)
    return gap if _SHORTEST_GAP <= gap[1] - gap[0] <= _LONGEST_GAP else None


def _swell(curve: Curve, vowel: Located, loud: float) -> float | None:
    """Return the middle of an open vowel's loud part, where it is long and loud enough to be one."""
    if vowel.symbol not in _OPEN_VOWELS or vowel.end - vowel.start < _SHORTEST_VOWEL:
        return None
    first = round(vowel.start / _STEP)
    within = curve[first : round(vowel.end / _STEP)]
    peak = int(within.argmax())
    if within[peak] < loud - _QUIETER_DB:
        return None
    start, end = _run(within > within[peak] - _LOUD_PART_DB, peak)
    return (first + (start + end) / 2) * _STEP


def _run(true: NDArray[np.bool_], at: int) -> tuple[int, int]:
    """Return the range around place `at` in which all are true."""
    start, end = at, at + 1
    while start > 0 and true[start - 1]:
        start -= 1
    while end < len(true) and true[end]:
        end += 1
    return start, end


def _smooth(curve: Curve) -> Curve:
    return np.convolve(np.pad(curve, 1, mode="edge"), (0.25, 0.5, 0.25), "valid")


def _contrast(mouth: Mouth, heard: Heard) -> float:
    """Return how much wider the mouth is at open vowels than in stop gaps."""
    at_vowels, in_gaps = (
        np.interp(np.array(moments) - _FRAME / 2, mouth.times, mouth.opening)
        for moments in (heard.vowels, [(a + b) / 2 for a, b in heard.gaps])
    )
    return float(at_vowels.mean() - in_gaps.mean()) if len(at_vowels) and len(in_gaps) else 0.0


def _peak(contrast: Sequence[float]) -> float:
    """Return the lag of the highest contrast, between frames by the parabola through its neighbours."""
    best = int(np.argmax(contrast))
    if not 0 < best < len(contrast) - 1:
        return float(_LAGS[best])
    before, at, after = contrast[best - 1 : best + 2]
    bend = before - 2 * at + after
    return _LAGS[best] + ((before - after) / (2 * bend) if bend else 0.0)


def hushed_bed(path: Path, seconds: int) -> Path:
    """Write a music bed that is silent for so long, so that the gaps of the voice can be heard.

    A tone follows: a bed is made as loud as what is heard in it, and one without any sound is refused.
    """
    rate = 8000
    tone = (8000 * np.sin(np.arange(2 * rate) * 2 * np.pi * 440 / rate)).astype("<i2")
    silence = np.zeros((seconds + 5) * rate, "<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.concatenate([silence, tone, silence[: 10 * rate]]).tobytes())
    return path
