"""A time of day as an audience reads and hears it: in its own zone, the way its language tells the time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_time, get_time_format

from livestream.errors import MachineError
from livestream.text.spoken import spoken_form


def zone_info(zone: str) -> ZoneInfo:
    """Return an IANA time zone.

    Raises:
        MachineError: this machine does not know it.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise MachineError(
            f"this machine knows no time zone {zone}", remedy="Install them: apt-get install -y tzdata"
        ) from None


def shown_time(moment: datetime, locale: str, zone: str) -> str:
    """Return a moment as a clock of the audience shows it: "8:30 PM", "20:30", "오후 8:30".

    Args:
        moment: with its zone.
        locale: BCP 47 tag.
        zone: the audience's IANA time zone.

    Raises:
        MachineError: this machine does not know the zone.
    """
    cldr = locale.replace("-", "_")
    pattern = get_time_format("short", cldr).pattern.replace("a", "aaaa")  # the period of the day in its full name
    return " ".join(format_time(moment.astimezone(zone_info(zone)), pattern, locale=cldr).split())


def said_time(moment: datetime, locale: str, zone: str) -> str:
    """Return what is said for the same: "eight thirty PM", "zwanzig Uhr dreißig".

    Raises:
        MachineError, UsageError: as `shown_time`, or the language has no spoken forms.
    """
    return spoken_form(shown_time(moment, locale, zone), locale)
