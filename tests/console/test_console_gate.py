"""Every route, role and method; every origin and host."""

import re

import pytest
from guard_helpers import HOST, ORIGIN, PORT, PUBLIC, WEBSOCKET, web_port

from livestream.console.backend import Role
from livestream.console.gate import SECURITY_HEADERS
from livestream.console.roles import RULES, least, may_act, reaches

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", WEBSOCKET)


def example(path):
    return re.sub(r"\{[^}]*\}", "some", path)


def expected(path, method, role):
    """What a request with this role gets at the gate: None where it is let through."""
    level = least(example(path), method)
    if level in ("anyone", "machine"):
        return None
    if role is None:
        return 401
    return None if reaches(role, level) else 403


@pytest.mark.parametrize("role", [None, *Role])
async def test_every_route_and_method_lets_in_whom_its_rule_names_and_nobody_else(tmp_path, role):
    ruled = {(rule.path, rule.method) for rule in RULES}
    async with web_port(tmp_path) as port:
        cookie = await port.enter(role) if role else ""
        for path in sorted({rule.path for rule in RULES}):
            for method in METHODS:
                port.reached.clear()
                answer = await port.call(method, example(path), cookie=cookie)
                refused = expected(path, method, role)
                what = f"{method} {path} as {role}: {answer.status}"
                if refused is not None:
                    assert (answer.status, port.reached) == (refused, []), what
                elif ("GET" if method == "HEAD" else method, path) not in {(m, p) for p, m in ruled}:
                    assert (answer.status in (403, 404, 405), port.reached) == (True, []), what
                else:
                    assert answer.status not in (401, 421, 404, 405, 500), what


def test_the_rules_say_what_the_roles_are_for():
    assert [may_act(role) for role in Role] == [False, True, True]
    open_to_all = {(rule.path, rule.method) for rule in RULES if rule.least == "anyone"}
    assert {path for path, _ in open_to_all} == {"/healthz", "/static/{path:path}", "/enter", "/signin"}
    assert {rule.path for rule in RULES if rule.least == "machine"} == {"/comments/{source}", "/webhooks/{source}"}
    assert all(rule.least is Role.OWNER for rule in RULES if rule.path.startswith("/people"))
    assert len({(rule.path, rule.method) for rule in RULES}) == len(RULES)


async def test_what_no_rule_speaks_of_is_served_to_nobody(tmp_path):
    async with web_port(tmp_path) as port:
        cookie = await port.enter()
        for path in ("/nothing", "/people/some", "/static", "/../etc/passwd", "//", "/ws/", "/enter/", "/whep/a/b"):
            for method in ("GET", "POST", WEBSOCKET):
                assert (await port.call(method, path, cookie=cookie)).status == 404
                assert (await port.call(method, path)).status == 401
        assert port.reached == []


ORIGINS = [
    "https://evil.example",
    "null",
    "",
    "file://",
    f"http://127.0.0.1.evil.example:{PORT}",
    f"http://evil-127.0.0.1:{PORT}",
    f"https://{HOST}",
    f"http://localhost:{PORT}",
    "http://127.0.0.1",
    f"http://127.0.0.1:{PORT + 1}",
    f"http://{HOST}.",
    f"http://{HOST}/",
    f"http://evil@{HOST}",
    f"http://[::1]:{PORT}",
    "chrome-extension://abcdef",
]


@pytest.mark.parametrize("origin", ORIGINS)
async def test_a_foreign_page_changes_nothing_and_opens_no_websocket(tmp_path, origin):
    async with web_port(tmp_path) as port:
        cookie = await port.enter()
        for rule in RULES:
            if rule.method in ("GET",) or rule.least == "machine":
                continue
            answer = await port.call(rule.method, example(rule.path), cookie=cookie, origin=origin)
            assert (answer.status, answer.accepted) == (403, False), rule
        assert port.reached == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "nonsense"])
async def test_a_browser_that_says_it_comes_from_elsewhere_is_believed(tmp_path, site):
    async with web_port(tmp_path) as port:
        cookie = await port.enter()
        assert (await port.call("POST", "/whep", cookie=cookie, sec_fetch_site=site)).status == 403
        assert (await port.call("POST", "/whep", cookie=cookie, sec_fetch_site="same-origin")).status == 200


async def test_our_own_page_opens_its_websocket(tmp_path):
    async with web_port(tmp_path) as port:
        cookie = await port.enter(Role.VIEWER)
        assert (await port.call(WEBSOCKET, "/ws", cookie=cookie)).accepted
        assert (await port.call(WEBSOCKET, "/ws")).status == 401


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", "127.0.0.1", f"127.0.0.1.evil.example:{PORT}", "", PUBLIC],
)
async def test_a_foreign_host_name_is_refused_everywhere(tmp_path, host):
    async with web_port(tmp_path) as port:
        for rule in RULES:
            answer = await port.call(rule.method, example(rule.path), host=host, origin=f"http://{host}")
            assert answer.status == 421, rule
        assert port.reached == []


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
async def test_loopback_has_three_names_each_its_own_origin(tmp_path, host):
    async with web_port(tmp_path) as port:
        cookie = await port.enter(host=host, origin=f"http://{host.lower()}")
        assert (await port.call("GET", "/", cookie=cookie, host=host)).status == 200
        assert (await port.call(WEBSOCKET, "/ws", cookie=cookie, host=host)).status == 403


async def test_behind_a_proxy_the_public_name_is_served_by_tls_only(tmp_path):
    async with web_port(tmp_path, public=True) as port:
        cookie = await port.enter(host=PUBLIC, origin=f"https://{PUBLIC}")
        assert cookie.startswith("__Host-livestream=")
        assert (await port.call("GET", "/", cookie=cookie, host=PUBLIC)).status == 200
        assert (await port.call(WEBSOCKET, "/ws", cookie=cookie, host=PUBLIC, origin=f"http://{PUBLIC}")).status == 403
        assert (await port.call(WEBSOCKET, "/ws", cookie=cookie, host=PUBLIC, origin=f"https://{PUBLIC}")).accepted
        assert (await port.call("GET", "/", cookie=cookie, host=f"{PUBLIC}:8443")).status == 421
        answer = await port.call(
            "POST",
            "/enter",
            {"ticket": await port.guard.accounts.link_for_role()},
            host=PUBLIC,
            origin=f"https://{PUBLIC}",
        )
        flags = answer.headers["set-cookie"].lower()
        assert all(flag in flags for flag in ("secure", "httponly", "samesite=lax", "path=/", "max-age=43200"))
        assert "domain" not in flags
        assert (await port.call("GET", "/", host=HOST, cookie=await port.enter())).status == 200, (
            "and this machine's own"
        )


async def test_every_answer_bears_the_security_headers(tmp_path):
    async with web_port(tmp_path) as port:
        cookie = await port.enter()
        for path, given in (("/", cookie), ("/", ""), ("/healthz", ""), ("/nothing", cookie), ("/signin", "")):
            headers = (await port.call("GET", path, cookie=given)).headers
            assert {name: headers[name.lower()] for name in SECURITY_HEADERS} == SECURITY_HEADERS
            assert headers["cache-control"] == "no-store"
        assert (await port.call("GET", "/", host="evil.example")).headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "cookie",
    ["livestream_1={}", "nonsense;;=", f"livestream_{PORT}=", f"livestream_{PORT}=" + "x" * 43, "é=ü", ";" * 999],
)
async def test_a_wrong_cookie_is_nobodys(tmp_path, cookie):
    async with web_port(tmp_path) as port:
        token = (await port.enter()).partition("=")[2]
        assert (await port.call("GET", "/account", cookie=cookie.format(token))).status == 401


async def test_without_a_session_people_see_where_to_sign_in(tmp_path):
    async with web_port(tmp_path) as port:
        for path in ("/", "/account", "/people"):
            answer = await port.call("GET", path)
            assert answer.status == 401
            assert 'action="/signin"' in answer.text
        assert "livestream console" in (await port.call("GET", "/")).text
        assert "Iniciar sesión" in (await port.call("GET", "/", accept_language="es-MX,en;q=0.5")).text


async def test_a_database_that_is_away_is_told_and_lets_nobody_in(tmp_path):
    async with web_port(tmp_path) as port:
        cookie = await port.enter()
        await port.store.write(lambda connection: connection.exec_driver_sql("ALTER TABLE sessions RENAME TO gone"))
        port.clock.advance(5)
        answer = await port.call("GET", "/", cookie=cookie)
        assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        assert "session" not in answer.text
        assert port.reached == []


def test_the_own_origin_is_what_a_browser_says():
    assert f"http://{HOST}" == ORIGIN
