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
PATIENCE = 1.0
"""Seconds for the rest of an ad-lib once its opening is spoken; then the opening goes on air by itself."""
THOUGHT = SAMPLE_RATE * 3 // 2
"""Silence behind an opening that goes ahead: the presenter thinks."""
SEGMENT = "ad-lib"
Early = Callable[[str, "Voiced"], None]
"""Takes an opening that goes on air before its answer, by its name."""
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
    ad_lib: AdLib,
    standards: Standards,
    sealer: Sealer,
    speak: Speak,
    *,
    card: bool,
    by: str = "",
    early: Early | None = None,
) -> Voiced:
    """Return the ad-lib approved and spoken; `card` says that its product's card may be shown.

    `by` is the moderator who answers for it, if one does: the as-run log names them.
    The answer's own lines must all pass; an opening or a way back that does not is left out.
    Where the answer takes long to be spoken, `early` is given its opening, under a name of its own, and
    what is returned is the rest.

    Raises:
        ClaimRefused: standards refused a line of the answer.
        SpeechError: no engine could speak it.
    """
    origin = f"moderator {by}" if by else ""
    answer = [standards.approve(replace(line, origin=origin or line.origin)) for line in ad_lib.lines]
    opening, re_entry = (_passable(lines, standards) for lines in (ad_lib.opening, ad_lib.re_entry))
    strip = _strip(ad_lib, standards)
    cues = [Cue("gaze", "comments")]
    if strip is not None:
        cues.append(Cue("lower_third", strip.lower_third.id))
    graphics = (sealer.seal_lower_third(strip),) if strip is not None else ()

    def built(lines: Sequence[ApprovedLine], spoken: Sequence[wire.Message], ident: str, gap: int) -> Voiced:
        entries = [
            ReadyLine(-1, ident, 0, SEGMENT, ident, line.beat, line.product or ad_lib.product, None, GAP)
            for line in lines
        ]
        entries[0] = replace(entries[0], cues=tuple(cues))
        entries[-1] = replace(entries[-1], gap=gap)
        facts = tuple(dict.fromkeys(ref for line in lines for ref in line.facts))
        captions = " ".join(line.caption for line in answer)
        return Voiced(tuple(zip(entries, spoken, strict=True)), graphics, captions, facts)

    def acknowledge(spoken: Sequence[wire.Message]) -> None:
        if early is not None:
            ident = f"{ad_lib.id}.opening"
            early(ident, built(opening, spoken, ident, THOUGHT))

    lines = [*opening, *answer, *re_entry]
    spoken, ahead = await _spoken(lines, speak, len(opening) if early else 0, acknowledge)
    if card and ad_lib.product is not None:
        cues.append(Cue("card", ad_lib.product))
    voice = built(lines[ahead:], spoken[ahead:], ad_lib.id, LAST_GAP)
    return _looking_back(voice, len(re_entry)) if re_entry else voice


def _looking_back(voice: Voiced, lines: int) -> Voiced:
    """Return an ad-lib at whose last so many lines the presenter looks into the camera again."""
    entries = list(voice.entries)
    ready, speech = entries[-lines]
    entries[-lines] = replace(ready, cues=(*ready.cues, Cue("gaze", "camera"))), speech
    return replace(voice, entries=tuple(entries))


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


async def _spoken(
    lines: Sequence[ApprovedLine], speak: Speak, opening: int, acknowledge: Callable[[list[wire.Message]], None]
) -> tuple[list[wire.Message], int]:
    """Return the speech of the lines, and how many of them were acknowledged: the opening, if the rest takes long."""
    ahead = 0
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_one(speak, line)) for line in lines]
            if opening:
                await asyncio.wait(tasks[:opening])
                _, missing = await asyncio.wait(tasks, timeout=PATIENCE)
                if missing and not any(task.exception() for task in tasks[:opening]):
                    ahead = opening
                    acknowledge([task.result() for task in tasks[:opening]])
    except* LivestreamError as errors:
        raise first_of(errors) from None
    return [task.result() for task in tasks], ahead


async def _one(speak: Speak, line: ApprovedLine) -> wire.Message:
    return await speak(line)


def first_of(error: BaseException) -> LivestreamError:
    """Return the first of our own errors in a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, LivestreamError)  # noqa: S101 - `except*` let nothing else through
    return error
