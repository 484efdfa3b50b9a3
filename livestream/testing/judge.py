"""What a recording really holds, found by decoding it: gaps, freezes, black, silence, loudness."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from livestream.media import FPS, SAMPLE_RATE

BLACK = 24.0
"""Mean luma below which a frame is black (video range: black is 16)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The pictures of a recording.

    `gaps` are (seconds, length) of jumps in time of more than one and a half frames, `longest_freeze`
    seconds without any change, `black` the number of black frames.
    """

    frames: int
    first: float
    last: float
    gaps: tuple[tuple[float, float], ...]
    longest_freeze: float
    black: int
    keys: tuple[float, ...]

    @property
    def seconds(self) -> float:
        """From the first frame's begin to the last one's end."""
        return self.last - self.first + 1 / FPS


def look(path: Path) -> Seen:
    """Decode all pictures of a recording."""
    times: list[float] = []
    keys: list[float] = []
    black, still, longest = 0, 0.0, 0.0
    before: NDArray[Any] | None = None
    for frame in _pictures(path):
        now = float(frame.time or 0.0)
        luma = frame.to_ndarray(format="gray")[::8, ::8]
        black += float(luma.mean()) < BLACK
        unchanged = before is not None and np.array_equal(luma, before)
        still = still + 1 / FPS if unchanged else 0.0
        longest = max(longest, still)
        if frame.key_frame:
            keys.append(now)
        before = luma
        times.append(now)
    steps = np.diff(times)
    gaps = tuple((times[i], float(steps[i])) for i in np.flatnonzero((steps > 1.5 / FPS) | (steps <= 0)))
    return Seen(len(times), times[0], times[-1], gaps, longest, black, tuple(keys))


def decode_errors(path: Path) -> str:
    """Return what ffmpeg complains of while decoding everything; empty where nothing is wrong."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(path), "-f", "null", "-"], capture_output=True, text=True, check=False
    )
    return done.stderr.strip()


def sound_of(path: Path) -> NDArray[np.float32]:
    """Return a recording's sound as mono at 48 kHz, time 0 at the file's time 0."""
    pieces: list[NDArray[np.float32]] = []
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("flt", "mono", SAMPLE_RATE)
        for frame in container.decode(audio=0):
            if not pieces:
                lead = round(float(frame.time or 0.0) * SAMPLE_RATE)
                pieces.append(np.zeros(max(0, lead), np.float32))
            pieces += [out.to_ndarray()[0] for out in resampler.resample(frame)]
        pieces += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)


def levels(sound: NDArray[np.floating], spans: Sequence[tuple[float, float]]) -> list[float]:
    """Return the RMS in dBFS of each (start, end) in seconds; −120 where nothing was recorded."""
    found = []
    for start, end in spans:
        piece = sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)].astype(np.float64)
        found.append(10 * np.log10(max(1e-12, float(np.mean(piece**2)))) if len(piece) else -120.0)
    return found


def loudness_of(path: Path) -> tuple[float, float]:
    """Return integrated loudness in LUFS and true peak in dBTP, as ffmpeg's ebur128 measures them."""
    done = subprocess.run(
        ["ffmpeg", "-nostats", "-i", str(path), "-map", "a:0", "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    summary = done.stderr.rpartition("Summary:")[2]
    integrated = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    if integrated is None or peak is None:
        raise ValueError(f"ffmpeg measured no loudness: {done.stderr[-500:]}")
    return float(integrated[1]), float(peak[1])


def silences(
    sound: NDArray[np.floating], *, below: float = 10 ** (-50 / 20), longer: float = 0.0
) -> list[tuple[float, float]]:
    """Return (start, length) in seconds of stretches whose 10 ms RMS stays under `below`."""
    block = SAMPLE_RATE // 100
    count = len(sound) // block
    level = np.sqrt(np.mean(sound[: count * block].reshape(count, block).astype(np.float64) ** 2, axis=1))
    quiet = np.concatenate([[False], level < below, [False]])
    edges = np.flatnonzero(np.diff(quiet.astype(int)))
    found = [(start / 100, (end - start) / 100) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [(start, length) for start, length in found if length > longer]


def _pictures(path: Path) -> Iterator[av.VideoFrame]:
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        yield from container.decode(video=0)
