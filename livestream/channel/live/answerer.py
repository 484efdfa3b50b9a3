"""Answers, one at a time: planned as comments come, said when it is their turn, noted when they were heard."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import Any

from livestream.audience.comment import Comment, Taken, Understood
from livestream.audience.understanding import Understanding
from livestream.audience.waiting import Waiting
from livestream.channel.live.book import CommentBook
from livestream.channel.live.case import Case, Tally, answer_body, case_of, taken_of
from livestream.channel.live.openings import Openings
from livestream.channel.live.planner import TYPED, Planner
from livestream.channel.live.showing import show_again
from livestream.channel.live.topics import Topics
from livestream.channel.live.truth import Truth
from livestream.channel.live.voice import Speak, StageLike, Voiced, voiced
from livestream.clock import Clock
from livestream.errors import ClaimRefused, LivestreamError
from livestream.lines import FactRef
from livestream.settings import Handling
from livestream.standards import Sealer
from livestream.store.records import AddTicket, StoredComment, Write

LOOK_SECONDS = 0.05
"""How often it is looked whose turn it is."""
GIVE_UP_SECONDS = 60.0
"""An ad-lib that air has not reported for so long will not come any more."""
STATE_OF: dict[Handling, str] = {"auto": "planned", "hold": "held", "manual": "new"}
log = logging.getLogger(__name__)


class Answerer:
    """Plans, ranks and says the answers of one channel.

    The row of a comment decides: its state is looked at again before anything is said, so that what a
    moderator hid or held in the meantime stays unsaid.
    """

    def __init__(
        self,
        *,
        truth: Truth,
        planner: Planner,
        understanding: Understanding,
        waiting: Waiting,
        book: CommentBook,
        stage: StageLike,
        sealer: Sealer,
        speak: Speak,
        clock: Clock,
        pause: float,
        reply: Callable[[str, str, tuple[FactRef, ...]], Awaitable[None]],
        said: Callable[[str], Awaitable[None]],
    ) -> None:
        self._truth, self.planner, self._understanding, self._waiting = truth, planner, understanding, waiting
        self._book, self._stage, self._sealer, self._speak = book, stage, sealer, speak
        self._clock, self._pause, self._reply, self._said = clock, pause, reply, said
        self._automatic: dict[str, Case] = {}
        self._approved: deque[Case] = deque()
        self._given: dict[str, Case] = {}
        self._openings = Openings(truth)
        self._topics = Topics(clock)
        self._quiet_since = float("-inf")
        self._filled = False
        self.modes: dict[str, Handling] = {}
        self.paused = False
        self.panic = False
        self.tally = Tally()

    @property
    def waiting(self) -> int:
        """How many answers wait for their turn."""
        return len(self._waiting) + len(self._approved)

    async def case(self, comment: StoredComment) -> Case | None:
        """Return the answer of a comment, also one from before a restart; None where none was planned."""
        return self._automatic.get(comment.key) or case_of(comment)

    def given(self, ad_lib: str) -> Case | None:
        """Return the case of an ad-lib that air was given."""
        return self._given.get(ad_lib)

    # Planning.

    async def consider(self, taken: Taken) -> None:
        """Understand a comment and plan its answer; what is to be said by itself begins to wait for its turn."""
        understood = await self._understanding.understand(taken)
        if understood is None:  # shed: too much at once
            return
        await self._take(
            Case(taken.comment.key, understood, await self.planner.plan(understood, self._stage.on_air()[0])),
            expect=("new",),
        )

    async def _take(self, case: Case, *, expect: Collection[str]) -> None:
        """Note a plan, and do with it what the mode of its intent says, unless somebody has decided already."""
        self.tally.planned += 1
        plan, understood = case.plan, case.understood
        shown = await self.planner.judged(plan)
        handling = self.modes.get(plan.intent, "auto")
        state = "new" if plan.route == "ignore" else "held" if shown.refused else STATE_OF[handling]
        tickets = await self._ticket(case)
        fields: dict[str, Any] = {"answer": answer_body(case, shown), "reason": shown.refused}
        if understood is not None:
            fields |= {"language": understood.language, "asked": understood.asked}
        if not await self._book.note(case.key, *tickets, expect=expect, state=state, **fields):
            await self._book.note(case.key, *tickets, **fields)  # a moderator was first: the plan is beside it, no more
            return
        if state == "planned" and understood is not None:
            self._automatic[case.key] = case
            await self._expire(self._waiting.put(understood))

    async def _ticket(self, case: Case) -> list[Write]:
        """Return the ticket that a plan asks for, none where the comment has one: it is being planned once more."""
        if not case.plan.ticket:
            return []
        stored = await self._book.find(case.key)
        before = case_of(stored) if stored is not None else None
        if before is not None and before.plan.ticket == case.plan.ticket:
            return []
        return [AddTicket(case.plan.ticket, case.key, case.plan.reason)]

    # Queues.

    def approve(self, case: Case, *, by: str, now: bool) -> None:
        """Put an answer before all that wait by themselves; with `now` it is said at once."""
        case.also = self._leave(case.key, others=False)
        case.by, case.now = by, now
        self._approved = deque(other for other in self._approved if other.key != case.key or not case.key)
        self._approved.appendleft(case) if now else self._approved.append(case)

    def withdraw(self, key: str) -> None:
        """Take a comment out of all queues, and off air where it has not begun; who asked the same goes on waiting."""
        self._leave(key, others=True)
        self._approved = deque(case for case in self._approved if case.key != key)
        if self._openings.speaking is not None and self._openings.speaking.key == key:
            self._openings.speaking = None
        self._openings.recall(self._stage, lambda case: case.key == key)
        for ad_lib, case in self._given.items():
            if case.key == key and not case.began:
                self._stage.recall(ad_lib)

    def withdraw_where(self, unwanted: Callable[[Comment], bool]) -> list[str]:
        """Take all comments that are unwanted out of all queues; return their keys."""
        speaking = (self._openings.speaking,) if self._openings.speaking else ()
        cases = (*self._automatic.values(), *self._approved, *speaking, *self._given.values())
        comments = [case.understood.taken.comment for case in cases if case.understood]
        keys = [comment.key for comment in comments if unwanted(comment)]
        for key in keys:
            self.withdraw(key)
        return keys

    async def set_mode(self, intent: str, handling: Handling) -> None:
        """Handle the answers of an intent in this way from now on, also those that wait."""
        self.modes[intent] = handling
        if handling == "auto":
            return
        for case in [case for case in self._automatic.values() if case.plan.intent == intent]:
            self.withdraw(case.key)
            await self._book.note(case.key, expect=("planned",), state=STATE_OF[handling])

    def is_on_air(self, key: str) -> bool:
        """Whether a comment's answer is being said."""
        return any(case.key == key and case.began for case in self._given.values())

    async def facts_changed(self, *products: str) -> None:
        """Let the topics of products be answered again: the answer is another now. Old ones do not begin."""
        for product in products:
            self._topics.forget(product)
        for ad_lib, case in self._given.items():
            if not case.began and self._truth.outdated(case.plan.rests):
                self._stage.recall(ad_lib)
        self._openings.recall(self._stage, lambda case: bool(self._truth.outdated(case.plan.rests)))
        await self.planner.facts_changed()
        await show_again(self._book, self.planner, self._truth)

    def _leave(self, key: str, *, others: bool) -> tuple[str, ...]:
        """Take a comment out of those that wait by themselves; return who asked the same, or let them go on waiting."""
        self._automatic.pop(key, None)
        left = [each for each in self._waiting.remove(key) if each.taken.comment.key != key]
        if others:
            for each in left:
                self._waiting.put(each)
            return ()
        for each in left:
            self._automatic.pop(each.taken.comment.key, None)
        return tuple(each.taken.comment.key for each in left)

    async def _expire(self, gone: Sequence[Understood]) -> None:
        for understood in gone:
            self._automatic.pop(understood.taken.comment.key, None)
            await self._book.note(understood.taken.comment.key, expect=("planned",), state="expired")

    async def resume(self, stored: StoredComment) -> None:
        """Take up an answer that was on its way before a restart: the very one, by its old name."""
        case = case_of(stored)
        if case is None:
            return
        if stored.state == "planned" and case.understood is not None:
            self._automatic[case.key] = case
            await self._expire(self._waiting.put(case.understood))
        elif stored.state in ("queued", "on_air"):
            self.approve(case, by=stored.by, now=False)

    # Turns.

    async def run(self) -> None:
        """Say what is next, for ever."""
        while True:
            await self.turn()
            await self._clock.sleep_until(self._clock.monotonic() + LOOK_SECONDS)

    async def turn(self) -> None:
        """Look once whose turn it is, and let go of what has waited too long."""
        await self._give_up()
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
        product, window = self._stage.on_air()
        self._filled = self._filled and window
        if not window and now - self._quiet_since < self._pause:
            return None
        while (best := self._waiting.best(now)) is not None:
            key = best.taken.comment.key
            case = self._automatic.get(key)
            also = self._leave(key, others=False)
            if case is not None:
                case.also = also
                return case
        if window and not self._filled and product is not None:
            self._filled = True
            plan = self.planner.answers.fill_window(product)
            return Case("", None, plan, name=f"window {now:.3f}") if plan is not None else None
        return None

    async def _say(self, case: Case) -> None:
        if not case.by and self._topics.fresh(case.plan.topic):
            await self._answered(case, reason="answered a moment ago", reply=case.plan.always_reply)
            return
        if self._truth.outdated(case.plan.rests):
            await self.plan_again(case)
            return
        if not await self._book.note(case.key, expect=("planned", "queued"), state="queued"):
            return
        self._openings.speaking = case
        try:
            voice = await self._voiced(case)
        except LivestreamError as error:
            self.tally.refused += 1
            why = f"{error.rule}: {error.message}" if isinstance(error, ClaimRefused) else error.message
            await self._held(case, why)
            return
        finally:
            kept = self._openings.speaking is case
            self._openings.speaking = None
        if not (kept and await self._still(case)):
            self._openings.recall(self._stage, lambda other: other is case)
            return  # a moderator took it back while it was being spoken
        if self._truth.outdated((*case.plan.rests, *voice.facts)):
            await self.plan_again(case)
            return
        case.given_at, case.said, case.began = self._clock.monotonic(), voice.captions, False
        self._given[case.ad_lib] = case
        self._stage.interject(case.ad_lib, voice, now=case.now)

    async def _voiced(self, case: Case) -> Voiced:
        """Return an answer spoken, all of it or what follows an opening that went ahead.

        Raises:
            ClaimRefused, SpeechError: as `voiced` does.
        """
        product, _ = self._stage.on_air()
        meant = case.plan.product
        return await voiced(
            self.planner.composed(case, product),
            self._truth.standards,
            self._sealer,
            self._speak,
            card=meant is not None and meant != product and self._stage.has_card(meant),
            by=case.by,
            early=partial(self._openings.put, self._stage, case),
        )

    async def plan_again(self, case: Case) -> None:
        """Make a plan anew, of which a fact has changed; what somebody approved is shown to them again."""
        self._openings.recall(self._stage, lambda other: other is case)
        if case.key == "" or case.understood is None or case.plan.template == TYPED:
            await self._held(case, "a fact it speaks of has changed")
            return
        stored = await self._book.find(case.key)
        if stored is None:
            return
        understood = await self._understanding.understand(taken_of(stored))
        if understood is None:
            await self._held(case, "a fact it speaks of has changed")
            return
        plan = await self.planner.plan(understood, self._stage.on_air()[0])
        again = Case(case.key, understood, plan, tries=case.tries + 1, opened=case.opened)
        if not case.by:
            await self._take(again, expect=("planned", "queued"))
            return
        shown = await self.planner.judged(again.plan)
        body = answer_body(again, shown)
        await self._book.note(case.key, state="held", reason="a fact has changed: look again", answer=body)

    # What air tells.

    async def heard(self, ad_lib: str, state: str) -> None:
        """Take note of what air says of an ad-lib: `on_air`, `aired` or `cut`."""
        self._openings.begun(ad_lib)
        case = self._given.get(ad_lib)
        if case is None:
            return
        if state == "on_air":
            case.began = True
            await self._book.note(case.key, expect=("queued",), state="on_air")
            return
        del self._given[ad_lib]
        self._quiet_since = self._clock.monotonic()
        if state == "cut":
            await self._cut(case)
            return
        self.tally.answered += 1
        if not self._truth.outdated(case.plan.rests):
            self._topics.note(case.plan.topic, case.plan.product)
        await self._answered(case, reason="", reply=True)

    async def _cut(self, case: Case) -> None:
        """Not all of an answer was heard, and nothing more of it will be: it is for a moderator to say what now."""
        if not case.began and not case.by and self._truth.outdated(case.plan.rests):
            await self.plan_again(case)
            return
        case.tries += 1
        await self._held(case, "cut off on air" if case.began else "taken back")

    async def _answered(self, case: Case, *, reason: str, reply: bool) -> None:
        for key in (case.key, *case.also):
            done = await self._book.note(key, expect=("planned", "queued", "on_air"), state="answered", reason=reason)
            if done and reply and not self._truth.outdated(case.plan.rests):
                said = case.said or self.planner.shown(case.plan).caption
                await self._reply(key, self.planner.answers.reply(case.plan, said), case.plan.rests)
        await self._tell(case)

    async def _held(self, case: Case, reason: str) -> None:
        self._openings.recall(self._stage, lambda other: other is case)
        for key in (case.key, *case.also):
            await self._book.note(key, expect=("planned", "queued", "on_air"), state="held", reason=reason)
        await self._tell(case)

    async def _tell(self, case: Case) -> None:
        if case.by and not case.key:
            await self._said(case.name)

    async def _give_up(self) -> None:
        now = self._clock.monotonic()
        for ad_lib, case in list(self._given.items()):
            if self.panic:
                case.given_at = now  # held under the slate: it comes when that goes
            elif now - case.given_at > GIVE_UP_SECONDS and not case.began:
                log.warning("the ad-lib %s did not get on air", ad_lib)
                del self._given[ad_lib]
                self._stage.recall(ad_lib)
                await self._held(case, "it did not get on air")

    async def failed(self, key: str) -> None:
        """Leave a comment that could not be read to a moderator."""
        await self._book.note(key, expect=("new",), state="held", reason="this could not be read")

    async def _still(self, case: Case) -> bool:
        """Whether an answer is still to be said: nobody hid or held it while it was being spoken."""
        if self.panic or not case.key:
            return not self.panic
        stored = await self._book.find(case.key)
        return stored is not None and stored.state in ("planned", "queued")
