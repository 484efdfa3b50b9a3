import asyncio
import json

import pytest
from console_port import served
from websockets.exceptions import InvalidStatus

from livestream.console.app import MAX_SDP, create_app
from livestream.console.backend import Aired, Item, Role, Snapshot
from livestream.console.roles import RULES
from livestream.console.roles import served as routes_of
from livestream.errors import ViewerRefused
from livestream.testing.console import FakeBackend

SDP = {"Content_Type": "application/sdp"}


async def test_the_console_is_shown_with_what_the_merchant_wrote_as_text():
    backend = FakeBackend(Snapshot(state="on_air", title="Northlight <b>Home</b>"))
    async with served(backend) as web:
        status, _, page = await web.call("GET", "/")
        assert status == 200
        assert "Northlight &lt;b&gt;Home&lt;/b&gt;" in page
        assert "https://" not in page
        assert "http://" not in page.replace("http://www.w3.org/", "")


async def test_every_route_has_a_rule_and_every_rule_a_route():
    async with served() as web:
        app = create_app(web.backend, web.guard)
        assert sorted(routes_of(app.routes)) == sorted((rule.path, rule.method) for rule in RULES)


@pytest.mark.parametrize("path", ["/ws", "/whep", "/export/as-run.jsonl", "/export/acts.csv"])
async def test_without_a_session_there_is_nothing_to_see(path):
    async with served() as web:
        status, _, body = await web.call("GET", path, Cookie="")
        assert status == 401
        assert "Northlight" not in body


async def test_an_offer_is_exchanged_for_an_answer_as_whep_says():
    async with served() as web:
        status, headers, body = await web.call("POST", "/whep", "v=0 offer", **SDP)
        assert (status, body) == (201, "v=0 answer")
        assert headers["Content-Type"].startswith("application/sdp")
        assert headers["Location"] == "/whep/viewer-1"
        assert headers["ETag"]
        assert web.backend.offers == ["v=0 offer"]
        assert (await web.call("PATCH", headers["Location"], ""))[0] == 405
        assert (await web.call("DELETE", headers["Location"]))[0] == 200
        assert (await web.call("DELETE", "/whep/stranger"))[0] == 404


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
    async with served() as web:
        assert (await web.call("POST", "/whep", body, Content_Type=kind))[0] == status
        assert not web.backend.offers


async def test_a_refused_viewer_reads_why_and_when_to_come_back():
    async with served() as web:
        web.backend.refusal = ViewerRefused("8 people are watching already", status=503)
        status, headers, body = await web.call("POST", "/whep", "v=0", **SDP)
        assert status == 503
        assert headers["Retry-After"]
        assert "8 people" in body


@pytest.mark.parametrize(
    ("state", "status"), [("starting", 200), ("on_air", 200), ("panic", 200), ("stopping", 503), ("idle", 503)]
)
async def test_health_says_whether_the_channel_is_on_air(state, status):
    async with served(FakeBackend(Snapshot(state=state))) as web:
        got, _, body = await web.call("GET", "/healthz", own=False)
        assert got == status
        assert json.loads(body) == {"state": state, "dead_air": 0.0}


async def test_the_records_are_given_out_to_who_moderates():
    backend = FakeBackend(
        Snapshot(state="on_air", aired=(Aired(1, 12.0, "Good evening."),), now=Item("offer", "It's $49.99."))
    )
    async with served(backend) as web:
        async with web.console() as page:
            await page.act("say", value="=1+1")
        status, headers, body = await web.call("GET", "/export/acts.csv")
        assert (status, headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
        assert '"\'=1+1"' in body
        status, headers, body = await web.call("GET", "/export/as-run.jsonl")
        assert status == 200
        assert headers["Content-Disposition"] == 'attachment; filename="as-run.jsonl"'
        assert "Good evening." in body
        await web.sign_in(Role.VIEWER)
        assert (await web.call("GET", "/export/acts.csv"))[0] == 403


async def test_a_revoked_session_loses_its_console_within_two_seconds():
    async with served() as web:
        session = await web.sign_in()
        async with web.console() as page:
            await page.kind("snapshot")
            await web.guard.sessions.end(session, "")
            async with asyncio.timeout(2):
                assert await page.closed() == 1008
        with pytest.raises(InvalidStatus) as refused:
            async with web.page():
                pass
        assert refused.value.response.status_code == 401


async def test_serving_ends_soon_after_it_is_cancelled_even_with_an_open_page():
    async with asyncio.timeout(8):
        async with served() as web:
            opened = web.page()
            await (await opened.__aenter__()).read()
        await opened.__aexit__(None, None, None)
        with pytest.raises(ConnectionRefusedError):
            await web.call("GET", "/healthz")
