"""The people who may use the web port, and the one-time links that let them in."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from livestream.clock import Clock
from livestream.console.backend import Person, Role
from livestream.console.problems import Problem
from livestream.console.tokens import Ticket, digest, is_token, new_ticket
from livestream.store import Store
from livestream.store.schema import accounts, links, sessions, sign_ins

LONGEST_NAME = 40
MOST_ACCOUNTS = 200


@dataclass(frozen=True, slots=True)
class Account:
    """One person as the owner sees them; `protected` says that they have a password."""

    person: Person
    protected: bool
    created: float


class Accounts:
    """The accounts of one database."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def all(self) -> list[Account]:
        """Return everybody, the oldest account first."""
        rows = select(accounts).order_by(accounts.c.created, accounts.c.id)
        return await self._store.read(lambda connection: [_account(row) for row in connection.execute(rows)])

    async def find(self, ident: str) -> Account | None:
        """Return the account with this id."""
        wanted = select(accounts).where(accounts.c.id == ident)

        def work(connection: Connection) -> Account | None:
            row = connection.execute(wanted).one_or_none()
            return None if row is None else _account(row)

        return await self._store.read(work)

    async def password_hash(self, name: str) -> tuple[Person, str] | None:
        """Return who has this name, and the hash of their password: empty where there is none."""
        wanted = select(accounts).where(accounts.c.folded == folded(name))

        def work(connection: Connection) -> tuple[Person, str] | None:
            row = connection.execute(wanted).one_or_none()
            return None if row is None else (_account(row).person, str(row.password))

        return await self._store.read(work)

    async def add(self, name: str, role: Role) -> Account:
        """Add a person, who then needs a link to come in.

        Raises:
            Problem: the name is empty, too long or taken.
        """
        name = _checked(name)
        now = self._clock.time()

        def work(connection: Connection) -> Account:
            if connection.execute(select(func.count()).select_from(accounts)).scalar_one() >= MOST_ACCOUNTS:
                raise Problem("people.problem.many")
            return _add(connection, name, role, now)

        return await self._store.write(work)

    async def set_role(self, ident: str, role: Role) -> None:
        """Change what a person may do; they sign in again.

        Raises:
            Problem: nobody would be owner any more, or there is no such person.
        """

        def work(connection: Connection) -> None:
            _keep_an_owner(connection, ident, role)
            connection.execute(update(accounts).where(accounts.c.id == ident).values(role=role.value))
            _send_out(connection, ident)

        await self._store.write(work)

    async def remove(self, ident: str) -> None:
        """Remove a person, with their sessions and links.

        Raises:
            Problem: nobody would be owner any more, or there is no such person.
        """

        def work(connection: Connection) -> None:
            _keep_an_owner(connection, ident, None)
            _send_out(connection, ident)
            connection.execute(delete(accounts).where(accounts.c.id == ident))

        await self._store.write(work)

    async def set_password(self, ident: str, hashed: str) -> None:
        """Keep the hash of a new password; whoever is signed in under the account is sent out."""

        def work(connection: Connection) -> None:
            connection.execute(update(accounts).where(accounts.c.id == ident).values(password=hashed))
            _send_out(connection, ident)

        await self._store.write(work)

    async def link_for(self, ident: str) -> str:
        """Return a new one-time token for an account.

        Raises:
            Problem: there is no such person.
        """
        ticket = new_ticket(self._clock.time())

        def work(connection: Connection) -> None:
            _known(connection, ident)
            _add_link(connection, ident, ticket)

        await self._store.write(work)
        return ticket.token

    async def link_for_role(self, role: Role = Role.OWNER) -> str:
        """Return a new one-time token for the first account of a role, made where there is none."""
        ticket = new_ticket(self._clock.time())
        await self.admit(ticket, role)
        return ticket.token

    async def admit(self, ticket: Ticket, role: Role = Role.OWNER) -> None:
        """Let a ticket in that was made elsewhere and printed already; one seen before stays as it is."""
        now = self._clock.time()
        await self._store.write(lambda connection: _admit(connection, ticket, role, now))

    async def redeem(self, ticket: str, address: str) -> Person | None:
        """Use a one-time token up; return whom it lets in, None where it is used, late or unknown."""
        if not is_token(ticket):
            return None
        now = self._clock.time()

        def work(connection: Connection) -> Person | None:
            named = links.c.digest == digest(ticket)
            found = select(accounts).join(links).where(named, links.c.expires > now)
            row = connection.execute(found).one_or_none()
            connection.execute(update(links).where(named, links.c.expires > 0.0).values(expires=-now))
            person = None if row is None else _account(row).person
            _note(connection, now, "" if person is None else person.id, "link" if person else "link refused", address)
            return person

        return await self._store.write(work)

    async def note(self, ident: str, what: str, address: str) -> None:
        """Write a sign-in, or a failed one, into the history of them."""
        await self._store.write(lambda connection: _note(connection, self._clock.time(), ident, what, address))

    async def forget(self, before: float) -> None:
        """Delete the history of sign-ins and the used links of before a Unix time."""

        def work(connection: Connection) -> None:
            connection.execute(delete(sign_ins).where(sign_ins.c.at < before))
            connection.execute(delete(links).where(func.abs(links.c.expires) < before))

        await self._store.write(work)


def _admit(connection: Connection, ticket: Ticket, role: Role, now: float) -> None:
    """Write a one-time token for the first account of a role, made where there is none.

    The used ones stay, dated by a negative `expires`: a process that starts again admits the token it
    was given once more, and that must not make it good again.
    """
    if connection.execute(select(links.c.digest).where(links.c.digest == digest(ticket.token))).first() is not None:
        return
    first = select(accounts.c.id).where(accounts.c.role == role.value).order_by(accounts.c.created, accounts.c.id)
    ident = connection.execute(first.limit(1)).scalar()
    if ident is None:
        ident = _add(connection, _free_name(connection, role), role, now).person.id
    _add_link(connection, ident, ticket)


def folded(name: str) -> str:
    """Return a name as it is compared: how it is written, spaced or capitalised makes no difference."""
    return " ".join(unicodedata.normalize("NFKC", name[:200]).casefold().split())


def _checked(name: str) -> str:
    plain = " ".join(unicodedata.normalize("NFC", name[:200]).split())
    if not plain:
        raise Problem("people.problem.empty")
    if len(plain) > LONGEST_NAME or len(folded(plain)) > 4 * LONGEST_NAME:
        raise Problem("people.problem.long", most=LONGEST_NAME)
    if any(unicodedata.category(sign)[0] == "C" for sign in plain):
        raise Problem("people.problem.unseen")
    return plain


def _add(connection: Connection, name: str, role: Role, now: float) -> Account:
    if connection.execute(select(accounts.c.id).where(accounts.c.folded == folded(name))).first() is not None:
        raise Problem("people.problem.taken")
    account = Account(Person(secrets.token_hex(8), name, role), protected=False, created=now)
    row = {
        "id": account.person.id,
        "name": name,
        "folded": folded(name),
        "role": role.value,
        "password": "",
        "created": now,
    }
    connection.execute(insert(accounts).values(row))
    return account


def _free_name(connection: Connection, role: Role) -> str:
    taken = set(connection.execute(select(accounts.c.folded)).scalars())
    names = (role.value.capitalize() + (f" {number}" if number > 1 else "") for number in range(1, MOST_ACCOUNTS + 2))
    return next(name for name in names if folded(name) not in taken)


def _add_link(connection: Connection, ident: str, ticket: Ticket) -> None:
    connection.execute(insert(links).values(digest=digest(ticket.token), account=ident, expires=ticket.until))


def _send_out(connection: Connection, ident: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.account == ident))
    connection.execute(delete(links).where(links.c.account == ident))


def _keep_an_owner(connection: Connection, ident: str, role: Role | None) -> None:
    was = _known(connection, ident)
    owners = select(func.count()).select_from(accounts).where(accounts.c.role == Role.OWNER.value)
    if was is Role.OWNER and role is not Role.OWNER and connection.execute(owners).scalar_one() == 1:
        raise Problem("people.problem.owner")


def _known(connection: Connection, ident: str) -> Role:
    role = connection.execute(select(accounts.c.role).where(accounts.c.id == ident)).scalar()
    if role is None:
        raise Problem("people.problem.gone")
    return Role(role)


def _note(connection: Connection, now: float, ident: str, what: str, address: str) -> None:
    connection.execute(insert(sign_ins).values(at=now, account=ident, what=what, address=address))


def _account(row: Any) -> Account:  # noqa: ANN401 - a row of SQLAlchemy's
    return Account(Person(row.id, row.name, Role(row.role)), protected=bool(row.password), created=row.created)
