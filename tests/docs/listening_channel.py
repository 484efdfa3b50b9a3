"""A channel that only listens, for the commands of the documents that push comments."""

import asyncio
import os
import threading
from contextlib import contextmanager

from starlette.routing import WebSocketRoute

from livestream.audience.sources.push import PushDoor
from livestream.clock import SystemClock
from livestream.console.ingest import Ingest
from livestream.running import Running, write_running
from livestream.settings import CommentSource
from livestream.testing.console import FakeBackend
from livestream.testing.platforms.loopback import LoopbackServer


@contextmanager
def listening_channel():
    """Listen in a thread of its own, and leave the file by which commands find a channel."""
    opened, over = threading.Event(), threading.Event()

    async def listen():
        door = PushDoor(CommentSource.model_validate({"from": "ws"}), clock=SystemClock())
        route = WebSocketRoute("/comments/{source}", Ingest(FakeBackend(), {"ws": door}).connect)
        async with LoopbackServer([route]) as server:
            write_running(Running("shop", os.getpid(), server.port, "shop.sqlite", {"ws": door.token}))
            opened.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=asyncio.run, args=(listen(),))
    thread.start()
    assert opened.wait(10)
    try:
        yield
    finally:
        over.set()
        thread.join()
