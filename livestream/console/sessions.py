"""Who is signed in: server-side sessions, of which the browser has only a random id."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from livestream.clock import Clock
from livestream.console.backend import Person, Role
from livestream.console.tokens import digest, is_token, new_token
from livestream.errors import StoreError
from livestream.store import Store
from livestream.store.schema import accounts, sessions, sign_ins

IDLE_SECONDS = 30 * 60.0
"""A session of which nothing was heard for so long is over. An open page counts as heard of."""
LONGEST_SECONDS = 12 * 3600.0
TOUCH_SECONDS = 60.0
"""How often it is written down that a session is in use."""
FRESH_SECONDS = 0.5
"""For how long an answer of the database is believed: what is revoked, in any process, ends a second later."""
MOST_A_PERSON = 20
"""Sessions a person may have at once; the oldest goes."""
MOST_KEPT = 1_000


How = Literal["link", "password"]
Present = Callable[[], Person | None]
"""Who is signed in on a connection by now; None once the session is over."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that is good now. `how` says what opened it, `csrf` is what the forms of its pages carry."""

    person: Person
    token: str = field(repr=False)
    how: How
    csrf: str = field(repr=False)

    def right_csrf(self, given: str) -> bool:
        """Whether a form came from one of our pages in this session."""
        return secrets.compare_digest(given.encode("utf-8", "replace"), self.csrf.encode())


class Sessions:
    """The sessions of one database."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._believed: dict[str, tuple[SignedIn, float]] = {}
        self._touched: dict[str, float] = {}

    async def start(self, person: Person, how: How, address: str, *, instead_of: str = "") -> SignedIn:
        """Begin a session with a new id; one that the browser had before is ended."""
        token = new_token()
        now = self._clock.time()

        def work(connection: Connection) -> None:
            mine = sessions.c.account == person.id
            kept = select(sessions.c.digest).where(mine).order_by(sessions.c.created.desc()).limit(MOST_A_PERSON - 1)
            keep = list(connection.execute(kept).scalars())
            connection.execute(delete(sessions).where(mine, sessions.c.digest.not_in(keep)))
            connection.execute(delete(sessions).where(sessions.c.digest == digest(instead_of)))
            connection.execute(delete(sessions).where(_over(now)))
            row = {"digest": digest(token), "account": person.id, "how": how, "created": now, "seen": now}
            connection.execute(insert(sessions).values(row))
            connection.execute(insert(sign_ins).values(at=now, account=person.id, what=how, address=address))

        await self._store.write(work)
        self._believed.pop(digest(instead_of), None)
        return SignedIn(person, token, how, _csrf(token))

    async def find(self, token: str) -> SignedIn | None:
        """Return the session with this id, None where there is none or it is over.

        Raises:
            StoreError: the database cannot be read.
        """
        if not is_token(token):
            return None
        key = digest(token)
        now = self._clock.monotonic()
        believed = self._believed.get(key)
        if believed is not None and now < believed[1]:
            return believed[0]
        found = await self._read(token, key)
        if found is None:
            self._believed.pop(key, None)
            return None
        if len(self._believed) >= MOST_KEPT:
            self._believed.clear()
            self._touched.clear()
        self._believed[key] = (found, now + FRESH_SECONDS)
        if now - self._touched.get(key, float("-inf")) >= TOUCH_SECONDS:
            self._touched[key] = now
            await self._touch(key)
        return found

    @asynccontextmanager
    async def attended(self, signed_in: SignedIn) -> AsyncIterator[Present]:
        """Give what tells, at any moment, who is signed in; for what stays open, such as a WebSocket.

        It tells within two seconds that a session was revoked or a role changed. An open page counts
        as use: who has the console open is not signed out for reading only.
        """
        now = [signed_in.person]
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(self._watch(signed_in, now))
            try:
                yield lambda: now[0] if now else None
            finally:
                watching.cancel()

    async def _watch(self, signed_in: SignedIn, now: list[Person]) -> None:
        while now:
            await self._clock.sleep_until(self._clock.monotonic() + FRESH_SECONDS)
            with contextlib.suppress(StoreError):  # a database that is away signs nobody out
                found = await self.find(signed_in.token)
                now[:] = [] if found is None else [found.person]

    async def end(self, signed_in: SignedIn, address: str) -> None:
        """Sign out."""
        now = self._clock.time()

        def work(connection: Connection) -> None:
            connection.execute(delete(sessions).where(sessions.c.digest == digest(signed_in.token)))
            connection.execute(
                insert(sign_ins).values(at=now, account=signed_in.person.id, what="out", address=address)
            )

        await self._store.write(work)
        self._believed.pop(digest(signed_in.token), None)

    async def end_all(self, ident: str, *, but: str = "") -> None:
        """Sign a person out everywhere, but for the session with the id `but`."""
        theirs = (sessions.c.account == ident) & (sessions.c.digest != digest(but))
        await self._store.write(lambda connection: connection.execute(delete(sessions).where(theirs)))
        self._believed.clear()

    async def count(self, ident: str) -> int:
        """Return in how many browsers a person is signed in."""
        theirs = select(sessions.c.digest).where(sessions.c.account == ident, ~_over(self._clock.time()))
        return await self._store.read(lambda connection: len(connection.execute(theirs).all()))

    async def _read(self, token: str, key: str) -> SignedIn | None:
        now = self._clock.time()
        wanted = select(accounts.c.id, accounts.c.name, accounts.c.role, sessions.c.how).join(sessions)
        wanted = wanted.where(sessions.c.digest == key, ~_over(now))

        def work(connection: Connection) -> SignedIn | None:
            row = connection.execute(wanted).one_or_none()
            if row is None:
                return None
            return SignedIn(Person(row.id, row.name, Role(row.role)), token, row.how, _csrf(token))

        return await self._store.read(work)

    async def _touch(self, key: str) -> None:
        now = self._clock.time()
        theirs = update(sessions).where(sessions.c.digest == key).values(seen=now)
        try:
            await self._store.write(lambda connection: connection.execute(theirs))
        except StoreError:  # a full disk signs nobody out
            self._touched.pop(key, None)


def _over(now: float) -> ColumnElement[bool]:
    return (sessions.c.seen <= now - IDLE_SECONDS) | (sessions.c.created <= now - LONGEST_SECONDS)


def _csrf(token: str) -> str:
    made = hmac.new(token.encode(), b"livestream form", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
