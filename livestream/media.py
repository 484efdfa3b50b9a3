"""What is heard and seen: the plain data that passes between speech, picture, playout and egress.

The time base of the whole house is the sample count at 48 kHz; frame n begins at sample 1920·n.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from livestream.lines import Cue, FactRef

SAMPLE_RATE = 48_000
FPS = 25
SAMPLES_PER_FRAME = SAMPLE_RATE // FPS
WIDTH, HEIGHT = 720, 1280

Pcm = NDArray[np.int16]
"""Mono s16 samples at 48 kHz, shape (n,)."""
Plane = NDArray[np.uint8]
"""One 8-bit picture plane, shape (height, width)."""


class Viseme(IntEnum):
    """The Oculus-15 mouth shapes, in MPEG-4 order: the wire format of lip sync."""

    SIL = 0
    PP = 1
    FF = 2
    TH = 3
    DD = 4
    KK = 5
    CH = 6
    SS = 7
    NN = 8
    RR = 9
    AA = 10
    E = 11
    I = 12  # noqa: E741 - the field's own name of this viseme
    O = 13  # noqa: E741 - the field's own name of this viseme
    U = 14


@dataclass(frozen=True, slots=True)
class VisemeSpan:
    """One mouth shape from sample `start` to sample `end`, relative to its speech."""

    start: int
    end: int
    viseme: Viseme
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class WordTime:
    """When one caption token is heard: `text` as shown, samples relative to its speech."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """One spoken sentence, ready for air.

    `pcm` is levelled to −16 LUFS; `cut_points` are samples at which it may be left without
    cutting into a word; `timing` says whether visemes come from the engine or were estimated;
    `rules` and `approver` are those of the approved line.
    """

    line_id: str
    locale: str
    caption: str
    spoken: str
    pcm: Pcm
    visemes: tuple[VisemeSpan, ...]
    words: tuple[WordTime, ...]
    cut_points: tuple[int, ...]
    facts: tuple[FactRef, ...]
    engine: str
    timing: Literal["exact", "estimated"]
    rules: str = ""
    approver: str = ""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Card:
    """The product card as the screen shows it: approved texts and a picture file.

    `price` and `was` are formatted for the locale; empty means not shown. `picture` is the path
    of a PNG or JPEG on this machine, empty for a drawn card.
    """

    product: str
    title: str
    price: str = ""
    was: str = ""
    note: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class LowerThird:
    """A strip of approved text across the lower part of the picture."""

    id: str
    heading: str
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ReadyLine:
    """One entry of the air's queue: a sentence, or a pause where `speech` is None.

    `seq` grows by one for every entry a channel ever queues and is how a restarted orchestrator
    finds its place. `gap` is the silence after the sentence, in samples.
    """

    seq: int
    instance: str
    loop: int
    segment: str
    part: str
    beat: str
    product: str | None
    speech: Speech | None
    gap: int = 0
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture in pixels; all four numbers are even, for 4:2:0 chroma."""

    x: int
    y: int
    width: int
    height: int


@dataclass(slots=True, eq=False)
class Figure:
    """The presenter in one frame, as premultiplied I420 plus alpha within `box`.

    `y` and `alpha` have shape (box.height, box.width), `u`, `v` and `alpha_half` half of that each
    way. Premultiplied: composed = plane + backdrop·(255 − alpha)/255, chroma included. Buffers may
    be reused by the next frame. `dirty` lists boxes, in picture coordinates, that differ from the
    previously rendered frame. `mouth_open` is lip aperture, 0 closed to 1 wide.
    """

    box: Box
    y: Plane
    u: Plane
    v: Plane
    alpha: Plane
    alpha_half: Plane
    dirty: tuple[Box, ...]
    mouth_open: float = 0.0


StreamName = Literal["video", "aac", "opus"]


@dataclass(frozen=True, slots=True)
class Packet:
    """One encoded packet; `pts`, `dts` and `duration` are samples at 48 kHz of programme time.

    Video is H.264 Annex B without B-frames, each key frame preceded by SPS and PPS. `aac` is raw
    AAC-LC without ADTS, `opus` raw Opus.
    """

    stream: StreamName
    pts: int
    dts: int
    duration: int
    key: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class StreamHeaders:
    """What a muxer must know before the first packet.

    `video_extradata` is SPS and PPS in Annex B, `aac_extradata` the AudioSpecificConfig,
    `opus_extradata` the OpusHead.
    """

    width: int = WIDTH
    height: int = HEIGHT
    fps: int = FPS
    sample_rate: int = SAMPLE_RATE
    aac_channels: int = 2
    opus_channels: int = 2
    video_extradata: bytes = b""
    aac_extradata: bytes = b""
    opus_extradata: bytes = b""
    labels: dict[str, str] = field(default_factory=dict)
