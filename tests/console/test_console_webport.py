"""By what names the port is called, and who is taken to call."""

import pytest

from livestream.console.webport import WebPort
from livestream.settings import Web

PUBLIC = ("studio.example.com", "backup.example.com:8443")


def behind(host):
    return WebPort.of(Web(host=host, behind_proxy=True, names=PUBLIC), 8123)


@pytest.mark.parametrize(
    ("port", "link"),
    [
        (WebPort(8123), "http://127.0.0.1:8123/enter?ticket=t"),
        (WebPort.of(Web(host="::1"), 8123), "http://[::1]:8123/enter?ticket=t"),
        (WebPort.of(Web(host="localhost"), 8123), "http://localhost:8123/enter?ticket=t"),
        (behind("0.0.0.0"), "http://127.0.0.1:8123/enter?ticket=t"),
        (behind("::"), "http://127.0.0.1:8123/enter?ticket=t"),
        (behind("10.0.0.2"), "https://backup.example.com:8443/enter?ticket=t"),
    ],
)
def test_the_printed_link_can_be_opened_where_it_is_printed(port, link):
    assert port.link("t") == link


def test_a_public_name_is_known_with_its_port_only_and_only_behind_a_proxy():
    port = behind("127.0.0.1")
    assert port.knows("STUDIO.example.com")
    assert port.knows("backup.example.com:8443")
    assert not port.knows("backup.example.com")
    assert not port.knows("studio.example.com.evil.example")
    assert not WebPort(8123, names=frozenset(PUBLIC)).knows("studio.example.com")
    assert WebPort(80).knows("localhost")


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [("", "10.0.0.9"), ("203.0.113.7", "203.0.113.7"), ("1.1.1.1, 203.0.113.7", "203.0.113.7"), ("x" * 99, "x" * 64)],
)
def test_only_a_proxy_is_believed_whom_it_speaks_for(forwarded, address):
    scope = {"type": "http", "client": ("10.0.0.9", 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
    assert behind("127.0.0.1").address(scope) == address
    assert WebPort(8123).address(scope) == "10.0.0.9"
    assert WebPort(8123).address({**scope, "client": None}) == ""
