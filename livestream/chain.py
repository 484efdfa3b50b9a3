"""Append-only logs that prove themselves: JSON lines, each bearing the hash of the one before.

A changed, missing or reordered line breaks the chain from there on. A line cut off the end does not: note the head
elsewhere, as the audit log notes that of every as-run log.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
"""What the first line follows."""
_TAIL = 1 << 20


class BrokenChain(ValueError):
    """A line that is none of this chain; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def link(body: dict[str, Any], previous: str) -> tuple[bytes, str]:
    """Return the line of a record that follows the hash `previous`, and its own hash.

    Raises:
        UnicodeEncodeError: it holds what is no text.
    """
    told = body | {"prev": previous}
    canonical = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return json.dumps(told | {"hash": digest}, ensure_ascii=False).encode() + b"\n", digest


def read_chain(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the records of a whole log with their hashes, checking every byte on the way.

    Raises:
        OSError: the file cannot be read.
        BrokenChain: a line was changed, removed or put in, or is not complete.
    """
    previous = GENESIS
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            body, before, _ = parse(line, number)
            try:
                again, digest = link(body, previous)
            except (ValueError, RecursionError):  # what JSON can hold and no record does: half a surrogate pair
                raise BrokenChain("this is no record of a log", number) from None
            if before != previous:
                raise BrokenChain("the line before it was changed, removed or put in", number)
            if again != line:
                raise BrokenChain("this line was changed", number)
            yield body, digest
            previous = digest


def read_tail(path: Path) -> tuple[list[dict[str, Any]], str]:
    """Return the last records of a log, about a megabyte, and the hash that the next one follows.

    Raises:
        OSError: the file cannot be read.
        BrokenChain: a line is no record.
    """
    if not path.exists():
        return [], GENESIS
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        lines = file.read().splitlines()[1 if size > _TAIL else 0 :]
    records, previous = [], GENESIS
    for number, line in enumerate(lines, 1):
        body, _, previous = parse(line, number)
        records.append(body)
    return records, previous


def cut_torn_tail(path: Path) -> None:
    """Remove what follows the last line end: a record that a crash left unfinished."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
        file.truncate(size - len(tail) + tail.rfind(b"\n") + 1)


def parse(line: bytes, number: int) -> tuple[dict[str, Any], str, str]:
    """Return a record, the hash it follows and its own, unchecked.

    Raises:
        BrokenChain: this is no record.
    """
    try:
        body: dict[str, Any] = json.loads(line)
        digest, before = str(body.pop("hash")), str(body.pop("prev"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BrokenChain("this is no record of a log", number) from None
    return body, before, digest
