"""The door of pushed comments: who may come in, what they may say, and what they are told."""

from __future__ import annotations

import asyncio
import json
from importlib.metadata import entry_points
from inspect import signature
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.audience.comment import Comment
from livestream.audience.sources.protocol import MAX_BATCH, MAX_MESSAGE, MAX_NAME, MAX_TEXT, SchemaError, receipt
from livestream.audience.sources.push import (
    PushDoor,
    WebhookRefused,
    new_signing_key,
    open_source,
    signing_headers,
)
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource
from livestream.testing.clock import ManualClock

ASKED = {"type": "comment", "id": "1", "user": "u7", "name": "Ann", "text": "How much is it?"}


def source(kind: str = "ws", **fields: object) -> CommentSource:
    return CommentSource.model_validate({"from": kind, **fields})


def door(kind: str = "ws", *, clock: ManualClock | None = None, **fields: object) -> PushDoor:
    return PushDoor(source(kind, **fields), clock=clock or ManualClock())


def told(message: object, **fields: object) -> list[Comment | SchemaError]:
    return door(**fields).parse(json.dumps(message))


def test_a_comment_is_read_whole() -> None:
    full = {**ASKED, "at": 1_699_999_000.5, "language": "en", "badges": ["member"], "unknown": 1}
    (comment,) = told(full)
    assert comment == Comment(
        "ws", "1", "ws", "u7", "Ann", "How much is it?", 1_699_999_000.5, language="en", badges=("member",)
    )
    assert receipt(comment, "admitted") == {"type": "receipt", "id": "1", "status": "admitted"}


def test_what_bears_no_date_or_a_future_one_is_dated_now() -> None:
    for message in (ASKED, {**ASKED, "at": 9e12}):
        (comment,) = told(message)
        assert isinstance(comment, Comment)
        assert comment.at == 1_700_000_000.0


def test_the_platform_of_a_bridge_is_a_setting() -> None:
    (comment,) = told(ASKED, name="tok", options={"platform": "tiktok"})
    assert isinstance(comment, Comment)
    assert (comment.source, comment.platform) == ("tok", "tiktok")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": 5}, "id"),
        ({"id": "a\0b"}, "id"),
        ({"user": "x" * 129}, "user"),
        ({"user": "a\u202eb"}, "user"),
        ({"name": None}, "name"),
        ({"text": ["x"]}, "text"),
        ({"text": ""}, "text"),
        ({"at": "yesterday"}, "at"),
        ({"at": -1}, "at"),
        ({"language": "<b>"}, "language"),
        ({"badges": ["x"] * 17}, "badges"),
        ({"badges": [3]}, "badges.0"),
        ({"type": "hello"}, "type"),
    ],
)
def test_an_error_names_the_field(change: dict[str, object], field: str) -> None:
    (error,) = told({**ASKED, **change})
    assert isinstance(error, SchemaError)
    assert error.field == field
    assert error.answer()["type"] == "error"
    assert error.id == ("1" if field != "id" else "")


@pytest.mark.parametrize("missing", ["type", "id", "user", "name", "text"])
def test_a_missing_field_is_named(missing: str) -> None:
    (error,) = told({name: value for name, value in ASKED.items() if name != missing})
    assert isinstance(error, SchemaError)
    assert error.field == missing


@pytest.mark.parametrize(
    "message", ["", "{", "nothing", "[" * 100_000, b"\xff", " " * (MAX_MESSAGE + 1), "3", '"x"', "null", "NaN"]
)
def test_what_is_no_comment_is_answered(message: str | bytes) -> None:
    (error,) = door().parse(message)
    assert isinstance(error, SchemaError)
    assert error.message


def test_a_batch_keeps_the_good_ones() -> None:
    read = told([ASKED, 3, {**ASKED, "id": "2"}])
    assert [type(each) for each in read] == [Comment, SchemaError, Comment]
    (error,) = told([ASKED] * (MAX_BATCH + 1))
    assert isinstance(error, SchemaError)


def test_a_long_text_and_half_a_pair_lose_nobody() -> None:
    read = door().parse(json.dumps({**ASKED, "text": "x" * 100_000, "name": "y" * 5_000}))
    (comment,) = read
    assert isinstance(comment, Comment)
    assert (len(comment.text), len(comment.name)) == (MAX_TEXT, MAX_NAME)
    (halved,) = door().parse('{"type":"comment","id":"1","user":"u","name":"n","text":"how much \\ud83d"}')
    assert isinstance(halved, Comment)
    assert halved.text == "how much \ufffd"


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_json_makes_it_raise(value: object) -> None:
    for each in told(value) + told({**ASKED, "text": value}) + told({**ASKED, "id": value}):
        assert isinstance(each, SchemaError) or each.text.encode()


def test_tokens_are_compared_whole(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("first-token-0123456789\nsecond-token-0123456789\n")
    opened = door(key_file=file)
    assert opened.authorise("first-token-0123456789")
    assert opened.hello('{"type":"hello","token":"second-token-0123456789"}')
    assert not any(map(opened.authorise, ("", "first-token", "first-token-0123456789\n", "é\ud800")))
    assert not any(map(opened.hello, ('{"type":"hello"}', '{"token":"first-token-0123456789"}', "{", "[]")))
    assert opened.token == "first-token-0123456789"


def test_a_token_is_made_where_none_is_given_and_a_weak_one_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert door().token != door().token
    assert door("webhook").token.startswith("whsec_")
    for kind in ("ws", "webhook"):
        with pytest.raises(UsageError) as refused:
            PushDoor(source(kind, key_env="KEY"), clock=ManualClock(), environ={"KEY": "hunter2"})
        assert "hunter2" not in str(refused.value)


BODY = json.dumps(ASKED).encode()


class TestWebhook:
    def setup_method(self) -> None:
        self.clock = ManualClock(epoch=1_700_000_000.0)
        self.door = door("webhook", clock=self.clock)

    def signed(self, id_: str = "msg_1", *, body: bytes = BODY, off: float = 0.0, key: str = "") -> dict[str, str]:
        return signing_headers(key or self.door.token, id_, self.clock.time() + off, body)

    def test_the_published_example_verifies(self) -> None:
        """The vector of the Standard Webhooks reference libraries."""
        key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        body = b'{"test": 2432232314}'
        clock = ManualClock(epoch=1_614_265_330.0)
        opened = PushDoor(source("webhook", key_env="K"), clock=clock, environ={"K": key})
        headers = {
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp": "1614265330",
            "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        }
        (read,) = opened.verify(headers, body)
        assert isinstance(read, SchemaError), "it is signed well, and is no comment"

    def test_a_signed_one_is_taken_once(self) -> None:
        headers = self.signed()
        (comment,) = self.door.verify(headers, BODY)
        assert isinstance(comment, Comment)
        assert comment.source == "webhook"
        assert self.door.verify(headers, BODY) == []
        self.clock.advance(60)
        assert self.door.verify(self.signed(), BODY) == [], "the same delivery, tried again later"
        self.door.forget(headers)
        assert len(self.door.verify(self.signed(), BODY)) == 1
        assert self.door.status.received == 2

    def test_no_replay_within_the_life_of_a_timestamp(self) -> None:
        ahead = self.signed(off=299)
        assert self.door.verify(ahead, BODY)
        self.clock.advance(590)
        assert self.door.verify(ahead, BODY) == []
        self.clock.advance(20)
        with pytest.raises(WebhookRefused):
            self.door.verify(ahead, BODY)

    @pytest.mark.parametrize("off", [-301, 302])
    def test_an_old_or_future_one_is_refused(self, off: float) -> None:
        with pytest.raises(WebhookRefused) as refused:
            self.door.verify(self.signed(off=off), BODY)
        assert refused.value.status == 401

    def test_a_changed_body_id_or_time_is_refused(self) -> None:
        good = self.signed()
        for headers, body in (
            (good, BODY + b" "),
            ({**good, "webhook-id": "msg_2"}, BODY),
            ({**good, "webhook-timestamp": str(int(good["webhook-timestamp"]) + 1)}, BODY),
            ({**good, "webhook-signature": good["webhook-signature"].replace("v1,", "v2,")[:-4]}, BODY),
            ({**good, "webhook-signature": ""}, BODY),
            (self.signed(key=new_signing_key()), BODY),
        ):
            with pytest.raises(WebhookRefused) as refused:
                self.door.verify(headers, body)
            assert refused.value.status == 401
        assert len(self.door.verify(good, BODY)) == 1, "what was refused is not remembered"

    @pytest.mark.parametrize("stamp", ["", "x", "１７", "1" * 13, "-5"])
    def test_headers_are_bounded(self, stamp: str) -> None:
        with pytest.raises(WebhookRefused) as refused:
            self.door.verify({**self.signed(), "webhook-timestamp": stamp}, BODY)
        assert refused.value.status == 400

    def test_keys_are_changed_without_a_loss(self) -> None:
        old, new = new_signing_key(), new_signing_key()
        opened = PushDoor(source("webhook", key_env="K"), clock=self.clock, environ={"K": f"{new}\n{old}"})
        signatures = [self.signed(key=key)["webhook-signature"] for key in (new_signing_key(), old)]
        headers = {**self.signed(), "webhook-signature": " ".join(signatures)}
        assert len(opened.verify(headers, BODY)) == 1
        assert len(opened.verify(self.signed("msg_2", key=new), BODY)) == 1

    def test_a_big_body_is_refused_unread(self) -> None:
        with pytest.raises(WebhookRefused) as refused:
            self.door.verify({}, b" " * (MAX_MESSAGE + 1))
        assert refused.value.status == 413

    @given(
        st.dictionaries(st.sampled_from(("webhook-id", "webhook-timestamp", "webhook-signature")), st.text()),
        st.binary(max_size=200),
    )
    def test_what_nobody_signed_is_refused_whatever_it_is(self, headers: dict[str, str], body: bytes) -> None:
        with pytest.raises(WebhookRefused):
            door("webhook").verify(headers, body)

    def test_the_memory_of_deliveries_is_bounded_and_fails_closed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("livestream.audience.sources.push._MAX_REMEMBERED", 2)
        for id_ in ("a", "b"):
            self.door.verify(self.signed(id_), BODY)
        with pytest.raises(WebhookRefused) as refused:
            self.door.verify(self.signed("c"), BODY)
        assert refused.value.status == 429
        self.clock.advance(601)
        assert len(self.door.verify(self.signed("c"), BODY)) == 1


def test_every_kind_of_source_is_an_installed_plug_in() -> None:
    points = {point.name: point for point in entry_points(group="livestream.comment_sources")}
    assert set(points) >= {"ws", "webhook", "stdin", "replay", "twitch", "youtube"}
    for point in points.values():
        assert list(signature(point.load()).parameters) == ["settings", "clock"]


async def test_replies_go_to_the_newest_bridge() -> None:
    opened = open_source(source(reply=True), clock=ManualClock())
    (comment,) = opened.parse(json.dumps(ASKED))
    assert isinstance(comment, Comment)
    with pytest.raises(SourceError):
        await opened.reply("AI: $20", comment)
    first: list[str] = []
    second: list[str] = []

    async def to_first(text: str) -> None:
        first.append(text)

    async def to_second(text: str) -> None:
        second.append(text)

    with opened.connected(to_first):
        with opened.connected(to_second):
            assert opened.status.state == "connected"
            await opened.reply("AI: $20", comment)
        await opened.reply("AI: $21", comment)
    assert json.loads(second[0]) == {"type": "reply", "to": "1", "user": "u7", "text": "AI: $20"}
    assert json.loads(first[0])["text"] == "AI: $21"
    assert opened.status.state == "waiting"


async def test_a_door_yields_nothing_and_ends_when_closed() -> None:
    opened = door()
    async with asyncio.TaskGroup() as tasks:
        yielded = tasks.create_task(_gathered(opened))
        await asyncio.sleep(0)
        assert not yielded.done()
        await opened.close()
    assert yielded.result() == []
    assert opened.status.state == "ended"


async def _gathered(opened: PushDoor) -> list[Comment]:
    return [comment async for comment in opened.comments()]
