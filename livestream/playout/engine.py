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
from dataclasses import replace
from typing import TypedDict

from livestream.avatar import Presenter
from livestream.clock import Clock
from livestream.lines import Cue
from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, Card, LowerThird, Packet, Pcm, ReadyLine
from livestream.playout.asrun import AsRunLog, record, unix_time
from livestream.playout.lineup import BREATH, AdLib, Lineup, next_point
from livestream.playout.position import Position
from livestream.playout.protocols import Coder, Picture
from livestream.playout.shown import AD_LIB
from livestream.playout.stats import TickStats
from livestream.playout.timeline import Placed, Timeline
from livestream.playout.withdrawal import AWAIT, Withdrawal, Withdrawals, being_said
from livestream.programme.slate import SLATE
from livestream.programme.state import ProgrammeState

LEAD = 5
"""Frames encoded ahead of their time: 0.2 s."""
SPARE_SECONDS = 0.02
"""How long before a frame is due one more may still be rendered ahead."""
FADE_OUT = LEAD + 5
"""Frames that are still played when the channel goes off air: what was encoded ahead, then the fade."""
JUMP_SECONDS = 2.0
"""How late the clock may be before it leaves frames out instead of catching up."""
STANDBY = "standby"
"""The lower third shown while nothing is queued."""
BREATH_FRAMES = 8
"""Frames without a sentence that are still a breath, as before an ad-lib; longer silence is dead air, all of it."""
STANDBY_AFTER = 2 * FPS
"""Frames of dead air before the standby lower third is shown."""
_MOST_GRAPHICS = 2048


class _Graphic(TypedDict, total=False):
    card: Card
    lower_third: LowerThird


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
        self._lineup = Lineup(log.ad_libs)
        self._withdrawals = Withdrawals()
        self._graphics: dict[tuple[str, str], _Graphic] = {}
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ready: deque[tuple[int, list[Packet]]] = deque()
        self._next = 0
        self._idle_frames = 0
        self._begun: set[tuple[int, int]] = set()
        self._logged: set[tuple[int, int]] = set()
        self._started = False
        self._finished = False
        self.position = Position(0, None, log.last_seq, -1, 0.0, 0)

    def submit(self, entries: Iterable[ReadyLine], *, not_before: int = 0) -> None:
        """Queue entries from any thread, none before programme sample `not_before`.

        One whose `seq` was queued before is ignored.
        """
        ready = list(entries)
        self._prepare(ready)
        self._commands.put(lambda: self._lineup.add(ready, not_before))

    def interject(self, ad_lib: AdLib) -> None:
        """Have an ad-lib taken at the next cut point, or at once, from any thread; what it interrupts goes on after.

        The sentence that is cut is said again whole where less than half of it was heard. Ad-libs are
        taken in the order they were asked for, those for now first; an id that came before is ignored.
        """
        self._prepare(ad_lib.entries)
        self._commands.put(lambda: self._lineup.ask(ad_lib, self._edge))

    def recall(self, ident: str) -> None:
        """Let go of an ad-lib that has not begun, from any thread."""
        self._commands.put(lambda: self._lineup.recall(ident))

    def skip(self, instance: str) -> None:
        """Drop what is left of a part or of an ad-lib, from any thread; what is said of it fades out."""
        self._commands.put(lambda: self._skip(instance))

    def jump(self, seq: int) -> None:
        """Drop every script entry before number `seq`, from any thread, for good; an ad-lib is heard to its end."""
        self._commands.put(lambda: self._jump(seq))

    def panic(self, on: bool) -> None:
        """Cut at once and hold everything under the slate, or go on where it stopped; from any thread."""
        self._commands.put(lambda: self._hold(on))

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Keep from air, from any thread, every sentence that rests on what is withdrawn, also later ones.

        These are all: a version that is not named again is in force again. A sentence being said is left
        at its next cut point, and its correction awaited where there will be one. In the place of those that
        wait there is no pause; `replace` may put new wording there. `position` says when it holds.
        """
        self._commands.put(lambda: self._withdraw(withdrawal))

    def replace(self, entry: ReadyLine) -> None:
        """Put an entry in the place of the waiting one of its number, from any thread; one already heard stays."""
        self._prepare([entry])
        self._commands.put(lambda: self._replace(entry))

    def define(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Make a card or lower third known, from any thread, before the cues that name it.

        One of the same name that is on show is replaced at once.
        """
        if card is not None:
            self._know("card", card.product, {"card": card})
        if lower_third is not None:
            self._know("lower_third", lower_third.id, {"lower_third": lower_third})
        self._commands.put(lambda: self._timeline.define(card, lower_third))

    def hide(self, product: str) -> None:
        """Show a product's card no more, from any thread, until it is defined anew."""
        self._commands.put(lambda: self._timeline.hide(product))

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
        self._leave(self._edge)
        self._lineup.clear()
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
        for _ in range(2):  # the lead grows by a frame a tick, but nothing that is due waits for it
            early = self._clock.monotonic() < self._due(n) - SPARE_SECONDS
            if not self._ready or (early and self._next <= n + LEAD):
                self._render()
        self._clock.wait_until(self._due(n))
        self._release(n, live=True)
        return n + 1

    def _apply(self) -> None:
        while not self._commands.empty():  # nobody else takes any
            self._commands.get_nowait()()

    @property
    def _edge(self) -> int:
        """The first sample that has not been rendered: all before it is settled."""
        return self._next * SAMPLES_PER_FRAME

    def _prepare(self, entries: Iterable[ReadyLine]) -> None:
        """Draw what the cues name here, off the clock's thread."""
        for cue in (cue for entry in entries for cue in entry.cues):
            if graphic := self._graphics.get((cue.kind, cue.value)):
                self._programme.prepare(**graphic)

    def _know(self, kind: str, name: str, graphic: _Graphic) -> None:
        known = self._graphics.get((kind, name))
        if name == SLATE or known not in (None, graphic):
            self._programme.prepare(**graphic)  # it may be on show, or soon without a cue
        self._graphics[kind, name] = graphic
        if len(self._graphics) > _MOST_GRAPHICS:
            del self._graphics[next(iter(self._graphics))]

    def _fill(self) -> None:
        """Place what is due soon, after taking the ad-lib whose cut point lies in the coming frame."""
        edge = self._edge
        on_air, following = self._timeline.at(edge), self._timeline.after(edge)
        if (at := self._lineup.turn(on_air, following, edge)) is not None:
            heard = self._leave(at)
            self._lineup.take(not_before=heard + BREATH if heard else 0)
        elif (at := self._point_to_leave(on_air, edge)) is not None:
            self._leave(at)
        while (due := self._lineup.pop(edge, self._timeline.tail)) is not None:
            entry, not_before = due
            self._place(entry, max(edge, not_before))

    def _point_to_leave(self, on_air: Placed | None, edge: int) -> int | None:
        """Return the cut point in the frame from `edge` of a sentence that is no longer true."""
        if on_air is None or on_air.stop <= edge or not self._lineup.rests(on_air.entry):
            return None
        return next_point(on_air, edge, whole=False)

    def _place(self, entry: ReadyLine, earliest: int) -> None:
        placed = self._timeline.append(entry, earliest=earliest)
        if entry.speech is not None:
            self._presenter.push(entry.speech, placed.start)
        for cue in entry.cues:
            self._direct(cue, placed.start + cue.offset)

    def _direct(self, cue: Cue, at: int) -> None:
        if cue.kind == "gesture" or cue.kind == "gaze":
            self._presenter.event(at, cue.kind, cue.value)

    def _leave(self, at: int, *, resume: bool = True) -> int:
        """Cut at sample `at`, put back what comes after, and return where the sound before ends, 0 for none."""
        on_air = self._timeline.at(at - 1)
        untrue = on_air is not None and self._lineup.rests(on_air.entry)
        cut, off = self._timeline.cut(at, resume=resume and not untrue)
        self._presenter.cut(at)
        if cut is not None and cut.again:
            off[0] = replace(off[0], cues=tuple(cue for cue in off[0].cues if cue.kind != "jingle"))
        elif cut is not None:
            self._lineup.lose(cut.entry)
        self._lineup.put_back(off)
        return cut.stop if cut else on_air.stop if on_air else 0

    def _unplace(self) -> Placed | None:
        """Take back into the line-up what is placed but not begun; return what is on air."""
        on_air = self._timeline.at(self._edge - 1)
        self._leave(on_air.end if on_air else self._edge)
        return on_air

    def _skip(self, instance: str) -> None:
        on_air = self._unplace()
        if on_air is not None and on_air.entry.instance == instance:
            self._leave(self._edge, resume=False)
        self._lineup.skip(instance)

    def _jump(self, seq: int) -> None:
        on_air = self._unplace()
        if on_air is not None and AD_LIB < on_air.entry.seq < seq:
            self._leave(self._edge, resume=False)
        self._lineup.drop(lambda entry: AD_LIB < entry.seq < seq)
        self._lineup.last_queued = max(self._lineup.last_queued, seq - 1)

    def _hold(self, on: bool) -> None:
        if on and not self._lineup.held:
            self._leave(self._edge)
        self._lineup.held = on

    def _withdraw(self, withdrawal: Withdrawal) -> None:
        edge, now = self._edge, self.position.frame * SAMPLES_PER_FRAME
        self._unplace()
        unsaid = [entry for correction in self._lineup.withdraw(withdrawal.facts) for entry in correction.entries]
        said = [placed.entry for placed in self._timeline.queued() if being_said(placed, now, edge)]
        speeches = [entry.speech for entry in (*unsaid, *said) if entry.speech]
        if untrue := frozenset().union(*(withdrawal.untrue(speech.facts) for speech in speeches)):
            self._withdrawals.owe(withdrawal.correction, untrue)
            self._lineup.await_correction(withdrawal.correction, edge + AWAIT)
        self._withdrawals.begin(withdrawal.number, edge)

    def _replace(self, entry: ReadyLine) -> None:
        self._unplace()
        self._lineup.replace(entry)

    def _drop_all(self) -> None:
        self._leave(self._edge)
        self._lineup.clear()

    def _due(self, n: int) -> float:
        return self._t0 + n / FPS

    def _keep_up(self, n: int) -> int:
        """Return the frame to release next: `n`, or a later one where the machine stood still."""
        behind = self._clock.monotonic() - self._due(n)
        if behind < JUMP_SECONDS:
            return n
        target = n + int(behind * FPS)
        self._leave(n * SAMPLES_PER_FRAME)  # what was encoded ahead nobody has heard
        self._log_ended((n + 1) * SAMPLES_PER_FRAME)
        self.stats.lost += target - n
        self._ready.clear()
        self._next = target
        return target

    def _render(self) -> None:
        n = self._next
        self._fill()
        state = self._standing_by(replace(self._timeline.state(n), following=self._following(n)))
        packets = self._encoder.video(n, self._programme.picture(state))
        packets += self._encoder.audio(n, self._programme.sound(state))
        if self._stem is not None:
            self._stem(state.stem)
        self._ready.append((n, packets))
        self._next = n + 1

    def _following(self, n: int) -> str:
        """Return the caption of the sentence after the one on air in frame n."""
        edge = n * SAMPLES_PER_FRAME
        placed = (each.entry.speech for each in self._timeline.queued() if each.start > edge)
        return next((speech.caption for speech in placed if speech), "") or self._lineup.upcoming()

    def _standing_by(self, state: ProgrammeState) -> ProgrammeState:
        """Count dead air, and show the standby lower third once it has lasted a while, or the slate at once."""
        if self._lineup.held:
            self.stats.held_frames += 1
            return replace(state, slate=self._timeline.lower_third(SLATE) or LowerThird(SLATE, ""))
        covered = self._timeline.covered(state.n)
        self._started |= covered
        self._idle_frames = 0 if covered else self._idle_frames + 1
        if covered or not self._started or self._finished:
            return state
        if self._idle_frames > BREATH_FRAMES:
            self.stats.dead_air_frames += 1 if self._idle_frames > BREATH_FRAMES + 1 else BREATH_FRAMES + 1
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
                self._log.append(record("line", placed, at, title), placed.entry.speech.pcm)

    def _locate(self, frame: int, now: int) -> None:
        on_air = self._timeline.at(now)
        entry = on_air.entry if on_air else None
        self._withdrawals.heard(now)
        self._lineup.settle({placed.entry.instance for placed in self._timeline.queued() if placed.end > now})
        self.position = Position(
            frame=frame,
            on_air=entry.seq if entry else None,
            last_aired=self._log.last_seq,
            last_queued=self._lineup.last_queued,
            queued_seconds=(max(0, self._timeline.tail - now) + self._lineup.samples) / SAMPLE_RATE,
            ready=sum(placed.start > now for placed in self._timeline.queued()) + len(self._lineup),
            ad_lib=entry.instance if entry and entry.seq == AD_LIB else None,
            pending=self._lineup.pending,
            finished=tuple(self._lineup.finished),
            panic=self._lineup.held,
            withdrawn=self._withdrawals.holding,
            correction=self._withdrawals.correction,
            untrue=tuple(sorted(self._withdrawals.untrue)),
        )
