"""Fetches a picture over https without being talked into reaching anything but the public internet.

A URL comes from a feed, so it is not trusted: every name is resolved here, every address it resolves
to must be public, and the connection goes to the very address that was checked, so that a name which
answers differently the second time gains nothing. Redirects pass the same check.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from livestream import __version__
from livestream.clock import Clock

MAX_BYTES = 10 * 1024 * 1024
MAX_SECONDS = 5.0
MAX_REDIRECTS = 3

Resolve = Callable[[str, int], list[str]]
"""Gives the addresses of a host and port; raises OSError where there are none."""


class Refused(Exception):
    """The picture was not fetched; the message says why, for the merchant."""


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses the machine's resolver gives for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Return whether an address is one of the public internet, and no tunnel to one that is not."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        tunnelled = parsed.ipv4_mapped or parsed.sixtofour or parsed.teredo
        return parsed in _GLOBAL_UNICAST and not tunnelled and parsed.is_global
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # leaves out NAT64 (64:ff9b::/96) and all that is not assigned


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait ends at one deadline, so that a drip of bytes gains no time."""

    def __init__(self, stream: httpcore.NetworkStream, remaining: Callable[[], float]) -> None:
        self._stream = stream
        self._remaining = remaining

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._remaining())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._remaining()), self._remaining)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    """Connects to public addresses only, and to the one it has checked."""

    def __init__(self, network: httpcore.NetworkBackend, resolve: Resolve, remaining: Callable[[], float]) -> None:
        self._network = network
        self._resolve = resolve
        self._remaining = remaining

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError):
            raise Refused(f"{host} cannot be found; the machine may be offline") from None
        if not addresses or not all(is_public(address) for address in addresses):
            raise Refused(f"{host} is an address inside a private network")
        stream = self._network.connect_tcp(addresses[0], port, self._remaining(), local_address, socket_options)
        return _Stream(stream, self._remaining)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        raise Refused("a picture is not fetched from a socket of this machine")


def download(
    url: str,
    *,
    clock: Clock,
    deadline: float,
    resolve: Resolve = resolve_host,
    network: httpcore.NetworkBackend | None = None,
) -> bytes:
    """Return the body of an https URL, at most `MAX_BYTES` of it, before `clock.monotonic()` is `deadline`.

    Raises:
        Refused: the URL, an address, the answer, its size or the time it took is not allowed.
    """

    def remaining() -> float:
        left = deadline - clock.monotonic()
        if left <= 0:
            raise Refused("the server took too long")
        return left

    guard = _Guard(network or httpcore.SyncBackend(), resolve, remaining)
    try:
        with httpcore.ConnectionPool(network_backend=guard, max_connections=1, retries=0) as pool:
            for _ in range(MAX_REDIRECTS + 1):
                body, url = _get(pool, _checked(url))
                if not url:
                    return body
    except (httpcore.TimeoutException, TimeoutError):
        raise Refused("the server took too long") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Refused(f"the connection failed ({error})") from error
    raise Refused(f"the address redirects more than {MAX_REDIRECTS} times")


def _checked(url: str) -> str:
    url = quote(url.strip(), safe="!#$%&'()*+,/:;=?@[]~")  # spaces and letters beyond ASCII are common in file names
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("this is not a URL") from None
    if parts.scheme != "https":
        raise Refused("pictures are fetched over https only")
    if not parts.hostname or parts.username is not None or parts.password is not None or port not in {None, 443}:
        raise Refused("the address must be a host, without user name and on port 443")
    return url


def _get(pool: httpcore.ConnectionPool, url: str) -> tuple[bytes, str]:
    """Return the body, or an empty one and where the server points instead."""
    headers = [("User-Agent", f"livestream/{__version__}"), ("Accept", "image/png, image/jpeg, image/webp, image/gif")]
    with pool.stream("GET", url, headers=headers) as response:
        names = {name.lower(): value for name, value in response.headers}
        if response.status in {301, 302, 303, 307, 308}:
            return b"", urljoin(url, names.get(b"location", b"").decode("ascii", "replace"))
        if response.status != 200:
            raise Refused(f"the server answers {response.status}")
        length = names.get(b"content-length", b"0")
        body = bytearray()
        if not (length.isdigit() and int(length) > MAX_BYTES):
            for chunk in response.iter_stream():
                body += chunk
                if len(body) > MAX_BYTES:
                    break
            else:
                return bytes(body), ""
        raise Refused(f"the picture is larger than {MAX_BYTES >> 20} MB")
