"""The speech worker seen from another process: give it an approved line, get its sound."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from livestream import datafiles, errors
from livestream.clock import Clock, SystemClock
from livestream.errors import ForgedSeal, LivestreamError, MachineError, SpeechError, WireError
from livestream.media import Speech
from livestream.standards import ApprovedLine, Sealer, new_key
from livestream.wire import Message, encode, read

DEADLINE = 30.0
"""Seconds a line may take once it is its turn, the worker's restart included."""
SLOW_DEADLINE = 300.0
"""The same of a worker that is not on air, where the engine is too slow to be."""
IN_FLIGHT = 4
"""Lines that may be with the worker at once; the others wait here, their deadline not yet running."""
URGENT_IN_FLIGHT = 2
"""The same for urgent lines, which wait for none of the others."""
_FIRST_DELAY, _LONGEST_DELAY = 0.05, 1.0
_PATIENCE = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class SpokenLine:
    """A line's speech, and the worker's sealed message of it to be handed on to air as it is."""

    speech: Speech
    message: Message


@dataclass(slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def broken(self) -> bool:
        return self.writer.is_closing() or self.reader.at_eof()


@dataclass(slots=True)
class _Lane:
    """A connection of its own: answers come in the order of the questions, and what is urgent must not wait."""

    turns: asyncio.Semaphore
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    connection: _Connection | None = None


class SpeechClient:
    """Speaks approved lines through a worker; many calls may run at once and are answered in order.

    Urgent ones wait for no other line but the one being spoken and earlier urgent ones. Where the
    worker dies, the client connects again with growing delays and asks once more.
    """

    def __init__(self, path: Path, key: bytes, *, deadline: float = DEADLINE, clock: Clock | None = None) -> None:
        self._path = path
        self._sealer = Sealer(key)
        self._deadline = deadline
        self._clock = clock or SystemClock()
        self._usual, self._urgent = _Lane(asyncio.Semaphore(IN_FLIGHT)), _Lane(asyncio.Semaphore(URGENT_IN_FLIGHT))
        self._requests = 0

    @classmethod
    async def connect(cls, path: Path, key: bytes, *, deadline: float = DEADLINE) -> Self:
        """Return a client of the worker that listens at `path`; `key` is the channel's seal key.

        Raises:
            SpeechError: nothing listens there within the deadline.
        """
        client = cls(path, key, deadline=deadline)
        try:
            async with asyncio.timeout(deadline):
                await client._connected(client._usual)
        except TimeoutError as error:
            raise SpeechError("the speech worker does not answer", where=str(path), retryable=True) from error
        return client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def speak(self, line: ApprovedLine, *, urgent: bool = False, within: float = 0.0) -> SpokenLine:
        """Return the line's speech; an urgent line is spoken before all that wait.

        Args:
            line: what is said.
            urgent: whether it goes before all that wait.
            within: seconds that it may take, on air, for a better voice that has not made it ahead.

        Raises:
            SpeechError: no engine could speak it, or the worker did not answer within the deadline.
            ForgedSeal: the line was not approved, or the answer is not the worker's.
        """
        sealed, lane = self._sealer.seal_line(line), self._urgent if urgent else self._usual
        try:
            async with lane.turns, asyncio.timeout(self._deadline):
                try:
                    return await self._ask(sealed, lane, within)
                except (WireError, ConnectionError):
                    return await self._ask(sealed, lane, within)
        except TimeoutError as error:
            raise SpeechError(
                f"the speech worker did not answer within {self._deadline:g} s", where=line.id, retryable=True
            ) from error
        except (WireError, ConnectionError) as error:
            raise SpeechError("the speech worker died twice over one line", where=line.id) from error

    async def close(self) -> None:
        """Close the connections."""
        for lane in (self._usual, self._urgent):
            if lane.connection is not None:
                await self._drop(lane.connection)

    async def _ask(self, sealed: Message, lane: _Lane, within: float) -> SpokenLine:
        async with lane.sending:
            connection = await self._connected(lane)
            self._requests += 1
            request = self._requests
            asked = {**sealed.body, "request": request, "urgent": lane is self._urgent, "within": within}
            connection.writer.write(encode(Message(sealed.kind, asked, sealed.payload)))
            await connection.writer.drain()
            turn = connection.reading
        async with turn:
            try:
                answer = await self._answer(connection.reader, request)
            except BaseException:  # a half-read answer leaves nothing to be read after it
                await self._drop(connection)
                raise
        if answer.kind == "error":
            raise _revived(answer.body)
        return SpokenLine(self._sealer.open_speech(answer), answer)

    async def _answer(self, reader: asyncio.StreamReader, request: int) -> Message:
        """Return the answer to a request, without its number; older ones nobody waits for are skipped."""
        while (message := await read(reader)) is not None:
            body = dict(message.body)
            if body.pop("request", None) == request:
                return Message(message.kind, body, message.payload)
        raise WireError("the speech worker closed the connection")

    async def _connected(self, lane: _Lane) -> _Connection:
        """Return a lane's open connection, or a new one as soon as something listens."""
        delay = _FIRST_DELAY
        while lane.connection is None or lane.connection.broken:
            try:
                lane.connection = _Connection(*await asyncio.open_unix_connection(self._path))
            except (ConnectionError, FileNotFoundError):
                await self._clock.sleep_until(self._clock.monotonic() + delay)
                delay = min(2 * delay, _LONGEST_DELAY)
        return lane.connection

    async def _drop(self, connection: _Connection) -> None:
        connection.writer.close()
        with suppress(ConnectionError):
            await connection.writer.wait_closed()


def _revived(body: dict[str, Any]) -> LivestreamError:
    """Return the error that the worker answered with."""
    message, where = str(body.get("message", "")), str(body.get("where", ""))
    if body.get("error") == ForgedSeal.__name__:
        return ForgedSeal(message, where=where)
    kind = getattr(errors, str(body.get("error")), SpeechError)
    if not (isinstance(kind, type) and issubclass(kind, SpeechError)):
        kind = SpeechError
    return kind(message, where=where, remedy=str(body.get("remedy", "")), retryable=bool(body.get("retryable", False)))


@asynccontextmanager
async def speech_worker(
    locale: str, *, cache: Path | None = None, seed: int = 0, key: bytes | None = None
) -> AsyncIterator[SpeechClient]:
    """Start a worker of one's own, give its client, and reap it in the end.

    Raises:
        MachineError: the worker does not start; its own message is on stderr.
    """
    key = key or new_key()
    with tempfile.TemporaryDirectory(prefix="livestream-") as folder:
        path = Path(folder) / "speech.sock"
        ours, theirs = socket.socketpair()
        with socket.socket(socket.AF_UNIX) as listener, theirs:
            listener.bind(str(path))
            listener.listen()
            start = {
                "listen_fd": listener.fileno(),
                "key": key.hex(),
                "locale": locale,
                "cache": str(cache or datafiles.cache_dir() / "speech"),
                "seed": seed,
            }
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "livestream.speech.worker", "--control-fd", str(theirs.fileno())),
                pass_fds=(theirs.fileno(), listener.fileno()),
                env={**os.environ, "OMP_NUM_THREADS": "1"},
            )
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            writer.write(encode(Message("start", start)))
            if (message := await read(reader)) is None or message.kind != "ready":
                raise MachineError("the speech worker does not start", remedy="Run: livestream doctor.")
            deadline = DEADLINE if message.body.get("live", True) else SLOW_DEADLINE
            async with await SpeechClient.connect(path, key, deadline=deadline) as client:
                yield client
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
            await _reaped(process)


async def _reaped(process: asyncio.subprocess.Process) -> None:
    """Wait for a process whose control socket is closed; one that lingers is killed."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
