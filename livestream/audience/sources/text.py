"""Comments as lines of text: from standard input, or from a recording."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from livestream.audience.comment import Comment
from livestream.audience.sources.protocol import SchemaError, comment_of

MAX_LINE = 65_536
"""Bytes of one line; the rest of a longer one is passed over."""


class Lines:
    """Cuts bytes into lines, none longer than `MAX_LINE`, and holds no more than one."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, chunk: bytes) -> Iterator[str]:
        """Yield the lines that a chunk completes, without their ends."""
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            self._hold(piece)
            yield self._take()
        self._hold(rest)

    def rest(self) -> Iterator[str]:
        """Yield what came after the last line end, where anything did."""
        if self._held:
            yield self._take()

    def _hold(self, piece: bytes) -> None:
        self._held += piece[: MAX_LINE - len(self._held)]

    def _take(self) -> str:
        line = self._held.decode("utf-8", "replace").strip("\r \t\ufeff")
        self._held.clear()
        return line


def read_line(
    line: str, *, id_: str, source: str, platform: str, now: float, own_id: bool = True, user: str = ""
) -> Comment | SchemaError:
    """Return the comment of a line: plain text, or the JSON of a pushed comment, in which all but `text` may lack.

    `id_` names it where it has no id, or must not keep its own.
    """
    default = {"type": "comment", "id": id_, "user": user or source, "name": source}
    if not line.startswith("{"):
        return comment_of({**default, "text": line}, source=source, platform=platform, now=now)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return SchemaError("", "this is not JSON", id_)
    read = comment_of(
        {**default, **value} if own_id else {**default, **value, "id": id_}, source=source, platform=platform, now=now
    )
    return replace(read, id=id_) if isinstance(read, SchemaError) else read
