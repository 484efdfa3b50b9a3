"""The desk: writes a rundown, has every line approved and spoken, and fits it by what was measured."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

from livestream.catalogue import Catalogue
from livestream.catalogue.pictures import Pictures
from livestream.datafiles import cache_dir
from livestream.errors import ClaimRefused, LivestreamError, SpeechError
from livestream.lines import Cue, Line
from livestream.locales import Locale
from livestream.media import ReadyLine, Speech
from livestream.rundown import Playbook, Rundown, fits, line_key, load_playbook, plan, retimed
from livestream.speech.voice import rate_of
from livestream.standards import ApprovedCard, ApprovedLine, ApprovedLowerThird, Standards

Speak = Callable[[ApprovedLine], Awaitable[Speech]]
Progress = Callable[[float], None]
AT_ONCE = 4
"""Lines that are with the speech worker at the same time."""
_MOST_FITS = 5
"""How often a plan is made anew because its speech turned out longer or shorter than planned."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line or a product that standards kept off the air, and by which rule."""

    what: str
    rule: str
    message: str
    product: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A rundown whose every line may be said, not yet spoken."""

    rundown: Rundown
    approved: Mapping[str, ApprovedLine]


@dataclass(frozen=True, slots=True)
class Programming:
    """A rundown ready for air: each line approved and spoken, its cards and lower thirds approved.

    `approved` and `speeches` are by line id, `cards` by handle, `lower_thirds` by id.
    """

    rundown: Rundown
    approved: Mapping[str, ApprovedLine]
    speeches: Mapping[str, Speech]
    cards: Mapping[str, ApprovedCard]
    lower_thirds: Mapping[str, ApprovedLowerThird]

    @property
    def seconds(self) -> float:
        """The measured length, pauses included."""
        return self.rundown.seconds

    @property
    def left_out(self) -> tuple[str, ...]:
        """Handles of the products that are not in this pass."""
        return self.rundown.left_out

    def ready_lines(self, first_seq: int) -> Iterator[ReadyLine]:
        """Yield the air's queue in order, numbered from `first_seq`; a part's cues go with its first line."""
        seq = first_seq
        for part in self.rundown.parts:
            for index, line in enumerate(part.lines):
                last = index == len(part.lines) - 1
                yield ReadyLine(
                    seq=seq,
                    instance=f"{self.rundown.loop}.{part.id}",
                    loop=self.rundown.loop,
                    segment=part.segment,
                    part=part.id,
                    beat=line.beat,
                    product=part.product,
                    speech=self.speeches[line.id],
                    gap=part.hold if last else part.gap,
                    cues=self._cues(part.cues) if index == 0 else (),
                )
                seq += 1

    def _cues(self, cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
        """The cues whose card or lower third was approved."""
        known: dict[str, Mapping[str, object]] = {"card": self.cards, "lower_third": self.lower_thirds}
        return tuple(cue for cue in cues if cue.kind not in known or cue.value in known[cue.kind])


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """What a pass is written from: facts of one moment, the door that goes by them, and what it keeps out.

    `refused` are the keys of lines whose refusal has been told.
    """

    catalogue: Catalogue
    standards: Standards
    without: frozenset[str]
    refused: set[str]


class Desk:
    """The desk of one channel: plans pass after pass, and remembers what was measured and refused.

    With `quote_prices` False no price is spoken or shown; with `chat` viewers are asked to write.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        locale: Locale,
        seed: int,
        quote_prices: bool = True,
        chat: bool = False,
        playbook: Playbook | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        self._locale = locale
        self._seed = seed
        self._quote_prices = quote_prices
        self._chat = chat
        self._playbook = playbook or load_playbook(locale.tag)
        self._pictures = pictures or Pictures(cache_dir() / "pictures")
        self.rate = rate_of(locale.tag)
        self._measured: dict[str, float] = {}
        self._spoken_seconds = self._estimated_seconds = 0.0
        self._unspeakable: set[str] = set()
        self.refusals: list[Refusal] = []
        self._basis = self._judged(catalogue)

    def update(self, catalogue: Catalogue) -> None:
        """Write from these facts from now on; a pass that is being prepared rests on the old ones to its end."""
        self._basis = self._judged(catalogue)

    def draft(self, *, target: float, loop: int) -> Draft:
        """Return a rundown of `target` seconds whose every line is approved.

        Raises:
            RundownError: no product may be presented, or not even one fits.
        """
        return self._draft(self._basis, target, loop)

    def _draft(self, basis: _Basis, target: float, loop: int) -> Draft:
        approved: dict[tuple[str, str], ApprovedLine] = {}

        def permits(line: Line) -> bool:
            key = line_key(line)
            if key in self._unspeakable:
                return False
            try:
                approved[line.id, key] = basis.standards.approve(line)
            except ClaimRefused as error:
                if key not in basis.refused:
                    basis.refused.add(key)
                    self.refusals.append(Refusal(line.id, error.rule, error.message, line.product))
                return False
            return True

        rundown = plan(
            basis.catalogue,
            self._playbook,
            locale=self._locale,
            target=target,
            seed=self._seed,
            loop=loop,
            measured=self._measured,
            permits=permits,
            without=basis.without,
            quote_prices=self._quote_prices,
            chat=self._chat,
            rate=self.rate,
            pace=self._pace,
        )
        return Draft(rundown, {line.id: approved[line.id, line_key(line)] for line in rundown.lines})

    async def prepare(self, speak: Speak, *, target: float, loop: int, progress: Progress | None = None) -> Programming:
        """Return the pass ready for air: planned, approved, spoken, and fitted by measured speech.

        Args:
            speak: has an approved line spoken.
            target: seconds of programme time.
            loop: which pass this is, from 0.
            progress: told the share of the work done, 0 to 1.

        Raises:
            RundownError: no product may be presented, or not even one fits.
            SpeechError: a line could not be spoken.
        """
        basis = self._basis
        spoken: dict[str, tuple[str, Speech]] = {}
        failures: list[LivestreamError] = []
        try:
            async with asyncio.TaskGroup() as group:
                cards = group.create_task(asyncio.to_thread(self._cards, basis))
                draft, rundown = await self._spoken(basis, speak, spoken, target, loop, progress)
        except* LivestreamError as errors:
            failures = _leaves(errors)
        if failures:
            raise failures[0]
        shown = {handle: card for handle, card in cards.result().items() if handle in rundown.products}
        speeches = {line.id: spoken[line.id][1] for line in rundown.lines}
        return Programming(rundown, draft.approved, speeches, shown, self._lower_thirds(basis.standards))

    async def _spoken(
        self,
        basis: _Basis,
        speak: Speak,
        spoken: dict[str, tuple[str, Speech]],
        target: float,
        loop: int,
        progress: Progress | None,
    ) -> tuple[Draft, Rundown]:
        """Speak and plan in turns until the pauses make up the rest, or the nearest miss is known."""
        best: tuple[Draft, Rundown] | None = None
        for number in range(_MOST_FITS):
            draft = await asyncio.to_thread(self._draft, basis, target, loop)
            if not await self._speak_missing(speak, draft, spoken, progress if number == 0 else None):
                continue
            rundown = retimed(draft.rundown, self._measured)
            if best is None or abs(rundown.seconds - target) < abs(best[1].seconds - target):
                best = draft, rundown
            if fits(rundown):
                break
        if best is None:
            raise SpeechError("every rundown holds lines that no engine can speak", where=self.refusals[-1].what)
        return best

    @property
    def _pace(self) -> float:
        """How much longer than estimated the lines so far have been."""
        return self._spoken_seconds / self._estimated_seconds if self._estimated_seconds else 1.0

    async def _speak_missing(
        self, speak: Speak, draft: Draft, spoken: dict[str, tuple[str, Speech]], progress: Progress | None
    ) -> bool:
        """Have the lines spoken that have not been, a few at a time; False where one cannot be spoken at all."""
        keys = {line.id: line_key(line) for line in draft.rundown.lines}
        missing = [line for line in draft.rundown.lines if spoken.get(line.id, ("",))[0] != keys[line.id]]
        gate = asyncio.Semaphore(AT_ONCE)
        done = 0

        async def one(line_id: str) -> None:
            nonlocal done
            async with gate:
                try:
                    speech = await speak(draft.approved[line_id])
                except SpeechError as error:
                    if error.retryable:
                        raise
                    self._unspeakable.add(keys[line_id])
                    self.refusals.append(Refusal(line_id, "speech", error.message))
                    return
            spoken[line_id] = (keys[line_id], speech)
            self._measured[keys[line_id]] = speech.seconds
            self._spoken_seconds += speech.seconds
            self._estimated_seconds += self.rate.seconds(speech.spoken)
            done += 1
            if progress:
                progress(done / len(missing))

        async with asyncio.TaskGroup() as group:
            for line in missing:
                group.create_task(one(line.id))
        return self._unspeakable.isdisjoint(keys.values())

    def _judged(self, catalogue: Catalogue) -> _Basis:
        """Leave out the products whose card may not be shown."""
        standards = Standards(catalogue.facts, self._locale, quote_prices=self._quote_prices)
        without: set[str] = set()
        for product in catalogue.products:
            try:
                standards.approve_card(product)
            except ClaimRefused as error:
                without.add(product.handle)
                self.refusals.append(Refusal(product.title, error.rule, error.message, product.handle))
        return _Basis(catalogue, standards, frozenset(without), set())

    def _cards(self, basis: _Basis) -> dict[str, ApprovedCard]:
        pictures = self._pictures.fetch_all(basis.catalogue)
        return {
            product.handle: basis.standards.approve_card(product, str(pictures[product.handle].path or ""))
            for product in basis.catalogue.products
            if product.handle not in basis.without
        }

    def _lower_thirds(self, standards: Standards) -> dict[str, ApprovedLowerThird]:
        """The lower thirds of the playbook; one that standards refuse is not shown."""
        approved: dict[str, ApprovedLowerThird] = {}
        for name, (heading, text) in self._playbook.lower_thirds.items():
            try:
                approved[name] = standards.approve_lower_third(name, (heading,), (text,) if text else ())
            except ClaimRefused as error:
                self.refusals.append(Refusal(f"lower third {name}", error.rule, error.message))
        return approved


def _leaves(error: BaseException) -> list[LivestreamError]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error] if isinstance(error, LivestreamError) else []
