"""The frame that all our own processes speak over Unix sockets.

One message is `>II` (header length, payload length), a JSON header with a `kind`, then the raw
payload (PCM, packets, pictures). Both lengths are bounded before anything is allocated.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from livestream.errors import WireError

MAX_HEADER = 1 << 20
MAX_PAYLOAD = 64 << 20
_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Message:
    """One framed message: what kind it is, its JSON body and its raw payload."""

    kind: str
    body: dict[str, Any] = field(default_factory=dict)
    payload: bytes = b""


def encode(message: Message) -> bytes:
    """Return the bytes of one message.

    Raises:
        WireError: the header or the payload is over its bound.
    """
    header = json.dumps({"kind": message.kind, **message.body}, ensure_ascii=False, separators=(",", ":")).encode()
    _check(len(header), len(message.payload))
    return _LENGTHS.pack(len(header), len(message.payload)) + header + message.payload


def decode_header(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Return kind and body of a JSON header.

    Raises:
        WireError: it is not a JSON object with a string `kind`.
    """
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise WireError("a message header is not JSON") from error
    if not isinstance(body, dict) or not isinstance(body.get("kind"), str):
        raise WireError("a message header has no kind")
    kind: str = body.pop("kind")
    return kind, body


async def read(reader: asyncio.StreamReader) -> Message | None:
    """Return the next message, or None where the peer has closed.

    Raises:
        WireError: the peer broke the protocol or closed inside a message.
    """
    try:
        lengths = await reader.readexactly(_LENGTHS.size)
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise WireError("the peer closed inside a message") from error
        return None
    except ConnectionResetError:
        return None
    header_size, payload_size = _LENGTHS.unpack(lengths)
    _check(header_size, payload_size)
    try:
        kind, body = decode_header(await reader.readexactly(header_size))
        payload = await reader.readexactly(payload_size)
    except (asyncio.IncompleteReadError, ConnectionResetError) as error:
        raise WireError("the peer closed inside a message") from error
    return Message(kind, body, payload)


def receive(sock: socket.socket) -> Message | None:
    """Return the next message from a blocking socket, or None where the peer has closed.

    Raises:
        WireError: the peer broke the protocol or closed inside a message.
        TimeoutError: the socket's own timeout ran out.
    """
    lengths = _receive_exactly(sock, _LENGTHS.size, start=True)
    if lengths is None:
        return None
    header_size, payload_size = _LENGTHS.unpack(lengths)
    _check(header_size, payload_size)
    header = _receive_exactly(sock, header_size)
    payload = _receive_exactly(sock, payload_size)
    kind, body = decode_header(bytes(header or b""))
    return Message(kind, body, bytes(payload or b""))


def _check(header: int, payload: int) -> None:
    if header > MAX_HEADER or payload > MAX_PAYLOAD:
        raise WireError(f"a message of {header} + {payload} bytes is over the bound of {MAX_HEADER} + {MAX_PAYLOAD}")


def _receive_exactly(sock: socket.socket, size: int, *, start: bool = False) -> bytearray | None:
    buffer = bytearray(size)
    view = memoryview(buffer)
    got = 0
    while got < size:
        try:
            count = sock.recv_into(view[got:])
        except ConnectionResetError:
            count = 0
        if count == 0:
            if start and got == 0:
                return None
            raise WireError("the peer closed inside a message")
        got += count
    return buffer
