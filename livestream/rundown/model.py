"""The rundown: segments of parts of lines, with the seconds each line is planned to take."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from livestream.lines import Line, Part, Slot
from livestream.media import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Segment:
    """A chapter of the rundown: one product, the opening, a recap or the closing."""

    id: str
    product: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Rundown:
    """Everything planned for one pass of the show, in order.

    `speech` gives the planned seconds of each line by line id, pauses not counted. `left_out`
    holds the handles for which there was no time or nothing that may be said.
    """

    locale: str
    seed: int
    loop: int
    segments: tuple[Segment, ...]
    target_seconds: float
    speech: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    left_out: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in order."""
        return tuple(part for segment in self.segments for part in segment.parts)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def products(self) -> tuple[str, ...]:
        """The handles presented, each once, in the order of their first segment."""
        return tuple(dict.fromkeys(segment.product for segment in self.segments if segment.product))

    @property
    def seconds(self) -> float:
        """The planned length, pauses included."""
        return sum(self.part_seconds(part) for part in self.parts)

    def part_seconds(self, part: Part) -> float:
        """The planned length of one part, its pauses included."""
        pauses = part.gap * (len(part.lines) - 1) + part.hold
        return sum(self.speech.get(line.id, 0.0) for line in part.lines) + pauses / SAMPLE_RATE


def line_key(line: Line) -> str:
    """Return what a line's measured length is filed under: the same words, wherever they are said."""
    pieces = [[piece.fact, piece.form] if isinstance(piece, Slot) else piece for piece in line.pieces]
    return hashlib.sha256(json.dumps([line.locale, pieces]).encode()).hexdigest()[:20]
