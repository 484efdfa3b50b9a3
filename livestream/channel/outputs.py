"""Whether a file can be written, asked before the work that would be lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from livestream.errors import MachineError, UsageError


def check_output(path: Path) -> None:
    """Try to write into the folder of `path`; a file that is there stays as it is.

    Raises:
        UsageError: the path is a folder, or its folder does not exist.
        MachineError: the folder cannot be written to.
    """
    if path.is_dir():
        raise UsageError("this is a folder", where=str(path), remedy="Name a file in it.")
    if not path.parent.is_dir():
        raise UsageError(
            "the folder does not exist", where=str(path.parent), remedy="Create it, or write to another one."
        )
    try:
        with tempfile.TemporaryFile(dir=path.parent) as probe:
            probe.write(b"\0")
    except OSError as error:
        raise MachineError(
            f"nothing can be written into this folder: {error.strerror}",
            where=str(path.parent),
            remedy="Choose a folder that you may write to, on a disk with room.",
        ) from error
