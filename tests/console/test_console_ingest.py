import asyncio
import base64
import http.client
import json
from contextlib import asynccontextmanager

import pytest
from console_port import served
from websockets.exceptions import ConnectionClosed, InvalidStatus

from livestream.audience.sources.push import PushDoor, signing_headers
from livestream.clock import SystemClock
from livestream.console import ingest
from livestream.console.backend import Receipt
from livestream.errors import StoreError
from livestream.settings import CommentSource
from livestream.testing.console import FakeBackend

TOKEN = "t" * 32
SIGNING = "whsec_" + base64.b64encode(b"s" * 32).decode()
KEYS = {"TOKEN": TOKEN, "SIGNING": SIGNING}


def doors():
    kinds = {"ws": "TOKEN", "webhook": "SIGNING"}
    opened = (
        PushDoor(CommentSource(origin=kind, key_env=key), clock=SystemClock(), environ=KEYS)
        for kind, key in kinds.items()
    )
    return {door.name: door for door in opened}


@asynccontextmanager
async def pushed_to(backend=None):
    async with served(backend, doors=doors()) as web:
        yield web


def comment(n, text="How much?", **more):
    return {"type": "comment", "id": str(n), "user": "u1", "name": "Ann", "text": text, **more}


async def answer(program):
    async with asyncio.timeout(5):
        return json.loads(await program.recv())


async def test_a_comment_is_stored_then_acknowledged_then_shown():
    async with pushed_to() as web, web.program("ws", TOKEN) as program, web.console() as page:
        await program.send(json.dumps(comment(1)))
        assert await answer(program) == {"type": "receipt", "id": "1", "status": "stored", "verdict": "admitted"}
        assert web.backend.received[0][0] == "ws"
        row = (await page.kind("rows"))["rows"][0]
        assert (row["id"], row["text"]) == ("ws:1", "How much?")
        await program.send(json.dumps(comment(1)))
        assert (await answer(program))["status"] == "known"


async def test_a_token_may_come_as_the_first_message():
    async with pushed_to() as web, web.program("ws") as program:
        await program.send(json.dumps({"type": "hello", "token": TOKEN}))
        await program.send(json.dumps(comment(1)))
        assert (await answer(program))["status"] == "stored"


@pytest.mark.parametrize("first", [{"type": "hello", "token": "wrong"}, comment(1), {"type": "hello"}, [], "x" * 5000])
async def test_without_the_token_nothing_is_taken(first):
    async with pushed_to() as web, web.program("ws") as program:
        await program.send(json.dumps(first))
        with pytest.raises(ConnectionClosed) as closed:
            await answer(program)
        assert closed.value.rcvd.code == 1008
        assert not web.backend.received


@pytest.mark.parametrize(
    ("source", "token", "origin", "status"),
    [
        ("ws", "wrong", None, 401),
        ("nothing", TOKEN, None, 404),
        ("webhook", TOKEN, None, 404),
        ("ws", TOKEN, "http://127.0.0.1", 403),
        ("ws", TOKEN, "null", 403),
    ],
)
async def test_who_may_not_push_is_refused_before_the_socket_opens(source, token, origin, status):
    async with pushed_to() as web:
        with pytest.raises(InvalidStatus) as refused:
            await web.program(source, token, origin=origin)
        assert refused.value.response.status_code == status


async def test_what_is_wrong_is_said_and_the_rest_of_the_list_is_taken():
    async with pushed_to() as web, web.program("ws", TOKEN) as program:
        await program.send(json.dumps([comment(1), {"type": "comment", "id": "2"}, comment(3)]))
        first, second, third = await answer(program)
        assert (first["status"], third["status"]) == ("stored", "stored")
        assert (second["type"], second["id"], second["field"]) == ("error", "2", "user")
        await program.send("nonsense")
        assert (await answer(program))["type"] == "error"
        await program.send(json.dumps([]))
        assert await answer(program) == []
        await program.send(json.dumps(comment(4)))
        assert (await answer(program))["id"] == "4"


async def test_answers_come_in_the_order_of_the_messages():
    async with pushed_to() as web, web.program("ws", TOKEN) as program:
        for n in range(0, 300, 3):
            await program.send(json.dumps(comment(n)))
            await program.send(json.dumps([comment(n + 1), comment(n + 2)]))
        told = []
        while len(told) < 300:
            message = await answer(program)
            told += message if isinstance(message, list) else [message]
        assert [int(each["id"]) for each in told] == list(range(300))


async def test_nothing_is_acknowledged_before_it_is_stored_and_the_sender_feels_it():
    class Stuck(FakeBackend):
        slices = 0
        release = asyncio.Event()

        async def receive(self, source, comments):
            assert len(comments) <= ingest.MAX_SLICE
            self.slices += 1
            await self.release.wait()
            return await super().receive(source, comments)

    opened = doors()
    async with served(Stuck(), doors=opened) as web, web.program("ws", TOKEN) as program:
        for n in range(1_000):
            await program.send(json.dumps(comment(n)))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await program.recv()
        assert web.backend.slices <= ingest.MAX_SLICES + 2
        assert opened["ws"].status.received <= (ingest.MAX_SLICES + 3) * ingest.MAX_SLICE + ingest.MAX_WAITING
        web.backend.release.set()
        for n in range(1_000):
            assert (await answer(program))["id"] == str(n)


async def test_what_was_read_is_stored_even_if_the_sender_does_not_wait():
    async with pushed_to() as web:
        async with web.program("ws", TOKEN) as program:
            for n in range(50):
                await program.send(json.dumps(comment(n)))
        async with asyncio.timeout(5):
            while len(web.backend.received) < 50:
                await asyncio.sleep(0)


async def test_where_comments_cannot_be_stored_the_sender_is_told_to_come_again():
    class Full(FakeBackend):
        async def receive(self, source, comments):
            raise StoreError("the disk is full")

    async with pushed_to(Full()) as web, web.program("ws", TOKEN) as program:
        await program.send(json.dumps(comment(1)))
        with pytest.raises(ConnectionClosed) as closed:
            await answer(program)
        assert closed.value.rcvd.code == 1013


async def test_who_sends_nothing_but_nonsense_is_sent_away(monkeypatch):
    monkeypatch.setattr(ingest, "MAX_FAULTS", 3)
    async with pushed_to() as web, web.program("ws", TOKEN) as program:
        for message in ("1", "2", json.dumps(comment(1)), "3", "4", "5", "6"):
            await program.send(message)
        async with asyncio.timeout(5):
            await program.wait_closed()
        assert program.close_code == 1008
        assert len(web.backend.received) == 1


async def test_a_source_has_so_many_connections_and_no_more(monkeypatch):
    monkeypatch.setattr(ingest, "MAX_CONNECTIONS", 1)
    async with pushed_to() as web, web.program("ws", TOKEN):
        with pytest.raises(InvalidStatus) as refused:
            await web.program("ws", TOKEN)
        assert refused.value.response.status_code == 429


async def test_a_reply_goes_to_the_connected_bridge():
    opened = doors()
    door = PushDoor(CommentSource(origin="ws", key_env="TOKEN", reply=True), clock=SystemClock(), environ=KEYS)
    async with served(doors={**opened, "ws": door}) as web, web.program("ws", TOKEN) as program:
        await program.send(json.dumps(comment(1)))
        await answer(program)
        await door.reply("It's $5. (AI)", web.backend.received[0][1])
        assert await answer(program) == {"type": "reply", "to": "1", "user": "u1", "text": "It's $5. (AI)"}


HOSTILE = [
    "Z" + "\u0301" * 400,
    "\ufdfa" * 500,
    "\u202e\u2066abc",
    "\ud800 half",
    "nul \0 esc \x1b[31m",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_taken_and_shown(text):
    async with pushed_to() as web, web.program("ws", TOKEN) as program, web.console() as page:
        await program.send(json.dumps(comment(1, text)))
        assert (await answer(program))["status"] == "stored"
        await page.kind("rows")


# Webhooks.


async def post(web, body, path="/webhooks/webhook", *, reads="", **headers):
    def call():
        connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=5)
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return response.status, response.headers[reads] if reads else response.read().decode()
        finally:
            connection.close()

    return await asyncio.to_thread(call)


def signed(body, id_="msg_1", at=None):
    return signing_headers(SIGNING, id_, SystemClock().time() if at is None else at, body)


async def test_a_signed_delivery_is_stored_and_a_repeated_one_answered_alike():
    body = json.dumps([comment(1), {}]).encode()
    async with pushed_to() as web:
        status, text = await post(web, body, **signed(body))
        assert status == 200
        stored, fault = json.loads(text)["answers"]
        assert (stored["status"], fault["type"]) == ("stored", "error")
        assert (await post(web, body, **signed(body)))[0] == 200
        assert len(web.backend.received) == 1


async def test_an_unsigned_or_foreign_delivery_is_refused():
    body = json.dumps(comment(1)).encode()
    async with pushed_to() as web:
        right = signed(body)
        assert (await post(web, body))[0] == 400
        assert (await post(web, body + b" ", **right))[0] == 401
        assert (await post(web, body, **signed(body, at=SystemClock().time() - 600)))[0] == 401
        assert (await post(web, body, **right, Origin="null"))[0] == 403
        assert (await post(web, body, path="/webhooks/ws", **right))[0] == 404
        assert (await post(web, body, path="/webhooks/none", **right))[0] == 404
        assert (await post(web, b"x" * 300_000, **right))[0] == 413
        assert not web.backend.received


async def test_a_delivery_that_cannot_be_stored_is_taken_when_it_comes_again():
    class Full(FakeBackend):
        full = True

        async def receive(self, source, comments):
            if self.full:
                raise StoreError("the disk is full")
            return await super().receive(source, comments)

    body = json.dumps(comment(1)).encode()
    async with pushed_to(Full()) as web:
        assert (await post(web, body, **signed(body)))[0] == 503
        web.backend.full = False
        status, text = await post(web, body, **signed(body))
        assert (status, json.loads(text)["answers"][0]["status"]) == (200, "stored")


async def test_a_delivery_of_which_anything_is_dropped_is_taken_when_it_comes_again():
    class Full(FakeBackend):
        full = True

        async def receive(self, source, comments):
            stored = list(await super().receive(source, comments[:1] if self.full else comments))
            return stored + [Receipt(each.id, "dropped") for each in comments[len(stored) :]]

    body = json.dumps([comment(1), comment(2)]).encode()
    async with pushed_to(Full()) as web:
        status, retry = await post(web, body, reads="Retry-After", **signed(body))
        assert (status, int(retry)) == (503, 5)
        web.backend.full = False
        status, text = await post(web, body, **signed(body))
        assert (status, [each["status"] for each in json.loads(text)["answers"]]) == (200, ["known", "stored"])


async def test_a_delivery_that_comes_again_while_it_is_being_stored_is_to_come_later():
    class Slow(FakeBackend):
        def __init__(self):
            super().__init__()
            self.begun, self.go_on = asyncio.Event(), asyncio.Event()

        async def receive(self, source, comments):
            self.begun.set()
            await self.go_on.wait()
            return await super().receive(source, comments)

    body = json.dumps(comment(1)).encode()
    async with pushed_to(Slow()) as web, asyncio.TaskGroup() as group:
        first = group.create_task(post(web, body, **signed(body)))
        await web.backend.begun.wait()
        status, retry = await post(web, body, reads="Retry-After", **signed(body))
        assert (status, int(retry)) == (503, 1)
        web.backend.go_on.set()
        assert (await first)[0] == 200
        assert (await post(web, body, **signed(body)))[0] == 200
        assert len(web.backend.received) == 1


async def test_deliveries_at_once_are_bounded(monkeypatch):
    monkeypatch.setattr(ingest, "MAX_WEBHOOKS", 0)
    body = json.dumps(comment(1)).encode()
    async with pushed_to() as web:
        assert (await post(web, body, **signed(body)))[0] == 503


async def test_a_channel_that_drops_under_load_says_so():
    class Dropping(FakeBackend):
        async def receive(self, source, comments):
            return [Receipt(each.id, "dropped") for each in comments]

    async with pushed_to(Dropping()) as web, web.program("ws", TOKEN) as program:
        await program.send(json.dumps(comment(1)))
        assert await answer(program) == {"type": "receipt", "id": "1", "status": "dropped"}
