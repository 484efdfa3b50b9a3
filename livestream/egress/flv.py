"""The bodies of RTMP's audio and video messages, which are those of FLV tags.

After Adobe's "Video File Format Specification" 10.1, annex E.4, and ISO/IEC 14496-15, 5.3.3 (avcC).
"""

from __future__ import annotations

import struct

from livestream.disclosure import TAGS
from livestream.errors import EgressError
from livestream.media import Packet, StreamHeaders

AUDIO, VIDEO = 8, 9
_SPS, _PPS = 7, 8
_AAC = 0xAF  # AAC is always announced as 44 kHz stereo; the AudioSpecificConfig tells the truth
_AVC_KEY, _AVC_INTER = 0x17, 0x27


def nal_units(annex_b: bytes) -> list[bytes]:
    """Split an Annex B byte stream into NAL units without start codes and trailing zeros."""
    return [unit for piece in annex_b.split(b"\x00\x00\x01") if (unit := piece.rstrip(b"\x00"))]


def video_header(headers: StreamHeaders) -> bytes:
    """Return the AVC sequence header.

    Raises:
        EgressError: the headers lack SPS or PPS.
    """
    units = nal_units(headers.video_extradata)
    sps = [unit for unit in units if unit[0] & 31 == _SPS]
    pps = [unit for unit in units if unit[0] & 31 == _PPS]
    if not sps or not pps or len(sps[0]) < 4:
        raise EgressError("the video's headers lack SPS or PPS")
    record = b"\x01" + sps[0][1:4] + b"\xff" + bytes([0xE0 | len(sps)])
    record += b"".join(struct.pack(">H", len(unit)) + unit for unit in sps)
    record += bytes([len(pps)]) + b"".join(struct.pack(">H", len(unit)) + unit for unit in pps)
    return bytes([_AVC_KEY, 0, 0, 0, 0]) + record


def audio_header(headers: StreamHeaders) -> bytes:
    """Return the AAC sequence header."""
    return bytes([_AAC, 0]) + headers.aac_extradata


def body(packet: Packet) -> tuple[int, bytes]:
    """Return the message type and the body of one packet."""
    if packet.stream != "video":
        return AUDIO, bytes([_AAC, 1]) + packet.data
    offset = (packet.pts - packet.dts) // 48
    units = b"".join(struct.pack(">I", len(unit)) + unit for unit in nal_units(packet.data))
    first = _AVC_KEY if packet.key else _AVC_INTER
    return VIDEO, bytes([first, 1]) + struct.pack(">i", offset)[1:] + units


def metadata(headers: StreamHeaders) -> dict[str, object]:
    """Return the properties of `onMetaData`; they say that the host is AI-generated."""
    return {
        "width": headers.width,
        "height": headers.height,
        "framerate": headers.fps,
        "videocodecid": 7,
        "audiocodecid": 10,
        "audiosamplerate": headers.sample_rate,
        "audiosamplesize": 16,
        "stereo": headers.aac_channels == 2,
        "encoder": "livestream",
        **headers.labels,
        **TAGS,
    }
