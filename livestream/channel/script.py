"""The script of a channel: every entry that was ever queued, by its number, and the journal that keeps it.

A loop of the rundown is written to the journal, sealed, before its first line is queued. A
restarted orchestrator opens the journal, has the same lines spoken again (from the cache) and goes
on at the number the air process asks for.
"""

from __future__ import annotations

import base64
import json
import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from livestream import wire
from livestream.channel.protocol import ready_body, ready_from
from livestream.errors import ChannelError, ForgedSeal, WireError
from livestream.media import ReadyLine
from livestream.standards import ApprovedLine, Sealer


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry of the queue: its place in the rundown, and the approved line, or None for a pause.

    `ready.speech` is empty here: sound is fetched when the entry is sent. `seconds` is its length,
    the gap included.
    """

    ready: ReadyLine
    line: ApprovedLine | None
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """One pass of the rundown: its entries, and the sealed cards and lower thirds its cues name.

    `last` says that the channel ends with it.
    """

    number: int
    entries: tuple[Entry, ...]
    graphics: tuple[wire.Message, ...]
    last: bool

    @property
    def first_seq(self) -> int:
        """The number of its first entry."""
        return self.entries[0].ready.seq

    @property
    def last_seq(self) -> int:
        """The number of its last entry."""
        return self.entries[-1].ready.seq

    def seconds_from(self, seq: int) -> float:
        """Return the length of its entries from `seq` on."""
        return sum(entry.seconds for entry in self.entries if entry.ready.seq >= seq)


KEPT_LOOPS = 4
"""Loops in the journal: the one on air and those that can be prepared behind it."""


class Journal:
    """The last loops of a channel on disk, one sealed JSON object a line."""

    def __init__(self, path: Path, sealer: Sealer) -> None:
        self._path = path
        self._sealer = sealer
        self._lines: deque[bytes] = deque(maxlen=KEPT_LOOPS)

    def append(self, loop: Loop) -> None:
        """Write a loop, and let go of the oldest; it is on disk when this returns.

        Raises:
            ChannelError: the file cannot be written.
        """
        body = {
            "loop": loop.number,
            "last": loop.last,
            "entries": [
                {
                    "ready": ready_body(entry.ready),
                    "line": self._sealer.seal_line(entry.line).body if entry.line else None,
                    "seconds": entry.seconds,
                }
                for entry in loop.entries
            ],
            "graphics": [_dump(message) for message in loop.graphics],
        }
        self._lines.append(json.dumps(body, ensure_ascii=False).encode() + b"\n")
        part = self._path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.writelines(self._lines)
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
        self._lines.extend(self._path.read_bytes().splitlines(keepends=True))
        try:
            return [self._loop(json.loads(line)) for line in self._lines]
        except ForgedSeal:
            raise
        except (ValueError, KeyError, TypeError, WireError) as error:
            raise ChannelError("the journal is damaged", where=str(self._path), remedy="Remove it.") from error

    def _loop(self, body: dict[str, Any]) -> Loop:
        entries = []
        for kept in body["entries"]:
            line = None if kept["line"] is None else self._sealer.open_line(wire.Message("line", kept["line"]))
            entries.append(Entry(ready_from(kept["ready"], None), line, float(kept["seconds"])))
        graphics = tuple(_load(message) for message in body["graphics"])
        return Loop(int(body["loop"]), tuple(entries), graphics, bool(body["last"]))


class Script:
    """The loops in hand, and the entry of each number."""

    def __init__(self, loops: Sequence[Loop] = ()) -> None:
        self._loops = list(loops)
        self._ended = False

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

    def seconds_from(self, seq: int) -> float:
        """Return how many seconds are in hand from `seq` on."""
        return sum(loop.seconds_from(seq) for loop in self._loops)

    def graphics(self) -> list[wire.Message]:
        """Return the sealed cards and lower thirds of all loops in hand."""
        return [graphic for loop in self._loops for graphic in loop.graphics]

    def forget(self, before: int) -> None:
        """Drop loops that ended before `seq`, all but the newest."""
        while len(self._loops) > 1 and self._loops[0].last_seq < before:
            self._loops.pop(0)


def without_speech(ready: ReadyLine) -> ReadyLine:
    """Return a ready line without its sound, as a script keeps it."""
    return replace(ready, speech=None)


def _dump(message: wire.Message) -> dict[str, Any]:
    return {"kind": message.kind, "body": message.body, "payload": base64.b64encode(message.payload).decode()}


def _load(kept: dict[str, Any]) -> wire.Message:
    return wire.Message(kept["kind"], kept["body"], base64.b64decode(kept["payload"]))
