"""The line-up: what will be on air next, the ad-libs that wait for a cut point, and what is held.

Nothing in it sounds yet. The engine places an entry shortly before it is due, so that a change of
mind touches one or two sentences and never a whole queue.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from livestream.lines import FactRef
from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, ReadyLine
from livestream.playout.shown import AD_LIB
from livestream.playout.timeline import Placed

HORIZON = SAMPLE_RATE
"""How many samples before its turn an entry is placed: the bed and the lips prepare for it."""
NEAR_END = 12 * SAMPLE_RATE // 10
"""A sentence that ends this soon after an ad-lib was asked for is heard to its end."""
BREATH = 12 * SAMPLE_RATE // 100
"""The pause between what was left at a cut point and the ad-lib."""
MOST_AD_LIBS = 32
REPORTED = 32
"""Finished ad-libs that the position still tells of."""
_REMEMBERED = 1024
"""Ad-libs whose names are kept, so that they do not come again."""
_LASTING = frozenset({"card", "clear_card", "lower_third", "clear_lower_third"})


@dataclass(frozen=True, slots=True, eq=False)
class AdLib:
    """A part outside the script: entries of `seq` −1 whose instance is `id`.

    With `now` it is taken at once, else at the next cut point; with `first` before all others and at the next
    cut point of another ad-lib too: a correction.
    """

    id: str
    entries: tuple[ReadyLine, ...]
    now: bool = False
    first: bool = False


@dataclass(slots=True)
class _Taken:
    """An ad-lib that is on air or has been; `whole` until a sentence of it is lost."""

    now: bool
    whole: bool = True


class Lineup:
    """The order of what comes; one thread alone works on it.

    `said` tells of each ad-lib in the as-run log which of its lines were heard to their end.
    """

    def __init__(self, said: Mapping[str, Collection[str]]) -> None:
        self.held = False
        self.last_queued = -1
        self.finished: deque[tuple[str, bool]] = deque(maxlen=REPORTED)
        self._said = said
        self._entries: deque[tuple[ReadyLine, int]] = deque()
        self._pending: deque[tuple[AdLib, int]] = deque()
        self._taken: dict[str, _Taken] = {}
        self._known: OrderedDict[str, bool | None] = OrderedDict()
        self._withdrawn: frozenset[FactRef] = frozenset()
        self._awaited, self._until = "", 0

    def __len__(self) -> int:
        return len(self._entries) + sum(len(ad_lib.entries) for ad_lib, _ in self._pending)

    @property
    def samples(self) -> int:
        """How long everything that waits will take, without breaths."""
        waiting = sum(_length(entry) for entry, _ in self._entries)
        return waiting + sum(_length(entry) for ad_lib, _ in self._pending for entry in ad_lib.entries)

    @property
    def pending(self) -> tuple[str, ...]:
        """The ad-libs that wait for their cut point, in order."""
        return tuple(ad_lib.id for ad_lib, _ in self._pending)

    def add(self, entries: Iterable[ReadyLine], not_before: int) -> None:
        """Put script entries behind all others; a number that was queued before is ignored."""
        for entry in entries:
            if entry.seq > self.last_queued:
                self.last_queued = entry.seq
                self._entries.append((self._still_true(entry), not_before))

    def ask(self, ad_lib: AdLib, at: int) -> None:
        """Have an ad-lib wait for its turn, from sample `at`; one that was asked for before is ignored."""
        if ad_lib.id in self._known:
            if (heard := self._known[ad_lib.id]) is not None:
                self._finish(ad_lib.id, heard=heard)  # who asks again was not told
            return
        self._known[ad_lib.id] = None
        self._stop_awaiting(ad_lib.id)
        said = self._said.get(ad_lib.id, ())
        left = tuple(entry for entry in ad_lib.entries if entry.speech is None or entry.speech.line_id not in said)
        full = len(self._pending) >= MOST_AD_LIBS and not ad_lib.first
        refused = full or any(self.rests(entry) for entry in left)
        if refused or not any(entry.speech for entry in left):
            self._finish(ad_lib.id, heard=not refused)
            return
        asked = (replace(ad_lib, entries=left), at)
        if ad_lib.first:
            self._pending.appendleft(asked)
        elif ad_lib.now:
            self._pending.insert(sum(waiting.now or waiting.first for waiting, _ in self._pending), asked)
        else:
            self._pending.append(asked)

    def recall(self, ident: str) -> None:
        """Let go of an ad-lib that has not begun, or wait for it no longer."""
        self._stop_awaiting(ident)
        if ident in self.pending:
            self._pending = deque(asked for asked in self._pending if asked[0].id != ident)
            self._finish(ident, heard=False)

    def await_correction(self, ident: str, until: int) -> None:
        """Let nothing begin before the ad-lib of this name comes, or sample `until`."""
        self._awaited, self._until = ident, until

    def _corrects(self, edge: int) -> bool:
        """Whether nothing but a correction may begin: one has come, or is awaited."""
        come = bool(self._pending) and self._pending[0][0].first
        return come or (bool(self._awaited) and edge < self._until)

    def _stop_awaiting(self, ident: str) -> None:
        if ident == self._awaited:
            self._awaited = ""

    def turn(self, on_air: Placed | None, following: ReadyLine | None, edge: int) -> int | None:
        """Return the sample of the frame from `edge` at which the first ad-lib is to be taken, None for not yet.

        `following` is what is placed behind `on_air`. An ad-lib is heard to its end before another,
        unless the other is one for now; what is near its end is heard to it.
        """
        if self.held or not self._pending:
            return None
        ad_lib, asked = self._pending[0]
        if self._corrects(edge) and not ad_lib.first:
            return None
        after = following or (self._entries[0][0] if self._entries else None)
        now, next_ = (self._of(entry) for entry in (on_air.entry if on_air else None, after))
        if ad_lib.now and not any(taken and taken.now for taken in (now, next_)):
            return edge
        if next_ is not None and not ad_lib.first:
            return None
        if on_air is None:
            return edge
        within = now is not None and not ad_lib.first
        near_end = on_air.stop - asked <= NEAR_END and not ad_lib.first
        return next_point(on_air, edge, whole=within or near_end)

    def take(self, not_before: int) -> None:
        """Put the first ad-lib in front of everything, not before sample `not_before`."""
        ad_lib, _ = self._pending.popleft()
        self._taken[ad_lib.id] = _Taken(ad_lib.now)
        first = not_before if not ad_lib.now else 0
        self._entries.extendleft((entry, 0) for entry in reversed(ad_lib.entries[1:]))
        self._entries.appendleft((ad_lib.entries[0], first))

    def put_back(self, entries: Iterable[ReadyLine]) -> None:
        """Put entries that were placed and taken off again in front, in their order."""
        self._entries.extendleft((entry, 0) for entry in reversed(list(entries)))

    def pop(self, edge: int, tail: int) -> tuple[ReadyLine, int] | None:
        """Return the next entry to be placed and its earliest sample, None while nothing is due.

        What was withdrawn keeps its place until the last moment: its new wording may yet come.
        """
        if self.held or not self._entries or tail >= edge + HORIZON or self._corrects(edge):
            return None
        if tail > edge and _length(self._entries[0][0]) == 0:
            return None
        return self._entries.popleft()

    def upcoming(self) -> str:
        """Return the caption of what is said next of all that waits; empty where nothing is known."""
        asked = (entry for ad_lib, _ in self._pending for entry in ad_lib.entries)
        waiting = chain(asked, (entry for entry, _ in self._entries))
        return next((entry.speech.caption for entry in waiting if entry.speech and not self.rests(entry)), "")

    def drop(self, unwanted: Callable[[ReadyLine], bool]) -> None:
        """Drop the waiting entries that are unwanted."""
        for entry, _ in self._entries:
            if unwanted(entry):
                self.lose(entry)
        self._entries = deque(item for item in self._entries if not unwanted(item[0]))

    def clear(self) -> None:
        """Drop all that waits; script entries may be queued again."""
        numbers = [entry.seq for entry, _ in self._entries if entry.seq != AD_LIB]
        if numbers:
            self.last_queued = numbers[0] - 1
        self.drop(lambda _: True)
        for ident in self.pending:
            self.recall(ident)

    def skip(self, instance: str) -> None:
        """Empty the waiting entries of a part; what their cues leave on show stays for the parts after it."""
        self.drop(lambda entry: entry.seq == AD_LIB and entry.instance == instance)
        self._entries = deque((hollow(e) if e.instance == instance else e, at) for e, at in self._entries)

    def lose(self, entry: ReadyLine) -> None:
        """Note that a sentence will not be heard whole: the ad-lib it belongs to, if any, is not either."""
        if entry.seq == AD_LIB and entry.instance in self._taken:
            self._taken[entry.instance].whole = False

    def replace(self, entry: ReadyLine) -> None:
        """Put new wording in the place of the waiting entry of the same number, if it is still waiting."""
        entry = self._still_true(entry)
        self._entries = deque((entry, at) if old.seq == entry.seq else (old, at) for old, at in self._entries)

    def withdraw(self, facts: frozenset[FactRef]) -> list[AdLib]:
        """Empty the waiting sentences that rest on these facts, and refuse later ones until others are named.

        Returns the corrections among the ad-libs that are let go of: what they should put right is still owed.
        """
        self._withdrawn = facts
        self._entries = deque((self._still_true(entry), at) for entry, at in self._entries)
        untrue = [ad_lib for ad_lib, _ in self._pending if any(self.rests(entry) for entry in ad_lib.entries)]
        for ad_lib in untrue:
            self.recall(ad_lib.id)
        return [ad_lib for ad_lib in untrue if ad_lib.first]

    def settle(self, sounding: Collection[str]) -> None:
        """Report ad-libs as finished of which neither waits nor sounds anything any more."""
        if not self._taken:
            return
        waiting = {entry.instance for entry, _ in self._entries}
        for ident in [ident for ident in self._taken if ident not in sounding and ident not in waiting]:
            self._finish(ident, heard=self._taken.pop(ident).whole)

    def _finish(self, ident: str, *, heard: bool) -> None:
        if (ident, heard) not in self.finished:
            self.finished.append((ident, heard))
        self._known[ident] = heard
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _of(self, entry: ReadyLine | None) -> _Taken | None:
        """Return the ad-lib under way that an entry belongs to."""
        return self._taken.get(entry.instance) if entry is not None and entry.seq == AD_LIB else None

    def rests(self, entry: ReadyLine) -> bool:
        """Say whether a sentence rests on a fact that was withdrawn."""
        return entry.speech is not None and any(fact in self._withdrawn for fact in entry.speech.facts)

    def _still_true(self, entry: ReadyLine) -> ReadyLine:
        if not self.rests(entry):
            return entry
        self.lose(entry)
        return hollow(entry)


def hollow(entry: ReadyLine) -> ReadyLine:
    """Return an entry that takes no time and only leaves on show what it would have."""
    return replace(entry, speech=None, gap=0, cues=tuple(cue for cue in entry.cues if cue.kind in _LASTING))


def next_point(placed: Placed, edge: int, *, whole: bool) -> int | None:
    """Return the sample of the frame from `edge` at which a sentence may be left; `whole`: at its end only."""
    if placed.stop <= edge:
        return edge
    speech = placed.entry.speech
    inner = [] if whole or speech is None else [placed.start + point for point in speech.cut_points]
    points = (point for point in (*inner, placed.stop) if edge <= point < edge + SAMPLES_PER_FRAME)
    return next(points, None)


def _length(entry: ReadyLine) -> int:
    return (len(entry.speech.pcm) if entry.speech else 0) + entry.gap
