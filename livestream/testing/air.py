"""An air process without a presenter: a hub that publishes test packets in real time."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import Self

from livestream.egress.hub import PacketHub
from livestream.media import FPS
from livestream.testing.packets import TestEncoder


class TestAir:
    """Publishes on a listening Unix socket from a thread, frame by frame, as the clock would.

    Args:
        listener: a listening Unix socket; it stays open, so that a second air can follow.
        seconds: how much programme there is; publishing ends after it.
        first: the frame to begin with, as after a restart.
        speed: how much faster than real time.
    """

    __test__ = False

    def __init__(self, listener: socket.socket, *, seconds: float = 20.0, first: int = 0, speed: float = 1.0) -> None:
        self._encoder = TestEncoder(first)
        self.hub = PacketHub(listener.dup(), self._encoder.headers(), on_key=self._encoder.request_key)
        self._frames = round(seconds * FPS) - first
        self._speed = speed
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self.hub.start()
        self._thread.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()
        self.hub.close()

    def wait(self) -> None:
        """Wait until everything has been published."""
        self._thread.join()

    def _run(self) -> None:
        begun = time.monotonic()
        for n in range(self._frames):
            due = begun + n / FPS / self._speed
            if self._ended.wait(max(0.0, due - time.monotonic())):
                return
            self.hub.publish(self._encoder.tick())
