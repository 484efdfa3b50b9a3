"""Keeps the air process fed: the next entries, spoken and sealed, some way ahead of the playhead.

What a moderator decides, and an answer that is ready, goes out at once beside the feeding. The feeder
remembers what a new air process must be told again: ad-libs not yet heard, withdrawn facts, a panic.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from livestream import wire
from livestream.channel.airlink import AirLink, connect_air
from livestream.channel.protocol import MOST_FACTS, interject_message, queue_message, withdraw_message
from livestream.channel.script import Entry, Journal, Loop, Script, dropped
from livestream.errors import ChannelError, SpeechError
from livestream.lines import Cue, FactRef
from livestream.media import ReadyLine
from livestream.playout.lineup import MOST_AD_LIBS
from livestream.playout.position import Position
from livestream.playout.shown import AD_LIB
from livestream.playout.withdrawal import Withdrawal
from livestream.standards import ApprovedLine

AHEAD_SECONDS = 45.0
"""How much ready speech the air process is given: more than twice what it must hold."""
BATCH = 6
"""Entries sent before waiting to hear that they were queued."""
RETRY_SECONDS = 0.05
SPEAK_ATTEMPTS = 3
CONFIRM_SECONDS = 5.0
"""How long air may take to say that what was withdrawn no longer begins; it does so within half a second."""

log = logging.getLogger(__name__)

Speak = Callable[[ApprovedLine], Awaitable[wire.Message]]
"""Has an approved line spoken and returns the sealed speech."""
AdLibState = Literal["on_air", "aired", "cut"]
"""`aired`: all of it was heard; `cut`: not all of it was, and nothing more of it will be."""


@dataclass(frozen=True, slots=True, eq=False)
class AdLibReady:
    """An ad-lib with its sealed speech and the sealed cards and lower thirds its cues name.

    Numbers and instance of its lines are set when it is sent. `now` cuts in at once instead of at
    the next cut point, `first` is a correction: it goes before all others.
    """

    id: str
    entries: tuple[tuple[ReadyLine, wire.Message | None], ...]
    graphics: tuple[wire.Message, ...] = ()
    now: bool = False
    first: bool = False

    def messages(self) -> list[wire.Message]:
        """Return what air is told, in this order."""
        lines = [(replace(ready, seq=AD_LIB, instance=self.id, speech=None), sealed) for ready, sealed in self.entries]
        return [*self.graphics, interject_message(self.id, lines, now=self.now, first=self.first)]


class Feeder:
    """Sends the script to whichever air process is running, from where that one left off.

    Args:
        air: the socket.
        script: what is fed.
        speak: has a line spoken.
        journal: where edits of the script are kept; without one they do not outlive this process.
        on_ad_lib: told when an ad-lib goes on air, and what became of it; after a restart of either
            process it may be told again.
    """

    def __init__(
        self,
        air: Path,
        script: Script,
        speak: Speak,
        *,
        journal: Journal | None = None,
        on_ad_lib: Callable[[str, AdLibState], None] | None = None,
    ) -> None:
        self._air, self._script, self._speak, self._journal = air, script, speak, journal
        self.on_ad_lib = on_ad_lib
        self.standing: Sequence[wire.Message] = ()
        """Sealed graphics that every air process is given first: the slate."""
        self.position = Position(0, None, -1, -1, 0.0, 0)
        self.cursor = 0
        self._aired = -1
        self._finish_told = False
        self._link: AirLink | None = None
        self._moved = asyncio.Event()
        self._panic: bool | None = None
        self._ad_libs: dict[str, AdLibReady] = {}
        self._on_air = ""
        self._finished: frozenset[tuple[str, bool]] = frozenset()
        self._withdrawn: dict[FactRef, None] = {}
        self._withdrawals = 0

    async def run(self) -> None:
        """Feed until cancelled; a lost air process is awaited and given its place again."""
        while True:
            try:
                async with connect_air(self._air) as link:
                    await self._serve(link)
            except ChannelError as error:
                if not error.retryable:
                    raise
                await asyncio.sleep(RETRY_SECONDS)

    @property
    def seconds_in_hand(self) -> float:
        """Seconds of programme that are queued on air or scripted behind the queue."""
        return self.position.queued_seconds + self._script.seconds_from(self._script.following(self._told() + 1))

    @property
    def done(self) -> bool:
        """Whether the last entry of the last loop has been on air."""
        over = self._script.complete and self._told() >= self._script.next_seq - 1
        return over and self.position.queued_seconds <= 0.0

    def interject(self, ad_lib: AdLibReady) -> None:
        """Have an ad-lib taken at the next cut point, or at once; it survives a restart of the air process."""
        if ad_lib.id in self._ad_libs:
            return
        if len(self._ad_libs) >= MOST_AD_LIBS and not ad_lib.first:
            self._tell(ad_lib.id, "cut")
            return
        self._ad_libs[ad_lib.id] = ad_lib
        self._post(*ad_lib.messages())

    def recall(self, ident: str) -> None:
        """Let go of an ad-lib that has not begun; `on_ad_lib` says `cut` where that was in time."""
        if self._ad_libs.pop(ident, None) is not None and self._link is None:
            self._tell(ident, "cut")
        self._post(wire.Message("recall", {"id": ident}))

    def panic(self, on: bool) -> None:
        """Cut at once and hold everything under the slate, or go on where it stopped."""
        self._panic = on
        self._post(wire.Message("panic", {"on": on}))

    def withdraw(self, facts: Collection[FactRef], *, correction: str = "", corrected: Iterable[str] = ()) -> int:
        """Keep from air at once every sentence that rests on these versions; `replace` brings new wording.

        Where one that rests on a fact of `corrected` is being said, air then waits for the ad-lib `correction`.
        Returns the number by which `confirmed` knows this withdrawal.
        """
        for fact in facts:
            self._withdrawn.pop(fact, None)
            self._withdrawn[fact] = None
        while len(self._withdrawn) > MOST_FACTS:
            del self._withdrawn[next(iter(self._withdrawn))]
        kept = {fact.id for fact in self._withdrawn}
        return self._post_withdrawn(correction, frozenset(corrected) & kept)

    async def confirmed(self, number: int) -> bool:
        """Wait until air says that nothing of this withdrawal begins any more; False where it does not say so."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                while self.position.withdrawn < number:
                    await self._next_position()
        return self.position.withdrawn >= number

    def _post_withdrawn(self, correction: str = "", corrected: frozenset[str] = frozenset()) -> int:
        self._withdrawals += 1
        facts = frozenset(self._withdrawn)
        self._post(withdraw_message(Withdrawal(facts, self._withdrawals, correction, corrected)))
        return self._withdrawals

    @property
    def withdrawn(self) -> tuple[FactRef, ...]:
        """The versions that are kept from air."""
        return tuple(self._withdrawn)

    def reinstate(self, facts: Collection[FactRef]) -> None:
        """Let these versions be said again: an edit was taken back."""
        before = len(self._withdrawn)
        for fact in facts:
            self._withdrawn.pop(fact, None)
        if len(self._withdrawn) < before:
            self._post_withdrawn()

    def show(self, graphics: Sequence[wire.Message]) -> None:
        """Show sealed graphics in the place of those of their names, at once and from now on; `replace` journals it."""
        self._script.show(graphics)
        self._post(*graphics)

    async def replace(self, entries: Iterable[Entry]) -> None:
        """Put entries in the place of those of the same number, on air and in the journal; what was heard stays.

        The facts they rest on are in force, whatever was withdrawn before.
        """
        edited = list(entries)
        self.reinstate([fact for entry in edited if entry.line for fact in entry.line.facts])
        async with self._script.editing:
            await self._keep(self._script.edit(edited))
        for entry in sorted(edited, key=lambda entry: entry.ready.seq):
            seq = entry.ready.seq
            if not self._aired < seq < self.cursor or self._script.following(seq) != seq:
                continue
            speech = await self._spoken(entry.line) if entry.line else None
            found = self._script.find(seq)
            if found is not None and found[1] is entry:  # else it was edited again while it was spoken
                message = queue_message(entry.sent, speech)
                self._post(wire.Message("replace", message.body, message.payload))

    async def skip(self, instance: str) -> None:
        """Drop what is left of a part, or of an ad-lib on air; in the journal when this returns."""
        self._post(wire.Message("skip", {"instance": instance}))
        async with self._script.editing:
            rest = [entry for entry in self._script.live(self._aired + 1) if entry.ready.instance == instance]
            await self._keep(self._script.edit(dropped(entry) for entry in rest))

    async def jump(self, seq: int) -> None:
        """Cut what the script says and go on at number `seq`, back or forth; in the journal when this returns.

        Raises:
            ChannelError: there is no such entry in hand.
        """
        async with self._script.editing:
            loop = self._script.jump(seq, self._aired + 1)
            await self._keep([loop])
            self._script.add(loop)
            self.cursor = loop.first_seq
            self._finish_told = False
            self._post(wire.Message("jump", {"seq": loop.first_seq}))
            self.position = replace(self.position, last_queued=self.cursor - 1, queued_seconds=0.0)  # as air will say
            self._moved.set()

    def _told(self) -> int:
        """Return the last entry that any air process told it has queued or played."""
        return max(self.position.last_queued, self.position.last_aired, self._aired)

    def _post(self, *messages: wire.Message) -> None:
        if self._link is not None:
            for message in messages:
                self._link.post(message)

    async def _keep(self, loops: Iterable[Loop]) -> None:
        for loop in loops:
            try:
                if self._journal is not None:
                    await asyncio.to_thread(self._journal.append, loop)
            except ChannelError as error:  # the show goes on; only a restart would not know of it
                log.warning("%s", error)

    async def _serve(self, link: AirLink) -> None:
        """Serve one air process until it has gone.

        Raises:
            ChannelError: it has gone, or refused what it was sent.
        """
        failures: list[ChannelError] = []
        try:
            self._heed(await link.next_position())
            self._greet(link)
            self._link = link
            async with asyncio.TaskGroup() as group:
                group.create_task(self._follow(link))
                group.create_task(self._feed(link))
        except* ChannelError as group_of:
            failures = [error for error in group_of.exceptions if isinstance(error, ChannelError)]
        finally:
            self._link = None
        if failures:
            raise next((error for error in failures if not error.retryable), failures[0])

    def _greet(self, link: AirLink) -> None:
        """Tell a new connection what must hold whatever happened before."""
        if self._panic is None and self.position.panic:
            self._panic = True  # of the orchestrator before us; whoever calms it says so
        for message in self.standing:
            link.post(message)
        if self._panic is not None:
            link.post(wire.Message("panic", {"on": self._panic}))
        self._withdrawals = max(self._withdrawals, self.position.withdrawn)  # air knows those of the one before us
        if self._withdrawn or self._withdrawals > self.position.withdrawn:
            link.post(withdraw_message(Withdrawal(frozenset(self._withdrawn), self._withdrawals)))
        known = {self.position.ad_lib, *self.position.pending}
        for ad_lib in self._ad_libs.values():
            if ad_lib.id not in known:
                for message in ad_lib.messages():
                    link.post(message)

    async def _follow(self, link: AirLink) -> None:
        while True:
            self._heed(await link.next_position())
            self._moved.set()

    def _heed(self, position: Position) -> None:
        self.position = position
        self._aired = max(self._aired, position.last_aired)
        self._script.forget(self._aired)
        for ident, heard in position.finished:
            if self._ad_libs.pop(ident, None) is not None or (ident, heard) not in self._finished:
                self._tell(ident, "aired" if heard else "cut")
        self._finished = frozenset(position.finished)
        if position.ad_lib is not None and position.ad_lib != self._on_air:
            self._tell(position.ad_lib, "on_air")
        self._on_air = position.ad_lib or ""

    def _tell(self, ident: str, state: AdLibState) -> None:
        if self.on_ad_lib is not None:
            self.on_ad_lib(ident, state)

    async def _feed(self, link: AirLink) -> None:
        defined: set[int] = set()
        self._finish_told = False
        # A log that could not be written tells a new air process less than the last one told us.
        self.cursor = self._script.following(max(self._told() + 1, self._script.first_seq))
        while True:
            sent = 0
            while sent < BATCH and self.position.queued_seconds < AHEAD_SECONDS:
                found = self._script.find(self.cursor)
                if found is None:
                    break
                sent += await self._send(link, found[1], defined)
            if self._script.complete and self.cursor == self._script.next_seq and not self._finish_told:
                self._finish_told = True
                await link.send(wire.Message("finish"))
            await self._next_position()
            while sent and self.position.last_queued < self.cursor - 1:
                await self._next_position()

    async def _next_position(self) -> None:
        self._moved.clear()
        await self._moved.wait()

    async def _send(self, link: AirLink, entry: Entry, defined: set[int]) -> bool:
        """Send an entry; False where it was edited or jumped over while it was spoken."""
        speech = await self._spoken(entry.line) if entry.line is not None else None
        found = self._script.find(self.cursor)
        if found is None or found[1] is not entry:
            return False
        loop = found[0]
        if loop.number not in defined:
            defined.add(loop.number)
            for graphic in loop.graphics:
                link.post(graphic)
            entry = _with_card(entry)
        self.cursor += 1
        await link.send(queue_message(entry.sent, speech))
        return True

    async def _spoken(self, line: ApprovedLine) -> wire.Message | None:
        """Return a line's sealed speech, or None where it cannot be had: a pause is better than no show."""
        for attempt in range(SPEAK_ATTEMPTS):
            try:
                return await self._speak(line)
            except SpeechError as error:
                log.warning("a line cannot be spoken: %s", error)
                if not error.retryable:
                    break
                await asyncio.sleep(RETRY_SECONDS * 2**attempt)
        return None


def _with_card(entry: Entry) -> Entry:
    """Return the entry with its product's card cued, for an air process that begins in mid-segment."""
    ready = entry.ready
    if entry.silent or ready.product is None or any(cue.kind == "card" for cue in ready.cues):
        return entry
    return replace(entry, ready=replace(ready, cues=(Cue("card", ready.product), *ready.cues)))
