"""The orchestrator process: decides what comes next, keeps air fed, serves the web port.

`python -m livestream.channel.orchestrator --control-fd N`. It may die at any time: air plays on,
and the next one resumes from the journal and from where air says it stands.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from livestream import wire
from livestream.catalogue import Catalogue, read_catalogue
from livestream.channel.desk import Desk, Programming
from livestream.channel.feeder import Feeder
from livestream.channel.script import Entry, Journal, Loop, Script, without_speech
from livestream.channel.signalling import WhepSignaller
from livestream.channel.snapshots import Backend
from livestream.clock import Clock, SystemClock
from livestream.console.access import Access
from livestream.console.app import create_app, serve
from livestream.errors import ChannelError, LivestreamError, RundownError, WireError
from livestream.locales import locale
from livestream.media import SAMPLE_RATE, Speech
from livestream.settings import ChannelSettings
from livestream.speech.client import SpeechClient
from livestream.standards import ApprovedLine, Sealer

STATUS_SECONDS = 1.0
PLAN_AHEAD = 90.0
"""The next loop is prepared when less than this many seconds are in hand."""
SHORTEST_LOOP = 30.0
"""What is prepared where less time is left than any rundown needs: it is cut off at the end."""
KEPT_BYTES = 64 * 2**20
"""Sealed speech kept between preparing a loop and sending it; the rest is asked for again."""
TAIL_SECONDS = 1.0
"""How long the presenter stays after the last word."""
log = logging.getLogger(__name__)


class Orchestrator:
    """One incarnation of the orchestrator."""

    def __init__(self, start: dict[str, Any], clock: Clock) -> None:
        self._settings = ChannelSettings(**start["settings"])
        self._clock = clock
        self._t0 = float(start["t0"])
        self._locale = locale(self._settings.locale)
        self._sealer = Sealer(bytes.fromhex(start["key"]))
        self._journal = Journal(Path(start["journal"]), self._sealer)
        self._script = Script(self._journal.load())
        self._speech = SpeechClient(Path(start["speech"]), bytes.fromhex(start["key"]))
        self._feeder = Feeder(Path(start["air"]), self._script, self._speak_sealed)
        self._kept: dict[tuple[str, str], wire.Message] = {}
        self._kept_bytes = 0
        self._web = socket.socket(fileno=int(start["web_fd"]))
        self._access = Access(key=str(start["web_key"]), port=self._web.getsockname()[1])
        self._backend = Backend(
            title=self._settings.name or self._settings.catalogue.stem,
            locale=self._locale.tag,
            target=self._settings.duration,
            script=self._script,
            feeder=self._feeder,
            signaller=WhepSignaller(Path(start["whep"])),
            clock=clock,
        )

    async def run(self, control: socket.socket) -> None:
        """Work until the supervisor says stop or is gone."""
        reader, writer = await asyncio.open_unix_connection(sock=control)
        self._remember_cards()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._report(writer))
                group.create_task(self._write_script())
                group.create_task(self._feeder.run())
                group.create_task(serve(create_app(self._backend, self._access), self._web))
                group.create_task(self._obey(reader))
        except* _Stopped:
            pass
        finally:
            await self._speech.close()
            writer.close()

    async def _obey(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(WireError, OSError):
            while (message := await wire.read(reader)) is not None:
                if message.kind == "stop":
                    break
                if message.kind == "statuses":
                    self._backend.statuses = message.body["statuses"]
        self._backend.stopping = True
        raise _Stopped

    async def _report(self, writer: asyncio.StreamWriter) -> None:
        """Tell the supervisor that we live, and once, that the last line has been on air."""
        finished = False
        while True:
            usage = resource.getrusage(resource.RUSAGE_SELF)
            body = {
                "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
                "loops": self._script.next_loop,
                "queued_seconds": self._feeder.position.queued_seconds,
            }
            writer.write(wire.encode(wire.Message("status", body)))
            if self._feeder.done and not finished:
                finished = True
                await self._clock.sleep_until(self._clock.monotonic() + TAIL_SECONDS)
                writer.write(wire.encode(wire.Message("finished")))
            with contextlib.suppress(OSError):
                await writer.drain()
            await self._clock.sleep_until(self._clock.monotonic() + STATUS_SECONDS)

    async def _write_script(self) -> None:
        """Prepare one loop after another, each before the one on air runs out."""
        if self._script.complete:
            return
        catalogue = await asyncio.to_thread(self._read_catalogue)
        desk = Desk(
            catalogue,
            locale=self._locale,
            seed=self._settings.seed,
            quote_prices=catalogue.currency_origin in ("file", "argument", "channel"),
        )
        while not self._script.complete:
            if self._script.next_loop == 0 or self._feeder.seconds_in_hand < PLAN_AHEAD:
                await self._write_loop(desk)
            else:
                await self._clock.sleep_until(self._clock.monotonic() + STATUS_SECONDS)

    async def _write_loop(self, desk: Desk) -> None:
        target, last = self._next_length()
        number = self._script.next_loop
        try:
            programming = await desk.prepare(self._speak, target=target, loop=number)
        except RundownError:
            if not last:
                raise
            if number > 0:  # what is left is too short for another pass: the show is over
                self._script.end()
                return
            programming = await desk.prepare(self._speak, target=SHORTEST_LOOP, loop=number)
        loop = self._loop(programming, last=last)
        try:
            await asyncio.to_thread(self._journal.append, loop)
        except ChannelError as error:  # the show goes on; only a restart would not find its place
            log.warning("%s", error)
        self._script.add(loop)
        self._forget_drafts(loop)
        self._backend.cards.update({handle: card.card for handle, card in programming.cards.items()})

    def _forget_drafts(self, loop: Loop) -> None:
        """Let go of speech that was made for this loop and then planned away."""
        used = {(entry.line.id, entry.line.spoken) for entry in loop.entries if entry.line}
        for key in [key for key in self._kept if key[0].startswith(f"{loop.number}.") and key not in used]:
            self._kept_bytes -= len(self._kept.pop(key).payload)

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
        entries = tuple(
            Entry(
                without_speech(ready),
                programming.approved[ready.speech.line_id] if ready.speech else None,
                (ready.speech.seconds if ready.speech else 0.0) + ready.gap / SAMPLE_RATE,
            )
            for ready in programming.ready_lines(self._script.next_seq)
        )
        cards = [self._sealer.seal_card(card) for card in programming.cards.values()]
        strips = [self._sealer.seal_lower_third(strip) for strip in programming.lower_thirds.values()]
        return Loop(self._script.next_loop, entries, (*cards, *strips), last)

    def _read_catalogue(self) -> Catalogue:
        settings = self._settings
        return read_catalogue(settings.catalogue, currency=settings.currency, currency_origin="channel")

    def _remember_cards(self) -> None:
        for graphic in self._script.graphics():
            if graphic.kind == "card":
                card = self._sealer.open_card(graphic).card
                self._backend.cards[card.product] = card

    async def _speak(self, line: ApprovedLine) -> Speech:
        spoken = await self._speech.speak(line)
        if again := self._kept.pop((line.id, line.spoken), None):
            self._kept_bytes -= len(again.payload)
        if self._kept_bytes + len(spoken.message.payload) <= KEPT_BYTES:
            self._kept[line.id, line.spoken] = spoken.message
            self._kept_bytes += len(spoken.message.payload)
        return spoken.speech

    async def _speak_sealed(self, line: ApprovedLine) -> wire.Message:
        """Return a line's sealed speech: kept since the loop was prepared, or asked for again."""
        message = self._kept.pop((line.id, line.spoken), None)
        if message is None:
            return (await self._speech.speak(line)).message
        self._kept_bytes -= len(message.payload)
        return message


class _Stopped(Exception):
    """The supervisor said stop, or is gone."""


async def _run(start: dict[str, Any], control: socket.socket) -> int:
    failures: list[LivestreamError] = []
    try:
        await Orchestrator(start, SystemClock()).run(control)
    except* LivestreamError as group:
        failures = _leaves(group)
    if not failures:
        return 0
    with contextlib.suppress(OSError):
        control.sendall(wire.encode(wire.Message("failed", {"message": str(failures[0])})))
    return 1 if isinstance(failures[0], ChannelError) else failures[0].exit_code


def _leaves(error: BaseException) -> list[LivestreamError]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error] if isinstance(error, LivestreamError) else []


def main() -> int:
    """Run the process named by the command line."""
    parser = argparse.ArgumentParser(prog="livestream.channel.orchestrator")
    parser.add_argument("--control-fd", type=int, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="orchestrator: %(message)s")
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # these go to the whole group; the supervisor decides
    control = socket.socket(fileno=arguments.control_fd)
    start = wire.receive(control)
    return 0 if start is None else asyncio.run(_run(start.body, control))


if __name__ == "__main__":
    sys.exit(main())
