"""How much a viewer may write, and how much is considered at all."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field


class Bucket:
    """A token bucket: `rate` a second flow in, at most `size` are kept; what flows over is returned."""

    def __init__(self, rate: float, size: float, now: float) -> None:
        self._rate = rate
        self._size = size
        self.level = size
        self._at = now

    def fill(self, now: float) -> float:
        """Let flow in what is due; return what found no room."""
        due = self.level + max(0.0, now - self._at) * self._rate
        self._at = max(self._at, now)
        self.level = min(due, self._size)
        return due - self.level

    def take(self) -> bool:
        """Take one token if there is one."""
        if self.level < 1.0:
            return False
        self.level -= 1.0
        return True


class Admission:
    """Lets at most `rate` comments a second through, buyers first.

    Chatter lives on what overflows a full bucket of the buyers', so it takes nothing that a buyer
    could still use; and buyers may use up what chatter has left over. Hence once a buyer's question
    was shed, no chatter passes until the buyers' bucket has been full again.
    """

    def __init__(self, rate: float, now: float) -> None:
        self._buyers = Bucket(rate, rate / 2, now)
        self._spare = rate / 10
        self._chatter = self._spare

    def admit(self, buyer: bool, now: float) -> bool:
        """Say whether a comment is considered."""
        self._chatter = min(self._chatter + self._buyers.fill(now), self._spare)
        if buyer and self._buyers.take():
            return True
        if self._chatter < 1.0:
            return False
        self._chatter -= 1.0
        return True


@dataclass(slots=True)
class Viewer:
    """What is remembered of one viewer; `earlier` are the last comments: monotonic time, id, folded text."""

    bucket: Bucket
    last: float = float("-inf")
    earlier: deque[tuple[float, str, str]] = field(default_factory=lambda: deque(maxlen=3))


class Viewers:
    """The viewers heard of last, at most `size`; who was silent longest is forgotten first."""

    def __init__(self, *, rate: float, burst: float, size: int = 20_000) -> None:
        self._rate = rate
        self._burst = burst
        self._size = size
        self._known: OrderedDict[tuple[str, str], Viewer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, source: str, user: str, now: float) -> Viewer:
        """Return a viewer, known or new."""
        key = (source, user)
        viewer = self._known.get(key)
        if viewer is None:
            viewer = self._known[key] = Viewer(Bucket(self._rate, self._burst, now))
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        else:
            self._known.move_to_end(key)
        return viewer
