"""Builds the segments: which beats a product gets in the time it has, and the cues beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from livestream.catalogue.model import Fact
from livestream.lines import Cue, Line, Part, Slot
from livestream.media import SAMPLE_RATE
from livestream.rundown.grammar import grammar
from livestream.rundown.model import Segment
from livestream.rundown.telling import Said, Telling
from livestream.rundown.timing import GAP, HOLD, natural
from livestream.rundown.writer import Extra, Writer, Written

QUICK_BELOW = 12.5
"""Seconds for a product below which it gets one dense line, and little beside it."""
_QUICK_LINE = 6.5
_OPEN, _CLOSE = ("quick", "hook", "pickup"), ("sum_up", "call_to_action", "transition")
_ORDERS = (
    (*_OPEN, "benefit", "picture", "proof", "offer", "urgency", "questions", *_CLOSE),
    (*_OPEN, "picture", "benefit", "proof", "offer", "urgency", "questions", *_CLOSE),
    (*_OPEN, "benefit", "offer", "urgency", "picture", "proof", "questions", *_CLOSE),
)
"""The ways a segment may run; which one is drawn by lot, so that products do not follow one pattern."""
_WISHES = (
    ("urgency", "benefit", "picture", "benefit", "transition", "call_to_action", "proof", "sum_up", "benefit"),
    ("urgency", "benefit", "proof", "benefit", "transition", "sum_up", "picture", "call_to_action", "benefit"),
    ("urgency", "benefit", "call_to_action", "benefit", "picture", "questions", "transition", "benefit", "proof"),
    ("urgency", "benefit", "picture", "benefit", "questions", "transition", "sum_up", "benefit", "call_to_action"),
)
"""What is added to hook and offer while there is time, in this order; drawn by lot as well."""
_LAST_WISHES = ("questions", "sum_up", "picture")
"""What is added when there is still time."""
_QUICK_WISHES = ("picture", "benefit", "urgency", "call_to_action")
_ANSWERS = 3
_LEAST_PART = 1.3
"""Seconds below which nothing more is added."""
_QUICK_JINGLE = 4
"""One in so many dense segments begins with a jingle, for they are only seconds long."""


@dataclass(frozen=True)
class Slate:
    """A product segment in the making: parts by section, in the order they were added."""

    parts: tuple[tuple[str, Part], ...] = ()
    seconds: float = 0.0

    def with_part(self, section: str, part: Part, seconds: float) -> Slate:
        """Return the slate with one part more."""
        return Slate((*self.parts, (section, part)), self.seconds + seconds)


def product_segment(
    writer: Writer, telling: Telling, name: str, budget: float, following: Fact | None, *, named: bool = False
) -> Segment | None:
    """Return the segment of a product that lasts about `budget` seconds; None where nothing may be said.

    `following` is the title of the product after it, for the transition; `named` says that the line
    before has just named this product, so that it is not named again at once.
    """
    lot = writer.lot(name)
    slate = Slate()
    wishes: tuple[str, ...] = (*_WISHES[lot % len(_WISHES)], *_LAST_WISHES)
    short = budget - HOLD
    if short > _QUICK_LINE + HOLD + _LEAST_PART:
        short = _QUICK_LINE  # time for more than the one line
    if budget < QUICK_BELOW and (quick := writer.nearest("quick", f"{name}.quick", telling, short)):
        slate = _add(slate, "quick", name, [quick], writer, telling)
        wishes = _QUICK_WISHES[lot % 2 :]
    else:
        for section in ("pickup" if named else "hook", "offer"):
            if written := writer.first(section, f"{name}.{section}", telling, required=True):
                slate = _add(slate, section, name, [written], writer, telling)
    for number, section in enumerate(wishes):
        left = budget - slate.seconds
        if left < _LEAST_PART:
            break
        slate = _wish(slate, section, f"{section}{number}", name, left, writer, telling, following)
    if not slate.parts:
        return None
    order = _ORDERS[lot // 7 % len(_ORDERS)]
    return _staged(name, telling, sorted(slate.parts, key=lambda entry: order.index(entry[0])), lot)


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
    if section in {"questions", "sum_up"} and any(section == added for added, _ in slate.parts):
        return slate
    if section == "questions":
        asked = _questions(name, left, writer, telling)
        return _add(slate, section, name, asked, writer, telling, taken=True) if asked else slate
    if section == "transition" and (following is None or following.product == telling.product.handle):
        return slate
    extra = title_of("next", following, writer.locale) if section == "transition" and following else None
    again = section == "sum_up"
    written = writer.first(section, f"{name}.{key}", telling, extra=extra, again=again, within=left - HOLD + 0.8)
    return _add(slate, section, name, [written], writer, telling, key=key) if written else slate


def _questions(name: str, left: float, writer: Writer, telling: Telling) -> list[Written]:
    """An invitation and the answers viewers usually want, so that the window is never empty air."""
    invite = writer.first("questions", f"{name}.questions", telling, within=left)
    if invite is None:
        return []
    window: list[Written] = [invite]
    answered: set[str] = set()
    used = invite.total + HOLD
    for written in writer.candidates("answer", f"{name}.answer", telling, again=True):
        topics = written.facts - {telling.title.id} if telling.title else written.facts
        length = written.total + GAP * len(written.lines)
        if topics & answered or used + length > left + 1.0 or not writer.permitted(written):
            continue
        window.append(written)
        answered |= topics
        used += length
        if len(window) > _ANSWERS:
            break
    if len(window) < 3:
        return []
    for written in window:
        writer.take(written)
    return window


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


def _staged(name: str, telling: Telling, parts: Sequence[tuple[str, Part]], lot: int) -> Segment:
    """Put the cues to the parts of a product segment, and their natural pauses."""
    staged: list[Part] = []
    asked = True  # a lower third of the opening or of a recap may still be up
    for index, (section, part) in enumerate(parts):
        cues: list[Cue] = []
        if asked:
            cues.append(Cue("clear_lower_third"))
        asked = section == "questions"
        if index == 0:
            cues += [Cue("card", telling.product.handle), *_glance("card", 0.25, 2.0)]
            if section != "quick" or lot % _QUICK_JINGLE == 0:
                cues.append(Cue("jingle"))
        if section in {"offer", "quick"}:
            cues.append(Cue("gesture", "present_card", SAMPLE_RATE // 2))
        elif section == "questions":
            cues += [Cue("lower_third", "questions"), *_glance("comments", 1.0, 4.0)]
        elif section in {"benefit", "urgency"} and index % 2:
            cues.append(Cue("gesture", "count" if lot % 3 == 0 else "emphasis", SAMPLE_RATE // 2))
        staged.append(natural(replace(part, cues=tuple(cues)), last=index == len(parts) - 1))
    return Segment(name, telling.product.handle, tuple(staged))


def _glance(at: str, start: float, end: float) -> tuple[Cue, Cue]:
    """A look at something and back into the camera, in seconds after the line begins."""
    return Cue("gaze", at, round(start * SAMPLE_RATE)), Cue("gaze", "camera", round(end * SAMPLE_RATE))


def title_of(name: str, title: Fact, locale: str) -> Extra:
    """Return the variable `name` that says a product's title, with `the` where it takes one."""
    lead = grammar(locale).lead(str(title.value))
    return lambda slots: {name: Said(slots, Slot(title.id), lead=lead)}


def framed(
    writer: Writer, name: str, sections: Sequence[str], extra: Extra | None, cues: Sequence[Cue]
) -> Segment | None:
    """Return a segment that is about no product: the opening or the closing."""
    parts: list[Part] = []
    for section in sections:
        written = writer.first(section, f"{name}.{section}", extra=extra, required=True)
        if written is None:
            continue
        part = _part(name, section, section, [writer.take(written)], None)
        parts.append(natural(replace(part, cues=() if parts else tuple(cues)), last=section == sections[-1]))
    return Segment(name, None, tuple(parts)) if parts else None


def recap_segment(writer: Writer, name: str, shown: Sequence[Telling], following: Fact | None) -> Segment | None:
    """Return a recap for newcomers: who speaks, what was shown last and for how much, what is next."""
    groups: list[tuple[Line, ...]] = []
    intro = writer.first("recap", f"{name}.recap", required=True)
    if intro is None:
        return None
    groups.append(writer.take(intro))
    for index, telling in enumerate(shown):
        item = writer.first("recap_item", f"{name}.item{index}", telling, again=True)
        if item is not None:
            groups.append(writer.take(item))
    end = (
        writer.first("recap_end", f"{name}.end", extra=title_of("next", following, writer.locale))
        if following
        else None
    )
    if end is not None:
        groups.append(writer.take(end))
    cues = (Cue("clear_card"), Cue("jingle"), Cue("lower_third", "disclosure"), Cue("gaze", "camera"))
    part = replace(_part(name, "recap", "recap", groups, None), cues=cues)
    return Segment(name, None, (natural(part, last=True),))


def seconds_of(segment: Segment, writer: Writer) -> float:
    """Return how long a segment lasts with natural pauses."""
    pauses = sum(part.gap * (len(part.lines) - 1) + part.hold for part in segment.parts) / SAMPLE_RATE
    return pauses + sum(writer.speech[line.id] for part in segment.parts for line in part.lines)
