"""The way of a comment: from its source through intake, understanding, answers and the door to voice, screen and reply.

The rooms are the product's own, wired as the live loop wires them; the voice writes down what it is given.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from adversary_corpus import Attack, words
from adversary_door import Log, Out
from adversary_shop import SECRET

from livestream import wire
from livestream.answers.answers import Answers
from livestream.answers.model import ModelAnswerer
from livestream.audience.comment import Comment, Understood
from livestream.audience.encoder import SentenceEncoder
from livestream.audience.intake import Intake
from livestream.audience.sources.protocol import SchemaError
from livestream.audience.sources.push import PushDoor, signing_headers
from livestream.audience.understanding import Understanding
from livestream.catalogue import Catalogue
from livestream.channel.live.planner import Planner
from livestream.channel.live.truth import Truth
from livestream.channel.live.voice import voiced
from livestream.errors import ClaimRefused
from livestream.locales import locale
from livestream.settings import CommentSource, Model
from livestream.standards import ApprovedLine, Sealer, new_key
from livestream.testing.clock import ManualClock

FIELDS = ("text", "name", "user", "id", "language", "badges", "note")
"""The fields of a webhook that an attack stands in; the last is none that is known."""
APART = 150.0
"""Seconds between two attacks: none is passed over as one of a flood, and a model that failed is asked again."""


class Channel:
    """One channel that hears; `log` gets what it says, shows and posts, and where attacks ended."""

    def __init__(self, catalogue: Catalogue, tag: str, log: Log, model: str = "") -> None:
        self.tag, self.log, self.clock = tag, log, ManualClock(autojump=False)
        self._truth = Truth(catalogue, locale(tag), quote_prices=True)
        encoder = SentenceEncoder()
        self.understanding = Understanding(encoder, locale=tag, clock=self.clock)
        self._intake = Intake(locale=tag, clock=self.clock)
        self._answers = Answers(catalogue, encoder, locale=locale(tag))
        settings = Model(base_url=model, model="any") if model else None
        self._model = ModelAnswerer(settings, clock=self.clock, key=SECRET) if settings else None
        self._planner = Planner(self._truth, self._answers, self._model)
        self._sealer = Sealer(new_key())
        self._hook = PushDoor(CommentSource(**{"from": "webhook"}), clock=self.clock)
        self._count = 0

    async def close(self) -> None:
        if self._model is not None:
            await self._model.close()

    async def attack(self, attack: Attack) -> None:
        """Bring an attack in and follow it to its end."""
        self.clock.advance(APART)
        for comment in self._comments(attack):
            taken = self._intake.take(comment)
            if taken.verdict != "admitted":
                self.log.stop(attack, f"intake: {taken.reason.partition(':')[0]}")
                continue
            understood = await self.understanding.understand(taken)
            assert understood is not None
            await self._answer(attack, understood)

    async def _answer(self, attack: Attack, understood: Understood) -> None:
        plan = await self._planner.plan(understood, "mug")
        if plan.route == "ignore":
            self.log.stop(attack, "intent: nothing is asked")
            return
        self.log.stop(attack, f"intent: {plan.intent}" if plan.route == "deflect" else f"template: {plan.route}")
        self._count += 1
        ad_lib = self._answers.compose(plan, understood, id=f"a{self._count}", on_air="mug")
        lines: list[ApprovedLine] = []

        async def speak(line: ApprovedLine) -> wire.Message:
            lines.append(line)
            return wire.Message("speech", {"line_id": line.id})

        try:
            made = await voiced(ad_lib, self._truth.standards, self._sealer, speak, card=True)
        except ClaimRefused as refused:
            self.log.stop(attack, f"standards: {refused.rule}")
            return
        self.log.outs += [
            Out(attack, how, text)
            for line in lines
            for how, text in (("caption", line.caption), ("voice", line.spoken))
        ]
        for strip in made.graphics:
            text = str(strip.body["text"])
            said = squeezed_equal(text, understood.taken.comment.text)
            if not said:
                self.log.stop(attack, "standards: the question is not shown")
            self.log.outs += [Out(attack, "strip", str(strip.body["heading"])), Out(attack, "strip", text, quoted=said)]
        if ad_lib.product and (card := self._truth.card(ad_lib.product, "")):
            self.log.outs += [Out(attack, "card", text) for text in (card.card.title, card.card.price, card.card.was)]
        self.log.outs.append(Out(attack, "reply", self._answers.reply(plan, made.captions)))

    def _comments(self, attack: Attack) -> Iterator[Comment]:
        self._count += 1
        ident, now = f"c{self._count}", self.clock.time()
        question = words(self.tag).question
        if attack.surface == "webhook":
            yield from self._hooked(attack, ident, question, now)
            return
        name = attack.text if attack.surface == "name" else "Ana"
        texts = attack.text.split("\n") if attack.disguise == "multi" else [attack.text]
        for part, text in enumerate([question] if attack.surface == "name" else texts):
            yield Comment("ws", f"{ident}.{part}", "ws", f"user {ident}", name, text, now)

    def _hooked(self, attack: Attack, ident: str, question: str, now: float) -> Iterator[Comment]:
        field = FIELDS[self._count % len(FIELDS)]
        told: dict[str, object] = {
            "type": "comment",
            "id": ident,
            "user": f"user {ident}",
            "name": "Ana",
            "text": question,
            "note": SECRET,
        }
        told |= {field: [attack.text] if field == "badges" else attack.text}
        body = json.dumps(told, ensure_ascii=self._count % 2 == 0).encode()
        headers = signing_headers(self._hook.token, ident, now, body)
        for found in self._hook.verify(headers, body):
            if isinstance(found, SchemaError):
                self.log.stop(attack, "webhook: schema")
            else:
                yield found


def squeezed_equal(shown: str, written: str) -> bool:
    """Whether what is shown are the viewer's own words."""
    return "".join(shown.split()) == "".join(written.split())


@asynccontextmanager
async def on_air(catalogue: Catalogue, tag: str, log: Log, model: str = "") -> AsyncIterator[Channel]:
    """A channel that understands comments while the block lasts."""
    channel = Channel(catalogue, tag, log, model)
    async with asyncio.TaskGroup() as group:
        working = group.create_task(channel.understanding.run())
        try:
            yield channel
        finally:
            working.cancel()
            await channel.close()
