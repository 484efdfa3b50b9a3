"""What the house knows of a locale: its currency, its direction, its name."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale as BabelLocale
from babel import UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies

from livestream.errors import MachineError, UsageError

_MAIN_ZONES = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CL": "America/Santiago", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "EC": "America/Guayaquil", "ES": "Europe/Madrid", "ID": "Asia/Jakarta", "KZ": "Asia/Almaty",
    "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow", "UA": "Europe/Kyiv", "US": "America/New_York", "UZ": "Asia/Tashkent",
}  # fmt: skip
"""The zone most people live in, of territories that have several."""
_DOTTED = frozenset({"az", "tr"})
"""Languages in which i and ı are two letters."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A BCP 47 locale with the facts of it that CLDR knows."""

    tag: str
    language: str
    territory: str
    currency: str
    name: str
    right_to_left: bool

    @property
    def cldr(self) -> str:
        """The same locale as Babel writes it, `en_US`."""
        return f"{self.language}_{self.territory}"

    @property
    def zone(self) -> str:
        """The time zone (IANA) that most of the market lives in, UTC where CLDR knows none."""
        zones: list[str] = get_global("territory_zones").get(self.territory) or ["UTC"]
        return _MAIN_ZONES.get(self.territory, zones[0])


def locale(tag: str) -> Locale:
    """Return the locale of a BCP 47 tag with language and territory, such as `en-US`.

    Raises:
        UsageError: the tag is not one that CLDR knows, or has no territory.
    """
    try:
        known = BabelLocale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError, TypeError) as error:
        raise UsageError(f"{tag!r} is not a locale", remedy="Write language and market, for example en-US.") from error
    if not known.territory:
        raise UsageError(f"{tag!r} names no market", remedy=f"Write language and market, for example {tag}-US.")
    currencies = get_territory_currencies(known.territory)
    return Locale(
        tag=f"{known.language}-{known.territory}",
        language=known.language,
        territory=known.territory,
        currency=currencies[-1] if currencies else "",
        name=known.get_display_name("en") or tag,
        right_to_left=known.text_direction == "rtl",
    )


def capitalised(text: str, tag: str) -> str:
    """Return text with a capital first letter; that of the Turkish "i" keeps its dot."""
    first = {"i": "İ"}.get(text[:1], "") if tag.partition("-")[0] in _DOTTED else ""
    return (first or text[:1].upper()) + text[1:]


def uncapitalised(text: str, tag: str) -> str:
    """Return text with a small first letter; that of the Turkish "I" has no dot."""
    first = {"I": "ı", "İ": "i"}.get(text[:1], "") if tag.partition("-")[0] in _DOTTED else ""
    return (first or text[:1].lower()) + text[1:]


def zone_info(zone: str) -> ZoneInfo:
    """Return an IANA time zone.

    Raises:
        MachineError: this machine does not know it.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise MachineError(
            f"this machine knows no time zone {zone!r}", remedy="Write one such as America/Mexico_City."
        ) from None
