"""The orchestrator's end of `air.sock`: positions in, sealed things out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from livestream import wire
from livestream.channel.protocol import position_from
from livestream.errors import ChannelError, WireError
from livestream.playout.position import Position

POSITION_SECONDS = 10.0
"""Air tells its position four times a second; silence for this long means the connection is dead."""


class AirLink:
    """One connection to one incarnation of the air process."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.position = Position(0, None, -1, -1, 0.0, 0)

    async def next_position(self) -> Position:
        """Wait for the next position and return it.

        Raises:
            ChannelError: the air process has gone or fell silent.
        """
        while True:
            try:
                async with asyncio.timeout(POSITION_SECONDS):
                    message = await wire.read(self._reader)
            except (TimeoutError, WireError, OSError) as error:
                raise ChannelError("the air process does not answer", retryable=True) from error
            if message is None:
                raise ChannelError("the air process has gone", retryable=True)
            if message.kind == "refused":
                raise ChannelError(f"the air process refused a line: {message.body.get('message', '')}")
            if message.kind == "position":
                self.position = position_from(message.body)
                return self.position

    def post(self, message: wire.Message) -> None:
        """Send a message at once, without waiting until it has gone; where air has gone, `next_position` says so."""
        if not self._writer.is_closing():
            self._writer.write(wire.encode(message))

    async def send(self, message: wire.Message) -> None:
        """Send a message.

        Raises:
            ChannelError: the air process has gone.
        """
        try:
            self._writer.write(wire.encode(message))
            await self._writer.drain()
        except OSError as error:
            raise ChannelError("the air process has gone", retryable=True) from error


@asynccontextmanager
async def connect_air(path: Path) -> AsyncIterator[AirLink]:
    """Connect to the air process; waits in the socket's backlog while it is being restarted.

    Raises:
        ChannelError: the socket is not there.
    """
    try:
        reader, writer = await asyncio.open_unix_connection(str(path), limit=1 << 20)
    except OSError as error:
        raise ChannelError(f"the air process cannot be reached: {error.strerror}", retryable=True) from error
    try:
        yield AirLink(reader, writer)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
