"""Seconds: how long a line will take, and the pauses that make a rundown last as long as asked.

Sound is never stretched. What is left after choosing parts and wordings is given to the pauses,
each within the bounds of natural speech.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from livestream.catalogue.model import Fact
from livestream.lines import Line, Part
from livestream.media import SAMPLE_RATE
from livestream.standards.draft import fill

SHORTEST_GAP, LONGEST_GAP = 0.15, 1.2
"""Bounds of a pause in seconds."""
GAP, HOLD, SEGMENT_HOLD = 0.3, 0.4, 0.55
"""Natural pauses in seconds: between lines, after a part, after a segment."""


def spoken_text(line: Line, facts: Mapping[str, Fact]) -> str:
    """Return what will be said for a line, before standards has judged it.

    Raises:
        ClaimRefused: a slot's form does not fit its fact.
    """
    return fill(line.pieces, facts, where=line.id, locale=line.locale).spoken


@dataclass(frozen=True, slots=True)
class Span:
    """The least, natural and greatest seconds that parts can last."""

    least: float
    natural: float
    most: float

    def holds(self, seconds: float) -> bool:
        """Whether pauses alone can bring the parts to this length."""
        return self.least <= seconds <= self.most


def natural(part: Part, *, last: bool) -> Part:
    """Return the part with its natural pauses; `last` marks the last part of a segment."""
    hold = SEGMENT_HOLD if last else HOLD
    return replace(part, gap=round(GAP * SAMPLE_RATE), hold=round(hold * SAMPLE_RATE))


def span(parts: Sequence[Part], speech: Mapping[str, float]) -> Span:
    """Return how short and how long these parts can be."""
    lines = [line for part in parts for line in part.lines]
    spoken = sum(speech[line.id] for line in lines)
    pauses = sum(part.gap * (len(part.lines) - 1) + part.hold for part in parts) / SAMPLE_RATE
    return Span(spoken + SHORTEST_GAP * len(lines), spoken + pauses, spoken + LONGEST_GAP * len(lines))


def fit(parts: Sequence[Part], speech: Mapping[str, float], seconds: float) -> tuple[Part, ...]:
    """Return the parts with their pauses scaled together until all last `seconds`.

    Where the bounds of a pause forbid that, the nearest length is returned.
    """
    wanted = seconds - sum(speech[line.id] for part in parts for line in part.lines)
    low, high = 0.0, LONGEST_GAP / SHORTEST_GAP * 4
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _pauses(parts, middle) < wanted else (low, middle)
    scaled = [_scaled(part, high) for part in parts]
    if scaled:
        rest = round(wanted * SAMPLE_RATE) - sum(part.gap * (len(part.lines) - 1) + part.hold for part in scaled)
        scaled[-1] = replace(scaled[-1], hold=_bounded(scaled[-1].hold + rest))
    return tuple(scaled)


def _pauses(parts: Sequence[Part], factor: float) -> float:
    return (
        sum(part.gap * (len(part.lines) - 1) + part.hold for part in (_scaled(p, factor) for p in parts)) / SAMPLE_RATE
    )


def _scaled(part: Part, factor: float) -> Part:
    return replace(part, gap=_bounded(part.gap * factor), hold=_bounded(part.hold * factor))


def _bounded(samples: float) -> int:
    return round(min(max(samples, SHORTEST_GAP * SAMPLE_RATE), LONGEST_GAP * SAMPLE_RATE))
