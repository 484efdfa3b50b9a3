"""The database of a channel: comments, moderation, accounts.

`Store.open` gives one; what is written is one of the small records below, and durable when
`await store.commit(…)` returns. SQL of accounts and sessions lies with the console, on `store.read`
and `store.write`. Whoever only claims a file imports no SQLAlchemy: `Store` is loaded when asked for.
"""

from typing import TYPE_CHECKING, Any

from livestream.store.claims import Claim, claim
from livestream.store.records import (
    AddAct,
    AddTicket,
    CloseTicket,
    Committed,
    PutComments,
    PutState,
    ReopenTicket,
    StoredAct,
    StoredComment,
    Ticket,
    UndoAct,
    UpdateComment,
    WaitingTicket,
    Write,
)

if TYPE_CHECKING:
    from livestream.store.store import Store

__all__ = [
    "AddAct",
    "AddTicket",
    "Claim",
    "CloseTicket",
    "Committed",
    "PutComments",
    "PutState",
    "ReopenTicket",
    "Store",
    "StoredAct",
    "StoredComment",
    "Ticket",
    "UndoAct",
    "UpdateComment",
    "WaitingTicket",
    "Write",
    "claim",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute may be anything
    if name == "Store":
        from livestream.store.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
