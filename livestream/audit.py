"""The audit log: what people answered for, in writing, beside the as-run log that says what was heard.

kind                  written when
platform_confirmed    the owner takes a platform's rules upon themselves
drafts_approved       somebody has read a model's lines and lets them on air
as_run_opened         a channel goes on air: its log, the rule pack, policies and drafts in force
as_run_closed         it goes off air: how many records its log has, and the hash of the last
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from livestream.chain import GENESIS, BrokenChain, cut_torn_tail, link, read_chain, read_tail
from livestream.clock import Clock
from livestream.datafiles import state_dir
from livestream.errors import AuditError

MOST_BYTES = 64 * 1024
"""The longest record that is taken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: what happened, when (UTC, ISO 8601), and what belongs to it."""

    kind: str
    at: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verified:
    """A log whose every byte is as it was written: how many records it has, and the hash of the last."""

    path: Path
    records: int
    head: str


End = Literal["closed", "open", "unnoted"]
"""Whether the end of an as-run log is noted: not yet while its channel is on air, nor after it was killed."""


def audit_path() -> Path:
    """Return where this user's audit log lies."""
    return state_dir() / "audit.jsonl"


class AuditLog:
    """Appends records, each on disk when `append` returns; several processes may share one log."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self._clock = clock

    def append(self, kind: str, body: dict[str, Any]) -> str:
        """Write a record and return its hash.

        Raises:
            AuditError: it cannot be written, or what is there is no audit log.
        """
        at = datetime.fromtimestamp(self._clock.time(), UTC).isoformat(timespec="milliseconds")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "ab", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                cut_torn_tail(self.path)
                _, previous = read_tail(self.path)
                line, digest = link({"kind": kind, "at": at, "body": body}, previous)
                if len(line) > MOST_BYTES:
                    raise AuditError(f"a record has {len(line)} bytes, more than {MOST_BYTES}", where=str(self.path))
                file.write(line)
                os.fsync(file.fileno())
        except OSError as error:
            raise AuditError(
                f"the audit log cannot be written: {error.strerror}", where=str(self.path), remedy="Free the disk."
            ) from error
        except BrokenChain as error:
            raise _not_ours(self.path, error) from None
        except UnicodeEncodeError:
            raise AuditError(
                "a record holds what is no text",
                where=str(self.path),
                remedy="Use names of files that are written in UTF-8.",
            ) from None
        return digest

    def entries(self, kind: str = "") -> list[Entry]:
        """Return the records of a kind, or all, after checking the chain.

        Raises:
            AuditError: it cannot be read, or its chain is broken; names the line.
        """
        if not self.path.exists():
            return []
        try:
            found = [Entry(body["kind"], body["at"], body["body"]) for body, _ in read_chain(self.path)]
        except (OSError, KeyError, BrokenChain) as error:
            raise _not_ours(self.path, error) from None
        return [entry for entry in found if not kind or entry.kind == kind]


def verify(path: Path) -> Verified:
    """Check every byte of an audit log or an as-run log.

    Raises:
        AuditError: it cannot be read, or its chain is broken; names the line.
    """
    try:
        heads = [digest for _, digest in read_chain(path)]
    except (OSError, BrokenChain) as error:
        raise _not_ours(path, error) from None
    return Verified(path, len(heads), heads[-1] if heads else GENESIS)


def verify_against(log: Verified, entries: list[Entry]) -> End:
    """Check an as-run log against what the audit log noted when its channel went off air.

    Raises:
        AuditError: the end of the log is missing, is another, or more follows it.
    """
    path = str(log.path.resolve())
    mine = [entry for entry in entries if entry.kind in ("as_run_opened", "as_run_closed")]
    last = next((entry for entry in reversed(mine) if entry.body.get("file") == path), None)
    if last is None:
        return "unnoted"
    if last.kind == "as_run_opened":
        return "open"
    if (log.records, log.head) != (last.body.get("records"), last.body.get("head")):
        raise AuditError(
            f"the log ended with record {last.body.get('records')} when its channel went off air: that record is gone "
            "or another, or more were added",
            where=str(log.path),
            remedy="Keep the file as it is: what was cut off may be found in a copy.",
        )
    return "closed"


def _not_ours(path: Path, error: Exception) -> AuditError:
    if isinstance(error, BrokenChain):
        return AuditError(
            f"the chain is broken: {error}",
            where=f"{path}, line {error.line}",
            remedy="Compare it with a copy: what comes after this line proves nothing.",
        )
    reason = error.strerror if isinstance(error, OSError) else "a record lacks what it should hold"
    gone = isinstance(error, FileNotFoundError)
    remedy = "Bring it back from a copy: without it nothing proves what was said." if gone else ""
    return AuditError(f"the log cannot be read: {reason}", where=str(path), remedy=remedy)
