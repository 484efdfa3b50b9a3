"""What the sources share: how they stand, how long they wait, what they have seen, where they may connect."""

from __future__ import annotations

import ipaddress
import math
import os
import random
import re
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing
from urllib.parse import urlsplit

from livestream.audience.comment import Comment
from livestream.audience.sources import SourceState, SourceStatus
from livestream.clock import Clock
from livestream.errors import SourceError, UsageError
from livestream.settings import CommentSource

MAX_KEY_FILE = 16_384
"""Bytes of a key file that are read."""
AUTH_PAUSE = 60.0
"""Seconds between attempts with a key that was turned away: a merchant may put a new one there."""
_STEADY = 30.0
"""Seconds a connection has to last for the next loss to begin with the shortest delay."""


class Refused(SourceError):
    """The platform refused us for a reason that time does not heal."""


class Over(SourceError):
    """What was listened to has come to its end."""


class Hindered(SourceError):
    """The platform cannot serve us now; `after` is the least number of seconds to wait."""

    def __init__(self, message: str, *, after: float = 0.0, state: SourceState = "connecting") -> None:
        super().__init__(message, retryable=True)
        self.after = after
        self.state = state


Session = Callable[[], AsyncGenerator[Comment, None]]
"""One connection: yields comments, returns where nothing more can come, raises where it was lost."""
_SENTENCE_END = re.compile(r"[.!?。！？…](?=\s|$)|[。！？]")


class Standing:
    """How a source fares, written as things happen; `since` moves only when the state does."""

    def __init__(self, name: str, platform: str, clock: Clock, state: SourceState = "connecting") -> None:
        self._clock = clock
        self._status = SourceStatus(name, platform, state, since=clock.time())
        self.received = 0
        self.closing = False

    @property
    def status(self) -> SourceStatus:
        """Return how it fares now."""
        now = self._status
        return SourceStatus(now.name, now.platform, now.state, now.detail, now.since, self.received)

    def become(self, state: SourceState, detail: str = "") -> None:
        """Change the state; `detail` is for people and never holds a secret."""
        now = self._status
        since = now.since if state == now.state else self._clock.time()
        self._status = SourceStatus(now.name, now.platform, state, detail, since)


def delays(seed: int, *, first: float = 1.0, factor: float = 1.5, longest: float = 15.0) -> Iterator[float]:
    """Yield growing delays in seconds without end, each shortened by up to a tenth.

    The jitter parts the many channels of one machine that lose one platform together.
    """
    jitter = random.Random(seed)
    delay = first
    while True:
        yield delay * jitter.uniform(0.9, 1.0)
        delay = min(longest, delay * factor)


async def persevere(session: Session, standing: Standing, clock: Clock, seed: int) -> AsyncIterator[Comment]:
    """Yield the comments of one session after another, with growing pauses where they are lost.

    It ends where a session ends or raises `Over` or `Refused`. A session raises `Hindered` for
    everything else that a network and a platform do.
    """
    waits = delays(seed)
    while True:
        try:
            async with aclosing(session()) as comments:
                async for comment in comments:
                    standing.received += 1
                    yield comment
            standing.become("ended", standing.status.detail)
            return
        except Refused as error:
            standing.become("refused", f"{error}")
            return
        except Over as error:
            standing.become("ended", error.message)
            return
        except Hindered as error:
            if standing.closing:
                standing.become("ended")
                return
            lost = standing.status
            if lost.state == "connected" and clock.time() - lost.since >= _STEADY:
                waits = delays(seed)
            standing.become(error.state, error.message)
            await clock.sleep_until(clock.monotonic() + max(error.after, next(waits)))


def fitted(text: str, most: int) -> str:
    """Return as many whole sentences of a text as fit: half a sentence could say what is not so.

    Raises:
        SourceError: not even the first one fits.
    """
    if len(text) <= most:
        return text
    end = max((match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= most), default=0)
    if not end:
        raise SourceError(f"the reply is longer than {most} characters", remedy="Write a shorter one.")
    return text[:end]


class Recent:
    """The newest ids, to tell what comes twice; bounded, the oldest are forgotten first."""

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._ids: OrderedDict[str, None] = OrderedDict()

    def is_new(self, id_: str) -> bool:
        """Return whether it was not seen lately, and remember it."""
        if id_ in self._ids:
            return False
        self._ids[id_] = None
        if len(self._ids) > self._size:
            self._ids.popitem(last=False)
        return True


def is_loopback(host: str) -> bool:
    """Return whether a host's name or address is this machine's own, without asking a name server."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_url(url: str, *, where: str, query: bool = False) -> str:
    """Return an address without its last slash: encrypted, or this machine's own.

    Raises:
        UsageError: it is neither, or it bears a user, a password or a query.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise UsageError("this is not an address", where=where, remedy="Write https://host.") from None
    if not host or parts.username or parts.password or (parts.query and not query) or parts.fragment:
        raise UsageError(
            "the address may hold a host, a port and a path only", where=where, remedy="Write https://host."
        )
    if parts.scheme in ("https", "wss") or (parts.scheme in ("http", "ws") and is_loopback(host)):
        return url.rstrip("/")
    raise UsageError(
        "keys and comments travel encrypted only", where=where, remedy="Write https://; http:// is for 127.0.0.1 alone."
    )


def read_secret(settings: CommentSource, environ: Mapping[str, str] | None = None) -> str:
    """Return a source's key from its file or environment variable; empty where none is configured.

    Raises:
        UsageError: the file cannot be read, the variable is unset, or either is empty. The text
            never repeats what stands there.
    """
    if settings.key_file and settings.key_env:
        raise UsageError(
            "a key is in a file or in an environment variable",
            where=f"comments, {settings.label}",
            remedy="Give one of key_file and key_env.",
        )
    if settings.key_file:
        where = f"key file of {settings.label}"
        try:
            with settings.key_file.expanduser().open("rb") as file:
                secret = file.read(MAX_KEY_FILE).decode("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise UsageError(
                f"the key file cannot be read: {reason}", where=where, remedy="Put the key alone into the file."
            ) from None
    elif settings.key_env:
        where = f"{settings.key_env} of {settings.label}"
        secret = (os.environ if environ is None else environ).get(settings.key_env, "").strip()
    else:
        return ""
    if not secret:
        raise UsageError("the key is empty", where=where, remedy="Put the key there before the start.")
    return secret


def needed_target(settings: CommentSource, example: str) -> str:
    """Return what `from` names behind the colon.

    Raises:
        UsageError: nothing is named.
    """
    if not settings.target:
        raise UsageError(
            "it does not say what to listen to",
            where=f"comments, {settings.label}",
            remedy=f'Write from = "{settings.kind}:{example}".',
        )
    return settings.target


def check_options(settings: CommentSource, *known: str) -> None:
    """Refuse an option that the source does not have: a slip of the pen must not pass for a setting.

    Raises:
        UsageError: there is no such option.
    """
    unknown = sorted(set(settings.options) - set(known))
    if unknown:
        raise UsageError(
            f"there is no option {unknown[0]}",
            where=f"comments, {settings.label}",
            remedy=f"There are: {', '.join(known)}." if known else "This source has none.",
        )


def number_option(settings: CommentSource, name: str, default: float, *, least: float, most: float) -> float:
    """Return an option that is a number.

    Raises:
        UsageError: it is none, or out of bounds.
    """
    text = settings.options.get(name, "")
    try:
        value = float(text) if text else default
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise UsageError(
            f"the option {name} is not a number from {least:g} to {most:g}", where=f"comments, {settings.label}"
        )
    return value
