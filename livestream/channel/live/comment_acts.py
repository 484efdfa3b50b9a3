"""What a moderator does with a comment and its answer."""

from __future__ import annotations

from dataclasses import replace

from livestream.answers.plan import AnswerPlan
from livestream.channel.live.acting import Done, Handlers, Hands, Refused, Undo
from livestream.channel.live.case import Case, answer_body, own_line
from livestream.channel.live.typed import LONGEST
from livestream.console.backend import Act, Outcome, Person
from livestream.store.records import PutState, StoredComment

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
        if comment.state in DECIDED and not (now and comment.state == "queued"):
            raise Refused(conflict=f"it {DECIDED[comment.state]} already")
        case = await self._case(comment)
        if self._hands.truth.outdated(case.plan.rests):
            await self._look_again(comment, case)
        planned = self._hands.answerer.planner.shown(case.plan, by=person.name)
        if planned.refused or not planned.caption:
            raise Refused(f"Standards refuse it: {planned.refused}" if planned.refused else "There is nothing to say.")
        body = answer_body(case, planned)
        await self._hands.book.change(comment.key, state="queued", by=person.name, answer=body, reason="")
        self._hands.answerer.approve(case, by=person.name, now=now)
        return Done(None if now else self._back(comment.key, person.name, "queued", "held"))

    async def _look_again(self, comment: StoredComment, case: Case) -> None:
        """Show an answer whose facts have changed as it is now, and leave it at that."""
        await self._hands.answerer.plan_again(case)
        raise Refused(conflict=f"a fact behind the answer to {comment.name} has changed: look at it again")

    async def _edit(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, act)
        if comment.state in DECIDED:
            raise Refused(conflict=f"it {DECIDED[comment.state]} already")
        before = await self._case(comment)
        plan = self._typed(act.value, before.plan)
        planned = self._hands.answerer.planner.shown(plan, by=person.name)
        if planned.refused:
            raise Refused(f"Standards refuse it: {planned.refused}")
        edited = Case(comment.key, before.understood, plan, tries=before.tries + 1)
        self._hands.answerer.withdraw(comment.key)
        body = answer_body(edited, planned)
        await self._hands.book.change(comment.key, state="held", by=person.name, answer=body, reason="edited")

        async def undo(who: Person) -> Outcome:
            again = Case(comment.key, before.understood, before.plan, tries=edited.tries + 1)
            shown = self._hands.answerer.planner.shown(before.plan)
            self._hands.answerer.withdraw(comment.key)
            done = await self._hands.book.change(
                comment.key, expect=("held", "queued"), state="held", answer=answer_body(again, shown), by=who.name
            )
            return Outcome(done, "" if done else "It has been on air since.")

        return Done(undo)

    def _typed(self, text: str, base: AnswerPlan | None = None) -> AnswerPlan:
        said = " ".join(text.split())
        if not said:
            raise Refused("There is nothing to say.")
        if len(said) > LONGEST:
            raise Refused(f"A line has at most {LONGEST} characters; this one has {len(said)}.")
        return self._hands.answerer.planner.typed(said, base)

    async def _hold(self, person: Person, act: Act) -> Done:
        return await self._move(person, act, "held")

    async def _hide(self, person: Person, act: Act) -> Done:
        return await self._move(person, act, "hidden")

    async def _restore(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, act)
        return await self._move(person, act, "held" if comment.answer else "new")

    async def _move(self, person: Person, act: Act, state: str) -> Done:
        comment = await comment_of(self._hands, person, act)
        if self._hands.answerer.is_on_air(comment.key):
            raise Refused(conflict="it is on air already; skip it to cut it off")
        await self._hands.book.change(comment.key, state=state, by=person.name, reason="")
        self._hands.answerer.withdraw(comment.key)
        back = "held" if comment.state in ("planned", "queued", "on_air") else comment.state
        return Done(self._back(comment.key, person.name, state, back), before={"state": comment.state})

    def _back(self, key: str, by: str, state: str, back: str) -> Undo:
        """Return what takes a move back, while nobody has moved the comment since."""

        async def undo(who: Person) -> Outcome:
            comment = await self._hands.book.get(key)
            if comment is None or comment.state != state or comment.by != by:
                return Outcome(False, conflict="somebody has decided otherwise since")
            if self._hands.answerer.is_on_air(key):
                return Outcome(False, conflict="it is on air already")
            await self._hands.book.change(key, state=back, by=who.name)
            self._hands.answerer.withdraw(key)
            return Outcome(True)

        return undo

    async def _case(self, comment: StoredComment) -> Case:
        case = await self._hands.answerer.case(comment)
        if case is None:
            raise Refused("There is no answer yet; type a line instead, or hold it.")
        return case

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
        planned = self._hands.answerer.planner.shown(plan, by=person.name)
        if planned.refused:
            raise Refused(f"Standards refuse it: {planned.refused}")
        now = act.target == "now"
        name = f"said {self._hands.clock.time():.3f}"
        told = {"run": self._hands.run, "text": act.value, "by": person.name, "now": now}
        await self._hands.store.commit(PutState(f"say/{name}", told))
        self._hands.answerer.approve(own_line(plan, person.name, name), by=person.name, now=now)
        return Done()


async def comment_of(hands: Hands, person: Person, act: Act) -> StoredComment:
    """Return the comment an act is about, unless somebody else has decided on it in the meantime.

    Raises:
        Refused: there is none, or somebody was first.
    """
    comment = await hands.book.get(act.target)
    if comment is None:
        raise Refused("This comment is no longer here.")
    if comment.seq > act.seen > 0 and comment.by and comment.by != person.name and comment.state in _WORDS:
        raise Refused(conflict=f"already {_WORDS[comment.state]} by {comment.by}")
    return comment
