"""Openings that go to air before their answers: each is let go of with the answer it belongs to."""

from __future__ import annotations

from collections.abc import Callable

from livestream.channel.live.case import Case
from livestream.channel.live.truth import Truth
from livestream.channel.live.voice import StageLike, Voiced


class Openings:
    """The openings that air has been given by themselves and that have not begun.

    `speaking` is the case whose answer is being spoken, None once somebody takes it back: it is not opened
    any more then.
    """

    def __init__(self, truth: Truth) -> None:
        self._truth = truth
        self._given: dict[str, Case] = {}
        self.speaking: Case | None = None

    def put(self, stage: StageLike, case: Case, opening: str, voice: Voiced) -> None:
        """Have the opening of a case said ahead of its answer, unless there will be no such answer."""
        if self.speaking is not case or self._truth.outdated((*case.plan.rests, *voice.facts)):
            return
        case.opened = True
        self._given[opening] = case
        stage.interject(opening, voice, now=case.now)

    def begun(self, opening: str) -> None:
        """Take note that air has begun with an opening, or let go of it: it is past recall."""
        self._given.pop(opening, None)

    def recall(self, stage: StageLike, unwanted: Callable[[Case], bool]) -> None:
        """Let go of the openings that have not begun and whose answers are unwanted."""
        for opening in [opening for opening, case in self._given.items() if unwanted(case)]:
            del self._given[opening]
            stage.recall(opening)
