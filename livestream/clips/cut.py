"""Cutting: one stretch of a recording becomes one clip, with moviepy.

A clip begins with a title card and then shows the recording from the frame in which the first
sentence begins to the frame in which the last one ends. There is exactly one caption: upright, the
one that the recorded picture shows already; in a square, which is too low for it, the same caption
drawn anew at the lower edge.
"""

from __future__ import annotations

import errno
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args

import av

from livestream.clips.overlays import Captions, title_card
from livestream.clips.reading import Picture, Pictures, sound
from livestream.clips.recording import Recording
from livestream.clips.stretches import Stretch
from livestream.disclosure import FILE_TAGS
from livestream.egress.marks import add_xmp
from livestream.errors import LivestreamError, MachineError, UsageError
from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, WIDTH
from livestream.programme.transition import ENTER_FRAMES, LEAVE_FRAMES

Aspect = Literal["9:16", "1:1"]
ASPECTS: tuple[str, ...] = get_args(Aspect)
TITLE_FRAMES = 30
"""How long the title card stands: 1.2 s."""
OVERLAP_FRAMES = LEAVE_FRAMES
"""So many of them lie over the first words: in those the card of the product before still leaves."""
DISSOLVE_FRAMES = 6
"""How long the title card then takes to give way to the picture."""
LEAD_FRAMES = TITLE_FRAMES - OVERLAP_FRAMES
"""Frames of a clip before its first frame of the recording."""
SQUARE_TOP = 72
"""The square is as wide as the recording and begins here, so that AI label, card and face are in it."""

_FADE_IN, _FADE_OUT = 0.02, 0.06
_BYTES_PER_SECOND = 1_000_000
_SPARE_BYTES = 16 << 20
_LIBX264 = "h264"  # by its own name moviepy 2.2 asks it for an alpha plane
_COLOUR = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
_ENCODING = (
    *("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-crf", "19", "-g", "50"),
    *(*_COLOUR, "-profile:v", "high", "-movflags", "+faststart+use_metadata_tags"),
    *(argument for name, value in FILE_TAGS.items() for argument in ("-metadata", f"{name}={value}")),
)

_Moviepy = Any
"""moviepy and its clips; it ships no types."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that was cut: `start` and `end` are programme samples on frames; `lead` seconds before `start`."""

    path: Path
    product: str
    title: str
    start: int
    end: int
    lead: float

    @property
    def seconds(self) -> float:
        """Length in seconds, title card included."""
        return self.lead + (self.end - self.start) / SAMPLE_RATE


def cut(
    recording: Recording, stretch: Stretch, folder: Path, *, aspect: Aspect, progress: Callable[[float], None]
) -> Clip:
    """Write the clip of a stretch into a folder, which is made; an older clip of the same name is replaced.

    Args:
        recording: where the stretch is cut from.
        stretch: which sentences.
        folder: where the clip appears, once it is complete.
        aspect: 9:16 as recorded, or a square.
        progress: told the share done, 0 to 1.

    Raises:
        MachineError: moviepy is not installed, or the folder cannot be written; nothing is left half-written.
        UsageError: the recording is damaged there.
    """
    moviepy = _moviepy()
    start = stretch.start // SAMPLES_PER_FRAME * SAMPLES_PER_FRAME
    end = -(-stretch.end // SAMPLES_PER_FRAME) * SAMPLES_PER_FRAME
    path = folder / file_name(recording.path, stretch.product, aspect)
    made = Clip(path, stretch.product, stretch.title, start, end, LEAD_FRAMES / FPS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < made.seconds * _BYTES_PER_SECOND + _SPARE_BYTES:
            raise OSError(errno.ENOSPC, "No space left on device")
        with tempfile.TemporaryDirectory(prefix=".clip-", dir=folder) as work:
            part = Path(work) / "clip.mp4"
            _write(moviepy, recording, stretch, made, aspect, part, progress)
            _check(part, made)
            add_xmp(part)
            part.replace(path)
    except av.FFmpegError as error:
        raise UsageError(
            f"the recording is damaged ({error.strerror})",
            where=str(recording.path),
            remedy="Cut clips from one that is whole.",
        ) from error
    except OSError as error:
        raise _explain(error, folder) from error
    return made


def file_name(recording: Path, product: str, aspect: Aspect) -> str:
    """Return a clip's file name: recording, product, and the aspect where it is not the recording's own."""
    safe = re.sub(r"[^\w]+", "-", product).strip("-")[:80] or "product"
    return f"{recording.stem}-{safe}{'' if aspect == '9:16' else '-' + aspect.replace(':', 'x')}.mp4"


def _moviepy() -> _Moviepy:
    try:
        return import_module("moviepy")
    except ImportError as error:
        raise MachineError(
            f"clips need moviepy, which cannot be loaded ({error})",
            remedy="Install it: pip install 'livestream[clips]'",
        ) from error


def _write(
    moviepy: _Moviepy,
    recording: Recording,
    stretch: Stretch,
    made: Clip,
    aspect: Aspect,
    part: Path,
    progress: Callable[[float], None],
) -> None:
    """Compose and encode; raises OSError where the recording or the disk refuses."""
    square = aspect == "1:1"
    rows = slice(SQUARE_TOP, SQUARE_TOP + WIDTH) if square else slice(None)
    captions = Captions(stretch.lines) if square else None
    length = (made.end - made.start) // SAMPLES_PER_FRAME
    with ExitStack() as stack:
        pictures = stack.enter_context(Pictures(recording))
        settled = pictures.at(made.start + min(length // 2, LEAVE_FRAMES + ENTER_FRAMES) * SAMPLES_PER_FRAME)[rows]
        card = title_card(settled, stretch.title, stretch.lines[0].locale, top=rows.start or 0)

        def shown(t: float) -> Picture:
            n = min(round(t * FPS), length - 1)
            middle = made.start + n * SAMPLES_PER_FRAME + SAMPLES_PER_FRAME // 2
            picture = pictures.at(middle)[rows].copy()
            if n < OVERLAP_FRAMES + DISSOLVE_FRAMES:
                share = max(0.0, (n + 1 - OVERLAP_FRAMES) / (DISSOLVE_FRAMES + 1))
                picture[:] = card * (1 - share) + picture * share
            if captions is not None:
                captions.lay(picture, middle)
            progress((n + 1) / length)
            return picture

        fades = [moviepy.afx.AudioFadeIn(_FADE_IN), moviepy.afx.AudioFadeOut(_FADE_OUT)]
        voice = moviepy.AudioArrayClip(sound(recording, made.start, made.end), SAMPLE_RATE).with_effects(fades)
        spoken = moviepy.VideoClip(shown, duration=length / FPS).with_audio(voice)
        whole = moviepy.concatenate_videoclips([moviepy.ImageClip(card, duration=made.lead), spoken])
        whole.write_videofile(
            str(part),
            fps=FPS,
            codec=_LIBX264,
            preset="fast",
            audio_codec="aac",
            audio_fps=SAMPLE_RATE,
            audio_bitrate="160k",
            temp_audiofile=str(part.with_suffix(".m4a")),  # in MP4 its encoder's delay is known and taken off
            ffmpeg_params=list(_ENCODING),
            logger=None,
        )


def _check(part: Path, made: Clip) -> None:
    """Raise OSError where the file is not whole: moviepy tells nobody when the encoder's last write fails."""
    try:
        with av.open(str(part)) as container:
            whole = container.streams.video[0].frames >= round(made.seconds * FPS) - 1 and container.streams.audio
    except av.FFmpegError:
        whole = False
    if not whole:
        raise OSError(errno.EIO, "the encoder stopped early")


def _explain(error: OSError, folder: Path) -> LivestreamError:
    text = str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in text:
        return MachineError("there is no room for the clip", where=str(folder), remedy="Free some disk space.")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return UsageError("this is not a folder", where=str(folder), remedy="Name a folder with --output.")
    return MachineError(
        f"the clip cannot be written: {error.strerror or text.splitlines()[0]}",
        where=str(folder),
        remedy="Check the folder's room and permissions, or name another with --output.",
    )
