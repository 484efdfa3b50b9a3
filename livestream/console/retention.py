"""What is kept of viewers and sign-ins, and for how long."""

from __future__ import annotations

import logging

from livestream.clock import Clock
from livestream.console.accounts import Accounts
from livestream.errors import StoreError
from livestream.store import Store

DAY = 86_400.0
KEPT_DAYS = 30
log = logging.getLogger(__name__)


async def keep_tidy(store: Store, accounts: Accounts, clock: Clock, *, days: int = KEPT_DAYS) -> None:
    """Delete comments and sign-ins older than `days`, now and then daily, until cancelled; evidence stays."""
    while True:
        before = clock.time() - days * DAY
        try:
            await store.purge(before)
            await accounts.forget(before)
        except StoreError as error:  # tomorrow is a day too
            log.warning("old comments could not be deleted: %s", error)
        await clock.sleep_until(clock.monotonic() + DAY)
