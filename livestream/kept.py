"""What takes long to make and never changes, kept in the cache: drawn scenes, synthesised beds, vectors."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livestream.datafiles import cache_dir

Arrays = Sequence[NDArray[Any]]


def kept(kind: str, name: str, made_of: bytes, make: Callable[[], Arrays]) -> Arrays:
    """Return the arrays that `make` makes; they are made again if `made_of` changes or the file is damaged."""
    path = cache_dir() / kind / f"{name}-{hashlib.sha256(made_of).hexdigest()[:16]}.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return [arrays[f"arr_{index}"] for index in range(len(arrays.files))]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        made = make()
    with contextlib.suppress(OSError):  # on a full disk it is made anew each time
        _keep(path, made)
    return made


def _keep(path: Path, made: Arrays) -> None:
    """Write the file in one step, so that no reader ever meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as target:
            np.savez(target, *made)
        Path(part).replace(path)
    finally:
        Path(part).unlink(missing_ok=True)
