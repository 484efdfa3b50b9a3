"""Publishing to an ingest server, for as long as it takes: the runner of kind `rtmp`.

While the server is away it is tried each second, for ever: a connection attempt is cheap. Only a
server that answers and says no is left alone for longer and longer, since platforms ban who insists.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import random
import socket
from collections.abc import Awaitable, Callable

from livestream.clock import Clock, SystemClock
from livestream.egress.destination import Start, State, Status, stream_key
from livestream.egress.gate import Gate, Interleaver
from livestream.egress.rtmp_connection import Ingest, RtmpConnection
from livestream.egress.source import PacketSource
from livestream.errors import EgressError, IngestRefused
from livestream.media import Packet, StreamHeaders

PROBE_SECONDS = 1.0
"""From one attempt to the next while the server is away."""
LONGEST_BACKOFF = 60.0
STEADY_SECONDS = 10.0
"""A publication that ended sooner counts as refused: some servers say no only after the first packets."""
_WATCH_SECONDS = 0.5
_SAMPLES_PER_MS = 48

Connect = Callable[[Ingest, Clock], Awaitable[RtmpConnection]]


async def serve(start: Start, source: PacketSource, status: Status) -> None:
    """Publish until cancelled.

    Raises:
        UsageError: the address or the place of the key is wrong.
    """
    ingest = Ingest.parse(start.destination.url, stream_key(start.destination, dict(os.environ)))
    publisher = Publisher(ingest, source, status)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(publisher.keep_connected())
            group.create_task(publisher.feed())
    finally:
        await publisher.close()


class Publisher:
    """Feeds one server: a task that keeps a connection, and one that hands it what is on air."""

    def __init__(
        self,
        ingest: Ingest,
        source: PacketSource,
        status: Status,
        *,
        clock: Clock | None = None,
        connect: Connect = RtmpConnection.open,
    ) -> None:
        self._ingest = ingest
        self._source = source
        self._status = status
        self._clock = clock or SystemClock()
        self._connect = connect
        self._gate = Gate()
        self._interleaver = Interleaver()
        self._connection: RtmpConnection | None = None
        self._headers: StreamHeaders | None = None
        self._announced: StreamHeaders | None = None
        self._refusals = 0

    async def feed(self) -> None:
        """Hand the source's packets to the connection, or to nobody while there is none."""
        async for item in self._source:
            if isinstance(item, StreamHeaders):
                self._headers = item
                continue
            connection = self._connection
            if connection is None or self._headers is None:
                continue
            for admitted in self._gate.admit(item):
                for packet in self._interleaver.push(admitted):
                    self._send(connection, packet, self._headers)
            with contextlib.suppress(OSError):  # `keep_connected` sees the end of the connection itself
                await connection.drain()

    async def keep_connected(self) -> None:
        """Connect, and connect again, for ever."""
        while True:
            begun = self._clock.monotonic()
            try:
                connection = await self._connect(self._ingest, self._clock)
            except IngestRefused as error:
                await self._back_off(error)
                continue
            except (OSError, TimeoutError) as error:
                state: State = "reconnecting" if self._status.reconnects else "connecting"
                self._status.become(state, _absence(error, self._ingest))
                await self._clock.sleep_until(begun + PROBE_SECONDS)
                continue
            self._begin(connection)
            lost = await self._lost(connection)
            self._connection = None
            connection.abort()
            self._status.reconnects += 1
            if isinstance(lost, IngestRefused) or self._clock.monotonic() - begun < STEADY_SECONDS:
                await self._back_off(lost)
            else:
                self._refusals = 0
                self._status.fail("reconnecting", lost)

    async def close(self) -> None:
        """Send what is held back and say goodbye to the server."""
        if self._connection is not None and self._headers is not None:
            for packet in self._interleaver.flush():
                self._send(self._connection, packet, self._headers)
            await self._connection.close()

    def _begin(self, connection: RtmpConnection) -> None:
        self._gate.reopen()
        self._interleaver = Interleaver()
        self._announced = None
        self._connection = connection
        self._source.request_key()

    async def _lost(self, connection: RtmpConnection) -> EgressError:
        """Return why the connection ended, once it has."""
        stalled = False
        async with asyncio.TaskGroup() as group:
            serving = group.create_task(_ending(connection))
            while not serving.done():
                await asyncio.wait([serving], timeout=_WATCH_SECONDS)
                if not serving.done() and connection.stalled():
                    stalled = True
                    connection.abort()
        return EgressError("the server has stalled", where=self._ingest.where) if stalled else serving.result()

    async def _back_off(self, error: EgressError) -> None:
        """Leave a server alone that answered and said no, longer each time."""
        self._refusals += 1
        delay = min(LONGEST_BACKOFF, 2.0 ** min(self._refusals - 1, 10)) * random.uniform(0.75, 1.25)
        self._status.fail("refused" if isinstance(error, IngestRefused) else "reconnecting", error)
        await self._clock.sleep_until(self._clock.monotonic() + delay)

    def _send(self, connection: RtmpConnection, packet: Packet, headers: StreamHeaders) -> None:
        timestamp = (packet.dts - (self._gate.origin or 0)) // _SAMPLES_PER_MS
        if self._announced != headers and packet.stream == "video" and packet.key:
            connection.send_headers(headers, timestamp)
            self._announced = headers
        connection.send(packet, timestamp)
        status = self._status
        status.become("publishing", f"publishing to {self._ingest.where}")
        status.packets += 1
        status.bytes += len(packet.data)
        status.last_pts = packet.pts
        status.dropped = self._gate.dropped


def _absence(error: OSError, ingest: Ingest) -> str:
    if isinstance(error, socket.gaierror):
        return f"{ingest.host}: no server of this name is known"
    if isinstance(error, ConnectionRefusedError):
        return f"{ingest.where}: no server listens"
    return f"{ingest.where}: the server does not answer"


async def _ending(connection: RtmpConnection) -> EgressError:
    try:
        await connection.serve()
    except EgressError as error:
        return error
    except OSError as error:
        return EgressError(f"the connection broke: {os.strerror(error.errno or errno.ECONNRESET)}", retryable=True)
