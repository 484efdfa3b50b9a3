"""The orchestrator process: decides what comes next, keeps air fed, serves the web port.

`python -m livestream.channel.orchestrator --control-fd N`. It may die at any time: air plays on,
and the next one resumes from the journal and from where air says it stands.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hmac
import logging
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from livestream import wire
from livestream.audit import AuditLog, audit_path
from livestream.channel.desk import Desk
from livestream.channel.feeder import Feeder
from livestream.channel.goods import read_goods
from livestream.channel.live.sources import tokens_of
from livestream.channel.live.stage import Stage
from livestream.channel.live.truth import Truth
from livestream.channel.script import Journal, Script
from livestream.channel.signalling import WhepSignaller
from livestream.channel.snapshots import Backend
from livestream.channel.writing import TAIL_SECONDS, KeptSpeech, ScriptWriter
from livestream.clock import Clock, SystemClock
from livestream.console.app import create_app, serve
from livestream.console.gate import Guard
from livestream.console.retention import keep_tidy
from livestream.console.tokens import Ticket
from livestream.console.webport import WebPort
from livestream.drafting.approval import approved_playbook
from livestream.errors import ChannelError, ClaimRefused, LivestreamError, WireError
from livestream.locales import locale
from livestream.rundown import Playbook
from livestream.rundown.disclosing import for_a_person
from livestream.running import Running, write_running
from livestream.settings import ChannelSettings
from livestream.speech.client import SpeechClient
from livestream.standards import Sealer
from livestream.store import Store

if TYPE_CHECKING:
    from livestream.channel.live.loop import Live

STATUS_SECONDS = 1.0
log = logging.getLogger(__name__)


class Orchestrator:
    """One incarnation of the orchestrator."""

    def __init__(self, start: dict[str, Any], clock: Clock) -> None:
        self._settings = ChannelSettings(**start["settings"])
        self._clock = clock
        self._start = start
        self._key = bytes.fromhex(start["key"])
        self._sealer = Sealer(self._key)
        self._journal = Journal(Path(start["journal"]), self._sealer)
        self._script = Script(self._journal.load())
        self._speech = SpeechClient(Path(start["speech"]), self._key)
        self._kept = KeptSpeech(self._speech)
        self._feeder = Feeder(Path(start["air"]), self._script, self._kept.sealed, journal=self._journal)
        self._scripted = asyncio.Event()
        self._truthful = asyncio.Event()
        """Set once what moderators typed before a restart is in force again: nothing is written before."""
        self._live: Live | None = None
        self._web = socket.socket(fileno=int(start["web_fd"]))
        self._port: int = self._web.getsockname()[1]
        self._backend = Backend(
            title=self._settings.name or self._settings.catalogue.stem,
            locale=locale(self._settings.locale).tag,
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
                group.create_task(self._obey(reader))
                truth = await asyncio.to_thread(self._read_truth)
                playbook = await asyncio.to_thread(self._playbook, truth)
                if self._settings.mode == "assist":
                    playbook = for_a_person(playbook)
                self._feeder.standing = await asyncio.to_thread(self._standing, truth, playbook)
                group.create_task(self._feeder.run())
                self._stage = Stage(self._feeder, self._script, truth, self._sealer, self._backend.cards)
                group.create_task(self._write(truth, playbook))
                group.create_task(self._report(writer))
                await self._serve(truth)
        except* _Stopped:
            pass
        finally:
            await self._speech.close()
            writer.close()

    async def _serve(self, truth: Truth) -> None:
        """Hear comments, answer them, and serve the web port; the first words wait for the edits of before alone."""
        async with await asyncio.to_thread(Store.open, self._start["store"], self._clock) as store:
            truth.load(await store.state())
            self._truthful.set()
            self._live = live = await asyncio.to_thread(self._make_live, truth, store)
            await live.load()
            guard = Guard.of(store, WebPort.of(self._settings.web, self._port), self._clock)
            await guard.accounts.admit(Ticket(**self._start["ticket"]))
            app = create_app(live.console, guard, doors=live.ears.doors, clock=self._clock)
            async with asyncio.TaskGroup() as group:
                group.create_task(serve(app, self._web))
                group.create_task(keep_tidy(store, guard.accounts, self._clock))
                group.create_task(live.run(self._scripted))
                await asyncio.to_thread(self._tell_where)

    def _make_live(self, truth: Truth, store: Store) -> Live:
        from livestream.channel.live.loop import Live  # a second of imports, beside the first loop's writing

        return Live(
            self._settings,
            truth=truth,
            store=store,
            feeder=self._feeder,
            sealer=self._sealer,
            speech=self._speech,
            watched=self._backend,
            stage=self._stage,
            clock=self._clock,
            as_run=Path(self._start["as_run"]),
            tokens=tokens_of(self._settings.comments, self._key),
            run=hmac.digest(self._key, b"run", "sha256").hex()[:16],
        )

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
                "comments": self._live.status() if self._live else {},
            }
            writer.write(wire.encode(wire.Message("status", body)))
            if self._feeder.done and not finished:
                finished = True
                await self._clock.sleep_until(self._clock.monotonic() + TAIL_SECONDS)
                writer.write(wire.encode(wire.Message("finished")))
            with contextlib.suppress(OSError):
                await writer.drain()
            await self._clock.sleep_until(self._clock.monotonic() + STATUS_SECONDS)

    async def _write(self, truth: Truth, playbook: Playbook) -> None:
        """Prepare one loop after another, each before the one on air runs out."""
        if self._script.next_loop > 0:
            self._scripted.set()
        if self._script.complete:
            return
        await self._truthful.wait()
        settings = self._settings
        self._stage.desk = desk = await asyncio.to_thread(
            Desk,
            truth.catalogue,
            locale=truth.locale,
            seed=settings.seed,
            quote_prices=truth.quote_prices,
            chat=bool(settings.comments),
            playbook=playbook,
        )
        writer = ScriptWriter(
            settings,
            script=self._script,
            journal=self._journal,
            feeder=self._feeder,
            speech=self._kept,
            sealer=self._sealer,
            cards=self._backend.cards,
            written=self._written,
            clock=self._clock,
            t0=float(self._start["t0"]),
        )
        await writer.run(desk)

    async def _written(self) -> None:
        """A loop is in the script: what it rests on may have changed while it was written."""
        await self._stage.refresh()
        self._scripted.set()

    def _read_truth(self) -> Truth:
        settings = self._settings
        catalogue = read_goods(settings)
        quote_prices = catalogue.currency_origin in ("file", "argument", "channel")
        return Truth(catalogue, locale(settings.locale), quote_prices=quote_prices)

    def _playbook(self, truth: Truth) -> Playbook:
        """Return the playbook with approved drafts; those that changed since the start are left out."""
        audit = AuditLog(audit_path(), self._clock)
        try:
            return approved_playbook(truth.locale, self._settings.drafts, audit)
        except LivestreamError as error:
            if self._settings.drafts is None:
                raise
            log.warning("the drafts are left out: %s", error)
            return approved_playbook(truth.locale, None, audit)

    def _standing(self, truth: Truth, playbook: Playbook) -> list[wire.Message]:
        """Return the lower thirds that air must have whatever is on: the slate, what stands in for silence."""
        told = []
        for name, (heading, text) in playbook.lower_thirds.items():
            with contextlib.suppress(ClaimRefused):  # the desk has said so already
                strip = truth.standards.approve_lower_third(name, (heading,), (text,) if text else ())
                told.append(self._sealer.seal_lower_third(strip))
        return told

    def _remember_cards(self) -> None:
        for graphic in self._script.graphics():
            if graphic.kind == "card":
                card = self._sealer.open_card(graphic).card
                self._backend.cards[card.product] = card

    def _tell_where(self) -> None:
        """Leave word for the commands of this machine's user where this channel is to be found."""
        store = Path(self._start["store"])
        tokens = tokens_of(self._settings.comments, self._key)
        write_running(Running(store.stem, os.getppid(), self._port, str(store), tokens))


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
