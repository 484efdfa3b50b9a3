"""The XMP packet of a finished MP4, by which machines tell that it was made by AI.

Box layout after ISO/IEC 14496-12 and "XMP Specification Part 3", 1.2.7: a `uuid` box at the top level.
"""

from __future__ import annotations

import errno
import os
import struct
from pathlib import Path

from livestream.disclosure import XMP

_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_MFRO = struct.Struct(">I4sII")


def add_xmp(path: Path) -> None:
    """Write the packet behind everything but a fragmented file's index, which readers seek from the end.

    Raises:
        OSError: there is no room; the file is as it was.
    """
    content = _UUID + XMP.encode()
    box = struct.pack(">I4s", 8 + len(content), b"uuid") + content
    with path.open("r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _MFRO.size))
        last = file.read(_MFRO.size)
        index = _MFRO.unpack(last)[3] if last[4:8] == b"mfro" else 0
        place = max(0, size - index)
        file.seek(place)
        tail = file.read(size - place)
        file.seek(place)
        if file.write(box + tail) != len(box) + len(tail):
            file.seek(place)
            file.write(tail)
            file.truncate(size)
            raise OSError(errno.ENOSPC, "No space left on device")
