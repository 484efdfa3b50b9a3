"""An ASGI application on a free port of loopback, for as long as a context lasts."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the loop."""
        yield


class LoopbackServer:
    """Serves its routes in the running loop: `async with Server() as server: … server.url`."""

    def __init__(self, routes: Sequence[BaseRoute], *, port: int = 0) -> None:
        self._app = Starlette(routes=list(routes))
        self._stack = AsyncExitStack()
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)  # asyncio sends at once only where it is told so
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self._server = _Server(
            uvicorn.Config(self._app, log_config=None, lifespan="off", ws="websockets-sansio", ws_ping_interval=None)
        )

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int = self._socket.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._socket.listen()
        tasks = await self._stack.enter_async_context(asyncio.TaskGroup())
        self._serving = tasks.create_task(self._server.serve(sockets=[self._socket]))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = self._server.force_exit = True
        try:
            await self._stack.__aexit__(kind, error, trace)
        finally:
            self._socket.close()
