"""The store of one channel: durable writes, and reads off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, delete, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from livestream.clock import Clock
from livestream.store.database import connect, translated
from livestream.store.ledger import LISTED, read_comment, storable
from livestream.store.records import (
    AddTicket,
    CloseTicket,
    Committed,
    ReopenTicket,
    StoredAct,
    StoredComment,
    Ticket,
    WaitingTicket,
    Write,
)
from livestream.store.schema import acts, comments, state, tickets
from livestream.store.writer import Writer

OPEN_STATES = ("held", "planned", "queued", "on_air")
"""Comments that somebody or something has yet to deal with."""
MOST_OPEN = 1_000
PAGE = 500
"""Rows read, or purged, at once."""
T = TypeVar("T")


class Store:
    """One channel's database; `async with` or `close` ends it. Made on any thread, used from event loops."""

    def __init__(self, engine: Engine, channel: str, clock: Clock) -> None:
        self._engine = engine
        self._channel = channel
        self._writer = Writer(engine, channel, clock)
        self._readers = ThreadPoolExecutor(1, "store-reader")
        self.ticket_changes = 0  # how often tickets were added, closed or deleted here: whoever lists them looks again

    @classmethod
    def open(cls, target: Path | str, clock: Clock, *, channel: str = "main") -> Self:
        """Open a database, made and brought up to date where needed; blocks for some 10 to 500 ms.

        `target` is a file for SQLite, or an address such as `postgresql+psycopg://…`.

        Raises:
            StoreError: it cannot be opened, is no database, or was written by a newer version.
        """
        engine = connect(target)
        try:
            return cls(engine, channel, clock)
        except SQLAlchemyError as error:
            engine.dispose()
            raise translated(error, engine) from error

    def close(self) -> None:
        """Write what waits, then close."""
        self._writer.close()
        self._readers.shutdown()
        self._engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)

    @property
    def backlog(self) -> int:
        """How many rows wait to be written; beyond 20,000 writers wait for room."""
        return self._writer.backlog

    @property
    def seq(self) -> int:
        """The number of the last change that is durable."""
        return self._writer.seq

    async def commit(self, *writes: Write) -> Committed:
        """Write all of it or nothing; it is durable when this returns, even if the process is killed then.

        Raises:
            StoreError: nothing was written; `retryable` says whether it may succeed later.
        """
        done: Committed = await self._writer.commit(writes)
        self.ticket_changes += any(isinstance(write, AddTicket | CloseTicket | ReopenTicket) for write in writes)
        return done

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a transaction of the writer's thread; durable when this returns.

        It may be run again where the database was locked, and must not wait for anything.

        Raises:
            StoreError: nothing was written.
        """
        result: T = await self._writer.commit(work)
        return result

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Do `work`, which only reads, off the event loop.

        Raises:
            StoreError: it could not be read.
        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def recent(self, limit: int = 200) -> list[StoredComment]:
        """Return the last comments to come in and all open or pinned ones, by change number."""

        def work(connection: Connection) -> list[StoredComment]:
            ours = select(*LISTED).where(comments.c.channel == self._channel)
            waiting = ours.where(or_(comments.c.state.in_(OPEN_STATES), comments.c.pinned))
            rows = [
                *connection.execute(ours.order_by(comments.c.id.desc()).limit(limit)),
                *connection.execute(waiting.order_by(comments.c.id.desc()).limit(MOST_OPEN)),
            ]
            return [read_comment(row) for row in sorted({row.seq: row for row in rows}.values(), key=_seq)]

        return await self.read(work)

    async def changed(self, since: int, limit: int = 1_000) -> list[StoredComment]:
        """Return the comments whose last change is later than change number `since`, oldest change first."""
        wanted = select(*LISTED).where(comments.c.channel == self._channel, comments.c.seq > since)
        rows = wanted.order_by(comments.c.seq).limit(limit)
        return await self.read(lambda connection: [read_comment(row) for row in connection.execute(rows)])

    async def comment(self, key: str) -> StoredComment | None:
        """Return one comment by its key."""
        wanted = select(*LISTED).where(comments.c.channel == self._channel, comments.c.key == storable(key))

        def work(connection: Connection) -> StoredComment | None:
            row = connection.execute(wanted).one_or_none()
            return None if row is None else read_comment(row)

        return await self.read(work)

    async def evidence(self, key: str) -> str | None:
        """Return what a viewer wrote as it came, or None where there is no such comment."""
        wanted = select(comments.c.raw).where(comments.c.channel == self._channel, comments.c.key == storable(key))
        raw = await self.read(lambda connection: connection.execute(wanted).scalar())
        return None if raw is None else bytes(raw).decode("utf-8", "surrogatepass")

    async def count(self) -> int:
        """Return how many comments are stored."""
        wanted = select(func.count()).select_from(comments).where(comments.c.channel == self._channel)
        return await self.read(lambda connection: connection.execute(wanted).scalar_one())

    async def acts(self, after: int = 0) -> AsyncIterator[StoredAct]:
        """Yield the acts numbered higher than `after`, oldest first, read in pages."""
        columns = [column for column in acts.columns if column.name != "channel"]
        while True:
            wanted = select(*columns).where(acts.c.channel == self._channel, acts.c.n > after)
            page = wanted.order_by(acts.c.n).limit(PAGE)
            found = await self.read(lambda connection, page=page: connection.execute(page).all())  # type: ignore[misc]
            for row in found:
                yield StoredAct(**row._mapping)
            if len(found) < PAGE:
                return
            after = found[-1].n

    async def last_acts(self, limit: int = 50) -> list[StoredAct]:
        """Return the last acts, the oldest of them first."""
        columns = [column for column in acts.columns if column.name != "channel"]
        newest = select(*columns).where(acts.c.channel == self._channel).order_by(acts.c.n.desc()).limit(limit)
        found = await self.read(lambda connection: connection.execute(newest).all())
        return [StoredAct(**row._mapping) for row in reversed(found)]

    async def act(self, n: int) -> StoredAct | None:
        """Return one act by its number."""
        async for found in self.acts(n - 1):
            return found if found.n == n else None
        return None

    async def tickets(self, *, closed: bool = False) -> list[Ticket]:
        """Return the tickets that wait for a person, oldest first; with `closed` all of them."""
        columns = [column for column in tickets.columns if column.name != "channel"]
        wanted = select(*columns).where(tickets.c.channel == self._channel)
        if not closed:
            wanted = wanted.where(tickets.c.closed_by == "")
        rows = wanted.order_by(tickets.c.n)
        return await self.read(lambda connection: [Ticket(**row._mapping) for row in connection.execute(rows)])

    async def waiting_tickets(self, limit: int = 100) -> list[WaitingTicket]:
        """Return the tickets that wait for a person with the comments they are about, the oldest first."""
        about = (comments.c.channel == tickets.c.channel) & (comments.c.key == tickets.c.comment)
        columns = [column for column in tickets.columns if column.name not in ("channel", "closed_by")]
        said = [func.coalesce(column, "").label(column.name) for column in (comments.c.name, comments.c.text)]
        wanted = select(*columns, *said).join_from(tickets, comments, about, isouter=True)
        rows = wanted.where(tickets.c.channel == self._channel, tickets.c.closed_by == "").order_by(tickets.c.n)
        return await self.read(
            lambda connection: [WaitingTicket(**row._mapping) for row in connection.execute(rows.limit(limit))]
        )

    async def state(self, prefix: str = "") -> dict[str, Any]:
        """Return the kept values whose keys begin with `prefix`."""
        wanted = select(state.c.key, state.c.value).where(state.c.channel == self._channel)
        rows = wanted.where(state.c.key.startswith(prefix, autoescape=True))
        return await self.read(lambda connection: {row.key: row.value for row in connection.execute(rows)})

    async def purge(self, before: float) -> int:
        """Delete what was stored before a Unix time, but not what is kept as evidence; return how many."""
        return await self._purge(comments.c.stored < before)

    async def purge_user(self, platform: str, user: str) -> int:
        """Delete what a viewer wrote, but not what is kept as evidence; return how many."""
        return await self._purge((comments.c.platform == storable(platform)) & (comments.c.user == storable(user)))

    async def _purge(self, which: Any) -> int:  # noqa: ANN401 - a condition of SQLAlchemy's
        gone = select(comments.c.id, comments.c.key).where(
            comments.c.channel == self._channel, comments.c.evidence.is_(False), which
        )

        def work(connection: Connection) -> int:
            self._writer.ledger.keep_high_water(connection)
            rows = connection.execute(gone.limit(PAGE)).all()
            keys = [row.key for row in rows]
            connection.execute(delete(tickets).where(tickets.c.channel == self._channel, tickets.c.comment.in_(keys)))
            connection.execute(delete(comments).where(comments.c.id.in_([row.id for row in rows])))
            return len(rows)

        total = 0
        while some := await self.write(work):  # in portions: others write in between
            total += some
        self.ticket_changes += total > 0
        if total and self._engine.dialect.name == "sqlite":
            await self.read(_empty_log)
        return total

    def _read(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._engine.connect() as connection:
                return work(connection)
        except SQLAlchemyError as error:
            raise translated(error, self._engine) from error


def _empty_log(connection: Connection) -> None:
    """Overwrite SQLite's write-ahead log, which still holds what was purged."""
    connection.rollback()
    connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _seq(row: Any) -> int:  # noqa: ANN401 - a row of SQLAlchemy's
    number: int = row.seq
    return number
