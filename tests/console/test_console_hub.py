import asyncio
import json
import socket
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from console_port import served
from websockets.exceptions import InvalidStatus

from livestream.console import hub as hubs
from livestream.console.backend import Acted, Outcome, Person, Planned, Role, Snapshot
from livestream.console.feed import Changes
from livestream.console.hub import Hub
from livestream.errors import StoreError
from livestream.testing import ManualClock
from livestream.testing.console import FakeBackend


async def test_a_console_is_told_who_it_is_and_what_is_on():
    async with served() as web, web.console() as page:
        greeting = await page.read()
        assert greeting["type"] == "hello"
        assert greeting["person"]["role"] == "owner"
        assert "price" in greeting["modes"]
        assert (await page.kind("snapshot"))["snapshot"]["title"] == "Northlight Home"
        assert (await page.kind("rundown"))["items"] == []
        assert (await page.kind("products"))["items"] == []
        assert (await page.kind("tickets"))["items"] == []


async def test_a_comment_reaches_every_console_and_again_when_it_changes():
    async with served() as web, web.console() as one, web.console() as other:
        row = web.backend.arrive("How much?", planned=Planned("It's $5.", "answer", "price", facts=(("a", "b", "c"),)))
        for page in (one, other):
            message = await page.kind("rows")
            assert message["rows"][0]["planned"]["facts"] == [["a", "b", "c"]]
            assert message["seq"] == row.seq
        web.backend.change(row.id, state="answered")
        for page in (one, other):
            assert (await page.kind("rows"))["rows"][0]["state"] == "answered"


async def test_lists_are_sent_again_only_when_their_number_changes():
    async with served() as web, web.console() as page:
        await page.kind("products")
        web.backend.show(products=1)
        kinds = []
        while kinds.count("snapshot") < 3:
            kinds.append((await page.read())["type"])
        assert kinds.count("products") == 1
        assert "rundown" not in kinds


async def test_a_ticket_reaches_every_console_and_goes_when_it_is_closed():
    async with served() as web, web.console() as one, web.console() as other:
        ticket = web.backend.open_ticket(web.backend.arrive("Where is my parcel?"), "order")
        for page in (one, other):
            message = await page.until(lambda message: message["type"] == "tickets" and message["items"])
            assert [(each["n"], each["kind"], each["text"]) for each in message["items"]] == [
                (ticket.n, "order", "Where is my parcel?")
            ]
        assert (await one.act("close_ticket", str(ticket.n)))["done"]
        assert (await other.kind("tickets"))["items"] == []


async def test_who_comes_back_misses_nothing_and_gets_nothing_twice():
    async with served() as web:
        for n in range(5):
            web.backend.arrive(f"text {n}")
        async with web.console() as page:
            await page.kind("rows")
            assert len(page.rows) == 5
        web.backend.arrive("while away")
        async with web.console(since=page.seq) as again:
            message = await again.kind("rows")
            assert [row["text"] for row in message["rows"]] == ["while away"]


async def test_who_names_a_change_of_another_channel_is_told_to_drop_what_they_have():
    async with served() as web:
        row = web.backend.arrive("How much?")
        async with web.console(since=1_000) as page:
            kinds = [(await page.read())["type"] for _ in range(2)]
            assert kinds == ["hello", "fresh"]
            message = await page.kind("rows")
            assert ([each["id"] for each in message["rows"]], message["seq"]) == ([row.id], row.seq)
        async with web.console(since=row.seq) as page:
            kinds = []
            while "products" not in kinds:
                kinds.append((await page.read())["type"])
            assert "fresh" not in kinds


async def test_an_act_is_done_answered_and_told_to_the_others():
    async with served() as web, web.console() as one, web.console() as other:
        row = web.backend.arrive("spam")
        await other.kind("rows")
        done = await one.act("hide", row.id, seen=row.seq, request="r1")
        assert done == {"type": "done", "request": "r1", "done": True, "message": "", "conflict": "", "undo": "undo-1"}
        assert (await other.kind("acts"))["acts"][0]["name"] == "hide"
        assert web.backend.done[0][0].role is Role.OWNER


@pytest.mark.parametrize(
    "act", [{}, {"name": "explode"}, {"name": "hide", "target": "x" * 600}, {"name": "hide", "seen": -1}, {"name": 5}]
)
async def test_an_act_that_makes_no_sense_is_answered_and_not_done(act):
    async with served() as web, web.console() as page:
        await page.send(json.dumps({"type": "act", "request": 7, "act": act}))
        done = await page.kind("done")
        assert (done["request"], done["done"]) == (7, False)
        assert done["message"]
        assert not web.backend.done


@pytest.mark.parametrize(
    "message",
    ["", "nonsense", "[]", "{}", '{"type":"shout"}', '{"type":"act","act":[]}', b"\x00", '"\\ud800"', "[" * 5000],
)
async def test_a_message_that_makes_no_sense_is_answered_and_the_console_stays_open(message):
    async with served() as web, web.console() as page:
        await page.send(message)
        assert (await page.kind("error"))["message"]
        assert (await page.act("pause"))["done"]


async def test_nothing_is_told_before_the_page_says_from_where_it_follows():
    async with served() as web, web.page() as page:
        web.backend.arrive("early")
        assert (await page.read())["type"] == "hello"
        await page.send(json.dumps({"type": "act", "request": 1, "act": {"name": "pause"}}))
        assert (await page.read())["type"] == "error"
        await page.send(json.dumps({"type": "follow", "since": 0}))
        await page.kind("rows")
        assert not web.backend.done


async def test_too_long_a_message_ends_the_connection():
    async with served() as web, web.console() as page:
        await page.send("x" * (hubs.MAX_MESSAGE + 1))
        assert await page.closed() == 1009


async def test_a_channel_that_cannot_keep_an_act_says_so():
    class Broken(FakeBackend):
        async def act(self, person, act):
            raise StoreError("the disk is full", remedy="Make room.")

    async with served(Broken()) as web, web.console() as page:
        done = await page.act("pause")
        assert not done["done"]
        assert done["message"] == "the disk is full. Make room."


async def test_a_slow_act_does_not_hold_up_the_next_and_many_are_refused():
    release = asyncio.Event()

    class Slow(FakeBackend):
        async def act(self, person, act):
            if act.name == "say":
                await release.wait()
            return Outcome(True)

    async with served(Slow()) as web, web.console() as page:
        say = {"type": "act", "act": {"name": "say", "value": "Hello."}}
        await page.send(json.dumps({**say, "request": 1}))
        assert (await page.act("panic", request=2))["done"]
        for request in range(3, 11):
            await page.send(json.dumps({**say, "request": request}))
        refused = await page.kind("done")
        assert (refused["request"], refused["done"]) == (10, False)
        release.set()
        answered = {(await page.kind("done"))["request"] for _ in range(8)}
        assert answered == {1, *range(3, 10)}


async def test_rows_are_sent_in_messages_of_bounded_size_and_told_as_seen_with_the_last():
    async with served() as web:
        rows = [web.backend.arrive("x" * 2_000) for _ in range(100)]
        async with web.console() as page:
            messages = [await page.kind("rows")]
            while len(page.rows) < 100:
                messages.append(await page.kind("rows"))
        assert len(messages) >= 3
        assert all(len(json.dumps(message)) < hubs.MAX_BATCH * 1.5 for message in messages)
        assert [message["seq"] for message in messages] == [0] * (len(messages) - 1) + [rows[-1].seq]


async def test_half_a_surrogate_pair_in_a_comment_breaks_no_console():
    async with served() as web, web.console() as page:
        web.backend.arrive("broken \ud800 text", planned=Planned("", "answer", "price"))
        assert (await page.kind("rows"))["rows"][0]["text"] == "broken \ud800 text"


async def test_a_page_that_does_not_read_is_let_go_and_the_others_never_wait_for_it():
    backend = FakeBackend(Snapshot(state="on_air", title="x" * 500_000))
    async with served(backend, slow_console_seconds=0.3) as web:
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)  # or the kernel reads megabytes for it
        narrow.connect(("127.0.0.1", web.port))
        stuck = web.console(max_queue=1, ping_interval=None, sock=narrow)
        async with stuck as slow, web.console() as quick:
            for _ in range(4):
                await quick.kind("snapshot")
            assert await slow.closed() == 1006
            await quick.kind("snapshot")


async def test_a_person_has_so_many_consoles_and_no_more(monkeypatch):
    monkeypatch.setattr(hubs, "MAX_CONSOLES_A_PERSON", 2)
    async with served() as web:
        async with web.console() as first, web.console() as second:
            await first.kind("snapshot")
            await second.kind("snapshot")
            with pytest.raises(InvalidStatus) as refused:
                async with web.page():
                    pass
            assert refused.value.response.status_code == 429
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(5):
                while True:  # the server notices within a tick that the others went
                    try:
                        page = await stack.enter_async_context(web.console())
                    except InvalidStatus:
                        continue
                    break
            await page.kind("snapshot")


class Socket:
    """A WebSocket whose page is the test: what it says is queued, what it is told is kept."""

    def __init__(self, *said):
        self.said = asyncio.Queue()
        for message in said:
            self.say(message)
        self.told = []
        self.code = None
        self.scope = {"state": {}}

    def say(self, message):
        self.said.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    def leave(self):
        self.said.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def accept(self):
        pass

    async def receive(self):
        return await self.said.get()

    async def send_text(self, text):
        self.told.append(json.loads(text))

    async def close(self, code):
        self.code = code

    async def send_denial_response(self, response):
        self.code = response.status_code

    def kinds(self):
        return [message["type"] for message in self.told]


FOLLOW = {"type": "follow", "since": 0}
ANN = Person("1", "Ann", Role.MODERATOR)


def pause(request):
    return {"type": "act", "request": request, "act": {"name": "pause"}}


async def test_a_session_that_ends_closes_its_console_at_the_next_look():
    clock, backend, socket = ManualClock(), FakeBackend(), Socket(FOLLOW)
    people = iter([ANN, ANN])
    await Hub(backend, clock).attend(socket, lambda: next(people, None))
    assert socket.code == 1008
    assert clock.monotonic() - 1000 <= 2


async def test_without_a_session_there_is_no_console():
    socket = Socket(FOLLOW)
    await Hub(FakeBackend(), ManualClock()).attend(socket, lambda: None)
    assert socket.code == 401
    assert not socket.told


async def test_a_viewer_sees_but_does_not_act_and_learns_nothing_of_people():
    backend, socket = FakeBackend(), Socket(FOLLOW, pause(1))
    backend._history = [
        Acted(n, 0.0, "Ann", name, "ws:1", "") for n, name in enumerate(("ban", "timeout", "unban", "hide"))
    ]
    clock = ManualClock()
    person = replace(ANN, role=Role.VIEWER)

    def present():
        if "done" in socket.kinds() and "acts" in socket.kinds():
            socket.leave()
        return person

    await Hub(backend, clock).attend(socket, present)
    assert not next(message for message in socket.told if message["type"] == "done")["done"]
    assert not backend.done
    assert [act["name"] for message in socket.told if message["type"] == "acts" for act in message["acts"]] == ["hide"]


async def test_a_role_that_is_taken_away_counts_at_the_next_act():
    backend, socket = FakeBackend(), Socket(FOLLOW, pause(1))
    roles = {"person": ANN}

    class Telling(Socket):
        async def send_text(self, text):
            await super().send_text(text)
            if self.told[-1]["type"] == "done":
                if roles["person"].role is Role.VIEWER:
                    self.leave()
                else:
                    roles["person"] = replace(ANN, role=Role.VIEWER)
                    self.say(pause(2))

    socket = Telling(FOLLOW, pause(1))
    await Hub(backend, ManualClock()).attend(socket, lambda: roles["person"])
    done = [message["done"] for message in socket.told if message["type"] == "done"]
    assert done == [True, False]


async def test_a_console_that_fell_behind_is_told_to_come_again():
    class Forgetful(FakeBackend):
        changes = Changes(kept=1)

        def follow(self, since):
            return self.changes.follow(since)

        def snapshot(self):
            for n in range(3):
                self.changes.put(self.arrive(f"text {n}"))
            return super().snapshot()

    socket = Socket(FOLLOW)
    await Hub(Forgetful(), ManualClock()).attend(socket, lambda: ANN)
    assert socket.code == 1013


async def test_who_talks_too_fast_is_listened_to_more_slowly():
    clock, backend = ManualClock(), FakeBackend()
    socket = Socket(FOLLOW, *(pause(n) for n in range(200)))
    socket.leave()
    await Hub(backend, clock).attend(socket, lambda: ANN)
    assert clock.monotonic() - 1000 >= (201 - hubs.MESSAGES_AT_ONCE) / hubs.MESSAGES_A_SECOND


async def test_the_channel_is_asked_once_for_all_consoles_and_a_row_is_encoded_once():
    class Counting(FakeBackend):
        asked = 0

        def snapshot(self):
            self.asked += 1
            return super().snapshot()

    backend, clock = Counting(), ManualClock()
    hub = Hub(backend, clock)
    for _ in range(5):
        hub.state()
    assert backend.asked == 1
    rows = [backend.arrive("How much?")]
    assert hub.encoded(rows)[0] is hub.encoded(rows)[0]
