"""The live loop with a real playout behind a real feeder, frame by frame on a manual clock."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from livestream import wire
from livestream.catalogue import read_catalogue
from livestream.channel.air import Air
from livestream.channel.feeder import Feeder
from livestream.channel.live.acting import Hands
from livestream.channel.live.corrections import Corrections
from livestream.channel.live.listwatch import ListWatch
from livestream.channel.live.moderation import Moderation
from livestream.channel.live.stage import Stage
from livestream.channel.protocol import position_message
from livestream.channel.script import Entry, Loop, Script
from livestream.errors import LivestreamError
from livestream.lines import Beat, Line, Slot
from livestream.media import SAMPLES_PER_FRAME, ReadyLine
from livestream.playout.asrun import AsRunLog, read_as_run
from livestream.playout.engine import Playout
from livestream.settings import Freshness
from livestream.testing import ManualClock
from livestream.testing.playout import CountingEncoder, PlainProgramme, StillPresenter, make_speech
from tests.channel.live.live_fakes import Bench

FRAME = 0.04


class Inline(ThreadPoolExecutor):
    """Does at once what would be done in a thread: how many frames it takes must not be left to chance."""

    def submit(self, work, /, *args, **kwargs):
        done = Future()
        try:
            done.set_result(work(*args, **kwargs))
        except (LivestreamError, OSError) as error:
            done.set_exception(error)
        return done


def draft(seq, fact="", product="lamp"):
    """A line of the script: of a price, of a stock, of a title, or of nothing."""
    form = {"price": "price", "stock": "count"}.get(fact.rpartition(".")[2], "plain")
    pieces = ("Here it is: ", Slot(fact, form), ".") if fact else ("This feels soft to me.",)
    return Line(f"line-{seq}", "en-US", Beat.OFFER, pieces, product)


async def correction(product):
    pieces = ("A correction: ", Slot(f"{product}.title"), " is now ", Slot(f"{product}.price", "price"), ".")
    return (Line("correction", "en-US", Beat.ANNOUNCEMENT, pieces, product),)


@dataclass
class AirBench(Bench):
    """A bench whose stage is on air: `drafts` are what the script says, a line every two seconds or so."""

    folder: Path = Path()
    drafts: tuple[Line, ...] = ()
    slow: dict[str, int] = field(default_factory=dict)
    """Frames that speaking takes, by the beginning of a line's id."""

    def __post_init__(self):
        super().__post_init__()
        self.frame = 0
        self.writers = []
        self.speaking = []
        self.script = Script([Loop(0, tuple(self.entry(seq, line) for seq, line in enumerate(self.drafts)), (), True)])
        self.feeder = Feeder(self.folder / "air.sock", self.script, self.speak)
        self.heard = []
        self.feeder.on_ad_lib = lambda *told: self.heard.append(told)
        self.cards = {}
        self.stage = Stage(self.feeder, self.script, self.truth, self.sealer, self.cards)
        self.stage.corrections = Corrections(
            self.truth, correction, air=self.feeder, sealer=self.sealer, speak=self.speak, clock=self.clock
        )
        self.answerer._stage, self.answerer._speak = self.stage, self.speak
        hands = Hands(self.truth, self.book, self.answerer, self.intake, self.stage, self.store, self.clock, self.show)
        self.moderation = Moderation(hands, self.changes)
        path = self.truth.catalogue.path
        self.watch = ListWatch(
            lambda: read_catalogue(path), [path], truth=self.truth, changed=self.changed, store=self.store,
            freshness=Freshness(every=30, price=90, stock=120), clock=self.clock,
        )  # fmt: skip
        self.air = object.__new__(Air)  # only the seals are opened here
        self.air._sealer = self.sealer
        self.log = AsRunLog(self.folder / "as-run.jsonl")
        engine = ManualClock()
        self.playout = Playout(
            presenter=StillPresenter(), programme=PlainProgramme(), encoder=CountingEncoder(), log=self.log,
            sink=lambda packets: None, clock=engine, t0=engine.monotonic(),
        )  # fmt: skip

    def entry(self, seq, line):
        ready = ReadyLine(seq, f"part-{seq}", 0, "segment", f"part-{seq}", "offer", line.product, None, 4_800)
        return Entry(ready, self.truth.standards.approve(line), 2.0, line)

    async def changed(self, products):
        async with asyncio.TaskGroup() as group:
            group.create_task(self.answerer.facts_changed(*products))
            group.create_task(self.stage.refresh())

    async def speak(self, line):
        until = self.frame + next((n for name, n in self.slow.items() if line.id.startswith(name)), 0)
        self.speaking.append(line)
        while self.frame < until:
            await asyncio.sleep(0)
        speech = make_speech(line.caption, 1.6, line_id=line.id, facts=line.facts, cut_points=True)
        return self.sealer.seal_speech(replace(speech, spoken=line.spoken), line)

    async def serve(self, reader, writer):
        self.writers.append(writer)
        writer.write(wire.encode(position_message(self.playout.position)))
        while (message := await wire.read(reader)) is not None:
            self.air._take(message, self.playout)
        writer.close()

    @asynccontextmanager
    async def on_air(self):
        """Feed the playout as long as this lasts; time passes by `play`."""
        asyncio.get_running_loop().set_default_executor(Inline())
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.folder / "air.sock"))
            listener.listen()
            server = await asyncio.start_unix_server(self.serve, sock=listener)
            async with asyncio.TaskGroup() as group:
                feeding = group.create_task(self.feeder.run())
                yield self
                feeding.cancel()
                for writer in self.writers:
                    writer.close()
            server.close()

    async def play(self, frames=1):
        """Let time pass: every frame air tells where it stands, and everybody has a moment to act on it."""
        for _ in range(frames):
            self.frame = self.playout._tick(self.frame)
            self.clock.advance(FRAME)
            told = wire.encode(position_message(self.playout.position))
            for writer in self.writers:
                writer.write(told)
            for _ in range(12):
                await asyncio.sleep(0)
            await self.hear()

    async def hear(self):
        """Pass on what air told of ad-libs."""
        while self.heard:
            await self.answerer.heard(*self.heard.pop(0))

    async def play_until(self, condition, most=1_500):
        for _ in range(most):
            if condition():
                return
            await self.play()
        raise AssertionError("it never came")

    async def done(self, work, most=500):
        """Let time pass until some work is done; return its result and the sample by which it was."""
        async with asyncio.TaskGroup() as group:
            task = group.create_task(work)
            await self.play_until(task.done, most)
        return task.result(), self.playout.position.frame * SAMPLES_PER_FRAME

    def relist(self, content):
        self.truth.catalogue.path.write_text(content)

    def on_air_now(self):
        """The id of the line that is being said, empty for none."""
        speech = self._said_now()
        return speech.line_id if speech else ""

    def rests_on_air(self, fact):
        """Whether what is being said rests on a fact, and goes on for some frames yet."""
        speech = self._said_now(later=4)
        return speech is not None and speech is self._said_now() and fact in {ref.id for ref in speech.facts}

    def _said_now(self, later=0):
        sample = (self.playout.position.frame + later) * SAMPLES_PER_FRAME
        placed = self.playout._timeline.at(sample)
        return placed.entry.speech if placed and sample < placed.stop else None

    def aired(self):
        """What began, in order."""
        self.log.close()
        return [record for record in read_as_run(self.log.path) if record.kind == "begin"]
