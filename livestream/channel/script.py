"""The script of a channel: every entry that was ever queued, by its number, and the journal that keeps it.

A loop of the rundown is written to the journal, sealed, before its first line is queued. A
restarted orchestrator opens the journal, has the same lines spoken again (from the cache) and goes
on at the number the air process asks for. Numbers only grow: a jump, back or forth, copies what is
to be said from there on behind everything that is in hand, and names the numbers it leaves out.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from livestream import wire
from livestream.channel.protocol import ready_body, ready_from
from livestream.errors import ChannelError, ForgedSeal, WireError
from livestream.lines import Beat, Line, Slot
from livestream.media import ReadyLine
from livestream.playout.lineup import hollow
from livestream.standards import ApprovedLine, Sealer


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry of the queue: its place in the rundown, and the approved line, or None for a pause.

    `ready.speech` is empty here: sound is fetched when the entry is sent. `seconds` is its length,
    the gap included. `draft` is what the line was approved from, to be approved anew when a fact
    changes. One with a draft and no line is silent: it may not be said as things are, and keeps its place.
    """

    ready: ReadyLine
    line: ApprovedLine | None
    seconds: float
    draft: Line | None = None

    @property
    def silent(self) -> bool:
        """Whether its line may not be said now, and may be again."""
        return self.line is None and self.draft is not None

    @property
    def sent(self) -> ReadyLine:
        """What air is given: its place in the rundown, taking no time where it is silent."""
        return hollow(self.ready) if self.silent else self.ready


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """One pass of the rundown: its entries, and the sealed cards and lower thirds its cues name.

    `last` says that the channel ends with it. After a jump, `jumped` is the first of the numbers
    before this loop's own that are left out.
    """

    number: int
    entries: tuple[Entry, ...]
    graphics: tuple[wire.Message, ...]
    last: bool
    jumped: int | None = None

    def holds(self, pass_: int) -> bool:
        """Whether it is this pass of the rundown as it was written; its own number is higher after a jump."""
        return self.jumped is None and self.entries[0].ready.loop == pass_

    @property
    def first_seq(self) -> int:
        """The number of its first entry."""
        return self.entries[0].ready.seq

    @property
    def last_seq(self) -> int:
        """The number of its last entry."""
        return self.entries[-1].ready.seq


KEPT_LOOPS = 4
"""Loops in the journal: the one on air and those that can be prepared behind it."""


class Journal:
    """The last loops of a channel on disk, one sealed JSON object a line."""

    def __init__(self, path: Path, sealer: Sealer) -> None:
        self._path = path
        self._sealer = sealer
        self._lines: deque[tuple[int, bytes]] = deque(maxlen=KEPT_LOOPS)

    def append(self, loop: Loop) -> None:
        """Write a loop, in the place of an earlier state of it, and let go of the oldest.

        It is on disk when this returns.

        Raises:
            ChannelError: the file cannot be written.
        """
        body = {
            "loop": loop.number,
            "last": loop.last,
            "jumped": loop.jumped,
            "entries": [
                {
                    "ready": ready_body(entry.ready),
                    "line": self._sealer.seal_line(entry.line).body if entry.line else None,
                    "seconds": entry.seconds,
                    "draft": line_body(entry.draft) if entry.draft else None,
                }
                for entry in loop.entries
            ],
            "graphics": [_dump(message) for message in loop.graphics],
        }
        line = loop.number, json.dumps(body, ensure_ascii=False).encode() + b"\n"
        numbers = [number for number, _ in self._lines]
        if loop.number in numbers:
            self._lines[numbers.index(loop.number)] = line
        elif not numbers or loop.number > numbers[-1]:
            self._lines.append(line)
        part = self._path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.writelines(line for _, line in self._lines)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
        except OSError as error:
            raise ChannelError(
                f"the journal cannot be written: {error.strerror}", where=str(self._path), remedy="Free the disk."
            ) from error

    def load(self) -> list[Loop]:
        """Return the loops that are kept.

        Raises:
            ForgedSeal: a line in the journal was not approved.
            ChannelError: the journal is damaged.
        """
        if not self._path.exists():
            return []
        lines = self._path.read_bytes().splitlines(keepends=True)
        try:
            loops = [self._loop(json.loads(line)) for line in lines]
            self._lines.extend((loop.number, line) for loop, line in zip(loops, lines, strict=True))
            return loops
        except ForgedSeal:
            raise
        except (ValueError, KeyError, TypeError, WireError) as error:
            raise ChannelError("the journal is damaged", where=str(self._path), remedy="Remove it.") from error

    def _loop(self, body: dict[str, Any]) -> Loop:
        entries = []
        for kept in body["entries"]:
            line = None if kept["line"] is None else self._sealer.open_line(wire.Message("line", kept["line"]))
            draft = line_from(kept["draft"]) if kept["draft"] else None
            entries.append(Entry(ready_from(kept["ready"], None), line, float(kept["seconds"]), draft))
        graphics = tuple(_load(message) for message in body["graphics"])
        jumped = None if body["jumped"] is None else int(body["jumped"])
        return Loop(int(body["loop"]), tuple(entries), graphics, bool(body["last"]), jumped)


class Script:
    """The loops in hand, and the entry of each number.

    Who numbers entries holds `editing` until the journal has them and they are added.
    """

    def __init__(self, loops: Sequence[Loop] = ()) -> None:
        self._loops = list(loops)
        self._ended = False
        self._unkept: set[int] = set()
        self.editing = asyncio.Lock()

    def end(self) -> None:
        """Say that nothing comes after the loops in hand."""
        self._ended = True

    @property
    def first_seq(self) -> int:
        """The number of the first entry in hand."""
        return self._loops[0].first_seq if self._loops else 0

    @property
    def next_seq(self) -> int:
        """The number the next loop begins with."""
        return self._loops[-1].last_seq + 1 if self._loops else 0

    @property
    def next_loop(self) -> int:
        """The number of the next loop."""
        return self._loops[-1].number + 1 if self._loops else 0

    @property
    def complete(self) -> bool:
        """Whether the loop the channel ends with is in hand."""
        return self._ended or (bool(self._loops) and self._loops[-1].last)

    def add(self, loop: Loop) -> None:
        """Put a loop behind the others."""
        self._loops.append(loop)

    def find(self, seq: int) -> tuple[Loop, Entry] | None:
        """Return the entry of a number with its loop, or None where it is not in hand."""
        for loop in self._loops:
            if loop.first_seq <= seq <= loop.last_seq:
                return loop, loop.entries[seq - loop.first_seq]
        return None

    def following(self, seq: int) -> int:
        """Return the number that is aired where `seq` would be: `seq` itself, or where a jump leads from there."""
        for loop in self._loops:
            if loop.jumped is not None and loop.jumped <= seq < loop.first_seq:
                seq = loop.first_seq
        return seq

    def entries(self) -> Iterator[Entry]:
        """Yield all entries in hand, also those that were on air or left out: a jump may lead back to them."""
        yield from (entry for loop in self._loops for entry in loop.entries)

    def live(self, seq: int = 0) -> Iterator[Entry]:
        """Yield the entries from number `seq` on that no jump leaves out."""
        for entry in self.entries():
            if entry.ready.seq >= seq and self.following(entry.ready.seq) == entry.ready.seq:
                yield entry

    def seconds_from(self, seq: int) -> float:
        """Return how many seconds are in hand from `seq` on."""
        return sum(entry.seconds for entry in self.live(seq))

    def edit(self, entries: Iterable[Entry]) -> list[Loop]:
        """Put entries in the place of those of the same number; returns the loops that changed, also by `show`."""
        new = {entry.ready.seq: entry for entry in entries}
        for place, loop in enumerate(self._loops):
            if new.keys() & {entry.ready.seq for entry in loop.entries}:
                edited = tuple(new.get(entry.ready.seq, entry) for entry in loop.entries)
                self._loops[place] = replace(loop, entries=edited)
                self._unkept.add(loop.number)
        unkept, self._unkept = self._unkept, set()
        return [loop for loop in self._loops if loop.number in unkept]

    def show(self, graphics: Iterable[wire.Message]) -> None:
        """Put sealed graphics in the place of those of their names: a restarted air is given no old one."""
        new = {_name(graphic): graphic for graphic in graphics}
        for place, loop in enumerate(self._loops):
            if new.keys() & {_name(other) for other in loop.graphics}:
                newer = tuple(new.get(_name(other), other) for other in loop.graphics)
                self._loops[place] = replace(loop, graphics=newer)
                self._unkept.add(loop.number)

    def jump(self, seq: int, jumped: int) -> Loop:
        """Return the loop, not yet added, that goes on at number `seq`, in place of all numbers from `jumped` on.

        It says what follows `seq` in its pass of the rundown and then the later passes in hand.

        Raises:
            ChannelError: there is no such entry in hand.
        """
        found = self.find(seq)
        if found is None:
            raise ChannelError(f"entry {seq} is not in hand", remedy="Choose another part.")
        here, entry = found
        pass_ = entry.ready.loop
        rest = [other for other in here.entries if other.ready.seq >= seq and other.ready.loop == pass_]
        rest += [other for other in self.live(jumped) if other.ready.loop > pass_]
        number, first = self.next_loop, self.next_seq
        entries = tuple(_renumbered(other, first + i, number) for i, other in enumerate(rest))
        graphics = {_name(message): message for message in self.graphics()}
        return Loop(number, entries, tuple(graphics.values()), self.complete, jumped)

    def graphics(self) -> list[wire.Message]:
        """Return the sealed cards and lower thirds of all loops in hand."""
        return [graphic for loop in self._loops for graphic in loop.graphics]

    def where(self, product: str, after: int) -> int | None:
        """Return the number at which a product's turn begins: the next one behind `after`, else the latest in hand."""
        begins, before = [], None
        for entry in self.entries():
            if entry.ready.product == product != before:
                begins.append(entry.ready.seq)
            before = entry.ready.product
        to_come = (seq for seq in begins if seq > after and self.following(seq) == seq)
        return next(to_come, begins[-1] if begins else None)

    def forget(self, before: int) -> None:
        """Drop loops that ended before `seq`, all but the newest and the pass that a jump may lead back into."""
        found = self.find(before)
        pass_ = found[1].ready.loop if found else self._loops[-1].number if self._loops else 0
        newest = self._loops[-1:]
        self._loops = [loop for loop in self._loops[:-1] if loop.last_seq >= before or loop.holds(pass_)] + newest


def without_speech(ready: ReadyLine) -> ReadyLine:
    """Return a ready line without its sound, as a script keeps it."""
    return replace(ready, speech=None)


def dropped(entry: Entry) -> Entry:
    """Return an entry that keeps its number and takes no time."""
    return Entry(hollow(entry.ready), None, 0.0)


def silenced(entry: Entry) -> Entry:
    """Return an entry that takes no time until its draft may be said again."""
    return replace(entry, line=None, seconds=0.0)


def _renumbered(entry: Entry, seq: int, loop: int) -> Entry:
    instance = f"{entry.ready.instance.split('~')[0]}~{loop}"
    return replace(entry, ready=replace(entry.ready, seq=seq, instance=instance))


def _name(graphic: wire.Message) -> tuple[str, str]:
    """Return what tells a graphic from others; what clears a card stands in that card's place."""
    return graphic.kind.removeprefix("clear_"), str(graphic.body.get("product", graphic.body.get("id")))


def line_body(line: Line) -> dict[str, Any]:
    """Return a drafted line as JSON."""
    pieces = [piece if isinstance(piece, str) else {"fact": piece.fact, "form": piece.form} for piece in line.pieces]
    told = {"id": line.id, "locale": line.locale, "beat": str(line.beat), "product": line.product, "pieces": pieces}
    return told | {"origin": line.origin} if line.origin else told


def line_from(body: dict[str, Any]) -> Line:
    """Return the drafted line of `line_body`; it is still to be approved."""
    pieces = tuple(piece if isinstance(piece, str) else Slot(piece["fact"], piece["form"]) for piece in body["pieces"])
    return Line(body["id"], body["locale"], Beat(body["beat"]), pieces, body["product"], body.get("origin", ""))


def _dump(message: wire.Message) -> dict[str, Any]:
    return {"kind": message.kind, "body": message.body, "payload": base64.b64encode(message.payload).decode()}


def _load(kept: dict[str, Any]) -> wire.Message:
    return wire.Message(kept["kind"], kept["body"], base64.b64decode(kept["payload"]))
