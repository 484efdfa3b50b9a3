"""How an ad-lib gets its voice: every line through standards, spoken ahead of the script, handed to air."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from livestream import wire
from livestream.answers.plan import AdLib
from livestream.errors import ClaimRefused, LivestreamError
from livestream.lines import Cue, FactRef, Line
from livestream.media import SAMPLE_RATE, ReadyLine
from livestream.standards import ApprovedLine, ApprovedLowerThird, Sealer, Standards

GAP = SAMPLE_RATE // 5
"""Silence between the lines of an ad-lib."""
LAST_GAP = SAMPLE_RATE * 7 // 20
"""Silence behind it."""
SEGMENT = "ad-lib"
Speak = Callable[[ApprovedLine], Awaitable[wire.Message]]
"""Has an approved line spoken before all others and returns the sealed speech."""


class StageLike(Protocol):
    """The air as answers see it."""

    def on_air(self) -> tuple[str | None, bool]:
        """Return the product that is being shown, and whether this is a window for questions."""
        ...

    def interject(self, ad_lib: str, voice: Voiced, *, now: bool) -> None:
        """Have an ad-lib taken at the next cut point, or at once."""
        ...

    def recall(self, ad_lib: str) -> None:
        """Let go of an ad-lib that has not begun."""
        ...

    def has_card(self, product: str) -> bool:
        """Whether air knows a card of this product."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Voiced:
    """An ad-lib ready for air: its lines with their sealed speech, and the strip they cue.

    `captions` is what will be heard of the answer itself, without opening and way back; `facts` are the
    versions that all of it rests on.
    """

    entries: tuple[tuple[ReadyLine, wire.Message], ...]
    graphics: tuple[wire.Message, ...]
    captions: str
    facts: tuple[FactRef, ...] = ()


async def voiced(
    ad_lib: AdLib, standards: Standards, sealer: Sealer, speak: Speak, *, card: bool, by: str = ""
) -> Voiced:
    """Return the ad-lib approved and spoken; `card` says that its product's card may be shown.

    `by` is the moderator who answers for it, if one does: the as-run log names them.
    The answer's own lines must all pass; an opening or a way back that does not is left out.

    Raises:
        ClaimRefused: standards refused a line of the answer.
        SpeechError: no engine could speak it.
    """
    origin = f"moderator {by}" if by else ""
    answer = [standards.approve(replace(line, origin=origin or line.origin)) for line in ad_lib.lines]
    opening, re_entry = (_passable(lines, standards) for lines in (ad_lib.opening, ad_lib.re_entry))
    lines = [*opening, *answer, *re_entry]
    strip = _strip(ad_lib, standards)
    cues = [Cue("gaze", "comments")]
    if strip is not None:
        cues.append(Cue("lower_third", strip.lower_third.id))
    if card and ad_lib.product is not None:
        cues.append(Cue("card", ad_lib.product))
    spoken = await _spoken(lines, speak)
    entries = [
        ReadyLine(-1, ad_lib.id, 0, SEGMENT, ad_lib.id, line.beat, line.product or ad_lib.product, None, GAP)
        for line in lines
    ]
    entries[0] = replace(entries[0], cues=tuple(cues))
    if re_entry:
        back = len(entries) - len(re_entry)
        entries[back] = replace(entries[back], cues=(*entries[back].cues, Cue("gaze", "camera")))
    entries[-1] = replace(entries[-1], gap=LAST_GAP)
    return Voiced(
        tuple(zip(entries, spoken, strict=True)),
        (sealer.seal_lower_third(strip),) if strip is not None else (),
        " ".join(line.caption for line in answer),
        tuple(dict.fromkeys(ref for line in lines for ref in line.facts)),
    )


def _passable(lines: Sequence[Line], standards: Standards) -> list[ApprovedLine]:
    try:
        return [standards.approve(line) for line in lines]
    except ClaimRefused:
        return []


def _strip(ad_lib: AdLib, standards: Standards) -> ApprovedLowerThird | None:
    """Return the question as the screen shows it: its words where they may be shown, else that one was asked."""
    heading, text = ad_lib.question
    name = f"question {ad_lib.id}"
    for shown in (text, ()):
        try:
            return standards.approve_lower_third(name, heading, shown) if heading else None
        except ClaimRefused:
            continue
    return None


async def _spoken(lines: Sequence[ApprovedLine], speak: Speak) -> list[wire.Message]:
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_one(speak, line)) for line in lines]
    except* LivestreamError as errors:
        raise first_of(errors) from None
    return [task.result() for task in tasks]


async def _one(speak: Speak, line: ApprovedLine) -> wire.Message:
    return await speak(line)


def first_of(error: BaseException) -> LivestreamError:
    """Return the first of our own errors in a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, LivestreamError)  # noqa: S101 - `except*` let nothing else through
    return error
