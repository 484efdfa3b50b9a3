"""The live preview: WebRTC viewers on the one shared encode.

Runs inside an egress process. Packets come in by `feed`, offers come in over a Unix socket from the
process that owns the web port, as wire messages:

    {kind: "offer", sdp}   → {kind: "answer", id, sdp} | {kind: "error", status, message}
    {kind: "hangup", id}   → {kind: "closed", id}      | {kind: "error", status, message}
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass

from livestream import wire
from livestream.egress.destination import Start, Status
from livestream.egress.source import PacketSource
from livestream.egress.whep_pace import KeyRequests, PacedQueue
from livestream.egress.whep_viewer import CONNECT_SECONDS, SILENCE_SECONDS, Viewer, encoded
from livestream.errors import UsageError, ViewerRefused, WireError
from livestream.media import Packet, StreamHeaders

log = logging.getLogger(__name__)

CEILING = 8


@dataclass(frozen=True, slots=True)
class WhepStats:
    """How the preview stands: people watching, and queues that had to be dropped to a key frame."""

    viewers: int
    dropped: int


class Whep:
    """Answers offers and gives every viewer the packets of the shared encode.

    Args:
        request_key: asks the encoder for a key frame; called at most every 0.3 s.
        host: the one address that viewers reach; loopback unless the channel says otherwise.
        ceiling: viewers served at a time; the next one is refused with 503.
        connect_seconds: how long an answered viewer may take to connect.
        silence_seconds: how long a viewer may send no reports before it is taken for gone.
    """

    def __init__(
        self,
        request_key: Callable[[], None],
        *,
        host: str = "127.0.0.1",
        ceiling: int = CEILING,
        connect_seconds: float = CONNECT_SECONDS,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        self._host = host
        self._ceiling = ceiling
        self._connect_seconds = connect_seconds
        self._silence_seconds = silence_seconds
        self._keys = KeyRequests(request_key)
        self._queue = PacedQueue(self._deliver)
        self._viewers: dict[str, Viewer] = {}
        self._dropped = 0

    def feed(self, packet: Packet) -> None:
        """Take the next packet of the programme, in the encoder's order; `aac` is not for viewers."""
        if packet.stream == "aac":
            return
        if packet.stream == "video" and packet.key:
            self._keys.arrived()
        self._queue.push(packet)

    def stats(self) -> WhepStats:
        """Return how the preview stands."""
        viewers = self._viewers.values()
        return WhepStats(
            viewers=sum(viewer.connected for viewer in viewers),
            dropped=self._dropped + sum(viewer.dropped for viewer in viewers),
        )

    async def serve(self, listener: socket.socket) -> None:
        """Answer offers on this listening Unix socket until cancelled; every viewer is sent home then."""
        async with asyncio.TaskGroup() as group:

            async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                await self._signal(group, reader, writer)

            server = await asyncio.start_unix_server(answer, sock=listener)
            try:
                await server.serve_forever()
            finally:
                server.close()
                self._queue.close()
                self._keys.close()

    def _deliver(self, packet: Packet) -> None:
        if not self._viewers:
            return
        shared = encoded(packet)
        for viewer in self._viewers.values():
            viewer.send(packet, shared)

    async def _signal(
        self, group: asyncio.TaskGroup, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer one peer's messages, one after another, until it closes."""
        try:
            while (message := await wire.read(reader)) is not None:
                try:
                    reply = await self._reply(group, message)
                except ViewerRefused as refusal:
                    reply = wire.Message("error", {"status": refusal.status, "message": str(refusal)})
                except TimeoutError:
                    reply = wire.Message("error", {"status": 504, "message": "the offer took too long to answer"})
                writer.write(wire.encode(reply))
                await writer.drain()
        except (WireError, ConnectionError) as error:
            log.warning("signalling ended: %s", error)
        finally:
            writer.close()

    async def _reply(self, group: asyncio.TaskGroup, message: wire.Message) -> wire.Message:
        if message.kind == "offer":
            viewer, sdp = await self._admit(group, str(message.body.get("sdp", "")))
            return wire.Message("answer", {"id": viewer.id, "sdp": sdp})
        if message.kind == "hangup":
            leaving = self._viewers.get(str(message.body.get("id", "")))
            if leaving is None:
                raise ViewerRefused("there is no such viewer", status=404)
            leaving.leave()
            return wire.Message("closed", {"id": leaving.id})
        raise ViewerRefused(f"a message of kind {message.kind!r} means nothing here", status=400)

    async def _admit(self, group: asyncio.TaskGroup, offer: str) -> tuple[Viewer, str]:
        if len(self._viewers) >= self._ceiling:
            raise ViewerRefused(
                f"{self._ceiling} people are watching already",
                status=503,
                remedy="Close a preview, or raise the ceiling.",
            )
        viewer = Viewer(
            secrets.token_urlsafe(16),
            host=self._host,
            ask_key=self._keys.ask,
            connect_seconds=self._connect_seconds,
            silence_seconds=self._silence_seconds,
        )
        self._viewers[viewer.id] = viewer
        answered = False
        try:
            sdp = await viewer.answer(offer)
            answered = True
        finally:
            if not answered:
                viewer.leave()
            group.create_task(self._keep(viewer), name=f"viewer-{viewer.id}")
        return viewer, sdp

    async def _keep(self, viewer: Viewer) -> None:
        """Supervise one viewer: whatever its connection dies of, the others go on watching."""
        try:
            await viewer.stay()
        except Exception:
            log.exception("viewer %s ended in an error", viewer.id)
        finally:
            self._dropped += viewer.dropped
            del self._viewers[viewer.id]


async def run(start: Start, source: PacketSource, status: Status) -> None:
    """Serve viewers as one destination of the channel; the entry point of kind `whep`.

    Raises:
        UsageError: no listening socket came with the start.
    """
    if start.whep is None:
        raise UsageError("the preview was started without its signalling socket", where=start.destination.name)
    whep = Whep(source.request_key)
    listener = socket.socket(fileno=start.whep)
    listener.setblocking(False)
    async with asyncio.TaskGroup() as group:
        group.create_task(whep.serve(listener))
        async for item in source:
            if isinstance(item, StreamHeaders):
                status.become("publishing")
                status.reconnects = source.connections - 1
                continue
            whep.feed(item)
            status.packets += 1
            status.bytes += len(item.data)
            status.last_pts = item.pts
            stats = whep.stats()
            status.dropped = stats.dropped
            status.extra["viewers"] = stats.viewers
            status.detail = f"{stats.viewers} watching" if stats.viewers else ""
