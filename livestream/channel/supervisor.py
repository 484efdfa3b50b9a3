"""The supervisor: owns the listening sockets, keeps every process of a channel running, one for one.

It decides nothing about the programme. A child that dies or hangs is started again and finds its
peers waiting at sockets that never closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from livestream import wire
from livestream.channel.child import Child, ChildSpec, keep_secret
from livestream.clock import Clock
from livestream.console.tokens import Ticket
from livestream.datafiles import cache_dir
from livestream.errors import MachineError
from livestream.settings import ChannelSettings, Destination
from livestream.standards.platforms import label_adds

SHARE_SECONDS = 0.5
VITAL = ("air", "orchestrator", "speech")
"""Children without which there is no channel."""


class RunFolder:
    """A private folder with the channel's Unix sockets, gone when the channel is."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="livestream-"))
        self._listeners: list[socket.socket] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for listener in self._listeners:
            listener.close()
        shutil.rmtree(self.path, ignore_errors=True)

    def listen(self, name: str) -> tuple[Path, int]:
        """Open a listening Unix socket; return its path and its descriptor, which children inherit."""
        path = self.path / name
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen(64)
        self._listeners.append(listener)
        return path, listener.fileno()

    def listen_web(self, host: str, port: int) -> tuple[int, int]:
        """Open the web port; return its number and its descriptor.

        Raises:
            MachineError: the port is taken or not allowed.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family)
        self._listeners.append(listener)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise MachineError(
                f"the web port {port} cannot be opened: {error.strerror}",
                where=host,
                remedy="Stop the program that uses it, or choose another: --port N (0 takes a free one).",
            ) from error
        listener.listen(128)
        return int(listener.getsockname()[1]), listener.fileno()


@dataclass(frozen=True, slots=True)
class Files:
    """Where a channel writes: what was said, what comes next, its database."""

    as_run: Path
    journal: Path
    store: Path


@dataclass(slots=True)
class Running:
    """What the supervisor knows of the channel: statuses by child, and what was said of it."""

    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    finished: bool = False


class Supervisor:
    """The processes of one channel."""

    def __init__(
        self,
        settings: ChannelSettings,
        folder: RunFolder,
        *,
        files: Files,
        web_fd: int,
        ticket: Ticket,
        clock: Clock,
        on_change: Callable[[Running], None] | None = None,
    ) -> None:
        self.running = Running()
        self.t0 = clock.monotonic()
        self.seconds = 0.0
        """How long the channel was on air, once it is over."""
        self._clock = clock
        self._on_change = on_change
        self._over = asyncio.Event()
        self._children = [Child(spec, self._heard) for spec in _specs(settings, folder, self.t0, files, web_fd, ticket)]

    @property
    def children(self) -> Sequence[Child]:
        """All children, air first."""
        return self._children

    async def run(self, seconds: float | None) -> None:
        """Keep the channel on air for `seconds` programme seconds, or until `end`, or until its rundown is done."""
        async with asyncio.TaskGroup() as group:
            keeping = [group.create_task(self._keep(child)) for child in self._children]
            sharing = group.create_task(self._share())
            with contextlib.suppress(TimeoutError):
                left = None if seconds is None else max(0.0, self.t0 + seconds - self._clock.monotonic())
                async with asyncio.timeout(left):
                    await self._over.wait()
            self.seconds = self._clock.monotonic() - self.t0
            sharing.cancel()
            await self._stop()
            await asyncio.wait(keeping)

    def end(self) -> None:
        """Go off air."""
        self._over.set()

    async def _stop(self) -> None:
        """Air first, so that every output gets the last packet; then the outputs, then the rest."""
        by_name = {child.spec.name: child for child in self._children}
        outputs = [child for name, child in by_name.items() if name.startswith("egress")]
        await by_name["air"].stop()
        async with asyncio.TaskGroup() as group:
            for child in outputs:
                group.create_task(child.stop())
            for name in ("orchestrator", "speech"):
                group.create_task(by_name[name].stop())

    async def _keep(self, child: Child) -> None:
        await child.keep_running()
        if child.ended is None:
            return
        self.running.failures[child.spec.name] = child.failure or f"{child.spec.name} ended with code {child.ended}"
        if child.spec.name in VITAL:
            self.end()

    def _heard(self, name: str, message: wire.Message) -> None:
        match message.kind:
            case "status":
                self.running.statuses[name] = message.body
            case "notice":
                self.running.notices.append(str(message.body.get("text", ""))[:500])
            case "finished":
                self.running.finished = True
                self.end()
            case _:
                return
        if self._on_change is not None:
            try:
                self._on_change(self.running)
            except (OSError, SystemExit):  # the terminal is gone, or the disk its output goes to is full
                self._on_change = None

    async def _share(self) -> None:
        """Tell the orchestrator, for its page, how everybody fares."""
        orchestrator = next(child for child in self._children if child.spec.name == "orchestrator")
        while True:
            body = {"statuses": self.running.statuses, "restarts": {c.spec.name: c.restarts for c in self._children}}
            await orchestrator.tell(wire.Message("statuses", body))
            await self._clock.sleep_until(self._clock.monotonic() + SHARE_SECONDS)


def _specs(
    settings: ChannelSettings, folder: RunFolder, t0: float, files: Files, web_fd: int, ticket: Ticket
) -> list[ChildSpec]:
    air_path, air_fd = folder.listen("air.sock")
    packets_path, packets_fd = folder.listen("packets.sock")
    speech_path, speech_fd = folder.listen("speech.sock")
    whep_path, whep_fd = folder.listen("whep.sock")
    key = secrets.token_bytes(32).hex()
    plain = settings.model_dump(mode="json", exclude={"destinations"})
    listening = {"listen_fd": air_fd, "packets_fd": packets_fd}
    told = {**plain, "label_adds": label_adds(settings), "t0": t0, "key": key, "as_run": str(files.as_run)}
    air = ChildSpec(
        "air",
        "livestream.channel.air",
        told | listening,
        fds=(air_fd, packets_fd),
        silence=3.0,
        standby=True,
        gated=True,
    )
    orchestrator = ChildSpec(
        "orchestrator",
        "livestream.channel.orchestrator",
        {
            "settings": plain,
            "t0": t0,
            "key": key,
            "ticket": asdict(ticket),
            "air": str(air_path),
            "speech": str(speech_path),
            "whep": str(whep_path),
            "web_fd": web_fd,
            **{name: str(path) for name, path in asdict(files).items()},
        },
        fds=(web_fd,),
        environment=_comment_keys(settings),
        silence=60.0,
        stdin=any(source.kind == "stdin" for source in settings.comments),
    )
    named = zip(_labels(settings.destinations), settings.destinations, strict=True)
    outputs = [_output(label, entry, str(packets_path), whep_fd) for label, entry in named]
    return [air, *outputs, _speech(settings, speech_fd, key), orchestrator]


def _speech(settings: ChannelSettings, listen_fd: int, key: str) -> ChildSpec:
    told = {
        "listen_fd": listen_fd,
        "key": key,
        "locale": settings.locale,
        "seed": settings.seed,
        "mode": settings.mode,
        "cache": str(cache_dir() / "speech"),
        "on_air": True,
    }
    return ChildSpec("speech", "livestream.speech.worker", told, fds=(listen_fd,), silence=60.0)


def _labels(destinations: Sequence[Destination]) -> list[str]:
    """Return a name for each, numbered where two have the same: two ingests of one host, say."""
    labels: list[str] = []
    for destination in destinations:
        names = (destination.label, *(f"{destination.label} {n}" for n in range(2, len(destinations) + 1)))
        labels.append(next(name for name in names if name not in labels))
    return labels


def _output(label: str, destination: Destination, packets: str, whep_fd: int) -> ChildSpec:
    told = {"name": label, "kind": destination.kind}
    told |= {"path": destination.to} if destination.kind == "file" else {}
    told |= {"url": destination.to} if destination.kind == "rtmp" else {}
    told |= {"key_file": str(destination.key_file)} if destination.key_file else {}
    environment: dict[str, str] = {}
    if destination.key_env:
        told["key_env"] = destination.key_env
        environment = _key_variable(destination.key_env)
    start: dict[str, Any] = {"destination": told, "packets": packets}
    fds: tuple[int, ...] = ()
    if destination.kind == "whep":
        start["whep"] = whep_fd
        fds = (whep_fd,)
    return ChildSpec(f"egress {label}", "livestream.egress.process", start, fds, environment)


def _comment_keys(settings: ChannelSettings) -> dict[str, str]:
    """Return the variables that hold the keys of comment sources and of the model."""
    model = settings.answers.model
    names = [source.key_env for source in settings.comments] + ([model.key_env] if model else [])
    return {name: value for each in names if each for name, value in _key_variable(each).items()}


def _key_variable(name: str) -> dict[str, str]:
    """Return the variable for the one child that needs it, and keep it from all others."""
    keep_secret(name)
    return {name: os.environ[name]} if name in os.environ else {}
