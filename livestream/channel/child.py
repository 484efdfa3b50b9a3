"""One child process under the supervisor: started, fed its settings, watched, restarted.

The child shares one socket with its parent. It is told `start`, answers `ready`, then sends
`status`; when the socket closes, the other side has gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from livestream import wire
from livestream.errors import WireError

log = logging.getLogger(__name__)
_TICKS = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 60.0
"""How long a child may load before it must say that it is ready."""
_SPARE_AFTER = 5.0
"""How long a process runs before a second one is loaded, so that the start is not slowed."""
_STABLE_SECONDS = 30.0
"""How long a process runs before it counts as having worked."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
_FINAL = frozenset({2, 3, 4})
"""Exit codes after which only the merchant can help, unless the child has worked before."""


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """What a child is: its module, its `start` body, what it inherits.

    `silence` is how many seconds without a status mean that it hangs. With `standby` a second one
    is kept loaded, waiting for `go`, and takes over the moment the first dies.
    """

    name: str
    module: str
    start: Mapping[str, Any]
    fds: tuple[int, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    silence: float = 10.0
    grace: float = 5.0
    standby: bool = False
    gated: bool = False
    """Whether it waits for `go` after `ready`."""
    stdin: bool = False
    """Whether it reads our standard input; else its own is empty."""


class Process:
    """One incarnation of a child."""

    def __init__(self, spec: ChildSpec, process: asyncio.subprocess.Process, control: socket.socket) -> None:
        self._spec = spec
        self._process = process
        self._control = control
        self._dismissed = False
        self.reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter
        self.cpu_seconds = 0.0

    @classmethod
    async def start(cls, spec: ChildSpec) -> Self:
        """Start the process and tell it its settings; its stdout goes to our stderr."""
        ours, theirs = socket.socketpair()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                spec.module,
                "--control-fd",
                str(theirs.fileno()),
                stdin=None if spec.stdin else asyncio.subprocess.DEVNULL,
                stdout=sys.stderr.fileno() if sys.stderr else None,
                pass_fds=(theirs.fileno(), *spec.fds),
                env=child_environment() | dict(spec.environment),
            )
        finally:
            theirs.close()
        child = cls(spec, process, ours)
        child.reader, child._writer = await asyncio.open_unix_connection(sock=ours)
        await child.tell(wire.Message("start", dict(spec.start)))
        return child

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    async def tell(self, message: wire.Message) -> None:
        """Send a message; one that was asked to end is told nothing more, one that has died is noticed elsewhere."""
        if self._dismissed:
            return
        with contextlib.suppress(OSError):
            self._writer.write(wire.encode(message))
            await self._writer.drain()

    async def hear(self, seconds: float) -> wire.Message | None:
        """Return the next message, or None where the child has closed, hangs, or talks nonsense."""
        try:
            async with asyncio.timeout(seconds):
                message = await wire.read(self.reader)
        except (TimeoutError, WireError, OSError):
            return None
        self._count_cpu()
        return message

    async def stop(self) -> int:
        """Ask it to end, wait for its grace, then kill it; return its exit code."""
        with contextlib.suppress(OSError):
            await self.tell(wire.Message("stop"))
            self._dismissed = True
            if self._writer.can_write_eof():
                self._writer.write_eof()
        return await self.reap(self._spec.grace)

    async def reap(self, grace: float) -> int:
        """Wait `grace` seconds for the end, then kill; return the exit code."""
        try:
            async with asyncio.timeout(grace):
                await self._process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        code = await self._process.wait()
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()
        return code

    def _count_cpu(self) -> None:
        with contextlib.suppress(OSError, IndexError):
            with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - not a path of ours
                fields = file.read().rpartition(")")[2].split()
            self.cpu_seconds = (int(fields[11]) + int(fields[12])) / _TICKS


class Child:
    """A child kept running, one process after another."""

    def __init__(self, spec: ChildSpec, on_message: Callable[[str, wire.Message], None]) -> None:
        self.spec = spec
        self.restarts = 0
        self.failure = ""
        self.ended: int | None = None
        """The exit code with which it ended for good by itself."""
        self._on_message = on_message
        self._past_cpu = 0.0
        self._process: Process | None = None
        self._spare: Process | None = None
        self._stopping = False

    @property
    def pid(self) -> int | None:
        """The process id of the running incarnation."""
        return self._process.pid if self._process else None

    @property
    def cpu_seconds(self) -> float:
        """CPU seconds of all incarnations so far."""
        return self._past_cpu + (self._process.cpu_seconds if self._process else 0.0)

    async def tell(self, message: wire.Message) -> None:
        """Send a message to the running incarnation, if there is one."""
        if self._process is not None:
            await self._process.tell(message)

    async def keep_running(self) -> None:
        """Run incarnations until `stop`, or until one ends for a reason only the merchant can mend."""
        quick, proven = 0, False
        loop = asyncio.get_running_loop()
        while not self._stopping:
            started = loop.time()
            code = await self._run_one()
            stable = loop.time() - started > _STABLE_SECONDS
            proven |= stable
            if self._stopping or (code in _FINAL and not proven):
                self.ended = None if self._stopping else code
                break
            self.restarts += 1
            quick = 0 if stable else quick + 1
            if quick > 1:
                await asyncio.sleep(min(10.0, 0.25 * 2.0 ** min(quick, 6)))
        if self._spare is not None:
            await self._spare.stop()

    async def _run_one(self) -> int | None:
        """Run one incarnation; return its exit code, or None where it could not even be started."""
        try:
            process = self._process = await self._next()
        except OSError as error:  # no process or memory to be had just now
            log.warning("%s cannot be started: %s", self.spec.name, error)
            return None
        code = await self._attend(process)
        self._past_cpu += process.cpu_seconds
        self._process = None
        return code

    async def stop(self) -> None:
        """End it, politely first."""
        self._stopping = True
        if self._process is not None:
            await self._process.stop()

    async def _attend(self, process: Process) -> int:
        """Pass on what a process says until it ends; one that falls silent is killed."""
        loop = asyncio.get_running_loop()
        ready_at = float("inf")
        while (
            message := await process.hear(_START_SECONDS if ready_at > loop.time() else self.spec.silence)
        ) is not None:
            if message.kind == "ready":
                ready_at = loop.time()
                self.failure = ""
                if self.spec.gated:
                    await process.tell(wire.Message("go"))
            elif loop.time() - ready_at > _SPARE_AFTER:
                await self._make_spare()
            if message.kind == "failed":
                self.failure = str(message.body.get("message", ""))[:2000]
            self._on_message(self.spec.name, message)
        return await process.reap(self.spec.grace if self._stopping else 0.5)

    async def _make_spare(self) -> None:
        if self.spec.standby and self._spare is None and not self._stopping:
            with contextlib.suppress(OSError):  # it is a luxury; the next status tries again
                self._spare = await Process.start(self.spec)

    async def _next(self) -> Process:
        process = self._take_spare() or await Process.start(self.spec)
        if self._stopping:  # `stop` was called while this one was being started
            await process.stop()
        return process

    def _take_spare(self) -> Process | None:
        spare, self._spare = self._spare, None
        return spare


def child_environment() -> dict[str, str]:
    """Return the environment every child gets: ours, without stream keys and with one maths thread."""
    kept = {name: value for name, value in os.environ.items() if name not in _secret_variables}
    return kept | dict.fromkeys(_ONE_THREAD, "1") | {"PYTHONUNBUFFERED": "1"}


_secret_variables: set[str] = set()


def keep_secret(variable: str) -> None:
    """Keep an environment variable from every child but the one that is given it by name."""
    _secret_variables.add(variable)
