"""The timeline: which sentence lies where in programme time, and what that makes of frame n.

Entries are placed end to end as they arrive. What is on air at a frame is a pure function of what
has been placed, so that it can be asked for any frame and after any restart.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from livestream.lines import Cue
from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, Card, LowerThird, Pcm, ReadyLine, WordTime
from livestream.programme.state import ProgrammeState

FADE = 30 * SAMPLE_RATE // 1000
"""Length of the fade at a cut, in samples."""
BRIDGE = 600 * SAMPLE_RATE // 1000
"""A pause up to this long between sentences still counts as talking."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An entry of the queue at its place: from sample `start`, its sound ending at `stop`, its gap at `end`.

    `cut` says that `stop` came before the end of the sound.
    """

    entry: ReadyLine
    start: int
    stop: int
    end: int
    cut: bool = False

    def heard(self) -> str:
        """Return the caption words that were really heard."""
        speech = self.entry.speech
        if speech is None:
            return ""
        return " ".join(word.text for word in self.heard_words()) if self.cut else speech.caption

    def heard_words(self) -> list[WordTime]:
        """Return the words that were heard to their end."""
        speech = self.entry.speech
        return [word for word in speech.words if self.start + word.end <= self.stop] if speech else []


class Timeline:
    """Placed entries in order, and the cards and lower thirds their cues name."""

    def __init__(self) -> None:
        self._placed: deque[Placed] = deque()
        self._cards: dict[str, Card] = {}
        self._lower_thirds: dict[str, LowerThird] = {}
        self._card: Card | None = None
        self._lower_third: LowerThird | None = None
        self._tail = 0

    def define(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Make a card or a lower third known to the cues that name it."""
        if card is not None:
            self._cards[card.product] = card
        if lower_third is not None:
            self._lower_thirds[lower_third.id] = lower_third

    def title(self, product: str | None) -> str:
        """Return the name on a product's card, empty where no card is known."""
        card = self._cards.get(product or "")
        return card.title if card else ""

    def append(self, entry: ReadyLine, *, earliest: int) -> Placed:
        """Place an entry after the last one, but not before sample `earliest`."""
        start = max(self._tail, earliest)
        stop = start + (len(entry.speech.pcm) if entry.speech else 0)
        placed = Placed(entry, start, stop, stop + entry.gap)
        self._placed.append(placed)
        self._tail = placed.end
        return placed

    def cut(self, at: int) -> list[ReadyLine]:
        """Cut what sounds at sample `at` with a fade, and take everything later off the timeline.

        Returns the entries taken off, the one cut first where most of it was unheard; the caller
        may append them again.
        """
        off: list[ReadyLine] = []
        while self._placed and self._placed[-1].start >= at:
            off.append(self._placed.pop().entry)
        if self._placed and self._placed[-1].end > at:
            last = self._placed.pop()
            if last.stop > at:
                last = replace(last, stop=min(last.stop, at + FADE), end=at + FADE, cut=True)
                off.append(last.entry)
            else:
                last = replace(last, end=at)
            self._placed.append(last)
        self._tail = self._placed[-1].end if self._placed else at
        off.reverse()
        return off

    @property
    def tail(self) -> int:
        """The sample at which the last entry ends."""
        return self._tail

    def queued(self) -> Iterator[Placed]:
        """Yield what is placed and not yet pruned, in order."""
        yield from self._placed

    def state(self, n: int) -> ProgrammeState:
        """Return what is on air in frame n."""
        first, last = n * SAMPLES_PER_FRAME, (n + 1) * SAMPLES_PER_FRAME
        stem = np.zeros(SAMPLES_PER_FRAME, np.int16)
        cues: list[Cue] = []
        speech, speech_start, talking = None, 0, False
        card, lower_third = self._card, self._lower_third
        for placed in self._placed:
            if placed.start >= last + BRIDGE:
                break
            for at, cue in self._cues(placed):
                if at < last:
                    card, lower_third = self._shown(cue, card, lower_third)
                    if at >= first:
                        cues.append(cue)
            sound = placed.entry.speech
            if sound is not None and placed.start < last and placed.stop > first:
                _lay(placed, sound.pcm, stem, first)
                speech, speech_start = sound, placed.start
            talking |= sound is not None and placed.start < last + BRIDGE and placed.stop > first - BRIDGE
        return ProgrammeState(n, speech, speech_start, stem, card, lower_third, tuple(cues), talking)

    def covered(self, n: int) -> bool:
        """Say whether anything, a sentence or its gap, lies in frame n."""
        first, last = n * SAMPLES_PER_FRAME, (n + 1) * SAMPLES_PER_FRAME
        return any(placed.start < last and placed.end > first for placed in self._placed)

    def with_lower_third(self, state: ProgrammeState, name: str) -> ProgrammeState:
        """Return a state that shows the lower third of this name, where it is known."""
        known = self._lower_thirds.get(name)
        return replace(state, lower_third=known) if known else state

    def prune(self, before: int) -> list[Placed]:
        """Forget and return the entries that ended at or before sample `before`."""
        done: list[Placed] = []
        while self._placed and self._placed[0].end <= before:
            placed = self._placed.popleft()
            for _, cue in self._cues(placed):
                self._card, self._lower_third = self._shown(cue, self._card, self._lower_third)
            done.append(placed)
        return done

    def _cues(self, placed: Placed) -> Iterator[tuple[int, Cue]]:
        for cue in placed.entry.cues:
            at = placed.start + cue.offset
            if not placed.cut or at < placed.stop:
                yield at, cue

    def _shown(
        self, cue: Cue, card: Card | None, lower_third: LowerThird | None
    ) -> tuple[Card | None, LowerThird | None]:
        """Return card and lower third after a cue; a name nobody defined shows nothing."""
        match cue.kind:
            case "card":
                return self._cards.get(cue.value), lower_third
            case "clear_card":
                return None, lower_third
            case "lower_third":
                return card, self._lower_thirds.get(cue.value)
            case "clear_lower_third":
                return card, None
        return card, lower_third


def _lay(placed: Placed, pcm: Pcm, stem: Pcm, first: int) -> None:
    """Write into one frame's stem what sounds there of a placed entry, fading out before a cut."""
    begin, end = max(first, placed.start), min(first + SAMPLES_PER_FRAME, placed.stop)
    piece = pcm[begin - placed.start : end - placed.start]
    if placed.cut and end > placed.stop - FADE:
        left = placed.stop - np.arange(begin, end)
        piece = (piece * np.clip(left / FADE, 0.0, 1.0)).astype(np.int16)
    stem[begin - first : end - first] = piece
