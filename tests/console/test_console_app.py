import asyncio
import http.client
import json
import re
import socket
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from livestream.console.access import SECURITY_HEADERS, Access, new_key
from livestream.console.app import MAX_SDP, create_app, serve
from livestream.console.backend import Aired, Destination, Item, Snapshot
from livestream.errors import ViewerRefused

KEY = "k" * 32


class Backend:
    """A channel that answers what the test says."""

    def __init__(self):
        self.offers, self.gone = [], []
        self.refusal = None
        self.shown = Snapshot(
            state="on_air",
            title="Northlight <b>Home</b>",
            elapsed=61.0,
            target=600.0,
            now=Item("offer", "It's $49.99.", "Lamp", "$49.99", "$64.00"),
            destinations=(Destination("main", "rtmp", "publishing"),),
            aired=(Aired(1, 12.0, "Good evening."),),
        )

    async def offer(self, sdp):
        if self.refusal:
            raise self.refusal
        self.offers.append(sdp)
        return "viewer-1", "v=0 answer"

    async def hangup(self, ident):
        if ident != "viewer-1":
            raise ViewerRefused("there is no such viewer", status=404)
        self.gone.append(ident)

    def snapshot(self):
        return self.shown


class Port:
    """The web port of a channel, called as browsers and others call it."""

    def __init__(self, port, backend):
        self.port, self.backend = port, backend
        self.host = f"127.0.0.1:{port}"
        self.origin = f"http://{self.host}"
        self.cookie = f"livestream_{port}={KEY}"

    async def call(self, method, path, body=None, *, own=True, **headers):
        if own:
            headers = {"Cookie": self.cookie, "Origin": self.origin, **headers}
        return await asyncio.to_thread(self._call, method, path, body, headers)

    def _call(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()

    def websocket(self, *, cookie=None, origin=None, **options):
        headers = {"Cookie": self.cookie if cookie is None else cookie}
        return connect(
            f"ws://{self.host}/ws",
            origin=self.origin if origin is None else origin,
            additional_headers=headers,
            **options,
        )


async def read_on(page):
    """Read until the other side closes."""
    async with asyncio.timeout(10):
        while True:
            await page.recv()


@asynccontextmanager
async def serving(**options):
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    backend = Backend()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(serve(create_app(backend, Access(KEY, port), **options), listener))
        try:
            yield Port(port, backend)
        finally:
            task.cancel()


async def test_the_printed_link_opens_the_page_and_the_browser_remembers():
    async with serving() as web:
        access = Access(KEY, web.port)
        path = access.link.removeprefix(web.origin)
        status, headers, page = await web.call("GET", path, own=False)
        assert status == 200
        cookie = headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        status, headers, _ = await web.call("GET", "/", own=False, Cookie=cookie.partition(";")[0])
        assert status == 200
        assert "Set-Cookie" not in headers
        assert KEY not in page


async def test_what_the_merchant_wrote_is_text_on_the_page():
    async with serving() as web:
        _, _, page = await web.call("GET", "/")
        assert "Northlight &lt;b&gt;Home&lt;/b&gt;" in page
        assert not re.search(r"\sstyle=|\son\w+=|<script>", page), "nothing inline: the policy forbids it"
        assert "https://" not in page
        assert "http://" not in page


@pytest.mark.parametrize("path", ["/", "/?key=", "/?key=wrong", "/ws", "/nothing", "/whep/viewer-1"])
async def test_without_the_key_there_is_nothing_to_see(path):
    async with serving() as web:
        status, _, body = await web.call("GET", path, own=False)
        assert status == 401
        assert "Northlight" not in body


@pytest.mark.parametrize("cookie", ["", "livestream_1=" + KEY, "nonsense;;=", "livestream_{port}=wrong"])
async def test_a_wrong_cookie_is_no_key(cookie):
    async with serving() as web:
        status, _, _ = await web.call("GET", "/", own=False, Cookie=cookie.format(port=web.port))
        assert status == 401


async def test_the_key_in_the_address_opens_nothing_but_the_page():
    async with serving() as web:
        status, _, _ = await web.call(
            "POST", f"/whep?key={KEY}", "v=0", own=False, Origin=web.origin, Content_Type="application/sdp"
        )
        assert status == 401


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""]
)
async def test_a_foreign_host_name_is_refused_everywhere(host):
    async with serving() as web:
        for path in ("/", "/healthz", "/static/console.js"):
            status, _, _ = await web.call("GET", path, Host=host.format(port=web.port))
            assert status in (400, 421)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "LOCALHOST"])
async def test_loopback_names_are_known(name):
    async with serving() as web:
        assert (await web.call("GET", "/healthz", own=False, Host=f"{name}:{web.port}"))[0] == 200


FOREIGN = [
    "https://evil.example",
    "null",
    "",
    "http://127.0.0.1:1",
    "http://127.0.0.1.evil.example:{port}",
    "https://127.0.0.1:{port}",
    "http://localhost:{port}",
]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_page_may_neither_post_nor_delete_nor_open_a_websocket(origin):
    async with serving() as web:
        foreign = origin.format(port=web.port)
        post = await web.call("POST", "/whep", "v=0", Origin=foreign, Content_Type="application/sdp")
        delete = await web.call("DELETE", "/whep/viewer-1", Origin=foreign)
        assert (post[0], delete[0]) == (403, 403)
        with pytest.raises(InvalidStatus) as refused:
            await web.websocket(origin=foreign)
        assert refused.value.response.status_code == 403
        assert not web.backend.offers
        assert not web.backend.gone


async def test_a_request_without_an_origin_changes_nothing():
    async with serving() as web:
        status, _, _ = await web.call("POST", "/whep", "v=0", Origin=None, Content_Type="application/sdp")
        assert status == 403


async def test_a_websocket_without_the_key_is_not_accepted():
    async with serving() as web:
        with pytest.raises(InvalidStatus) as refused:
            await web.websocket(cookie="livestream=nothing")
        assert refused.value.response.status_code == 401


async def test_every_answer_bears_the_security_headers():
    async with serving() as web:
        for path in ("/", "/healthz", "/static/console.css", "/nothing"):
            _, headers, _ = await web.call("GET", path)
            assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
        _, headers, _ = await web.call("GET", "/", own=False)
        assert headers["Content-Security-Policy"].startswith("default-src 'self'")


async def test_an_offer_is_exchanged_for_an_answer_as_whep_says():
    async with serving() as web:
        status, headers, body = await web.call("POST", "/whep", "v=0 offer", Content_Type="application/sdp")
        assert (status, body) == (201, "v=0 answer")
        assert headers["Content-Type"].startswith("application/sdp")
        assert headers["Location"] == "/whep/viewer-1"
        assert headers["ETag"]
        assert web.backend.offers == ["v=0 offer"]
        assert (await web.call("PATCH", headers["Location"], ""))[0] == 405
        assert (await web.call("DELETE", headers["Location"]))[0] == 200
        assert (await web.call("DELETE", "/whep/stranger"))[0] == 404
        assert web.backend.gone == ["viewer-1"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("v=0", "application/json", 415),
        ("v=0", None, 415),
        ("x" * (MAX_SDP + 1), "application/sdp", 413),
        (b"\xff\xfe", "application/sdp", 400),
    ],
)
async def test_a_body_that_is_no_offer_is_refused(body, kind, status):
    async with serving() as web:
        assert (await web.call("POST", "/whep", body, Content_Type=kind))[0] == status
        assert not web.backend.offers


async def test_a_refused_viewer_reads_why_and_when_to_come_back():
    async with serving() as web:
        web.backend.refusal = ViewerRefused("8 people are watching already", status=503)
        status, headers, body = await web.call("POST", "/whep", "v=0", Content_Type="application/sdp")
        assert status == 503
        assert headers["Retry-After"]
        assert "8 people" in body


@pytest.mark.parametrize(("state", "status"), [("starting", 200), ("on_air", 200), ("stopping", 503), ("idle", 503)])
async def test_health_says_whether_the_channel_is_on_air(state, status):
    async with serving() as web:
        web.backend.shown = Snapshot(state=state)
        got, _, body = await web.call("GET", "/healthz", own=False)
        assert got == status
        assert json.loads(body) == {"state": state, "dead_air": 0.0}


async def test_the_page_is_told_at_once_and_again_within_a_second():
    async with serving() as web, web.websocket() as page:
        first = json.loads(await page.recv())
        assert first["now"]["price"] == "$49.99"
        assert first["aired"][0]["caption"] == "Good evening."
        web.backend.shown = Snapshot(state="stopping")
        async with asyncio.timeout(1.5):
            while json.loads(await page.recv())["state"] != "stopping":
                pass


async def test_a_page_that_does_not_read_is_dropped_and_the_others_are_served(monkeypatch):
    monkeypatch.setattr("livestream.console.app.SNAPSHOT_SECONDS", 0.01)
    async with serving(slow_client_seconds=0.3) as web:
        lines = tuple(Aired(n, float(n), "word " * 2000) for n in range(20))
        web.backend.shown = Snapshot(state="on_air", aired=lines)
        stuck = web.websocket(max_queue=1, max_size=None, ping_interval=None, close_timeout=0.1)
        async with stuck as slow, web.websocket(max_size=None, close_timeout=0.1) as quick:
            for _ in range(60):
                await quick.recv()
            await asyncio.sleep(0.6)
            with pytest.raises(ConnectionClosed):
                await read_on(slow)
            await quick.recv()


async def test_a_page_that_talks_too_much_is_cut_off():
    async with serving() as web, web.websocket() as page:
        await page.send("x" * 300_000)
        with pytest.raises(ConnectionClosed) as closed:
            await read_on(page)
        assert closed.value.rcvd.code == 1009


async def test_serving_ends_soon_after_it_is_cancelled_even_with_an_open_page():
    async with asyncio.timeout(5):
        async with serving() as web:
            page = await web.websocket()
            await page.recv()
        await page.close()
        with pytest.raises(ConnectionRefusedError):
            await web.call("GET", "/healthz")


def test_keys_are_long_and_differ():
    assert len(new_key()) >= 32
    assert new_key() != new_key()
