"""One publication to an RTMP or RTMPS server, from the handshake to the last byte.

Written on asyncio rather than on libavformat's protocol, which holds the interpreter while it
connects, waits for ever on a server that stalls, cannot tell a refused key from a lost network,
and prints the address, key included, when it fails. (RTMP 1.0, sections 5 and 7.)
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
import ssl
import struct
from dataclasses import dataclass, field
from typing import NoReturn, Self
from urllib.parse import urlsplit

from livestream.clock import Clock
from livestream.egress import amf, flv
from livestream.egress.rtmp_chunks import (
    ACKNOWLEDGEMENT,
    COMMAND,
    COMMAND_AMF3,
    DATA,
    OUT_CHUNK,
    PEER_BANDWIDTH,
    SET_CHUNK_SIZE,
    USER_CONTROL,
    WINDOW_SIZE,
    ChunkReader,
    RtmpMessage,
    cut,
)
from livestream.errors import EgressError, IngestRefused, UsageError, WireError
from livestream.media import Packet, StreamHeaders

REACH_SECONDS = 3.0
"""For TCP and TLS: longer means the server is away."""
HANDSHAKE_SECONDS = 5.0
"""From the first byte to the server's leave to publish."""
STALL_SECONDS = 4.0
"""A server that takes nothing for this long has stalled."""
WINDOW = 32 << 10
"""Bytes after which the server is asked to acknowledge: about 0.1 s at 2.5 Mbit/s."""
WRITE_BUFFER = 256 << 10
_HANDSHAKE = 1536
_PING_REQUEST, _PING_RESPONSE = 6, 7
_BYTES_ACKED = 120  # offset of tcpi_bytes_acked in Linux's struct tcp_info


@dataclass(frozen=True, slots=True)
class Ingest:
    """Where to publish. The key is kept out of `repr`, and belongs nowhere but to `publish`."""

    host: str
    port: int
    app: str
    tls: bool
    tc_url: str
    key: str = field(repr=False)

    @classmethod
    def parse(cls, url: str, key: str) -> Self:
        """Return the parts of `rtmp://host[:port]/app` or its `rtmps` sister.

        Raises:
            UsageError: it is not such a URL, or there is no key.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        app = parts.path.strip("/") + (f"?{parts.query}" if parts.query else "")
        if parts.scheme not in ("rtmp", "rtmps") or not parts.hostname or not app or parts.username:
            raise UsageError(
                "this is not the address of an RTMP server",
                where=f"{parts.scheme}://{parts.hostname}" if parts.hostname else "",
                remedy="Write it as rtmp://host/application, without key, user or password.",
            )
        if not key:
            raise UsageError(
                "the destination has no stream key", where=parts.hostname, remedy="Name a key file or a variable."
            )
        tls = parts.scheme == "rtmps"
        host = parts.hostname if port is None else f"{parts.hostname}:{port}"
        return cls(parts.hostname, port or (443 if tls else 1935), app, tls, f"{parts.scheme}://{host}/{app}", key)

    @property
    def where(self) -> str:
        """The server's name for people."""
        return f"{self.host}:{self.port}"


class RtmpConnection:
    """A connection on which the server has agreed to take our stream."""

    def __init__(
        self, ingest: Ingest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, clock: Clock
    ) -> None:
        self._ingest = ingest
        self._writer = writer
        self._raw = reader
        self._reader = ChunkReader(reader)
        self._clock = clock
        self._stream = 0
        self._written = 0
        self._acked: tuple[int, float, int] = (0, clock.monotonic(), 0)
        self._server_acks = self._stride = 0  # how often, and how many bytes apart, the server acknowledges
        self._server_acked: tuple[int, float] = (0, clock.monotonic())
        self._window_in = 2_500_000
        self._reported = 0

    @classmethod
    async def open(cls, ingest: Ingest, clock: Clock, tls: ssl.SSLContext | None = None) -> Self:
        """Connect and ask to publish.

        Raises:
            OSError, TimeoutError: the server is away, or silent.
            IngestRefused: it answered, and does not take the stream.
        """
        context = (tls or ssl.create_default_context()) if ingest.tls else None
        try:
            async with asyncio.timeout(REACH_SECONDS):
                reader, writer = await asyncio.open_connection(ingest.host, ingest.port, ssl=context)
        except ssl.SSLError as error:
            raise IngestRefused(
                "no safe connection could be made: " + (error.reason or "TLS failed").replace("_", " ").lower(),
                where=ingest.where,
                remedy="Check the address, this machine's date and its CA certificates.",
            ) from error
        connection = cls(ingest, reader, writer, clock)
        try:
            async with asyncio.timeout(HANDSHAKE_SECONDS):
                await connection._negotiate()
        except (asyncio.IncompleteReadError, ConnectionError, WireError) as error:
            connection.abort()
            raise connection._refusal() from error
        except BaseException:
            connection.abort()
            raise
        writer.transport.set_write_buffer_limits(WRITE_BUFFER)
        return connection

    def send_headers(self, headers: StreamHeaders, timestamp: int) -> None:
        """Send metadata and both sequence headers: what must come before a key frame."""
        meta = amf.EcmaArray(flv.metadata(headers))
        self._message(DATA, amf.encode("@setDataFrame", "onMetaData", meta), timestamp=timestamp)
        self._message(flv.VIDEO, flv.video_header(headers), timestamp=timestamp)
        self._message(flv.AUDIO, flv.audio_header(headers), timestamp=timestamp)

    def send(self, packet: Packet, timestamp: int) -> None:
        """Send one packet; `timestamp` in milliseconds."""
        self._message(*flv.body(packet), timestamp=timestamp)

    async def drain(self) -> None:
        """Wait until the connection takes more; raises OSError when it has ended."""
        await self._writer.drain()

    async def serve(self) -> NoReturn:
        """Answer the server until the connection ends.

        Raises:
            IngestRefused: the server has withdrawn its leave.
            EgressError: the server closed, or talks something else than RTMP.
            OSError: the network ended it.
        """
        try:
            while True:
                self._handle(await self._reader.read())
        except (asyncio.IncompleteReadError, WireError) as error:
            raise EgressError("the server closed the connection", where=self._ingest.where, retryable=True) from error

    def stalled(self) -> bool:
        """Tell whether the server has taken nothing for `STALL_SECONDS` though we sent.

        Counts TCP's own acknowledgements and, from a server that sends them, RTMP's: the kernel of
        a stopped server goes on acknowledging until its buffers are full.
        """
        now = self._clock.monotonic()
        acked = _bytes_acked(self._writer.get_extra_info("socket"))
        if acked is None or acked != self._acked[0]:
            self._acked = (acked or 0, now, self._written)
        silent = now - self._acked[1] > STALL_SECONDS and self._written > self._acked[2]
        sequence, at = self._server_acked
        if self._server_acks >= 2 and now - at > STALL_SECONDS:
            silent = silent or (self._written - sequence) & 0xFFFFFFFF >= 2 * max(self._stride, WINDOW)
        return silent

    def abort(self) -> None:
        """Drop the connection at once."""
        self._writer.transport.abort()

    async def close(self) -> None:
        """Say goodbye, wait a second for it to be sent, and drop the connection."""
        if self._stream:
            self._command("FCUnpublish", 6, None, self._ingest.key)
            self._command("deleteStream", 7, None, self._stream)
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(1):
                await self._writer.wait_closed()
        self.abort()

    async def _negotiate(self) -> None:
        """Shake hands, connect to the application, create the stream and publish."""
        ours = b"\0" * 8 + os.urandom(_HANDSHAKE - 8)
        self._writer.write(b"\x03" + ours)
        if await self._raw.readexactly(1) != b"\x03":
            raise WireError("the server does not speak RTMP")
        theirs = await self._raw.readexactly(_HANDSHAKE)
        self._writer.write(theirs)
        await self._raw.readexactly(_HANDSHAKE)
        self._written = 1 + 2 * _HANDSHAKE
        self._message(SET_CHUNK_SIZE, struct.pack(">I", OUT_CHUNK))
        self._message(WINDOW_SIZE, struct.pack(">I", WINDOW))
        ingest = self._ingest
        self._command(
            "connect",
            1,
            {
                "app": ingest.app,
                "type": "nonprivate",
                "flashVer": "FMLE/3.0 (compatible; livestream)",
                "swfUrl": ingest.tc_url,
                "tcUrl": ingest.tc_url,
            },
        )
        await self._result(1)
        self._command("releaseStream", 2, None, ingest.key)
        self._command("FCPublish", 3, None, ingest.key)
        self._command("createStream", 4, None)
        stream = (await self._result(4))[-1]
        if not isinstance(stream, float) or stream < 1:
            raise WireError("the server gave no stream")
        self._stream = int(stream)
        self._command("publish", 5, None, ingest.key, "live", stream=self._stream)
        while await self._answer() != "NetStream.Publish.Start":
            pass

    async def _result(self, transaction: int) -> list[object]:
        """Return the server's `_result` for a command; other answers are for other commands."""
        while True:
            values = self._handle(await self._reader.read())
            if values[:1] == ["_error"] and values[1:2] == [float(transaction)]:
                raise self._refusal(_code(values))
            if values[:1] == ["_result"] and values[1:2] == [float(transaction)]:
                return values

    async def _answer(self) -> str:
        """Return the code of the next status; refusals are raised."""
        while True:
            values = self._handle(await self._reader.read())
            if values[:1] == ["onStatus"]:
                return _code(values)

    def _handle(self, message: RtmpMessage) -> list[object]:
        """Obey control messages; return the values of a command, else nothing."""
        if message.type == ACKNOWLEDGEMENT and len(message.payload) >= 4:
            sequence = struct.unpack_from(">I", message.payload)[0]
            self._stride = max(self._stride, (sequence - self._server_acked[0]) & 0xFFFFFFFF)
            self._server_acked = (sequence, self._clock.monotonic())
            self._server_acks += 1
        elif message.type == WINDOW_SIZE and len(message.payload) >= 4:
            self._window_in = max(1, struct.unpack_from(">I", message.payload)[0])
        elif message.type == PEER_BANDWIDTH:
            self._message(WINDOW_SIZE, struct.pack(">I", WINDOW))
        elif message.type == USER_CONTROL and message.payload[:2] == struct.pack(">H", _PING_REQUEST):
            self._message(USER_CONTROL, struct.pack(">H", _PING_RESPONSE) + message.payload[2:6])
        if self._reader.received - self._reported > self._window_in // 2:
            self._reported = self._reader.received
            self._message(ACKNOWLEDGEMENT, struct.pack(">I", self._reported & 0xFFFFFFFF))
        if message.type not in (COMMAND, COMMAND_AMF3):
            return []
        values = amf.decode(message.payload[message.type == COMMAND_AMF3 :])
        if values[:1] == ["onStatus"] and _level(values) == "error":
            raise self._refusal(_code(values))
        return values

    def _refusal(self, code: str = "") -> IngestRefused:
        """Return the error of a server that said no. Its own words could repeat the key: only the code is told."""
        if not re.fullmatch(r"Net[A-Za-z.]{1,60}", code) or self._ingest.key in code:
            code = ""
        return IngestRefused(
            f"the server refused the stream{f' ({code})' if code else ''}",
            where=self._ingest.where,
            remedy="Check the stream key and the address, and that nobody else publishes with that key.",
            retryable=True,
        )

    def _command(self, *values: object, stream: int = 0) -> None:
        self._write(cut(3, 0, COMMAND, stream, amf.encode(*values)))

    def _message(self, kind: int, payload: bytes, *, timestamp: int = 0) -> None:
        channel = {flv.AUDIO: 4, flv.VIDEO: 6, DATA: 5}.get(kind, 2)
        self._write(cut(channel, timestamp, kind, self._stream if channel > 2 else 0, payload))

    def _write(self, data: bytes) -> None:
        self._written += len(data)
        self._writer.write(data)


def _information(values: list[object]) -> dict[str, object]:
    last = values[-1] if values else None
    return last if isinstance(last, dict) else {}


def _code(values: list[object]) -> str:
    return str(_information(values).get("code", ""))


def _level(values: list[object]) -> str:
    return str(_information(values).get("level", ""))


def _bytes_acked(sock: socket.socket) -> int | None:
    """Return how many bytes the peer's kernel has acknowledged, or None where that is not told."""
    try:
        info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
        return int(struct.unpack_from("=Q", info, _BYTES_ACKED)[0])
    except (AttributeError, OSError, struct.error):
        return None
