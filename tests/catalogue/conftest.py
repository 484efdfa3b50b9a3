from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livestream.catalogue import Catalogue, read_catalogue

Read = Callable[..., Catalogue]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read it as a catalogue."""

    def write_and_read(content: str | bytes, name: str = "list.csv", **options: str) -> Catalogue:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_catalogue(path, **options)  # type: ignore[arg-type]

    return write_and_read
