"""Comments of a Twitch channel: EventSub over WebSocket, replies by Helix.

Written from dev.twitch.tv: "Getting Events Using WebSockets", "WebSocket Messages", `channel.chat.message`
version 1, "Send Chat Message", "Validating Tokens", "Twitch API Concepts" (rate limits).
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from livestream.audience.comment import Comment
from livestream.audience.sources import SourceStatus
from livestream.audience.sources.base import (
    AUTH_PAUSE,
    Hindered,
    Recent,
    Refused,
    Standing,
    check_options,
    checked_url,
    fitted,
    is_loopback,
    needed_target,
    persevere,
)
from livestream.audience.sources.credential import Credential
from livestream.audience.sources.protocol import SchemaError, comment_of
from livestream.audience.sources.web import Answer, Web, list_at, number_at, text_at, within
from livestream.clock import Clock
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource

MAX_REPLY = 500
"""Characters of a chat message."""
REPLIES, WINDOW = 20, 30.0
"""A normal account may write 20 messages in 30 seconds; above that Twitch drops them."""
VALIDATION = 3600.0
"""Seconds between validations of the token, which Twitch demands of whoever keeps a session."""
WELCOME = 10.0
"""Seconds for the welcome message, and for subscribing after it."""
SLACK = 2.0
"""Seconds of silence granted above the keepalive timeout."""
DRAIN = 1.0
"""Seconds that an old connection is listened to after the new one said welcome."""
_MAX_FRAME = 1_048_576


class TwitchSource:
    """One channel's chat, read and answered as the user whose token it is."""

    def __init__(self, settings: CommentSource, *, clock: Clock, environ: Mapping[str, str] | None = None) -> None:
        """Read the token.

        Raises:
            UsageError: no channel or token is given, or an address is neither https nor loopback.
        """
        check_options(settings)
        where = f"comments, {settings.label}"
        self.name = settings.label
        self.can_reply = settings.reply
        self._login = needed_target(settings, "CHANNEL").lower()
        if not (self._login.isascii() and self._login.replace("_", "").isalnum() and len(self._login) <= 64):
            raise UsageError("this is not the name of a Twitch channel", where=where, remedy='from = "twitch:my_shop"')
        base = checked_url(settings.url, where=where) if settings.url else ""
        self._api = f"{base or 'https://api.twitch.tv'}/helix"
        self._id = f"{base or 'https://id.twitch.tv'}/oauth2"
        self._events = f"ws{base.removeprefix('http')}/ws" if base else "wss://eventsub.wss.twitch.tv/ws"
        self._clock = clock
        self._web = Web(base or self._api)
        self._credential = Credential(settings, token_url=f"{self._id}/token", environ=environ)
        self._standing = Standing(self.name, "twitch", clock)
        self._seen = Recent()
        self._broadcaster = ""
        self._user = ""
        self._client = ""
        self._validate_at = 0.0
        self._replied: deque[float] = deque(maxlen=REPLIES)
        self._silent_until = 0.0
        self._socket: ClientConnection | None = None

    @property
    def status(self) -> SourceStatus:
        """How it fares now."""
        return self._standing.status

    def comments(self) -> AsyncIterator[Comment]:
        """Yield the channel's chat messages; connects again by itself."""
        return persevere(self._session, self._standing, self._clock, sum(self._login.encode()))

    async def _session(self) -> AsyncGenerator[Comment, None]:
        """Yield the messages of one session, over as many connections as Twitch hands it through."""
        self._standing.become("connecting", self._standing.status.detail)
        await self._validate()
        await self._find_broadcaster()
        async with AsyncExitStack() as connections:
            socket, session, keepalive = await self._connected(connections, self._events)
            await self._subscribe(session)
            self._standing.become("connected", self._login)
            while True:
                message = await _received(socket, keepalive + SLACK)
                kind = text_at(message, "metadata", "message_type")
                if self._clock.monotonic() >= self._validate_at:
                    await self._validate()
                if kind == "session_reconnect":
                    new_url = self._handover(text_at(message, "payload", "session", "reconnect_url"))
                    old = socket
                    socket, _, keepalive = await self._connected(connections, new_url)
                    async for late in _drained(old):
                        for comment in self._taken(late):
                            yield comment
                elif kind == "revocation":
                    await self._revoked(text_at(message, "payload", "subscription", "status"))
                for comment in self._taken(message):
                    yield comment

    async def _connected(self, connections: AsyncExitStack, url: str) -> tuple[ClientConnection, str, float]:
        """Open a connection and hear its welcome; return it, the session's id and its keepalive in seconds."""
        own = is_loopback(urlsplit(url).hostname or "")
        try:
            socket = await connections.enter_async_context(
                connect(
                    url,
                    open_timeout=WELCOME,
                    close_timeout=1.0,
                    ping_interval=None,  # the server closes a connection that sends anything but pongs
                    max_size=_MAX_FRAME,
                    proxy=None if own else True,
                )
            )
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI) as error:
            raise Hindered(f"no connection to EventSub ({type(error).__name__})") from None
        message = await _received(socket, WELCOME)
        session = text_at(message, "payload", "session", "id")
        if text_at(message, "metadata", "message_type") != "session_welcome" or not session:
            raise Hindered("EventSub did not say welcome")
        self._socket = socket
        return socket, session, number_at(message, "payload", "session", "keepalive_timeout_seconds", default=10.0)

    def _handover(self, url: str) -> str:
        """Return the address to reconnect to, which must be Twitch's own."""
        try:
            checked_url(url, where=self.name, query=True)
        except UsageError:
            raise Hindered("EventSub named an address to reconnect to that is none") from None
        host, ours = urlsplit(url).hostname or "", urlsplit(self._events).hostname or ""
        if host != ours and not host.endswith(".twitch.tv"):
            raise Hindered("EventSub named an address to reconnect to that is not its own")
        return url  # to the letter: it holds what the session is known by

    def _taken(self, message: Mapping[str, Any]) -> list[Comment]:
        """Return the comment of a chat notification that was not seen before; our own replies are none."""
        id_ = text_at(message, "metadata", "message_id")
        event = within(message, "payload", "event")
        if text_at(message, "payload", "subscription", "type") != "channel.chat.message" or not event:
            return []
        if not self._seen.is_new(id_) or (self.can_reply and text_at(event, "chatter_user_id") == self._user):
            return []
        badges = [text_at(badge, "set_id") for badge in list_at(event, "badges")]
        comment = comment_of(
            {
                "type": "comment",
                "id": text_at(event, "message_id"),
                "user": text_at(event, "chatter_user_id"),
                "name": text_at(event, "chatter_user_name") or text_at(event, "chatter_user_login"),
                "text": text_at(event, "message", "text"),
                "at": _unix(text_at(message, "metadata", "message_timestamp")),
                "badges": [badge for badge in badges if badge][:16],
            },
            source=self.name,
            platform="twitch",
            now=self._clock.time(),
        )
        return [] if isinstance(comment, SchemaError) else [comment]

    async def _validate(self) -> None:
        """Learn from the token whose it is; renew it where it is no longer good."""
        for attempt in range(2):
            if self._credential.token:
                answer = await self._web.call(
                    "GET", f"{self._id}/validate", headers={"Authorization": f"OAuth {self._credential.token}"}
                )
                if answer.ok:
                    break
                if answer.status != 401:
                    raise self._hindered(answer)
            if attempt == 0:
                await self._credential.renew(self._web)
        else:
            raise Hindered("the token was turned away twice", after=AUTH_PAUSE, state="waiting")
        self._user, self._client = text_at(answer.body, "user_id"), text_at(answer.body, "client_id")
        scopes = list_at(answer.body, "scopes")
        needed = ["user:read:chat", *(["user:write:chat"] if self.can_reply else [])]
        lacking = [scope for scope in needed if scope not in scopes]
        if lacking or not self._user:
            raise Refused(
                f"the token lacks {' and '.join(lacking) or 'a user'}",
                where=self.name,
                remedy="Make a user access token with it.",
            )
        self._validate_at = self._clock.monotonic() + VALIDATION

    async def _find_broadcaster(self) -> None:
        if self._broadcaster:
            return
        answer = await self._helix("GET", "users", params={"login": self._login})
        if not answer.ok:
            raise self._hindered(answer)
        self._broadcaster = text_at(answer.body, "data", 0, "id")
        if not self._broadcaster:
            raise Refused(f"there is no Twitch channel {self._login}", where=self.name)

    async def _subscribe(self, session: str) -> None:
        answer = await self._helix(
            "POST",
            "eventsub/subscriptions",
            body={
                "type": "channel.chat.message",
                "version": "1",
                "condition": {"broadcaster_user_id": self._broadcaster, "user_id": self._user},
                "transport": {"method": "websocket", "session_id": session},
            },
        )
        if answer.status == 403:
            raise Refused("Twitch does not let this user read the channel's chat", where=self.name)
        if not answer.ok and answer.status != 409:  # 409: this session has the subscription already
            raise self._hindered(answer)

    async def _revoked(self, status: str) -> None:
        """Begin anew with another token where the authorization went; end where the channel or we went."""
        if status == "authorization_revoked":
            await self._credential.renew(self._web)
            raise Hindered("the authorization was revoked")
        raise Refused(f"Twitch revoked the subscription: {status[:64] or 'no reason given'}", where=self.name)

    async def _helix(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: object = None
    ) -> Answer:
        headers = {"Authorization": f"Bearer {self._credential.token}", "Client-Id": self._client}
        return await self._web.call(method, f"{self._api}/{path}", headers=headers, params=params, body=body)

    def _hindered(self, answer: Answer) -> Hindered:
        """Return why an answer is not what was asked for, and how long to wait."""
        if answer.status == 429:
            return Hindered("Twitch's rate limit", after=self._reset(answer), state="waiting")
        after = AUTH_PAUSE if answer.status in (401, 403) else 0.0
        return Hindered(f"Twitch answered HTTP {answer.status}", after=after)

    def _reset(self, answer: Answer) -> float:
        """Return the seconds until the rate limit's bucket is full again, at most five minutes."""
        with suppress(ValueError):
            return min(300.0, max(1.0, float(answer.headers.get("ratelimit-reset", "")) - self._clock.time()))
        return 60.0

    async def reply(self, text: str, to: Comment) -> None:
        """Post a reply to a chat message.

        Raises:
            SourceError: replies are off, too many were written, or Twitch dropped it.
        """
        now = self._clock.monotonic()
        if not self.can_reply or not self._broadcaster:
            raise SourceError("replies are off, or Twitch is not connected", where=self.name)
        full = len(self._replied) == REPLIES and now - self._replied[0] < WINDOW
        if now < self._silent_until or full:
            raise SourceError("Twitch takes no more replies for now", where=self.name, retryable=True)
        message = {
            "broadcaster_id": self._broadcaster,
            "sender_id": self._user,
            "message": fitted(text, MAX_REPLY),
            "reply_parent_message_id": to.id,
        }
        self._replied.append(now)
        answer = await self._helix("POST", "chat/messages", body=message)
        if answer.status == 429:
            self._silent_until = now + self._reset(answer)
        if not answer.ok:
            raise SourceError(f"Twitch answered HTTP {answer.status}", where=self.name, retryable=answer.status >= 429)
        if not within(answer.body, "data", 0, "is_sent"):
            reason = text_at(answer.body, "data", 0, "drop_reason", "message") or "it did not say why"
            raise SourceError(f"Twitch dropped the reply: {reason[:200]}", where=self.name)

    async def close(self) -> None:
        """Let go of connections."""
        self._standing.closing = True
        if self._socket is not None:
            await self._socket.close()
        await self._web.close()


async def _received(socket: ClientConnection, patience: float) -> Mapping[str, Any]:
    """Return the next message.

    Raises:
        Hindered: the connection is lost, is silent too long, or speaks another language.
    """
    try:
        async with asyncio.timeout(patience):
            value = json.loads(await socket.recv())
    except TimeoutError:
        raise Hindered("EventSub fell silent") from None
    except ConnectionClosed as closed:
        code = closed.rcvd.code if closed.rcvd else 1006
        raise Hindered(f"EventSub closed the connection ({code})") from None
    except (ValueError, RecursionError):
        raise Hindered("EventSub sent something that is not JSON") from None
    return value if isinstance(value, dict) else {}


async def _drained(socket: ClientConnection) -> AsyncIterator[Mapping[str, Any]]:
    """Yield what an old connection still brings, and close it."""
    with suppress(Hindered):
        while True:
            yield await _received(socket, DRAIN)
    await socket.close()


def _unix(stamp: str) -> float | None:
    """Return RFC 3339, with nanoseconds, as Unix time."""
    head, dot, fraction = stamp.rstrip("Z").partition(".")
    try:
        return datetime.fromisoformat(f"{head}{dot}{fraction[:6]}+00:00").timestamp()
    except ValueError:
        return None


def open_source(settings: CommentSource, *, clock: Clock) -> TwitchSource:
    """Open a Twitch channel's chat; `url` puts another server in Twitch's place."""
    return TwitchSource(settings, clock=clock)
