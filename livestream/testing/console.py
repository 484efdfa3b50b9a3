"""A channel to moderate without a channel: `FakeBackend` keeps rows, acts, conflicts and undo in memory."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from typing import Any

from livestream.audience.comment import Comment
from livestream.console.backend import (
    Act,
    Acted,
    Outcome,
    Person,
    Planned,
    ProductRow,
    Receipt,
    Row,
    RowState,
    RundownItem,
    Snapshot,
    TicketRow,
)
from livestream.errors import ConsoleTooSlow, ViewerRefused

FORBIDDEN = "guarantee"
"""What the fake's standards refuse in an edited answer or a typed line."""
REFUSAL = "promise.guarantee: nothing may be guaranteed that the merchant's policy does not"
KEPT_ROWS = 5_000
FEED_LIMIT = 20_000
RECENT_ACTS = 200

_STATE_AFTER: dict[str, RowState] = {
    "approve": "queued",
    "say_now": "on_air",
    "hold": "held",
    "hide": "hidden",
    "timeout": "hidden",
    "ban": "hidden",
}
_NEEDS_ANSWER = frozenset({"approve", "say_now"})
_OF_A_ROW = frozenset({*_STATE_AFTER, "edit", "restore", "pin", "unpin", "unban"})


class FakeBackend:
    """A `LiveBackend` that a test scripts: `arrive` and `change` make rows, `act` does what a channel would.

    `done` lists every act with who did it, `followed` where each console began. Edited answers and
    typed lines with the word `FORBIDDEN` are refused. A row that someone else changed after the `seen`
    of an act is a conflict.
    """

    def __init__(
        self,
        shown: Snapshot | None = None,
        *,
        products: Iterable[ProductRow] = (),
        rundown: Iterable[RundownItem] = (),
        tickets: Iterable[TicketRow] = (),
        clock: Callable[[], float] = lambda: 1_800_000_000.0,
    ) -> None:
        self.shown = shown or Snapshot(state="on_air", title="Northlight Home")
        self.done: list[tuple[Person, Act]] = []
        self.followed: list[int] = []
        self.offers: list[str] = []
        self.refusal: ViewerRefused | None = None
        self.blocked: set[str] = set()
        self.received: list[tuple[str, Comment]] = []
        self.feed_limit = FEED_LIMIT
        self._clock = clock
        self._products = {row.handle: row for row in products}
        self._rundown = list(rundown)
        self._tickets = {row.n: row for row in tickets}
        self._rows: OrderedDict[str, Row] = OrderedDict()
        self._seq = 0
        self._arrived = 0
        self._history: list[Acted] = []
        self._undo: dict[str, Callable[[str], Outcome]] = {}
        self._keys: set[str] = set()

    # What a test scripts.

    def arrive(
        self,
        text: str,
        *,
        name: str = "sunny_day",
        state: RowState = "new",
        platform: str = "twitch",
        planned: Planned | None = None,
        **more: Any,  # noqa: ANN401 - any other field of Row
    ) -> Row:
        """Let a comment come in and return its row."""
        self._arrived += 1
        fields: dict[str, Any] = {
            "id": f"{platform}:{self._arrived}",
            "at": self._clock(),
            "user": f"u-{name}",
            "language": "en",
        }
        fields.update(more)
        row = Row(seq=0, platform=platform, name=name, text=text, state=state, planned=planned, **fields)
        return self._put(row)

    def change(self, row: str, **changes: Any) -> Row:  # noqa: ANN401 - any field of Row
        """Change a row, as the channel or another moderator would."""
        return self._put(replace(self._rows[row], **changes))

    def row(self, row: str) -> Row:
        """Return a row as it is now."""
        return self._rows[row]

    def rows(self) -> tuple[Row, ...]:
        """Return all rows kept, the last changed at the end."""
        return tuple(self._rows.values())

    def open_ticket(self, row: Row, kind: str, note: str = "") -> TicketRow:
        """Open a ticket for a person to look at, about a row, and return it."""
        ticket = TicketRow(max(self._tickets, default=0) + 1, row.at, kind, row.id, row.name, row.text, note)
        self._put_ticket(ticket)
        return ticket

    def show(self, **changes: Any) -> None:  # noqa: ANN401 - any field of Snapshot
        """Change the snapshot."""
        self.shown = replace(self.shown, **changes)

    # What the console asks.

    async def offer(self, sdp: str) -> tuple[str, str]:
        """Answer every offer alike, or refuse as `refusal` says."""
        if self.refusal is not None:
            raise self.refusal
        self.offers.append(sdp)
        return f"viewer-{len(self.offers)}", "v=0 answer"

    async def hangup(self, ident: str) -> None:
        """Let a viewer that offered go."""
        if ident not in {f"viewer-{n + 1}" for n in range(len(self.offers))}:
            raise ViewerRefused("there is no such viewer", status=404)

    def snapshot(self) -> Snapshot:
        """Return `shown`."""
        return self.shown

    def rundown(self) -> Sequence[RundownItem]:
        """Return the parts."""
        return tuple(self._rundown)

    def products(self) -> Sequence[ProductRow]:
        """Return the products."""
        return tuple(self._products.values())

    def tickets(self) -> Sequence[TicketRow]:
        """Return the tickets, the oldest first."""
        return tuple(self._tickets[n] for n in sorted(self._tickets))

    @asynccontextmanager
    async def follow(self, since: int) -> AsyncIterator[_Feed]:
        """Follow the changes after `since`."""
        self.followed.append(since)
        yield _Feed(self, since)

    async def receive(self, source: str, comments: Sequence[Any]) -> Sequence[Receipt]:
        """Take pushed comments: each becomes a new row; one that came before is known."""
        receipts = []
        for comment in comments:
            if comment.key in self._keys:
                receipts.append(Receipt(comment.id, "known"))
                continue
            self._keys.add(comment.key)
            self.received.append((source, comment))
            at = {"id": comment.key, "at": comment.at, "user": comment.user, "language": comment.language}
            self.arrive(comment.text, name=comment.name, platform=comment.platform, **at)
            receipts.append(Receipt(comment.id, "stored", "admitted"))
        return receipts

    async def acts(self) -> AsyncIterator[Acted]:
        """Yield every act, the oldest first."""
        for acted in tuple(self._history):
            yield acted

    async def as_run(self) -> AsyncIterator[bytes]:
        """Yield the lines of the snapshot as JSON."""
        for line in self.shown.aired:
            yield json.dumps(asdict(line)).encode() + b"\n"

    async def act(self, person: Person, act: Act) -> Outcome:
        """Do it, note it, and tell all who follow."""
        self.done.append((person, act))
        outcome = self._of_row(person, act) if act.name in _OF_A_ROW else self._of_channel(person, act)
        if outcome.done:
            self._history.append(
                Acted(len(self._history) + 1, self._clock(), person.name, act.name, act.target, act.value)
            )
        return outcome

    # What acts do.

    def _of_row(self, person: Person, act: Act) -> Outcome:
        row = self._rows.get(act.target)
        if row is None:
            return Outcome(False, "That comment is not kept any more.")
        if act.name not in ("pin", "unpin") and row.seq > act.seen > 0 and row.by not in ("", person.name):
            return Outcome(False, conflict=f"already {row.state} by {row.by}")
        if act.name in _NEEDS_ANSWER and (row.planned is None or not row.planned.caption or row.planned.refused):
            return Outcome(False, "There is no answer that may be said.")
        if act.name == "edit":
            return self._edit(person, row, act.value)
        return self._change_rows(person, act, self._meant(row, act.name))

    def _meant(self, row: Row, name: str) -> tuple[Row, ...]:
        """A viewer's rows for what is done to the viewer, else the row alone."""
        if name in ("timeout", "ban", "unban"):
            return tuple(kept for kept in self._rows.values() if kept.user == row.user)
        return (row,)

    def _change_rows(self, person: Person, act: Act, rows: Sequence[Row]) -> Outcome:
        for row in rows:
            state: RowState = _STATE_AFTER.get(act.name, row.state)
            if act.name in ("restore", "unban"):
                state = "planned" if row.planned else "new"
            pinned = act.name == "pin" or (row.pinned and act.name != "unpin")
            self._put(replace(row, state=state, pinned=pinned, by=person.name))
        return Outcome(True, undo=self._undoable(lambda by: self._put_back(rows, by)))

    def _put_back(self, rows: Sequence[Row], by: str) -> Outcome:
        for row in rows:
            self._put(replace(row, by=by))
        return Outcome(True)

    def _edit(self, person: Person, row: Row, text: str) -> Outcome:
        if FORBIDDEN in text.lower():
            return Outcome(False, REFUSAL)
        planned = row.planned or Planned("", "answer", "use")
        edited = replace(planned, caption=text, refused="", by=person.name)
        self._put(replace(row, planned=edited, state="planned", by=person.name))
        return Outcome(True, undo=self._undoable(lambda by: self._put_back((row,), by)))

    def _of_channel(self, person: Person, act: Act) -> Outcome:
        if act.name == "undo":
            undo = self._undo.pop(act.target, None)
            return undo(person.name) if undo else Outcome(False, "That cannot be undone any more.")
        if act.name == "say":
            return Outcome(False, REFUSAL) if FORBIDDEN in act.value.lower() else Outcome(True)
        if act.name in ("price", "stock"):
            return self._edit_product(act)
        if act.name in ("skip", "jump"):
            return self._move(act)
        if act.name == "close_ticket":
            return self._close_ticket(act)
        before = self.shown
        match act.name:
            case "panic" | "calm":
                self.show(panic=act.name == "panic", state="panic" if act.name == "panic" else "on_air")
            case "pause" | "resume":
                self.show(paused=act.name == "pause")
            case "mode":
                self.show(modes={**before.modes, act.target: act.value})
            case "slow":
                self.show(slow=float(act.value))
            case "block_word":
                self.blocked.add(act.value)
            case "unblock_word":
                self.blocked.discard(act.value)
            case _:
                return Outcome(False, f"There is no act {act.name!r}.")
        return Outcome(True, undo="" if act.name in ("panic", "calm") else self._undoable(lambda _: self._show(before)))

    def _show(self, before: Snapshot) -> Outcome:
        self.show(paused=before.paused, modes=before.modes, slow=before.slow)
        return Outcome(True)

    def _edit_product(self, act: Act) -> Outcome:
        before = self._products.get(act.target)
        if before is None:
            return Outcome(False, "There is no such product.")
        if act.name == "price":
            after = replace(before, price=act.value, price_text=f"{before.currency} {act.value}", edited=True)
        else:
            after = replace(before, stock=int(act.value), edited=True)
        self._put_product(after)
        return Outcome(True, undo=self._undoable(lambda _: self._put_product(before)))

    def _put_product(self, row: ProductRow) -> Outcome:
        self._products[row.handle] = row
        self.show(products=self.shown.products + 1)
        return Outcome(True)

    def _close_ticket(self, act: Act) -> Outcome:
        ticket = self._tickets.pop(int(act.target), None)
        if ticket is None:
            return Outcome(False, "This ticket does not wait any more.")
        self.show(tickets=self.shown.tickets + 1)
        return Outcome(True, undo=self._undoable(lambda _: self._put_ticket(ticket)))

    def _put_ticket(self, ticket: TicketRow) -> Outcome:
        self._tickets[ticket.n] = ticket
        self.show(tickets=self.shown.tickets + 1)
        return Outcome(True)

    def _move(self, act: Act) -> Outcome:
        """Take the next part, or the first one of a product."""
        now = next((n for n, item in enumerate(self._rundown) if item.state == "on_air"), -1)
        later = self._rundown[now + 1 :]
        ahead = next((n for n, item in enumerate(later) if act.name == "skip" or item.product == act.target), None)
        if ahead is None:
            return Outcome(False, "There is nothing to go to.")
        for n in range(max(now, 0), now + 1 + ahead):
            self._rundown[n] = replace(self._rundown[n], state="skipped")
        self._rundown[now + 1 + ahead] = replace(later[ahead], state="on_air")
        self.show(rundown=self.shown.rundown + 1)
        return Outcome(True)

    def _put(self, row: Row) -> Row:
        self._seq += 1
        row = replace(row, seq=self._seq)
        self._rows[row.id] = row
        self._rows.move_to_end(row.id)
        if len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
        return row

    def _undoable(self, undo: Callable[[str], Outcome]) -> str:
        token = f"undo-{len(self.done)}"
        self._undo[token] = undo
        return token


class _Feed:
    """One console's place in the fake's changes."""

    def __init__(self, backend: FakeBackend, since: int) -> None:
        self._backend = backend
        self.fresh = since > backend._seq
        self._seq = 0 if self.fresh else since
        self._acts = max(0, len(backend._history) - RECENT_ACTS)

    def take(self) -> tuple[Sequence[Row], Sequence[Acted]]:
        """Return what changed since the last call."""
        rows: list[Row] = []
        for row in reversed(self._backend._rows.values()):
            if row.seq <= self._seq:
                break
            rows.append(row)
        if len(rows) > self._backend.feed_limit:
            raise ConsoleTooSlow(f"{len(rows)} comments changed since this console last asked")
        rows.reverse()
        if rows:
            self._seq = rows[-1].seq
        acts = self._backend._history[self._acts :]
        self._acts += len(acts)
        return rows, acts
