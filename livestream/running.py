"""The channels that run on this machine: a 0600 file each, by which commands find them without arguments."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from livestream.datafiles import state_dir
from livestream.errors import MachineError, UsageError

_MAX_FILE = 65_536


@dataclass(frozen=True, slots=True)
class Running:
    """A channel on air: its process, its web port on loopback, its store, the token of each pushed source."""

    name: str
    pid: int
    port: int
    store: str
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def origin(self) -> str:
        """Where its web port answers."""
        return f"127.0.0.1:{self.port}"


def write_running(channel: Running) -> Path:
    """Write a channel's file, whole or not at all, readable by its owner alone; return its path.

    Raises:
        MachineError: it cannot be written.
    """
    path = _path(channel.name)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({**asdict(channel), "tokens": dict(channel.tokens)}, file)
        part.replace(path)
    except OSError as error:
        raise MachineError(
            f"the running channel's file cannot be written: {error.strerror}", where=str(path)
        ) from error
    return path


def remove_running(name: str) -> None:
    """Remove a channel's file, where there is one."""
    with suppress(OSError):
        _path(name).unlink()


def running() -> list[Running]:
    """Return the channels whose process lives, by name; what is no such file is passed over."""
    folder = state_dir() / "running"
    found = [_read(path) for path in sorted(folder.glob("*.json"))] if folder.is_dir() else []
    return [channel for channel in found if channel and _lives(channel.pid)]


def find_running(name: str | None = None) -> Running:
    """Return the one running channel, or the one of this name.

    Raises:
        UsageError: none runs, none has this name, or several do and none is named.
    """
    channels = running()
    named = [channel for channel in channels if name is None or channel.name == name]
    if len(named) == 1:
        return named[0]
    names = ", ".join(channel.name for channel in channels)
    if not channels:
        raise UsageError("no channel is running on this machine", remedy="Start one: livestream run channel.toml")
    if not named:
        raise UsageError(f"no running channel is named {name}", remedy=f"There are: {names}.")
    raise UsageError("several channels are running", remedy=f"Name one: {names}.")


def _path(name: str) -> Path:
    safe = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name).lstrip(".")
    return state_dir() / "running" / f"{safe[:80] or 'channel'}.json"


def _read(path: Path) -> Running | None:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            told = json.loads(file.read(_MAX_FILE))
        tokens = {str(source): str(token) for source, token in dict(told["tokens"]).items()}
        return Running(str(told["name"]), int(told["pid"]), int(told["port"]), str(told["store"]), tokens)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return pid > 0
