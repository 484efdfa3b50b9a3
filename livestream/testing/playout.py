"""Stand-ins for what playout drives: a presenter, a programme and an encoder that record their calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import av
import numpy as np
from numpy.typing import NDArray

from livestream.lines import Cue, FactRef
from livestream.media import (
    SAMPLE_RATE,
    SAMPLES_PER_FRAME,
    Box,
    Card,
    Figure,
    LowerThird,
    Packet,
    ReadyLine,
    Speech,
    Viseme,
    VisemeSpan,
    WordTime,
)
from livestream.playout.lineup import AdLib
from livestream.playout.shown import AD_LIB
from livestream.programme.state import ProgrammeState


def make_speech(
    caption: str,
    seconds: float = 2.0,
    *,
    line_id: str = "line",
    level: int = 1000,
    facts: tuple[FactRef, ...] = (),
    cut_points: bool = False,
) -> Speech:
    """Return a speech of constant level whose words divide its length evenly; `cut_points` at each of their ends."""
    count = round(seconds * SAMPLE_RATE)
    words = caption.split()
    edges = np.linspace(0, count, len(words) + 1).astype(int).tolist()
    return Speech(
        line_id=line_id,
        locale="en-US",
        caption=caption,
        spoken=caption.lower(),
        pcm=np.full(count, level, np.int16),
        visemes=(VisemeSpan(0, count, Viseme.AA),),
        words=tuple(WordTime(word, edges[i], edges[i + 1]) for i, word in enumerate(words)),
        cut_points=tuple(edges[1:]) if cut_points else (count,),
        facts=facts,
        engine="fake",
        timing="exact",
    )


def make_ready(seq: int, caption: str = "one two three four", seconds: float = 2.0, gap: float = 0.2) -> ReadyLine:
    """Return a queue entry with a made speech."""
    return ReadyLine(
        seq=seq,
        instance=f"0.part-{seq}",
        loop=0,
        segment="segment",
        part=f"part-{seq}",
        beat="hook",
        product="lamp",
        speech=make_speech(caption, seconds, line_id=f"line-{seq}"),
        gap=round(gap * SAMPLE_RATE),
    )


def make_ad_lib(
    ident: str,
    count: int = 2,
    seconds: float = 1.0,
    *,
    now: bool = False,
    cues: tuple[Cue, ...] = (),
    level: int = -700,
) -> AdLib:
    """Return an ad-lib of made speeches; the cues go with its first line."""
    speeches = [make_speech("yes it is", seconds, line_id=f"{ident}-{n}", level=level) for n in range(count)]
    entries = tuple(
        ReadyLine(AD_LIB, ident, 0, "ad-lib", ident, "answer", None, speech, cues=cues if speech is speeches[0] else ())
        for speech in speeches
    )
    return AdLib(ident, entries, now)


@dataclass(slots=True)
class StillPresenter:
    """A presenter that never moves and remembers what it was told."""

    pushed: list[tuple[str, int]] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    events: list[tuple[int, str, str]] = field(default_factory=list)

    def push(self, speech: Speech, start: int) -> None:
        """Remember a speech's line and start."""
        self.pushed.append((speech.line_id, start))

    def cut(self, at: int) -> None:
        """Remember a cut."""
        self.cuts.append(at)

    def event(self, at: int, kind: Literal["gesture", "gaze", "state"], name: str) -> None:
        """Remember an event."""
        self.events.append((at, kind, name))

    def render(self, n: int) -> Figure:
        """Return an empty figure."""
        empty = np.zeros((2, 2), np.uint8)
        half = np.zeros((1, 1), np.uint8)
        return Figure(Box(0, 0, 2, 2), empty, half, half, empty, half, ())

    def close(self) -> None:
        """Do nothing."""


@dataclass(slots=True)
class PlainProgramme:
    """A programme that remembers the states it was shown and passes the stem on as both channels."""

    states: list[ProgrammeState] = field(default_factory=list)
    prepared: list[Card | LowerThird | None] = field(default_factory=list)

    def picture(self, state: ProgrammeState) -> av.VideoFrame:
        """Remember the state; return a tiny picture."""
        self.states.append(state)
        return av.VideoFrame(16, 16, "yuv420p")

    def sound(self, state: ProgrammeState) -> NDArray[np.int16]:
        """Return the stem on both channels."""
        return np.repeat(state.stem[:, None], 2, axis=1)

    def prepare(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Remember what was drawn ahead."""
        self.prepared.append(card or lower_third)


class CountingEncoder:
    """An encoder whose packets carry the frame's number and its raw sound."""

    def video(self, n: int, frame: av.VideoFrame) -> list[Packet]:
        """Return one packet, each 50th a key."""
        at = n * SAMPLES_PER_FRAME
        return [Packet("video", at, at, SAMPLES_PER_FRAME, n % 50 == 0, str(n).encode())]

    def audio(self, n: int, pcm: NDArray[np.int16]) -> list[Packet]:
        """Return one packet with the raw sound."""
        at = n * SAMPLES_PER_FRAME
        return [Packet("aac", at, at, SAMPLES_PER_FRAME, True, pcm.tobytes())]

    def flush(self) -> list[Packet]:
        """Return nothing: nothing is held."""
        return []
