import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from livestream import wire
from livestream.testing.rtmp_server import RtmpServer


@pytest.fixture
def listener() -> Iterator[tuple[socket.socket, Path]]:
    """A listening Unix socket as the supervisor makes it, in a folder short enough for its address."""
    with tempfile.TemporaryDirectory(prefix="ls") as folder, socket.socket(socket.AF_UNIX) as sock:
        path = Path(folder) / "packets.sock"
        sock.bind(str(path))
        sock.listen(16)
        yield sock, path


class Egress:
    """An egress process under a supervisor of the tests."""

    def __init__(self, destination: dict[str, str], packets: Path, **environ: str) -> None:
        ours, theirs = socket.socketpair()
        self.control = ours
        self.statuses: list[tuple[float, dict]] = []
        self.ready = threading.Event()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "livestream.egress.process", "--control-fd", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environ},
            )
        body = {"destination": {"name": "test", **destination}, "packets": str(packets)}
        ours.sendall(wire.encode(wire.Message("start", body)))
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while (message := wire.receive(self.control)) is not None:
                if message.kind == "ready":
                    self.ready.set()
                else:
                    self.statuses.append((time.monotonic(), message.body))

    @property
    def status(self) -> dict:
        return self.statuses[-1][1] if self.statuses else {}

    def wait_for(self, condition: Callable[[dict], object], seconds: float = 10.0) -> dict:
        """Return the first status that satisfies the condition, and is not older than this call."""
        deadline = time.monotonic() + seconds
        seen = len(self.statuses)
        pause = threading.Event()
        while time.monotonic() < deadline:
            for _, status in self.statuses[seen:]:
                if condition(status):
                    return status
            pause.wait(0.01)
        pytest.fail(f"it did not happen in {seconds} s; last: {json.dumps(self.status)}; log: {self.log()}")

    def log(self) -> str:
        """End the process and return all it printed."""
        self.process.kill()
        assert self.process.stdout is not None
        return self.process.stdout.read().decode()

    def terminate(self) -> int:
        self.process.terminate()
        return self.process.wait(10)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.control.shutdown(socket.SHUT_RDWR)
        self._reading.join()
        self.control.close()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def egress(listener: tuple[socket.socket, Path]) -> Iterator[Callable[..., Egress]]:
    """Start egress processes: `egress({"kind": "file", "path": ...}, KEY="secret")`."""
    started: list[Egress] = []

    def start(destination: dict[str, str], **environ: str) -> Egress:
        started.append(Egress(destination, listener[1], **environ))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def rtmp_server(tmp_path: Path) -> Iterator[RtmpServer]:
    """A real nginx that records what it gets; use with `needs("nginx-rtmp")`."""
    with RtmpServer(tmp_path / "nginx") as server:
        yield server
