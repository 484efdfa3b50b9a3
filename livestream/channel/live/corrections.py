"""Corrections: what was being said when its price changed is put right by the very next line."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from livestream.answers.plan import AdLib
from livestream.channel.feeder import AdLibReady
from livestream.channel.live.truth import Truth, product_of
from livestream.channel.live.voice import Speak, Voiced, voiced
from livestream.clock import Clock
from livestream.errors import ClaimRefused, LivestreamError
from livestream.lines import Line
from livestream.standards import Sealer

ATTEMPTS = 5
"""How often a correction is made anew because the price has changed again while it was being spoken."""
MOST = 4
"""Products that one correction speaks of: no sentence has named more."""
log = logging.getLogger(__name__)


class Air(Protocol):
    """What takes ad-libs: the feeder."""

    def interject(self, ad_lib: AdLibReady) -> None:
        """Have an ad-lib taken."""
        ...

    def recall(self, ident: str) -> None:
        """Let go of an ad-lib, or wait for it no longer."""
        ...


class Corrections:
    """Makes one correction at a time; `name` is that of the next, or of the one being made."""

    def __init__(
        self,
        truth: Truth,
        lines: Callable[[str], Awaitable[Sequence[Line]]],
        *,
        air: Air,
        sealer: Sealer,
        speak: Speak,
        clock: Clock,
    ) -> None:
        """Make corrections of what `lines` words for a product, with its price in force."""
        self._truth, self._lines, self._air = truth, lines, air
        self._sealer, self._speak, self._clock = sealer, speak, clock
        self._owed: dict[str, None] = {}
        self._last: tuple[str, frozenset[str]] = ("", frozenset())
        self._making = False
        self._count = 0
        self.name = self._named()

    async def correct(self, name: str, facts: Iterable[str]) -> None:
        """Have the prices of these facts' products said as they are now, next.

        `name` is the correction that air awaits: where it is being made, it says them too.
        """
        products = {product_of(fact) for fact in facts}
        if name == self._last[0] and products <= self._last[1]:
            return  # it was finished after these facts had changed
        self._owed |= dict.fromkeys(sorted(products))
        if self._making:
            return
        self._making = True
        name, voice = self.name, None
        try:
            voice = await self._voiced(name)
        except LivestreamError as error:
            log.warning("a correction cannot be said: %s", error)
        finally:
            self._last = name, frozenset(self._owed)
            self._making, self._owed, self.name = False, {}, self._named()
        if voice is None:
            self._air.recall(name)
        else:
            self._air.interject(AdLibReady(name, voice.entries, voice.graphics, first=True))

    async def _voiced(self, name: str) -> Voiced | None:
        """Return the correction spoken, of the prices that are in force when it is; None where none can be."""
        for _ in range(ATTEMPTS):
            owed, version = tuple(self._owed)[:MOST], self._truth.version
            lines = [line for product in owed for line in await self._lines(product)]
            if not lines:
                return None
            told = tuple(replace(line, id=f"{name}.{place}") for place, line in enumerate(lines))
            ad_lib = AdLib(name, (), told, (), ((), ()))
            try:
                voice = await voiced(ad_lib, self._truth.standards, self._sealer, self._speak, card=False)
            except ClaimRefused:
                if version == self._truth.version:
                    raise
                continue
            if owed == tuple(self._owed)[:MOST] and not self._truth.outdated(voice.facts):
                (first, speech), *rest = voice.entries  # no comment is looked at: nobody asked
                return replace(voice, entries=((replace(first, cues=()), speech), *rest))
        return None

    def _named(self) -> str:
        """Return a name that no correction of this channel has had, also before a restart."""
        self._count += 1
        return f"correction.{round(self._clock.time() * 1000):x}.{self._count}"
