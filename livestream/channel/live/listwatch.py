"""Reads the product list again and again while the show is on, so that what is said is what the shop says now."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

from livestream.catalogue import Catalogue, FactKind
from livestream.channel.live.acting import Committing
from livestream.channel.live.truth import PRICES, STOCKS, Truth
from livestream.clock import Clock
from livestream.errors import CatalogueError, LivestreamError, StoreError
from livestream.settings import Freshness
from livestream.store.records import PutState

AGE_SECONDS = 1.0
"""How often it is looked what has grown too old."""
READ_SECONDS = 60.0
"""How long reading may take; one that takes longer is waited for, not begun again."""
MOST_GONE = 0.5
"""A list that lacks more than this share of its products is believed when it is read so a second time."""
log = logging.getLogger(__name__)

Signature = tuple[tuple[int, int, int], ...]


class ListWatch:
    """Keeps the facts in force in step with the product list.

    Args:
        read: reads the list anew.
        files: what it is read from, the list first: while these are untouched, what was read is fresh.
        truth: where the facts go.
        changed: told the products of which something has changed, after that is in force.
        store: where edits of the console are kept.
        freshness: how often to read, and how old prices and stocks may be.
        clock: for both.
    """

    def __init__(
        self,
        read: Callable[[], Catalogue],
        files: Sequence[Path],
        *,
        truth: Truth,
        changed: Callable[[Iterable[str]], Awaitable[object]],
        store: Committing,
        freshness: Freshness,
        clock: Clock,
    ) -> None:
        self._read, self._files, self._truth, self._changed = read, files, truth, changed
        self._store, self._freshness, self._clock = store, freshness, clock
        self._fresh_at = clock.monotonic()
        self._written_at: float | None = None
        with contextlib.suppress(OSError):  # the first look will say so
            self._written_at = files[0].stat().st_mtime
        self._taken: Signature | None = None
        self._doubted: Signature | None = None
        self._untold: frozenset[str] = frozenset()
        self._reading: asyncio.Future[tuple[Signature, Catalogue | None]] | None = None
        self.trouble = ""
        """Why the list could not be read the last time, empty where it could."""

    async def run(self) -> None:
        """Look again and again until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._again(self._freshness.every, self.look))
            group.create_task(self._again(AGE_SECONDS, self._age))

    async def _again(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await self._clock.sleep_until(self._clock.monotonic() + seconds)
            try:
                await work()
            except Exception:  # a supervisor: one look that fails must not end the show
                log.exception("the product list could not be looked at")

    async def _age(self) -> None:
        """Leave out what grows too old between two looks, or while one takes long."""
        if changed := self._truth.leave_out(self._too_old()):
            await self._tell(changed)

    async def look(self) -> None:
        """Read the list where it has changed, and leave out what is too old where it cannot be read."""
        begun = self._clock.monotonic()
        changed: frozenset[str] = frozenset()
        try:
            signature, found = await self._bounded()
            self._written_at = signature[0][2] / 1e9  # of the list itself
            if found is not None:
                self._doubt(signature, found)
                changed = await self._take(found)
                self._taken = signature
        except (LivestreamError, OSError, TimeoutError) as error:
            self._say(str(error) or "it takes too long to read")
        except Exception as error:  # a supervisor: whatever a file holds, what was read before grows too old
            if self.trouble != repr(error):
                log.exception("the product list cannot be read")
            self.trouble = repr(error)
        else:
            self._fresh_at, self.trouble = begun, ""
        await self._tell(changed | self._truth.leave_out(self._too_old()))

    async def _tell(self, changed: frozenset[str]) -> None:
        """Tell what has changed; what could not be told is told again at the next look."""
        self._untold |= changed
        if untold := self._untold:
            await self._changed(untold)
            self._untold -= untold

    def _too_old(self) -> frozenset[FactKind]:
        age, limits = self._clock.monotonic() - self._fresh_at, self._freshness
        written_at = self._clock.time() if self._written_at is None else self._written_at
        if limits.file is not None and self._clock.time() - written_at > limits.file:
            return PRICES | STOCKS
        prices = PRICES if age > limits.price else frozenset()
        return prices | (STOCKS if age > limits.stock else frozenset())

    async def _take(self, found: Catalogue) -> frozenset[str]:
        changed, dropped = self._truth.take(found)
        for what, handle in dropped:
            try:
                await self._store.commit(PutState(f"{what}/{handle}", None))
            except StoreError as error:
                log.warning("an edit that the list has overtaken cannot be forgotten: %s", error)
        return changed

    def _doubt(self, signature: Signature, found: Catalogue) -> None:
        """See that not so much is missing that the list may be half written.

        Raises:
            CatalogueError: it is, and it was not read so before.
        """
        known = self._truth.catalogue.products
        gone = sum(not found.has(product.handle) for product in known)
        if gone > MOST_GONE * len(known) and signature != self._doubted:
            self._doubted = signature
            raise CatalogueError(
                f"{gone} of {len(known)} products are missing; that is believed when it is read so again",
                where=found.path.name,
            )

    async def _bounded(self) -> tuple[Signature, Catalogue | None]:
        """Read in a thread; one that hangs is waited for the next time too, so that there is never a second."""
        if self._reading is None:
            self._reading = asyncio.get_running_loop().run_in_executor(None, self._look, self._taken)
        async with asyncio.timeout(READ_SECONDS):
            try:
                return await asyncio.shield(self._reading)
            finally:
                if self._reading.done():
                    self._reading = None

    def _look(self, taken: Signature | None) -> tuple[Signature, Catalogue | None]:
        """Return the files' signature, and the list where it is not the one that was taken."""
        before = self._signature()
        if before == taken:
            return before, None
        found = self._read()
        if self._signature() != before:
            raise CatalogueError("the list is being written", where=found.path.name)
        if self._truth.quote_prices and found.currency_origin not in ("file", "argument", "channel"):
            raise CatalogueError("the list names its currency no longer", where=found.path.name)
        return before, found

    def _signature(self) -> Signature:
        listed, *beside = self._files
        found = (path.stat() for path in (listed, *(path for path in beside if path.exists())))
        return tuple((each.st_ino, each.st_size, each.st_mtime_ns) for each in found)

    def _say(self, trouble: str) -> None:
        if trouble != self.trouble:
            log.warning("the product list cannot be read: %s", trouble)
        self.trouble = trouble
