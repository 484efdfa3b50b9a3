"""The timeline: which sentence lies where in programme time, and what that makes of frame n.

Entries are placed end to end as they arrive. What is on air at a frame is a pure function of what
has been placed, so that it can be asked for any frame and after any restart.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from livestream.lines import Cue
from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, Card, LowerThird, Pcm, ReadyLine, WordTime
from livestream.playout.shown import Shown
from livestream.programme.state import ProgrammeState

FADE = 30 * SAMPLE_RATE // 1000
"""Length of the fade at a cut, in samples."""
BRIDGE = 600 * SAMPLE_RATE // 1000
"""A pause up to this long between sentences still counts as talking."""
MOST_STRIPS = 256
"""Lower thirds that are remembered: each question shown is a new one."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An entry of the queue at its place: from sample `start`, its sound ending at `stop`, its gap at `end`.

    `cut` says that `stop` came before the end of the sound, `again` that less than half of it was
    heard, so that it is said again whole.
    """

    entry: ReadyLine
    start: int
    stop: int
    end: int
    cut: bool = False
    again: bool = False

    def heard(self) -> str:
        """Return the caption words that were really heard."""
        speech = self.entry.speech
        if speech is None:
            return ""
        if not self.cut:
            return speech.caption
        words = [word.text for word in self.heard_words()]
        together = "".join(words)  # a language that parts no words
        return together if speech.caption.startswith(together) else " ".join(words)

    def heard_words(self) -> list[WordTime]:
        """Return the words that were heard to their end."""
        speech = self.entry.speech
        return [word for word in speech.words if self.start + word.end <= self.stop] if speech else []


class Timeline:
    """Placed entries in order, and the cards and lower thirds their cues name."""

    def __init__(self) -> None:
        self._placed: deque[Placed] = deque()
        self._cards: dict[str, Card] = {}
        self._hidden: set[str] = set()
        self._lower_thirds: OrderedDict[str, LowerThird] = OrderedDict()
        self._shown = Shown()
        self._tail = 0

    def define(self, card: Card | None = None, lower_third: LowerThird | None = None) -> None:
        """Make a card or a lower third known to the cues that name it; one of this name on show is replaced."""
        if card is not None:
            self._cards[card.product] = card
            self._hidden.discard(card.product)
        if lower_third is not None:
            self._lower_thirds[lower_third.id] = lower_third
            self._lower_thirds.move_to_end(lower_third.id)
            if len(self._lower_thirds) > MOST_STRIPS:
                self._lower_thirds.popitem(last=False)

    def hide(self, product: str) -> None:
        """Show a product's card no more, whatever cues name it, until it is defined anew."""
        self._hidden.add(product)

    def lower_third(self, name: str) -> LowerThird | None:
        """Return the lower third of this name, None where nobody defined it."""
        return self._lower_thirds.get(name)

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

    def cut(self, at: int, *, resume: bool = True) -> tuple[Placed | None, list[ReadyLine]]:
        """Leave at sample `at`, with a fade, what sounds there, and take everything later off the timeline.

        Returns the sentence that was cut, if any, and the entries taken off in order. They begin with
        the cut one where less than half of it was heard and `resume` is true; the caller may append
        them again. A sentence whose last samples lie within the fade is heard to its end.
        """
        off: list[ReadyLine] = []
        while self._placed and self._placed[-1].start >= at:
            off.append(self._placed.pop().entry)
        cut: Placed | None = None
        if self._placed and self._placed[-1].end > at:
            last = self._placed.pop()
            if last.stop > at + FADE:
                again = resume and 2 * (at - last.start) < last.stop - last.start
                last = cut = replace(last, stop=at + FADE, end=at + FADE, cut=True, again=again)
                off += [last.entry] * again
            else:
                last = replace(last, end=max(at, last.stop))
            self._placed.append(last)
        self._tail = self._placed[-1].end if self._placed else at
        off.reverse()
        return cut, off

    def at(self, sample: int) -> Placed | None:
        """Return what lies at a sample, a sentence or its gap."""
        return next((placed for placed in self._placed if placed.start <= sample < placed.end), None)

    def after(self, sample: int) -> ReadyLine | None:
        """Return the first entry that begins after a sample."""
        return next((placed.entry for placed in self._placed if placed.start > sample), None)

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
        shown = self._shown.copy()
        for placed in self._placed:
            if placed.start >= last + BRIDGE:
                break
            if placed.start < last:
                shown.begin(placed.entry, placed.end)
            for at, cue in self._cues(placed):
                if at < last:
                    shown.follow(cue)
                    if at >= first:
                        cues.append(cue)
            sound = placed.entry.speech
            if sound is not None and placed.start < last and placed.stop > first:
                _lay(placed, sound.pcm, stem, first)
                speech, speech_start = sound, placed.start
            talking |= sound is not None and placed.start < last + BRIDGE and placed.stop > first - BRIDGE
        name, lower_third = shown.card(first), self._lower_thirds.get(shown.lower_third(first))
        card = self._cards.get(name) if name not in self._hidden else None
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
            self._shown.begin(placed.entry, placed.end)
            for _, cue in self._cues(placed):
                self._shown.follow(cue)
            done.append(placed)
        return done

    def _cues(self, placed: Placed) -> Iterator[tuple[int, Cue]]:
        for cue in placed.entry.cues:
            at = placed.start + cue.offset
            if not placed.cut or at < placed.stop:
                yield at, cue


def _lay(placed: Placed, pcm: Pcm, stem: Pcm, first: int) -> None:
    """Write into one frame's stem what sounds there of a placed entry, fading out before a cut."""
    begin, end = max(first, placed.start), min(first + SAMPLES_PER_FRAME, placed.stop)
    piece = pcm[begin - placed.start : end - placed.start]
    if placed.cut and end > placed.stop - FADE:
        left = placed.stop - np.arange(begin, end)
        piece = (piece * np.clip(left / FADE, 0.0, 1.0)).astype(np.int16)
    stem[begin - first : end - first] = piece
