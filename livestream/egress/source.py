"""An egress process's end: the packets of the air process, whichever incarnation of it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from livestream import wire
from livestream.clock import Clock, SystemClock
from livestream.egress.wirepackets import unpack_headers, unpack_packets
from livestream.errors import WireError
from livestream.media import Packet, StreamHeaders

RETRY_SECONDS = 0.1


class PacketSource:
    """Iterates over headers and packets, for ever: `async for item in PacketSource.connect(path)`.

    Headers come first on every connection. When the air process ends, the source connects again:
    the listening socket outlives it, so the new connection waits in the backlog until the next
    air process accepts, and new headers follow. Nothing is queued here beyond the socket's own
    buffers: a slow consumer is the hub's to bound.
    """

    def __init__(self, path: Path, *, name: str = "", clock: Clock | None = None) -> None:
        self.connections = 0
        """How many times the air process has answered."""
        self._path = path
        self._name = name
        self._clock = clock or SystemClock()
        self._writer: asyncio.StreamWriter | None = None

    @classmethod
    def connect(cls, path: Path, *, name: str = "", clock: Clock | None = None) -> PacketSource:
        """Return a source for the hub's socket at `path`; it connects when iterated over."""
        return cls(path, name=name, clock=clock)

    def request_key(self) -> None:
        """Ask the encoder for a key frame; the hub limits the rate. Nothing happens while disconnected."""
        self._send(wire.Message("key"))

    async def __aiter__(self) -> AsyncIterator[StreamHeaders | Packet]:
        """Yield headers and packets until cancelled."""
        while True:
            started = self._clock.monotonic()
            try:
                reader, self._writer = await asyncio.open_unix_connection(str(self._path))
            except OSError:  # no listener yet, or its backlog is full
                await self._clock.sleep_until(started + RETRY_SECONDS)
                continue
            try:
                self._send(wire.Message("hello", {"name": self._name}))
                async for item in self._read(reader):
                    yield item
            except (WireError, OSError):  # the air process ended in the middle of a message
                pass
            finally:
                self._writer.close()
                self._writer = None
            await self._clock.sleep_until(started + RETRY_SECONDS)

    async def _read(self, reader: asyncio.StreamReader) -> AsyncIterator[StreamHeaders | Packet]:
        while (message := await wire.read(reader)) is not None:
            if message.kind == "headers":
                self.connections += 1
                yield unpack_headers(message)
            elif message.kind == "packets":
                for packet in unpack_packets(message):
                    yield packet

    def _send(self, message: wire.Message) -> None:
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(wire.encode(message))
