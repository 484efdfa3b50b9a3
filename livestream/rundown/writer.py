"""Chooses wordings and writes lines of them: seeded, never the same within three, new each loop."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from livestream.catalogue.model import Fact, FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Line, Slot
from livestream.pacing import DEFAULT_RATE, Rate
from livestream.rundown.model import line_key
from livestream.rundown.playbook import SECTIONS, Drafted, Playbook, Wording
from livestream.rundown.telling import Slots, Telling
from livestream.rundown.timing import spoken_text

NO_REPEAT = 3
"""A wording is not heard again before this many others of its section."""
_NEVER_TOLD = frozenset({FactKind.TITLE, FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO})
"""Name and price bear repeating; all else is told once a segment."""
_TELLING = frozenset({"verb", "sentence", "predicate", "phrase"})
"""The grammars of points that say most."""
_USUAL = frozenset({"pictured"})
"""What holds of nearly every product, so that a wording that waits for it is no more specific than others."""
Permits = Callable[[Line], bool]
Extra = Callable[[Slots], Mapping[str, object]]


@dataclass(frozen=True)
class Written:
    """Lines of one wording, not yet decided on: `seconds` of speech by line id, the facts they tell."""

    wording: Wording
    lines: tuple[Line, ...]
    seconds: Mapping[str, float]
    tells: frozenset[str]

    @property
    def facts(self) -> frozenset[str]:
        """The facts its slots name."""
        return frozenset(piece.fact for line in self.lines for piece in line.pieces if isinstance(piece, Slot))

    @property
    def total(self) -> float:
        """Seconds of speech."""
        return sum(self.seconds.values())


@dataclass
class Writer:
    """Writes the lines of one pass; a line that `permits` does not let pass is never chosen.

    `moment` is what is true of the show where the next lines stand; a wording that needs more waits.
    `always` is what is true of the whole show. `rate` is the voice's, `pace` how much longer than by that it
    has taken so far.
    """

    playbook: Playbook
    locale: str
    facts: Mapping[str, Fact]
    seed: int
    loop: int
    measured: Mapping[str, float]
    permits: Permits
    rate: Rate = DEFAULT_RATE
    pace: float = 1.0
    moment: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()
    recent: dict[str, deque[str]] = field(default_factory=dict)
    openings: deque[str] = field(default_factory=lambda: deque(maxlen=2))
    uses: dict[str, int] = field(default_factory=dict)
    speech: dict[str, float] = field(default_factory=dict)
    _estimates: dict[str, float] = field(default_factory=dict)

    def candidates(
        self,
        section: str,
        part: str,
        telling: Telling | None = None,
        *,
        extra: Extra | None = None,
        again: bool = False,
        required: bool = False,
    ) -> Iterator[Written]:
        """Yield what could be said for a section in this part, best first.

        With `again` what has been told may be told once more; where nothing else fits, `required`
        lets a wording come round before its time, the longest unheard first.
        """
        recent = self.recent.get(section, ())
        known = self.playbook.wordings(section, telling.product.handle if telling else None)
        wordings = [wording for wording in known if wording.when <= self.moment | self.always]
        fresh = [wording for wording in wordings if wording.id not in recent]
        stale = sorted((w for w in wordings if w.id in recent), key=lambda w: list(recent).index(w.id))
        found = False
        for wording in sorted(fresh, key=lambda wording: self._rank(wording, part, telling)):
            if written := self._write(wording, part, telling, extra, again=again):
                found = True
                yield written
        for wording in stale if required and not found else ():
            if written := self._write(wording, part, telling, extra, again=again):
                yield written

    def first(
        self,
        section: str,
        part: str,
        telling: Telling | None = None,
        *,
        extra: Extra | None = None,
        again: bool = False,
        required: bool = False,
        within: float = float("inf"),
    ) -> Written | None:
        """Return the best that lasts no longer than `within` seconds, or None."""
        options = self.candidates(section, part, telling, extra=extra, again=again, required=required)
        return next((written for written in options if written.total <= within and self.permitted(written)), None)

    def nearest(self, section: str, part: str, telling: Telling, seconds: float) -> Written | None:
        """Return one that comes close to a length: the best of those within a tenth, else the closest."""
        options = list(self.candidates(section, part, telling, required=True))
        matter = min(2, max((len(written.tells) for written in options), default=0))
        rich = [written for written in options if len(written.tells) >= matter]
        close = [written for written in rich if 0.9 * seconds <= written.total <= 1.08 * seconds]
        others = sorted(options, key=lambda written: (len(written.tells) < matter, abs(written.total - seconds) // 1.5))
        return next((written for written in (*close, *others) if self.permitted(written)), None)

    def permitted(self, written: Written) -> bool:
        """Whether each of the lines may be said."""
        return all(self.permits(line) for line in written.lines)

    def take(self, written: Written, telling: Telling | None = None) -> tuple[Line, ...]:
        """Decide on lines: their wording rests, their facts are told."""
        section = written.wording.section
        self.recent.setdefault(section, deque(maxlen=NO_REPEAT)).append(written.wording.id)
        self.openings.append(_opening_words(written.wording))
        self.uses[written.wording.id] = self.uses.get(written.wording.id, 0) + 1
        self.speech.update(written.seconds)
        if telling is not None:
            telling.told |= written.tells
        return written.lines

    def lot(self, name: str) -> int:
        """Return a number drawn for a segment of this pass."""
        return _chance(self.seed, self.loop, name)

    def _rank(self, wording: Wording, part: str, telling: Telling | None) -> tuple[bool, bool, int, int]:
        """Sort key: of this loop's half, unlike the lines before, least used, then by chance, the specific favoured."""
        product = telling.product.handle if telling else ""
        number = int(wording.id.rpartition(".")[2])
        turn = telling.turn if telling else self.loop
        half = (number + turn) % 2 != _chance(self.seed, product, wording.section) % 2
        chance = _chance(self.seed, self.loop, part, wording.id) % 1000
        told = bool(_TELLING & set(wording.points)) or isinstance(wording, Drafted)
        specific = bool(wording.about or wording.kinds or wording.when - _USUAL or told)
        used = self.uses.get(wording.id, 0)
        return (half, _opening_words(wording) in self.openings, used, chance // (4 if specific else 1))

    def _write(
        self, wording: Wording, part: str, telling: Telling | None, extra: Extra | None, *, again: bool
    ) -> Written | None:
        lines: list[Line] = []
        seconds: dict[str, float] = {}
        for index in range(len(wording.sentences)):
            slots = Slots()
            text = _text(wording, index, slots, telling, extra, again=again)
            if text is None:
                return None
            line = Line(
                id=f"{self.loop}.{part}.{wording.id}.{index}",
                locale=self.locale,
                beat=SECTIONS[wording.section],
                pieces=slots.pieces(text),
                product=telling.product.handle if telling else None,
                origin=wording.origin if isinstance(wording, Drafted) else "",
            )
            length = self._seconds(line)
            if length is None:
                return None
            lines.append(line)
            seconds[line.id] = length
        said = {piece.fact for line in lines for piece in line.pieces if isinstance(piece, Slot)}
        tells = frozenset(fact for fact in said if self.facts[fact].kind not in _NEVER_TOLD)
        return Written(wording, tuple(lines), seconds, tells)

    def _seconds(self, line: Line) -> float | None:
        """The measured or estimated length of a line; None where a slot's form does not fit its fact."""
        key = line_key(line)
        if key in self.measured:
            return self.measured[key]
        if key not in self._estimates:
            try:
                self._estimates[key] = self.pace * self.rate.seconds(spoken_text(line, self.facts))
            except ClaimRefused:
                return None
        return self._estimates[key]


def _text(
    wording: Wording, index: int, slots: Slots, telling: Telling | None, extra: Extra | None, *, again: bool
) -> str | None:
    """Return one sentence of a wording with marks for its slots; None where something it needs is not there."""
    if isinstance(wording, Drafted):
        return telling.fill(wording, slots, again=again) if telling else None
    values = telling.bind(wording, slots, again=again) if telling else {}
    if values is None:
        return None
    values |= extra(slots) if extra else {}
    return wording.templates[index].render(values) if wording.needs <= values.keys() else None


def _chance(*salt: object) -> int:
    return int.from_bytes(hashlib.blake2b(repr(salt).encode(), digest_size=6).digest(), "big")


def _opening_words(wording: Wording) -> str:
    return wording.sentences[0].replace("{{", "").split(maxsplit=1)[0].strip(",").casefold()
