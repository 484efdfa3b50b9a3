"""A web port on a fake channel, called as browsers and programs call it."""

import asyncio
import contextlib
import http.client
import json
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from livestream.console.backend import Role
from livestream.testing.webport import opened


class Callers:
    """Who calls the port."""

    def __init__(self, web):
        self.web = web
        self.backend, self.guard, self.port = web.backend, web.guard, web.port
        self.host, self.origin = web.host, web.origin

    @property
    def cookie(self):
        return self.web.cookie

    async def sign_in(self, role=Role.OWNER):
        return await self.web.sign_in(role)

    async def call(self, method, path, body=None, *, own=True, **headers):
        if own:
            headers = {"Cookie": self.cookie, "Origin": self.origin, **headers}
        return await asyncio.to_thread(self._call, method, path, body, headers)

    def _call(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    @asynccontextmanager
    async def console(self, since=0, **options):
        async with self.page(**options) as page:
            await page.send(json.dumps({"type": "follow", "since": since}))
            yield page

    @asynccontextmanager
    async def page(self, **options):
        options = {"max_size": None, "close_timeout": 0.2, **options}
        async with connect(
            f"ws://{self.host}/ws", origin=self.origin, additional_headers={"Cookie": self.cookie}, **options
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
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.socket.recv()
        return self.socket.close_code


@asynccontextmanager
async def served(backend=None, **options):
    """Serve a fake channel on a real port, with real accounts; the caller is signed in as its owner."""
    async with opened(backend, **options) as web, web.serving():
        yield Callers(web)
