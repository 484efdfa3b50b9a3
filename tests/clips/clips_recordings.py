"""A small recording whose every frame bears its number, with noise for speech, and its as-run log."""

from dataclasses import dataclass, replace

import numpy as np

from livestream.clock import SystemClock
from livestream.egress.file import FileWriter
from livestream.locales import locale
from livestream.media import FPS, SAMPLE_RATE, Box, Card, Figure
from livestream.playout.asrun import AsRunLog
from livestream.playout.engine import Playout
from livestream.programme.bed import Bed
from livestream.programme.encoder import Encoder
from livestream.programme.programme import Programme
from livestream.testing.playout import StillPresenter, make_ready

BITS = 12
CELL = 24
NUMBER = Box(340, 500, BITS * CELL, CELL)
SAID = [  # product, seconds
    ("lamp", 3.0),
    ("mug", 2.0),
    ("lamp", 1.0),
    ("mug", 1.0),
    ("mug", 1.5),
    (None, 0.5),
]
FIRST_FRAME = 30
"""The recording begins with the next key frame."""
GAP = range(80, 100)
"""These frames are missing, as after a crash."""


@dataclass
class NumberedPresenter(StillPresenter):
    """Shows the frame's number as black and white cells."""

    def render(self, n):
        bits = [(n >> bit) & 1 for bit in range(BITS)]
        y = np.repeat(np.array([235 if bit else 16 for bit in bits], np.uint8), CELL)[None].repeat(CELL, axis=0)
        half = np.full((CELL // 2, BITS * CELL // 2), 128, np.uint8)
        full = np.full((CELL, BITS * CELL), 255, np.uint8)
        return Figure(NUMBER, y, half, half, full, full[::2, ::2], (NUMBER,))


def number_of(luma, top=0):
    """Read the frame's number off a decoded picture whose first `top` rows were cut off."""
    row = luma[NUMBER.y - top + CELL // 2, NUMBER.x + CELL // 2 : NUMBER.x + BITS * CELL : CELL]
    return sum(1 << bit for bit, level in enumerate(row[:BITS]) if level > 125)


def queue():
    noise = np.random.default_rng(7)
    for seq, (product, seconds) in enumerate(SAID):
        ready = make_ready(seq, "Look, this one glows in the dark", seconds)
        pcm = (noise.standard_normal(len(ready.speech.pcm)) * 2500).astype(np.int16)
        yield replace(ready, product=product, speech=replace(ready.speech, pcm=pcm))


def record(path):
    """Write the recording and the log beside it."""
    presenter = NumberedPresenter()
    silent = Bed([np.zeros((SAMPLE_RATE, 2), np.int16)])
    encoder = Encoder(gop_seconds=1)
    clock = SystemClock()
    with (
        AsRunLog(path.with_suffix(".as-run.jsonl")) as log,
        FileWriter(path, encoder.headers, live=True) as writer,
    ):

        def sink(packets):
            for packet in packets:
                frame = packet.pts * FPS // SAMPLE_RATE
                if frame >= FIRST_FRAME and frame not in GAP:
                    writer.write(packet)

        playout = Playout(
            presenter=presenter,
            programme=Programme(presenter, locale=locale("en-US"), bed=silent),
            encoder=encoder,
            log=log,
            sink=sink,
            clock=clock,
            t0=clock.monotonic(),
        )
        playout.define(card=Card("lamp", "Folding Desk Lamp", price="$45"))
        playout.define(card=Card("mug", "Mug", price="$9"))
        playout.submit(queue())
        playout.finish()
        playout.render(round(11 * FPS))
