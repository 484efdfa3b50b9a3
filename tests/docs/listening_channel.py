"""A channel that listens and can be moderated, without a programme: for the commands that go beside one."""

import asyncio
import os
import socket
import threading
from contextlib import contextmanager

from livestream.audience.sources.push import PushDoor
from livestream.clock import SystemClock
from livestream.console.app import create_app, serve
from livestream.console.gate import Guard
from livestream.console.webport import WebPort
from livestream.running import Running, write_running
from livestream.settings import CommentSource
from livestream.store import Store
from livestream.testing.console import FakeBackend


@contextmanager
def listening_channel(folder):
    """Listen in a thread of its own, and leave the file by which commands find a channel."""
    opened, over = threading.Event(), threading.Event()
    store = folder / "shop.sqlite"

    async def listen(listener):
        clock = SystemClock()
        port = listener.getsockname()[1]
        door = PushDoor(CommentSource.model_validate({"from": "ws"}), clock=clock)
        async with Store.open(store, clock) as opened_store:
            guard = Guard.of(opened_store, WebPort(port), clock)
            app = create_app(FakeBackend(), guard, doors={"ws": door}, clock=clock)
            async with asyncio.TaskGroup() as group:
                serving = group.create_task(serve(app, listener))
                write_running(Running("shop", os.getpid(), port, str(store), {"ws": door.token}))
                opened.set()
                await asyncio.to_thread(over.wait)
                serving.cancel()
            guard.close()

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=asyncio.run, args=(listen(listener),))
        thread.start()
        assert opened.wait(20)
        try:
            yield
        finally:
            over.set()
            thread.join()
