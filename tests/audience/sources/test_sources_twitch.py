"""Twitch against a server on loopback that keeps to the documented protocol."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from platform_listening import listening

from livestream.audience.sources import twitch
from livestream.audience.sources.twitch import TwitchSource, open_source
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource
from livestream.testing.clock import ManualClock
from livestream.testing.platforms import TwitchServer
from livestream.testing.platforms.twitch import READ


def opened(server: TwitchServer, key: Path, *, clock: ManualClock | None = None, **fields: object) -> TwitchSource:
    origin = {"from": "twitch:my_shop", "url": server.url, "key_file": key, **fields}
    return open_source(CommentSource.model_validate(origin), clock=clock or ManualClock(epoch=4e9))


def put(path: Path, text: str) -> None:
    path.write_text(text)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text("good-token\n")
    return path


async def test_a_chat_message_becomes_a_comment(key: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with TwitchServer() as server, listening(source := opened(server, key)) as heard:
        await server.subscribed()
        id_ = await server.say("How much is it?", times=2)
        await server.say("And in blue?", name="Bob", user="78")
        assert await heard.until(2) == ["How much is it?", "And in blue?"]
        first = heard.comments[0]
        assert (first.id, first.platform, first.user, first.name, first.badges) == (
            id_,
            "twitch",
            "77",
            "Ann",
            ("subscriber",),
        )
        assert 1.7e9 < first.at < 3.9e9, "the time that Twitch told"
        assert source.status.state == "connected"
        assert source.status.received == 2
        assert server.inbound == 0
    assert "good-token" not in caplog.text + repr(source.status)


async def test_a_lost_connection_is_made_again(key: Path) -> None:
    async with TwitchServer() as server, listening(opened(server, key)) as heard:
        for number in range(1, 4):
            await server.subscribed(number)
            await server.say(f"comment {number}")
            await heard.until(number)
            await server.drop()
        await server.subscribed(4)
        await server.say("comment 4")
        assert await heard.until(4) == [f"comment {number}" for number in range(1, 5)]


async def test_a_handover_loses_and_repeats_nothing(key: Path) -> None:
    async with TwitchServer() as server, listening(opened(server, key)) as heard:
        await server.subscribed()
        await server.say("before")
        await server.reconnect()
        await server.say("on the old one")
        await server.subscribed(2)
        await server.say("on the new one")
        assert await heard.until(3) == ["before", "on the old one", "on the new one"]
        assert server.calls.count("subscribe") == 1, "subscriptions move with the session"


async def test_a_handover_to_a_stranger_is_declined(key: Path) -> None:
    async with TwitchServer() as server, listening(opened(server, key)) as heard:
        await server.subscribed()
        await server.reconnect(host="evil.example")
        await server.subscribed(2)
        await server.say("still here")
        assert await heard.until(1) == ["still here"]


async def test_silence_is_a_lost_connection(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twitch, "SLACK", 0.3)
    async with TwitchServer(keepalive=1) as server, listening(opened(server, key)) as heard:
        await server.subscribed()
        server.fall_silent()
        await server.subscribed(2)
        await server.say("after the silence")
        assert await heard.until(1) == ["after the silence"]


async def test_revocation_of_the_authorization_waits_for_another_token(key: Path) -> None:
    async with TwitchServer() as server, listening(opened(server, key)) as heard:
        await server.subscribed()
        server.tokens = {"newer-token": [READ]}
        put(key, "newer-token")
        await server.revoke("authorization_revoked")
        await server.subscribed(2)
        await server.say("again")
        assert await heard.until(1) == ["again"]


async def test_revocation_for_good_ends_it(key: Path) -> None:
    async with TwitchServer() as server, listening(source := opened(server, key)) as heard:
        await server.subscribed()
        await server.revoke("user_removed")
        await heard.end()
        assert source.status.state == "refused"
        assert "user_removed" in source.status.detail


async def test_the_rate_limit_is_waited_for(key: Path) -> None:
    clock = ManualClock()
    async with TwitchServer() as server:
        server.limited = 2
        async with listening(opened(server, key, clock=clock)) as heard:
            await server.subscribed()
            await server.say("hello")
            await heard.until(1)
            assert clock.monotonic() - 1_000.0 >= 120.0
            assert server.calls[:4] == ["validate", "users", "validate", "users"]


async def test_an_expired_token_is_refreshed_and_written_back(tmp_path: Path) -> None:
    file = tmp_path / "credential.json"
    put(file, json.dumps({"access_token": "stale", "refresh_token": "r1", "client_id": "c", "client_secret": "s"}))
    async with TwitchServer() as server:
        server.refresh_tokens = {"r1"}
        async with listening(opened(server, file)) as heard:
            await server.subscribed()
            await server.say("hello")
            await heard.until(1)
    told = json.loads(file.read_text())
    assert told["refresh_token"] in server.refresh_tokens
    assert told["access_token"] in server.tokens
    assert file.stat().st_mode & 0o777 == 0o600


async def test_the_token_is_validated_each_hour(key: Path) -> None:
    clock = ManualClock()
    async with TwitchServer() as server, listening(opened(server, key, clock=clock)) as heard:
        await server.subscribed()
        clock.advance(3601)
        await server.say("an hour later")
        await heard.until(1)
        assert server.calls.count("validate") == 2


@pytest.mark.parametrize(
    ("token", "channel", "told"),
    [("without-scope", "my_shop", "user:read:chat"), ("good-token", "nobody", "no Twitch channel nobody")],
)
async def test_what_time_does_not_heal_is_refused(tmp_path: Path, token: str, channel: str, told: str) -> None:
    key = tmp_path / "token"
    key.write_text(token)
    async with TwitchServer() as server:
        server.tokens["without-scope"] = []
        async with listening(source := opened(server, key, **{"from": f"twitch:{channel}"})) as heard:
            await heard.end()
    assert source.status.state == "refused"
    assert told in source.status.detail


async def test_a_token_from_the_environment_cannot_heal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWITCH_TOKEN", "bad-token")
    async with TwitchServer() as server:
        settings = CommentSource.model_validate(
            {"from": "twitch:my_shop", "url": server.url, "key_env": "TWITCH_TOKEN"}
        )
        async with listening(source := open_source(settings, clock=ManualClock())) as heard:
            await heard.end()
    assert source.status.state == "refused"
    assert "bad-token" not in repr(source.status)


async def test_replies_are_posted_bounded_and_do_not_come_back(key: Path) -> None:
    clock = ManualClock(autojump=False, epoch=4e9)
    async with TwitchServer() as server:
        server.tokens["good-token"].append("user:write:chat")
        source = opened(server, key, clock=clock, reply=True)
        async with listening(source) as heard:
            await server.subscribed()
            await server.say("How much is it?")
            await heard.until(1)
            for _ in range(20):
                await source.reply("AI: It is $20. " + "More. " * 100, heard.comments[0])
            assert server.posted[0]["reply_parent_message_id"] == heard.comments[0].id
            assert server.posted[0]["message"].endswith("More.")
            assert len(server.posted[0]["message"]) <= 500
            with pytest.raises(SourceError, match="no more replies"):
                await source.reply("AI: one too many.", heard.comments[0])
            clock.advance(31)
            server.drop_reason = "your message was held"
            with pytest.raises(SourceError, match="held"):
                await source.reply("AI: dropped.", heard.comments[0])
            server.limited = 1
            with pytest.raises(SourceError, match="429"):
                await source.reply("AI: limited.", heard.comments[0])
            calls = len(server.calls)
            with pytest.raises(SourceError, match="no more replies"):
                await source.reply("AI: not even asked.", heard.comments[0])
            assert len(server.calls) == calls
            await server.say("thanks")
            assert await heard.until(2) == ["How much is it?", "thanks"]


async def test_odd_messages_are_passed_over(key: Path) -> None:
    async with TwitchServer() as server, listening(opened(server, key)) as heard:
        await server.subscribed()
        for odd in (
            {"badges": None},
            {"badges": [3, {"set_id": []}]},
            {"message": None},
            {"message": {"text": ""}},
            {"chatter_user_id": 77},
            {"message_id": "x" * 200},
            {"chatter_user_name": None},
        ):
            await server.say("odd", **odd)
        await server.say("good")
        assert (await heard.until(4))[-1] == "good"
        assert heard.texts == ["odd", "odd", "odd", "good"], "no badges and no display name are no fault"


async def test_closing_ends_it(key: Path) -> None:
    async with TwitchServer() as server, listening(source := opened(server, key)) as heard:
        await server.subscribed()
        await source.close()
        await heard.end()
        assert source.status.state == "ended"


@pytest.mark.parametrize(
    "fields",
    [
        {"from": "twitch"},
        {"from": "twitch:../admin"},
        {"url": "http://twitch.example"},
        {"url": "https://user:pass@twitch.example"},
        {"key_file": Path("/nowhere")},
        {"key_file": None},
        {"options": {"mode": "irc"}},
    ],
)
def test_wrong_settings_are_told(key: Path, fields: dict[str, object]) -> None:
    origin = {"from": "twitch:my_shop", "key_file": key, **fields}
    with pytest.raises(UsageError) as refused:
        open_source(CommentSource.model_validate(origin), clock=ManualClock())
    assert "pass" not in str(refused.value)
