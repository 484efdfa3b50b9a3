"""What a model answered, kept as it comes: work that was stopped goes on with what is missing.

One JSON line an answer, on disk before the next is asked for. The journal is a cache: a torn or foreign line is
passed over, and what it held is asked for again.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livestream.drafting.model import LONGEST, Answered
from livestream.errors import MachineError, UsageError

_MOST_LINE = 8 * LONGEST


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore")
    key: str = Field(max_length=64)
    content: str = Field(max_length=LONGEST)
    tokens_in: int = Field(default=0, ge=0)
    tokens_out: int = Field(default=0, ge=0)


def journal_path(out: Path) -> Path:
    """Return where the journal of a drafts file lies."""
    return out.with_name(f"{out.name}.journal")


class Journal:
    """The answers had so far, by the key of what was asked. One process at a time holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.answers: dict[str, Answered] = {}

    def __enter__(self) -> Self:
        """Open and read it.

        Raises:
            UsageError: another process is writing these drafts.
            MachineError: it cannot be read or written.
        """
        try:
            self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b")
        except OSError as error:
            raise self._unusable(error) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise UsageError(
                "another livestream write is at work on these drafts",
                where=str(self._path),
                remedy="Wait for it, or write to another file: --out FILE.",
            ) from None
        self._read()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, key: str, answered: Answered) -> None:
        """Keep an answer; it is on disk when this returns.

        Raises:
            MachineError: it cannot be written.
        """
        entry = _Entry(key=key, content=answered.content, tokens_in=answered.tokens_in, tokens_out=answered.tokens_out)
        try:
            self._file.write(entry.model_dump_json().encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._unusable(error) from error
        self.answers[key] = answered

    def _read(self) -> None:
        whole = True
        while line := self._file.readline(_MOST_LINE):
            whole = line.endswith(b"\n")
            try:
                entry = _Entry.model_validate_json(line)
            except ValidationError:
                continue
            self.answers[entry.key] = Answered(entry.content, entry.tokens_in, entry.tokens_out)
        if not whole:
            self._file.write(b"\n")  # a torn last line ends here

    def _unusable(self, error: OSError) -> MachineError:
        return MachineError(
            f"the journal of the drafts cannot be kept: {error.strerror}",
            where=str(self._path),
            remedy="Write to a folder that you may write to: --out FILE.",
        )
