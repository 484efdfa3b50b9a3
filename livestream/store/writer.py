"""The one thread that writes: what waits while a commit is being made durable goes into the next one together."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from livestream.clock import Clock
from livestream.errors import StoreError
from livestream.store.database import is_busy, translated
from livestream.store.ledger import Ledger
from livestream.store.records import PutComments, Write

LARGEST_GROUP = 2_000
"""Rows in one transaction: some 30 ms of work."""
MOST_WAITING = 20_000
"""Rows in the queue; who writes more waits for room."""
GATHER_SECONDS = 0.02
"""How long more are waited for where several came together: a transaction costs some milliseconds, a row little."""
RETRY_SECONDS = (0.05, 0.2, 0.5, 1.0)
"""The pauses between tries while another program holds the database."""

Work = Callable[[Connection], Any]


@dataclass(slots=True, eq=False)
class _Job:
    task: Sequence[Write] | Work
    weight: int
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None

    def settle(self) -> None:
        if self.future.done():  # nobody waits any more; it is written all the same
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """A bounded queue and its thread."""

    def __init__(self, engine: Engine, channel: str, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._jobs: deque[_Job] = deque()
        self._rows = 0
        self._queued = threading.Condition()
        self._closing = threading.Event()
        self._room: deque[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = deque()
        with engine.connect() as connection:
            self.ledger = Ledger(connection, channel)
        self.seq = self.ledger.seq
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    @property
    def backlog(self) -> int:
        """How many rows wait to be written."""
        return self._rows

    async def commit(self, task: Sequence[Write] | Work) -> Any:  # noqa: ANN401 - the task's own result
        """Return the task's result once it is durable.

        Raises:
            StoreError: it was not written, and nothing of it was.
        """
        loop = asyncio.get_running_loop()
        weight = 1 if callable(task) else sum(_rows(write) for write in task)
        job = _Job(task, weight, loop, loop.create_future())
        while not self._accept(job):
            await self._until_room(loop)
        return await job.future

    def close(self) -> None:
        """Write what waits, and end the thread."""
        with self._queued:
            self._closing.set()
            self._queued.notify()
        self._thread.join()

    def _accept(self, job: _Job) -> bool:
        with self._queued:
            if self._closing.is_set():
                raise StoreError("the database is closed")
            if self._rows and self._rows + job.weight > MOST_WAITING:
                return False
            self._rows += job.weight
            self._jobs.append(job)
            self._queued.notify()
            return True

    async def _until_room(self, loop: asyncio.AbstractEventLoop) -> None:
        room: asyncio.Future[None] = loop.create_future()
        with self._queued:
            self._room.append((loop, room))
        await room

    def _run(self) -> None:
        while group := self._take():
            self._write(group)
            with self._queued:
                self._rows -= sum(job.weight for job in group)
                waiting, self._room = self._room, deque()
            for loop in {job.loop for job in group} | {loop for loop, _ in waiting}:
                with contextlib.suppress(RuntimeError):  # the loop has ended, and nobody waits any more
                    loop.call_soon_threadsafe(_settle, loop, group, waiting)
            if len(group) > 1:
                self._closing.wait(GATHER_SECONDS)

    def _take(self) -> list[_Job]:
        """Wait for jobs; return as many as make one transaction, none at the end."""
        with self._queued:
            self._queued.wait_for(lambda: self._jobs or self._closing.is_set())
            group: list[_Job] = []
            rows = 0
            while self._jobs and (not group or rows + self._jobs[0].weight <= LARGEST_GROUP):
                group.append(self._jobs.popleft())
                rows += group[-1].weight
            return group

    def _write(self, group: list[_Job]) -> None:
        error = self._try(group)
        if error is None:
            return
        if len(group) > 1 and not getattr(error, "retryable", False):  # one is at fault: the others shall not suffer
            for job in group:
                job.error = self._try([job])
            return
        for job in group:
            job.error = error

    def _try(self, group: list[_Job]) -> Exception | None:
        """Write a group in one transaction, waiting a little while another program writes; return what failed."""
        for pause in (*RETRY_SECONDS, None):
            try:
                self._transact(group)
            except SQLAlchemyError as error:
                self.ledger.seq = self.seq
                if pause is None or not is_busy(error):
                    return translated(error, self._engine)
                self._clock.wait_until(self._clock.monotonic() + pause)
            except Exception as error:  # noqa: BLE001 - the thread outlives a caller's mistake, who is told of it
                self.ledger.seq = self.seq
                if any(callable(job.task) for job in group):
                    return error
                return StoreError(f"this cannot be stored: {type(error).__name__}")  # its text may repeat the value
            else:
                self.seq = self.ledger.seq
                return None
        raise AssertionError("unreachable")

    def _transact(self, group: list[_Job]) -> None:
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            plain = [job for job in group if not callable(job.task)]
            results = self.ledger.apply(
                connection, [job.task for job in plain if not callable(job.task)], self._clock.time()
            )
            for job, result in zip(plain, results, strict=True):
                job.result = result
            for job in group:
                if callable(job.task):
                    job.result = job.task(connection)


def _rows(write: Write) -> int:
    return len(write.comments) if isinstance(write, PutComments) else 1


def _settle(
    loop: asyncio.AbstractEventLoop,
    group: list[_Job],
    waiting: deque[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]],
) -> None:
    for job in group:
        if job.loop is loop:
            job.settle()
    for its, room in waiting:
        if its is loop and not room.done():
            room.set_result(None)
