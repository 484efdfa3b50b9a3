"""The names of the web port: by which it may be called, and what its cookies and links look like.

Loopback keeps other machines out, but not a web page that somebody has open: by DNS rebinding such a
page may call 127.0.0.1 under a name of its own, so a request must name a host that we are known by.
Anything but loopback is served only behind a proxy that ends TLS, under public names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from starlette.datastructures import Headers
from starlette.types import Scope

from livestream.settings import Web

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HTTP_PORT = 80
TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class WebPort:
    """One web port. `names` are public names (`studio.example.com`, with a port unless it is 443)."""

    port: int
    host: str = "127.0.0.1"
    names: frozenset[str] = frozenset()
    behind_proxy: bool = False

    @classmethod
    def of(cls, web: Web, port: int) -> Self:
        """Return the port that was opened as the settings say."""
        return cls(port, web.host, frozenset(web.names), web.behind_proxy)

    def knows(self, host: str) -> bool:
        """Whether a Host header names us."""
        host = host.lower()
        return self.is_public(host) or self._is_loopback(host)

    def is_public(self, host: str) -> bool:
        """Whether a Host header is a public name, which browsers reach by TLS."""
        return self.behind_proxy and host.lower() in self.names

    def origin(self, host: str) -> str:
        """Return what a browser calls the origin of our pages under this Host."""
        return f"{'https' if self.is_public(host) else 'http'}://{host.lower()}"

    def cookie(self, host: str) -> str:
        """Return the session cookie's name: browsers share cookies between the ports of a host."""
        return "__Host-livestream" if self.is_public(host) else f"livestream_{self.port}"

    def link(self, ticket: str) -> str:
        """Return the address to print on this machine: opened in a browser, it lets in once."""
        here = {"::1": "[::1]", "0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104
        if here in LOOPBACK:
            return enter(f"http://{here}:{self.port}", ticket)
        return enter(f"https://{min(self.names)}", ticket)

    def address(self, scope: Scope) -> str:
        """Return where a request comes from: behind a proxy, what the proxy says in its last words."""
        if self.behind_proxy:
            told = Headers(scope=scope).get("x-forwarded-for", "").rpartition(",")[2].strip()
            if told:
                return told[:64]
        client = scope.get("client")
        return str(client[0]) if client else ""

    def _is_loopback(self, host: str) -> bool:
        name, colon, port = host.rpartition(":")
        if not colon or host.endswith("]"):
            name, port = host, str(HTTP_PORT)
        return name in LOOPBACK and port == str(self.port)


def enter(origin: str, ticket: str) -> str:
    """Return the address that lets somebody in once."""
    return f"{origin}/enter?{TICKET}={ticket}"
