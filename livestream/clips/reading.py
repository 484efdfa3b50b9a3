"""Pictures and sound of a recording by programme sample.

They are found by their time stamps: a recording of a channel that was restarted has gaps, and
counting frames or samples from its beginning would come out wrong behind each.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Self, cast

import av
import numpy as np
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from livestream.clips.recording import Recording
from livestream.errors import UsageError
from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME

Picture = NDArray[np.uint8]
"""RGB, shape (height, width, 3)."""
_GRACE = 2 * SAMPLES_PER_FRAME
"""How long the last picture of a recording may stand."""
_RUN_UP = SAMPLE_RATE // 4
"""Samples that a sound decoder is started early."""


class Pictures:
    """Gives the picture that is shown at a programme sample; cheapest when asked forward."""

    def __init__(self, recording: Recording) -> None:
        self._origin = recording.origin
        self._container = av.open(str(recording.path))
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._shown: av.VideoFrame | None = None
        self._next: av.VideoFrame | None = None

    def at(self, sample: int) -> Picture:
        """Return the picture shown at a sample: the last one that began by then, through a gap too.

        Raises:
            UsageError: the recording ends before it.
        """
        if self._shown is None or sample < self._begin(self._shown):
            self._seek(sample)
        while self._next is not None and self._begin(self._next) <= sample:
            self._shown, self._next = self._next, next(self._frames, None)
        if self._shown is None or (self._next is None and sample >= self._begin(self._shown) + _GRACE):
            raise UsageError(
                "the recording ends earlier than its own index says",
                where=self._container.name,
                remedy="Copy it again, or cut clips from one that is whole.",
            )
        return cast("Picture", self._shown.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709))

    def _begin(self, frame: av.VideoFrame) -> int:
        return self._origin + _sample_of(frame)

    def _seek(self, sample: int) -> None:
        self._container.seek(max(0, sample - self._origin) * av.time_base // SAMPLE_RATE)
        self._frames = self._container.decode(self._stream)
        self._shown, self._next = next(self._frames, None), next(self._frames, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._container.close()


def sound(recording: Recording, start: int, end: int) -> NDArray[np.float32]:
    """Return the sound from programme sample `start` to `end`, shape (end − start, 2); a gap is silent."""
    heard = np.zeros((end - start, 2), np.float32)
    with av.open(str(recording.path)) as container:
        container.seek(max(0, start - _RUN_UP - recording.origin) * av.time_base // SAMPLE_RATE)
        resampler = av.AudioResampler("fltp", "stereo", SAMPLE_RATE)
        for frame in container.decode(audio=0):
            at = recording.origin + _sample_of(frame) - start
            if at >= len(heard):
                break
            for part in resampler.resample(frame):
                samples = part.to_ndarray().T
                first, last = max(0, at), min(len(heard), at + len(samples))
                if last > first:
                    heard[first:last] = samples[first - at : last - at]
    return heard


def _sample_of(frame: av.VideoFrame | av.AudioFrame) -> int:
    """Return the sample at which a frame begins, in the recording's own time."""
    return round((frame.pts or 0) * (frame.time_base or 0) * SAMPLE_RATE)
