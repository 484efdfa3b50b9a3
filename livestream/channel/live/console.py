"""The channel, as its web port shows and moderates it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from livestream.audience.comment import Comment
from livestream.channel.lag import LoopLag
from livestream.channel.live.answerer import Answerer
from livestream.channel.live.book import row_of
from livestream.channel.live.listwatch import ListWatch
from livestream.channel.live.moderation import Moderation
from livestream.channel.live.stage import Stage
from livestream.channel.live.tickets import Tickets
from livestream.channel.live.truth import Truth
from livestream.channel.snapshots import Backend
from livestream.console.backend import (
    Act,
    Acted,
    ChangeFeed,
    Outcome,
    Person,
    ProductRow,
    Receipt,
    Row,
    RundownItem,
    Snapshot,
    Source,
    TicketRow,
)
from livestream.console.feed import Changes
from livestream.store import Store
from livestream.store.records import StoredAct, StoredComment

PIECE = 64 * 1024
"""Bytes of the as-run log read at once."""
RECENT_ACTS = 50
PRODUCT_LIST = "product list"
_MOST_DETAIL = 200
CHANGES = 1_000
"""Changed comments read at once."""
MOST_MISSED = 10_000
"""Changes that a console may have missed; beyond, it starts over."""


class Ears(Protocol):
    """Where comments come in, as the console shows it."""

    async def take(self, comments: Sequence[Comment]) -> list[Receipt]:
        """Take comments; durable when this returns."""
        ...

    def sources(self) -> tuple[Source, ...]:
        """Return how the sources fare."""
        ...

    @property
    def counts(self) -> dict[str, int]:
        """Comments received, shed and dropped, for `Health`."""
        ...


class Console:
    """Implements `console.backend.LiveBackend` for one channel."""

    def __init__(
        self,
        watched: Backend,
        *,
        store: Store,
        truth: Truth,
        stage: Stage,
        answerer: Answerer,
        moderation: Moderation,
        ears: Ears,
        changes: Changes,
        as_run: Path,
        lag: LoopLag,
        tickets: Tickets,
        goods: ListWatch,
    ) -> None:
        self._watched, self._store, self._truth = watched, store, truth
        self._stage, self._answerer, self._moderation, self._ears = stage, answerer, moderation, ears
        self._changes, self._as_run, self._lag = changes, as_run, lag
        self._tickets, self._goods = tickets, goods

    async def offer(self, sdp: str) -> tuple[str, str]:
        """Pass a viewer's offer to the process that serves viewers."""
        return await self._watched.offer(sdp)

    async def hangup(self, ident: str) -> None:
        """Pass a viewer's goodbye on."""
        await self._watched.hangup(ident)

    def snapshot(self) -> Snapshot:
        """Return the channel as it is now."""
        shown = self._watched.snapshot()
        lag = self._lag.milliseconds()["p99"]
        health = replace(shown.health, waiting=self._answerer.waiting, loop_lag=lag, **self._ears.counts)
        return replace(
            shown,
            state="panic" if self._answerer.panic and shown.state != "stopping" else shown.state,
            health=health,
            sources=(*self._ears.sources(), *self._list_in_trouble()),
            panic=self._answerer.panic,
            paused=self._answerer.paused,
            slow=self._moderation.slow,
            modes={str(intent): mode for intent, mode in self._answerer.modes.items()},
            rundown=self._stage.rundown_version,
            products=self._truth.version,
            tickets=self._tickets.version,
        )

    def _list_in_trouble(self) -> tuple[Source, ...]:
        """Return the product list as a source that fares ill, nothing while it can be read."""
        trouble = self._goods.trouble
        return (Source(PRODUCT_LIST, "list", "refused", trouble[:_MOST_DETAIL]),) if trouble else ()

    def rundown(self) -> Sequence[RundownItem]:
        """Return the parts of the loops in hand."""
        return self._stage.rundown()

    def products(self) -> Sequence[ProductRow]:
        """Return the products with what the console changed of them."""
        return self._truth.products()

    def tickets(self) -> Sequence[TicketRow]:
        """Return the tickets that wait for a person."""
        return self._tickets.rows

    def follow(self, since: int) -> AbstractAsyncContextManager[ChangeFeed]:
        """Follow the changes after number `since`."""
        return self._changes.follow(since)

    async def act(self, person: Person, act: Act) -> Outcome:
        """Do what a moderator says."""
        return await self._moderation.act(person, act)

    async def receive(self, source: str, comments: Sequence[Comment]) -> Sequence[Receipt]:
        """Take pushed comments."""
        del source  # the door has written it into them
        return await self._ears.take(comments)

    async def acts(self) -> AsyncIterator[Acted]:
        """Yield the history of moderation."""
        async for act in self._store.acts():
            yield _acted(act)

    async def as_run(self) -> AsyncIterator[bytes]:
        """Yield the as-run log as it stands on disk."""
        begin = 0
        while piece := await asyncio.to_thread(self._piece, begin):
            begin += len(piece)
            yield piece

    def _piece(self, begin: int) -> bytes:
        if not self._as_run.exists():
            return b""
        with self._as_run.open("rb") as file:
            file.seek(begin)
            return file.read(PIECE)


def changes_of(store: Store) -> Changes:
    """Return the stream of changes, which asks the store for what is no longer in memory."""

    async def older(since: int) -> tuple[list[Row], list[Acted]] | None:
        comments = await (_missed(store, since) if since else store.recent())
        if comments is None:
            return None
        return [row_of(comment) for comment in comments], [_acted(act) for act in await store.last_acts(RECENT_ACTS)]

    return Changes(seq=store.seq, older=older)


async def _missed(store: Store, since: int) -> list[StoredComment] | None:
    """Return all comments that changed after a change number, None where there are more than MOST_MISSED."""
    missed: list[StoredComment] = []
    while len(missed) < MOST_MISSED:
        page = await store.changed(since, CHANGES)
        missed += page
        if len(page) < CHANGES:
            return missed
        since = page[-1].seq
    return None


def _acted(act: StoredAct) -> Acted:
    return Acted(act.n, act.at, act.person, act.name, act.target, act.value, act.note)
