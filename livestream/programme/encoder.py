"""One encode: the picture as H.264, the sound as AAC-LC and as Opus, each once for everybody.

The video is what every platform and every browser takes: constrained baseline at level 3.1, no
B-frames, a key frame each two seconds and on request, parameter sets before every key frame, a
rate held within its buffer. Time stamps are programme samples.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Literal

import av
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray

from livestream.errors import ProgrammeError
from livestream.media import (
    FPS,
    HEIGHT,
    SAMPLE_RATE,
    SAMPLES_PER_FRAME,
    WIDTH,
    Packet,
    StreamHeaders,
)

AAC_BITRATE, OPUS_BITRATE = 128_000, 96_000

_TIME_BASE = Fraction(1, SAMPLE_RATE)
_BT709 = 1
_LIMITED = 1


class Encoder:
    """Encodes frames that come in order; a missing stretch leaves a gap in the time stamps.

    Args:
        bitrate: video bits a second, also the size of the rate buffer's one second.
        gop_seconds: time between key frames that nobody asked for.
        preset: x264's; the slower, the finer the picture.
        threads: x264's; more than one makes an offline render faster.

    Raises:
        ProgrammeError: an encoder cannot be opened.
    """

    def __init__(
        self, *, bitrate: int = 2_500_000, gop_seconds: int = 2, preset: str = "superfast", threads: int = 1
    ) -> None:
        try:
            self._video = _open_video(bitrate, gop_seconds * FPS, preset, threads)
            self._sounds = (_SoundEncoder("aac"), _SoundEncoder("opus"))
        except (av.FFmpegError, ValueError) as error:
            raise ProgrammeError(
                f"an encoder cannot be opened: {error}",
                where="encoder",
                remedy="Run livestream doctor; it says which encoders this machine has.",
            ) from error
        self._key_wanted = False
        self.headers = StreamHeaders(
            video_extradata=self._video.extradata or b"",
            aac_extradata=self._sounds[0].extradata,
            opus_extradata=self._sounds[1].extradata,
        )

    def request_key(self) -> None:
        """Make the next picture a key frame; may be called from any thread."""
        self._key_wanted = True

    def video(self, n: int, frame: av.VideoFrame) -> list[Packet]:
        """Encode the picture of frame n; the frame may be overwritten afterwards."""
        frame.pts, frame.time_base = n * SAMPLES_PER_FRAME, _TIME_BASE
        frame.pict_type = PictureType.I if self._key_wanted else PictureType.NONE
        self._key_wanted = False
        return _video_packets(self._video.encode(frame))

    def audio(self, n: int, pcm: NDArray[np.int16]) -> list[Packet]:
        """Encode the sound of frame n, s16 of shape (1920, 2)."""
        return [packet for sound in self._sounds for packet in sound.encode(n * SAMPLES_PER_FRAME, pcm)]

    def flush(self) -> list[Packet]:
        """Return what the encoders still hold. Nothing can be encoded afterwards."""
        packets = _video_packets(self._video.encode(None))
        return packets + [packet for sound in self._sounds for packet in sound.flush()]


def _open_video(bitrate: int, gop: int, preset: str, threads: int) -> av.VideoCodecContext:
    codec = av.VideoCodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.time_base, codec.framerate = _TIME_BASE, Fraction(FPS)
    codec.bit_rate, codec.gop_size, codec.max_b_frames = bitrate, gop, 0
    codec.thread_count = threads
    codec.flags |= av.codec.context.Flags.global_header  # gives extradata; the keys repeat it below
    codec.colorspace = codec.color_primaries = codec.color_trc = _BT709
    codec.color_range = _LIMITED
    codec.options = {
        "preset": preset,
        "tune": "zerolatency",
        "profile": "baseline",
        "forced-idr": "1",
        "maxrate": str(bitrate),
        "bufsize": str(bitrate),
        "qmin": "16",  # finer than the eye: bits spent beyond it on a still room cost CPU and bandwidth
        # Whole blocks moved by whole pixels: on a drawn room that costs a third more bits, within the
        # budget, 0.1 dB, and half of the encoder's CPU.
        "x264-params": f"keyint={gop}:min-keyint={gop}:scenecut=0:repeat-headers=1:level=3.1:open-gop=0"
        ":partitions=none:subme=0",
    }
    codec.open()
    return codec


def _video_packets(packets: Iterable[av.Packet[Any]]) -> list[Packet]:
    return [
        Packet("video", packet.pts, packet.pts, SAMPLES_PER_FRAME, packet.is_keyframe, bytes(packet))
        for packet in packets
        if packet.pts is not None
    ]


class _SoundEncoder:
    """One sound codec: cuts frames of the programme into frames of its own length.

    Codecs look back, so the first packet carries time before the first sample; it is left out,
    and every packet's time stamp is the one at which its decoded sound belongs.
    """

    def __init__(self, stream: Literal["aac", "opus"]) -> None:
        self.stream: Literal["aac", "opus"] = stream
        self._codec = _open_sound(stream)
        self._size = self._codec.frame_size
        self._held = np.zeros((0, 2), np.int16)
        self._next: int | None = None
        self._first = 0

    @property
    def extradata(self) -> bytes:
        """AudioSpecificConfig or OpusHead."""
        return self._codec.extradata or b""

    def encode(self, start: int, pcm: NDArray[np.int16]) -> list[Packet]:
        """Take sound that begins at programme sample `start`."""
        packets: list[Packet] = []
        if self._next is None:
            self._next = self._first = start
        elif start != self._next + len(self._held):
            packets += self._pad()
            self._next = start
        self._held = np.concatenate([self._held, pcm])
        return packets + self._drain()

    def flush(self) -> list[Packet]:
        """End the stream: what is held, then what the codec holds."""
        return self._pad() + self._packets(self._codec.encode(None))

    def _pad(self) -> list[Packet]:
        if not len(self._held):
            return []
        self._held = np.concatenate([self._held, np.zeros((self._size - len(self._held), 2), np.int16)])
        return self._drain()

    def _drain(self) -> list[Packet]:
        packets: list[Packet] = []
        while len(self._held) >= self._size:
            frame = _sound_frame(self.stream, self._held[: self._size])
            frame.pts, self._held = self._next, self._held[self._size :]
            self._next = (self._next or 0) + self._size
            packets += self._packets(self._codec.encode(frame))
        return packets

    def _packets(self, packets: Iterable[av.Packet[Any]]) -> list[Packet]:
        return [
            Packet(self.stream, packet.pts, packet.pts, self._size, key=True, data=bytes(packet))
            for packet in packets
            if packet.pts is not None and packet.pts >= self._first
        ]


def _sound_frame(stream: str, samples: NDArray[np.int16]) -> av.AudioFrame:
    if stream == "aac":
        planes = np.ascontiguousarray(samples.T).astype(np.float32) / 32768
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
    else:
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="stereo")
    frame.sample_rate, frame.time_base = SAMPLE_RATE, _TIME_BASE
    return frame


def _open_sound(stream: Literal["aac", "opus"]) -> av.AudioCodecContext:
    aac = stream == "aac"
    codec = av.AudioCodecContext.create("aac" if aac else "libopus", "w")
    codec.sample_rate, codec.layout, codec.time_base = SAMPLE_RATE, "stereo", _TIME_BASE
    codec.format = "fltp" if aac else "s16"
    codec.bit_rate = AAC_BITRATE if aac else OPUS_BITRATE
    # Measured on speech over music: these cost a third of the defaults, for 4 dB and 1 dB of noise.
    # Opus told of more than 5 % loss would turn to its speech coder and blur the bed.
    codec.options = (
        {"aac_coder": "fast", "aac_tns": "0"}
        if aac
        else {"frame_duration": "20", "fec": "1", "packet_loss": "5", "compression_level": "5", "vbr": "constrained"}
    )
    codec.open()
    return codec
