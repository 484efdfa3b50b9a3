"""Reading the WAV that another program or server gives: nothing in it is believed."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from livestream.errors import SpeechError
from livestream.speech.engine import Samples

_FORMAT = struct.Struct("<HHIIHH")
_PCM, _EXTENSIBLE = 1, 0xFFFE
_MOST_CHANNELS = 8


def read_wav(data: bytes) -> tuple[Samples, int]:
    """Return the samples, channels averaged, and the rate of a 16-bit PCM WAV.

    A length that is more than there is, as endless streams state it, means all there is.

    Raises:
        SpeechError: it is no such file.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise SpeechError("the sound is no WAV")
    kind = channels = rate = bits = 0
    for name, body in _chunks(data):
        if name == b"fmt " and len(body) >= _FORMAT.size:
            kind, channels, rate, _, _, bits = _FORMAT.unpack_from(body)
        elif name == b"data":
            if kind not in (_PCM, _EXTENSIBLE) or bits != 16 or not 1 <= channels <= _MOST_CHANNELS:
                break
            return pcm16(bytes(body), channels), rate
    raise SpeechError("the WAV holds no 16-bit PCM")


def pcm16(data: bytes, channels: int = 1) -> Samples:
    """Return s16le samples as floats of full scale ±1, channels averaged; half a sample at the end is left out."""
    frames = len(data) // (2 * channels)
    samples = np.frombuffer(data, "<i2", count=frames * channels).astype(np.float32) * np.float32(1 / 32768)
    mono: Samples = samples.reshape(frames, channels).mean(axis=1, dtype=np.float32)
    return mono


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    here = 12
    view = memoryview(data)
    while here + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, here)
        yield name, view[here + 8 : here + 8 + length]
        here += 8 + length + length % 2
