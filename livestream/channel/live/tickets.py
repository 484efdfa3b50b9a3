"""The tickets that wait for a person, as the console lists them."""

from __future__ import annotations

import logging
from typing import Protocol

from livestream.clock import Clock
from livestream.console.backend import TicketRow
from livestream.errors import StoreError
from livestream.store.records import WaitingTicket

MOST = 100
"""Tickets listed; those after them move up as they are closed."""
LOOK_SECONDS = 0.25
AFTER_FAILURE_SECONDS = 5.0
log = logging.getLogger(__name__)


class Kept(Protocol):
    """Where tickets are kept: the store."""

    @property
    def ticket_changes(self) -> int:
        """How often tickets were added or closed since the store was opened."""
        ...

    async def waiting_tickets(self, limit: int) -> list[WaitingTicket]:
        """Return the open tickets, the oldest first."""
        ...


class Tickets:
    """The oldest open tickets; `version` changes when they do."""

    def __init__(self, store: Kept, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._read = -1
        self.rows: tuple[TicketRow, ...] = ()
        self.version = 0

    async def run(self) -> None:
        """Keep up with the store until cancelled."""
        while True:
            pause = LOOK_SECONDS
            try:
                await self.look()
            except StoreError as error:
                log.warning("the tickets cannot be read: %s", error)
                pause = AFTER_FAILURE_SECONDS
            await self._clock.sleep_until(self._clock.monotonic() + pause)

    async def look(self) -> None:
        """Read the tickets where they have changed.

        Raises:
            StoreError: they cannot be read.
        """
        changes = self._store.ticket_changes
        if changes == self._read:
            return
        waiting = await self._store.waiting_tickets(MOST)
        self._read = changes
        self.rows = tuple(
            TicketRow(each.n, each.at, each.kind, each.comment, each.name, each.text, each.note) for each in waiting
        )
        self.version += 1
