"""Writes the script: one loop of the rundown after another, each ready before the one on air runs out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from livestream import wire
from livestream.channel.desk import Desk, Programming
from livestream.channel.feeder import Feeder
from livestream.channel.script import Entry, Journal, Loop, Script, without_speech
from livestream.clock import Clock
from livestream.errors import ChannelError, RundownError
from livestream.media import SAMPLE_RATE, Card, Speech
from livestream.settings import ChannelSettings
from livestream.speech.client import SpeechClient
from livestream.standards import ApprovedLine, Sealer

LOOK_SECONDS = 1.0
PLAN_AHEAD = 90.0
"""The next loop is prepared when less than this many seconds are in hand."""
SHORTEST_LOOP = 30.0
"""What is prepared where less time is left than any rundown needs: it is cut off at the end."""
KEPT_BYTES = 64 * 2**20
"""Sealed speech kept between preparing a loop and sending it; the rest is asked for again."""
TAIL_SECONDS = 1.0
"""How long the presenter stays after the last word."""
log = logging.getLogger(__name__)


class KeptSpeech:
    """The speech worker, with the sealed speech of lines that were prepared and not sent yet."""

    def __init__(self, client: SpeechClient) -> None:
        self._client = client
        self._kept: dict[tuple[str, str], wire.Message] = {}
        self._bytes = 0

    async def speak(self, line: ApprovedLine) -> Speech:
        """Return a line's speech and keep what goes to air."""
        spoken = await self._client.speak(line)
        self._take(line.id, line.spoken)
        if self._bytes + len(spoken.message.payload) <= KEPT_BYTES:
            self._kept[line.id, line.spoken] = spoken.message
            self._bytes += len(spoken.message.payload)
        return spoken.speech

    async def sealed(self, line: ApprovedLine) -> wire.Message:
        """Return a sealed speech: kept since it was prepared, or asked for before what is only being prepared."""
        return self._take(line.id, line.spoken) or (await self._client.speak(line, urgent=True)).message

    def forget_drafts(self, number: int, loop: Loop) -> None:
        """Let go of speech that was made for the pass `number` and then planned away: `loop` is what it came to."""
        used = {(entry.line.id, entry.line.spoken) for entry in loop.entries if entry.line}
        for key in [key for key in self._kept if key[0].startswith(f"{number}.") and key not in used]:
            self._take(*key)

    def _take(self, line: str, spoken: str) -> wire.Message | None:
        message = self._kept.pop((line, spoken), None)
        if message is not None:
            self._bytes -= len(message.payload)
        return message


class ScriptWriter:
    """Prepares loop after loop with the desk, journals them, and puts them into the script.

    `written` is called after each: what a loop was written from may have changed in the meantime.
    """

    def __init__(
        self,
        settings: ChannelSettings,
        *,
        script: Script,
        journal: Journal,
        feeder: Feeder,
        speech: KeptSpeech,
        sealer: Sealer,
        cards: dict[str, Card],
        written: Callable[[], Awaitable[None]],
        clock: Clock,
        t0: float,
    ) -> None:
        self._settings, self._script, self._journal, self._feeder = settings, script, journal, feeder
        self._speech, self._sealer, self._cards, self._written = speech, sealer, cards, written
        self._clock, self._t0 = clock, t0

    async def run(self, desk: Desk) -> None:
        """Write until the last loop is written.

        Raises:
            RundownError: no rundown can be made of what there is.
            SpeechError: a line could not be spoken.
        """
        while not self._script.complete:
            if self._script.next_loop == 0 or self._feeder.seconds_in_hand < PLAN_AHEAD:
                await self._write_loop(desk)
            else:
                await self._clock.sleep_until(self._clock.monotonic() + LOOK_SECONDS)

    async def _write_loop(self, desk: Desk) -> None:
        target, last = self._next_length()
        number = self._script.next_loop  # of this pass; a jump in the meantime takes it as the number of a loop
        try:
            programming = await desk.prepare(self._speech.speak, target=target, loop=number)
        except RundownError:
            if not last:
                raise
            if number > 0:  # what is left is too short for another pass: the show is over
                self._script.end()
                return
            programming = await desk.prepare(self._speech.speak, target=SHORTEST_LOOP, loop=number)
        async with self._script.editing:
            loop = self._loop(programming, last=last)
            try:
                await asyncio.to_thread(self._journal.append, loop)
            except ChannelError as error:  # the show goes on; only a restart would not find its place
                log.warning("%s", error)
            self._script.add(loop)
        self._speech.forget_drafts(number, loop)
        self._cards.update({handle: card.card for handle, card in programming.cards.items()})
        await self._written()

    def _next_length(self) -> tuple[float, bool]:
        """Return the length of the next loop in seconds, and whether the channel ends with it."""
        usual = self._settings.loop_minutes * 60
        if self._settings.duration is None:
            return usual, False
        gone = self._clock.monotonic() - self._t0
        left = self._settings.duration - gone - self._feeder.seconds_in_hand - TAIL_SECONDS
        if left < 1.5 * usual:
            return max(left, 1.0), True
        return usual, False

    def _loop(self, programming: Programming, *, last: bool) -> Loop:
        drafts = {line.id: line for line in programming.rundown.lines}
        entries = tuple(
            Entry(
                without_speech(ready),
                programming.approved[ready.speech.line_id] if ready.speech else None,
                (ready.speech.seconds if ready.speech else 0.0) + ready.gap / SAMPLE_RATE,
                drafts[ready.speech.line_id] if ready.speech else None,
            )
            for ready in programming.ready_lines(self._script.next_seq)
        )
        cards = [self._sealer.seal_card(card) for card in programming.cards.values()]
        strips = [self._sealer.seal_lower_third(strip) for strip in programming.lower_thirds.values()]
        return Loop(self._script.next_loop, entries, (*cards, *strips), last)
