from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from livestream.cli import run
from livestream.cli.arguments import length, seconds_of, seconds_until
from livestream.errors import UsageError
from livestream.settings import make_channel

NOW = datetime(2026, 11, 22, 21, 0, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("45s", 45),
        ("10m", 600),
        ("1h30m", 5400),
        ("1h0m5s", 3605),
        ("1.5h", 5400),
        (" 2M ", 120),
        ("5m30", 330),
    ],
)
def test_lengths(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", " ", "abc", "0", "0s", "-5", "5x", "m", "1m1h", "nan", "inf", "1e3", "1,5h"])
def test_what_is_no_length(text):
    with pytest.raises(UsageError, match="is not a length of time") as caught:
        seconds_of(text)
    assert "10m" in caught.value.remedy


def test_a_length_has_its_bound():
    assert seconds_of("2h", most=7200) == 7200
    for text in ("7201", "9" * 400):
        with pytest.raises(UsageError, match="too long") as caught:
            seconds_of(text, most=7200)
        assert "2:00:00 or less" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("21:01", 30),
        ("23:30", 2.5 * 3600 - 30),
        ("21:00", 24 * 3600 - 30),  # it has just been: tomorrow's
        ("2026-11-22T22:00:30", 3600),
        ("2026-11-22T21:00:30+00:00", 3600),
    ],
)
def test_times_of_day_and_dates(text, seconds):
    assert seconds_until(text, NOW) == seconds


def test_clocks_that_are_put_back_before_then():
    berlin = ZoneInfo("Europe/Berlin")
    assert seconds_until("06:00", datetime(2026, 10, 24, 22, tzinfo=berlin)) == 9 * 3600
    assert seconds_until("06:00", datetime(2026, 3, 28, 22, tzinfo=berlin)) == 7 * 3600


@pytest.mark.parametrize(
    ("chosen", "tag", "hours"), [("", None, 6), ("", "ja-JP", 16), ("America/Los_Angeles", None, 9)]
)
def test_a_time_of_day_is_one_of_the_audiences_clocks(monkeypatch, capsys, chosen, tag, hours):
    class Noon(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 11, 22, 23, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(run, "datetime", Noon)
    settings = make_channel({"catalogue": "list.csv", "timezone": chosen}, where="test")
    zone = run._zone(settings, tag)
    assert run._length(None, "00:00", zone, quiet=False) == hours % 24 * 3600
    assert zone in capsys.readouterr().err


def test_a_zone_that_there_is_not():
    for zone in ("Mars/Olympus", "../etc/passwd"):
        with pytest.raises(UsageError, match="knows no such time zone"):
            make_channel({"catalogue": "list.csv", "timezone": zone}, where="test")


def test_a_time_that_has_passed():
    for text in ("2026-11-22T20:00:30+00:00", "2020-01-01"):
        with pytest.raises(UsageError, match="has passed"):
            seconds_until(text, NOW)


@pytest.mark.parametrize("text", ["24:00", "9:5", "tomorrow", "", "12:60"])
def test_what_is_no_time(text):
    with pytest.raises(UsageError, match="is not a time") as caught:
        seconds_until(text, NOW)
    assert "23:30" in caught.value.remedy


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (65.4, "1:05"), (3600, "1:00:00"), (86_399.6, "24:00:00")])
def test_lengths_as_people_write_them(seconds, text):
    assert length(seconds) == text
