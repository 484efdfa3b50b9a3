"""YouTube against a server on loopback that keeps to the documented API and its quota."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from platform_listening import listening, standing

from livestream.audience.sources.quota import DAY, Quota
from livestream.audience.sources.web import Documents
from livestream.audience.sources.youtube import YouTubeSource, open_source
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource
from livestream.testing.clock import ManualClock
from livestream.testing.platforms import YouTubeServer


def opened(
    server: YouTubeServer, key: Path, *, clock: ManualClock | None = None, mode: str = "stream", **fields: object
) -> YouTubeSource:
    origin = {"from": "youtube:video-1", "url": server.url, "key_file": key, "options": {"mode": mode}, **fields}
    return open_source(CommentSource.model_validate(origin), clock=clock or ManualClock(epoch=4e9))


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_text("AIza-good-key")
    return path


@pytest.mark.parametrize(("mode", "framing"), [("stream", "list"), ("stream", "sequence"), ("list", "list")])
async def test_messages_become_comments(key: Path, mode: str, framing: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with YouTubeServer(framing=framing, polling=200) as server:
        await server.say("from before")
        async with listening(source := opened(server, key, mode=mode)) as heard:
            await heard.until(1)
            id_ = await server.say("¿Cuánto cuesta?", name="Ana", isChatSponsor=True)
            await server.say("a gift", kind="newSponsorEvent")
            await server.say("take my money", kind="superChatEvent")
            assert await heard.until(3) == ["from before", "¿Cuánto cuesta?", "take my money"]
            second = heard.comments[1]
            assert (second.id, second.user, second.name, second.platform) == (id_, "UC-Ana", "Ana", "youtube")
            assert second.badges == ("member",)
            assert source.status.state == "connected"
            assert "of 10000 units used" in source.status.detail
    assert "AIza" not in caplog.text + repr(source.status)


async def test_a_cut_stream_goes_on_where_it_was(key: Path) -> None:
    async with YouTubeServer() as server, listening(opened(server, key)) as heard:
        for number in range(1, 4):
            await server.say(f"comment {number}")
            await heard.until(number)
            await server.cut()
            await server.called("stream", number + 1)
        await server.say("comment 4")
        assert await heard.until(4) == [f"comment {number}" for number in range(1, 5)]
        assert server.asked_pages[1:] == ["page-1", "page-2", "page-3"], "it is not told again what it knows"


async def test_where_streaming_is_not_there_it_polls(key: Path) -> None:
    async with YouTubeServer(streams=False) as server, listening(source := opened(server, key)) as heard:
        await server.say("hello")
        assert await heard.until(1) == ["hello"]
        assert source.status.detail.startswith("polled")


async def test_a_day_of_polling_never_runs_out(key: Path) -> None:
    clock = ManualClock()
    async with YouTubeServer() as server:
        source = opened(server, key, clock=clock, mode="list", options={"mode": "list", "quota": "1000"})
        async with listening(source) as heard:
            while clock.monotonic() < 1_000.0 + DAY:
                calls = server.calls.count("list")
                await server.called("list", calls + 1)
            assert 950 <= server.used <= 1_005, "nearly all of the quota serves, and no more"
            await server.say("late in the night")
            await heard.until(1)
        assert source.status.state == "connected"


@pytest.mark.parametrize("daily", [500, 10_000])
def test_no_day_takes_more_than_the_quota(daily: int) -> None:
    clock = ManualClock()
    quota, taken = Quota(daily, clock), []
    while clock.monotonic() < 1_000 + 2.2 * DAY:
        clock.advance(quota.wait(5) + 1e-6)
        quota.take(5)
        taken.append(clock.monotonic())
    for start in taken[:: len(taken) // 50]:
        assert 5 * sum(start <= at < start + DAY for at in taken) <= daily + 5
    assert quota.used == pytest.approx(daily * 0.95, rel=0.02)


async def test_a_used_up_quota_is_waited_for(key: Path) -> None:
    clock = ManualClock(autojump=False, epoch=4e9)
    async with YouTubeServer(quota=3) as server, listening(source := opened(server, key, clock=clock)) as heard:
        await standing(source, "waiting", "midnight Pacific")
        server.quota = 10_000
        await server.say("a new day")
        clock.advance(601)
        assert await heard.until(1) == ["a new day"]


@pytest.mark.parametrize("mode", ["stream", "list"])
async def test_the_end_of_the_stream_ends_it(key: Path, mode: str) -> None:
    async with YouTubeServer() as server, listening(source := opened(server, key, mode=mode)) as heard:
        await server.say("goodbye")
        await heard.until(1)
        await server.go_offline()
        await heard.end()
        assert source.status.state == "ended"


async def test_an_ended_chat_is_no_error(key: Path) -> None:
    async with YouTubeServer() as server, listening(source := opened(server, key)) as heard:
        await server.called("stream")
        server.live = False
        await server.cut()
        await heard.end()
        assert (source.status.state, source.status.detail) == ("ended", "the live chat has ended")


async def test_a_stream_that_has_not_begun_and_a_chat_switched_off_are_waited_for(key: Path) -> None:
    clock = ManualClock(autojump=False, epoch=4e9)
    async with YouTubeServer() as server:
        server.live = False
        async with listening(source := opened(server, key, clock=clock)) as heard:
            await standing(source, "waiting", "no live chat now")
            server.live, server.disabled = True, True
            clock.advance(61)
            await standing(source, "waiting", "switched off")
            server.disabled = False
            clock.advance(61)
            await server.say("we are live")
            assert await heard.until(1) == ["we are live"]


async def test_a_failing_server_is_asked_again(key: Path) -> None:
    async with YouTubeServer() as server:
        server.failing = 3
        async with listening(opened(server, key)) as heard:
            await server.say("at last")
            assert await heard.until(1) == ["at last"]


async def test_a_slow_server_is_not_waited_for(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livestream.audience.sources.web.TIMEOUT", 0.3)
    async with YouTubeServer() as server:
        server.slow = 1
        async with listening(opened(server, key)) as heard:
            await server.say("at last")
            assert await heard.until(1) == ["at last"]
            assert server.calls[:2] == ["videos", "videos"]


async def test_a_wrong_key_waits_for_another(tmp_path: Path) -> None:
    key = tmp_path / "key"
    put(key, "AIza-wrong-key")
    clock = ManualClock(autojump=False, epoch=4e9)
    async with YouTubeServer() as server, listening(source := opened(server, key, clock=clock)) as heard:
        await standing(source, "waiting", "put a new one into the key file")
        put(key, "AIza-good-key")
        clock.advance(61)
        await standing(source, "connecting", "turned away")
        clock.advance(2)
        await server.say("let in")
        assert await heard.until(1) == ["let in"]


def put(path: Path, text: str) -> None:
    path.write_text(text)


async def test_replies_need_oauth_and_do_not_come_back(tmp_path: Path) -> None:
    async with YouTubeServer() as server:
        credential = tmp_path / "credential.json"
        put(credential, json.dumps({"refresh_token": "r1", "client_id": "c", "client_secret": "s"}))
        server.refresh_tokens = {"r1"}
        async with listening(source := opened(server, credential, reply=True)) as heard:
            await server.say("How much is it?")
            await heard.until(1)
            for number in range(3):
                await source.reply(f"AI: It is $2{number}. " + "It ships soon. " * 20, heard.comments[0])
            assert all(len(text) <= 200 and text.endswith("soon.") for text in server.posted)
            with pytest.raises(SourceError, match="quota for replies"):
                await source.reply("AI: one more.", heard.comments[0])
            await server.say("thanks")
            assert await heard.until(2) == ["How much is it?", "thanks"]


async def test_an_api_key_cannot_reply(key: Path) -> None:
    async with YouTubeServer() as server, listening(source := opened(server, key, reply=True)) as heard:
        await server.say("hello")
        await heard.until(1)
        with pytest.raises(SourceError, match="cannot write"):
            await source.reply("AI: hi.", heard.comments[0])


@pytest.mark.parametrize("mode", ["stream", "list"])
async def test_closing_ends_it(key: Path, mode: str) -> None:
    async with YouTubeServer(polling=100) as server, listening(source := opened(server, key, mode=mode)) as heard:
        await server.say("hello")
        await heard.until(1)
        await source.close()
        await heard.end()
        assert source.status.state == "ended"


async def test_a_video_that_is_not_there_is_refused(key: Path) -> None:
    async with YouTubeServer() as server:
        async with listening(source := opened(server, key, **{"from": "youtube:other"})) as heard:
            await heard.end()
        assert source.status.state == "refused"


@pytest.mark.parametrize(
    "fields",
    [
        {"from": "youtube"},
        {"from": "youtube:a/b"},
        {"url": "http://youtube.example"},
        {"options": {"quota": "5"}},
        {"options": {"mode": "poll"}},
        {"options": {"qouta": "9000"}},
        {"key_file": None},
    ],
)
def test_wrong_settings_are_told(key: Path, fields: dict[str, object]) -> None:
    origin = {"from": "youtube:video-1", "key_file": key, **fields}
    with pytest.raises(UsageError):
        open_source(CommentSource.model_validate(origin), clock=ManualClock())


@pytest.mark.parametrize("text", ['[{"a": 1},\r\n{"b": "}{][é"}]', '{"a": 1}\n{"b": "}{][é"}\n'])
def test_documents_are_the_same_however_they_are_cut(text: str) -> None:
    data = text.encode()
    for size in range(1, len(data) + 1):
        documents = Documents()
        read = [each for at in range(0, len(data), size) for each in documents.feed(data[at : at + size])]
        assert read == [{"a": 1}, {"b": "}{][é"}]


def test_what_is_no_document_is_told() -> None:
    with pytest.raises(SourceError):
        list(Documents().feed(b"<html>{}</html>"))
