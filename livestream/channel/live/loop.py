"""The live loop of one channel put together: ears, answers, moderation, and what the web port shows of them."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from livestream import wire
from livestream.answers.answers import Answers
from livestream.answers.model import open_model
from livestream.audience.comment import Comment, Taken
from livestream.audience.encoder import SentenceEncoder
from livestream.audience.intake import Intake
from livestream.audience.understanding import Understanding
from livestream.audience.waiting import Waiting
from livestream.channel.feeder import Feeder
from livestream.channel.lag import LoopLag
from livestream.channel.live.acting import Hands
from livestream.channel.live.answerer import Answerer
from livestream.channel.live.book import CommentBook
from livestream.channel.live.console import Console, changes_of
from livestream.channel.live.ears import Ears
from livestream.channel.live.moderation import Moderation
from livestream.channel.live.sources import open_sources
from livestream.channel.live.stage import Stage
from livestream.channel.live.truth import Truth
from livestream.channel.snapshots import Backend
from livestream.clock import Clock
from livestream.settings import ChannelSettings
from livestream.speech.client import SpeechClient
from livestream.standards import ApprovedLine, Sealer
from livestream.store import Store
from livestream.store.records import StoredComment

LOOK_SECONDS = 0.25
OLDEST, OLDEST_CHATTER = 45.0, 15.0
"""Seconds a buyer's question, and anything else, may wait for its turn: the length of three or four answers."""
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
    ) -> None:
        self._truth, self._store, self._clock, self._speech = truth, store, clock, speech
        self._watched = watched
        model = settings.answers.model
        self._model = open_model(model, clock=clock) if model else None
        encoder = SentenceEncoder()
        locale = truth.locale
        changes = changes_of(store)
        self._book = CommentBook(store, changes)
        self._intake = Intake(locale=locale.tag, clock=clock, blocked_words=_words(settings.answers.blocked_words))
        self._understanding = Understanding(encoder, locale=locale.tag, clock=clock)
        self.stage = stage
        self.answerer = Answerer(
            truth=truth,
            answers=Answers(
                truth.catalogue,
                encoder,
                locale=locale,
                seed=settings.seed,
                quote_prices=truth.quote_prices,
                names=settings.answers.names,
            ),
            understanding=self._understanding,
            waiting=Waiting(clock, oldest=OLDEST, chatter=OLDEST_CHATTER),
            book=self._book,
            stage=self.stage,
            sealer=sealer,
            speak=self._speak,
            clock=clock,
            pause=settings.answers.pause,
            reply=self._reply,
            model=self._model,
        )
        self.answerer.modes.update(settings.answers.handling)
        self.ears = Ears(
            open_sources(settings.comments, clock, tokens),
            intake=self._intake,
            book=self._book,
            consider=self.answerer.consider,
            clock=clock,
        )
        hands = Hands(truth, self._book, self.answerer, self._intake, self.stage, store, clock)
        self._moderation = Moderation(hands, changes)
        self._lag = LoopLag(clock)
        self.console = Console(
            watched,
            store=store,
            truth=truth,
            stage=self.stage,
            answerer=self.answerer,
            moderation=self._moderation,
            ears=self.ears,
            changes=changes,
            as_run=as_run,
            lag=self._lag,
        )
        self._heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        feeder.on_ad_lib = lambda ad_lib, state: self._heard.put_nowait((ad_lib, state))

    async def load(self) -> None:
        """Put in force again what the store holds from before a restart."""
        await self._moderation.load(await self._store.state())
        self._book.load(await self._store.recent())
        await self.stage.refresh()

    async def run(self, scripted: asyncio.Event) -> None:
        """Work until cancelled; comments are understood once the first loop is `scripted`, which goes before."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._understand(scripted))
            group.create_task(self._resume())
            group.create_task(self.ears.run())
            group.create_task(self._lag.run())
            group.create_task(self.answerer.run())
            group.create_task(self._hear())
            group.create_task(self._look())

    async def _understand(self, scripted: asyncio.Event) -> None:
        await scripted.wait()
        await self._understanding.run()

    async def _resume(self) -> None:
        """Take up the comments that were on their way to an answer when the process before us ended."""
        for comment in await self._store.recent():
            if comment.state in _RESUMED:
                await self.answerer.resume(_taken(comment), comment)

    async def _hear(self) -> None:
        while True:
            ad_lib, state = await self._heard.get()
            if state == "on_air" and (case := self.answerer.given(ad_lib)) is not None:
                self._watched.answering(case.said, case.plan.product)
            await self.answerer.heard(ad_lib, state)

    async def _look(self) -> None:
        while True:
            self.stage.look()
            await self._clock.sleep_until(self._clock.monotonic() + LOOK_SECONDS)

    async def _speak(self, line: ApprovedLine) -> wire.Message:
        return (await self._speech.speak(line, urgent=True)).message

    async def _reply(self, key: str, text: str) -> None:
        await self.ears.reply(key, text)

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


def _taken(comment: StoredComment) -> Taken:
    """Return a stored comment as intake let it through."""
    return Taken(
        Comment(
            source=comment.source,
            id=comment.key.removeprefix(f"{comment.source}:"),
            platform=comment.platform,
            user=comment.user,
            name=comment.name,
            text=comment.text,
            at=comment.at,
            language=comment.language,
        ),
        raw="",
        verdict="admitted",
        worth=comment.worth,
    )
