"""What a preview shows: every line with its time, planned or measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from livestream.catalogue import Catalogue
from livestream.channel.desk import Desk, Programming, Progress, Refusal, Speak
from livestream.lines import FactRef, Part
from livestream.locales import Locale
from livestream.media import SAMPLE_RATE
from livestream.pacing import Rate
from livestream.rundown import Playbook, Rundown
from livestream.standards import ApprovedLine


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One sentence, in seconds of programme time from the start of the show."""

    id: str
    start: float
    end: float
    caption: str
    spoken: str
    facts: tuple[FactRef, ...]


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """One part: `planned` and `measured` are its seconds with pauses; `measured` only once spoken."""

    id: str
    segment: str
    beat: str
    product: str | None
    title: str
    start: float
    words: int
    planned: float
    measured: float | None
    lines: tuple[PreviewLine, ...]

    @property
    def seconds(self) -> float:
        """How long it lasts, as well as is known."""
        return self.planned if self.measured is None else self.measured


@dataclass(frozen=True, slots=True)
class Preview:
    """A whole rundown on paper. `programming` holds the sound where it was spoken."""

    catalogue: str
    locale: str
    seed: int
    currency: str
    currency_assumed: bool
    target: float
    seconds: float
    parts: tuple[PreviewPart, ...]
    left_out: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    programming: Programming | None = field(default=None, repr=False)

    @property
    def products(self) -> int:
        """How many products are presented."""
        return len({part.product for part in self.parts if part.product})

    @property
    def words(self) -> int:
        """How many words are said."""
        return sum(part.words for part in self.parts)


def planned(
    catalogue: Catalogue, *, locale: Locale, seed: int, target: float, playbook: Playbook | None = None
) -> Preview:
    """Return the preview of a rundown that is timed by the calibrated rate and not spoken.

    `playbook` stands in for the locale's own.

    Raises:
        RundownError: no product may be presented, or not even one fits.
    """
    desk = Desk(catalogue, locale=locale, seed=seed, playbook=playbook)
    draft = desk.draft(target=target, loop=0)
    return _preview(catalogue, desk, draft.rundown, draft.approved, None)


async def spoken(
    catalogue: Catalogue,
    speak: Speak,
    *,
    locale: Locale,
    seed: int,
    target: float,
    playbook: Playbook | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Return the preview of a rundown that has been spoken and is timed by its sound.

    `playbook` stands in for the locale's own.

    Raises:
        RundownError: no product may be presented, or not even one fits.
        SpeechError: a line could not be spoken.
    """
    desk = Desk(catalogue, locale=locale, seed=seed, playbook=playbook)
    programming = await desk.prepare(speak, target=target, loop=0, progress=progress)
    return _preview(catalogue, desk, programming.rundown, programming.approved, programming)


def _preview(
    catalogue: Catalogue,
    desk: Desk,
    rundown: Rundown,
    approved: Mapping[str, ApprovedLine],
    programming: Programming | None,
) -> Preview:
    parts: list[PreviewPart] = []
    time = 0.0
    for part in rundown.parts:
        shown = _part(part, time, rundown, approved, catalogue, desk.rate if programming else None)
        parts.append(shown)
        time += shown.seconds
    return Preview(
        catalogue=catalogue.path.name,
        locale=rundown.locale,
        seed=rundown.seed,
        currency=catalogue.currency,
        currency_assumed=catalogue.currency_origin == "assumed",
        target=rundown.target_seconds,
        seconds=time,
        parts=tuple(parts),
        left_out=rundown.left_out,
        refusals=tuple(desk.refusals),
        programming=programming,
    )


def _part(
    part: Part,
    start: float,
    rundown: Rundown,
    approved: Mapping[str, ApprovedLine],
    catalogue: Catalogue,
    rate: Rate | None,
) -> PreviewPart:
    """Return a part; `rate` is by which it was planned, where its speech has been measured since."""
    lines: list[PreviewLine] = []
    time = start
    for line in part.lines:
        said = approved[line.id]
        end = time + rundown.speech[line.id]
        lines.append(PreviewLine(line.id, time, end, said.caption, said.spoken, said.facts))
        time = end + part.gap / SAMPLE_RATE
    seconds = rundown.part_seconds(part)
    pauses = seconds - sum(rundown.speech[line.id] for line in part.lines)
    return PreviewPart(
        id=part.id,
        segment=part.segment,
        beat=part.beat.value,
        product=part.product,
        title=catalogue.product(part.product).title if part.product else "",
        start=start,
        words=sum(len(line.spoken.split()) for line in lines),
        planned=pauses + sum(rate.seconds(line.spoken) for line in lines) if rate else seconds,
        measured=seconds if rate else None,
        lines=tuple(lines),
    )
