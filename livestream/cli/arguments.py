"""Arguments that several commands take: lengths, times, destinations."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from livestream.errors import UsageError

LONGEST_SHOW = 4 * 3600.0
"""What preview and render take at most, in seconds: they hold a whole show in memory."""
_LENGTH = re.compile(r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s?)?", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def seconds_of(text: str, *, most: float | None = None) -> float:
    """Return the seconds of a length such as `90`, `45s`, `10m`, `1h30m`.

    Raises:
        UsageError: it is not one, is not above zero, or is over `most` seconds.
    """
    match = _LENGTH.fullmatch(text.strip())
    parts = [float(part or 0) for part in match.groups()] if match and text.strip() else [0.0]
    seconds = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    if seconds <= 0:
        raise UsageError(f"{text!r} is not a length of time", remedy="Write seconds or units: 90, 45s, 10m, 1h30m.")
    if most is not None and seconds > most:
        raise UsageError(
            f"{text!r} is too long", remedy=f"Ask for {length(most)} or less; livestream run stays on air for days."
        )
    return seconds


def seconds_until(text: str, now: datetime) -> float:
    """Return the seconds from `now` to the next time a clock shows `HH:MM`, or to an ISO date and time.

    Raises:
        UsageError: it is not one, or it has passed.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match:
        then = now.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
        if then <= now:
            then += timedelta(days=1)
        return _apart(then, now)
    try:
        then = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is not a time", remedy="Write 23:30 or 2026-11-22T23:30+01:00.") from None
    if then.tzinfo is None:
        then = then.replace(tzinfo=now.tzinfo)
    left = _apart(then, now)
    if left <= 0:
        raise UsageError(f"{text} has passed", remedy="Name a time that is still to come.")
    return left


def _apart(then: datetime, now: datetime) -> float:
    """Return the seconds that pass between two moments, also where clocks are put on or back between them."""
    return (then.astimezone(UTC) - now.astimezone(UTC)).total_seconds()


def length(seconds: float) -> str:
    """Return seconds as people write a length: `1:05`, `1:00:00`."""
    whole = round(seconds)
    head = f"{whole // 3600}:{whole // 60 % 60:02}" if whole >= 3600 else f"{whole // 60}"
    return f"{head}:{whole % 60:02}"
