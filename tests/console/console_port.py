"""A web port on a fake channel, called as browsers and programs call it."""

import asyncio
import contextlib
import json
import socket
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect

from livestream.console.access import Access
from livestream.console.app import create_app, serve
from livestream.testing.console import FakeBackend

KEY = "k" * 32


class Served:
    """The port, and the fake behind it."""

    def __init__(self, port, backend):
        self.port, self.backend = port, backend
        self.host = f"127.0.0.1:{port}"
        self.origin = f"http://{self.host}"
        self.headers = {"Cookie": f"livestream_{port}={KEY}"}

    @asynccontextmanager
    async def console(self, since=0, **options):
        async with self.page(**options) as page:
            await page.send(json.dumps({"type": "follow", "since": since}))
            yield page

    @asynccontextmanager
    async def page(self, **options):
        options = {"max_size": None, "close_timeout": 0.2, **options}
        async with connect(
            f"ws://{self.host}/ws", origin=self.origin, additional_headers=self.headers, **options
        ) as socket_:
            yield Page(socket_)

    def program(self, source, token=None, **options):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return connect(f"ws://{self.host}/comments/{source}", additional_headers=headers, close_timeout=0.2, **options)


class Page:
    """An open console that keeps what it was told."""

    def __init__(self, socket_):
        self.socket = socket_
        self.rows = {}
        self.acts = []
        self.seq = 0

    async def send(self, text):
        await self.socket.send(text)

    async def act(self, name, target="", value="", seen=0, request=1):
        act = {"name": name, "target": target, "value": value, "seen": seen}
        await self.send(json.dumps({"type": "act", "request": request, "act": act}))
        return await self.until(lambda message: message["type"] == "done" and message["request"] == request)

    async def read(self):
        async with asyncio.timeout(10):
            message = json.loads(await self.socket.recv())
        if message["type"] == "rows":
            self.seq = message["seq"]
            self.rows.update({row["id"]: row for row in message["rows"]})
        if message["type"] == "acts":
            self.acts += message["acts"]
        return message

    async def until(self, wanted):
        """Read on until a message is as wanted, and return it."""
        while not wanted(message := await self.read()):
            pass
        return message

    async def kind(self, kind):
        return await self.until(lambda message: message["type"] == kind)

    async def closed(self):
        """Read until the other side closes, and return its code."""
        with contextlib.suppress(Exception):
            async with asyncio.timeout(10):
                while True:
                    await self.socket.recv()
        return self.socket.close_code


@asynccontextmanager
async def served(backend=None, **options):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    backend = backend or FakeBackend()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(serve(create_app(backend, Access(KEY, port), **options), listener))
        try:
            yield Served(port, backend)
        finally:
            task.cancel()
