"""Encoded packets without a presenter: a moving picture that names its frames, and a beep each second.

The picture carries its frame number as a barcode and flashes white in the first frame of each
second, in which the sound beeps too: a receiver's decoded output tells lost frames and lip sync.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

import av
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray

from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, Packet, StreamHeaders, StreamName

WIDTH, HEIGHT = 180, 320
BITS = 16
"""Bits of the barcode: frame numbers count modulo 2**16."""
GOP = 50
"""Frames from key frame to key frame."""
_BAR = 20
_TIME_BASE = Fraction(1, SAMPLE_RATE)


class TestEncoder:
    """Encodes the test picture and sound frame by frame; a key frame each 2 s and on request."""

    __test__ = False

    def __init__(self, first: int = 0) -> None:
        self.n = first
        """The next frame."""
        self._key_wanted = False
        self._video = av.CodecContext.create("libx264", "w")
        self._video.width, self._video.height, self._video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        self._video.time_base, self._video.framerate = _TIME_BASE, Fraction(FPS)
        self._video.bit_rate, self._video.gop_size, self._video.max_b_frames = 400_000, GOP, 0
        self._video.options = {
            "preset": "superfast",
            "tune": "zerolatency",
            "profile": "baseline",
            "forced-idr": "1",
            "x264-params": "scenecut=0:threads=1",
        }
        self._sound = [_Sound("aac", "aac", "fltp", 1024, first), _Sound("opus", "libopus", "s16", 960, first)]

    def request_key(self) -> None:
        """Make the next frame a key frame."""
        self._key_wanted = True

    def tick(self) -> list[Packet]:
        """Return the packets of the next frame and its sound."""
        frame = av.VideoFrame.from_ndarray(picture(self.n), format="yuv420p")
        frame.pts, frame.time_base = self.n * SAMPLES_PER_FRAME, _TIME_BASE
        if self._key_wanted:
            frame.pict_type, self._key_wanted = PictureType.I, False
        packets = [_packet("video", packet, SAMPLES_PER_FRAME) for packet in self._video.encode(frame)]
        self.n += 1
        for sound in self._sound:
            packets += sound.until(self.n * SAMPLES_PER_FRAME)
        return packets

    def headers(self) -> StreamHeaders:
        """Return the streams' parameters, which are the same for every test encoder."""
        return _headers()


@lru_cache(maxsize=4)
def test_packets(seconds: float) -> tuple[StreamHeaders, tuple[Packet, ...]]:
    """Return headers and the packets of so many seconds from programme time 0, in order of dts.

    Video is 180x320 H.264 constrained baseline, sound AAC-LC and Opus, stereo; a key frame each 2 s.
    """
    encoder = TestEncoder()
    packets = [packet for _ in range(round(seconds * FPS)) for packet in encoder.tick()]
    return encoder.headers(), tuple(sorted(packets, key=lambda packet: packet.dts))


test_packets.__test__ = False  # type: ignore[attr-defined]  # a helper, whatever pytest takes its name for


def ticks(packets: tuple[Packet, ...]) -> list[list[Packet]]:
    """Group packets by the 40 ms frame they are due in, as the air process publishes them."""
    grouped: list[list[Packet]] = [[] for _ in range(max(packets[-1].dts, 0) // SAMPLES_PER_FRAME + 1)]
    for packet in packets:
        grouped[max(packet.dts, 0) // SAMPLES_PER_FRAME].append(packet)
    return grouped


def shifted(packets: tuple[Packet, ...], samples: int) -> tuple[Packet, ...]:
    """Return the packets moved to a later programme time."""
    return tuple(Packet(p.stream, p.pts + samples, p.dts + samples, p.duration, p.key, p.data) for p in packets)


def picture(n: int) -> NDArray[np.uint8]:
    """Return frame n as yuv420p planes, shape (HEIGHT * 3 / 2, WIDTH)."""
    planes = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    luma = planes[:HEIGHT]
    luma[:] = 235 if n % FPS == 0 else np.add.outer(np.arange(HEIGHT), np.arange(WIDTH) + 3 * n) % 96 + 32
    for bit in range(BITS):
        left = 10 + bit * 10
        luma[:_BAR, left : left + 10] = 235 if n >> bit & 1 else 16
    return planes


def read_barcode(luma: NDArray[np.uint8]) -> int:
    """Return the frame number that a decoded luma plane (HEIGHT, WIDTH) names."""
    return sum(1 << bit for bit in range(BITS) if luma[5 : _BAR - 5, 12 + bit * 10 : 18 + bit * 10].mean() > 128)


class _Sound:
    """A beep in the first two frames of each second, encoded."""

    def __init__(self, name: StreamName, codec: str, sample_format: str, size: int, first: int) -> None:
        self._name, self._format, self._size = name, sample_format, size
        self._at = first * SAMPLES_PER_FRAME
        self.encoder = cast("av.AudioCodecContext", av.CodecContext.create(codec, "w"))
        self.encoder.sample_rate, self.encoder.layout = SAMPLE_RATE, "stereo"
        self.encoder.format = av.AudioFormat(sample_format)
        self.encoder.bit_rate, self.encoder.time_base = 128_000, _TIME_BASE
        self.encoder.open()

    def until(self, end: int) -> list[Packet]:
        """Return the packets of what sounds before sample `end`, in whole codec frames."""
        packets = []
        while self._at + self._size <= end:
            t = np.arange(self._at, self._at + self._size)
            mono = 0.4 * np.sin(2 * np.pi * 1000 * t / SAMPLE_RATE) * (t % SAMPLE_RATE < 2 * SAMPLES_PER_FRAME)
            planes = np.stack([mono, mono])
            if self._format == "fltp":
                frame = av.AudioFrame.from_ndarray(planes.astype(np.float32), format="fltp", layout="stereo")
            else:
                samples = (planes * 32767).astype(np.int16).T.reshape(1, -1)
                frame = av.AudioFrame.from_ndarray(samples.copy(), format="s16", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, self._at, _TIME_BASE
            packets += [_packet(self._name, packet, self._size) for packet in self.encoder.encode(frame)]
            self._at += self._size
        return packets


@lru_cache(maxsize=1)
def _headers() -> StreamHeaders:
    encoder = TestEncoder()
    first = next(packet for packet in encoder.tick() if packet.stream == "video").data
    aac, opus = (bytes(sound.encoder.extradata or b"") for sound in encoder._sound)
    return StreamHeaders(
        width=WIDTH,
        height=HEIGHT,
        video_extradata=first[: first.index(b"\x00\x00\x01\x06")],
        aac_extradata=aac,
        opus_extradata=opus,
        labels={"label": "AI-generated host"},
    )


def _packet(name: StreamName, packet: av.Packet[Any], duration: int) -> Packet:
    pts, dts = packet.pts or 0, packet.dts or 0
    return Packet(name, pts, dts, packet.duration or duration, name != "video" or packet.is_keyframe, bytes(packet))
