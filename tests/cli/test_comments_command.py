"""`livestream comments` against the web port's own door, as a user runs it."""

import asyncio
import json
import os
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from cli_ended import is_a_sentence
from starlette.routing import WebSocketRoute

from livestream.audience.sources.push import PushDoor
from livestream.clock import SystemClock
from livestream.console.ingest import Ingest
from livestream.running import Running, write_running
from livestream.settings import CommentSource
from livestream.testing.console import FakeBackend
from livestream.testing.platforms.loopback import LoopbackServer


@pytest.fixture(autouse=True)
def _state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


class Channel:
    """A running channel's door, its backend, and its file."""

    def __init__(self, door, backend, server):
        self.door = door
        self.backend = backend
        self.url = f"ws://127.0.0.1:{server.port}/comments/ws"
        tokens = {"ws": door.token, "hook": "whsec_none"}
        write_running(Running("shop", os.getpid(), server.port, "shop.sqlite", tokens))

    @property
    def texts(self):
        return [comment.text for _, comment in self.backend.received]


@asynccontextmanager
async def channel(port=0):
    door = PushDoor(CommentSource.model_validate({"from": "ws", "reply": True}), clock=SystemClock())
    backend = FakeBackend()
    route = WebSocketRoute("/comments/{source}", Ingest(backend, {"ws": door}).connect)
    async with LoopbackServer([route], port=port) as server:
        yield Channel(door, backend, server)


@contextmanager
def fed(monkeypatch, path: Path, text: str):
    """Standard input with this text."""
    path.write_text(text)
    with path.open() as file:
        monkeypatch.setattr("sys.stdin", file)
        yield


async def test_a_comment_reaches_the_running_channel(livestream):
    async with channel() as running:
        ended = await asyncio.to_thread(livestream, "comments", "send", "How much is it?", "--name", "Ann")
        assert (ended.code, ended.err) == (0, "")
        assert ended.out.startswith("✓ ")
        (_, comment) = running.backend.received[0]
        assert (comment.text, comment.name, comment.user) == ("How much is it?", "Ann", "terminal")
        assert running.door.token not in ended.out


async def test_lines_of_a_bridge_are_sent_and_what_is_wrong_with_them_told(livestream, tmp_path, monkeypatch):
    lines = ["plain text", json.dumps({"text": "from a bridge", "id": "b1", "user": "u1", "name": "Bo"}), '{"text": 5}']
    async with channel() as running:
        with fed(monkeypatch, tmp_path / "lines", "\n".join(lines)):
            ended = await asyncio.to_thread(livestream, "comments", "send", "--stdin", "--json")
        assert ended.code == 0
        assert running.texts == ["plain text", "from a bridge"]
        assert (running.backend.received[1][1].id, running.backend.received[1][1].name) == ("b1", "Bo")
        told = [json.loads(line) for line in ended.out.splitlines()]
        assert sorted(each["type"] for each in told) == ["error", "receipt", "receipt"]
        assert next(each for each in told if each["type"] == "error")["field"] == "text"


async def test_a_recording_is_replayed_in_its_order(livestream, tmp_path):
    rows = [{"text": f"comment {n}", "at": 100.0 + n / 10} for n in range(5)]
    (tmp_path / "chat.jsonl").write_text("\n".join(map(json.dumps, rows)))
    async with channel() as running:
        ended = await asyncio.to_thread(livestream, "comments", "replay", "chat.jsonl", "--speed", "10", "--start", "1")
        assert ended.code == 0
        assert running.texts == [f"comment {n}" for n in range(1, 5)]
        assert ended.out.startswith("✓ 4 ")


@pytest.mark.parametrize("mix", ["chat", "hostile"])
async def test_a_load_is_answered_to_the_last_comment(livestream, mix):
    async with channel() as running:
        words = ["--rate", "300", "--seconds", "0.6", "--mix", mix, "--connections", "3", "--json"]
        ended = await asyncio.to_thread(livestream, "comments", "load", *words)
        assert ended.code == 0, ended
        told = json.loads(ended.out)
        assert (told["sent"], told["acked"], told["dropped"], told["unsent"]) == (180, 180, 0, 0)
        assert sum(told["answers"].values()) == 180
        assert len(running.backend.received) == 180 - told["answers"].get("error", 0)
        assert ("error" in told["answers"]) == (mix == "hostile")
        assert 0 < told["latency_ms"]["p50"] <= told["latency_ms"]["p95"] <= told["latency_ms"]["p99"]


async def test_the_figures_of_a_load_are_a_table_for_people(livestream):
    async with channel():
        ended = await asyncio.to_thread(livestream, "comments", "load", "--rate", "50", "--seconds", "0.2")
        assert ended.code == 0
        assert "acknowledged" in ended.out
        assert "latency p99" in ended.out


async def test_a_wrong_token_and_a_wrong_source_are_told(livestream, tmp_path):
    (tmp_path / "token").write_text("not-the-right-token")
    async with channel() as running:
        words = ("comments", "send", "hello", "--token-file", "token", "--to")
        is_a_sentence(await asyncio.to_thread(livestream, *words, running.url), 7, "token is wrong")
        is_a_sentence(await asyncio.to_thread(livestream, *words, f"{running.url}x"), 7, "no such source")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["send", "hello"], 2, "no channel is running"),
        (["send"], 2, "--stdin"),
        (["send", "hello", "--to", "ws://127.0.0.1:9/comments/ws"], 2, "--token-file"),
        (["send", "hello", "--to", "ws://127.0.0.1:9/comments/ws", "--token-file", "token"], 7, "nobody answers"),
        (["send", "hello", "--to", "ws://shop.example/comments/ws", "--token-file", "token"], 2, "encrypted"),
        (["load", "--to", "wss://shop.example/comments/ws", "--token-file", "token"], 2, "this machine"),
        (["replay", "none.jsonl"], 2, "no such file"),
    ],
)
def test_a_mistake_ends_as_a_sentence(livestream, tmp_path, words, code, told):
    (tmp_path / "token").write_text("some-token-of-a-source")
    is_a_sentence(livestream("comments", *words), code, told)


async def test_of_several_sources_one_is_named(livestream):
    async with channel() as running:
        port = int(running.url.split(":")[2].split("/")[0])
        tokens = {"ws": running.door.token, "other": "x" * 20}
        write_running(Running("shop", os.getpid(), port, "shop.sqlite", tokens))
        is_a_sentence(await asyncio.to_thread(livestream, "comments", "send", "hi"), 2, "--source", "ws, other")
        ended = await asyncio.to_thread(livestream, "comments", "send", "hi", "--source", "ws")
        assert ended.code == 0
