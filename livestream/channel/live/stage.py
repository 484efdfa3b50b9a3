"""The programme as answers and moderators reach it: what is on air, and every way to change that."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from livestream import wire
from livestream.channel.desk import Desk
from livestream.channel.feeder import AdLibReady, Feeder
from livestream.channel.live.corrections import Corrections
from livestream.channel.live.truth import Truth
from livestream.channel.live.voice import Voiced
from livestream.channel.protocol import clear_card_message
from livestream.channel.script import Entry, Script, dropped, silenced
from livestream.console.backend import RundownItem, RundownState
from livestream.errors import ChannelError, ClaimRefused
from livestream.lines import Beat, FactRef
from livestream.media import SAMPLE_RATE, Card
from livestream.pacing import DEFAULT_RATE
from livestream.playout.lineup import MOST_AD_LIBS
from livestream.standards import Sealer


class Stage:
    """One channel's programme. `cards` are the ones that air was given, by product."""

    def __init__(self, feeder: Feeder, script: Script, truth: Truth, sealer: Sealer, cards: dict[str, Card]) -> None:
        self._feeder, self._script, self._truth, self._sealer, self._cards = feeder, script, truth, sealer, cards
        self._hidden: dict[str, Card] = {}
        self._last = -1
        self._skipped: set[str] = set()
        self._shown: tuple[object, ...] = ()
        self._written_from = truth.version
        self._updating = asyncio.Lock()
        self._interjected: deque[tuple[FactRef, ...]] = deque(maxlen=MOST_AD_LIBS)
        self.rundown_version = 0
        self.desk: Desk | None = None
        """Who writes the loops to come, once there is somebody."""
        self.corrections: Corrections | None = None
        """Who puts right what was being said when a price changed, once there is somebody."""

    def on_air(self) -> tuple[str | None, bool]:
        """Return the product that is being shown, and whether this is a window for questions."""
        entry = self._current()
        if entry is None:
            return None, False
        return entry.ready.product, entry.ready.beat == Beat.QUESTIONS

    def has_card(self, product: str) -> bool:
        """Whether air knows a card of this product."""
        return product in self._cards

    def interject(self, ad_lib: str, voice: Voiced, *, now: bool) -> None:
        """Have an ad-lib taken at the next cut point, or at once."""
        self._interjected.append(voice.facts)
        self._feeder.interject(AdLibReady(ad_lib, voice.entries, voice.graphics, now))

    def recall(self, ad_lib: str) -> None:
        """Let go of an ad-lib that has not begun."""
        self._feeder.recall(ad_lib)

    async def skip(self) -> bool:
        """Leave the rest of the part or the ad-lib on air; False where nothing is on air."""
        position, entry = self._feeder.position, self._current()
        instance = position.ad_lib or (entry.ready.instance if entry and position.on_air is not None else None)
        if instance is None:
            return False
        self._skipped.add(instance)
        await self._feeder.skip(instance)
        return True

    async def jump(self, product: str) -> bool:
        """Go on with a product, back or forth; False where no loop in hand has it, or it is not sold any more."""
        target = self._script.where(product, self._last) if self._truth.catalogue.has(product) else None
        if target is None:
            return False
        try:
            await self._feeder.jump(target)
        except ChannelError:  # it went out of hand in between
            return False
        return True

    def panic(self, on: bool) -> None:
        """Put the slate on air and hold everything, or go on."""
        self._feeder.panic(on)

    async def refresh(self) -> bool:
        """Write anew what waits and rests on facts that have changed; show their cards as they are now.

        Returns whether air has said that nothing of the former facts begins any more. A price that was being
        said is corrected.
        """
        replaced, self._truth.replaced = self._truth.replaced, {}  # also what answers being made rest on
        stale = self._outdated_ad_libs()
        edited: list[Entry] = []
        for entry in self._script.entries():
            refs = self._truth.stale(entry.line) if entry.line else ()
            stale |= dict.fromkeys(refs)
            outdated = bool(refs) or (entry.line is not None and not self._sold(entry))
            if outdated or entry.silent:
                written = self._rewritten(entry)
                edited += [written] if outdated or not written.silent else []
        self._feeder.reinstate([ref for ref in self._feeder.withdrawn if not self._truth.outdated([ref])])
        cards = list(self._new_cards())
        self._feeder.show(cards)
        async with asyncio.TaskGroup() as group:
            # what is queued goes last: where there are too many for air, the first are let go of
            withdrawn = [*(ref for ref in replaced if ref not in stale), *stale]
            holds = group.create_task(self._withdrawn(withdrawn))
            if edited or cards:
                group.create_task(self._feeder.replace(edited))
            group.create_task(self._update_desk())
        return holds.result()

    def _outdated_ad_libs(self) -> dict[FactRef, None]:
        """Return the outdated versions that ad-libs given to air rest on; the next time these are known."""
        stale = dict.fromkeys(self._truth.outdated(ref for facts in self._interjected for ref in facts))
        kept = [facts for facts in self._interjected if stale.keys().isdisjoint(facts)]
        self._interjected = deque(kept, MOST_AD_LIBS)
        return stale

    async def _update_desk(self) -> None:
        """Have the loops to come written from today's facts; beside, for a long list takes a while to judge."""
        async with self._updating:
            if self.desk is not None and self._written_from != self._truth.version:
                version, catalogue = self._truth.version, self._truth.catalogue
                await asyncio.to_thread(self.desk.update, catalogue)
                self._written_from = version

    async def _withdrawn(self, stale: Collection[FactRef]) -> bool:
        """Keep facts from air, and correct what was being said of them; False where air does not say that it has."""
        if not stale:
            return True
        corrections = self.corrections
        asked = self._truth.asked(stale) if corrections else ()
        name = corrections.name if corrections and asked else ""
        number = self._feeder.withdraw(stale, correction=name, corrected=asked)
        holds = await self._feeder.confirmed(number)
        position = self._feeder.position
        if corrections and position.correction == name != "":
            await corrections.correct(name, position.untrue)
        return holds

    def rundown(self) -> tuple[RundownItem, ...]:
        """Return the parts of the loops in hand, in order."""
        return tuple(self._items())

    def look(self) -> None:
        """Note whether the rundown has changed since the last look."""
        entry = self._current()
        shown = (
            self._script.first_seq,
            self._script.next_seq,
            entry.ready.instance if entry else None,
            len(self._skipped),
            self._truth.version,
        )
        if shown != self._shown:
            self._shown = shown
            self.rundown_version += 1

    def _current(self) -> Entry | None:
        """Return the script's entry on air, or the last one that was."""
        seq = self._feeder.position.on_air
        if seq is not None and seq >= 0:
            self._last = seq
        found = self._script.find(self._last)
        return found[1] if found else None

    def _rewritten(self, entry: Entry) -> Entry:
        """Return an entry with its wording on today's facts, or silent where that is refused."""
        if entry.draft is None:
            return dropped(entry)
        if not self._sold(entry):
            return silenced(entry)
        try:
            line = self._truth.standards.approve(entry.draft)
        except ClaimRefused:
            return silenced(entry)
        rate = self.desk.rate if self.desk else DEFAULT_RATE
        seconds = rate.seconds(line.spoken) + entry.ready.gap / SAMPLE_RATE if entry.silent else entry.seconds
        return replace(entry, line=line, seconds=seconds)

    def _sold(self, entry: Entry) -> bool:
        """Whether the product that an entry is about, if any, is still on the list."""
        return not entry.ready.product or self._truth.catalogue.has(entry.ready.product)

    def _new_cards(self) -> Iterator[wire.Message]:
        """Yield the cards that have changed, and what hides those that may not be shown as things are."""
        for handle, card in (self._hidden | self._cards).items():
            approved = self._truth.card(handle, card.picture)
            if approved is None and handle in self._cards:
                self._hidden[handle] = self._cards.pop(handle)
                yield clear_card_message(handle)
            elif approved is not None and approved.card != self._cards.get(handle):
                self._hidden.pop(handle, None)
                self._cards[handle] = approved.card
                yield self._sealer.seal_card(approved)

    def _items(self) -> Iterator[RundownItem]:
        position = self._feeder.position
        titles: Mapping[str, Card] = self._cards
        current = self._current()
        for instance, group in groupby(self._script.live(), key=lambda entry: entry.ready.instance):
            entries = list(group)
            said = [entry.line.caption for entry in entries if entry.line]
            first, last = entries[0].ready, entries[-1].ready
            state: RundownState = "later"
            if instance in self._skipped:
                state = "skipped"
            elif current is not None and current.ready.instance == instance:
                state = "on_air"
            elif last.seq <= position.last_aired:
                state = "aired"
            elif first.seq <= position.last_queued:
                state = "queued"
            card = titles.get(first.product or "")
            yield RundownItem(
                id=instance,
                part=first.beat.replace("_", " "),
                product=first.product or "",
                title=card.title if card else "",
                caption=said[0] if said else "",
                seconds=round(sum(entry.seconds for entry in entries), 1),
                state=state,
            )
