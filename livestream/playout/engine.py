"""The clock of the channel: renders a little ahead, releases each frame's packets when they are due.

Everything that changes what is on air arrives as a command and is applied between two frames, so
that one thread alone touches timeline, presenter and encoder. The same engine renders offline,
where nobody waits for the clock.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypedDict

import av
import numpy as np
from numpy.typing import NDArray

from livestream.avatar import Presenter
from livestream.clock import Clock
from livestream.lines import Cue
from livestream.media import FPS, SAMPLES_PER_FRAME, Card, LowerThird, Packet, Pcm, ReadyLine
from livestream.playout.asrun import AsRunLog, record, unix_time
from livestream.playout.stats import TickStats
from livestream.playout.timeline import Timeline
from livestream.programme.state import ProgrammeState

LEAD = 5
"""Frames encoded ahead of their time: 0.2 s."""
FADE_OUT = LEAD + 5
"""Frames that are still played when the channel goes off air: what was encoded ahead, then the fade."""
JUMP_SECONDS = 2.0
"""How late the clock may be before it leaves frames out instead of catching up."""
STANDBY = "standby"
"""The lower third shown while nothing is queued."""
STANDBY_AFTER = 2 * FPS
"""Frames of dead air before the standby lower third is shown."""


class _Graphic(TypedDict, total=False):
    card: Card
    lower_third: LowerThird


class Picture(Protocol):
    """What draws and mixes a frame: the programme."""

    def picture(self, state: ProgrammeState) -> av.VideoFrame:
        """Return the 720x1280 I420 picture of a frame."""
        ...

    def sound(self, state: ProgrammeState) -> NDArray[np.int16]:
        """Return the frame's sound, shape (1920, 2)."""
        ...

    def prepare(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Draw ahead what will be shown, on any thread."""
        ...


class Coder(Protocol):
    """What encodes a frame: the one encoder."""

    def video(self, n: int, frame: av.VideoFrame) -> list[Packet]:
        """Encode the picture of frame n."""
        ...

    def audio(self, n: int, pcm: NDArray[np.int16]) -> list[Packet]:
        """Encode the sound of frame n."""
        ...

    def flush(self) -> list[Packet]:
        """Return what the encoders still hold."""
        ...


@dataclass(frozen=True, slots=True)
class Position:
    """Where playout stands: the next frame to be released, the sentence on air, what is queued."""

    frame: int
    on_air: int | None
    last_aired: int
    last_queued: int
    queued_seconds: float
    ready: int


class Playout:
    """Plays a queue of ready lines into encoded packets, frame by frame."""

    def __init__(
        self,
        *,
        presenter: Presenter,
        programme: Picture,
        encoder: Coder,
        log: AsRunLog,
        sink: Callable[[list[Packet]], None],
        clock: Clock,
        t0: float,
        stem: Callable[[Pcm], None] | None = None,
    ) -> None:
        self.stats = TickStats()
        self._presenter, self._programme, self._encoder = presenter, programme, encoder
        self._log, self._sink, self._clock, self._t0, self._stem = log, sink, clock, t0, stem
        self._timeline = Timeline()
        self._graphics: dict[tuple[str, str], _Graphic] = {}
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ready: deque[tuple[int, list[Packet]]] = deque()
        self._next = 0
        self._idle_frames = 0
        self._begun: set[tuple[int, int]] = set()
        self._logged: set[tuple[int, int]] = set()
        self._started = False
        self._last_queued = -1
        self._finished = False
        self.position = Position(0, None, log.last_seq, -1, 0.0, 0)

    def submit(self, entries: Iterable[ReadyLine], *, not_before: int = 0) -> None:
        """Queue entries from any thread, none before programme sample `not_before`.

        One whose `seq` was queued before is ignored.
        """
        ready = list(entries)
        for cue in (cue for entry in ready for cue in entry.cues):
            if graphic := self._graphics.get((cue.kind, cue.value)):
                self._programme.prepare(**graphic)  # drawn here, off the clock's thread
        self._commands.put(lambda: self._append(ready, not_before))

    def define(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Make a card or lower third known, from any thread, before the cues that name it."""
        if card is not None:
            self._graphics["card", card.product] = {"card": card}
        if lower_third is not None:
            self._graphics["lower_third", lower_third.id] = {"lower_third": lower_third}
        self._commands.put(lambda: self._timeline.define(card, lower_third))

    def cut(self) -> None:
        """Stop what is being said, from any thread, with a 30 ms fade, and drop what is queued; it may come again."""
        self._commands.put(self._drop_all)

    def finish(self) -> None:
        """Say, from any thread, that nothing more will come: silence after the queue is the end, not dead air."""
        self._commands.put(lambda: setattr(self, "_finished", True))

    def run(self, first: int, stop: threading.Event) -> None:
        """Play in real time from frame `first`, due at t0 + first/25, until `stop` is set; then fade out."""
        self._next = n = first
        while not stop.is_set():
            n = self._tick(n)
        self._apply()
        self._finished = True
        self._cut_now()
        for _ in range(FADE_OUT):
            n = self._tick(n)

    def render(self, frames: int, *, progress: Callable[[int], None] | None = None) -> None:
        """Play `frames` frames as fast as they can be made, and drain the encoder."""
        for n in range(frames):
            self._apply()
            self._render()
            self._release(n, live=False)
            if progress is not None:
                progress(n + 1)
        self._sink(self._encoder.flush())

    def _tick(self, n: int) -> int:
        """Render what is needed, release frame n, or a later one, when it is due; return the next."""
        self._apply()
        n = self._keep_up(n)
        for _ in range(2 if self._ready else 1):
            if self._next <= n + LEAD:
                self._render()
        self._clock.wait_until(self._due(n))
        self._release(n, live=True)
        return n + 1

    def _apply(self) -> None:
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            command()

    def _append(self, entries: list[ReadyLine], not_before: int) -> None:
        for entry in entries:
            if entry.seq <= self._last_queued:
                continue
            self._last_queued = entry.seq
            self._place(entry, not_before)

    def _place(self, entry: ReadyLine, not_before: int = 0) -> None:
        placed = self._timeline.append(entry, earliest=max(not_before, self._next * SAMPLES_PER_FRAME))
        if entry.speech is not None:
            self._presenter.push(entry.speech, placed.start)
        for cue in entry.cues:
            self._direct(cue, placed.start + cue.offset)

    def _direct(self, cue: Cue, at: int) -> None:
        if cue.kind == "gesture" or cue.kind == "gaze":
            self._presenter.event(at, cue.kind, cue.value)

    def _drop_all(self) -> None:
        off = self._cut_now()
        if off:
            self._last_queued = off[0].seq - 1

    def _cut_now(self) -> list[ReadyLine]:
        at = self._next * SAMPLES_PER_FRAME
        off = self._timeline.cut(at)
        self._presenter.cut(at)
        return off

    def _due(self, n: int) -> float:
        return self._t0 + n / FPS

    def _keep_up(self, n: int) -> int:
        """Return the frame to release next: `n`, or a later one where the machine stood still."""
        behind = self._clock.monotonic() - self._due(n)
        if behind < JUMP_SECONDS:
            return n
        target = n + int(behind * FPS)
        off = self._cut_now()
        self._log_ended(self._next * SAMPLES_PER_FRAME + SAMPLES_PER_FRAME)
        self.stats.lost += target - n
        self._ready.clear()
        self._next = target
        for entry in off:
            self._place(entry)
        return target

    def _render(self) -> None:
        n = self._next
        state = self._standing_by(self._timeline.state(n))
        packets = self._encoder.video(n, self._programme.picture(state))
        packets += self._encoder.audio(n, self._programme.sound(state))
        if self._stem is not None:
            self._stem(state.stem)
        self._ready.append((n, packets))
        self._next = n + 1

    def _standing_by(self, state: ProgrammeState) -> ProgrammeState:
        """Count dead air, and show the standby lower third once it has lasted a while."""
        covered = self._timeline.covered(state.n)
        self._started |= covered
        self._idle_frames = 0 if covered else self._idle_frames + 1
        if covered or not self._started or self._finished:
            return state
        self.stats.dead_air_frames += 1
        if self._idle_frames >= STANDBY_AFTER:
            return self._timeline.with_lower_third(state, STANDBY)
        return state

    def _release(self, n: int, *, live: bool) -> None:
        _, packets = self._ready.popleft()
        self._sink(packets)
        if live:
            self.stats.tick(self._clock.monotonic() - self._due(n))
        self.stats.frames += 1
        now = (n + 1) * SAMPLES_PER_FRAME
        self._log_ended(now)
        for placed in self._timeline.prune(now - SAMPLES_PER_FRAME * FPS):
            self._begun.discard((placed.entry.seq, placed.start))
            self._logged.discard((placed.entry.seq, placed.start))
        self._locate(n + 1, now)

    def _log_ended(self, now: int) -> None:
        """Log sentences begun and ended by sample `now`, each once."""
        for placed in self._timeline.queued():
            airing = (placed.entry.seq, placed.start)
            if placed.start >= now:
                break
            if placed.entry.speech is None or airing in self._logged:
                continue
            at = unix_time(self._clock, self._t0, placed.start)
            title = self._timeline.title(placed.entry.product)
            if airing not in self._begun:
                self._begun.add(airing)
                self._log.append(record("begin", placed, at, title))
            if placed.stop <= now:
                self._logged.add(airing)
                self._log.append(record("line", placed, at, title))

    def _locate(self, frame: int, now: int) -> None:
        on_air = None
        ready = 0
        for placed in self._timeline.queued():
            if placed.start <= now < placed.end:
                on_air = placed.entry.seq
            ready += placed.start > now
        queued = max(0, self._timeline.tail - now) / (SAMPLES_PER_FRAME * FPS)
        self.position = Position(frame, on_air, self._log.last_seq, self._last_queued, queued, ready)
