"""Answers that are the shop's own text on a topic, quoted whole."""

from __future__ import annotations

from collections.abc import Iterable

from livestream.answers.deciding import Decision
from livestream.answers.reading import Reader, Reading
from livestream.answers.saying import Speaker
from livestream.audience.comment import Intent
from livestream.catalogue.model import Fact

SECTIONS = ("shipping", "returns")
"""Topics that have words of ours where the shop has no text."""
ONLY_QUOTED = ("warranty", "payment", "support")
"""Topics that are spoken of only as the shop's own text: without one there is nothing to say."""
_INTENTS = {
    "shipping": Intent.SHIPPING,
    "returns": Intent.RETURNS,
    "warranty": Intent.RETURNS,
    "payment": Intent.OFF_TOPIC,
    "support": Intent.OFF_TOPIC,
}
"""The intents by which moderators handle the topics."""


class Quoter:
    """Finds the text that is asked for."""

    def __init__(self, policies: Iterable[Fact], reader: Reader, speaker: Speaker) -> None:
        self._policies = {fact.id.split(".")[1]: fact for fact in policies if fact.id.startswith("policy.")}
        self._reader, self._speaker = reader, speaker

    def asked(self, reading: Reading) -> Decision | None:
        """Return the text on a topic whose very name is a risk, unless something else in the words is one."""
        for topic in ONLY_QUOTED:
            known = topic in reading.shapes and topic in self._policies
            if known and not reading.aspects and not self._reader.beside(topic, reading).risks:
                return self.about(topic)
        return None

    def about(self, topic: str) -> Decision | None:
        """Return what is said on a topic: the shop's text, else where it stands, else nothing."""
        fact, intent = self._policies.get(topic), _INTENTS[topic]
        if fact and (spoken := self._speaker.say("policy", extra={"policy": fact})):
            return Decision("point", intent, spoken, topic, reason=f"the merchant's policy: {fact.id}")
        spoken = self._speaker.say(topic) if topic in SECTIONS else None
        return Decision("point", intent, spoken, topic, reason="no policy is among the facts") if spoken else None
