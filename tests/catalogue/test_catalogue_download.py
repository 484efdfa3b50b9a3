"""The guard against feeds that point into the merchant's own network; no packet leaves the loopback."""

from __future__ import annotations

import socket
import threading

import httpcore
import pytest

from livestream.catalogue.download import MAX_BYTES, Refused, download, is_public, resolve_host
from livestream.testing.clock import ManualClock

PUBLIC = "93.184.216.34"


class Network(httpcore.MockBackend):
    """Answers with canned bytes, and remembers who was connected to."""

    def __init__(self, *answers: bytes, step: int = 1 << 16, tick: float = 0, clock: ManualClock | None = None) -> None:
        super().__init__([])
        self.answers = list(answers)
        self.connected: list[tuple[str, int]] = []
        self.sent = b""
        self._step, self._tick, self._clock = step, tick, clock

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        self.connected.append((host, port))
        answer = self.answers.pop(0)
        pieces = [answer[at : at + self._step] for at in range(0, len(answer), self._step)]
        return Stream(pieces, self)

    def passed(self) -> None:
        if self._clock:
            self._clock.advance(self._tick)


class Stream(httpcore.MockStream):
    def __init__(self, pieces: list[bytes], network: Network) -> None:
        super().__init__(pieces)
        self._network = network

    def read(self, max_bytes, timeout=None):
        self._network.passed()
        return super().read(max_bytes, timeout)

    def write(self, buffer, timeout=None):
        self._network.sent += buffer


def answer(body: bytes = b"picture", status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(to: str) -> bytes:
    return answer(b"", "302 Found", f"Location: {to}", "Connection: close")


def get(
    url: str, network: httpcore.NetworkBackend, resolve=lambda host, port: [PUBLIC], clock: ManualClock | None = None
) -> bytes:
    clock = clock or ManualClock()
    return download(url, clock=clock, deadline=clock.monotonic() + 5, resolve=resolve, network=network)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True), ("2606:2800:220:1::1", True),
        ("127.0.0.1", False), ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("240.0.0.1", False), ("192.0.2.1", False), ("198.18.0.1", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:93.184.216.34", False), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False), ("2001:0:7f00:1::", False), ("2001:db8::1", False), ("::7f00:1", False),
        ("not an address", False), ("", False),
    ],
)  # fmt: skip
def test_only_public_addresses_pass(address, public):
    assert is_public(address) is public


def test_connects_to_the_address_that_was_checked():
    network = Network(answer())
    answers = iter([[PUBLIC], ["127.0.0.1"]])  # a name that answers differently the second time
    assert get("https://shop.example/a.png", network, lambda host, port: next(answers)) == b"picture"
    assert network.connected == [(PUBLIC, 443)]
    assert b"Host: shop.example" in network.sent


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:10.0.0.1"], [PUBLIC, "10.0.0.1"], []]
)
def test_a_name_with_any_private_address_is_never_connected_to(addresses):
    network = Network(answer())
    with pytest.raises(Refused, match="private network"):
        get("https://rebind.example/a.png", network, lambda host, port: addresses)
    assert network.connected == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "0"],
)
def test_a_loopback_canary_is_not_reached_by_any_spelling(host, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.01)
        port = canary.getsockname()[1]

        class Redirected(httpcore.SyncBackend):
            def connect_tcp(self, host, _, *args, **kwargs):
                return super().connect_tcp(host, port, *args, **kwargs)

        with pytest.raises(Refused):
            get(f"https://{host}/", Redirected(), resolve_host)
        with pytest.raises(TimeoutError):
            canary.accept()


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/a.png", "ftp://shop.example/a.png", "file:///etc/passwd", "https://", "https:///a.png",
        "https://user:pw@shop.example/a.png", "https://@shop.example/a.png", "https://shop.example:8443/a.png",
        "https://shop.example:22/", "https://[::1/a.png", "https://shop.example:99999/", "gopher://shop.example/",
    ],
)  # fmt: skip
def test_urls_of_another_kind_are_refused(url):
    network = Network(answer())
    with pytest.raises(Refused):
        get(url, network)
    assert network.connected == []


def test_redirects_are_followed_and_checked_again():
    network = Network(redirect("/b.png"), answer(b"second"))
    assert get("https://shop.example/a.png", network) == b"second"
    for target, reason in (
        ("http://shop.example/b.png", "https only"),
        ("https://inside.example/b.png", "private network"),
        ("file:///etc/passwd", "https only"),
    ):
        network = Network(redirect(target), answer(b"never"))
        with pytest.raises(Refused, match=reason):
            get("https://shop.example/", network, lambda host, _: ["10.0.0.1"] if "inside" in host else [PUBLIC])
        assert len(network.connected) == 1


def test_a_circle_of_redirects_ends():
    network = Network(*[redirect("https://shop.example/")] * 9)
    with pytest.raises(Refused, match="redirects more than 3"):
        get("https://shop.example/", network)
    assert len(network.connected) == 4


def test_a_picture_too_large_is_refused_declared_or_not():
    with pytest.raises(Refused, match="larger than 10 MB"):
        get("https://shop.example/", Network(answer(b"x", "200 OK").replace(b"Length: 1", b"Length: 99999999")))
    body = b"x" * (MAX_BYTES + 2)
    silent = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body
    with pytest.raises(Refused, match="larger than 10 MB"):
        get("https://shop.example/", Network(silent, step=1 << 20))


@pytest.mark.parametrize("body", [b"x" * 200, b""])
def test_a_drip_of_bytes_gains_no_time(body):
    clock = ManualClock()
    begun = clock.monotonic()
    network = Network(answer(b"x" * 200), step=1, tick=0.5, clock=clock)
    with pytest.raises(Refused, match="too long"):
        get("https://shop.example/", network, clock=clock)
    assert clock.monotonic() - begun <= 5.5


@pytest.mark.parametrize(
    ("bytes_", "reason"),
    [
        (answer(b"", "404 Not Found"), "answers 404"),
        (answer(b"", "500 No"), "answers 500"),
        (b"SSH-2.0-OpenSSH\r\n", "connection failed"),
        (b"", "connection failed"),
        (answer(b"abc")[:-2], "connection failed"),
    ],
)
def test_answers_without_a_picture_are_refused(bytes_, reason):
    with pytest.raises(Refused, match=reason):
        get("https://shop.example/", Network(bytes_))


def test_spaces_and_accents_in_a_url_are_encoded():
    network = Network(answer())
    get("https://shop.example/caf\u00e9 cup.png?v=1\r\nX: y", network)
    assert b"GET /caf%C3%A9%20cup.png?v=1" in network.sent
    assert b"\r\nX: y" not in network.sent


def test_no_thread_or_socket_is_left_behind():
    before = threading.active_count()
    get("https://shop.example/", Network(answer()))
    assert threading.active_count() == before
