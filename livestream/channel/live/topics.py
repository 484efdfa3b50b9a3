"""What was answered a moment ago, and is not said again so soon."""

from __future__ import annotations

from collections import OrderedDict

from livestream.clock import Clock

SECONDS = 300.0
"""How long a topic counts as answered."""
_MOST = 1_000


class Topics:
    """The topics of the last five minutes, with the product each is about."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answered: OrderedDict[str, tuple[float, str | None]] = OrderedDict()

    def note(self, topic: str, product: str | None) -> None:
        """Note that a topic was answered; an empty one is none."""
        if not topic:
            return
        self._answered[topic] = (self._clock.monotonic(), product)
        self._answered.move_to_end(topic)
        while len(self._answered) > _MOST:
            self._answered.popitem(last=False)

    def fresh(self, topic: str) -> bool:
        """Whether a topic was answered in the last five minutes."""
        at, _ = self._answered.get(topic, (float("-inf"), None))
        return bool(topic) and self._clock.monotonic() - at < SECONDS

    def forget(self, product: str) -> None:
        """Let all that was said of a product be said again."""
        self._answered = OrderedDict((topic, told) for topic, told in self._answered.items() if told[1] != product)
