"""A program's way into the console of a channel on this machine: it signs in and follows, as a page does.

It comes again by itself when the web port was started anew, from the last change it saw.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from livestream.clock import Clock
from livestream.console.accounts import Accounts
from livestream.console.webport import TICKET
from livestream.errors import UsageError
from livestream.running import Running
from livestream.store import Store

TRY_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.0)
"""Waits between attempts; the last one again and again."""
MAX_MESSAGE = 4 * 2**20
ANSWER_SECONDS = 10.0

Message = dict[str, Any]
Mint = Callable[[], Awaitable[str]]
"""Makes a one-time ticket."""


async def new_ticket(channel: Running, clock: Clock) -> str:
    """Return a ticket that lets in once, as an owner; who may write the channel's database may do anything anyway.

    Raises:
        StoreError: the database cannot be opened or written.
    """
    store = await asyncio.to_thread(Store.open, channel.store, clock)
    async with store:
        return await Accounts(store, clock).link_for_role()


class Session:
    """A session at the web port `origin` (`127.0.0.1:8080`), opened with tickets of `mint` whenever it is needed."""

    def __init__(self, origin: str, mint: Mint) -> None:
        self._origin = origin
        self._mint = mint
        self._cookie = ""

    @asynccontextmanager
    async def open(self, since: int = 0) -> AsyncIterator[ClientConnection]:
        """Open the WebSocket and say from where to follow.

        Raises:
            OSError: nobody answers.
            WebSocketException: the web port refused, or broke off.
            UsageError: the ticket was refused.
        """
        if not self._cookie:
            await self._sign_in()
        try:
            socket = await connect(
                f"ws://{self._origin}/ws",
                origin=f"http://{self._origin}",  # type: ignore[arg-type]
                additional_headers={"Cookie": self._cookie},
                max_size=MAX_MESSAGE,
                open_timeout=ANSWER_SECONDS,
                close_timeout=1,
            )
        except InvalidStatus as refused:
            if refused.response.status_code == 401:
                self._cookie = ""
            raise
        async with socket:
            await socket.send(json.dumps({"type": "follow", "since": since}))
            yield socket

    async def _sign_in(self) -> None:
        origin = f"http://{self._origin}"
        ticket = await self._mint()
        try:
            async with httpx.AsyncClient(base_url=origin, timeout=ANSWER_SECONDS, trust_env=False) as client:
                answer = await client.post("/enter", data={TICKET: ticket}, headers={"Origin": origin})
        except httpx.HTTPError as error:
            raise ConnectionError(str(error)) from error
        self._cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        if answer.status_code != 303 or not self._cookie:
            raise UsageError("the channel does not let this command in", remedy="Was it started by another user?")


async def messages(session: Session, clock: Clock, alive: Callable[[], bool]) -> AsyncIterator[Message]:
    """Yield what the channel tells a console, over as many connections as it takes, until it is not `alive`."""
    since, attempt = 0, 0
    while True:
        try:
            async with session.open(since) as socket:
                async for text in socket:
                    attempt = 0
                    message: Message = json.loads(text)
                    if message.get("type") == "rows":
                        since = int(message["seq"])
                    yield message
        except (OSError, TimeoutError, WebSocketException):
            pass
        if not alive():
            return
        wait = TRY_SECONDS[min(attempt, len(TRY_SECONDS) - 1)]
        attempt += 1
        await clock.sleep_until(clock.monotonic() + wait)
