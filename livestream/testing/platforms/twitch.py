"""A Twitch of one's own: EventSub over WebSocket, the Helix calls around it, and the token endpoints.

Written from dev.twitch.tv ("Getting Events Using WebSockets", "WebSocket Messages", "Send Chat
Message", "Create EventSub Subscription", "Validating Tokens", "Refreshing Access Tokens").
"""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from livestream.testing.platforms.loopback import LoopbackServer

CLIENT = "client-id-of-the-app"
READ, WRITE = "user:read:chat", "user:write:chat"


@dataclass
class _Session:
    id: str
    socket: WebSocket
    subscriptions: list[dict[str, Any]] = field(default_factory=list)
    silent: bool = False
    quiet: asyncio.Event = field(default_factory=asyncio.Event)


class TwitchServer(LoopbackServer):
    """One broadcaster, one bot user; knows which tokens are good and keeps what was posted.

    `keepalive` is in seconds; `unused` is how long a connection may live without a subscription.
    """

    def __init__(self, *, broadcaster: str = "my_shop", keepalive: int = 10, unused: float = 10.0) -> None:
        self.tokens: dict[str, list[str]] = {"good-token": [READ, WRITE]}
        self.refresh_tokens: set[str] = set()
        self.posted: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.connections = 0
        self.inbound = 0
        self.limited = 0
        self.drop_reason = ""
        self._broadcaster = broadcaster
        self._keepalive = keepalive
        self._unused = unused
        self._sessions: dict[str, _Session] = {}
        self._current: _Session | None = None
        self._numbers = itertools.count(1)
        self._changed = asyncio.Condition()
        super().__init__(
            [
                Route("/oauth2/validate", self._validate),
                Route("/oauth2/token", self._refresh, methods=["POST"]),
                Route("/helix/users", self._users),
                Route("/helix/eventsub/subscriptions", self._subscribe, methods=["POST"]),
                Route("/helix/chat/messages", self._post, methods=["POST"]),
                WebSocketRoute("/ws", self._connect),
            ]
        )

    # what tests order

    async def subscribed(self, connections: int = 1) -> None:
        """Return when so many connections were made and the newest one has its subscription."""
        async with self._changed:
            await self._changed.wait_for(
                lambda: (
                    self.connections >= connections and self._current is not None and bool(self._current.subscriptions)
                )
            )

    async def say(self, text: str, *, user: str = "77", name: str = "Ann", times: int = 1, **more: object) -> str:
        """Send a chat message, more than once where Twitch is unsure that it arrived; return its id."""
        number = next(self._numbers)
        event = {
            "broadcaster_user_id": "1",
            "broadcaster_user_login": self._broadcaster,
            "broadcaster_user_name": self._broadcaster,
            "chatter_user_id": user,
            "chatter_user_login": name.lower(),
            "chatter_user_name": name,
            "message_id": f"chat-{number}",
            "message": {"text": text, "fragments": [{"type": "text", "text": text}]},
            "color": "#00FF7F",
            "badges": [{"set_id": "subscriber", "id": "3", "info": "3"}],
            "message_type": "text",
            "cheer": None,
            "reply": None,
            **more,
        }
        session = self._now()
        payload = {"subscription": session.subscriptions[0], "event": event}
        message = self._message("notification", payload)
        for _ in range(times):
            await session.socket.send_json(message)
        return f"chat-{number}"

    async def reconnect(self, host: str = "") -> None:
        """Ask the client to move to another connection; the old one goes on until it closes it."""
        session = self._now()
        url = f"ws://{host or f'127.0.0.1:{self.port}'}/ws?reconnect={session.id}"
        told = {"id": session.id, "status": "reconnecting", "keepalive_timeout_seconds": None, "reconnect_url": url}
        await session.socket.send_json(self._message("session_reconnect", {"session": told}))

    async def revoke(self, status: str) -> None:
        """Revoke the subscription."""
        session = self._now()
        subscription = {**session.subscriptions.pop(), "status": status}
        await session.socket.send_json(self._message("revocation", {"subscription": subscription}))

    async def drop(self, code: int = 4000) -> None:
        """Close the connection: 4000 internal error, 4005 network timeout, 4006 network error."""
        session, self._current = self._now(), None
        await session.socket.close(code)

    def fall_silent(self) -> None:
        """Send no more keepalives, and do not close."""
        self._now().silent = True

    def _now(self) -> _Session:
        if self._current is None:
            raise AssertionError("nobody is connected")
        return self._current

    # the token endpoints

    def _user(self, request: Request, scheme: str) -> list[str] | None:
        given, _, token = request.headers.get("authorization", "").partition(" ")
        return self.tokens.get(token) if given == scheme else None

    async def _validate(self, request: Request) -> Response:
        self.calls.append("validate")
        scopes = self._user(request, "OAuth")
        if scopes is None:
            return _failed(401, "invalid access token")
        told = {"client_id": CLIENT, "login": "my_bot", "scopes": scopes, "user_id": "9", "expires_in": 14_000}
        return JSONResponse(told)

    async def _refresh(self, request: Request) -> Response:
        self.calls.append("refresh")
        form = dict(parse_qsl((await request.body()).decode()))
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") not in self.refresh_tokens:
            return _failed(400, "Invalid refresh token")
        number = next(self._numbers)
        self.refresh_tokens = {f"refresh-{number}"}  # a public client's refresh token is good once
        self.tokens = {f"access-{number}": [READ, WRITE]}
        told = {"access_token": f"access-{number}", "refresh_token": f"refresh-{number}", "token_type": "bearer"}
        return JSONResponse(told | {"expires_in": 14_000, "scope": [READ, WRITE]})

    # Helix

    def _refusal(self, request: Request, call: str, scope: str = "") -> Response | None:
        self.calls.append(call)
        if self.limited:
            self.limited -= 1
            headers = {
                "Ratelimit-Limit": "800",
                "Ratelimit-Remaining": "0",
                "Ratelimit-Reset": f"{time.time() + 20:.0f}",
            }
            return _failed(429, "Too Many Requests", headers)
        scopes = self._user(request, "Bearer")
        if scopes is None:
            return _failed(401, "Invalid OAuth token")
        if request.headers.get("client-id") != CLIENT:
            return _failed(401, "Client ID and OAuth token do not match")
        return _failed(403, "subscription missing proper authorization") if scope and scope not in scopes else None

    async def _users(self, request: Request) -> Response:
        if refusal := self._refusal(request, "users"):
            return refusal
        found = request.query_params.get("login") == self._broadcaster
        return JSONResponse({"data": [{"id": "1", "login": self._broadcaster}] if found else []})

    async def _subscribe(self, request: Request) -> Response:
        if refusal := self._refusal(request, "subscribe", READ):
            return refusal
        asked = await request.json()
        session = self._sessions.get(asked["transport"].get("session_id", ""))
        if asked["transport"].get("method") != "websocket" or session is None:
            return _failed(400, "websocket transport session does not exist or has already disconnected")
        wanted = ("channel.chat.message", "1", {"broadcaster_user_id": "1", "user_id": "9"})
        if (asked["type"], asked["version"], asked["condition"]) != wanted:
            return _failed(400, "invalid subscription type, version or condition")
        if session.subscriptions:
            return _failed(409, "subscription already exists")
        subscription = {**asked, "id": f"sub-{next(self._numbers)}", "status": "enabled", "cost": 0}
        session.subscriptions.append({**subscription, "created_at": _stamp()})
        session.quiet.set()
        await self._tell()
        body = {"data": session.subscriptions, "total": 1, "total_cost": 0, "max_total_cost": 10}
        return JSONResponse(body, status_code=202)

    async def _post(self, request: Request) -> Response:
        if refusal := self._refusal(request, "post", WRITE):
            return refusal
        asked = await request.json()
        if asked["broadcaster_id"] != "1" or asked["sender_id"] != "9" or not 0 < len(asked["message"]) <= 500:
            return _failed(400, "the message is empty or too long, or an id is wrong")
        id_ = f"chat-{next(self._numbers)}"
        reason = {"code": "msg_rejected", "message": self.drop_reason} if self.drop_reason else None
        if reason is None:
            self.posted.append(asked)
            await self.say(asked["message"], user="9", name="my_bot", message_id=id_)
        return JSONResponse({"data": [{"message_id": id_, "is_sent": reason is None, "drop_reason": reason}]})

    # EventSub

    async def _connect(self, socket: WebSocket) -> None:
        await socket.accept()
        before = self._sessions.get(socket.query_params.get("reconnect", ""))
        session = _Session(f"session-{next(self._numbers)}", socket, before.subscriptions if before else [])
        self._sessions[session.id] = session
        told = {
            "id": session.id,
            "status": "connected",
            "connected_at": _stamp(),
            "keepalive_timeout_seconds": self._keepalive,
            "reconnect_url": None,
        }
        await socket.send_json(self._message("session_welcome", {"session": told}))
        self._current = session
        self.connections += 1
        await self._tell()
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(self._keep(session))
            try:
                await socket.receive_text()
                self.inbound += 1
                await socket.close(4001)  # the client sent inbound traffic
            except (WebSocketDisconnect, RuntimeError, KeyError):
                pass
            keeping.cancel()
        self._sessions.pop(session.id, None)

    async def _keep(self, session: _Session) -> None:
        if not session.subscriptions:
            try:
                async with asyncio.timeout(self._unused):
                    await session.quiet.wait()
            except TimeoutError:
                await session.socket.close(4003)  # connection unused
                return
        while not session.silent:
            await asyncio.sleep(self._keepalive)
            if not session.silent:
                await session.socket.send_json(self._message("session_keepalive", {}))

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _message(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        metadata = {"message_id": f"message-{next(self._numbers)}", "message_type": kind, "message_timestamp": _stamp()}
        if "subscription" in payload:
            metadata |= {"subscription_type": "channel.chat.message", "subscription_version": "1"}
        return {"metadata": metadata, "payload": payload}


def _stamp() -> str:
    """Return now in RFC 3339 with nanoseconds."""
    return f"{datetime.now(UTC).strftime('%Y-%m-%dT%H:%M:%S.%f')}123Z"


def _failed(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": "Error", "status": status, "message": message}, status, headers=headers)
