"""What the console asks of the channel behind it, and what it shows: plain data, no media."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

ChannelState = Literal["idle", "starting", "on_air", "stopping"]
DestinationState = Literal["connecting", "publishing", "reconnecting", "refused", "closed"]


@dataclass(frozen=True, slots=True)
class Item:
    """One part of the rundown, as people read it; prices are formatted for the locale, empty if none."""

    part: str
    caption: str = ""
    product: str = ""
    price: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the programme goes and how that fares; `seconds` since its state last changed."""

    name: str
    kind: str
    state: DestinationState
    detail: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """The figures that tell a good stream from a bad one; all count from the start of the channel.

    `queue` is how many seconds of ready speech the air process holds.
    """

    dead_air: float = 0.0
    late_frames: int = 0
    queue: float = 0.0


@dataclass(frozen=True, slots=True)
class Aired:
    """One line as it was heard; `at` is its start in seconds of programme time."""

    seq: int
    at: float
    caption: str
    product: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The channel at this moment. `target` is its planned length in seconds, None where it has no end.

    `aired` holds the last lines, the newest last.
    """

    state: ChannelState
    title: str = ""
    locale: str = "en-US"
    elapsed: float = 0.0
    target: float | None = None
    now: Item | None = None
    next: Item | None = None
    destinations: tuple[Destination, ...] = ()
    health: Health = field(default_factory=Health)
    aired: tuple[Aired, ...] = ()


class ConsoleBackend(Protocol):
    """The channel, seen from its web port."""

    async def offer(self, sdp: str) -> tuple[str, str]:
        """Return the id of a new viewer of the live picture and the SDP answer to its offer.

        Raises:
            ViewerRefused: it cannot be served; `status` is the HTTP status to answer with.
        """
        ...

    async def hangup(self, ident: str) -> None:
        """Send a viewer home.

        Raises:
            ViewerRefused: with status 404 where there is no such viewer.
        """
        ...

    def snapshot(self) -> Snapshot:
        """Return the channel as it is now; called up to twice a second for each open page."""
        ...
