"""The voice of a whole rundown as one sound: WAV for people, Opus for the page."""

from __future__ import annotations

import io
import wave

import av
import numpy as np

from livestream.channel.desk import Programming
from livestream.errors import ProgrammeError
from livestream.media import SAMPLE_RATE, Pcm

_FRAME = 960
_BIT_RATE = 48_000


def voice(programming: Programming) -> Pcm:
    """Return all speech with its pauses, mono at 48 kHz."""
    pieces: list[Pcm] = []
    for ready in programming.ready_lines(0):
        if ready.speech is not None:
            pieces.append(ready.speech.pcm)
        pieces.append(np.zeros(ready.gap, np.int16))
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)


def wav(pcm: Pcm) -> bytes:
    """Return a WAV file of mono samples."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(pcm.astype("<i2").tobytes())
    return buffer.getvalue()


def mp3(pcm: Pcm) -> bytes:
    """Return an MP3 file of mono samples: every browser plays and seeks it.

    Raises:
        ProgrammeError: the encoder is missing or fails.
    """
    buffer = io.BytesIO()
    try:
        with av.open(buffer, "w", format="mp3") as container:
            stream = container.add_stream("libmp3lame", rate=SAMPLE_RATE, layout="mono", bit_rate=_BIT_RATE)
            for start in range(0, len(pcm), _FRAME):
                chunk = np.ascontiguousarray(pcm[start : start + _FRAME]).reshape(1, -1)
                frame = av.AudioFrame.from_ndarray(chunk, format="s16", layout="mono")
                frame.sample_rate, frame.pts = SAMPLE_RATE, start
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    except (av.error.FFmpegError, ValueError) as error:
        raise ProgrammeError(f"the sound of the preview cannot be encoded: {error}") from error
    return buffer.getvalue()
