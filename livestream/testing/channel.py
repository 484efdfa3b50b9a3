"""A channel on air, seen from outside: the command as a user starts it, its processes, its end."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class ProcessUse:
    """What one process has used: CPU seconds so far, resident bytes now."""

    pid: int
    module: str
    cpu_seconds: float
    rss: int


class OnAir:
    """`livestream run …` in a process group of its own; `with OnAir(...) as channel`."""

    def __init__(self, *arguments: str | Path, cwd: Path | None = None, **environ: str) -> None:
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "livestream.cli.main", "run", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd,
            env={**os.environ, **environ},
            start_new_session=True,
        )
        self.output: list[str] = []
        self.errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._read, args=(stream, lines), daemon=True)
            for stream, lines in ((self._process.stdout, self.output), (self._process.stderr, self.errors))
        ]
        for reader in self._readers:
            reader.start()

    @property
    def pid(self) -> int:
        """The supervisor's process id."""
        return self._process.pid

    @property
    def link(self) -> str:
        """The link to the live picture, once it is printed."""
        found = re.search(r"http://\S+", "".join(self.output))
        return found[0] if found else ""

    def processes(self) -> list[ProcessUse]:
        """Return the supervisor and its children as they are now."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_bytes().decode().split("\0")
            except (OSError, UnicodeDecodeError):
                continue
            if int(entry.name) == self.pid or int(fields[1]) == self.pid:
                module = next((part for part in command if part.startswith("livestream.")), "")
                cpu = (int(fields[11]) + int(fields[12])) / _TICKS
                found.append(ProcessUse(int(entry.name), module, cpu, int(fields[21]) * _PAGE))
        return sorted(found, key=lambda use: use.pid)

    def pids(self, module: str) -> list[int]:
        """Return the ids of the children that run a module, oldest first."""
        return [use.pid for use in self.processes() if use.module == module]

    def kill(self, module: str) -> int:
        """Kill -9 the oldest child that runs a module, once there is one; return its id."""
        pid: int = self.wait_for(lambda: self.pids(module))[0]
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_for(self, condition: Callable[[], Any], seconds: float = 20.0) -> Any:  # noqa: ANN401 - the condition's
        """Return the condition's value as soon as it is true.

        Raises:
            AssertionError: it was not within `seconds`, or the channel ended.
        """
        deadline = time.monotonic() + seconds
        pause = threading.Event()
        while time.monotonic() < deadline:
            if value := condition():
                return value
            if self._process.poll() is not None:
                raise AssertionError(f"the channel ended with {self._process.returncode}: {''.join(self.errors)}")
            pause.wait(0.02)
        raise AssertionError(f"it did not happen in {seconds} s: {''.join(self.errors)}")

    def end(self, seconds: float = 20.0) -> int:
        """Press Ctrl-C and wait for the end; return the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        return self.wait(seconds)

    def wait(self, seconds: float) -> int:
        """Wait for the end; return the exit code."""
        code = self._process.wait(seconds)
        for reader in self._readers:
            reader.join(5)
        return code

    def summary(self) -> dict[str, Any]:
        """Return the closing summary of a channel run with `--json`."""
        body: dict[str, Any] = json.loads(self.output[-1])
        return body

    def _read(self, stream: Any, lines: list[str]) -> None:  # noqa: ANN401 - a text stream
        lines.extend(iter(stream.readline, ""))  # each line is seen as soon as it is there

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for reader in self._readers:
            reader.join(5)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
