"""Where the data a merchant edits lies: `voices/`, `scripts/` and `assets/`; and where our own files do.

A merchant's own folders are searched first, then the data shipped with the product, which is
`livestream/_data` in a wheel and the checkout's top level otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from livestream.errors import MachineError, UsageError

ROOTS_VARIABLE = "LIVESTREAM_DATA"
"""Environment variable with extra roots, separated as in PATH."""


def roots() -> Iterator[Path]:
    """Yield the folders that hold `voices/`, `scripts/` and `assets/`, first hit wins."""
    for entry in os.environ.get(ROOTS_VARIABLE, "").split(os.pathsep):
        if entry:
            yield Path(entry)
    package = Path(str(files("livestream")))
    packaged = package / "_data"
    yield packaged if packaged.is_dir() else package.parent


def find(*parts: str) -> Path:
    """Return the first existing file or folder at this relative path.

    Raises:
        UsageError: no root holds it.
    """
    for root in roots():
        candidate = root.joinpath(*parts)
        if candidate.exists():
            return candidate
    others = ", ".join(Path(name).stem for name in names("/".join(parts[:-1])))
    raise UsageError(
        f"there is no {'/'.join(parts)}",
        remedy=f"There are: {others}." if others else f"Set {ROOTS_VARIABLE} to a folder that has it, or reinstall.",
    )


def names(kind: str) -> list[str]:
    """Return the sorted names of everything below `kind/` (say `voices`) over all roots."""
    found = {entry.name for root in roots() if (root / kind).is_dir() for entry in (root / kind).iterdir()}
    return sorted(name for name in found if not name.startswith((".", "_")))


def cache_dir() -> Path:
    """Return the folder for what can be made again, by the XDG rules; it is created.

    Raises:
        MachineError: it cannot be created or written to.
    """
    return _own_folder("cache", "XDG_CACHE_HOME", ".cache", 0o777)


def state_dir() -> Path:
    """Return the folder for what must outlive a run (databases, running channels), by the XDG rules.

    It is created, closed to other users of the machine.

    Raises:
        MachineError: it cannot be created or written to.
    """
    return _own_folder("state", "XDG_STATE_HOME", ".local/state", 0o700)


def _own_folder(kind: str, variable: str, default: str, mode: int) -> Path:
    remedy = f"Set {variable} to a folder that you may write to."
    try:
        path = Path(os.environ.get(variable) or Path.home() / default) / "livestream"
        path.mkdir(parents=True, exist_ok=True, mode=mode)
    except (OSError, RuntimeError) as error:  # RuntimeError: this user has no home
        raise MachineError(f"the {kind} folder cannot be made: {error}", where=kind, remedy=remedy) from error
    if not os.access(path, os.W_OK):
        raise MachineError(f"the {kind} folder cannot be written to", where=str(path), remedy=remedy)
    return path
