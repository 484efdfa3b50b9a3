"""The live loop of one channel put together: ears, answers, moderation, and what the web port shows of them."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from livestream import wire
from livestream.answers.answers import Answers
from livestream.answers.model import open_model
from livestream.audience.encoder import SentenceEncoder
from livestream.audience.intake import Intake
from livestream.audience.understanding import Understanding
from livestream.audience.waiting import Waiting
from livestream.channel.feeder import Feeder
from livestream.channel.goods import files_of, read_goods
from livestream.channel.lag import LoopLag
from livestream.channel.live.acting import Hands
from livestream.channel.live.answerer import Answerer
from livestream.channel.live.book import CommentBook
from livestream.channel.live.case import given_rests, taken_of
from livestream.channel.live.console import Console, changes_of
from livestream.channel.live.corrections import Corrections
from livestream.channel.live.ears import Ears
from livestream.channel.live.listwatch import ListWatch
from livestream.channel.live.moderation import Moderation
from livestream.channel.live.planner import Planner
from livestream.channel.live.sources import open_sources
from livestream.channel.live.stage import Stage
from livestream.channel.live.tickets import Tickets
from livestream.channel.live.truth import Truth
from livestream.channel.snapshots import Backend
from livestream.clock import Clock
from livestream.console.feed import Changes
from livestream.errors import StoreError
from livestream.lines import FactRef
from livestream.settings import ChannelSettings
from livestream.speech.ahead import slow_engine
from livestream.speech.client import SpeechClient
from livestream.speech.voice import load_voice
from livestream.standards import ApprovedLine, Sealer
from livestream.store import Store
from livestream.store.records import PutState

LOOK_SECONDS = 0.25
ANSWER_WITHIN = 6.0
"""Seconds that a sentence of an answer may take a voice that works ahead; its opening is on air meanwhile."""
OLDEST_APPROVED = 600.0
"""Seconds after which an answer that was on its way before a restart is no longer said."""
OLDEST, OLDEST_CHATTER = 45.0, 15.0
"""Seconds a buyer's question, and anything else, may wait for its turn: the length of three or four answers."""
OPENING = ".opening."
"""In the name of every line that opens an answer."""
_RESUMED = frozenset({"planned", "queued", "on_air"})
log = logging.getLogger(__name__)


class Live:
    """Everything between a viewer's comment and the presenter's answer, and the moderator's hand on it."""

    def __init__(
        self,
        settings: ChannelSettings,
        *,
        truth: Truth,
        store: Store,
        feeder: Feeder,
        sealer: Sealer,
        speech: SpeechClient,
        watched: Backend,
        stage: Stage,
        clock: Clock,
        as_run: Path,
        tokens: dict[str, str],
        run: str,
    ) -> None:
        """Put it together; `run` names this show, the same after a restart."""
        self._truth, self._store, self._clock, self._speech = truth, store, clock, speech
        self._watched = watched
        encoder = SentenceEncoder()
        changes = changes_of(store)
        self._book = CommentBook(store, changes)
        blocked = _words(settings.answers.blocked_words)
        self._intake = Intake(locale=truth.locale.tag, clock=clock, blocked_words=blocked)
        self._understanding = Understanding(encoder, locale=truth.locale.tag, clock=clock)
        self.stage = stage
        self.answerer = self._make_answerer(settings, encoder, sealer)
        stage.corrections = Corrections(
            truth,
            lambda product: self.answerer.planner.correction(product),
            air=feeder,
            sealer=sealer,
            speak=self._speak,
            clock=clock,
        )
        self._list = self._make_list(settings)
        self.ears = self._make_ears(settings, tokens)
        hands = Hands(truth, self._book, self.answerer, self._intake, self.stage, store, clock, run)
        self._moderation = Moderation(hands, changes)
        self._lag = LoopLag(clock)
        self._tickets = Tickets(store, clock)
        self.console = self._make_console(changes, as_run)
        self._heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        feeder.on_ad_lib = lambda ad_lib, state: self._heard.put_nowait((ad_lib, state))

    def _make_answerer(self, settings: ChannelSettings, encoder: SentenceEncoder, sealer: Sealer) -> Answerer:
        truth, clock, locale, model = self._truth, self._clock, self._truth.locale, settings.answers.model
        answers = Answers(
            truth.catalogue,
            encoder,
            locale=locale,
            seed=settings.seed,
            quote_prices=truth.quote_prices,
            names=settings.answers.names and slow_engine(load_voice(locale.tag)) is None,  # a name is not spoken ahead
        )
        answerer = Answerer(
            truth=truth,
            planner=Planner(truth, answers, open_model(model, clock=clock) if model else None),
            understanding=self._understanding,
            waiting=Waiting(clock, oldest=OLDEST, chatter=OLDEST_CHATTER),
            book=self._book,
            stage=self.stage,
            sealer=sealer,
            speak=self._speak_answer,
            clock=clock,
            pause=settings.answers.pause,
            reply=self._reply,
            said=self._said,
        )
        answerer.modes.update(settings.answers.handling)
        return answerer

    def _make_list(self, settings: ChannelSettings) -> ListWatch:
        return ListWatch(
            partial(read_goods, settings),
            files_of(settings),
            truth=self._truth,
            changed=self._facts_changed,
            store=self._store,
            freshness=settings.freshness,
            clock=self._clock,
        )

    def _make_ears(self, settings: ChannelSettings, tokens: dict[str, str]) -> Ears:
        return Ears(
            open_sources(settings.comments, self._clock, tokens),
            intake=self._intake,
            book=self._book,
            consider=self.answerer.consider,
            failed=self.answerer.failed,
            outdated=self._truth.outdated,
            clock=self._clock,
        )

    def _make_console(self, changes: Changes, as_run: Path) -> Console:
        return Console(
            self._watched,
            store=self._store,
            truth=self._truth,
            stage=self.stage,
            answerer=self.answerer,
            moderation=self._moderation,
            ears=self.ears,
            changes=changes,
            as_run=as_run,
            lag=self._lag,
            tickets=self._tickets,
            goods=self._list,
        )

    async def load(self) -> None:
        """Put in force again what the store holds from before a restart."""
        await self._moderation.load(await self._store.state())
        comments = await self._store.recent()
        self._book.load(comments)
        self._truth.doubt(given_rests(comments))  # air may have answers of the process before us
        await self.stage.refresh()

    async def run(self, scripted: asyncio.Event) -> None:
        """Work until cancelled; comments are understood once the first loop is `scripted`, which goes before."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._understand(scripted))
            group.create_task(self._resume())
            group.create_task(self.ears.run())
            group.create_task(self._lag.run())
            group.create_task(self._tickets.run())
            group.create_task(self._list.run())
            group.create_task(self.answerer.run())
            group.create_task(self._hear())
            group.create_task(self._look())

    async def _understand(self, scripted: asyncio.Event) -> None:
        await scripted.wait()
        await asyncio.to_thread(self._understanding.load)
        gc.freeze()  # what is loaded by now stays: looking through it for garbage would stop the loop for 100 ms
        await self._understanding.run()

    async def _resume(self) -> None:
        """Take up the comments that were on their way to an answer when the process before us ended."""
        now = self._clock.time()
        for comment in await self._store.recent():
            age = now - comment.at
            try:
                if comment.state in _RESUMED and age > OLDEST_APPROVED:
                    await self._book.change(comment.key, state="expired", reason="from before")
                elif comment.state in _RESUMED:
                    await self.answerer.resume(comment)
                elif comment.state == "new" and comment.verdict == "admitted" and not comment.answer and age < OLDEST:
                    self.ears.admit(taken_of(comment))
            except Exception:  # a supervisor: one comment that cannot be taken up must not end the channel
                log.exception("a comment of before the restart could not be taken up")

    async def _hear(self) -> None:
        while True:
            ad_lib, state = await self._heard.get()
            if state == "on_air" and (case := self.answerer.given(ad_lib)) is not None:
                self._watched.answering(case.said, case.plan.product)
            try:
                await self.answerer.heard(ad_lib, state)
            except Exception:  # a supervisor: the books of one answer must not end the channel
                log.exception("what air told of an answer could not be noted")

    async def _facts_changed(self, products: Iterable[str]) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.answerer.facts_changed(*products))
            group.create_task(self.stage.refresh())

    async def _look(self) -> None:
        while True:
            self.stage.look()
            await self._clock.sleep_until(self._clock.monotonic() + LOOK_SECONDS)

    async def _speak(self, line: ApprovedLine, within: float = 0.0) -> wire.Message:
        return (await self._speech.speak(line, urgent=True, within=within)).message

    async def _speak_answer(self, line: ApprovedLine) -> wire.Message:
        """Have a line of an answer spoken; its opening is ready-made, or comes from a voice that is quick."""
        return await self._speak(line, 0.0 if OPENING in line.id else ANSWER_WITHIN)

    async def _reply(self, key: str, text: str, rests: tuple[FactRef, ...]) -> None:
        try:
            await self.ears.reply(key, text, rests)
        except StoreError as error:
            log.warning("a reply cannot be posted: %s", error)

    async def _said(self, name: str) -> None:
        """A line of a moderator's own was heard, or will not be: a restart need not say it."""
        try:
            await self._store.commit(PutState(f"say/{name}", None))
        except StoreError as error:
            log.warning("a line's end cannot be stored: %s", error)

    def status(self) -> dict[str, Any]:
        """Return what the live loop came to so far, as numbers."""
        tally = self.answerer.tally
        return {
            **self.ears.counts,
            "planned": tally.planned,
            "answered": tally.answered,
            "refused": tally.refused,
            "decision_ms": self.ears.decision_ms(),
        }


def _words(path: Path | None) -> list[str]:
    if path is None:
        return []
    return [word.strip() for word in path.read_text(encoding="utf-8").splitlines() if word.strip()]
