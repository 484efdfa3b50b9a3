"""What is written and what is read: plain data of the store's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JsonObject = Mapping[str, Any]
"""What JSON calls an object."""


@dataclass(frozen=True, slots=True)
class StoredComment:
    """One comment with what became of it.

    `text` is clean and masked; `raw` what came, for evidence, and empty where rows are listed. `at` is
    Unix time by the platform; `seq` the number of its last change, 0 before it is stored.
    """

    key: str
    source: str
    platform: str
    user: str
    name: str
    text: str
    at: float
    raw: str = ""
    language: str = ""
    verdict: str = "admitted"
    reason: str = ""
    worth: float = 0.0
    state: str = "new"
    asked: int = 1
    pinned: bool = False
    answer: JsonObject | None = None
    by: str = ""
    evidence: bool = False
    seq: int = 0


@dataclass(frozen=True, slots=True)
class PutComments:
    """Store new comments; those whose key is there already are left as they are and told as `known`."""

    comments: tuple[StoredComment, ...]


@dataclass(frozen=True, slots=True)
class UpdateComment:
    """Change one comment. None leaves a field as it is; an empty `answer` removes it."""

    key: str
    state: str | None = None
    reason: str | None = None
    by: str | None = None
    answer: JsonObject | None = None
    language: str | None = None
    worth: float | None = None
    asked: int | None = None
    pinned: bool | None = None
    evidence: bool | None = None


@dataclass(frozen=True, slots=True)
class AddAct:
    """Something a person did. `before` is what undoing it needs, None where it cannot be undone."""

    account: str
    person: str
    name: str
    target: str = ""
    value: str = ""
    note: str = ""
    before: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class UndoAct:
    """Mark an act as undone; what undoes it is written beside."""

    n: int


@dataclass(frozen=True, slots=True)
class AddTicket:
    """Something a person must look at: an order in trouble, a refund; `comment` is the comment's key."""

    kind: str
    comment: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CloseTicket:
    """A person has looked at it; one that is closed already stays as it is."""

    n: int
    by: str


@dataclass(frozen=True, slots=True)
class ReopenTicket:
    """It was closed by mistake."""

    n: int


@dataclass(frozen=True, slots=True)
class PutState:
    """Keep a JSON value under a key; the older one is gone."""

    key: str
    value: Any


Write = PutComments | UpdateComment | AddAct | UndoAct | AddTicket | CloseTicket | ReopenTicket | PutState


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit came to. `seqs` are the new change numbers of the comments it stored or changed, by key.

    `known` are the keys that were there already; `acts` and `tickets` the numbers of what was added, in order;
    `closed` the numbers of the tickets that were open until now.
    """

    seqs: dict[str, int] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    acts: list[int] = field(default_factory=list)
    tickets: list[int] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class StoredAct:
    """One act as it was written; `at` is Unix time."""

    n: int
    at: float
    account: str
    person: str
    name: str
    target: str
    value: str
    note: str
    before: JsonObject | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket; `closed_by` is empty while it is open."""

    n: int
    at: float
    kind: str
    comment: str
    note: str
    closed_by: str


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """An open ticket with the viewer's name and masked words, both empty where the comment is gone."""

    n: int
    at: float
    kind: str
    comment: str
    note: str
    name: str
    text: str
