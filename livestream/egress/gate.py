"""Where an output may begin, and in what order packets reach it."""

from __future__ import annotations

import heapq
from collections import deque

from livestream.media import SAMPLE_RATE, Packet, StreamName

_PENDING_SECONDS = 1.0


class Gate:
    """Begins on a key frame with the sound of the same time, and keeps each stream's dts growing.

    Video that would step back, or that follows a missing reference, waits for the next key frame;
    sound that would step back is left out.
    """

    def __init__(self, audio: StreamName = "aac") -> None:
        self.origin: int | None = None
        """Programme sample of the first key frame let through; stays the same for the gate's life."""
        self.dropped = 0
        """Video frames that were not let through, or never came, since the first."""
        self._audio = audio
        self._last: dict[StreamName, int] = {}
        self._pending: deque[Packet] = deque()
        self._start: int | None = None
        self._waiting = True

    def reopen(self) -> None:
        """Begin anew on a key frame: what follows goes to another connection or file."""
        self._start = None
        self._waiting = True
        self._pending.clear()

    def admit(self, packet: Packet) -> list[Packet]:
        """Return what may be written now that `packet` has come: often itself, sometimes nothing."""
        if packet.stream == "video":
            return self._admit_video(packet)
        return self._admit_audio(packet) if packet.stream == self._audio else []

    def _admit_video(self, packet: Packet) -> list[Packet]:
        last = self._last.get("video")
        if last is not None and packet.dts <= last:
            self._waiting = True
            return []
        if self._waiting and not packet.key:
            return []
        self._waiting = False
        if last is not None and packet.duration:
            self.dropped += max(0, round((packet.dts - last) / packet.duration) - 1)
        self._last["video"] = packet.dts
        if self._start is not None:
            return [packet]
        self._start = packet.pts
        if self.origin is None:
            self.origin = packet.pts
        pending, self._pending = self._pending, deque()
        return [packet, *(later for sound in pending for later in self._admit_audio(sound))]

    def _admit_audio(self, packet: Packet) -> list[Packet]:
        if self._start is None:
            self._pending.append(packet)
            while self._pending[-1].pts - self._pending[0].pts > _PENDING_SECONDS * SAMPLE_RATE:
                self._pending.popleft()
            return []
        if packet.pts < self._start or packet.dts <= self._last.get(self._audio, packet.dts - 1):
            return []
        self._last[self._audio] = packet.dts
        return [packet]


class Interleaver:
    """Merges the streams into one order of dts; a stream that stays away is not waited for."""

    def __init__(self, streams: int = 2, patience: float = 0.3) -> None:
        self._streams = streams
        self._patience = int(patience * SAMPLE_RATE)
        self._held: list[tuple[int, int, Packet]] = []
        self._order = 0
        self._newest: dict[StreamName, int] = {}

    def push(self, packet: Packet) -> list[Packet]:
        """Return the packets that nothing can precede any more."""
        self._newest[packet.stream] = packet.dts
        self._order += 1
        heapq.heappush(self._held, (packet.dts, self._order, packet))
        safe = min(self._newest.values()) if len(self._newest) >= self._streams else packet.dts - self._patience
        safe = max(safe, max(self._newest.values()) - self._patience)
        ready = []
        while self._held and self._held[0][0] <= safe:
            ready.append(heapq.heappop(self._held)[2])
        return ready

    def flush(self) -> list[Packet]:
        """Return what is held, in order: nothing more will come."""
        return [heapq.heappop(self._held)[2] for _ in range(len(self._held))]
