"""The speech worker: the one process that loads engines and turns sealed lines into sealed speech.

`python -m livestream.speech.worker --control-fd N`. On the control socket it gets `start` with
`listen_fd` (a listening Unix socket), `key` (hex), `locale`, `cache` (a folder), `seed`, `mode` and
`on_air`; it answers `ready`, then `status` each second, and exits when the control socket closes. On the
Unix socket it answers each sealed `line` with sealed `speech` or with `error`, in the order they came;
`request` in the body is given back. A line with `urgent` is spoken before those that wait, whoever sent
them. On air a line that an engine has not made ahead may take it `within` seconds, none by default; then
the next engine speaks. What bears no valid seal is never spoken.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import logging
import os
import queue
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livestream.clock import Clock, SystemClock
from livestream.errors import ClaimRefused, ForgedSeal, LivestreamError, SpeechError, WireError
from livestream.speech.cache import SpeechCache
from livestream.speech.chain import Chain, make_chain
from livestream.speech.prompter import Prompter
from livestream.speech.studio import Studio
from livestream.speech.voice import load_voice
from livestream.standards import ApprovedLine, Sealer
from livestream.wire import Message, encode, read

log = logging.getLogger(__name__)

NICENESS = 5
STATUS_INTERVAL = 1.0
MOST_WAITING = 64
"""Lines of one peer that may wait for their turn; more are left unread in its socket."""


@dataclass(slots=True)
class Counts:
    """What a worker has done since it started."""

    spoken: int = 0
    failed: int = 0
    forged: int = 0


class SpeechServer:
    """Answers lines with speech. Engines run in one thread beside the event loop.

    `allow` is told before each line how many seconds an engine that works ahead may take for it.
    """

    def __init__(
        self, studio: Studio | Prompter, sealer: Sealer, *, allow: Callable[[float], None] | None = None
    ) -> None:
        self._studio = studio
        self._allow = allow
        self._sealer = sealer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="speech")
        self._jobs: queue.PriorityQueue[tuple[bool, int, Future[Message], Message]] = queue.PriorityQueue()
        self._order = itertools.count()
        self.counts = Counts()
        threading.Thread(target=studio.warm_up, name="speech-warm-up").start()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one peer until it closes or breaks the protocol, or this process ends."""
        with suppress(asyncio.CancelledError):
            await self._converse(reader, writer)
        writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waiting: asyncio.Queue[asyncio.Future[Message] | None] = asyncio.Queue(MOST_WAITING)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._answer(waiting, writer))
                await self._accept(reader, waiting)
        except* (WireError, ConnectionError) as errors:
            log.warning("a peer of the speech worker is gone: %s", errors.exceptions[0])

    async def _accept(
        self, reader: asyncio.StreamReader, waiting: asyncio.Queue[asyncio.Future[Message] | None]
    ) -> None:
        while (message := await read(reader)) is not None:
            job: Future[Message] = Future()
            self._jobs.put((message.body.pop("urgent", False) is not True, next(self._order), job, message))
            self._thread.submit(self._work)
            await waiting.put(asyncio.wrap_future(job))
        await waiting.put(None)

    async def _answer(
        self, waiting: asyncio.Queue[asyncio.Future[Message] | None], writer: asyncio.StreamWriter
    ) -> None:
        while (answer := await waiting.get()) is not None:
            writer.write(encode(await answer))
            await writer.drain()

    def _work(self) -> None:
        """Speak the first of the lines that wait: urgent ones first, else in the order they came."""
        try:
            _, _, job, message = self._jobs.get_nowait()
        except queue.Empty:  # closed meanwhile
            return
        if job.set_running_or_notify_cancel():
            job.set_result(self._reply(message))

    def _reply(self, message: Message) -> Message:
        """Return the speech of a sealed line, or why there is none."""
        body = dict(message.body)
        request, within = body.pop("request", None), body.pop("within", 0.0)
        try:
            if self._allow is not None:
                self._allow(float(within))
            line = self._sealer.open_line(Message(message.kind, body, message.payload))
            answer = self._speech(line)
        except ForgedSeal as error:
            self.counts.forged += 1
            log.error("an unsealed or forged line was refused: %s", error)
            answer = _refusal(error)
        except LivestreamError as error:
            self.counts.failed += 1
            answer = _refusal(error)
        except Exception as error:  # one line must never take the voice of all others
            log.exception("a line could not be spoken")
            self.counts.failed += 1
            answer = _refusal(SpeechError(f"the line could not be spoken: {error!r}"))
        return Message(answer.kind, {**answer.body, "request": request}, answer.payload)

    def _speech(self, line: ApprovedLine) -> Message:
        speech = self._studio.speak(line)
        self.counts.spoken += 1
        return self._sealer.seal_speech(speech, line)

    def close(self) -> None:
        """Let the thread end with the sentence it is in; nothing that waits is spoken."""
        with suppress(queue.Empty):
            while True:
                self._jobs.get_nowait()[2].cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)


def _refusal(error: LivestreamError) -> Message:
    return Message(
        "error",
        {
            "error": type(error).__name__,
            "rule": error.rule if isinstance(error, ClaimRefused) else "",
            "message": error.message,
            "where": error.where,
            "remedy": error.remedy,
            "retryable": error.retryable,
        },
    )


class _ParentGoneError(Exception):
    """The control socket is closed: nobody waits for this process any more."""


async def run(control: socket.socket, clock: Clock) -> None:
    """Serve until the control socket closes.

    Raises:
        SpeechError: the first message is not a `start` that can be followed.
        MachineError: no engine of the locale is installed.
    """
    reader, writer = await asyncio.open_connection(sock=control)
    try:
        start = await read(reader)
        if start is not None:
            await _serve(start, reader, writer, clock)
    except LivestreamError as error:
        writer.write(encode(Message("failed", {"message": str(error)})))
        with suppress(ConnectionError):
            await writer.drain()
        raise
    finally:
        writer.close()


async def _serve(start: Message, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, clock: Clock) -> None:
    try:
        server, chain, cache, listener = _prepared(start)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise SpeechError(f"the speech worker cannot follow its start message: {error!r}") from error
    accepting = await asyncio.start_server(server.serve, sock=listener)
    try:
        async with accepting, asyncio.TaskGroup() as tasks:
            live = chain.about.live if isinstance(chain, Chain) else True
            writer.write(encode(Message("ready", {"engine": chain.name, "version": chain.version, "live": live})))
            tasks.create_task(_report(writer, server, chain, cache, clock))
            while await read(reader) is not None:
                pass
            raise _ParentGoneError
    except* (_ParentGoneError, ConnectionError):
        log.info("the control socket is closed")
    finally:
        server.close()


def _prepared(start: Message) -> tuple[SpeechServer, Chain | Prompter, SpeechCache, socket.socket]:
    body = start.body
    if start.kind != "start":
        raise ValueError(start.kind)
    cache = SpeechCache(Path(body["cache"]))
    sealer, listener = Sealer(bytes.fromhex(body["key"])), socket.socket(fileno=int(body["listen_fd"]))
    if body.get("mode") == "assist":  # no engine is loaded: there is nothing that could speak
        prompter = Prompter()
        return SpeechServer(prompter, sealer), prompter, cache, listener
    voice = load_voice(str(body["locale"]))
    on_air = bool(body.get("on_air", False))
    chain = make_chain(voice, cache, on_air=on_air)
    studio = Studio(chain, voice, seed=int(body["seed"]))
    return SpeechServer(studio, sealer, allow=chain.allow if on_air else None), chain, cache, listener


async def _report(
    writer: asyncio.StreamWriter, server: SpeechServer, chain: Chain | Prompter, cache: SpeechCache, clock: Clock
) -> None:
    due = clock.monotonic()
    while True:
        writer.write(encode(Message("status", _status(server, chain, cache))))
        await writer.drain()
        due += STATUS_INTERVAL
        await clock.sleep_until(due)


def _status(server: SpeechServer, chain: Chain | Prompter, cache: SpeechCache) -> dict[str, Any]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "spoken": server.counts.spoken,
        "cached": cache.hits,
        "rejected": chain.rejected,
        "unready": chain.unready,
        "failed": server.counts.failed,
        "forged": server.counts.forged,
        "cpu": round(usage.ru_utime + usage.ru_stime, 3),
        "rss": _resident(),
    }


def _resident() -> int:
    """Return the bytes of memory this process holds."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * os.sysconf("SC_PAGESIZE")


def main() -> None:
    """Run the worker as a process; Ctrl-C is the parent's to handle."""
    arguments = argparse.ArgumentParser(prog="livestream.speech.worker")
    arguments.add_argument("--control-fd", type=int, required=True)
    control = socket.socket(fileno=arguments.parse_args().control_fd)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(NICENESS)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        asyncio.run(run(control, SystemClock()))
    except LivestreamError as error:
        log.critical("%s", error)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
