"""The gate of the web port: every request and WebSocket passes it, and gets the headers of every answer.

Asked in this order: is the host one of our names; what does the table of `roles` ask for; does what
changes something come from our own page; who is signed in; is their role enough. A WebSocket is
refused before it is accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from livestream.clock import Clock
from livestream.console.accounts import Accounts
from livestream.console.backend import Role
from livestream.console.pages import language_of, render
from livestream.console.passwords import Passwords
from livestream.console.roles import WEBSOCKET, least, reaches
from livestream.console.sessions import Sessions, SignedIn
from livestream.console.webport import WebPort
from livestream.errors import StoreError
from livestream.store import Store

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
PAGES = ("/", "/account", "/people")
"""What people open: without a session they see where to sign in."""
SIGNED_IN = "livestream.signed_in"

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers hide the origin of forms from us
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """What the gate and the pages of sign-in go by."""

    port: WebPort
    accounts: Accounts
    sessions: Sessions
    passwords: Passwords

    @classmethod
    def of(cls, store: Store, port: WebPort, clock: Clock) -> Self:
        """Return the guard of a web port whose accounts are in this store."""
        return cls(port, Accounts(store, clock), Sessions(store, clock), Passwords(clock))

    def close(self) -> None:
        """End the thread of the passwords."""
        self.passwords.close()


def signed_in(connection: HTTPConnection) -> SignedIn:
    """Return who sent a request that passed the gate; not for routes that anyone may call."""
    found: SignedIn = connection.scope[SIGNED_IN]
    return found


class Gate:
    """ASGI middleware that lets through only what the guard allows."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse one request or WebSocket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            refusal = await self._refusal(scope)
        except StoreError:
            refusal = PlainTextResponse("The database is away. Try again.", 503, {"Retry-After": "2"})
        app = self._app if refusal is None else refusal
        await app(scope, receive, send_with_headers)

    async def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._guard.port.knows(host):
            return PlainTextResponse("This address is not served here.", 421)
        method = WEBSOCKET if scope["type"] == "websocket" else scope["method"]
        level = least(scope["path"], method)
        if level == "machine":
            return None
        if method not in SAFE_METHODS and not _own(headers, self._guard.port.origin(host), method):
            return PlainTextResponse("This request did not come from the console's own page.", 403)
        if level == "anyone":
            return None
        connection = HTTPConnection(scope)
        found = await self._guard.sessions.find(connection.cookies.get(self._guard.port.cookie(host), ""))
        if found is None:
            if scope["path"] in PAGES and method in SAFE_METHODS:
                return sign_in_page(connection, status=401)
            return PlainTextResponse("Sign in first.", 401)
        if not isinstance(level, Role):  # no rule speaks of it
            return PlainTextResponse("There is nothing here.", 404)
        if not reaches(found.person.role, level):
            return PlainTextResponse("Your role does not allow this.", 403)
        scope[SIGNED_IN] = found
        return None


def sign_in_page(connection: HTTPConnection, *, status: int = 200, problem: str = "", name: str = "") -> Response:
    """Return the page to sign in on; `problem` says what went wrong."""
    language = language_of(connection)
    return render("signin.html", language=language, status=status, problem=problem, name=name)


def _own(headers: Headers, origin: str, method: str) -> bool:
    """Whether a request comes from our own page: its Origin says so, and so does the browser where it tells."""
    site = "same-origin" if method == WEBSOCKET else headers.get("sec-fetch-site", "same-origin")
    return headers.get("origin", "").lower() == origin and site == "same-origin"
