"""A web port on a fake channel with real accounts: `async with served(FakeBackend()) as web`."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from livestream.clock import SystemClock
from livestream.console.app import create_app, serve
from livestream.console.backend import LiveBackend, Role
from livestream.console.gate import Guard
from livestream.console.sessions import SignedIn
from livestream.console.webport import WebPort
from livestream.store import Store
from livestream.testing.console import FakeBackend


@dataclass
class Served:
    """The port, the fake behind it, and the cookie of the one who is signed in: its owner, at first."""

    backend: Any
    guard: Guard
    database: Path
    listener: socket.socket
    options: dict[str, Any] = field(default_factory=dict)
    cookie: str = ""

    @property
    def port(self) -> int:
        """The number of the port."""
        return self.guard.port.port

    @property
    def host(self) -> str:
        """What a Host header says."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """What a browser calls the origin of its pages."""
        return f"http://{self.host}"

    async def sign_in(self, role: Role = Role.OWNER) -> SignedIn:
        """Sign in the first account of a role, made where there is none."""
        person = await self.guard.accounts.redeem(await self.guard.accounts.link_for_role(role), "")
        if person is None:
            raise AssertionError("a fresh ticket was refused")
        session = await self.guard.sessions.start(person, "link", "")
        self.cookie = f"{self.guard.port.cookie(self.host)}={session.token}"
        return session

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serve for as long as the context lasts; another time on the same port, as after a restart."""
        app = create_app(self.backend, self.guard, **self.options)
        with self.listener.dup() as listener:
            async with asyncio.TaskGroup() as group:
                task = group.create_task(serve(app, listener))
                try:
                    yield
                finally:
                    task.cancel()


@asynccontextmanager
async def opened(backend: LiveBackend | None = None, **options: Any) -> AsyncIterator[Served]:  # noqa: ANN401
    """Open a port that is not served yet; `options` as `create_app`'s."""
    clock = SystemClock()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        database = Path(folder) / "store.sqlite"
        database.write_bytes(_new_database())
        async with Store.open(database, clock) as store:
            guard = Guard.of(store, WebPort(listener.getsockname()[1]), clock)
            web = Served(backend or FakeBackend(), guard, database, listener, options)
            await web.sign_in()
            yield web
            guard.close()


@asynccontextmanager
async def served(backend: LiveBackend | None = None, **options: Any) -> AsyncIterator[Served]:  # noqa: ANN401
    """Serve a fake channel on a port of loopback; `options` as `create_app`'s."""
    async with opened(backend, **options) as web, web.serving():
        yield web


@cache
def _new_database() -> bytes:
    """Return a database that nobody has used yet: making one takes a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        Store.open(path, SystemClock()).close()
        return path.read_bytes()
