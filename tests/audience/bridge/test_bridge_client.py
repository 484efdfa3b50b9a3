"""The reference client: what is lost on the way is sent again, and a load counts what it sees."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from livestream.audience.bridge.client import ask, push
from livestream.audience.bridge.load import Load, load
from livestream.audience.bridge.mixes import MIXES, frames
from livestream.audience.comment import Comment
from livestream.audience.sources.protocol import MAX_MESSAGE, SchemaError, parse
from livestream.clock import SystemClock
from livestream.errors import SourceError, UsageError
from livestream.testing.clock import ManualClock

TOKEN = "a-token-of-the-source"


class Channel:
    """A channel's end that answers, forgets and goes away as told."""

    def __init__(self, *, lose_after: int | None = None) -> None:
        self.heard: list[dict[str, Any]] = []
        self.connections = 0
        self._lose_after = lose_after

    async def serve(self, socket: ServerConnection) -> None:
        self.connections += 1
        assert socket.request is not None
        assert socket.request.headers["Authorization"] == f"Bearer {TOKEN}"
        await socket.send('{"type":"reply","to":"1","user":"u","text":"AI: hello."}')
        for number in itertools.count(1):
            told = json.loads(await socket.recv())
            self.heard.append(told)
            if self.connections == 1 and number == self._lose_after:
                await socket.close(1013, "going away")  # taken, and never answered
                return
            await socket.send(json.dumps({"type": "receipt", "id": told["id"], "status": "stored"}))


async def messages(count: int) -> AsyncIterator[dict[str, object]]:
    for number in range(count):
        yield {"type": "comment", "id": f"{number}", "user": "u", "name": "n", "text": "t"}


async def test_what_was_not_answered_is_sent_again_over_the_next_connection() -> None:
    channel, told = Channel(lose_after=5), []
    async with serve(channel.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await push(messages(20), f"ws://127.0.0.1:{port}/comments/ws", TOKEN, clock=ManualClock(), tell=told.append)
    assert [each["id"] for each in told if each["type"] == "receipt"] == [f"{n}" for n in range(20)]
    assert {each["id"] for each in channel.heard} == {f"{n}" for n in range(20)}
    assert channel.connections == 2
    assert {"type": "reply", "to": "1", "user": "u", "text": "AI: hello."} in told


async def test_a_channel_that_is_away_is_waited_for() -> None:
    told: list[Any] = []
    waiting = asyncio.Event()

    def tell(each: Any) -> None:
        told.append(each)
        if each["type"] == "waiting":
            waiting.set()

    async with serve(Channel().serve, "127.0.0.1", 0) as first:
        port = first.sockets[0].getsockname()[1]
    clock = ManualClock(autojump=False)
    channel = Channel()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(push(messages(3), f"ws://127.0.0.1:{port}/x", TOKEN, clock=clock, tell=tell))
        await waiting.wait()
        async with serve(channel.serve, "127.0.0.1", port):
            async with asyncio.timeout(10):
                while len(told) < 5:  # waiting, a reply, three receipts
                    clock.advance(1)
                    await asyncio.sleep(0)
    assert [each["id"] for each in channel.heard] == ["0", "1", "2"]


async def test_a_question_is_answered_or_told_why_not() -> None:
    async with serve(Channel().serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        told = await ask(f"ws://127.0.0.1:{port}/comments/ws", TOKEN, {"id": "7"})
        assert told == {"type": "receipt", "id": "7", "status": "stored"}

    async def silent(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.wait_closed()

    async with serve(silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(SourceError, match="too long to answer"):
            await ask(f"ws://127.0.0.1:{port}/x", TOKEN, {"id": "7"}, seconds=0.1)


async def test_a_load_tells_what_was_never_answered_or_sent() -> None:
    async with serve(Channel(lose_after=10).serve, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/comments/ws"
        done = await load(
            url, TOKEN, rate=200, seconds=0.2, mix="questions", connections=1, clock=SystemClock(), seed=3
        )
    assert done.answered == 9
    assert done.lost >= 1
    assert done.sent + done.unsent == 40


async def test_a_load_is_for_this_machine_alone() -> None:
    with pytest.raises(UsageError):
        await load("wss://shop.example/x", TOKEN, rate=1, seconds=1, mix="chat", connections=1, clock=ManualClock())


def test_percentiles_are_true_to_two_parts_in_a_hundred() -> None:
    done = Load()
    for milliseconds in range(1, 1001):
        done.note(milliseconds / 1000)
    for share in (0.5, 0.95, 0.99):
        assert done.percentile(share) == pytest.approx(share * 1000, rel=0.02)
    assert Load().percentile(0.99) == 0.0


@pytest.mark.parametrize("mix", MIXES)
def test_a_mix_is_what_it_says_and_the_same_again(mix: str) -> None:
    made = list(itertools.islice(frames(mix, seed=1, mark="m"), 400))
    assert made == list(itertools.islice(frames(mix, seed=1, mark="m"), 400))
    assert all(len(each.encode()) <= MAX_MESSAGE for each in made)
    read = [each for frame in made for each in parse(frame, source="ws", platform="ws", now=1.0)]
    comments = [each for each in read if isinstance(each, Comment)]
    assert len({comment.id for comment in comments}) == len(comments)
    wrong = sum(isinstance(each, SchemaError) for each in read)
    assert (50 < wrong < 150) if mix == "hostile" else wrong == 0
    assert all(comment.text.encode() for comment in comments)
