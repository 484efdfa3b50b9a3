"""What a moderator does with a viewer."""

from __future__ import annotations

from dataclasses import replace

from livestream.channel.live.acting import Done, Handlers, Hands
from livestream.channel.live.comment_acts import DECIDED, comment_of
from livestream.channel.live.show_acts import seconds_in
from livestream.console.backend import Act, Person
from livestream.store.records import PutState, StoredComment

LONGEST_TIMEOUT = 30 * 86_400.0


class ViewerActs:
    """Time out, ban, unban: by a comment of the viewer's."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    @property
    def handlers(self) -> Handlers:
        """The acts by name."""
        return {"timeout": self._timeout, "ban": self._ban, "unban": self._unban}

    async def _timeout(self, person: Person, act: Act) -> Done:
        seconds = seconds_in(act.value or "600", LONGEST_TIMEOUT)
        comment = await comment_of(self._hands, person, replace(act, seen=0))
        until = self._hands.clock.time() + seconds
        await self._hands.store.commit(PutState(f"timeout/{comment.source}/{comment.user}", until))
        self._hands.intake.timeout(comment.source, comment.user, until)
        return await self._silenced(person, comment, act)

    async def _ban(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, replace(act, seen=0))
        await self._hands.store.commit(PutState(f"ban/{comment.source}/{comment.user}", True))
        self._hands.intake.ban(comment.source, comment.user)
        return await self._silenced(person, comment, act)

    async def _silenced(self, person: Person, comment: StoredComment, act: Act) -> Done:
        self._hands.answerer.withdraw(comment.key)
        if comment.state not in DECIDED:
            await self._hands.book.change(comment.key, state="hidden", by=person.name, reason=act.name)
        return Done(Act("unban", comment.key), note=comment.name)

    async def _unban(self, person: Person, act: Act) -> Done:
        comment = await comment_of(self._hands, person, replace(act, seen=0))
        user = f"{comment.source}/{comment.user}"
        await self._hands.store.commit(PutState(f"ban/{user}", False), PutState(f"timeout/{user}", 0.0))
        self._hands.intake.unban(comment.source, comment.user)
        if comment.state == "hidden":
            await self._hands.book.change(
                comment.key, state="held" if comment.answer else "new", by=person.name, reason=""
            )
        return Done(note=comment.name)
