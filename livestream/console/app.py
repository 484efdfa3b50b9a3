"""The web port of a channel: its pages, its WebSockets, WHEP signalling, pushed comments, exports, health."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Mapping
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope
from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from livestream.audience.sources.protocol import MAX_MESSAGE
from livestream.audience.sources.push import PushDoor
from livestream.clock import Clock, SystemClock
from livestream.console import exports
from livestream.console.backend import LiveBackend
from livestream.console.gate import Gate, Guard, signed_in
from livestream.console.hub import SLOW_CONSOLE_SECONDS, Hub
from livestream.console.ingest import Ingest
from livestream.console.pages import STATIC, console_page, language_of
from livestream.console.signin import sign_in_routes
from livestream.console.texts import LANGUAGES
from livestream.errors import ViewerRefused

MAX_SDP = 64 * 1024
UNACKNOWLEDGED_SECONDS = 20.0
PING_SECONDS, PONG_SECONDS = 3.0, 4.0
"""Between pings, and until an answer is missed: a peer that does not read is let go within ten seconds."""
SOCKET_BUFFER = 128 * 1024
"""Bytes the kernel holds for one connection, each way: what comes in is parsed in pieces of this size."""
WRITE_AT_ONCE = 64 * 1024
"""Bytes written to one connection in one turn of the loop that are sent before the turn ends."""
READ_AHEAD = 16
"""Messages of one connection that are read before the application asks for them."""
GRACE_SECONDS = 2
SDP = "application/sdp"


def create_app(
    backend: LiveBackend,
    guard: Guard,
    *,
    doors: Mapping[str, PushDoor] | None = None,
    clock: Clock | None = None,
    slow_console_seconds: float = SLOW_CONSOLE_SECONDS,
) -> Starlette:
    """Return the ASGI application of one channel's web port; `doors` are its pushed sources by name."""
    hub = Hub(backend, clock or SystemClock(), slow_console_seconds=slow_console_seconds)
    ingest = Ingest(backend, doors or {})
    views = _Views(backend, guard, hub)
    return Starlette(
        routes=[
            Route("/", views.console),
            Route("/healthz", views.health),
            WebSocketRoute("/ws", views.follow),
            Route("/whep", views.offer, methods=["POST"]),
            Route("/whep/{ident}", views.hangup, methods=["DELETE"]),
            Route("/export/as-run.jsonl", views.as_run),
            Route("/export/acts.csv", views.acts),
            WebSocketRoute("/comments/{source}", ingest.connect),
            Route("/webhooks/{source}", ingest.webhook, methods=["POST"]),
            *sign_in_routes(guard),
            Mount("/static", _Static(directory=STATIC)),
        ],
        middleware=[Middleware(Gate, guard=guard)],
        exception_handlers={ViewerRefused: _refused},
    )


async def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Serve on a bound socket until cancelled, then let open requests finish within two seconds."""
    server = _Server(
        uvicorn.Config(
            app,
            ws=_WebSocketProtocol,
            ws_max_size=MAX_MESSAGE,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PONG_SECONDS,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # `WebPort.address` reads them, where there is a proxy
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: the kernel drops a peer that stops acknowledging
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(UNACKNOWLEDGED_SECONDS * 1000))
    try:
        await server.serve(sockets=[listener])
    finally:
        if not server.should_exit and server.started:
            await server.shutdown(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the process that runs the channel has its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Gathered:
    """A transport that sends what is written in one turn of the loop together.

    A system call lets go of the interpreter, and under load it takes milliseconds to get it back.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        if not self._pieces:
            self._loop.call_soon(self._send)
        self._pieces.append(data)
        self._size += len(data)
        if self._size >= WRITE_AT_ONCE:
            self._send()

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._pieces and not self._transport.is_closing():
            self._transport.write(b"".join(self._pieces))
        self._pieces, self._size = [], 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the transport's own
        return getattr(self._transport, name)


class _WebSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, which can also be let go without waiting for what the peer has not read."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        for buffer in (socket.SO_SNDBUF, socket.SO_RCVBUF):  # else the kernel takes megabytes for who does not read
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, buffer, SOCKET_BUFFER)
        super().connection_made(cast("asyncio.Transport", _Gathered(cast("asyncio.Transport", transport), self.loop)))

    async def run_asgi(self) -> None:
        self.scope["state"]["abort"] = self.transport.abort
        await super().run_asgi()

    def data_received(self, data: bytes) -> None:
        """Read on while the application keeps up: stopping and starting for each message costs two system calls."""
        self.read_paused = True  # or the message would stop it
        super().data_received(data)
        self.read_paused = self.queue.qsize() >= READ_AHEAD
        if self.read_paused:
            self.transport.pause_reading()

    def start_keepalive(self) -> None:
        if self.scope["path"].startswith("/comments/"):  # a pong may lie behind much that we have yet to read
            self.ping_timeout = None
        super().start_keepalive()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()


class _Static(StaticFiles):
    """Static files that a browser keeps but asks about again, so that an update shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


class _Views:
    """The handlers, bound to one channel."""

    def __init__(self, backend: LiveBackend, guard: Guard, hub: Hub) -> None:
        self._backend = backend
        self._guard = guard
        self._hub = hub

    async def console(self, request: Request) -> Response:
        """Show the page to moderate in."""
        snapshot = self._backend.snapshot()
        return console_page(title=snapshot.title or "Live", locale=snapshot.locale, language=language_of(request))

    async def health(self, request: Request) -> Response:
        """Answer 200 while the channel is on air or about to be, else 503."""
        snapshot = self._backend.snapshot()
        healthy = snapshot.state in ("starting", "on_air", "panic")
        body = {"state": snapshot.state, "dead_air": snapshot.health.dead_air}
        return JSONResponse(body, 200 if healthy else 503)

    async def follow(self, websocket: WebSocket) -> None:
        """Serve one open page for as long as its session lasts."""
        async with self._guard.sessions.attended(signed_in(websocket)) as present:
            await self._hub.attend(websocket, present, languages=tuple(LANGUAGES))

    async def as_run(self, request: Request) -> Response:
        """Give the as-run log out."""
        return exports.as_run(self._backend)

    async def acts(self, request: Request) -> Response:
        """Give the history of moderation out."""
        return exports.acts(self._backend)

    async def offer(self, request: Request) -> Response:
        """Exchange a viewer's offer for an answer (WHEP, draft-ietf-wish-whep)."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != SDP:
            raise HTTPException(415, f"An offer is of type {SDP}.")
        ident, answer = await self._backend.offer(await _bounded_text(request))
        return Response(answer, 201, {"Location": f"/whep/{ident}", "ETag": f'"{ident}"'}, SDP)

    async def hangup(self, request: Request) -> Response:
        """End a viewer's session. PATCH is answered 405: candidates are neither trickled nor restarted."""
        await self._backend.hangup(request.path_params["ident"])
        return Response(status_code=200)


async def _bounded_text(request: Request) -> str:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_SDP:
            raise HTTPException(413, f"An offer is at most {MAX_SDP} bytes long.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, "An offer is UTF-8 text.") from error


async def _refused(request: Request, refusal: Exception) -> Response:
    status = refusal.status if isinstance(refusal, ViewerRefused) else 500
    headers = {"Retry-After": "5"} if status == 503 else None
    return PlainTextResponse(str(refusal), status, headers)
