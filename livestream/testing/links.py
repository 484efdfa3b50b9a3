"""More people at a running channel: one-time links into its console, minted beside it.

The link that a channel prints lets one browser in; benches and tests want several.
"""

from __future__ import annotations

import asyncio

from livestream.clock import SystemClock
from livestream.console.accounts import Accounts
from livestream.console.backend import Role
from livestream.console.webport import WebPort
from livestream.running import Running, running
from livestream.store import Store
from livestream.testing.channel import OnAir


async def link_into(channel: OnAir, role: Role = Role.OWNER) -> str:
    """Return a link that lets one more browser into a channel on air, as somebody of this role.

    Raises:
        AssertionError: the channel does not say where it is.
        StoreError: its database cannot be written.
    """
    found = await asyncio.to_thread(
        channel.wait_for, lambda: next((each for each in running() if each.pid == channel.pid), None)
    )
    return await _link(found, role)


def fresh_link(channel: Running, role: Role = Role.OWNER) -> str:
    """Return the same where no event loop runs, for a channel that is known by its file."""
    return asyncio.run(_link(channel, role))


async def _link(channel: Running, role: Role) -> str:
    clock = SystemClock()
    async with await asyncio.to_thread(Store.open, channel.store, clock) as store:
        return WebPort(channel.port).link(await Accounts(store, clock).link_for_role(role))
