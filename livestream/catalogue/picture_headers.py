"""How large a picture is, told from its first bytes: before any decoder is given the rest.

Formats: PNG (ISO/IEC 15948), JPEG (ITU-T T.81), GIF (87a, 89a), WebP (RFC 9649).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """Format and size in pixels as the file declares them."""

    format: Literal["png", "jpeg", "gif", "webp"]
    width: int
    height: int

    @property
    def pixels(self) -> int:
        """How many pixels a decoder would make of it."""
        return self.width * self.height


def picture_header(data: bytes) -> PictureHeader | None:
    """Return what the header declares, or None where this is none of the formats or is cut off."""
    for parse in (_png, _jpeg, _gif, _webp):
        header = parse(data)
        if header and header.width and header.height:
            return header
    return None


def _png(data: bytes) -> PictureHeader | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return PictureHeader("png", int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))


def _gif(data: bytes) -> PictureHeader | None:
    if data[:6] not in {b"GIF87a", b"GIF89a"} or len(data) < 10:
        return None
    return PictureHeader("gif", int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))


_FRAME_HEADERS = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOFn; C4, C8 and CC are other segments
_BARE = {0x01, *range(0xD0, 0xD9)}  # markers without a length


def _jpeg(data: bytes) -> PictureHeader | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in _BARE:
            at += 2
        elif marker in _FRAME_HEADERS:
            if at + 9 > len(data):
                return None
            height, width = int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9])
            return PictureHeader("jpeg", width, height)
        elif marker in {0xD9, 0xDA}:  # the picture ends or begins and no frame header has come
            return None
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    return None


def _webp(data: bytes) -> PictureHeader | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    elif kind == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    else:
        return None
    return PictureHeader("webp", width, height)
