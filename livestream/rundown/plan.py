"""Back-timing: fills the length that was asked for with segments, and says what had to be left out."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from livestream.catalogue import Catalogue
from livestream.catalogue.model import Fact, FactKind, Product
from livestream.errors import RundownError
from livestream.lines import Beat, Cue, Line, Slot
from livestream.locales import Locale
from livestream.pacing import DEFAULT_RATE, Rate
from livestream.rundown.disclosing import require_disclosure
from livestream.rundown.model import Rundown, Segment, line_key
from livestream.rundown.playbook import Playbook
from livestream.rundown.segments import (
    QUICK_BELOW,
    framed,
    product_segment,
    recap_segment,
    seconds_of,
    title_of,
)
from livestream.rundown.telling import Telling, telling
from livestream.rundown.timing import SHORTEST_GAP, fit, span
from livestream.rundown.writer import Writer

TOLERANCE = 0.02
"""How far from the length asked for a rundown may end, as a share of it."""
RECAP_EVERY = 300.0
RICH = 55.0
"""Seconds a product holds attention; a longer show comes back to it instead."""
_FRAME_SECONDS = 24.0
_LEAST_QUICK = 3.0
"""Seconds that the shortest presentation of a product takes, to begin the search with."""
_MANY = 4
"""Products still to come from which on there are many."""
_COMFORTABLE = 0.25
"""Seconds of pause on average below which a show is a rush, and one product fewer is better."""
_DROPPABLE = (Beat.QUESTIONS, Beat.CALL_TO_ACTION, Beat.PROOF, Beat.BENEFIT)


def plan(
    catalogue: Catalogue,
    playbook: Playbook,
    *,
    locale: Locale,
    target: float,
    seed: int,
    loop: int,
    measured: Mapping[str, float],
    permits: Callable[[Line], bool] = lambda _line: True,
    without: frozenset[str] = frozenset(),
    quote_prices: bool = True,
    rate: Rate = DEFAULT_RATE,
    pace: float = 1.0,
    chat: bool = False,
) -> Rundown:
    """Return the rundown of one pass that lasts `target` seconds within 2 %.

    Args:
        catalogue: the products, in the order they are to be shown.
        playbook: the wordings.
        locale: the locale spoken.
        target: seconds of programme time, pauses included.
        seed: chooses the wordings; the same seed gives the same rundown.
        loop: which pass of the show this is, from 0; each is worded anew.
        measured: spoken seconds by `line_key`, where known; other lines are estimated.
        permits: says of a line whether it may be said; another wording is chosen where not.
        without: handles of products that may not be shown.
        quote_prices: False keeps every price out.
        rate: how fast the voice speaks.
        pace: how much longer than by its rate the voice has taken so far.
        chat: whether viewers can write comments that are read, so that they may be asked to.

    Raises:
        RundownError: no product may be shown, or not even one fits.
    """
    products = [product for product in catalogue.products if product.handle not in without and _titled(product)]
    always = frozenset({"chat"} if chat else ())

    def writer() -> Writer:
        return Writer(playbook, locale.tag, catalogue.facts, seed, loop, measured, permits, rate, pace, always=always)

    written, segments = _written(catalogue, products, writer, target, quote_prices=quote_prices)
    fitted = _fitted(segments, written.speech, target)
    shown = {segment.product for segment in segments}
    left_out = tuple(p.handle for p in catalogue.products if p.handle not in shown)
    speech = {line.id: written.speech[line.id] for segment in fitted for part in segment.parts for line in part.lines}
    return Rundown(locale.tag, seed, loop, fitted, target, MappingProxyType(speech), left_out)


def _written(
    catalogue: Catalogue, products: list[Product], new: Callable[[], Writer], target: float, *, quote_prices: bool
) -> tuple[Writer, list[Segment]]:
    """Return segments of as many of the products as fit, and who wrote them.

    Raises:
        RundownError: as `plan` does.
    """
    whole = not any(problem.severity == "error" for problem in catalogue.problems)
    count = max(1, int(target / _LEAST_QUICK))
    while True:
        if not products:
            raise RundownError(
                "there is no product that can be presented",
                where=catalogue.path.name,
                remedy="See `livestream check` for what is wrong with each row.",
            )
        count = min(count, len(products))
        complete = whole and count == len(catalogue.products)
        writer = new()
        show = _Show(writer, _chosen(products, count, writer.loop), target, quote_prices, complete=complete)
        segments = _shortened(show.segments(), writer, target)
        if show.unsayable:
            products = [product for product in products if product.handle not in show.unsayable]
            continue
        least = _least(segments, writer, count)
        if least <= target * (1 + TOLERANCE / 2):
            return writer, segments
        if count == 1:
            raise RundownError(
                f"{target:g} s is too short to present a product",
                remedy=f"The shortest show of this list takes about {least + 1:.0f} s: ask for that or more.",
            )
        count = max(1, min(count - 1, int(count * target / least)))


def retimed(rundown: Rundown, measured: Mapping[str, float]) -> Rundown:
    """Return the same rundown by measured speech, its pauses fitted anew as far as their bounds allow."""
    speech = {line.id: measured.get(line_key(line), rundown.speech[line.id]) for line in rundown.lines}
    fitted = _fitted(rundown.segments, speech, rundown.target_seconds)
    return replace(rundown, segments=fitted, speech=MappingProxyType(speech))


def fits(rundown: Rundown) -> bool:
    """Whether the rundown ends within the tolerance of the length asked for."""
    return abs(rundown.seconds - rundown.target_seconds) <= TOLERANCE / 2 * rundown.target_seconds


def _chosen(products: Sequence[Product], count: int, loop: int) -> Sequence[Product]:
    """The products of this loop: where not all fit, each loop goes on where the last one ended."""
    start = loop * count % len(products) if count < len(products) else 0
    return [*products[start:], *products[:start]][:count]


def _least(segments: Sequence[Segment], writer: Writer, count: int) -> float:
    """The least seconds these segments take; with several products in unhurried speech."""
    parts = [part for segment in segments for part in segment.parts]
    lines = sum(len(part.lines) for part in parts)
    return span(parts, writer.speech).least + (lines * (_COMFORTABLE - SHORTEST_GAP) if count > 1 else 0.0)


def _titled(product: Product) -> bool:
    return any(fact.kind is FactKind.TITLE for fact in product.facts)


@dataclass
class _Show:
    """One attempt at a pass with a given choice of products.

    `complete` says that these are all the products of the list; `unsayable` gathers those of which
    not one wording may be said.
    """

    writer: Writer
    products: Sequence[Product]
    target: float
    quote_prices: bool
    complete: bool = False
    unsayable: set[str] = field(default_factory=set)
    turns: dict[str, int] = field(default_factory=dict)
    shown: list[Telling] = field(default_factory=list)

    def segments(self) -> list[Segment]:
        """Return opening, product segments with recaps between them, and closing."""
        quick = self.target / len(self.products) < QUICK_BELOW or self.target < 2 * _FRAME_SECONDS
        opening, closing = self._frame(quick=quick)
        time = self.target - sum(seconds_of(segment, self.writer) for segment in (*opening, *closing))
        return [*opening, *self._middle(time, opening), *closing]

    def _frame(self, *, quick: bool) -> tuple[list[Segment], list[Segment]]:
        whole = {"complete"} if self.complete else set()
        many = {"many"} if len(self.products) > _MANY else set()
        first = self._title(self._order()[0])
        hello = (Cue("jingle"), Cue("gesture", "wave", 4_800), Cue("lower_third", "disclosure"), Cue("gaze", "camera"))
        sections = ("quick_opening",) if quick else ("opening", "disclosure", "welcome")
        self.writer.moment = frozenset(whole | many)
        opening = framed(self.writer, "opening", sections, title_of("first", first, self.writer.locale), hello)
        require_disclosure(opening, self.writer.playbook)
        goodbye = (Cue("clear_card"), Cue("clear_lower_third"), Cue("jingle"), Cue("gesture", "wave", 24_000))
        last = ("quick_closing",) if quick else ("closing",)
        self.writer.moment = frozenset(whole)
        closing = framed(self.writer, "closing", last, None, goodbye)
        return [opening] if opening else [], [closing] if closing else []

    def _middle(self, time: float, opening: Sequence[Segment]) -> list[Segment]:
        count = len(self.products)
        recaps = int(self.target / RECAP_EVERY)
        each = (time - 15.0 * recaps) / count
        planned = count if each <= RICH else max(count, round((time - 15.0 * recaps) / (RICH - 10)))
        queue = self._queue(int(time / (count * QUICK_BELOW)) + 4)
        segments: list[Segment] = []
        left, since = time, sum(seconds_of(segment, self.writer) for segment in opening)
        for index, product in enumerate(queue):
            if index >= planned and left < QUICK_BELOW:
                break
            budget = left / max(1, planned - index)
            to_come = max(0, planned - index - 1)
            following = self._title(queue[index + 1]) if to_come else None
            self.writer.moment = self._moment(product, to_come, surely_last=left < QUICK_BELOW)
            named = _names([*opening, *segments][-1:], self._title(product))
            segment = self._present(product, min(budget, left), following, named=named)
            if segment is None:
                continue
            segments.append(segment)
            spent = seconds_of(segment, self.writer)
            left, since = left - spent, since + spent
            if since >= RECAP_EVERY - 20 and left > 60.0:
                recap = recap_segment(self.writer, f"recap{len(segments)}", self.shown[-3:], following)
                if recap is not None:
                    segments.append(recap)
                    left -= seconds_of(recap, self.writer)
                    since = 0.0
        return segments

    def _moment(self, product: Product, to_come: int, *, surely_last: bool) -> frozenset[str]:
        """What is true of the show while this product is presented; see `playbook.MOMENTS`."""
        turn = self.turns.get(product.handle, 0)
        true = {
            "complete": self.complete,
            "many": to_come >= _MANY,
            "later": bool(self.shown),
            "more": to_come > 0,
            "last": to_come == 0 and surely_last,
            "new": turn == 0 and self.writer.loop == 0,
            "again": turn > 0,
            "pictured": bool(product.images),
        }
        return frozenset(name for name, holds in true.items() if holds)

    def _present(self, product: Product, budget: float, following: Fact | None, *, named: bool) -> Segment | None:
        turn = self.turns.get(product.handle, 0)
        self.turns[product.handle] = turn + 1
        told = telling(product, self.writer.playbook, quote_prices=self.quote_prices, turn=turn + self.writer.loop)
        name = product.handle if turn == 0 else f"{product.handle}.{turn + 1}"
        segment = product_segment(self.writer, told, name, budget, following, named=named)
        if segment is None:
            self.unsayable.add(product.handle)
        else:
            self.shown.append(told)
        return segment

    def _queue(self, turns: int) -> list[Product]:
        """Return the products turn after turn, never the same one twice in a row."""
        queue: list[Product] = []
        for turn in range(turns):
            order = self._order(turn)
            if queue and order[0] is queue[-1]:
                order.append(order.pop(0))
            queue += order
        return queue

    def _order(self, turn: int = 0) -> list[Product]:
        """The merchant's order first, then a new order each time round."""
        order = list(self.products)
        shuffle = self.writer.loop * 1000 + turn
        if shuffle:
            random.Random(f"{self.writer.seed}:{shuffle}").shuffle(order)
        return order

    def _title(self, product: Product) -> Fact:
        return next(fact for fact in product.facts if fact.kind is FactKind.TITLE)


def _names(segments: Sequence[Segment], title: Fact) -> bool:
    """Whether the very last line of these segments names a product."""
    lines = [line for segment in segments for part in segment.parts for line in part.lines]
    return bool(lines) and any(isinstance(piece, Slot) and piece.fact == title.id for piece in lines[-1].pieces)


def _shortened(segments: list[Segment], writer: Writer, target: float) -> list[Segment]:
    """Drop what can be missed, from the end, while the show is too long even with the shortest pauses."""
    for beat in _DROPPABLE:
        for index in range(len(segments) - 1, -1, -1):
            if _least(segments, writer, len(segments)) <= target:
                return segments
            kept = tuple(part for part in segments[index].parts if part.beat is not beat)
            if kept and len(kept) < len(segments[index].parts) and segments[index].product:
                segments[index] = replace(segments[index], parts=kept)
    return segments


def _fitted(segments: Sequence[Segment], speech: Mapping[str, float], target: float) -> tuple[Segment, ...]:
    parts = iter(fit([part for segment in segments for part in segment.parts], speech, target))
    return tuple(replace(segment, parts=tuple(next(parts) for _ in segment.parts)) for segment in segments)
