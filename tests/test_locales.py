"""What the house knows of a locale."""

import pytest

from livestream.errors import MachineError
from livestream.locales import locale, zone_info


@pytest.mark.parametrize(
    ("tag", "zone"),
    [
        ("en-US", "America/New_York"), ("en-GB", "Europe/London"), ("de-DE", "Europe/Berlin"),
        ("fr-FR", "Europe/Paris"), ("it-IT", "Europe/Rome"), ("es-ES", "Europe/Madrid"),
        ("es-MX", "America/Mexico_City"), ("pt-BR", "America/Sao_Paulo"), ("ja-JP", "Asia/Tokyo"),
        ("id-ID", "Asia/Jakarta"), ("ru-RU", "Europe/Moscow"), ("tr-TR", "Europe/Istanbul"),
        ("pl-PL", "Europe/Warsaw"), ("ko-KR", "Asia/Seoul"), ("ar-SA", "Asia/Riyadh"),
        ("hi-IN", "Asia/Kolkata"), ("th-TH", "Asia/Bangkok"), ("vi-VN", "Asia/Ho_Chi_Minh"),
    ],
)  # fmt: skip
def test_a_market_has_a_zone_of_its_own(tag, zone):
    assert locale(tag).zone == zone
    assert zone_info(zone).key == zone


def test_a_zone_that_nobody_knows():
    for zone in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(MachineError, match="no time zone"):
            zone_info(zone)
