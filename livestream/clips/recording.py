"""A recording and what its as-run log says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import av

from livestream.clips.stretches import Stretch, stretches
from livestream.egress.mux import ORIGIN_TAG
from livestream.errors import PlayoutError, UsageError
from livestream.media import HEIGHT, SAMPLE_RATE, WIDTH
from livestream.playout.asrun import aired, read_as_run

LOG_SUFFIX = ".as-run.jsonl"
_NUMBERED = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording: `origin` is the programme sample that is its time 0, `length` in samples."""

    path: Path
    origin: int
    length: int
    stretches: tuple[Stretch, ...]


def open_recording(path: Path, as_run: Path | None = None) -> Recording:
    """Read a recording's clock and the log beside it, `show.as-run.jsonl` for `show.mp4`.

    Raises:
        UsageError: the file is not a recording of a programme, has no log, or shows no product.
        PlayoutError: the log is damaged; names the line.
    """
    origin, length = _clock(path)
    log = as_run or _log_of(path)
    try:
        lines = aired(read_as_run(log))
    except PlayoutError as error:
        raise PlayoutError(
            error.message,
            where=error.where,
            remedy="Clips are cut only by a log that is whole: take the one that was written with the recording.",
        ) from error
    found = stretches(lines, first=origin, last=origin + length)
    if not found:
        raise UsageError(
            "the as-run log names no product within this recording",
            where=str(log),
            remedy="Name the log that belongs to it with --as-run.",
        )
    return Recording(path, origin, length, tuple(found))


def _clock(path: Path) -> tuple[int, int]:
    """Return a recording's origin and length in samples."""
    if not path.is_file():
        raise UsageError(
            "there is no such recording", where=str(path), remedy="livestream render and livestream run make one."
        )
    try:
        with av.open(str(path)) as container:
            picture = next(iter(container.streams.video), None)
            sound = next(iter(container.streams.audio), None)
            size = (picture.width, picture.height) if picture is not None else (0, 0)
            seconds = (container.duration or 0) / av.time_base
            origin = int(container.metadata.get(ORIGIN_TAG, "0"))
    except (av.FFmpegError, OSError, ValueError) as error:
        raise UsageError(
            f"this is not a recording that can be read ({error})",
            where=str(path),
            remedy="Name an MP4 that livestream render or livestream run wrote.",
        ) from error
    if size != (WIDTH, HEIGHT) or sound is None:
        raise UsageError(
            f"this is not a recording of the programme: it has no {WIDTH}x{HEIGHT} picture with sound",
            where=str(path),
            remedy="Name an MP4 that livestream render or livestream run wrote.",
        )
    return origin, round(seconds * SAMPLE_RATE)


def _log_of(path: Path) -> Path:
    """Return the log beside a recording; `show-2.mp4`, which went on after a full disk, shares that of `show.mp4`."""
    own = path.with_suffix(LOG_SUFFIX)
    shared = path.with_name(_NUMBERED.sub("", path.stem) + LOG_SUFFIX)
    for log in (own, shared):
        if log.is_file():
            return log
    raise UsageError(
        "there is no as-run log beside the recording, and only it tells what was said when",
        where=str(own),
        remedy="Put it there, or name it with --as-run.",
    )
