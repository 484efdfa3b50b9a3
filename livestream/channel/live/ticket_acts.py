"""What a moderator does with a ticket."""

from __future__ import annotations

from livestream.channel.live.acting import Done, Handlers, Hands, Refused
from livestream.console.backend import Act, Outcome, Person
from livestream.store.records import CloseTicket, ReopenTicket


class TicketActs:
    """Close a ticket: a person has looked after it."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    @property
    def handlers(self) -> Handlers:
        """The acts by name."""
        return {"close_ticket": self._close}

    async def _close(self, person: Person, act: Act) -> Done:
        number = int(act.target) if act.target.isdecimal() and len(act.target) < 16 else 0
        committed = await self._hands.store.commit(CloseTicket(number, person.name))
        if number not in committed.closed:
            raise Refused("This ticket does not wait any more.")

        async def undo(_: Person) -> Outcome:
            await self._hands.store.commit(ReopenTicket(number))
            return Outcome(True)

        return Done(undo)
