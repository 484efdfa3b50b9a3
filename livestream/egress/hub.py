"""The air process's end of egress: fans encoded packets out to whoever connects.

A thread of its own does all socket work, so `publish` costs the clock's thread an append and a
one-byte wake-up. Nothing a subscriber does, or fails to do, reaches the clock or another
subscriber: each has a queue bounded in programme time that drops whole groups of pictures.
"""

from __future__ import annotations

import selectors
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from livestream import wire
from livestream.clock import Clock, SystemClock
from livestream.egress.wirepackets import pack_headers, pack_packets
from livestream.errors import WireError
from livestream.media import SAMPLE_RATE, Packet, StreamHeaders

QUEUE_SECONDS = 4.0
"""How far a subscriber may fall behind before groups of pictures are dropped for it."""
KEY_INTERVAL = 0.5
"""Seconds between two key frames made on request, whoever asks."""
STALL_SECONDS = 10.0
"""A subscriber that takes nothing for this long while packets wait is disconnected."""
FLUSH_SECONDS = 1.0
"""How long `close` waits for subscribers to take what is queued."""
MAX_SUBSCRIBERS = 64
_MAX_REQUEST = 4096
_INBOX = 500
_LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class SubscriberStats:
    """What one subscriber has got: counts of packets and bytes, and the seconds it is behind."""

    name: str
    packets: int
    bytes: int
    dropped: int
    behind: float


@dataclass(frozen=True, slots=True)
class HubStats:
    """The hub at one moment; `alive` is False once its thread has ended."""

    alive: bool
    published: int
    lost: int
    keys_requested: int
    disconnected: int
    subscribers: tuple[SubscriberStats, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """One publication, encoded once for everybody."""

    data: bytes
    packets: int
    dts: int
    key: bool


class _Subscriber:
    """One connection: what waits for it, and what it asked."""

    def __init__(self, sock: socket.socket, headers: bytes, backlog: Sequence[_Batch], now: float) -> None:
        self.sock = sock
        self.name = ""
        self.queue: deque[_Batch] = deque(backlog)
        self.sending = memoryview(headers)
        self.request = bytearray()
        self.waiting = not backlog  # for a key frame to begin with
        self.packets = self.bytes = self.dropped = 0
        self.progress = now
        self.blocked = False

    def push(self, batch: _Batch, limit: int) -> None:
        """Queue a batch; over the limit, drop what is older than the newest key frame that fits."""
        if self.waiting and not batch.key:
            self.dropped += batch.packets if self.packets else 0
            return
        self.waiting = False
        self.queue.append(batch)
        if batch.dts - self.queue[0].dts <= limit:
            return
        self._drop_oldest()
        while self.queue and not self.queue[0].key:
            self._drop_oldest()
        self.waiting = not self.queue

    def _drop_oldest(self) -> None:
        self.dropped += self.queue.popleft().packets

    def send(self, now: float) -> None:
        """Send until the socket takes no more; raises OSError where the peer has gone."""
        self.blocked = False
        while self.sending or self.queue:
            if not self.sending:
                batch = self.queue.popleft()
                self.sending = memoryview(batch.data)
                self.packets += batch.packets
            try:
                count = self.sock.send(self.sending)
            except BlockingIOError:
                self.blocked = True
                return
            self.sending = self.sending[count:]
            self.bytes += count
            self.progress = now
        self.progress = now

    def receive(self) -> list[wire.Message] | None:
        """Return the complete requests that have come, or None at the end of the connection."""
        data = self.sock.recv(_MAX_REQUEST)
        if not data:
            return None
        self.request += data
        found = []
        while len(self.request) >= _LENGTHS.size:
            header, payload = _LENGTHS.unpack_from(self.request)
            end = _LENGTHS.size + header
            if header + payload > _MAX_REQUEST:
                raise WireError("a subscriber's request is too long")
            if len(self.request) < end + payload:
                break
            found.append(wire.Message(*wire.decode_header(bytes(self.request[_LENGTHS.size : end]))))
            del self.request[: end + payload]
        return found


class PacketHub:
    """Publishes packets on a listening Unix socket.

    A subscriber that joins gets the headers, the current group of pictures with its sound, then
    what is live. It may send `{"kind": "key"}` for a key frame and `{"kind": "hello", "name"}`.

    Args:
        listener: a listening Unix stream socket; the hub closes its own handle of it.
        headers: what a muxer must know.
        on_key: called on the hub's thread when a key frame is wanted, at most each 0.5 s.
        clock: the time that rate limits and stalls are measured by.
    """

    def __init__(
        self,
        listener: socket.socket,
        headers: StreamHeaders,
        *,
        on_key: Callable[[], None] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._listener = listener
        self._headers = wire.encode(pack_headers(headers))
        self._on_key = on_key
        self._clock = clock or SystemClock()
        self._limit = int(QUEUE_SECONDS * SAMPLE_RATE)
        self._inbox: deque[tuple[Packet, ...]] = deque()
        self._wake_in, self._wake_out = socket.socketpair()
        self._subscribers: dict[int, _Subscriber] = {}
        self._gop: list[_Batch] = []
        self._selector = selectors.DefaultSelector()
        self._thread = threading.Thread(target=self._run, name="packet-hub", daemon=True)
        self._closing = False
        self._published = self._lost = self._keys = self._disconnected = 0
        self._key_wanted = False
        self._key_at = float("-inf")
        for sock in (listener, self._wake_in, self._wake_out):
            sock.setblocking(False)

    def start(self) -> None:
        """Begin to accept subscribers."""
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake_out, selectors.EVENT_READ)
        self._thread.start()

    def publish(self, packets: Sequence[Packet]) -> None:
        """Hand packets to every subscriber; never blocks. Cheapest with one call a frame."""
        if not packets:
            return
        if len(self._inbox) >= _INBOX:  # the hub's thread has ended or starves
            self._lost += len(packets)
            return
        self._inbox.append(tuple(packets))
        self._wake()

    def stats(self) -> HubStats:
        """Return the counts so far, from any thread."""
        return HubStats(
            self._thread.is_alive(),
            self._published,
            self._lost,
            self._keys,
            self._disconnected,
            tuple(self._describe(each) for each in list(self._subscribers.values())),
        )

    def close(self) -> None:
        """Send what is queued to those who take it within a second, then end."""
        self._closing = True
        self._wake()
        if self._thread.is_alive():
            self._thread.join(FLUSH_SECONDS + 1)

    def _wake(self) -> None:
        try:
            self._wake_in.send(b"\0")
        except OSError:  # full: the thread is awake anyway; closed: it has ended
            return

    @staticmethod
    def _describe(each: _Subscriber) -> SubscriberStats:
        try:
            behind = (each.queue[-1].dts - each.queue[0].dts) / SAMPLE_RATE
        except IndexError:
            behind = 0.0
        return SubscriberStats(each.name, each.packets, each.bytes, each.dropped, behind)

    def _run(self) -> None:
        try:
            while not self._closing:
                self._turn(self._timeout())
            self._flush()
        finally:
            for each in list(self._subscribers.values()):
                self._disconnect(each)
            self._selector.close()
            for sock in (self._listener, self._wake_in, self._wake_out):
                sock.close()

    def _flush(self) -> None:
        deadline = self._clock.monotonic() + FLUSH_SECONDS
        self._distribute()
        while any(each.blocked for each in self._subscribers.values()) and self._clock.monotonic() < deadline:
            self._turn(0.05)

    def _timeout(self) -> float:
        return max(0.0, self._key_at + KEY_INTERVAL - self._clock.monotonic()) if self._key_wanted else 1.0

    def _turn(self, timeout: float) -> None:
        for key, events in self._selector.select(timeout):
            if key.fileobj is self._listener:
                self._accept()
            elif key.fileobj is self._wake_out:
                self._wake_out.recv(_MAX_REQUEST)
            else:
                self._serve(key.data, events)
        self._distribute()
        self._ask_for_key()

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except OSError:  # gone again before we came to it
            return
        sock.setblocking(False)
        if len(self._subscribers) >= MAX_SUBSCRIBERS:
            sock.close()
            return
        each = _Subscriber(sock, self._headers, self._gop, self._clock.monotonic())
        self._subscribers[sock.fileno()] = each
        self._selector.register(sock, selectors.EVENT_READ, each)
        self._send(each)

    def _serve(self, each: _Subscriber, events: int) -> None:
        if events & selectors.EVENT_READ:
            try:
                requests = each.receive()
            except (OSError, WireError):
                requests = None
            if requests is None:
                self._disconnect(each)
                return
            for request in requests:
                if request.kind == "key":
                    self._key_wanted = True
                elif request.kind == "hello":
                    each.name = str(request.body.get("name", ""))[:80]
        if events & selectors.EVENT_WRITE:
            self._send(each)

    def _distribute(self) -> None:
        while self._inbox:
            packets = self._inbox.popleft()
            batch = _Batch(
                wire.encode(pack_packets(packets)),
                len(packets),
                min(p.dts for p in packets),
                any(p.key and p.stream == "video" for p in packets),
            )
            self._published += len(packets)
            if batch.key or (self._gop and batch.dts - self._gop[0].dts > self._limit):
                self._gop.clear()
            if batch.key or self._gop:
                self._gop.append(batch)
            for each in list(self._subscribers.values()):
                each.push(batch, self._limit)
                if not each.blocked:
                    self._send(each)
        now = self._clock.monotonic()
        for each in list(self._subscribers.values()):
            if each.blocked and now - each.progress > STALL_SECONDS:
                self._disconnect(each)

    def _send(self, each: _Subscriber) -> None:
        was = each.blocked
        try:
            each.send(self._clock.monotonic())
        except OSError:
            self._disconnect(each)
            return
        if each.blocked != was:
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if each.blocked else 0)
            self._selector.modify(each.sock, events, each)

    def _disconnect(self, each: _Subscriber) -> None:
        self._selector.unregister(each.sock)
        del self._subscribers[each.sock.fileno()]
        each.sock.close()
        self._disconnected += 1

    def _ask_for_key(self) -> None:
        now = self._clock.monotonic()
        if self._key_wanted and now - self._key_at >= KEY_INTERVAL:
            self._key_wanted = False
            self._key_at = now
            self._keys += 1
            if self._on_key is not None:
                self._on_key()
