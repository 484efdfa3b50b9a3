"""The reference client of pushed comments: what is sent is answered in its order; replies come between."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from livestream.audience.sources.base import Refused, delays, is_loopback
from livestream.audience.sources.protocol import MAX_MESSAGE
from livestream.clock import Clock
from livestream.errors import SourceError

Told = Mapping[str, object]
"""A receipt, an error or a reply, as the channel told it."""
MAX_UNANSWERED = 1_000
"""Messages under way at once: beyond it a sender waits for the channel."""
_DENIALS = {
    401: ("the token is wrong", "Give the source's own token: --token-file F."),
    403: ("the channel takes no comments from here", "Send from a program, not from a page."),
    404: ("the channel has no such source", "See the comments of the channel file, and name one: --source NAME."),
    429: ("the channel has too many connections of this source", "Close some, and try again."),
}


@asynccontextmanager
async def connected(url: str, token: str) -> AsyncIterator[ClientConnection]:
    """Connect to `ws://HOST/comments/SOURCE` with the source's token.

    Raises:
        Refused: the token, the source or the address is wrong.
        SourceError: nobody answers, or the connection is lost.
    """
    where = urlsplit(url).netloc
    try:
        async with connect(
            url,
            additional_headers={"Authorization": f"Bearer {token}"},
            proxy=None if is_loopback(urlsplit(url).hostname or "") else True,
            max_size=MAX_MESSAGE,
            compression=None,
            open_timeout=10.0,
            close_timeout=2.0,
        ) as socket:
            yield socket
    except InvalidStatus as denied:
        status = denied.response.status_code
        message, remedy = _DENIALS.get(status, (f"the channel answered HTTP {status}", "Is this a channel's address?"))
        kind = Refused if status in _DENIALS and status != 429 else SourceError
        raise kind(message, where=where, remedy=remedy) from None
    except ConnectionClosed as closed:
        reason = closed.rcvd.reason if closed.rcvd else ""
        raise SourceError(f"the channel closed the connection{f': {reason}' if reason else ''}", where=where) from None
    except (OSError, TimeoutError, InvalidHandshake, InvalidURI) as error:
        raise SourceError(
            f"nobody answers ({type(error).__name__})", where=where, remedy="Is the channel running?", retryable=True
        ) from None


class Pipeline:
    """Sends without waiting for answers, and matches each answer with what was sent."""

    def __init__(self, socket: ClientConnection, *, answered: Callable[[Told, float], None]) -> None:
        """Begin with an open connection.

        Args:
            socket: where to.
            answered: is called with each receipt, error or reply, and the stamp of what was sent.
        """
        self._socket = socket
        self._answered = answered
        self._stamps: deque[float] = deque()
        self._room = asyncio.Semaphore(MAX_UNANSWERED)
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def unanswered(self) -> int:
        """Messages that no answer has come to."""
        return len(self._stamps)

    async def send(self, message: str, stamp: float = 0.0) -> None:
        """Send one message as soon as there is room for it."""
        await self._room.acquire()
        self._stamps.append(stamp)
        self._idle.clear()
        await self._socket.send(message)

    async def run(self, sending: Callable[[], Awaitable[None]]) -> bool:
        """Run a sender while answers are taken; return whether it came to its end before the connection did."""
        finished = False

        async def send() -> None:
            nonlocal finished
            with suppress(ConnectionClosed):
                await sending()
                finished = True

        async with asyncio.TaskGroup() as tasks:
            both = [tasks.create_task(self._read()), tasks.create_task(send())]
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for task in both:
                task.cancel()
        return finished

    async def _read(self) -> None:
        """Take answers until the connection ends; what is no answer is passed over."""
        with suppress(ConnectionClosed):
            async for frame in self._socket:
                told = _json(frame)
                if isinstance(told, dict) and told.get("type") == "reply":
                    self._answered(told, 0.0)
                elif self._stamps:
                    stamp = self._stamps.popleft()
                    for each in told if isinstance(told, list) else [told]:
                        if isinstance(each, dict):
                            self._answered(each, stamp)
                    self._room.release()
                if not self._stamps:
                    self._idle.set()

    async def settled(self, seconds: float) -> bool:
        """Return whether everything was answered within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        return not self._stamps


async def ask(url: str, token: str, message: Mapping[str, object], *, seconds: float = 10.0) -> Told:
    """Send one comment and return what the channel said of it.

    Raises:
        SourceError: nobody answers, or not in time.
    """
    async with connected(url, token) as socket:
        await socket.send(json.dumps(message))
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    told = _json(await socket.recv())
                    if isinstance(told, dict) and told.get("type") != "reply":
                        return told
        raise SourceError("the channel took too long to answer", where=urlsplit(url).netloc)


async def push(
    messages: AsyncIterator[Mapping[str, object]], url: str, token: str, *, clock: Clock, tell: Callable[[Told], None]
) -> None:
    """Push comments as they come until there are no more, connecting again where the channel is lost.

    What was not answered is sent again: a channel knows a comment by its id. While the channel is
    away, `MAX_UNANSWERED` comments are held and then no more are read.

    Raises:
        Refused: the token, the source or the address is wrong.
    """
    held: asyncio.Queue[str | None] = asyncio.Queue(MAX_UNANSWERED)
    delivery = _Delivery(held, tell)
    failure: SourceError | None = None

    async def gather() -> None:
        async for message in messages:
            await held.put(json.dumps(message))
        await held.put(None)

    try:
        async with asyncio.TaskGroup() as tasks:
            gathering = tasks.create_task(gather())
            await delivery.run(url, token, clock)
            gathering.cancel()
    except* Refused as group:
        failure = next(each for each in group.exceptions if isinstance(each, Refused))
    if failure is not None:
        raise failure


class _Delivery:
    """What is on its way, over one connection after another."""

    def __init__(self, held: asyncio.Queue[str | None], tell: Callable[[Told], None]) -> None:
        self._held = held
        self._tell = tell
        self._under_way: deque[str] = deque()
        self._over = False

    async def run(self, url: str, token: str, clock: Clock) -> None:
        """Deliver until the input is over and everything was answered."""
        waits = delays(1)
        while not self._over or self._under_way:
            try:
                async with connected(url, token) as socket:
                    waits = delays(1)
                    pipeline = Pipeline(socket, answered=self._answered)
                    await pipeline.run(partial(self._send, pipeline))
            except Refused:
                raise
            except SourceError as error:
                self._tell({"type": "waiting", "message": error.message})
            if not self._over or self._under_way:
                await clock.sleep_until(clock.monotonic() + next(waits))

    async def _send(self, pipeline: Pipeline) -> None:
        for again in tuple(self._under_way):
            await pipeline.send(again)
        while not self._over:
            message = await self._held.get()
            if message is None:
                self._over = True
                break
            self._under_way.append(message)
            await pipeline.send(message)
        await pipeline.settled(10.0)

    def _answered(self, told: Told, _: float) -> None:
        if told.get("type") != "reply" and self._under_way:
            self._under_way.popleft()
        self._tell(told)


def _json(frame: str | bytes) -> object:
    try:
        value: object = json.loads(frame)
    except (ValueError, RecursionError):
        return None
    return value
