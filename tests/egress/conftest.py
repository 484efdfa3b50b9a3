import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def listener() -> Iterator[tuple[socket.socket, Path]]:
    """A listening Unix socket as the supervisor makes it, in a folder short enough for its address."""
    with tempfile.TemporaryDirectory(prefix="ls") as folder, socket.socket(socket.AF_UNIX) as sock:
        path = Path(folder) / "packets.sock"
        sock.bind(str(path))
        sock.listen(16)
        yield sock, path
