"""The console's page on a fake channel, without accounts: `async with staged(evening()) as stage`.

The page, its scripts, its policy and the WebSocket are the product's own; who is signed in is said
by `stage.person`, and `stage.cut()` loses all links, as a restarting web port does.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from livestream.clock import SystemClock
from livestream.console.app import serve
from livestream.console.backend import Person, Role
from livestream.console.gate import SECURITY_HEADERS
from livestream.console.hub import Hub
from livestream.console.pages import STATIC, console_page, language_of
from livestream.testing.console import FakeBackend

SERVICE_RESTART = 1012


class Stage:
    """The server of one channel's page; with `person` None all are signed out."""

    def __init__(self, backend: FakeBackend, port: int) -> None:
        self.backend = backend
        self.link = f"http://127.0.0.1:{port}/"
        self.person: Person | None = Person("p-1", "Sam", Role.MODERATOR)
        self._hub = Hub(backend, SystemClock())
        self._open: set[WebSocket] = set()

    def app(self) -> ASGIApp:
        """Return the ASGI application."""
        routes = [
            Route("/", self._page),
            Route("/whep", _no_picture, methods=["POST"]),
            WebSocketRoute("/ws", self._follow),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
        return _with_headers(Starlette(routes=routes))

    async def cut(self) -> None:
        """Lose every link."""
        for websocket in tuple(self._open):
            await websocket.close(SERVICE_RESTART)

    async def _page(self, request: Request) -> Response:
        if self.person is None:
            return PlainTextResponse("Sign in first.", 401)
        shown = self.backend.snapshot()
        return console_page(title=shown.title, locale=shown.locale, language=language_of(request))

    async def _follow(self, websocket: WebSocket) -> None:
        self._open.add(websocket)
        try:
            await self._hub.attend(websocket, lambda: self.person)
        finally:
            self._open.discard(websocket)


@asynccontextmanager
async def staged(backend: FakeBackend) -> AsyncIterator[Stage]:
    """Serve the page on a free port of loopback."""
    listener = socket.create_server(("127.0.0.1", 0))
    stage = Stage(backend, listener.getsockname()[1])
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(serve(stage.app(), listener))
        try:
            yield stage
        finally:
            serving.cancel()


async def _no_picture(_: Request) -> Response:
    return PlainTextResponse("There is no picture on this stage.", 503)


def _with_headers(app: ASGIApp) -> ASGIApp:
    async def with_headers(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        await app(scope, receive, sending)

    return with_headers
