"""Limits of platforms and of their files: the last that passes, and the first that does not."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from pydantic import ValidationError

from livestream.audit import AuditLog
from livestream.errors import UsageError
from livestream.settings import ChannelSettings, Destination, make_channel
from livestream.standards.platforms import (
    LEAST_STATEMENT,
    MOST_NAME,
    MOST_STATEMENT,
    Platform,
    check_platforms,
    confirm,
    host_of,
    is_local,
    label_adds,
    load_platforms,
    platform_of,
    platforms_of,
)
from livestream.testing.clock import ManualClock

HOST = "live.example.com"
WORD = "I have read its rules; they allow it."
SOURCE = {"title": "T", "confidence": "official", "read": date(2026, 1, 2)}
RULE = {"topic": "static", "verdict": "forbidden", "says": "N", "source": SOURCE}


@pytest.fixture
def audit(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "audit.jsonl", ManualClock())


def channel(*to: str | dict[str, str], **fields: object) -> ChannelSettings:
    destinations = [{"to": each} if isinstance(each, str) else each for each in to]
    return make_channel({"catalogue": "list.csv", "destinations": destinations, **fields}, where="test")


def made(rule: dict[str, object] | None = None, **fields: object) -> Platform:
    return Platform.model_validate({"id": "x", "name": "Y", "rule": [rule] if rule else [], **fields})


@pytest.fixture
def with_platform(monkeypatch: pytest.MonkeyPatch):
    known = dict(load_platforms())

    def add(*each: Platform) -> None:
        more = {**known, **{one.id: one for one in each}}
        monkeypatch.setattr("livestream.standards.platforms.load_platforms", lambda: MappingProxyType(more))

    return add


@pytest.mark.parametrize(
    ("name", "statement", "kept"),
    [
        ("A", "s" * LEAST_STATEMENT, True),
        ("A" * MOST_NAME, "s" * MOST_STATEMENT, True),
        ("A" * (MOST_NAME + 1), "s" * 50, False),
        ("", "s" * 50, False),
        ("A", "s" * (LEAST_STATEMENT - 1), False),
        ("A", "s" * (MOST_STATEMENT + 1), False),
    ],
)
def test_how_long_a_confirmation_may_be(audit: AuditLog, name: str, statement: str, kept: bool) -> None:
    assert (LEAST_STATEMENT, MOST_STATEMENT, MOST_NAME) == (20, 2000, 100)
    assert _confirms(audit, name, statement) == kept
    assert [entry.body["statement"] for entry in audit.entries("platform_confirmed")] == [statement] * kept


def test_the_shortest_and_the_longest_that_a_file_may_say() -> None:
    least = made(RULE, id="i" * 64, label_adds="l" * 16)
    assert (least.rules[0].since, str(least.rules[0].source)) == (date(2026, 1, 2), "T (official, read 2026-01-02)")
    assert made({**RULE, "source": {**SOURCE, "dated": date(2025, 3, 4)}}).rules[0].since == date(2025, 3, 4)
    assert made({**RULE, "most": 1}).rules[0].most == 1
    assert least.rule("static") is least.rules[0]
    assert least.rule("voice") is None


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        (None, {"id": ""}), (None, {"id": "i" * 65}), (None, {"id": "Ab"}), (None, {"id": "a b"}), (None, {"name": ""}),
        (None, {"label_adds": "l" * 17}), (None, {"color": "red"}), ({**RULE, "says": ""}, {}),
        ({**RULE, "most": 0}, {}), ({**RULE, "topic": "weather"}, {}), ({**RULE, "verdict": "perhaps"}, {}),
        ({**RULE, "source": {**SOURCE, "title": ""}}, {}), ({**RULE, "source": {**SOURCE, "confidence": "?"}}, {}),
        ({**RULE, "note": "n"}, {}),
    ],
)  # fmt: skip
def test_what_a_file_may_not_say(rule: dict[str, object] | None, fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        made(rule, **fields)


def test_a_host_is_a_platforms_by_its_whole_name_or_its_end() -> None:
    one = made(hosts=["tube.com"])
    assert [one.serves(host) for host in ("tube.com", "a.tube.com", "yourtube.com", "tube.com.example")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [made(id=name).private for name in ("file", "local", "own", "x")] == [True, True, False, False]
    assert [is_local(host) for host in ("localhost", "127.0.0.1", "::1", "10.0.0.1", HOST, "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert host_of(Destination(to="rtmp://Live.Example.COM./app")) == HOST


def test_which_page_is_ones_own() -> None:
    page = Destination(to="whep")
    found = (platform_of(page), platform_of(page, public=True), platform_of(Destination(to="show.mp4"), public=True))
    assert [each.id if each else "" for each in found] == ["local", "own", "file"]
    told = platforms_of(channel("show.mp4", f"rtmp://{HOST}/app"))
    assert [each.id if each else "" for each in told.values()] == ["file", ""]
    assert list(load_platforms()) == sorted(load_platforms())


def test_a_limit_is_kept_to_the_last_bit(audit: AuditLog) -> None:
    check_platforms(channel("rtmp://live.twitch.tv/app", bitrate=6_000_000), _confirmed(audit, "live.twitch.tv"))
    with pytest.raises(UsageError, match="bitrate"):
        check_platforms(channel("rtmp://live.twitch.tv/app", bitrate=6_000_001), audit)
    facebook = "live-api-s.facebook.com"
    address = f"rtmps://{facebook}:443/rtmp"
    check_platforms(channel(address, duration=28_800), _confirmed(audit, facebook))
    with pytest.raises(UsageError, match="the most"):
        check_platforms(channel(address, duration=28_801), audit)


def _confirmed(audit: AuditLog, host: str) -> AuditLog:
    confirm(audit, host, name="Ana", statement=WORD)
    return audit


def test_verdicts_that_forbid_nothing_refuse_nothing(audit: AuditLog, with_platform) -> None:
    own = channel({"to": f"rtmp://{HOST}/app", "platform": "x"}, comments=[])
    _confirmed(audit, HOST)
    for topic, verdict in (
        ("static", "advice"), ("voice", "allowed"), ("simulcast", "advice"), ("interaction", "advice"),
        ("hours", "advice"), ("bitrate", "advice"), ("claims", "forbidden"),
    ):  # fmt: skip
        with_platform(made({**RULE, "topic": topic, "verdict": verdict}))
        check_platforms(own, audit)
    for topic in ("static", "voice"):
        with_platform(made({**RULE, "topic": topic}))
        with pytest.raises(UsageError, match="synthetic"):
            check_platforms(own, audit)
    with_platform(made({**RULE, "topic": "interaction", "verdict": "required"}))
    with pytest.raises(UsageError, match="comments"):
        check_platforms(own, audit)
    with_platform(made({**RULE, "topic": "simulcast"}))
    check_platforms(own, audit)
    check_platforms(channel({"to": f"rtmp://{HOST}/app", "platform": "x"}, "show.mp4", comments=[]), audit)


def test_words_of_two_platforms_stand_on_the_label(with_platform) -> None:
    with_platform(made(label_adds="One"), made(id="y", label_adds="Two"))
    both = channel(*({"to": f"rtmp://{name}.{HOST}/app", "platform": name} for name in ("x", "y")))
    assert label_adds(both) == "One · Two"


def test_only_an_allowed_voice_needs_no_confirmation(audit: AuditLog, with_platform) -> None:
    for verdict, kept in (("allowed", False), ("owner", True), ("forbidden", True)):
        with_platform(made({**RULE, "topic": "voice", "verdict": verdict}, hosts=[HOST]))
        assert _confirms(audit, "Ana", WORD) == kept, verdict


def _confirms(audit: AuditLog, name: str, statement: str) -> bool:
    try:
        told = confirm(audit, HOST, name=name, statement=statement)
    except UsageError:
        return False
    return bool(told)
