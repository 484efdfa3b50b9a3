"""Who may use the web port: a key in the printed link, and three checks against foreign web pages.

Loopback keeps other machines out, but not other users of this machine, nor a web page that the
merchant has open: a page may send requests to 127.0.0.1, and by DNS rebinding even read the answers.
So a request must name a host we are known by, come from our own page where it changes something
or opens a WebSocket, and bear the key.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from livestream.console.pages import refusal_page

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
OPEN_PATHS = ("/healthz", "/static/", "/comments/", "/webhooks/")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
KEY_PARAMETER = "key"

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def new_key() -> str:
    """Return a new random access key, 192 bits; the channel keeps it over a restart of the web port."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Access:
    """The access key of one web port, and the names and the port by which it may be called."""

    key: str
    port: int
    names: frozenset[str] = LOOPBACK

    @property
    def link(self) -> str:
        """The address to print: it opens the page and lets the browser in."""
        return f"http://127.0.0.1:{self.port}/?{KEY_PARAMETER}={self.key}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers share cookies between the ports of a host."""
        return f"livestream_{self.port}"

    def knows_host(self, host: str) -> bool:
        """Whether a Host header names us."""
        name, colon, port = host.lower().rpartition(":")
        if not colon or host.endswith("]"):
            name, port = host.lower(), "80"
        return name in self.names and port == str(self.port)

    def own_origin(self, headers: Headers) -> bool:
        """Whether a request comes from our own page: its Origin is the host it was sent to."""
        origin = headers.get("origin", "")
        return origin.lower() == f"http://{headers.get('host', '').lower()}"

    def key_in_query(self, scope: Scope) -> bool:
        """Whether the address bears the key."""
        return self._right(QueryParams(scope["query_string"]).get(KEY_PARAMETER, ""))

    def key_in_cookie(self, headers: Headers) -> bool:
        """Whether the browser shows the key it was given."""
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return morsel is not None and self._right(morsel.value)

    def grant(self, response: Response) -> None:
        """Give the browser the key to keep."""
        response.set_cookie(self.cookie, self.key, httponly=True, samesite="strict", path="/")

    def _right(self, key: str) -> bool:
        return secrets.compare_digest(key.encode(), self.key.encode())


class Gate:
    """ASGI middleware that lets through only what `Access` allows, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse one request or WebSocket; a WebSocket is refused before it is accepted."""
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

        refusal = self._refusal(scope)
        app = self._app if refusal is None else refusal
        await app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        path = scope["path"]
        if not self._access.knows_host(headers.get("host", "")):
            return PlainTextResponse("This address is not served here.", 421)
        if path.startswith(OPEN_PATHS):
            return None
        unsafe = scope["type"] == "websocket" or scope["method"] not in SAFE_METHODS
        if unsafe and not self._access.own_origin(headers):
            return PlainTextResponse("This request did not come from the console's own page.", 403)
        if self._access.key_in_cookie(headers):
            return None
        if scope["type"] == "http" and path == "/" and self._access.key_in_query(scope):
            return None
        return refusal_page() if path == "/" else PlainTextResponse("Open the link that was printed.", 401)
