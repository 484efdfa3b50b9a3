"""The web port of a channel: its pages, its WebSockets, WHEP signalling, pushed comments, exports, health."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import cast

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Scope
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from livestream.audience.sources.protocol import MAX_MESSAGE
from livestream.audience.sources.push import PushDoor
from livestream.clock import Clock, SystemClock
from livestream.console import exports
from livestream.console.access import Access, Gate
from livestream.console.backend import ConsoleBackend, LiveBackend, Person, Role, Snapshot
from livestream.console.hub import Hub
from livestream.console.ingest import Ingest
from livestream.console.pages import STATIC, console_page, language_of
from livestream.errors import ViewerRefused

log = logging.getLogger(__name__)

MAX_SDP = 64 * 1024
SNAPSHOT_SECONDS = 0.5
SLOW_CLIENT_SECONDS = 5.0
UNACKNOWLEDGED_SECONDS = 20.0
PING_SECONDS = 4.0
"""Between pings, and until one is missed: a peer that does not read is let go within ten seconds."""
SOCKET_BUFFER = 128 * 1024
"""Bytes the kernel holds for one connection, each way: what comes in is parsed in pieces of this size."""
GRACE_SECONDS = 2
SDP = "application/sdp"
TRY_AGAIN_LATER = 1013
_OWNER = Person("owner", "Owner", Role.OWNER)


def create_app(
    backend: ConsoleBackend,
    access: Access,
    *,
    doors: Mapping[str, PushDoor] | None = None,
    clock: Clock | None = None,
    slow_client_seconds: float = SLOW_CLIENT_SECONDS,
) -> Starlette:
    """Return the ASGI application of one channel's web port; `doors` are its pushed sources by name."""
    live = cast("LiveBackend", backend)
    views = _Views(backend, access, slow_client_seconds)
    console = Starlette(
        routes=[
            Route("/", views.watch),
            Route("/healthz", views.health),
            Route("/whep", views.offer, methods=["POST"]),
            Route("/whep/{ident}", views.hangup, methods=["DELETE"]),
            *(_live_routes(live, clock or SystemClock(), slow_client_seconds) if hasattr(backend, "follow") else ()),
            WebSocketRoute("/ws", views.follow),
            Mount("/static", _Static(directory=STATIC)),
        ],
        middleware=[Middleware(Gate, access=access)],
        exception_handlers={ViewerRefused: _refused},
    )
    ingest = Ingest(live, doors or {})
    return Starlette(
        routes=[
            WebSocketRoute("/comments/{source}", ingest.connect),
            Route("/webhooks/{source}", ingest.webhook, methods=["POST"]),
            Mount("/", console),
        ]
    )


def _live_routes(backend: LiveBackend, clock: Clock, slow_client_seconds: float) -> list[BaseRoute]:
    hub = Hub(backend, clock, slow_console_seconds=slow_client_seconds)

    async def attend(websocket: WebSocket) -> None:
        await hub.attend(websocket, lambda: _OWNER)

    async def as_run(_: Request) -> Response:
        return exports.as_run(backend)

    async def acts(_: Request) -> Response:
        return exports.acts(backend)

    return [
        WebSocketRoute("/ws", attend),
        Route("/export/as-run.jsonl", as_run),
        Route("/export/acts.csv", acts),
    ]


async def serve(app: Starlette, listener: socket.socket) -> None:
    """Serve on a bound socket until cancelled, then let open requests finish within two seconds."""
    server = _Server(
        uvicorn.Config(
            app,
            ws=_WebSocketProtocol,
            ws_max_size=MAX_MESSAGE,
            ws_ping_interval=PING_SECONDS,
            ws_ping_timeout=PING_SECONDS,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux: the kernel drops a peer that stops acknowledging
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(UNACKNOWLEDGED_SECONDS * 1000))
    for buffer in (socket.SO_SNDBUF, socket.SO_RCVBUF):  # accepted connections inherit both
        listener.setsockopt(socket.SOL_SOCKET, buffer, SOCKET_BUFFER)
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


class _WebSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, which can also be let go without waiting for what the peer has not read."""

    async def run_asgi(self) -> None:
        self.scope["state"]["abort"] = self.transport.abort
        await super().run_asgi()

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

    def __init__(self, backend: ConsoleBackend, access: Access, slow_client_seconds: float) -> None:
        self._backend = backend
        self._access = access
        self._slow_client_seconds = slow_client_seconds

    async def watch(self, request: Request) -> Response:
        """Show the page, and let a browser in that came by the printed link."""
        snapshot = self._backend.snapshot()
        language = language_of(request)
        response = console_page(title=snapshot.title or "Live", locale=snapshot.locale, language=language)
        if self._access.key_in_query(request.scope):
            self._access.grant(response)
        return response

    async def health(self, request: Request) -> Response:
        """Answer 200 while the channel is on air or about to be, else 503."""
        snapshot = self._backend.snapshot()
        healthy = snapshot.state in ("starting", "on_air")
        body = {"state": snapshot.state, "dead_air": snapshot.health.dead_air}
        return JSONResponse(body, 200 if healthy else 503)

    async def follow(self, websocket: WebSocket) -> None:
        """Send the channel's state until the page goes; a page that does not read is dropped."""
        await websocket.accept()
        try:
            async with asyncio.TaskGroup() as group:
                sending = group.create_task(self._send_snapshots(websocket))
                await _until_disconnected(websocket)
                sending.cancel()
        except* (WebSocketDisconnect, TimeoutError, OSError):
            with contextlib.suppress(RuntimeError, OSError, TimeoutError):
                async with asyncio.timeout(self._slow_client_seconds):
                    await websocket.close(TRY_AGAIN_LATER)

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

    async def _send_snapshots(self, websocket: WebSocket) -> None:
        """Send what is true now, twice a second: a client is never behind by more than one message."""
        while True:
            text = encode(self._backend.snapshot())
            async with asyncio.timeout(self._slow_client_seconds):
                await websocket.send_text(text)
            await asyncio.sleep(SNAPSHOT_SECONDS)


def encode(snapshot: Snapshot) -> str:
    """Return the snapshot as the page reads it."""
    return json.dumps(asdict(snapshot), ensure_ascii=False, separators=(",", ":"))


async def _until_disconnected(websocket: WebSocket) -> None:
    while True:
        message: Message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return


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
