"""The database of a channel: comments, moderation, accounts.

`Store.open` gives one; what is written is one of the small records below, and durable when
`await store.commit(…)` returns. SQL of accounts and sessions lies with the console, on `store.read`
and `store.write`.
"""

from livestream.store.claims import Claim, claim
from livestream.store.records import (
    AddAct,
    AddTicket,
    CloseTicket,
    Committed,
    PutComments,
    PutState,
    StoredAct,
    StoredComment,
    Ticket,
    UndoAct,
    UpdateComment,
    Write,
)
from livestream.store.store import OPEN_STATES, Store

__all__ = [
    "OPEN_STATES",
    "AddAct",
    "AddTicket",
    "Claim",
    "CloseTicket",
    "Committed",
    "PutComments",
    "PutState",
    "Store",
    "StoredAct",
    "StoredComment",
    "Ticket",
    "UndoAct",
    "UpdateComment",
    "Write",
    "claim",
]
