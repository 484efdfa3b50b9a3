"""The rules of platforms: what is refused, by which rule, and what a confirmation can and cannot do."""

from datetime import date
from pathlib import Path

import pytest

from livestream.audit import AuditLog
from livestream.errors import AuditError, UsageError
from livestream.programme.encoder import AAC_BITRATE, Encoder
from livestream.settings import ChannelSettings, Destination, make_channel
from livestream.standards.platforms import (
    TOPICS,
    check_platforms,
    confirm,
    confirmations,
    label_adds,
    load_platforms,
    platform_of,
)
from livestream.testing.clock import ManualClock

TIKTOK = "rtmp://push-rtmp-l1-va01.tiktokcdn.com/game"
YOUTUBE = "rtmps://a.rtmps.youtube.com/live2"
UNKNOWN = "rtmps://live.example.com/app"
WORD = "I have read the rules of this platform; they allow a synthetic host."


@pytest.fixture
def audit(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "audit.jsonl", ManualClock())


def channel(*to: str | dict[str, str], **fields: object) -> ChannelSettings:
    destinations = [{"to": each} if isinstance(each, str) else each for each in to]
    return make_channel({"catalogue": "list.csv", "destinations": destinations, **fields}, where="test")


def refusal(settings: ChannelSettings, audit: AuditLog) -> UsageError:
    with pytest.raises(UsageError) as caught:
        check_platforms(settings, audit)
    assert caught.value.exit_code == 2
    assert caught.value.remedy
    return caught.value


def test_each_rule_has_a_source_and_a_date_and_each_limit_a_figure():
    known = load_platforms()
    wanted = (
        "youtube facebook twitch tiktok tiktok-shop-us tiktok-shop-id shopee kwai bilibili amazon-ivs own file local"
    )
    assert set(wanted.split()) <= known.keys()
    hosts = [host for each in known.values() for host in each.hosts]
    assert len(hosts) == len(set(hosts))
    for each in known.values():
        assert set(each.markets.values()) <= known.keys()
        assert len({rule.topic for rule in each.rules}) == len(each.rules)
        for rule in each.rules:
            assert rule.topic in TOPICS
            assert (rule.verdict == "limit") == (rule.most is not None), (each.id, rule.topic)
            assert (rule.source.dated or date.min) <= rule.source.read <= date(2100, 1, 1)


def test_what_no_setting_changes_is_within_every_platforms_limit():
    seconds = Encoder.__init__.__kwdefaults__["gop_seconds"]
    for each in load_platforms().values():
        for topic, ours in (("keyframe", seconds), ("audio", AAC_BITRATE)):
            rule = each.rule(topic)
            assert rule is None or ours <= rule.most, (each.id, topic)


@pytest.mark.parametrize(
    ("destination", "territory", "found"),
    [
        ({"to": YOUTUBE}, "US", "youtube"),
        ({"to": "rtmp://LIVE.twitch.tv./app"}, "US", "twitch"),
        ({"to": TIKTOK}, "US", "tiktok-shop-us"),
        ({"to": TIKTOK}, "ID", "tiktok-shop-id"),
        ({"to": TIKTOK}, "DE", "tiktok"),
        ({"to": TIKTOK, "platform": "tiktok-shop-id"}, "DE", "tiktok-shop-id"),
        ({"to": UNKNOWN, "platform": "shopee"}, "SG", "shopee"),
        ({"to": UNKNOWN, "platform": "tiktok"}, "US", "tiktok-shop-us"),
        ({"to": UNKNOWN}, "US", None),
        ({"to": "rtmp://faketwitch.tv/app"}, "US", None),
        ({"to": "rtmp://127.0.0.1/app"}, "US", "local"),
        ({"to": "rtmp://[::1]/app", "platform": "twitch"}, "US", "twitch"),
        ({"to": "show.mp4"}, "US", "file"),
        ({"to": "whep"}, "US", "local"),
    ],
)
def test_a_destination_is_told_from_its_name_or_its_host(destination, territory, found):
    profile = platform_of(Destination(**destination), territory)
    assert (profile.id if profile else None) == found


def test_a_platform_may_add_to_the_label_once():
    bilibili = ["rtmp://live-push.bilivideo.com/one", "rtmp://live-push.bilivideo.com/two"]
    assert label_adds(channel(*bilibili, YOUTUBE, "whep")) == "AI生成"
    assert label_adds(channel(YOUTUBE, UNKNOWN, "whep")) == ""
    assert label_adds(channel({"to": bilibili[0], "name": "web"}, "whep")) == "AI生成", "of one name"


@pytest.mark.parametrize(
    ("destination", "message"),
    [
        ({"to": TIKTOK, "platform": "youtube"}, "address is one of TikTok"),
        ({"to": TIKTOK, "platform": "own"}, "address is one of TikTok"),
        ({"to": UNKNOWN, "platform": "local"}, "not on this machine"),
        ({"to": UNKNOWN, "platform": "file"}, "not on this machine"),
        ({"to": UNKNOWN, "platform": "tiktok-shop-uk"}, "no platform is called"),
    ],
)
def test_a_name_does_not_talk_an_address_out_of_its_rules(destination, message, audit):
    assert message in str(refusal(channel(destination), audit))


@pytest.mark.parametrize(
    ("settings", "rule", "words"),
    [
        (
            channel(TIKTOK),
            "tiktok-shop-us/voice of 2026-05-23",
            ("AI-generated voices", "hand", "--assist", "mp4"),
        ),
        (
            channel(
                {"to": "rtmp://127.0.0.1/app", "platform": "tiktok-shop-us"},
            ),
            "tiktok-shop-us/voice",
            ("--assist",),
        ),
        (
            channel({"to": TIKTOK, "platform": "tiktok-shop-id"}, YOUTUBE),
            "tiktok-shop-id/simulcast of 2025-08-26",
            ("at once", "Go there alone"),
        ),
        (channel("rtmps://live-api-s.facebook.com:443/rtmp"), "facebook/hours", ("has no end", "8 h", "--duration")),
        (
            channel("rtmps://live-api-s.facebook.com:443/rtmp", duration=30_000),
            "facebook/hours",
            ("lasts 8.3 h", "8 h"),
        ),
        (channel("rtmp://live.twitch.tv/app", bitrate=6_500_000), "twitch/bitrate", ("6.5 Mbit/s", "6 is the most")),
        (
            channel({"to": UNKNOWN, "platform": "shopee"}, comments=[]),
            "shopee/interaction",
            ("no comments are heard", "[[comments]]"),
        ),
    ],
)
def test_a_forbidden_mode_is_refused_with_its_rule_and_what_is_allowed(settings, rule, words, audit):
    error = refusal(settings, audit)
    assert rule in error.where
    assert all(word in str(error) for word in words), str(error)
    assert "read 2026-" in error.remedy


def test_what_is_known_to_be_allowed_needs_nobodys_word(audit):
    check_platforms(channel(YOUTUBE, "whep", "show.mp4", "rtmp://localhost/app"), audit)


def test_the_unknown_is_a_preview_until_its_owner_confirms_in_writing(audit):
    error = refusal(channel("whep", UNKNOWN), audit)
    assert "livestream platforms confirm live.example.com" in error.remedy
    assert "--assist" in error.remedy
    confirm(audit, "other.example.com", name="Ana", statement=WORD)
    refusal(channel(UNKNOWN), audit)
    confirm(audit, "LIVE.example.com.", name=" Ana  Ruiz ", statement=WORD)
    check_platforms(channel(UNKNOWN), audit)
    check_platforms(channel({"to": UNKNOWN, "platform": "own"}), audit)
    entry = confirmations(audit)["live.example.com"]
    assert entry.body == {"host": "live.example.com", "name": "Ana Ruiz", "statement": WORD}
    assert entry.at


@pytest.mark.parametrize("platform", ["own", "twitch", "kwai", "bilibili", "amazon-ivs", "shopee"])
def test_a_known_platform_that_nothing_is_known_of_about_voices_wants_a_word_too(platform, audit):
    told = channel({"to": UNKNOWN, "platform": platform})
    assert "whether" in refusal(told, audit).message
    confirm(audit, "live.example.com", name="Ana", statement=WORD)
    check_platforms(told, audit)


@pytest.mark.parametrize("host", ["203.0.113.9", "push.unknown-tiktok-relay.net", "my_relay", "[2001:db8::1]", "127.1"])
def test_the_name_of_a_platform_that_allows_it_opens_no_other_address(host, audit):
    told = channel({"to": f"rtmp://{host}/live", "platform": "youtube"})
    error = refusal(told, audit)
    assert "does not tell that it is YouTube" in error.message
    confirm(audit, host.strip("[]"), name="Ana", statement=WORD)
    check_platforms(told, audit)


@pytest.mark.parametrize(
    "host", ["push.tiktokcdn\u3002com", "push.tiktokcdn.com%2e", "push.tiktokcdn.com ", "tiktök.com"]
)
def test_a_host_is_written_in_letters_that_every_resolver_reads_alike(host):
    with pytest.raises(UsageError, match="plain letters"):
        channel({"to": f"rtmp://{host}/live", "platform": "youtube"})


def test_a_page_under_public_names_is_ones_own_and_wants_a_word_for_each_name(audit):
    web = {"behind_proxy": True, "names": ["shop.example.com:8443", "studio.example.com", "localhost:8443"]}
    told = channel("whep", web=web)
    error = refusal(told, audit)
    assert "Your own page" in error.message
    assert "platforms confirm shop.example.com " in error.remedy
    assert "--to whep" not in error.remedy
    confirm(audit, "shop.example.com", name="Ana", statement=WORD)
    assert "platforms confirm studio.example.com " in refusal(told, audit).remedy
    confirm(audit, "studio.example.com", name="Ana", statement=WORD)
    check_platforms(told, audit)
    indonesia = channel({"to": TIKTOK, "platform": "tiktok-shop-id"}, "whep", web=web)
    assert "goes to push-rtmp-l1-va01.tiktokcdn.com and web at once" in refusal(indonesia, audit).message
    check_platforms(channel("show.mp4", web=web), audit)


def test_a_confirmation_lifts_no_prohibition_and_no_limit(audit):
    confirm(audit, "push-rtmp-l1-va01.tiktokcdn.com", name="Ana", statement=WORD)
    confirm(audit, "live.twitch.tv", name="Ana", statement=WORD)
    assert "tiktok-shop-us/voice" in refusal(channel(TIKTOK), audit).where
    assert "twitch/bitrate" in refusal(channel("rtmp://live.twitch.tv/app", bitrate=7_000_000), audit).where
    check_platforms(channel("rtmp://live.twitch.tv/app"), audit)


def test_a_log_that_was_tampered_with_confirms_nothing(audit):
    confirm(audit, "other.example.com", name="Ana", statement=WORD)
    audit.path.write_bytes(audit.path.read_bytes().replace(b"other", b"live."))
    with pytest.raises(AuditError):
        check_platforms(channel(UNKNOWN), audit)


@pytest.mark.parametrize(
    ("host", "name", "statement"),
    [
        ("rtmp://live.example.com/app", "Ana", WORD),
        ("live example", "Ana", WORD),
        ("a" * 300, "Ana", WORD),
        ("live.example.com", " ", WORD),
        ("live.example.com", "Ana" * 40, WORD),
        ("live.example.com", "Ana", "ok"),
        ("live.example.com", "Ana", "x" * 2_001),
        ("live.example.com", "\udcff", WORD),
        ("live.example.com", "Ana", f"{WORD}\x1b[2J"),
        ("live.example.com", "Ana", f"{WORD}\u202e"),
        ("127.0.0.1", "Ana", WORD),
        ("a.rtmps.youtube.com", "Ana", WORD),
    ],
)
def test_a_confirmation_is_a_sentence_under_a_name_about_a_host_that_needs_one(host, name, statement, audit):
    with pytest.raises(UsageError):
        confirm(audit, host, name=name, statement=statement)
    assert not audit.path.exists()


def test_assist_mode_publishes_nothing_and_so_breaks_no_rule(audit):
    check_platforms(channel(TIKTOK, UNKNOWN, mode="assist"), audit)
