"""Which file a running channel's database is: two channels of one name never share one."""

from __future__ import annotations

import fcntl
import os
import re
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from livestream.datafiles import state_dir
from livestream.errors import StoreError

MOST_OF_ONE_NAME = 9


@dataclass(frozen=True, slots=True)
class Claim:
    """A channel's database file, kept from other channels until this is closed or the process ends."""

    path: Path
    _lock: int

    def close(self) -> None:
        """Let others have the file."""
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()


def claim(slug: str) -> Claim:
    """Claim `<state>/channels/<slug>.sqlite`, or the same with `-2`, `-3` … while another channel has it.

    Raises:
        MachineError: there is no folder to keep state in.
        StoreError: nine channels of this name run already.
    """
    folder = state_dir() / "channels"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", slug).strip("-.")[:80] or "channel"
    for number in range(1, MOST_OF_ONE_NAME + 1):
        path = folder / (f"{name}.sqlite" if number == 1 else f"{name}-{number}.sqlite")
        lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return Claim(path, lock)
    raise StoreError(
        f"{MOST_OF_ONE_NAME} channels of this name are on air already",
        where=name,
        remedy="Give this one a name of its own.",
    )
