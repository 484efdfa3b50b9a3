"""A playout on a manual clock, for tests."""

import threading

import numpy as np

from livestream.playout.asrun import AsRunLog, aired, read_as_run
from livestream.playout.engine import Playout
from livestream.testing import ManualClock
from livestream.testing.playout import CountingEncoder, PlainProgramme, StillPresenter


class Stage:
    """A playout on a manual clock that stops by itself after a number of frames."""

    def __init__(self, tmp_path, clock=None):
        self.clock = clock or ManualClock()
        self.presenter, self.programme = StillPresenter(), PlainProgramme()
        self.path = tmp_path / "as-run.jsonl"
        self.log = AsRunLog(self.path)
        self.stop = threading.Event()
        self.packets = []
        self.released = []
        self.on_frame = {}
        self.frames = 0
        self.playout = Playout(
            presenter=self.presenter,
            programme=self.programme,
            encoder=CountingEncoder(),
            log=self.log,
            sink=self.sink,
            clock=self.clock,
            t0=self.clock.monotonic(),
        )

    def sink(self, packets):
        self.packets += packets
        for packet in packets:
            if packet.stream == "video":
                n = int(packet.data)
                self.released.append((n, self.clock.monotonic()))
                self.on_frame.get(n, lambda: None)()
        if len(self.released) >= self.frames:
            self.stop.set()

    def play(self, frames, first=0):
        self.frames = frames
        t0 = self.clock.monotonic()
        self.playout.run(first, self.stop)
        self.log.close()
        return t0

    def aired(self):
        return aired(read_as_run(self.path))

    def sound(self):
        """All samples that were sent, one channel."""
        return np.concatenate([np.frombuffer(p.data, np.int16)[::2] for p in self.packets if p.stream == "aac"])
