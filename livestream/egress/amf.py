"""AMF 0, the notation of RTMP's commands (Adobe's "Action Message Format -- AMF 0")."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from livestream.errors import WireError

_MAX_DEPTH = 8
_OBJECT_END = b"\x00\x00\x09"


class EcmaArray(dict[str, object]):
    """A mapping that is written as an ECMA array rather than as an object."""


def encode(*values: object) -> bytes:
    """Return the values one after the other: str, float, int, bool, None, mappings of these."""
    return b"".join(_encode(value) for value in values)


def decode(data: bytes) -> list[object]:
    """Return the values of a command or data message, as plain Python values.

    Raises:
        WireError: the bytes are not AMF 0.
    """
    values: list[object] = []
    at = 0
    try:
        while at < len(data):
            value, at = _decode(data, at, 0)
            values.append(value)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise WireError("the server sent a malformed command") from error
    return values


def _encode(value: object) -> bytes:
    if value is None:
        return b"\x05"
    if isinstance(value, bool):
        return b"\x01\x01" if value else b"\x01\x00"
    if isinstance(value, int | float):
        return b"\x00" + struct.pack(">d", value)
    if isinstance(value, str):
        return b"\x02" + _string(value)
    if isinstance(value, Mapping):
        head = b"\x08" + struct.pack(">I", len(value)) if isinstance(value, EcmaArray) else b"\x03"
        return head + b"".join(_string(str(key)) + _encode(item) for key, item in value.items()) + _OBJECT_END
    raise TypeError(f"AMF 0 has no {type(value).__name__}")


def _string(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">H", len(raw)) + raw


def _decode(data: bytes, at: int, depth: int) -> tuple[object, int]:
    marker, at = data[at], at + 1
    if depth > _MAX_DEPTH:
        raise WireError("the server sent a command nested too deeply")
    if marker == 0x00:
        return struct.unpack_from(">d", data, at)[0], at + 8
    if marker == 0x01:
        return bool(data[at]), at + 1
    if marker == 0x02:
        return _text(data, at, ">H")
    if marker in (0x03, 0x08):
        return _properties(data, at + (4 if marker == 0x08 else 0), depth)
    if marker in (0x05, 0x06):
        return None, at
    if marker == 0x0A:
        return _strict_array(data, at, depth)
    if marker == 0x0B:
        return struct.unpack_from(">d", data, at)[0], at + 10
    if marker == 0x0C:
        return _text(data, at, ">I")
    raise WireError("the server sent a value of an unknown kind")


def _text(data: bytes, at: int, prefix: str) -> tuple[str, int]:
    (size,) = struct.unpack_from(prefix, data, at)
    at += struct.calcsize(prefix)
    if at + size > len(data):
        raise WireError("the server sent a string that ends too early")
    return data[at : at + size].decode(), at + size


def _properties(data: bytes, at: int, depth: int) -> tuple[dict[str, object], int]:
    found: dict[str, object] = {}
    while data[at : at + 3] != _OBJECT_END:
        key, at = _text(data, at, ">H")
        found[key], at = _decode(data, at, depth + 1)
    return found, at + 3


def _strict_array(data: bytes, at: int, depth: int) -> tuple[list[object], int]:
    (count,) = struct.unpack_from(">I", data, at)
    at += 4
    found: list[object] = []
    for _ in range(min(count, len(data))):
        value, at = _decode(data, at, depth + 1)
        found.append(value)
    return found, at
