"""Answers, one at a time: planned as comments come, said when it is their turn, noted when they were heard."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from livestream.answers.answers import Answers
from livestream.answers.model import ModelAnswerer
from livestream.answers.plan import AdLib, AnswerPlan
from livestream.audience.comment import Intent, Taken, Understood
from livestream.audience.understanding import Understanding
from livestream.audience.waiting import Waiting
from livestream.channel.live.book import CommentBook, planned_body
from livestream.channel.live.truth import Truth
from livestream.channel.live.typed import typed_line
from livestream.channel.live.voice import Speak, Voiced, voiced
from livestream.clock import Clock
from livestream.console.backend import Planned
from livestream.errors import ClaimRefused, LivestreamError, StoreError
from livestream.settings import Handling
from livestream.standards import Sealer
from livestream.store.records import AddTicket, StoredComment, Write

LOOK_SECONDS = 0.05
"""How often it is looked whose turn it is."""
TOPIC_SECONDS = 300.0
"""How long a topic counts as answered."""
GIVE_UP_SECONDS = 60.0
"""An ad-lib that air has not reported for so long will not come any more."""
TYPED = "typed"
"""The template of a plan whose line somebody typed."""
BY_HAND = "typed by hand"
_MOST_TOPICS = 1_000
log = logging.getLogger(__name__)


class Stage(Protocol):
    """The air as the answerer sees it."""

    def on_air(self) -> tuple[str | None, bool]:
        """Return the product that is being shown, and whether this is a window for questions."""
        ...

    def interject(self, ad_lib: str, voice: Voiced, *, now: bool) -> None:
        """Have an ad-lib taken at the next cut point, or at once."""
        ...

    def has_card(self, product: str) -> bool:
        """Whether air knows a card of this product."""
        ...


@dataclass(slots=True, eq=False)
class Case:
    """A comment on its way to an answer; for a line that answers nobody `key` is empty and `name` its own."""

    key: str
    understood: Understood | None
    plan: AnswerPlan
    by: str = ""
    now: bool = False
    tries: int = 0
    given_at: float = 0.0
    said: str = ""
    also: tuple[str, ...] = ()
    """Others that asked the same."""
    name: str = ""

    @property
    def ad_lib(self) -> str:
        """The name of its ad-lib: the same after a restart, so that it is never said twice."""
        typed = self.plan.lines[0].id if self.plan.template == TYPED else ""
        named = f"{self.key}|{self.name}|{self.tries}|{typed}"
        return f"answer.{hashlib.sha256(named.encode(errors='replace')).hexdigest()[:16]}"


@dataclass(slots=True)
class Tally:
    """What the answering came to."""

    planned: int = 0
    answered: int = 0
    refused: int = 0


class Answerer:
    """Plans, ranks and says the answers of one channel."""

    def __init__(
        self,
        *,
        truth: Truth,
        answers: Answers,
        understanding: Understanding,
        waiting: Waiting,
        book: CommentBook,
        stage: Stage,
        sealer: Sealer,
        speak: Speak,
        clock: Clock,
        pause: float,
        reply: Callable[[str, str], Awaitable[None]],
        model: ModelAnswerer | None = None,
    ) -> None:
        self._truth, self.answers, self._understanding, self._waiting = truth, answers, understanding, waiting
        self._book, self._stage, self._sealer, self._speak = book, stage, sealer, speak
        self._clock, self._pause, self._reply, self._model = clock, pause, reply, model
        self._cases: OrderedDict[str, Case] = OrderedDict()
        self._approved: deque[Case] = deque()
        self._given: dict[str, Case] = {}
        self._topics: OrderedDict[str, float] = OrderedDict()
        self._quiet_since = float("-inf")
        self.modes: dict[str, Handling] = {}
        self.paused = False
        self.panic = False
        self._filled = False
        self.tally = Tally()

    @property
    def waiting(self) -> int:
        """How many answers wait for their turn."""
        return len(self._waiting) + len(self._approved)

    def case(self, key: str) -> Case | None:
        """Return the plan for a comment, None where there is none (any more)."""
        return self._cases.get(key)

    def given(self, ad_lib: str) -> Case | None:
        """Return the case of an ad-lib that air was given."""
        return self._given.get(ad_lib)

    async def consider(self, taken: Taken) -> None:
        """Understand a comment and plan its answer; what is to be said by itself begins to wait for its turn."""
        understood = await self._understanding.understand(taken)
        if understood is None:  # shed: too much at once
            return
        product, _ = self._stage.on_air()
        plan = await self._plan(understood, product)
        planned = await asyncio.to_thread(self.shown, plan)
        await self.take(Case(taken.comment.key, understood, plan), planned)

    async def _plan(self, understood: Understood, product: str | None) -> AnswerPlan:
        """Return the rule's plan, or where a model is set, the one it chooses among those the rules made."""
        if self._model is None:
            return await asyncio.to_thread(self.answers.plan, understood, on_air=product)
        candidates = await asyncio.to_thread(self.answers.candidates, understood, on_air=product)
        return await self._model.choose(understood, candidates)

    async def take(self, case: Case, planned: Planned) -> None:
        """Note a plan, and do with it what the mode of its intent says."""
        self.tally.planned += 1
        handling = self.modes.get(case.plan.intent, "auto")
        state = "new"
        if case.plan.route != "ignore":
            state = {"auto": "planned", "hold": "held", "manual": "new"}[handling]
            state = "held" if planned.refused else state
            self._remember(case)
        tickets: list[Write] = [AddTicket(case.plan.ticket, case.key, case.plan.reason)] if case.plan.ticket else []
        understood = case.understood
        await self._note(
            case.key,
            *tickets,
            state=state,
            answer=planned_body(planned),
            reason=planned.refused,
            language=understood.language if understood else None,
            asked=understood.asked if understood else None,
        )
        if state == "planned" and understood is not None:
            await self._expire(self._waiting.put(understood))

    async def resume(self, taken: Taken, stored: StoredComment) -> None:
        """Plan again what was on its way before a restart; what air had been given is given again by its old name."""
        understood = await self._understanding.understand(taken)
        if understood is None:
            return
        plan = await self._plan(understood, self._stage.on_air()[0])
        planned = await asyncio.to_thread(self.shown, plan)
        answer = stored.answer or {}
        if answer.get("reason") == BY_HAND:
            plan = self.typed(str(answer.get("caption", "")), base=plan)
        case = Case(stored.key, understood, plan, by=stored.by)
        if stored.state == "planned":
            await self.take(case, planned)
            return
        self._remember(case)
        self.approve(case, by=stored.by, now=False)

    def typed(self, text: str, base: AnswerPlan | None = None) -> AnswerPlan:
        """Return the plan of a line that somebody typed, in the place of another plan or for nobody in particular."""
        name = f"typed.{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"
        facts = self._truth.catalogue.facts.values()
        line = typed_line(text, facts, self._truth.locale, id=name, product=base.product if base else None)
        cited = tuple(piece.fact for piece in line.pieces if not isinstance(piece, str))
        plan = base or AnswerPlan("answer", Intent.OFF_TOPIC, None, TYPED, ())
        return replace(plan, template=TYPED, lines=(line,), facts=cited, reason=BY_HAND, topic="", ticket="")

    def shown(self, plan: AnswerPlan, *, by: str = "") -> Planned:
        """Return a plan as the console shows it, judged by standards as they are now."""
        refused, captions = "", []
        try:
            captions = [self._truth.standards.approve(line).caption for line in plan.lines]
        except ClaimRefused as error:
            refused = f"{error.rule}: {error.message}"
        return Planned(
            caption=" ".join(captions),
            route=plan.route,
            intent=plan.intent,
            product=plan.product or "",
            facts=self._truth.explained(plan.facts),
            refused=refused,
            reason=plan.reason,
            confidence=round(plan.confidence, 2),
            by=by,
        )

    def approve(self, case: Case, *, by: str, now: bool) -> None:
        """Put an answer before all that wait by themselves; with `now` it is said at once."""
        self.withdraw(case.key)
        case.by, case.now = by, now
        self._approved.append(case) if not now else self._approved.appendleft(case)

    def on_its_way(self, key: str) -> bool:
        """Whether a comment's answer has been given to air and not been heard yet."""
        return any(case.key == key for case in self._given.values())

    def withdraw(self, key: str) -> None:
        """Take a comment out of all queues; what is on its way to air is not called back."""
        self._waiting.remove(key)
        self._approved = deque(case for case in self._approved if case.key != key or not key)

    async def _expire(self, gone: Sequence[Understood]) -> None:
        for understood in gone:
            await self._note(understood.taken.comment.key, state="expired")

    async def run(self) -> None:
        """Say what is next, for ever."""
        while True:
            await self.turn()
            await self._clock.sleep_until(self._clock.monotonic() + LOOK_SECONDS)

    async def turn(self) -> None:
        """Look once whose turn it is, and let go of what has waited too long."""
        self._give_up()
        await self._expire(self._waiting.expire(self._clock.monotonic()))
        case = self._next()
        if case is not None:
            await self._say(case)

    def _next(self) -> Case | None:
        """Return the case whose turn it is, None where nobody's is."""
        if self.panic:
            return None
        if self._approved and (self._approved[0].now or not self._given):
            return self._approved.popleft()
        if self.paused or self._given or self._approved:
            return None
        now = self._clock.monotonic()
        _, window = self._stage.on_air()
        self._filled = self._filled and window
        if not window and now - self._quiet_since < self._pause:
            return None
        while (best := self._waiting.best(now)) is not None:
            key = best.taken.comment.key
            asked = [each.taken.comment.key for each in self._waiting.remove(key)]
            case = self._cases.get(key)
            if case is not None:
                case.also = tuple(each for each in asked if each != key)
                return case
        return self._filler(window)

    def _filler(self, window: bool) -> Case | None:
        """Return what to say in a window for questions in which nobody asks: once a window."""
        product, _ = self._stage.on_air()
        if not window or product is None or self._filled:
            return None
        self._filled = True
        plan = self.answers.fill_window(product)
        return Case("", None, plan, name=f"window {self._clock.time():.3f}") if plan is not None else None

    async def _say(self, case: Case) -> None:
        if not case.by and self._answered(case.plan.topic):
            for key in (case.key, *case.also):
                await self._note(key, state="answered", reason="answered a moment ago")
            return
        product, _ = self._stage.on_air()
        ad_lib = self._composed(case, product)
        card = (
            case.plan.product is not None and case.plan.product != product and self._stage.has_card(case.plan.product)
        )
        try:
            voice = await voiced(ad_lib, self._truth.standards, self._sealer, self._speak, card=card)
        except LivestreamError as error:
            self.tally.refused += 1
            why = f"{error.rule}: {error.message}" if isinstance(error, ClaimRefused) else error.message
            await self._note(case.key, state="held", reason=why)
            return
        case.given_at, case.said = self._clock.monotonic(), voice.captions
        self._given[ad_lib.id] = case
        await self._note(case.key, state="queued", by=case.by or None)
        self._stage.interject(ad_lib.id, voice, now=case.now)

    def _composed(self, case: Case, product: str | None) -> AdLib:
        if case.understood is not None or case.plan.template != TYPED:
            return self.answers.compose(case.plan, case.understood, id=case.ad_lib, on_air=product)
        return AdLib(case.ad_lib, (), case.plan.lines, (), ((), ()), case.plan.product)

    async def heard(self, ad_lib: str, state: str) -> None:
        """Take note of what air says of an ad-lib: `on_air`, `aired` or `cut`."""
        case = self._given.get(ad_lib)
        if case is None:
            return
        if state == "on_air":
            await self._note(case.key, state="on_air")
            return
        del self._given[ad_lib]
        self._quiet_since = self._clock.monotonic()
        if state == "cut" and self.panic:
            case.tries += 1
            await self._note(case.key, state="held", reason="cut off on air")
            return
        self.tally.answered += 1
        self._note_topic(case.plan.topic)
        for key in (case.key, *case.also):
            await self._note(key, state="answered")
        if case.key:
            await self._reply(case.key, self.answers.reply(case.plan, case.said))

    def _answered(self, topic: str) -> bool:
        at = self._topics.get(topic)
        return bool(topic) and at is not None and self._clock.monotonic() - at < TOPIC_SECONDS

    def _note_topic(self, topic: str) -> None:
        if topic:
            self._topics[topic] = self._clock.monotonic()
            self._topics.move_to_end(topic)
            while len(self._topics) > _MOST_TOPICS:
                self._topics.popitem(last=False)

    def _give_up(self) -> None:
        now = self._clock.monotonic()
        for ad_lib in [name for name, case in self._given.items() if now - case.given_at > GIVE_UP_SECONDS]:
            log.warning("the ad-lib %s did not get on air", ad_lib)
            del self._given[ad_lib]

    def _remember(self, case: Case) -> None:
        self._cases[case.key] = case
        self._cases.move_to_end(case.key)
        while len(self._cases) > _MOST_TOPICS:
            self._cases.popitem(last=False)

    def replan(self, case: Case, plan: AnswerPlan) -> Case:
        """Put another plan in a comment's place: a moderator's edit."""
        edited = Case(case.key, case.understood, plan, tries=case.tries + 1)
        self._remember(edited)
        return edited

    async def _note(self, key: str, *writes: Write, **fields: object) -> None:
        """Change the comment's row; the show goes on where the store does not take it."""
        if not key:
            return
        try:
            await self._book.change(
                key, *writes, **{name: value for name, value in fields.items() if value is not None}
            )
        except StoreError as error:
            log.warning("a comment's state cannot be stored: %s", error)


def own_line(plan: AnswerPlan, by: str, at: float) -> Case:
    """Return the case of a line that a moderator typed at a Unix time for nobody in particular."""
    return Case("", None, replace(plan, product=None), by=by, name=f"said {at:.3f}")
