"""Coming in, staying in, being sent out."""

import asyncio
import re
from statistics import median

import pytest
from guard_helpers import HOST, WEBSOCKET, web_port

from livestream.clock import SystemClock
from livestream.console.backend import Role
from livestream.console.passwords import A_NAME, A_NAME_FROM_ONE_ADDRESS, MOST_COUNTED, Passwords, Tries, network
from livestream.console.problems import Problem
from livestream.console.sessions import IDLE_SECONDS, LONGEST_SECONDS, MOST_A_PERSON
from livestream.console.tokens import LINK_SECONDS, digest, is_token, new_ticket, new_token
from livestream.errors import StoreError
from livestream.store.schema import sessions, sign_ins
from livestream.testing import ManualClock

PASSWORD = "correct horse battery"


async def settled():
    for _ in range(20):
        await asyncio.sleep(0)


async def person(port, name="Ana", role=Role.MODERATOR, password=PASSWORD):
    port.clock.advance(1)
    added = await port.guard.accounts.add(name, role)
    await port.guard.accounts.set_password(added.person.id, await port.guard.passwords.hash(password))
    return added.person


async def sign_in(port, name="Ana", password=PASSWORD, **more):
    return await port.call("POST", "/signin", {"name": name, "password": password}, **more)


async def history(port):
    return await port.store.read(lambda connection: [tuple(row)[2:] for row in connection.execute(sign_ins.select())])


class TestLinks:
    async def test_a_link_lets_in_once(self, tmp_path):
        async with web_port(tmp_path) as port:
            link = port.guard.port.link(await port.guard.accounts.link_for_role())
            path = link.removeprefix(f"http://{HOST}")
            page = await port.call("GET", path, origin="")
            ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)[1]
            assert f"ticket={ticket}" in link
            assert (await port.call("GET", path, origin="")).status == 200, "opening it twice is no harm"
            answer = await port.call("POST", "/enter", {"ticket": ticket})
            assert (answer.status, answer.headers["location"]) == (303, "/")
            assert (await port.call("GET", "/", cookie=answer.cookie)).text == "reached"
            again = await port.call("POST", "/enter", {"ticket": ticket})
            assert (again.status, again.cookie) == (403, "")
            assert "used" in again.text

    async def test_a_link_grows_old(self, tmp_path):
        async with web_port(tmp_path) as port:
            ticket = await port.guard.accounts.link_for_role()
            port.clock.advance(LINK_SECONDS)
            assert (await port.call("POST", "/enter", {"ticket": ticket})).status == 403

    @pytest.mark.parametrize("ticket", ["", "x", "x" * 43, "é" * 43, "../" * 20, "' OR 1=1 --"])
    async def test_what_is_no_ticket_lets_nobody_in(self, tmp_path, ticket):
        async with web_port(tmp_path) as port:
            await port.guard.accounts.link_for_role()
            assert (await port.call("POST", "/enter", {"ticket": ticket})).status == 403
            assert (await port.call("POST", "/enter", {})).status == 403

    async def test_two_browsers_that_open_one_link_at_once_are_not_both_let_in(self, tmp_path):
        async with web_port(tmp_path) as port:
            ticket = await port.guard.accounts.link_for_role()
            answers = await asyncio.gather(*(port.call("POST", "/enter", {"ticket": ticket}) for _ in range(10)))
            assert sorted(answer.status for answer in answers) == [303] + [403] * 9

    async def test_a_printed_ticket_is_admitted_once_however_often_the_process_starts(self, tmp_path):
        async with web_port(tmp_path) as port:
            ticket = new_ticket(port.clock.time())
            assert ticket.token not in repr(ticket)
            for _ in range(2):
                await port.guard.accounts.admit(ticket)
            assert (await port.call("POST", "/enter", {"ticket": ticket.token})).status == 303
            await port.guard.accounts.admit(ticket)
            assert (await port.call("POST", "/enter", {"ticket": ticket.token})).status == 403
            assert [each.person.name for each in await port.guard.accounts.all()] == ["Owner"]

    async def test_links_for_a_role_are_for_one_account(self, tmp_path):
        async with web_port(tmp_path) as port:
            await port.guard.accounts.add("Moderator", Role.VIEWER)
            for role in (*Role, *Role):
                await port.enter(role)
            people = [(each.person.name, each.person.role) for each in await port.guard.accounts.all()]
            assert sorted(people) == [
                ("Moderator", "viewer"),
                ("Moderator 2", "moderator"),
                ("Owner", "owner"),
            ]

    def test_tokens_are_random_and_known_by_their_form(self):
        tokens = {new_token() for _ in range(100)}
        assert len(tokens) == 100
        assert all(is_token(token) for token in tokens)
        assert len({digest(token) for token in tokens}) == 100


class TestPasswords:
    async def test_a_name_and_its_password_sign_in(self, tmp_path):
        async with web_port(tmp_path) as port:
            await person(port, "  Ana   María ")
            for name in ("Ana María", "ana maría", "ＡＮＡ MARÍA", " Ana  María"):
                answer = await sign_in(port, name, address=f"10.0.0.{len(name)}")
                assert (answer.status, answer.headers.get("location")) == (303, "/"), name
                port.clock.advance(60)

    @pytest.mark.parametrize(
        ("name", "password"),
        [
            ("Ana", "wrong password"),
            ("Ana", ""),
            ("Nobody", PASSWORD),
            ("", ""),
            ("Owner", ""),
            ("Ana", PASSWORD + " "),
        ],
    )
    async def test_a_wrong_pair_is_refused_without_saying_which_is_wrong(self, tmp_path, name, password):
        async with web_port(tmp_path) as port:
            await person(port)
            await port.enter()
            answer = await sign_in(port, name, password)
            assert (answer.status, answer.cookie) == (403, "")
            assert "The name or the password is wrong." in answer.text
            if password:
                assert password not in answer.text

    async def test_an_account_without_a_password_is_not_opened_by_any(self, tmp_path):
        async with web_port(tmp_path) as port:
            await port.guard.accounts.add("Ana", Role.OWNER)
            for password in ("", "nobody", "x" * 300):
                assert (await sign_in(port, "Ana", password, address=password[:1] + "1")).status == 403

    @pytest.mark.parametrize(("password", "said"), [("short", "at least 10"), ("x" * 201, "at most 200")])
    async def test_a_password_has_a_length(self, tmp_path, password, said):
        async with web_port(tmp_path) as port:
            cookie = await port.enter()
            answer = await port.post("/account/password", {"password": password, "again": password}, cookie)
            assert answer.status == 400
            assert said in answer.text

    async def test_an_unknown_name_takes_as_long_as_a_known_one(self, monkeypatch):
        clock = ManualClock()
        passwords = Passwords(clock)
        hashed = await passwords.hash(PASSWORD)
        work = {"known": hashed, "unknown": ""}
        compared = []
        monkeypatch.setattr(passwords, "_compare", lambda hashed, password: compared.append(hashed) or False)
        for name, kept in work.items():
            assert not await passwords.compare(name, kept, "wrong password", "10.0.0.1")
        passwords.close()
        parameters = [entry.rpartition("$")[0].rpartition("$")[0] for entry in compared]
        assert parameters == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2, "both are compared, with the same parameters"

    async def test_measured_too(self):
        passwords = Passwords(ManualClock())
        hashed = await passwords.hash(PASSWORD)
        times = {"known": [], "unknown": []}
        clock = SystemClock()
        for turn in range(6):
            for name, kept in (("known", hashed), ("unknown", "")):
                start = clock.monotonic()
                assert not await passwords.compare(f"{name}{turn}", kept, "wrong password", f"10.0.{turn}.{len(name)}")
                times[name].append(clock.monotonic() - start)
        passwords.close()
        assert 0.4 < median(times["known"]) / median(times["unknown"]) < 2.5


class TestFlood:
    async def test_a_flood_is_compared_a_few_times_and_its_owner_still_comes_in(self, tmp_path):
        """100 wrong sign-ins a second for 10 s with one name from one address."""
        async with web_port(tmp_path) as port:
            await person(port)
            statuses = []
            for _ in range(1_000):
                statuses.append((await sign_in(port, "ana", "wrong password", address="203.0.113.9")).status)
                port.clock.advance(0.01)
            assert port.guard.passwords.compared == A_NAME_FROM_ONE_ADDRESS
            assert set(statuses) == {403, 429}
            clock = SystemClock()
            start = clock.monotonic()
            assert (await sign_in(port, "Ana", address="198.51.100.7")).status == 303
            assert clock.monotonic() - start <= 2.0
            assert port.guard.passwords.compared <= A_NAME

    async def test_from_many_addresses_a_name_is_compared_five_times_a_minute(self, tmp_path):
        async with web_port(tmp_path) as port:
            await person(port)
            for minute in range(2):
                for n in range(40):
                    await sign_in(port, "ana", "wrong password", address=f"203.0.113.{n}")
                assert port.guard.passwords.compared == A_NAME * (minute + 1)
                port.clock.advance(60)

    async def test_with_many_names_an_address_is_compared_ten_times_a_minute(self, tmp_path):
        async with web_port(tmp_path) as port:
            answers = [await sign_in(port, f"name {n}", address=f"2001:db8::{n:x}") for n in range(40)]
            assert port.guard.passwords.compared == 10
            assert answers[-1].status == 429
            assert 1 <= int(answers[-1].headers["retry-after"]) <= 61
            assert "too many tries" in answers[-1].text

    async def test_few_wait_for_the_one_thread(self, monkeypatch):
        passwords = Passwords(ManualClock())
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(passwords.compare(f"n{n}", "", "wrong password", f"10.0.0.{n}")) for n in range(8)
            ]
            await settled()
            with pytest.raises(Problem):
                await passwords.compare("another", "", "wrong password", "10.0.1.1")
        assert not any(task.result() for task in tasks)
        passwords.close()

    def test_what_is_counted_is_bounded(self):
        tries = Tries(ManualClock())
        for n in range(MOST_COUNTED + 500):
            tries.take([(5, str(n))])
        assert len(tries._made) == MOST_COUNTED

    @pytest.mark.parametrize(
        ("address", "place"),
        [
            ("10.1.2.3", "10.1.2.3"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("fe80::1%eth0", "fe80::/64"),
            ("::ffff:10.1.2.3", "10.1.2.3"),
            ("", "?"),
            ("unknown", "?"),
        ],
    )
    def test_an_ipv6_user_is_their_network(self, address, place):
        assert network(address) == place


class TestSessions:
    async def test_signing_in_gives_a_new_id_and_ends_the_old(self, tmp_path):
        async with web_port(tmp_path) as port:
            await person(port)
            planted = "livestream_8123=" + "A" * 43
            first = (await sign_in(port, cookie=planted)).cookie
            assert first != planted
            second = (await sign_in(port, cookie=first)).cookie
            assert second != first
            assert (await port.call("GET", "/", cookie=planted)).status == 401
            assert (await port.call("GET", "/", cookie=first)).status == 401
            assert (await port.call("GET", "/", cookie=second)).status == 200

    async def test_a_session_that_is_not_used_is_over_after_half_an_hour(self, tmp_path):
        async with web_port(tmp_path) as port:
            cookie = await port.enter()
            for _ in range(4):
                port.clock.advance(IDLE_SECONDS - 61)
                assert (await port.call("GET", "/", cookie=cookie)).status == 200
            port.clock.advance(IDLE_SECONDS)
            assert (await port.call("GET", "/", cookie=cookie)).status == 401

    async def test_a_session_is_over_after_twelve_hours_however_it_is_used(self, tmp_path):
        async with web_port(tmp_path) as port:
            cookie = await port.enter()
            used = 0.0
            while used + 1_000 < LONGEST_SECONDS:
                port.clock.advance(1_000)
                used += 1_000
                assert (await port.call("GET", "/", cookie=cookie)).status == 200
            port.clock.advance(LONGEST_SECONDS - used)
            assert (await port.call("GET", "/", cookie=cookie)).status == 401

    async def test_an_open_page_keeps_its_session_and_is_told_when_it_is_revoked(self, tmp_path):
        async with web_port(tmp_path) as port:
            cookie = await port.enter()
            session = await port.guard.sessions.find(cookie.partition("=")[2])
            async with port.guard.sessions.attended(session) as present:
                for _ in range(40):
                    await self.pass_time(port, 100)
                    assert present() == session.person
                await port.guard.sessions.end_all(session.person.id)
                for _ in range(2):
                    await self.pass_time(port, 1)
                assert present() is None

    async def test_another_process_that_revokes_is_noticed_too(self, tmp_path):
        async with web_port(tmp_path) as port:
            cookie = await port.enter()
            assert (await port.call("GET", "/", cookie=cookie)).status == 200
            await port.store.write(lambda connection: connection.execute(sessions.delete()))
            port.clock.advance(1.01)
            assert (await port.call("GET", "/", cookie=cookie)).status == 401

    async def test_an_open_page_learns_of_a_new_role(self, tmp_path):
        async with web_port(tmp_path) as port:
            await port.enter()
            ana = await person(port)
            session = await port.guard.sessions.find((await sign_in(port)).cookie.partition("=")[2])
            async with port.guard.sessions.attended(session) as present:
                await port.guard.accounts.set_role(ana.id, Role.VIEWER)
                for _ in range(2):
                    await self.pass_time(port, 1)
                assert present() is None, "and signs in again"

    async def test_a_full_disk_signs_nobody_out(self, tmp_path, monkeypatch):
        async with web_port(tmp_path) as port:
            cookie = await port.enter()
            session = await port.guard.sessions.find(cookie.partition("=")[2])

            async def full(work):
                raise StoreError("the disk is full", retryable=True)

            monkeypatch.setattr(port.store, "write", full)
            async with port.guard.sessions.attended(session) as present:
                for _ in range(5):
                    await self.pass_time(port, 100)
                assert present() == session.person
            assert (await port.call("GET", "/", cookie=cookie)).status == 200

    async def test_signing_out_ends_the_session_and_its_cookie(self, tmp_path):
        async with web_port(tmp_path) as port:
            cookie, other = await port.enter(), await port.enter()
            answer = await port.post("/signout", {}, cookie)
            assert answer.headers["location"] == "/signin"
            assert "max-age=0" in answer.headers["set-cookie"].lower()
            assert (await port.call("GET", "/", cookie=cookie)).status == 401
            assert (await port.call("GET", "/", cookie=other)).status == 200

    async def test_of_many_sessions_the_oldest_goes(self, tmp_path):
        async with web_port(tmp_path) as port:
            first = await port.enter()
            for _ in range(MOST_A_PERSON):
                port.clock.advance(1)
                last = await port.enter()
            assert (await port.call("GET", "/", cookie=first)).status == 401
            assert (await port.call("GET", "/", cookie=last)).status == 200

    async def test_only_hashes_of_ids_are_kept(self, tmp_path):
        async with web_port(tmp_path) as port:
            token = (await port.enter()).partition("=")[2]
            rows = await port.store.read(lambda connection: connection.execute(sessions.select()).all())
            assert [row.digest for row in rows] == [digest(token)]
            assert token not in str(rows)

    @staticmethod
    async def pass_time(port, seconds):
        """Move the clock, then let the page's watcher read the database."""
        await settled()
        port.clock.advance(seconds)
        await settled()
        await port.store.read(lambda connection: None)
        await settled()
        await port.store.read(lambda connection: None)
        await settled()


class TestForms:
    UNSAFE = ("/signout", "/account/password", "/account/sessions", "/people", "/people/{}/role", "/people/{}/remove")

    @pytest.mark.parametrize("path", UNSAFE)
    async def test_a_form_without_this_sessions_token_does_nothing(self, tmp_path, path):
        async with web_port(tmp_path) as port:
            cookie, other = await port.enter(), await port.enter()
            ana = await person(port)
            before = await port.guard.accounts.all()
            fields = {"name": "Eve", "role": "owner", "password": PASSWORD, "again": PASSWORD}
            for csrf in ({}, {"csrf": ""}, {"csrf": "x"}, {"csrf": "é"}, {"csrf": await port.csrf(other)}):
                answer = await port.call("POST", path.format(ana.id), fields | csrf, cookie=cookie)
                assert answer.status == 403
            assert await port.guard.accounts.all() == before
            assert (await port.call("GET", "/", cookie=cookie)).status == 200

    @pytest.mark.parametrize(
        ("body", "kind", "status"),
        [
            ("{}", "application/json", 415),
            ("name=a", "text/plain", 415),
            ("name=a", "multipart/form-data; boundary=x", 415),
        ],
    )
    async def test_what_is_no_form_is_refused(self, tmp_path, body, kind, status):
        async with web_port(tmp_path) as port:
            assert (await port.call("POST", "/signin", {"name": "a"}, content_type=kind)).status == status

    async def test_a_form_is_small(self, tmp_path):
        async with web_port(tmp_path) as port:
            assert (await port.call("POST", "/signin", {"name": "a" * 9_000})).status == 413
            assert (await port.call("POST", "/signin", {f"f{n}": "a" for n in range(50)})).status == 400
            assert (await port.call("POST", "/signin", {"name": b"\xed\xa0\x80"})).status == 403


class TestPeople:
    async def test_an_owner_adds_a_person_who_comes_in_by_the_link_shown(self, tmp_path):
        async with web_port(tmp_path) as port:
            owner = await port.enter()
            page = await port.post("/people", {"name": "Ana", "role": "moderator"}, owner)
            assert page.status == 200
            ticket = re.search(r"/enter\?ticket=([\w-]+)", page.text)[1]
            ana = (await port.call("POST", "/enter", {"ticket": ticket})).cookie
            assert (await port.call("GET", "/people", cookie=ana)).status == 403
            account = await port.call("GET", "/account", cookie=ana)
            assert "Signed in as Ana (Moderator)." in account.text
            await port.post("/account/password", {"password": PASSWORD, "again": PASSWORD}, ana)
            assert (await sign_in(port)).status == 303

    @pytest.mark.parametrize("name", ["", "   ", "x" * 41, "Owner", "ＯＷＮＥＲ", "a\u202eb", "a\0b", "a\u200bb"])
    async def test_a_name_that_cannot_be_is_told(self, tmp_path, name):
        async with web_port(tmp_path) as port:
            owner = await port.enter()
            answer = await port.post("/people", {"name": name, "role": "viewer"}, owner)
            assert answer.status == 400
            assert 'role="alert"' in answer.text
            assert len(await port.guard.accounts.all()) == 1

    async def test_a_role_that_is_none_is_refused(self, tmp_path):
        async with web_port(tmp_path) as port:
            owner = await port.enter()
            assert (await port.post("/people", {"name": "Ana", "role": "root"}, owner)).status == 400
            ana = await person(port)
            assert (await port.post(f"/people/{ana.id}/role", {"role": "root"}, owner)).status == 400
            assert (await port.post(f"/people/{ana.id}/promote", {}, owner)).status == 404
            assert (await port.post("/people/nobody/remove", {}, owner)).status == 400
            assert (await port.post("/people/nobody/link", {}, owner)).status == 404

    async def test_a_person_who_is_removed_or_changed_is_out_at_once(self, tmp_path):
        async with web_port(tmp_path) as port:
            owner = await port.enter()
            ana = await person(port)
            for action, role in (("signout", ""), ("role", "owner"), ("role", "viewer"), ("remove", "")):
                cookie = (await sign_in(port)).cookie
                assert (await port.call("GET", "/", cookie=cookie)).status == 200
                assert (await port.post(f"/people/{ana.id}/{action}", {"role": role}, owner)).status == 303
                port.clock.advance(2)
                assert (await port.call("GET", "/", cookie=cookie)).status == 401, action
                assert (await port.call(WEBSOCKET, "/ws", cookie=cookie)).status == 401
                port.clock.advance(60)
            assert (await sign_in(port)).status == 403

    async def test_somebody_stays_owner(self, tmp_path):
        async with web_port(tmp_path) as port:
            owner = await port.enter()
            (only,) = await port.guard.accounts.all()
            for action, form in (("remove", {}), ("role", {"role": "viewer"})):
                answer = await port.post(f"/people/{only.person.id}/{action}", form, owner)
                assert answer.status == 400
                assert "Somebody must be owner." in answer.text
            assert (await port.post(f"/people/{only.person.id}/role", {"role": "owner"}, owner)).status == 303

    async def test_a_password_is_changed_with_the_old_one_and_sends_the_others_out(self, tmp_path):
        async with web_port(tmp_path) as port:
            await person(port)
            here, there = (await sign_in(port)).cookie, (await sign_in(port)).cookie
            new = {"password": "another good one", "again": "another good one"}
            assert (await port.post("/account/password", {**new, "current": "wrong"}, here)).status == 400
            differs = {**new, "again": "a different one", "current": PASSWORD}
            port.clock.advance(60)
            assert (await port.post("/account/password", differs, here)).status == 400
            port.clock.advance(60)
            answer = await port.post("/account/password", {**new, "current": PASSWORD}, here)
            assert answer.headers["location"] == "/account"
            port.clock.advance(60)
            for cookie, status in ((here, 401), (there, 401), (answer.cookie, 200)):
                assert (await port.call("GET", "/", cookie=cookie)).status == status
            assert (await sign_in(port)).status == 403
            assert (await sign_in(port, password="another good one")).status == 303

    async def test_who_forgot_the_password_comes_by_a_link_and_sets_another(self, tmp_path):
        async with web_port(tmp_path) as port:
            ana = await person(port)
            ticket = await port.guard.accounts.link_for(ana.id)
            cookie = (await port.call("POST", "/enter", {"ticket": ticket})).cookie
            assert 'name="current"' not in (await port.call("GET", "/account", cookie=cookie)).text
            answer = await port.post(
                "/account/password", {"password": "a fresh start", "again": "a fresh start"}, cookie
            )
            assert answer.status == 303
            assert (await sign_in(port, password="a fresh start")).status == 303

    async def test_signing_out_elsewhere_leaves_this_browser_in(self, tmp_path):
        async with web_port(tmp_path) as port:
            here, there = await port.enter(), await port.enter()
            assert "in 2 browsers" in (await port.call("GET", "/account", cookie=here)).text
            assert (await port.post("/account/sessions", {}, here)).status == 303
            assert (await port.call("GET", "/", cookie=here)).status == 200
            assert (await port.call("GET", "/", cookie=there)).status == 401

    async def test_who_came_in_is_written_down_but_nothing_that_was_typed(self, tmp_path):
        async with web_port(tmp_path) as port:
            ana = await person(port)
            cookie = (await sign_in(port, address="10.0.0.7")).cookie
            await sign_in(port, "Ana", "wrong password", address="10.0.0.8")
            await sign_in(port, "my secret password", "Ana", address="10.0.0.9")
            await port.post("/signout", {}, cookie, address="10.0.0.7")
            assert await history(port) == [
                (ana.id, "password", "10.0.0.7"),
                (ana.id, "password refused", "10.0.0.8"),
                ("", "password refused", "10.0.0.9"),
                (ana.id, "out", "10.0.0.7"),
            ]
            await port.guard.accounts.forget(port.clock.time() + 1)
            assert await history(port) == []
