"""Comments pushed to the web port: over a WebSocket with a token, or as signed webhooks.

The web port owns the connections; a `PushDoor` decides who may come in and what they said. Webhooks
are signed by Standard Webhooks (https://www.standardwebhooks.com): `webhook-signature` holds one or
more `v1,BASE64` of HMAC-SHA256 over `webhook-id.webhook-timestamp.body`.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager

from livestream.audience.comment import Comment
from livestream.audience.sources import SourceStatus
from livestream.audience.sources.base import Standing, check_options, fitted, read_secret
from livestream.audience.sources.protocol import MAX_MESSAGE, SchemaError, decode, parse
from livestream.clock import Clock
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource

TOLERANCE = 300.0
"""Seconds that a webhook's timestamp may be off, either way."""
MAX_REPLY = 500
"""Characters of a reply that a bridge is given."""
_REMEMBERED = 2 * TOLERANCE
"""Seconds a webhook's id is remembered: a timestamp may lie one tolerance ahead, and is good for one more."""
_MAX_REMEMBERED = 100_000
_MAX_SIGNATURES = 16
_MAX_KEYS = 4
_LEAST_KEY, _MOST_KEY = 24, 64
"""Bytes of a signing key, by Standard Webhooks."""

Send = Callable[[str], Awaitable[None]]
"""Sends one text message to a connected bridge."""


class WebhookRefused(SourceError):
    """A webhook was not taken; `status` says why as HTTP does: 400, 401, 413 or 429."""

    def __init__(self, message: str, *, status: int) -> None:
        super().__init__(message, where="webhook", retryable=status == 429)
        self.status = status


class PushDoor:
    """The door of one pushed source (`ws` or `webhook`).

    Its key comes from the settings' `key_file` or `key_env`; without either it is made afresh, and
    `token` tells it to the one who writes the running channel's file. Several keys, one a line, are
    all good: that is how a key is changed without losing a comment.
    """

    def __init__(self, settings: CommentSource, *, clock: Clock, environ: Mapping[str, str] | None = None) -> None:
        """Read the key.

        Raises:
            UsageError: the key cannot be read, or is too weak.
        """
        check_options(settings, "platform")
        self.name = settings.label
        self.kind = settings.kind
        self.platform = settings.options.get("platform", settings.kind)[:32]
        self.can_reply = settings.reply and settings.kind == "ws"
        self._clock = clock
        self._standing = Standing(self.name, self.platform, clock, "waiting")
        self._bridges: list[Send] = []
        self._closed = asyncio.Event()
        self._ids: OrderedDict[str, float] = OrderedDict()
        configured = read_secret(settings, environ).split()
        fresh = secrets.token_urlsafe(32) if self.kind == "ws" else new_signing_key()
        self._tokens = tuple(configured[:_MAX_KEYS]) or (fresh,)
        where = f"key of {self.name}"
        if self.kind == "webhook":
            self._keys = tuple(_signing_key(token, where) for token in self._tokens)
        elif min(map(len, self._tokens)) < 16:
            raise UsageError("the token is too short to be safe", where=where, remedy="Use 16 characters or more.")

    @property
    def token(self) -> str:
        """The token of a WebSocket, or the signing key of a webhook: the first of them."""
        return self._tokens[0]

    @property
    def status(self) -> SourceStatus:
        """How it fares now."""
        return self._standing.status

    def authorise(self, token: str) -> bool:
        """Return whether a WebSocket's token is right, in a time that tells nothing of it."""
        given = token.encode("utf-8", "replace")
        right = [hmac.compare_digest(given, each.encode("utf-8")) for each in self._tokens]
        return self.kind == "ws" and any(right)

    def hello(self, message: str | bytes) -> bool:
        """Return whether a first message is `{"type": "hello", "token": …}` with the right token."""
        value = decode(message)
        if not isinstance(value, dict) or value.get("type") != "hello":
            return False
        token = value.get("token")
        return isinstance(token, str) and self.authorise(token)

    def parse(self, message: str | bytes) -> list[Comment | SchemaError]:
        """Return the comments of a message in their order, an error in the place of each that is none."""
        read = parse(message, source=self.name, platform=self.platform, now=self._clock.time())
        self._standing.received += sum(isinstance(each, Comment) for each in read)
        return read

    def verify(self, headers: Mapping[str, str], body: bytes) -> list[Comment | SchemaError]:
        """Return what a signed webhook brings; nothing where the same delivery came before.

        `headers` have lower-case names, `body` is as it was received. A sender repeats a delivery
        under the same id until it hears a 2xx, so a repeated one is to be answered like the first.

        Raises:
            WebhookRefused: the signature, the timestamp or the size is wrong, or there are too many.
        """
        if len(body) > MAX_MESSAGE:
            raise WebhookRefused(f"a webhook is at most {MAX_MESSAGE} bytes long", status=413)
        id_, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not 0 < len(id_) <= 256 or not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
            raise WebhookRefused("webhook-id and webhook-timestamp are needed", status=400)
        now = self._clock.time()
        given = [each.partition(",")[2] for each in headers.get("webhook-signature", "").split()[:_MAX_SIGNATURES]]
        wanted = [sign(key, id_, stamp, body) for key in (self._keys if self.kind == "webhook" else ())]
        right = [hmac.compare_digest(one.encode(), f"v1,{other}".encode()) for one in wanted for other in given]
        if not any(right):
            raise WebhookRefused("the signature is wrong", status=401)
        if abs(now - int(stamp)) > TOLERANCE:
            raise WebhookRefused("the timestamp is off by more than five minutes", status=401)
        return self.parse(body) if self._is_new(id_, now) else []

    def forget(self, headers: Mapping[str, str]) -> None:
        """Take a delivery as not received: what it brought could not be kept, and it will come again."""
        self._ids.pop(headers.get("webhook-id", ""), None)

    def _is_new(self, id_: str, now: float) -> bool:
        while self._ids and next(iter(self._ids.values())) <= now:
            self._ids.popitem(last=False)
        known = id_ in self._ids
        if not known and len(self._ids) >= _MAX_REMEMBERED:  # forgetting one early would let it be replayed
            raise WebhookRefused("too many deliveries in ten minutes", status=429)
        self._ids[id_] = now + _REMEMBERED
        self._ids.move_to_end(id_)
        return not known

    @contextmanager
    def connected(self, send: Send) -> Iterator[None]:
        """Keep a connected bridge for as long as the context lasts: replies go to the newest one."""
        self._bridges.append(send)
        self._standing.become("connected", f"{len(self._bridges)} connected")
        try:
            yield
        finally:
            self._bridges.remove(send)
            left = len(self._bridges)
            self._standing.become("connected" if left else "waiting", f"{left} connected" if left else "")

    async def comments(self) -> AsyncIterator[Comment]:
        """Yield nothing until the door is closed: what is pushed comes through the web port."""
        await self._closed.wait()
        nothing: tuple[Comment, ...] = ()
        for comment in nothing:
            yield comment

    async def reply(self, text: str, to: Comment) -> None:
        """Give a reply to the newest connected bridge, which posts it where the comment came from.

        Raises:
            SourceError: no bridge is connected, replies are off, or the text is too long.
        """
        if not self.can_reply or not self._bridges:
            raise SourceError(
                "no bridge is connected that takes replies", where=self.name, remedy="Set reply = true and connect one."
            )
        await self._bridges[-1](
            json.dumps(
                {"type": "reply", "to": to.id, "user": to.user, "text": fitted(text, MAX_REPLY)}, ensure_ascii=False
            )
        )

    async def close(self) -> None:
        """End `comments`."""
        self._closed.set()
        self._standing.become("ended")


def open_source(settings: CommentSource, *, clock: Clock) -> PushDoor:
    """Open the door of a `ws` or `webhook` source."""
    return PushDoor(settings, clock=clock)


def new_signing_key() -> str:
    """Return a fresh signing key in the form of Standard Webhooks, `whsec_BASE64`."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def signing_headers(key: str, id_: str, at: float, body: bytes) -> dict[str, str]:
    """Return the headers that a sender signs a webhook with; `key` is `whsec_BASE64`, `at` Unix time.

    Raises:
        UsageError: the key is not one.
    """
    stamp = str(int(at))
    signature = sign(_signing_key(key, "signing key"), id_, stamp, body)
    return {"webhook-id": id_, "webhook-timestamp": stamp, "webhook-signature": signature}


def sign(key: bytes, id_: str, stamp: str, body: bytes) -> str:
    """Return `v1,BASE64` of HMAC-SHA256 over `id.timestamp.body`."""
    content = id_.encode("utf-8", "replace") + b"." + stamp.encode("ascii") + b"." + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode("ascii")


def _signing_key(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not _LEAST_KEY <= len(key) <= _MOST_KEY:
        raise UsageError(
            f"a signing key is whsec_ and the base64 of {_LEAST_KEY} to {_MOST_KEY} bytes",
            where=where,
            remedy="Make one: echo whsec_$(head -c 32 /dev/urandom | base64)",
        )
    return key
