"""The channel's state as JSON for all consoles together: its snapshot, and the lists that change seldom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import TypeAdapter

from livestream.clock import Clock
from livestream.console.backend import LiveBackend, ProductRow, RundownItem, Snapshot, TicketRow
from livestream.console.encoding import as_json

_SNAPSHOT: TypeAdapter[Snapshot] = TypeAdapter(Snapshot)


class State:
    """What `refresh` last found. `lists` holds the newest number and message of each list, by kind."""

    def __init__(self, backend: LiveBackend, clock: Clock, *, seconds: float) -> None:
        """Ask the channel again after so many seconds, no sooner."""
        self._backend, self._clock, self._seconds = backend, clock, seconds
        self._due = float("-inf")
        self._sources: dict[str, tuple[TypeAdapter[Any], Callable[[], Sequence[Any]]]] = {
            "rundown": (TypeAdapter(Sequence[RundownItem]), backend.rundown),
            "products": (TypeAdapter(Sequence[ProductRow]), backend.products),
            "tickets": (TypeAdapter(Sequence[TicketRow]), backend.tickets),
        }
        self.snapshot = ""
        self.lists: dict[str, tuple[int, str]] = {}

    def refresh(self) -> None:
        """Ask the channel, if it is due; a list only where its number in the snapshot has changed."""
        now = self._clock.monotonic()
        if now < self._due:
            return
        self._due = now + self._seconds
        snapshot = self._backend.snapshot()
        self.snapshot = f'{{"type":"snapshot","snapshot":{as_json(_SNAPSHOT, snapshot)}}}'
        for kind, (adapter, items) in self._sources.items():
            number: int = getattr(snapshot, kind)
            if self.lists.get(kind, (-1, ""))[0] != number:
                self.lists[kind] = number, f'{{"type":"{kind}","items":{as_json(adapter, items())}}}'
