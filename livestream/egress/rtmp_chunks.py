"""RTMP's chunk stream: messages cut into chunks and put together again (RTMP 1.0, section 5)."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass

from livestream.errors import WireError

SET_CHUNK_SIZE, ABORT, ACKNOWLEDGEMENT, USER_CONTROL, WINDOW_SIZE, PEER_BANDWIDTH = 1, 2, 3, 4, 5, 6
DATA, COMMAND_AMF3, COMMAND = 18, 17, 20

OUT_CHUNK = 60_000
"""Bytes a chunk we send; larger than nearly every frame."""
_IN_CHUNK = 128
_MAX_MESSAGE = 1 << 20
_MAX_STREAMS = 64
_EXTENDED = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class RtmpMessage:
    """A complete message from the server."""

    type: int
    stream: int
    payload: bytes


@dataclass(slots=True)
class _Incoming:
    """What later chunks of one chunk stream leave out because it stays the same."""

    length: int = 0
    type: int = 0
    stream: int = 0
    extended: bool = False
    data: bytes = b""


def cut(channel: int, timestamp: int, kind: int, stream: int, payload: bytes, size: int = OUT_CHUNK) -> bytes:
    """Return one message as chunks, the first with a full header.

    Args:
        channel: chunk stream id, 2 to 63.
        timestamp: milliseconds; wraps after 2**32.
        kind: message type id.
        stream: message stream id.
        payload: the message.
        size: the chunk size that has been announced.
    """
    timestamp &= 0xFFFFFFFF
    extension = struct.pack(">I", timestamp) if timestamp >= _EXTENDED else b""
    head = struct.pack(">BI", channel, min(timestamp, _EXTENDED) << 8)[:4]
    head += struct.pack(">IB", len(payload), kind)[1:] + struct.pack("<I", stream) + extension
    if len(payload) <= size:
        return head + payload
    pieces = [head, payload[:size]]
    for at in range(size, len(payload), size):
        pieces += [bytes([0xC0 | channel]), extension, payload[at : at + size]]
    return b"".join(pieces)


class ChunkReader:
    """Reads the server's messages; `received` counts the bytes."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self.received = 0
        self._reader = reader
        self._size = _IN_CHUNK
        self._streams: dict[int, _Incoming] = {}

    async def read(self) -> RtmpMessage:
        """Return the next message; changes of the chunk size are obeyed and not returned.

        Raises:
            WireError: what came is not RTMP, or is larger than a publisher need ever take.
            asyncio.IncompleteReadError, OSError: the connection has ended.
        """
        while True:
            message = await self._chunk()
            if message is None:
                continue
            if message.type == SET_CHUNK_SIZE and len(message.payload) >= 4:
                self._size = max(1, min(struct.unpack_from(">I", message.payload)[0] & 0x7FFFFFFF, _MAX_MESSAGE))
            elif message.type == ABORT and len(message.payload) >= 4:
                self._streams.pop(struct.unpack_from(">I", message.payload)[0], None)
            else:
                return message

    async def _chunk(self) -> RtmpMessage | None:
        first = (await self._take(1))[0]
        form, channel = first >> 6, first & 63
        if channel == 0:
            channel = 64 + (await self._take(1))[0]
        elif channel == 1:
            channel = 64 + struct.unpack("<H", await self._take(2))[0]
        state = self._streams.setdefault(channel, _Incoming())
        if len(self._streams) > _MAX_STREAMS:
            raise WireError("the server uses too many chunk streams")
        await self._header(form, state)
        if state.length > _MAX_MESSAGE:
            raise WireError("the server sent a message larger than a publisher takes")
        state.data += await self._take(min(self._size, state.length - len(state.data)))
        if len(state.data) < state.length:
            return None
        message = RtmpMessage(state.type, state.stream, state.data)
        state.data = b""
        return message

    async def _header(self, form: int, state: _Incoming) -> None:
        if form < 3:
            header = await self._take((11, 7, 3)[form])
            state.extended = header[:3] == b"\xff\xff\xff"
            if form < 2:
                state.length, state.type = int.from_bytes(header[3:6]), header[6]
            if form == 0:
                state.stream = int.from_bytes(header[7:11], "little")
        if state.extended:
            await self._take(4)

    async def _take(self, size: int) -> bytes:
        data = await self._reader.readexactly(size) if size else b""
        self.received += size
        return data
