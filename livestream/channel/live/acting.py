"""What all acts of a moderator share: what they work on, how they end, how they are refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from livestream.audience.intake import Intake
from livestream.channel.live.answerer import Answerer
from livestream.channel.live.book import CommentBook
from livestream.channel.live.truth import Truth
from livestream.clock import Clock
from livestream.console.backend import Act, Outcome, Person
from livestream.store.records import Committed, Write


class Show(Protocol):
    """The programme as a moderator steers it."""

    async def skip(self) -> bool:
        """Leave the rest of the part on air; False where nothing is on air."""
        ...

    async def jump(self, product: str) -> bool:
        """Go on with a product; False where no loop in hand has it."""
        ...

    def panic(self, on: bool) -> None:
        """Put the slate on air and hold everything, or go on."""
        ...

    async def refresh(self) -> bool:
        """Write anew what rests on facts that have changed; False where air has not said that it lets go of them."""
        ...


class Committing(Protocol):
    """What makes acts durable."""

    async def commit(self, *writes: Write) -> Committed:
        """Return when the writes are on disk."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Hands:
    """What a moderator's hands reach. `run` names this show: holds and lines of it do not outlive it."""

    truth: Truth
    book: CommentBook
    answerer: Answerer
    intake: Intake
    show: Show
    store: Committing
    clock: Clock
    run: str


Undo = Callable[[Person], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done. `undo` takes it back: another act, or a function of its own; None where nothing can.

    `unsure` says why it is not acknowledged though it is in force.
    """

    undo: Act | Undo | None = None
    note: str = ""
    before: dict[str, Any] | None = None
    unsure: str = ""


Handler = Callable[[Person, Act], Awaitable[Done]]
Handlers = Mapping[str, Handler]


class Refused(Exception):
    """An act that cannot be done; `outcome` says why. Caught where acts are dispatched, it never leaves that."""

    def __init__(self, message: str = "", *, conflict: str = "") -> None:
        super().__init__(message or conflict)
        self.outcome = Outcome(False, message, conflict)
