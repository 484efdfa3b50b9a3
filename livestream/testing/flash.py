"""A programme made for measuring: a white flash and a 1 kHz beep at the same instant, every two seconds.

It is encoded live, as the product's own encode is, so that key frames can be asked for. Half the
picture's size keeps it cheap; `bitrate` and `size` make it as heavy as the real one.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from livestream.clock import Clock
from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, Packet

PERIOD_FRAMES = 2 * FPS
FLASH_FRAMES = 2
OPUS_SAMPLES = 960


class FlashAndBeep:
    """Encodes the measuring programme frame by frame."""

    def __init__(self, *, size: tuple[int, int] = (360, 640), bitrate: int = 600_000, noise: int = 0) -> None:
        self._size = size
        self._key_wanted = False
        self._video = _video_encoder(size, bitrate)
        self._audio = _audio_encoder()
        rng = np.random.default_rng(7)
        self._noise = [rng.integers(0, noise + 1, (size[1], size[0]), np.uint8) for _ in range(8)]

    def request_key(self) -> None:
        """Make the next frame a key frame."""
        self._key_wanted = True

    def frame(self, n: int) -> list[Packet]:
        """Return the packets of frame `n`: its picture, then its 40 ms of sound."""
        return [*self._picture(n), *self._sound(n)]

    def _picture(self, n: int) -> list[Packet]:
        width, height = self._size
        luma = np.full((height, width), 60, np.uint8) + self._noise[n % len(self._noise)]
        left = (n * 6) % (width - 60)
        luma[height // 2 : height // 2 + 60, left : left + 60] = 150
        if n % PERIOD_FRAMES < FLASH_FRAMES:
            luma[:] = 235
        planes = np.concatenate([luma, np.full((height // 2, width), 128, np.uint8)])
        frame = av.VideoFrame.from_ndarray(planes, "yuv420p")
        frame.pts = n
        frame.time_base = Fraction(1, FPS)
        frame.pict_type = PictureType.I if self._key_wanted else PictureType.NONE
        self._key_wanted = False
        return [
            Packet("video", n * SAMPLES_PER_FRAME, n * SAMPLES_PER_FRAME, SAMPLES_PER_FRAME, p.is_keyframe, bytes(p))
            for p in self._video.encode(frame)
        ]

    def _sound(self, n: int) -> list[Packet]:
        samples = np.arange(n * SAMPLES_PER_FRAME, (n + 1) * SAMPLES_PER_FRAME)
        tone = 8000 * np.sin(2 * np.pi * 1000 * samples / SAMPLE_RATE)
        beeps = samples % (PERIOD_FRAMES * SAMPLES_PER_FRAME) < FLASH_FRAMES * SAMPLES_PER_FRAME
        mono = np.where(beeps, tone, 0).astype(np.int16)
        packets = []
        for start in range(0, SAMPLES_PER_FRAME, OPUS_SAMPLES):
            interleaved = np.repeat(mono[start : start + OPUS_SAMPLES], 2).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(interleaved, "s16", "stereo")
            frame.sample_rate = SAMPLE_RATE
            frame.pts = int(samples[start])
            frame.time_base = Fraction(1, SAMPLE_RATE)
            packets += self._audio.encode(frame)
        return [Packet("opus", p.pts or 0, p.pts or 0, OPUS_SAMPLES, True, bytes(p)) for p in packets]


async def play(programme: FlashAndBeep, feed: Callable[[Packet], None], clock: Clock, *, first: int = 0) -> None:
    """Feed the programme in real time, frame by frame, until cancelled."""
    start = clock.monotonic() - first / FPS
    n = first
    while True:
        await clock.sleep_until(start + n / FPS)
        for packet in programme.frame(n):
            feed(packet)
        n += 1


def _video_encoder(size: tuple[int, int], bitrate: int) -> VideoCodecContext:
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height = size
    codec.pix_fmt = "yuv420p"
    codec.framerate = Fraction(FPS)
    codec.time_base = Fraction(1, FPS)
    codec.bit_rate = bitrate
    codec.gop_size = PERIOD_FRAMES
    codec.thread_count = 1
    codec.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "profile": "baseline",
        "level": "3.1",
        "forced-idr": "1",
        "maxrate": str(bitrate),
        "bufsize": str(bitrate),
    }
    return codec


def _audio_encoder() -> AudioCodecContext:
    codec = av.CodecContext.create("libopus", "w")
    codec.sample_rate = SAMPLE_RATE
    codec.layout = "stereo"
    codec.format = "s16"
    codec.bit_rate = 96_000
    codec.time_base = Fraction(1, SAMPLE_RATE)
    return codec
