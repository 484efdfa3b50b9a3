"""A real ingest server on loopback: nginx with its RTMP module, recording all it gets.

It can be killed, stopped (SIGSTOP) and started again on the same port, as ingest servers do.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from livestream.errors import MachineError

MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
_START_SECONDS = 5.0
_CONFIGURATION = """
load_module {module};
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log info;
events {{ worker_connections 64; }}
rtmp {{
  server {{
    listen 127.0.0.1:{port}; chunk_size 4096; ping 30s;
    application {app} {{
      live on; record all; record_path {recordings}; record_unique on; record_suffix -%s.flv;
      {on_publish}
    }}
  }}
}}
"""


class RtmpServer:
    """An nginx of one's own: `with RtmpServer(folder) as server: ... server.url`.

    Args:
        folder: an empty folder for configuration, log and recordings.
        on_publish: an http URL that nginx asks for leave at each publication; a 403 refuses it.
    """

    app = "live"

    def __init__(self, folder: Path, *, on_publish: str = "") -> None:
        self.folder = folder
        self.port = free_port()
        self._recordings = folder / "recordings"
        self._on_publish = f"on_publish {on_publish};" if on_publish else ""
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where to publish."""
        return f"rtmp://127.0.0.1:{self.port}/{self.app}"

    @property
    def log(self) -> str:
        """Nginx's own log."""
        return (self.folder / "error.log").read_text("utf-8", "replace")

    @property
    def recordings(self) -> list[Path]:
        """What it recorded, oldest first."""
        return sorted(self._recordings.glob("*.flv"), key=lambda path: path.stat().st_ctime_ns)

    def start(self) -> float:
        """Start, or start again, on the same port; return the monotonic time from which it listens.

        Raises:
            MachineError: nginx or its RTMP module is missing, or does not start.
        """
        nginx = shutil.which("nginx")
        if nginx is None or not MODULE.is_file():
            raise MachineError(
                "nginx with its RTMP module is not installed", remedy="apt-get install nginx-core libnginx-mod-rtmp"
            )
        self._recordings.mkdir(parents=True, exist_ok=True)
        self._recordings.chmod(0o777)  # nginx may run its worker as another user
        configuration = self.folder / "nginx.conf"
        configuration.write_text(
            _CONFIGURATION.format(
                module=MODULE,
                folder=self.folder,
                port=self.port,
                app=self.app,
                recordings=self._recordings,
                on_publish=self._on_publish,
            )
        )
        self._process = subprocess.Popen(
            [nginx, "-e", str(self.folder / "error.log"), "-p", str(self.folder), "-c", str(configuration)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _START_SECONDS
        pause = threading.Event()
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return time.monotonic()
            pause.wait(0.01)
        self.kill()
        raise MachineError("nginx did not start", where=str(self.folder / "error.log"), remedy="Read its log.")

    def kill(self) -> None:
        """Kill it as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it properly: recordings are complete."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_START_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def freeze(self) -> None:
        """Make it stall: connections stay open and nothing is read."""
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a stalled server go on."""
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGCONT)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.thaw()
        self.stop()


def free_port() -> int:
    """Return a TCP port of loopback that is free now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
