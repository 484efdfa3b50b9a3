"""What a moderator does with a viewer."""

from __future__ import annotations

from dataclasses import replace

from livestream.channel.live.acting import Done, Handlers, Hands, Refused
from livestream.channel.live.comment_acts import DECIDED, comment_of
from livestream.channel.live.show_acts import seconds_in
from livestream.console.backend import Act, Outcome, Person
from livestream.store.records import PutState, StoredComment

LONGEST_TIMEOUT = 30 * 86_400.0


class ViewerActs:
    """Time out, ban, unban: by a comment of the viewer's."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._banned: set[tuple[str, str]] = set()

    @property
    def handlers(self) -> Handlers:
        """The acts by name."""
        return {"timeout": self._timeout, "ban": self._ban, "unban": self._unban}

    def load(self, source: str, user: str) -> None:
        """Ban somebody who was banned before a restart."""
        self._banned.add((source, user))
        self._hands.intake.ban(source, user)

    async def _timeout(self, person: Person, act: Act) -> Done:
        seconds = seconds_in(act.value or "600", LONGEST_TIMEOUT)
        comment = await comment_of(self._hands, person, replace(act, seen=0))
        if (comment.source, comment.user) in self._banned:
            raise Refused(conflict="this viewer is banned already")
        until = self._hands.clock.time() + seconds
        await self._hands.store.commit(PutState(f"timeout/{comment.source}/{comment.user}", until))
        self._hands.intake.timeout(comment.source, comment.user, until)
        return await self._silenced(person, comment, act)

    async def _ban(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, replace(act, seen=0))
        await self._hands.store.commit(PutState(f"ban/{comment.source}/{comment.user}", True))
        self.load(comment.source, comment.user)
        return await self._silenced(person, comment, act)

    async def _silenced(self, person: Person, comment: StoredComment, act: Act) -> Done:
        """Hide what the viewer wrote and what is still on its way to an answer."""
        viewer = (comment.source, comment.user)
        waiting = self._hands.answerer.withdraw_where(lambda each: (each.source, each.user) == viewer)
        for key in dict.fromkeys([comment.key, *waiting]):
            if not self._hands.answerer.is_on_air(key):
                expected = ("new", "held", "planned", "queued")
                await self._hands.book.change(key, expect=expected, state="hidden", by=person.name, reason=act.name)

        async def undo(who: Person) -> Outcome:
            if act.name == "timeout" and (comment.source, comment.user) in self._banned:
                return Outcome(False, conflict="somebody has banned this viewer since")
            await self._lift(who, comment)
            return Outcome(True)

        return Done(undo, note=comment.name)

    async def _unban(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, replace(act, seen=0))
        await self._lift(person, comment)
        return Done(note=comment.name)

    async def _lift(self, person: Person, comment: StoredComment) -> None:
        user = f"{comment.source}/{comment.user}"
        await self._hands.store.commit(PutState(f"ban/{user}", False), PutState(f"timeout/{user}", 0.0))
        self._banned.discard((comment.source, comment.user))
        self._hands.intake.unban(comment.source, comment.user)
        current = await self._hands.book.get(comment.key)
        if current is not None and current.state not in DECIDED:
            back = "held" if current.answer else "new"
            await self._hands.book.change(comment.key, expect=("hidden",), state=back, by=person.name, reason="")
