"""Keeps the air process fed: the next entries, spoken and sealed, some way ahead of the playhead."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from livestream import wire
from livestream.channel.airlink import AirLink, connect_air
from livestream.channel.protocol import queue_message
from livestream.channel.script import Entry, Script
from livestream.errors import ChannelError, SpeechError
from livestream.lines import Cue
from livestream.playout.engine import Position
from livestream.standards import ApprovedLine

AHEAD_SECONDS = 45.0
"""How much ready speech the air process is given: more than twice what it must hold."""
BATCH = 6
"""Entries sent before waiting to hear that they were queued."""
RETRY_SECONDS = 0.05
SPEAK_ATTEMPTS = 3

log = logging.getLogger(__name__)

Speak = Callable[[ApprovedLine], Awaitable[wire.Message]]
"""Has an approved line spoken and returns the sealed speech."""


class Feeder:
    """Sends the script to whichever air process is running, from where that one left off."""

    def __init__(self, air: Path, script: Script, speak: Speak) -> None:
        self._air = air
        self._script = script
        self._speak = speak
        self.position = Position(0, None, -1, -1, 0.0, 0)
        self.cursor = 0
        self._aired = -1
        self._finish_told = False

    async def run(self) -> None:
        """Feed until cancelled; a lost air process is awaited and given its place again."""
        while True:
            try:
                async with connect_air(self._air) as link:
                    await self._feed(link)
            except ChannelError as error:
                if not error.retryable:
                    raise
                await asyncio.sleep(RETRY_SECONDS)

    @property
    def seconds_in_hand(self) -> float:
        """Seconds of programme that are queued on air or scripted behind the queue."""
        return self.position.queued_seconds + self._script.seconds_from(self._told() + 1)

    def _told(self) -> int:
        """Return the last entry that any air process told it has queued or played."""
        return max(self.position.last_queued, self.position.last_aired, self._aired)

    @property
    def done(self) -> bool:
        """Whether the last entry of the last loop has been on air."""
        over = self._script.complete and self._told() >= self._script.next_seq - 1
        return over and self.position.queued_seconds <= 0.0

    async def _feed(self, link: AirLink) -> None:
        defined: set[int] = set()
        self._finish_told = False
        self.position = await link.next_position()
        # A log that could not be written tells a new air process less than the last one told us.
        self.cursor = max(self._told() + 1, self._script.first_seq)
        while True:
            sent = 0
            while sent < BATCH and self.position.queued_seconds < AHEAD_SECONDS:
                found = self._script.find(self.cursor)
                if found is None:
                    break
                loop, entry = found
                if loop.number not in defined:
                    defined.add(loop.number)
                    for graphic in loop.graphics:
                        await link.send(graphic)
                    entry = _with_card(entry)
                await self._send(link, entry)
                self.cursor += 1
                sent += 1
            if self._script.complete and self.cursor == self._script.next_seq and not self._finish_told:
                self._finish_told = True
                await link.send(wire.Message("finish"))
            self.position = await link.next_position()
            while sent and self.position.last_queued < self.cursor - 1:
                self.position = await link.next_position()
            self._aired = max(self._aired, self.position.last_aired)
            self._script.forget(self._aired)

    async def _send(self, link: AirLink, entry: Entry) -> None:
        speech = await self._spoken(entry.line) if entry.line is not None else None
        await link.send(queue_message(entry.ready, speech))

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
    if ready.product is None or any(cue.kind == "card" for cue in ready.cues):
        return entry
    return replace(entry, ready=replace(ready, cues=(Cue("card", ready.product), *ready.cues)))
