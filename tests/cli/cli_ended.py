"""How a command ended, and what an ending must look like."""

import re
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

GOOD = "title,price,stock,currency\nOak Lamp,49.99,3,USD\nTea Cup,12.00,5,USD\n"
KEPT = b"made yesterday"


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def files(folder: Path) -> dict[str, bytes]:
    """Return everything in a folder, hidden files too."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def is_a_sentence(ended: Ended, code: int, *words: str) -> None:
    """Fail unless stderr is one error with its remedy, and says these words."""
    assert ended.code == code, ended
    assert ended.out == ""
    lines = ended.err.splitlines()
    assert len(lines) == 2, ended.err
    assert re.match(r"error: \S", lines[0])
    assert re.match(r"  → [A-Z<a-z]", lines[1])
    for word in words:
        assert word in ended.err, ended.err


def bomb() -> bytes:
    """Return a PNG of under 10 kB that declares 9000 x 9000 pixels, and means it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 9000, 9000, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(9000 * (1 + 9000 // 8)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
