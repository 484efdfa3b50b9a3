"""A time of day as each market reads it, and as its language says it."""

from datetime import UTC, datetime

import pytest

from livestream.errors import MachineError
from livestream.locales import locale
from livestream.text.times import said_time, shown_time, zone_info

NOON = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "zone", "shown"),
    [
        ("en-US", "America/New_York", "7:30 AM"), ("en-GB", "Europe/London", "12:30"),
        ("de-DE", "Europe/Berlin", "13:30"), ("fr-FR", "Europe/Paris", "13:30"), ("it-IT", "Europe/Rome", "13:30"),
        ("es-ES", "Europe/Madrid", "13:30"), ("es-MX", "America/Mexico_City", "6:30 a.m."),
        ("pt-BR", "America/Sao_Paulo", "09:30"), ("ja-JP", "Asia/Tokyo", "21:30"), ("id-ID", "Asia/Jakarta", "19.30"),
        ("ru-RU", "Europe/Moscow", "15:30"), ("tr-TR", "Europe/Istanbul", "15:30"),
        ("pl-PL", "Europe/Warsaw", "13:30"), ("ko-KR", "Asia/Seoul", "오후 9:30"), ("ar-SA", "Asia/Riyadh", "3:30 م"),
        ("hi-IN", "Asia/Kolkata", "6:00 pm"), ("th-TH", "Asia/Bangkok", "19:30"),
        ("vi-VN", "Asia/Ho_Chi_Minh", "19:30"),
    ],
)  # fmt: skip
def test_a_moment_in_the_markets_own_zone(tag, zone, shown):
    assert locale(tag).zone == zone
    assert shown_time(NOON, tag, zone) == shown


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en-US", "seven thirty A M"), ("de-DE", "dreizehn Uhr dreißig"), ("fr-FR", "treize heures trente"),
        ("ja-JP", "二十一時三十分"),
    ],
)  # fmt: skip
def test_it_is_said_as_the_language_tells_the_time(tag, said):
    assert said_time(NOON, tag, locale(tag).zone) == said


def test_a_zone_that_nobody_knows():
    for zone in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(MachineError, match="tzdata"):
            zone_info(zone)
