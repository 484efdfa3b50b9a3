"""When a packet leaves, and when a key frame is asked for: the clockwork of the live preview.

Receivers pair sound and picture by Sender Reports, and those carry the time of *sending*. So lip
sync at the viewer is: packets of one programme time leave at one time. The encoder hands over a
frame of picture with the 40 ms of sound that belong to it, in one go; the pace spreads them out.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable

from livestream.media import SAMPLE_RATE, Packet, StreamName

WINDOW_SECONDS = 1.0
"""A stream's smallest delay is taken over the last one to two windows."""
LONGEST_HOLD_SECONDS = 0.25
"""A packet due later than this is the sign of a new time base, not of an early packet."""
LATE_SOUND_SECONDS = 0.12
"""Sound that comes later than this is dropped: a browser conceals a gap, but a burst of old sound
swells its buffer and puts the lips out of step for ten seconds."""


class _Floor:
    """The smallest delay of one stream in the last seconds."""

    def __init__(self, delay: float, now: float) -> None:
        self._older = self._newer = delay
        self._turn = now + WINDOW_SECONDS

    def note(self, delay: float, now: float) -> None:
        if now >= self._turn:
            self._older, self._newer = self._newer, delay
            self._turn = now + WINDOW_SECONDS
        self._newer = min(self._newer, delay)

    @property
    def seconds(self) -> float:
        return min(self._older, self._newer)


class Pace:
    """Says when each packet is due, from when the packets before it came.

    The delay of a stream is arrival − pts; its floor is the smallest recent one. A packet is due at
    its pts plus the larger of the two floors, so the stream that comes later sets the pace of both.
    """

    def __init__(self) -> None:
        self._floors: dict[StreamName, _Floor] = {}
        self._last: dict[StreamName, float] = {}

    def due(self, packet: Packet, now: float) -> float | None:
        """Return the time at which this packet should leave, never before `now`; None to drop it.

        Both are seconds of one monotonic clock. Packets of one stream keep their order.
        """
        second = packet.pts / SAMPLE_RATE
        delay = now - second
        if packet.stream in self._floors:
            self._floors[packet.stream].note(delay, now)
        else:
            self._floors[packet.stream] = _Floor(delay, now)
        due = second + max(floor.seconds for floor in self._floors.values())
        if packet.stream == "opus" and now - due > LATE_SOUND_SECONDS:
            return None
        if due - now > LONGEST_HOLD_SECONDS:
            self._floors = {packet.stream: _Floor(delay, now)}
            self._last.clear()
            due = now
        due = max(now, due, self._last.get(packet.stream, now))
        self._last[packet.stream] = due
        return due


class PacedQueue:
    """Holds packets until they are due and hands them to `deliver`: one timer for all viewers."""

    def __init__(self, deliver: Callable[[Packet], None]) -> None:
        self._deliver = deliver
        self._pace = Pace()
        self._waiting: list[tuple[float, int, Packet]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    def push(self, packet: Packet) -> None:
        """Deliver this packet now or when it is due."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        due = self._pace.due(packet, now)
        if due is not None:
            heapq.heappush(self._waiting, (due, next(self._order), packet))
        self._release(now)

    def close(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _release(self, now: float) -> None:
        while self._waiting and self._waiting[0][0] <= now:
            self._deliver(heapq.heappop(self._waiting)[2])
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            due = self._waiting[0][0]
            self._timer = asyncio.get_running_loop().call_at(due, self._release, due)


class KeyRequests:
    """Many wishes for a key frame, one request: an encoder serves all viewers with one key.

    While a request is on its way no second one is sent, unless it got lost; and two keys are at
    least `spacing` seconds apart, because a key frame costs ten times what another frame costs.
    """

    def __init__(self, send: Callable[[], None], *, spacing: float = 0.3, patience: float = 0.5) -> None:
        self._send = send
        self._spacing = spacing
        self._patience = patience
        self._asked: float | None = None
        self._key = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    def ask(self) -> None:
        """Ask for a key frame as soon as spacing allows."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        on_its_way = self._asked is not None and now - self._asked < self._patience
        if on_its_way or self._timer is not None:
            return
        wait = self._key + self._spacing - now
        if wait > 0:
            self._timer = loop.call_later(wait, self._later)
            return
        self._asked = now
        self._send()

    def arrived(self) -> None:
        """Note that a key frame came."""
        self._key = asyncio.get_running_loop().time()
        self._asked = None

    def close(self) -> None:
        """Drop a request that waits for its spacing."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _later(self) -> None:
        self._timer = None
        self.ask()
