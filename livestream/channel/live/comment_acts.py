"""What a moderator does with a comment and its answer."""

from __future__ import annotations

from dataclasses import replace

from livestream.answers.plan import AnswerPlan
from livestream.channel.live.acting import Done, Handlers, Hands, Refused
from livestream.channel.live.answerer import own_line
from livestream.channel.live.book import planned_body
from livestream.console.backend import Act, Outcome, Person
from livestream.store.records import StoredComment

DECIDED = {"queued": "is on its way to air", "on_air": "is on air", "answered": "was answered"}
_WORDS = {
    "hidden": "hidden",
    "held": "held",
    "queued": "approved",
    "on_air": "put on air",
    "answered": "answered",
}
"""What somebody else did, for the notice of a conflict."""


class CommentActs:
    """Approve, edit, say now, hold, hide, restore, pin, and lines of one's own."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    @property
    def handlers(self) -> Handlers:
        """The acts by name."""
        names = ("approve", "say_now", "edit", "hold", "hide", "restore", "pin", "unpin", "say")
        return {name: getattr(self, f"_{name}") for name in names}

    async def _approve(self, person: Person, act: Act) -> Done:
        return await self._answer(person, act, now=False)

    async def _say_now(self, person: Person, act: Act) -> Done:
        return await self._answer(person, act, now=True)

    async def _answer(self, person: Person, act: Act, *, now: bool) -> Done:
        comment = await comment_of(self._hands, person, act)
        sooner = now and comment.state == "queued" and not self._hands.answerer.on_its_way(comment.key)
        if comment.state in DECIDED and not sooner:
            raise Refused(conflict=f"it {DECIDED[comment.state]} already")
        case = self._hands.answerer.case(comment.key)
        if case is None:
            raise Refused("There is no answer to say; edit one, or hold it.")
        planned = self._hands.answerer.shown(case.plan, by=person.name)
        if planned.refused:
            raise Refused(f"Standards refuse it: {planned.refused}")
        await self._hands.book.change(
            comment.key, state="queued", by=person.name, answer=planned_body(planned), reason=""
        )
        self._hands.answerer.approve(case, by=person.name, now=now)
        return Done(None if now else (Act("hold", comment.key)))

    async def _edit(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, act)
        if comment.state in DECIDED:
            raise Refused(conflict=f"it {DECIDED[comment.state]} already")
        case = self._hands.answerer.case(comment.key)
        if case is None:
            raise Refused("This comment was never understood; type the line instead.")
        plan = self._typed(act.value, case.plan)
        planned = self._hands.answerer.shown(plan, by=person.name)
        if planned.refused:
            raise Refused(f"Standards refuse it: {planned.refused}")
        before = case.plan
        self._hands.answerer.withdraw(comment.key)
        self._hands.answerer.replan(case, plan)
        await self._hands.book.change(
            comment.key, state="held", by=person.name, answer=planned_body(planned), reason="edited"
        )

        async def undo(who: Person) -> Outcome:
            current = self._hands.answerer.case(comment.key)
            if current is None:
                return Outcome(False, "This can no longer be undone.")
            self._hands.answerer.replan(current, before)
            await self._hands.book.change(
                comment.key, answer=planned_body(self._hands.answerer.shown(before)), by=who.name
            )
            return Outcome(True)

        return Done(undo)

    def _typed(self, text: str, base: AnswerPlan | None = None) -> AnswerPlan:
        if not text.strip():
            raise Refused("There is nothing to say.")
        return self._hands.answerer.typed(text, base)

    async def _hold(self, person: Person, act: Act) -> Done:
        return await self._move(person, act, "held")

    async def _hide(self, person: Person, act: Act) -> Done:
        return await self._move(person, act, "hidden")

    async def _restore(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, act)
        return await self._move(person, act, "held" if comment.answer else "new")

    async def _move(self, person: Person, act: Act, state: str) -> Done:
        comment = await comment_of(self._hands, person, act)
        if comment.state == "on_air" or self._hands.answerer.on_its_way(comment.key):
            raise Refused(conflict="it is on its way to air already")
        self._hands.answerer.withdraw(comment.key)
        await self._hands.book.change(comment.key, state=state, by=person.name, reason="")
        back = "held" if comment.state in ("planned", "queued") else comment.state

        async def undo(who: Person) -> Outcome:
            await self._hands.book.change(comment.key, state=back, by=who.name)
            return Outcome(True)

        return Done(undo, before={"state": comment.state})

    async def _pin(self, person: Person, act: Act) -> Done:
        await comment_of(self._hands, person, replace(act, seen=0))
        await self._hands.book.change(act.target, pinned=True)
        return Done(Act("unpin", act.target))

    async def _unpin(self, person: Person, act: Act) -> Done:
        await comment_of(self._hands, person, replace(act, seen=0))
        await self._hands.book.change(act.target, pinned=False)
        return Done(Act("pin", act.target))

    async def _say(self, person: Person, act: Act) -> Done:
        plan = self._typed(act.value)
        planned = self._hands.answerer.shown(plan, by=person.name)
        if planned.refused:
            raise Refused(f"Standards refuse it: {planned.refused}")
        self._hands.answerer.approve(
            own_line(plan, person.name, self._hands.clock.time()), by=person.name, now=act.target == "now"
        )
        return Done()


async def comment_of(hands: Hands, person: Person, act: Act) -> StoredComment:
    """Return the comment an act is about, unless somebody else has decided on it in the meantime."""
    comment = await hands.book.get(act.target)
    if comment is None:
        raise Refused("This comment is no longer here.")
    if comment.seq > act.seen > 0 and comment.by and comment.by != person.name and comment.state in _WORDS:
        raise Refused(conflict=f"already {_WORDS[comment.state]} by {comment.by}")
    return comment
