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
from numpy.typing import NDArray

from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, Packet, StreamHeaders, StreamName

WIDTH, HEIGHT = 180, 320
BITS = 16
"""Bits of the barcode: frame numbers count modulo 2**16."""
GOP = 50
"""Frames from key frame to key frame."""
_BAR = 20
_TIME_BASE = Fraction(1, SAMPLE_RATE)


@lru_cache(maxsize=4)
def test_packets(seconds: float) -> tuple[StreamHeaders, tuple[Packet, ...]]:
    """Return headers and the packets of so many seconds from programme time 0, in order of dts.

    Video is 180x320 H.264 constrained baseline, sound AAC-LC and Opus, stereo; a key frame each 2 s.
    """
    frames = round(seconds * FPS)
    video, packets = _video(frames)
    sound = _sound(frames)
    aac, aac_packets = _audio("aac", "aac", "fltp", sound, 1024)
    opus, opus_packets = _audio("opus", "libopus", "s16", sound, 960)
    headers = StreamHeaders(
        width=WIDTH,
        height=HEIGHT,
        video_extradata=video,
        aac_extradata=aac,
        opus_extradata=opus,
        labels={"label": "AI-generated host"},
    )
    return headers, tuple(sorted(packets + aac_packets + opus_packets, key=lambda packet: packet.dts))


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


def _video(frames: int) -> tuple[bytes, list[Packet]]:
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.time_base, encoder.framerate = _TIME_BASE, Fraction(FPS)
    encoder.bit_rate, encoder.gop_size, encoder.max_b_frames = 400_000, GOP, 0
    encoder.options = {
        "preset": "superfast",
        "tune": "zerolatency",
        "profile": "baseline",
        "x264-params": "scenecut=0:threads=1",
    }
    encoded: list[av.Packet[Any]] = []
    for n in range(frames):
        frame = av.VideoFrame.from_ndarray(picture(n), format="yuv420p")
        frame.pts, frame.time_base = n * SAMPLES_PER_FRAME, _TIME_BASE
        encoded += encoder.encode(frame)
    encoded += encoder.encode(None)
    packets = [_packet("video", packet, SAMPLES_PER_FRAME) for packet in encoded]
    first = packets[0].data
    return first[: first.index(b"\x00\x00\x01\x06")], packets


def _audio(
    name: StreamName, codec: str, layout: str, sound: NDArray[np.int16], size: int
) -> tuple[bytes, list[Packet]]:
    encoder = cast("av.AudioCodecContext", av.CodecContext.create(codec, "w"))
    encoder.sample_rate, encoder.layout = SAMPLE_RATE, "stereo"
    encoder.format = av.AudioFormat(layout)
    encoder.bit_rate, encoder.time_base = 128_000, _TIME_BASE
    encoded: list[av.Packet[Any]] = []
    for at in range(0, len(sound) - size + 1, size):
        mono = sound[at : at + size]
        planes = np.stack([mono, mono])
        if layout == "fltp":
            frame = av.AudioFrame.from_ndarray((planes / 32768).astype(np.float32), format=layout, layout="stereo")
        else:
            frame = av.AudioFrame.from_ndarray(planes.T.reshape(1, -1).copy(), format=layout, layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, at, _TIME_BASE
        encoded += encoder.encode(frame)
    encoded += encoder.encode(None)
    return bytes(encoder.extradata or b""), [_packet(name, packet, size) for packet in encoded]


def _sound(frames: int) -> NDArray[np.int16]:
    t = np.arange(frames * SAMPLES_PER_FRAME)
    beeping = t % SAMPLE_RATE < 2 * SAMPLES_PER_FRAME
    tone = np.sin(2 * np.pi * 1000 * t / SAMPLE_RATE) * beeping
    return np.asarray(tone * 12_000, np.int16)


def _packet(name: StreamName, packet: av.Packet[Any], duration: int) -> Packet:
    pts, dts = packet.pts or 0, packet.dts or 0
    return Packet(name, pts, dts, packet.duration or duration, name != "video" or packet.is_keyframe, bytes(packet))
