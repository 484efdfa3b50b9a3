"""What the console asks of the channel behind it, and what it shows: plain data, no media."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

ChannelState = Literal["idle", "starting", "on_air", "panic", "stopping"]
DestinationState = Literal["connecting", "publishing", "reconnecting", "refused", "closed"]


class Role(StrEnum):
    """What a person may do: watch; moderate; and everything, accounts included."""

    VIEWER = "viewer"
    MODERATOR = "moderator"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in."""

    id: str
    name: str
    role: Role


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
class Source:
    """Where comments come from and how that fares."""

    name: str
    platform: str
    state: str
    detail: str = ""
    received: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """The figures that tell a good stream from a bad one; all count from the start of the channel.

    `queue` is how many seconds of ready speech the air process holds, `lateness` the 99th percentile
    of the clock's lateness in milliseconds. `comments` counts what came in, `shed` what was left
    unconsidered under load, `dropped` what was not even stored, `waiting` the answers in the queue.
    `loop_lag` is the 99th percentile, in milliseconds, of how late the web port's event loop is.
    """

    dead_air: float = 0.0
    late_frames: int = 0
    queue: float = 0.0
    lateness: float = 0.0
    comments: int = 0
    shed: int = 0
    dropped: int = 0
    waiting: int = 0
    loop_lag: float = 0.0


@dataclass(frozen=True, slots=True)
class Aired:
    """One line as it was heard; `at` is its start in seconds of programme time."""

    seq: int
    at: float
    caption: str
    product: str = ""
    complete: bool = True
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The channel at this moment. `target` is its planned length in seconds, None where it has no end.

    `aired` holds the last lines, the newest last. `panic` and `paused` are the moderator's holds;
    `modes` says for each intent how its answers are handled; `slow` is slow mode in seconds, 0 off.
    `rundown`, `products` and `tickets` are numbers that change when those lists do.
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
    sources: tuple[Source, ...] = ()
    panic: bool = False
    paused: bool = False
    slow: float = 0.0
    modes: dict[str, str] = field(default_factory=dict)
    rundown: int = 0
    products: int = 0
    tickets: int = 0


RundownState = Literal["aired", "on_air", "queued", "later", "skipped"]


@dataclass(frozen=True, slots=True)
class RundownItem:
    """One part in the order of the rundown; `id` names it to `skip`, `product` is the handle to `jump` to."""

    id: str
    part: str
    product: str
    title: str
    caption: str
    seconds: float
    state: RundownState


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as the console lists it. `price` is the plain amount, `price_text` as viewers see it.

    `price` is empty where variants differ or none may be quoted, and then cannot be edited; `stock`
    is None where it is not tracked. `edited` says that the console changed it.
    """

    handle: str
    title: str
    price: str
    price_text: str
    currency: str
    stock: int | None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class TicketRow:
    """Something that waits for a person: an order in trouble, a refund. `at` is Unix time, `kind` an intent.

    `comment` is the key of the comment it is about; `name` and `text` are the viewer's, masked, and empty
    where the comment is gone. `note` says why it was opened.
    """

    n: int
    at: float
    kind: str
    comment: str
    name: str
    text: str
    note: str = ""


RowState = Literal["new", "held", "planned", "queued", "on_air", "answered", "hidden", "expired"]


@dataclass(frozen=True, slots=True)
class Planned:
    """The answer beside a comment. `caption` is what would be said, empty where nothing can be.

    `facts` are (id, label, value) as they stand now; `refused` is the rule of standards that refused
    it with its message, empty if none. `route`, `intent`, `reason` say how it came about; `by` who
    wrote or approved it, empty for the machine.
    """

    caption: str
    route: str
    intent: str
    product: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()
    refused: str = ""
    reason: str = ""
    confidence: float = 0.0
    by: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A comment as the console lists it; sent again whole, with a higher `seq`, whenever it changes.

    `id` is the comment's key, `at` Unix time, `asked` how many viewers asked the same. `note` says why
    it is held or hidden. `pinned` rows stand on top.
    """

    seq: int
    id: str
    at: float
    platform: str
    user: str
    name: str
    text: str
    language: str
    state: RowState
    asked: int = 1
    worth: float = 0.0
    pinned: bool = False
    note: str = ""
    by: str = ""
    planned: Planned | None = None


ActName = Literal[
    "approve",  # say the planned answer at the next cut point
    "edit",  # replace the planned answer by `value`; checked again
    "say_now",  # cut in with the planned answer at once
    "hold", "hide", "restore", "pin", "unpin",  # a comment, by its row's id
    "timeout", "ban", "unban",  # a viewer, by a row's id; `value` seconds for a timeout
    "skip", "jump",  # the part on air; to a product, by handle
    "pause", "resume",  # automatic answers
    "panic", "calm",  # slate and bed, everything held; and back
    "price", "stock",  # of a product, by handle; `value` the new amount
    "say",  # `value` is a line to say at the next cut point, checked by standards
    "mode",  # `target` an intent, `value` auto, hold or manual
    "slow",  # slow mode: `value` seconds between comments of a viewer, 0 off
    "block_word", "unblock_word",  # `value` the word
    "close_ticket",  # `target` its number
    "undo",  # `target` the token of an act's outcome
]  # fmt: skip

ACTS: frozenset[str] = frozenset(ActName.__args__)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Act:
    """Something a moderator does. `seen` is the `seq` of the row they looked at, 0 if none: for conflicts."""

    name: str
    target: str = ""
    value: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act.

    `conflict` names who did something else first, as people read it: a notice, not an error. `undo`
    is a token that takes it back, empty where it cannot be. `message` says why nothing was done.
    """

    done: bool
    message: str = ""
    conflict: str = ""
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Acted:
    """One act as the history keeps it and as other consoles are told; `at` is Unix time."""

    n: int
    at: float
    person: str
    name: str
    target: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a comment that was pushed: stored (durable by now), known already, or dropped under load."""

    id: str
    status: Literal["stored", "known", "dropped"]
    verdict: str = ""


class ChangeFeed(Protocol):
    """One console's place in the stream of changes. Bounded: who does not keep up is told so.

    `fresh` says that it starts over, though it named a change: what it has from before is to be dropped.
    """

    fresh: bool

    def take(self) -> tuple[Sequence[Row], Sequence[Acted]]:
        """Return what changed since the last call, each row once, in its newest form, by `seq`.

        Raises:
            ConsoleTooSlow: more changed than is kept for one console.
        """
        ...


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
        """Return the channel as it is now; called up to twice a second for all open pages together."""
        ...


class LiveBackend(ConsoleBackend, Protocol):
    """A channel that can be moderated."""

    def rundown(self) -> Sequence[RundownItem]:
        """Return the loops in hand."""
        ...

    def products(self) -> Sequence[ProductRow]:
        """Return the products with what the console changed of them."""
        ...

    def tickets(self) -> Sequence[TicketRow]:
        """Return the tickets that wait for a person, the oldest first; where there are very many, the first of them."""
        ...

    def follow(self, since: int) -> AbstractAsyncContextManager[ChangeFeed]:
        """Follow the changes after change number `since`; 0 gives what a new console needs."""
        ...

    async def act(self, person: Person, act: Act) -> Outcome:
        """Do something; durable before this returns. What cannot be done is an outcome, not an error."""
        ...

    async def receive(self, source: str, comments: Sequence[Any]) -> Sequence[Receipt]:
        """Take pushed comments (`audience.comment.Comment`); durable before this returns."""
        ...

    def acts(self) -> AsyncIterator[Acted]:
        """Yield the history of moderation, the oldest first."""
        ...

    def as_run(self) -> AsyncIterator[bytes]:
        """Yield the as-run log's bytes."""
        ...
