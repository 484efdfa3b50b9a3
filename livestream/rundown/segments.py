"""Builds the segments: which beats a product gets in the time it has, and the cues beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from livestream.catalogue.model import Fact
from livestream.lines import Cue, Line, Part, Slot
from livestream.media import SAMPLE_RATE
from livestream.rundown.english import takes_the
from livestream.rundown.model import Segment
from livestream.rundown.telling import Said, Telling
from livestream.rundown.timing import GAP, HOLD, natural
from livestream.rundown.writer import Extra, Writer, Written

QUICK_BELOW = 9.0
"""Seconds for a product below which it gets one dense line instead of beats."""
_ORDER = ("hook", "benefit", "proof", "offer", "urgency", "call_to_action", "questions", "transition")
_WISHES = (
    *("urgency", "benefit", "call_to_action", "benefit", "proof", "transition", "questions", "benefit"),
    *("proof", "benefit", "benefit", "benefit"),
)
"""What is added to hook and offer while there is time, in this order."""
_ANSWERS = 3


@dataclass(frozen=True)
class Slate:
    """A product segment in the making: parts by section, in the order they were added."""

    parts: tuple[tuple[str, Part], ...] = ()
    seconds: float = 0.0

    def with_part(self, section: str, part: Part, seconds: float) -> Slate:
        """Return the slate with one part more."""
        return Slate((*self.parts, (section, part)), self.seconds + seconds)


def product_segment(
    writer: Writer, telling: Telling, name: str, budget: float, following: Fact | None
) -> Segment | None:
    """Return the segment of a product that lasts about `budget` seconds; None where nothing may be said.

    `following` is the title of the product after it, for the transition.
    """
    if budget < QUICK_BELOW:
        quick = writer.nearest("quick", f"{name}.quick", telling, budget - HOLD)
        if quick is not None:
            part = _part(name, "quick", "quick", [writer.take(quick, telling)], telling)
            return _staged(name, telling, [("quick", part)])
    slate = Slate()
    for section in ("hook", "offer"):
        written = writer.first(section, f"{name}.{section}", telling)
        if written is not None:
            slate = _add(slate, section, name, [written], writer, telling)
    for number, section in enumerate(_WISHES):
        left = budget - slate.seconds
        if left < 2.0:
            break
        slate = _wish(slate, section, f"{section}{number}", name, left, writer, telling, following)
    if not slate.parts:
        return None
    return _staged(name, telling, sorted(slate.parts, key=lambda entry: _ORDER.index(entry[0])))


def _wish(
    slate: Slate,
    section: str,
    key: str,
    name: str,
    left: float,
    writer: Writer,
    telling: Telling,
    following: Fact | None,
) -> Slate:
    if section == "questions":
        asked = _questions(name, left, writer, telling)
        return _add(slate, section, name, asked, writer, telling, taken=True) if asked else slate
    if section == "transition" and (following is None or following.product == telling.product.handle):
        return slate
    extra = title_of("next", following) if section == "transition" and following else None
    written = writer.first(section, f"{name}.{key}", telling, extra=extra, within=left - HOLD + 0.8)
    return _add(slate, section, name, [written], writer, telling, key=key) if written else slate


def _questions(name: str, left: float, writer: Writer, telling: Telling) -> list[Written]:
    """An invitation and the answers viewers usually want, so that the window is never empty air."""
    invite = writer.first("questions", f"{name}.questions", telling, within=left)
    if invite is None:
        return []
    written = [invite]
    used = invite.total + HOLD
    writer.take(invite)
    for index in range(_ANSWERS):
        answer = writer.first("answer", f"{name}.answer{index}", telling, again=True, within=left - used)
        if answer is None:
            break
        writer.take(answer)
        written.append(answer)
        used += answer.total + GAP * len(answer.lines)
    return written if len(written) > 1 else []


def _add(
    slate: Slate,
    section: str,
    name: str,
    written: Sequence[Written],
    writer: Writer,
    telling: Telling,
    *,
    key: str = "",
    taken: bool = False,
) -> Slate:
    lines = [entry.lines if taken else writer.take(entry, telling) for entry in written]
    part = _part(name, section, key or section, lines, telling)
    seconds = sum(entry.total for entry in written) + GAP * (len(part.lines) - 1) + HOLD
    return slate.with_part(section, part, seconds)


def _part(name: str, section: str, key: str, lines: Sequence[tuple[Line, ...]], telling: Telling | None) -> Part:
    said = tuple(line for group in lines for line in group)
    return Part(f"{name}.{key}", name, said[0].beat, said, telling.product.handle if telling else None)


def _staged(name: str, telling: Telling, parts: Sequence[tuple[str, Part]]) -> Segment:
    """Put the cues to the parts of a product segment, and their natural pauses."""
    staged: list[Part] = []
    asked = False
    for index, (section, part) in enumerate(parts):
        cues: list[Cue] = []
        if asked:
            cues.append(Cue("clear_lower_third"))
        asked = section == "questions"
        if index == 0:
            cues += [
                Cue("card", telling.product.handle),
                Cue("gaze", "card", SAMPLE_RATE // 4),
                Cue("gaze", "camera", 2 * SAMPLE_RATE),
            ]
        if section in {"offer", "quick"}:
            cues.append(Cue("gesture", "present_card", SAMPLE_RATE // 2))
        elif section == "questions":
            cues += [
                Cue("lower_third", "questions"),
                Cue("gaze", "comments", SAMPLE_RATE),
                Cue("gaze", "camera", 4 * SAMPLE_RATE),
            ]
        elif section in {"benefit", "urgency"} and index % 2:
            cues.append(Cue("gesture", "emphasis", SAMPLE_RATE // 2))
        staged.append(natural(replace(part, cues=tuple(cues)), last=index == len(parts) - 1))
    return Segment(name, telling.product.handle, tuple(staged))


def _glance(at: str, start: float, end: float) -> tuple[Cue, Cue]:
    """A look at something and back into the camera, in seconds after the line begins."""
    return Cue("gaze", at, round(start * SAMPLE_RATE)), Cue("gaze", "camera", round(end * SAMPLE_RATE))


def title_of(name: str, title: Fact) -> Extra:
    """Return the variable `name` that says a product's title, with `the` where it takes one."""
    lead = "the " if takes_the(str(title.value)) else ""
    return lambda slots: {name: Said(slots, Slot(title.id), lead=lead)}


def framed(
    writer: Writer, name: str, sections: Sequence[str], extra: Extra | None, cues: Sequence[Cue]
) -> Segment | None:
    """Return a segment that is about no product: the opening or the closing."""
    parts: list[Part] = []
    for section in sections:
        written = writer.first(section, f"{name}.{section}", extra=extra)
        if written is None:
            continue
        part = _part(name, section, section, [writer.take(written)], None)
        parts.append(natural(replace(part, cues=() if parts else tuple(cues)), last=section == sections[-1]))
    return Segment(name, None, tuple(parts)) if parts else None


def recap_segment(writer: Writer, name: str, shown: Sequence[Telling], following: Fact | None) -> Segment | None:
    """Return a recap for newcomers: who speaks, what was shown last and for how much, what is next."""
    groups: list[tuple[Line, ...]] = []
    intro = writer.first("recap", f"{name}.recap")
    if intro is None:
        return None
    groups.append(writer.take(intro))
    for index, telling in enumerate(shown):
        item = writer.first("recap_item", f"{name}.item{index}", telling, again=True)
        if item is not None:
            groups.append(writer.take(item))
    end = writer.first("recap_end", f"{name}.end", extra=title_of("next", following)) if following else None
    if end is not None:
        groups.append(writer.take(end))
    cues = (Cue("clear_card"), Cue("jingle"), Cue("lower_third", "disclosure"), Cue("gaze", "camera"))
    part = replace(_part(name, "recap", "recap", groups, None), cues=cues)
    return Segment(name, None, (natural(part, last=True),))


def seconds_of(segment: Segment, writer: Writer) -> float:
    """Return how long a segment lasts with natural pauses."""
    pauses = sum(part.gap * (len(part.lines) - 1) + part.hold for part in segment.parts) / SAMPLE_RATE
    return pauses + sum(writer.speech[line.id] for part in segment.parts for line in part.lines)
