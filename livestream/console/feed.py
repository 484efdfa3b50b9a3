"""The last changes of a channel, kept in memory for the consoles that follow it.

Rows bear the change numbers of the store, `seq`, which outlive a restart: a console that comes back
names the highest it saw and gets what it missed. A row is kept once, in its newest form, so a console
that looks ten times a second sees a row that changed fifty times in between once; and however many
consoles fall behind, nothing is kept for any one of them but its place.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from livestream.console.backend import Acted, Row
from livestream.errors import ConsoleTooSlow

KEPT = 5_000
"""Rows kept: five seconds of the heaviest flood. Who is farther behind starts over."""
OPENING = 250
"""Settled rows that a new console gets; of those that wait for somebody it gets all."""
RECENT_ACTS = 50
"""Acts that a new console gets."""
WAITING = frozenset({"held", "planned", "queued", "on_air"})

Stored = tuple[Sequence[Row], Sequence[Acted]]
Older = Callable[[int], Awaitable[Stored | None]]
"""What the store holds after a change number, in its newest form; 0 asks for what a new console needs.

None says that it is more than can be caught up with.
"""


class Changes:
    """The newest rows and acts in the order they came. For the loop's thread alone.

    `seq` is the store's last change number before the first `put`; what lies before it is asked of `older`.
    """

    def __init__(self, *, seq: int = 0, kept: int = KEPT, older: Older | None = None) -> None:
        self._kept = kept
        self._older = older
        self._asking = asyncio.Lock()
        self._opened: tuple[int, Stored] | None = None
        self._rows: OrderedDict[str, tuple[int, Row]] = OrderedDict()
        self._acts: deque[tuple[int, int, Acted]] = deque(maxlen=kept)
        self._seq = seq  # the store's highest number so far
        self._lost_seq = seq  # the highest that is no longer kept
        self._place = 0  # counts what came: commits may tell of themselves in another order than their numbers
        self._lost_place = 0

    def put(self, row: Row) -> None:
        """Take a row in its newest form."""
        self._place += 1
        self._seq = max(self._seq, row.seq)
        self._rows[row.id] = (self._place, row)
        self._rows.move_to_end(row.id)
        if len(self._rows) > self._kept:
            place, lost = self._rows.popitem(last=False)[1]
            self._lost_place = place
            self._lost_seq = max(self._lost_seq, lost.seq)

    def acted(self, act: Acted) -> None:
        """Take what somebody did."""
        self._place += 1
        if len(self._acts) == self._acts.maxlen:
            self._lost_place = max(self._lost_place, self._acts[0][0])
        self._acts.append((self._place, self._seq, act))

    @asynccontextmanager
    async def follow(self, since: int) -> AsyncIterator[Feed]:
        """Follow the changes after change number `since`; the store is asked for what is no longer kept.

        Who is too far behind, or names a number of another channel, starts over: their feed is `fresh`.

        Raises:
            ConsoleTooSlow: more changed while the store was read than is kept.
        """
        seen = since
        if since > self._seq:  # numbers of another channel
            since = 0
        stored = await self._stored(since) if since < self._lost_seq or since == 0 else ((), ())
        if stored is None:
            since = 0
            stored = await self._stored(0) or ((), ())
        rows, acts = stored
        kept = self._opening() if since == 0 else [row for _, row in self._rows.values() if row.seq > since]
        newest = {row.id: row for row in (*map(self._newest, rows), *kept)}
        done = {act.n: act for act in (*acts, *(act for _, seq, act in self._acts if seq >= since))}
        recent = sorted(done.values(), key=lambda act: act.n)
        yield Feed(
            self,
            self._place,
            sorted(newest.values(), key=lambda row: row.seq),
            recent[-RECENT_ACTS:] if since == 0 else recent,
            fresh=since < seen,
        )

    def after(self, place: int) -> tuple[int, list[Row], list[Acted]]:
        """Return the newest place, and the rows and acts that came after one.

        Raises:
            ConsoleTooSlow: some of them are no longer kept.
        """
        if place < self._lost_place:
            raise ConsoleTooSlow("this console fell behind", retryable=True)
        rows: list[Row] = []
        for came, row in reversed(self._rows.values()):
            if came <= place:
                break
            rows.append(row)
        acts: list[Acted] = []
        for came, _, act in reversed(self._acts):
            if came <= place:
                break
            acts.append(act)
        return self._place, rows[::-1], acts[::-1]

    async def _stored(self, since: int) -> Stored | None:
        """Ask the store, for one console at a time; the answer to a new one serves others while all since is kept."""
        if self._older is None:
            return (), ()
        async with self._asking:
            if since == 0 and self._opened is not None and self._opened[0] >= self._lost_place:
                return self._opened[1]
            place = self._place
            stored = await self._older(since)
            if place < self._lost_place:
                raise ConsoleTooSlow("more happened than could be caught up with", retryable=True)
            if since == 0 and stored is not None:
                self._opened = place, stored
            return stored

    def _newest(self, row: Row) -> Row:
        kept = self._rows.get(row.id)
        return row if kept is None else kept[1]

    def _opening(self) -> list[Row]:
        """Return the last rows, and of those before them the ones that wait for somebody."""
        settled = len(self._rows) - OPENING
        return [
            row
            for index, (_, row) in enumerate(self._rows.values())
            if index >= settled or row.pinned or row.state in WAITING
        ]


class Feed:
    """One console's place in the changes, and at first what it missed.

    `fresh` says that it starts over: what the console has from before is to be dropped.
    """

    def __init__(
        self, changes: Changes, place: int, rows: Sequence[Row], acts: Sequence[Acted], *, fresh: bool
    ) -> None:
        self.fresh = fresh
        self._changes = changes
        self._place = place
        self._rows, self._acts = rows, acts

    def take(self) -> tuple[Sequence[Row], Sequence[Acted]]:
        """Return what changed since the last call, each row once, in its newest form.

        Raises:
            ConsoleTooSlow: more changed than is kept.
        """
        self._place, rows, acts = self._changes.after(self._place)
        if self._rows or self._acts:
            changed = {row.id for row in rows}
            rows = [*(row for row in self._rows if row.id not in changed), *rows]
            acts = [*self._acts, *acts]
            self._rows, self._acts = (), ()
        return rows, acts
