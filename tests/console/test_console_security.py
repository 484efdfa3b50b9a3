"""What strangers write stays text, and what is secret is found nowhere."""

import logging
import traceback
from html.parser import HTMLParser

import pytest
from guard_helpers import web_port

from livestream.console.backend import Role
from livestream.console.pages import console_page
from livestream.errors import StoreError
from livestream.store.schema import accounts

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "<script src=//evil.example></script>",
    "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert`1`>",
    "<img/src/onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "</title><svg onload=alert(1)>",
    "</textarea><svg onload=alert(1)>",
    "</option></select><svg onload=alert(1)>",
    "</code><svg onload=alert(1)>",
    "</bdi><svg onload=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script>",
    "<svg><a xlink:href=javascript:alert(1)>",
    "<svg><animate onbegin=alert(1)>",
    "<math><mtext><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content=0;//evil>",
    "<form action=//evil.example><button>x",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<style>@import'//evil.example'</style>",
    "<template><script>alert(1)</script>",
    "<noscript><p title='</noscript><img>'>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    "x onmouseover=alert(1) y",
    '" autofocus onfocus="alert(1)',
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "\\u003cscript\\u003ealert(1)",
    "{{ 7 * 7 }}{% if 1 %}x{% endif %}",
    "${alert(1)} #{alert(1)} <%= 1 %>",
    "{name} {0} {__class__}",
    "%3Cscript%3Ealert(1)",
    "\u2028alert(1)\u2029",
    "\u202e<script>\u202c",
    "<\u200bscript>alert(1)",
    "＜script＞alert(1)＜/script＞",
    "]]><script>alert(1)</script>",
    "</script\t><script\n>alert(1)",
    "<a href='data:text/html,<script>'>x",
]


class Shape(HTMLParser):
    """A page without its texts: its elements with the names of their attributes, in order."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.texts = []
        self.values = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _ in attrs)))
        self.values += [value for _, value in attrs]

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_comment(self, data):
        self.found.append("comment")

    def handle_data(self, data):
        self.texts.append(data)


async def named(port, name):
    """Give the owner a name that no form would take."""
    await port.store.write(lambda connection: connection.execute(accounts.update().values(name=name)))


async def pages(port, cookie, name):
    """Return every page that shows a name, or what was typed."""
    await named(port, name)
    port.clock.advance(2)
    shown = [await port.call("GET", path, cookie=cookie) for path in ("/account", "/people")]
    (owner,) = await port.guard.accounts.all()
    shown.append(await port.post(f"/people/{owner.person.id}/link", {}, cookie))
    shown.append(await port.call("POST", "/signin", {"name": name, "password": "wrong password"}))
    return [page.text for page in shown]


async def test_names_stay_text_on_every_page(tmp_path):
    assert len(PAYLOADS) >= 40
    async with web_port(tmp_path) as port:
        cookie = await port.enter()
        plain = [Shape(page).found for page in await pages(port, cookie, "Ana")]
        for start in range(0, len(PAYLOADS), 4):
            payload = " ".join(PAYLOADS[start : start + 4])
            for shape, page in zip(plain, await pages(port, cookie, payload), strict=True):
                found = Shape(page)
                assert found.found == shape, payload
                assert payload[:80] in "".join(found.texts) or payload[:80] in found.values, payload


@pytest.mark.parametrize("language", ["en", "ar-XB"])
def test_a_channels_title_stays_text(language):
    def shape(title):
        return Shape(console_page(title=title, locale=title, language=language).body.decode())

    plain = shape("Lamps").found
    for payload in PAYLOADS:
        found = shape(payload)
        assert found.found == plain, payload
        assert payload in "".join(found.texts), payload


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_what_comes_in_the_address_stays_text(tmp_path, payload):
    async with web_port(tmp_path) as port:
        page = await port.call("GET", f"/enter?ticket={payload}")
        assert Shape(page.text).found == Shape((await port.call("GET", "/enter?ticket=x")).text).found
        assert payload not in (await port.call("GET", f"/{payload}")).text


CANARY = "canary-horse-battery-staple"
ADDRESS = "10.0.0.7"


async def test_secrets_are_found_neither_in_the_database_nor_in_logs_nor_on_pages(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    async with web_port(tmp_path) as port:
        ticket = await port.guard.accounts.link_for_role()
        unused = await port.guard.accounts.link_for_role()
        cookie = (await port.call("POST", "/enter", {"ticket": ticket})).cookie
        answer = await port.post("/account/password", {"password": CANARY, "again": CANARY}, cookie)
        inside = answer.cookie
        port.clock.advance(2)
        csrf = await port.csrf(inside)
        mistyped = await port.call("POST", "/signin", {"name": f"{CANARY}-name", "password": f"{CANARY}-wrong"})
        out = await port.call("POST", "/signin", {"name": "Owner", "password": CANARY})
        shown = [await port.call("GET", path, cookie=inside) for path in ("/account", "/people", "/")]
        secrets = [ticket, unused, cookie.partition("=")[2], inside.partition("=")[2], out.cookie.partition("=")[2]]
        assert all(len(secret) == 43 for secret in secrets)

        pages = "".join(page.text + str(page.headers) for page in shown)
        assert not [secret for secret in [*secrets, CANARY] if secret in pages]
        assert f"{CANARY}-wrong" not in mistyped.text

        dump = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert b"Owner" in dump, "the dump is one"
        assert not [secret for secret in [*secrets, csrf, CANARY] if secret.encode() in dump]

        said = caplog.text + repr(await port.guard.sessions.find(inside.partition("=")[2]))
        assert not [secret for secret in [*secrets, csrf, CANARY] if secret in said]


async def test_secrets_are_not_in_the_text_of_errors(tmp_path):
    async with web_port(tmp_path) as port:
        ticket = await port.guard.accounts.link_for_role(Role.OWNER)
        await port.store.write(lambda connection: connection.exec_driver_sql("DROP TABLE sign_ins"))
        with pytest.raises(StoreError) as caught:
            await port.guard.accounts.redeem(ticket, ADDRESS)
        error = caught.value
        assert "sign_ins" in str(error), "it says what is wrong"
        told = [str(error), repr(error), *traceback.format_exception(error)]
        assert not [text for text in told if ticket in text or ADDRESS in text]
