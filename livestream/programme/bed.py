"""The music bed: our own by default, or a file of the merchant's, looped without a seam."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from livestream.errors import UsageError
from livestream.kept import kept
from livestream.loudness import integrated
from livestream.media import SAMPLE_RATE
from livestream.programme import synthesis
from livestream.programme.sound import Sound, decibels

BED_LUFS = -26.0
"""How loud a bed is made; under speech it is ducked further."""
LONGEST_SECONDS = 600
"""Of a longer file only this much is used."""
CROSSFADE_MS = 3000

_VARIANTS = 4
_MADE_BY = 2
"""Raised whenever the synthesis changes, so that cached beds are made again."""

Samples = NDArray[np.int16]
Segment = Any
"""pydub's AudioSegment; pydub ships no types."""


class Bed:
    """Loops that play together for ever, at −26 LUFS.

    Args:
        loops: stereo s16 at 48 kHz, each of shape (its length, 2).
    """

    def __init__(self, loops: Sequence[Samples]) -> None:
        self._loops = tuple(loops)

    @classmethod
    def default(cls, seed: int = 0) -> Bed:
        """Return the bed of our own synthesis; the seed chooses one of its variants."""
        variant = seed % _VARIANTS
        return cls(kept("beds", f"own{variant}", b"%d" % _MADE_BY, lambda: _levelled(synthesis.bed_loops(variant))))

    @classmethod
    def from_file(cls, path: Path) -> Bed:
        """Return a bed of a sound file in any format that the decoder knows.

        Raises:
            UsageError: the file is missing, holds no sound or cannot be decoded.
        """
        segment = _decoded(path)
        whole = segment.set_channels(2).set_sample_width(2)
        fade = min(CROSSFADE_MS, len(whole) // 4)
        # The end, fading, lies over the beginning: the loop's last sample runs on into its first.
        begin, middle, end = whole[:fade], whole[fade:-fade], whole[-fade:]
        looped = end.fade_out(fade).overlay(begin.fade_in(fade)) + middle
        samples = np.frombuffer(looped.raw_data, np.int16).reshape(-1, 2)
        level = integrated((samples / 32768).astype(np.float32))
        if not np.isfinite(level):
            raise UsageError("the music bed is silent", where=str(path), remedy="Choose a file with sound in it.")
        levelled = looped.apply_gain(BED_LUFS - level)
        return cls([np.frombuffer(levelled.raw_data, np.int16).reshape(-1, 2)])

    @staticmethod
    def check(path: Path) -> None:
        """Decode the beginning of a sound file, to tell soon whether it can be a bed.

        Raises:
            UsageError: as of `from_file`.
        """
        with _opened(path) as (container, stream):
            next(container.decode(stream), None)

    @property
    def seconds(self) -> float:
        """Length of the longest loop."""
        return max(len(loop) for loop in self._loops) / SAMPLE_RATE

    def read(self, start: int, count: int) -> Sound:
        """Return `count` samples from programme sample `start` on."""
        mixed = np.zeros((count, 2), np.float32)
        for loop in self._loops:
            position, filled = start % len(loop), 0
            while filled < count:
                piece = loop[position : position + count - filled]
                mixed[filled : filled + len(piece)] += piece
                filled, position = filled + len(piece), 0
        mixed /= 32768
        return mixed


def _levelled(loops: Sequence[Sound]) -> list[Samples]:
    """Bring loops, as they sound together, to the bed's loudness."""
    length = max(len(loop) for loop in loops)
    together = np.sum([np.resize(loop, (length, 2)) for loop in loops], axis=0)
    gain = decibels(BED_LUFS - integrated(together))
    return [np.rint(loop * gain * 32768).astype(np.int16) for loop in loops]


def _decoded(path: Path) -> Segment:
    """Decode a file to a pydub segment at 48 kHz.

    pydub's own loader needs ffprobe, and its rate conversion interpolates linearly; the decoder
    that is here anyway does both better.
    """
    segment = _pydub().AudioSegment
    chunks, size = [], 0
    with _opened(path) as (container, stream):
        layout = "mono" if stream.channels == 1 else "stereo"
        resampler = av.AudioResampler(format="s16", layout=layout, rate=SAMPLE_RATE)
        channels = 1 if layout == "mono" else 2
        for frame in container.decode(stream):
            for part in resampler.resample(frame):
                chunks.append(part.to_ndarray().tobytes())
                size += part.samples
            if size >= LONGEST_SECONDS * SAMPLE_RATE:
                break
    if size < SAMPLE_RATE:
        raise UsageError("the music bed is shorter than a second", where=str(path), remedy="Choose a longer file.")
    return segment(data=b"".join(chunks), sample_width=2, frame_rate=SAMPLE_RATE, channels=channels)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Give the file and its first sound; what goes wrong while it is open is the file's fault."""
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise UsageError("there is no sound in this file", where=str(path), remedy="Choose a sound file.")
            yield container, container.streams.audio[0]
    except (av.FFmpegError, OSError) as error:
        raise UsageError(
            f"the music bed cannot be read ({error.strerror or error})",
            where=str(path),
            remedy="Choose a sound file such as MP3, M4A, FLAC, Ogg or WAV.",
        ) from error


def _pydub() -> ModuleType:
    """Return pydub; on import it warns of programs that only its own loader would need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("pydub")
