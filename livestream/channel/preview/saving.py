"""Writes files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from livestream.errors import MachineError


def save(path: Path, content: str | bytes) -> None:
    """Write a file so that it is either there complete or untouched.

    Raises:
        MachineError: the folder is missing or may not be written, or the disk is full.
    """
    data = content.encode() if isinstance(content, str) else content
    part = ""
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), 0o644)
        Path(part).replace(path)
    except OSError as error:
        if part:
            with contextlib.suppress(OSError):
                Path(part).unlink()
        raise MachineError(
            f"the file cannot be written: {error.strerror or error}",
            where=str(path),
            remedy="Choose a folder that exists and that you may write to, with --output or --audio.",
        ) from error
