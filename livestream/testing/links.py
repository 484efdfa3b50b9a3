"""More people at a running channel: one-time links into its console, minted beside it."""

from __future__ import annotations

import asyncio

from livestream.clock import SystemClock
from livestream.console.accounts import Accounts
from livestream.console.backend import Role
from livestream.console.webport import WebPort
from livestream.running import Running
from livestream.store import Store


def fresh_link(channel: Running, role: Role = Role.OWNER) -> str:
    """Return a link that lets one more browser in, as somebody of this role.

    Raises:
        StoreError: the channel's database cannot be written.
    """
    return asyncio.run(mint_link(channel.store, channel.port, role))


async def mint_link(store: str, port: int, role: Role = Role.OWNER) -> str:
    """Return the same for a web port and its database, inside an event loop."""
    clock = SystemClock()
    async with await asyncio.to_thread(Store.open, store, clock) as opened:
        return WebPort(port).link(await Accounts(opened, clock).link_for_role(role))
