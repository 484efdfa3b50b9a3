"""The as-run log: what was truly said, when, and what it rested on.

One JSON object a line, append-only and hash-chained: each record bears the hash of the one before,
so that a changed, missing or reordered record shows. A `begin` record is written when a sentence
goes on air and a `line` record when it ends; a `begin` without its `line` was on air when the
process died.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import queue
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from livestream.chain import BrokenChain, cut_torn_tail, link, read_chain, read_tail
from livestream.clock import Clock
from livestream.errors import PlayoutError
from livestream.media import SAMPLE_RATE, Pcm
from livestream.playout.shown import AD_LIB
from livestream.playout.timeline import Placed

_BACKLOG = 10_000
_RETRY_SECONDS = 1.0
_AGAIN = "cut before half of it was heard: it may be said again"
_AD_LIBS = 256


@dataclass(frozen=True, slots=True)
class AsRun:
    """One record. `start` and `end` are programme samples at 48 kHz, `at` is the UTC time of `start`.

    An ad-lib's sentences have the `seq` −1 and its id as `instance`. A `note` stands where the
    sentence does not count as said and may come again.
    """

    kind: Literal["begin", "line"]
    seq: int
    instance: str
    loop: int
    segment: str
    part: str
    beat: str
    product: str | None
    line: str
    start: int
    end: int
    caption: str
    heard: str
    complete: bool
    at: str
    facts: list[dict[str, str]] = field(default_factory=list)
    note: str = ""
    title: str = ""
    """The product's name as its card shows it."""
    locale: str = ""
    words: list[tuple[str, int, int]] = field(default_factory=list)
    """The caption's words that were heard, with first and last sample relative to `start`."""
    rules: str = ""
    """The rule pack that the line passed: locale, version, fingerprint."""
    approver: str = ""
    """Who is answerable for its words: `playbook`, "moderator Ana", "drafts 1f0c22ab"."""
    audio: str = ""
    """SHA-256 of the line's whole sound as it was made, s16le at 48 kHz."""


def record(kind: Literal["begin", "line"], placed: Placed, at: float, title: str = "") -> AsRun:
    """Return the record of a placed sentence; `at` is the Unix time at which it began, `title` its product's name."""
    entry, speech = placed.entry, placed.entry.speech
    assert speech is not None, "pauses are not logged"  # noqa: S101 - a caller's mistake, never data's
    return AsRun(
        kind=kind,
        seq=entry.seq,
        instance=entry.instance,
        loop=entry.loop,
        segment=entry.segment,
        part=entry.part,
        beat=entry.beat,
        product=entry.product,
        line=speech.line_id,
        start=placed.start,
        end=placed.stop,
        caption=speech.caption,
        heard=placed.heard() if kind == "line" else "",
        complete=kind == "line" and not placed.cut,
        at=datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds"),
        facts=[asdict(fact) for fact in speech.facts],
        note=_AGAIN if kind == "line" and placed.again else "",
        title=title,
        locale=speech.locale,
        words=[(word.text, word.start, word.end) for word in placed.heard_words()] if kind == "line" else [],
        rules=speech.rules,
        approver=speech.approver,
    )


class AsRunLog:
    """Appends records off the caller's thread, each on disk before the next is written."""

    def __init__(self, path: Path) -> None:
        """Open or continue a log; a torn last line, left by a crash, is cut off.

        Only the end of a log is read, so that a channel that has been on air for a week comes back
        as fast as a new one; `read_as_run` checks the whole chain.

        Raises:
            PlayoutError: the file cannot be written, or what is there is not an as-run log.
        """
        self.path = path
        self.failure = ""
        self._closing = threading.Event()
        self._queue: queue.Queue[tuple[AsRun, Pcm | None] | None] = queue.Queue(_BACKLOG)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            cut_torn_tail(path)
            bodies, self._previous = read_tail(path)
            records = [_record_of(body) for body in bodies]
            self._file = path.open("ab", buffering=0)  # a failed write must leave nothing behind in memory
        except OSError as error:
            raise PlayoutError(
                f"the as-run log cannot be written: {error.strerror}",
                where=str(path),
                remedy="Free the disk, or record into another folder.",
            ) from error
        except (BrokenChain, TypeError) as error:
            raise PlayoutError("this is not an as-run log", where=str(path)) from error
        self.last_seq = -1
        self.lines = 0
        self._ad_libs: OrderedDict[str, set[str]] = OrderedDict()
        for entry in records:
            self._count(entry)
        self._thread = threading.Thread(target=self._write_all, name="as-run", daemon=True)
        self._thread.start()
        self._close_interrupted(records)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, entry: AsRun, pcm: Pcm | None = None) -> None:
        """Queue a record; never blocks. If the disk has been full for thousands of records, it is counted lost.

        The fingerprint of the line's sound `pcm` is taken off the caller's thread.
        """
        self._count(entry)
        try:
            self._queue.put_nowait((entry, pcm))
        except queue.Full:
            self.failure = "records are being lost: the as-run log has not been writable for too long"

    @property
    def ad_libs(self) -> Mapping[str, set[str]]:
        """The lines of the latest ad-libs that were heard to their end, by ad-lib."""
        return self._ad_libs

    def _count(self, entry: AsRun) -> None:
        if entry.kind != "line":
            return
        self.lines += 1
        if not entry.note:
            self.last_seq = max(self.last_seq, entry.seq)
        if entry.seq == AD_LIB and entry.complete:
            self._ad_libs.setdefault(entry.instance, set()).add(entry.line)
            if len(self._ad_libs) > _AD_LIBS:
                self._ad_libs.popitem(last=False)

    def close(self) -> None:
        """Write what is queued, as far as the disk allows, and close the file."""
        self._closing.set()
        self._queue.put(None)
        self._thread.join(timeout=10)
        self._file.close()

    def _close_interrupted(self, records: list[AsRun]) -> None:
        """Say of a sentence that was on air when the process died that it was cut; it may be said again."""
        if records and records[-1].kind == "begin":
            note = "the air process stopped during this sentence"
            cut = AsRun(**asdict(records[-1]) | {"kind": "line", "note": note})
            self._queue.put((cut, None))
            self._count(cut)

    def _write_all(self) -> None:
        while (queued := self._queue.get()) is not None:
            entry, pcm = queued
            body = asdict(entry)
            if pcm is not None:
                body["audio"] = hashlib.sha256(pcm.astype("<i2", copy=False).tobytes()).hexdigest()
            line, digest = link(body, self._previous)
            while not (written := self._write(line)):
                if self._closing.wait(_RETRY_SECONDS):
                    written = self._write(line)
                    break
            if written:
                self._previous = digest

    def _write(self, line: bytes) -> bool:
        end = self._file.seek(0, os.SEEK_END)
        try:
            if self._file.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fdatasync(self._file.fileno())
        except OSError as error:
            self.failure = f"the as-run log cannot be written: {error.strerror}"
            with contextlib.suppress(OSError):
                os.ftruncate(self._file.fileno(), end)
            return False
        self.failure = ""
        return True


def read_as_run(path: Path) -> list[AsRun]:
    """Return the records of a log after checking its chain.

    Raises:
        PlayoutError: the file cannot be read, is not an as-run log, or its chain is broken; names the line.
    """
    try:
        return [_record_of(body) for body, _ in read_chain(path)]
    except OSError as error:
        raise PlayoutError(f"the as-run log cannot be read: {error.strerror}", where=str(path)) from error
    except BrokenChain as error:
        raise PlayoutError(
            f"the chain of the as-run log is broken: {error}", where=f"{path}, line {error.line}"
        ) from None
    except TypeError as error:
        raise PlayoutError("this is not an as-run log", where=str(path)) from error


def aired(records: list[AsRun]) -> list[AsRun]:
    """Return the finished sentences in the order they were said."""
    return [entry for entry in records if entry.kind == "line"]


def seconds(samples: int) -> float:
    """Convert programme samples to seconds."""
    return samples / SAMPLE_RATE


def unix_time(clock: Clock, t0: float, sample: int) -> float:
    """Return the Unix time at which a programme sample is due, for a channel started at monotonic `t0`."""
    return clock.time() + (t0 + seconds(sample) - clock.monotonic())


def _record_of(body: dict[str, Any]) -> AsRun:
    return AsRun(**body)
