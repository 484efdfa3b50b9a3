"""The live preview without a channel: `python -m livestream.testing.preview --state DIR --ticket T`.

One process with the measuring programme, the WHEP egress and the web port, for tests of page and
player. `--listen-fd` takes a bound TCP socket, as the supervisor hands one down.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import socket
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from livestream.channel.signalling import WhepSignaller
from livestream.clock import SystemClock
from livestream.console.app import create_app, serve
from livestream.console.backend import Aired, Destination, Health, Item, Snapshot
from livestream.console.gate import Guard
from livestream.console.tokens import LINK_SECONDS, Ticket
from livestream.console.webport import WebPort
from livestream.egress.whep import Whep
from livestream.media import FPS
from livestream.store import Store
from livestream.testing.console import FakeBackend
from livestream.testing.flash import FlashAndBeep, play


class PreviewBackend(FakeBackend):
    """A console backend that shows a channel selling one lamp."""

    def __init__(self, signaller: WhepSignaller) -> None:
        super().__init__()
        self._signaller = signaller
        self._start = time.monotonic()

    async def offer(self, sdp: str) -> tuple[str, str]:
        """Pass the offer on."""
        return await self._signaller.offer(sdp)

    async def hangup(self, ident: str) -> None:
        """Pass the goodbye on."""
        await self._signaller.hangup(ident)

    def snapshot(self) -> Snapshot:
        """Return a channel that has been on air for a quarter of an hour."""
        elapsed = 903.0 + time.monotonic() - self._start
        lines = (
            ("Good evening, and welcome in.", "", True),
            ("I'm Mira, an AI-generated host.", "", True),
            ("First up tonight: the Harbor lamp.", "Harbor Table Lamp", True),
            ("It's turned from solid oak, so no two are quite", "Harbor Table Lamp", False),
            ("And it dims all the way down to candlelight.", "Harbor Table Lamp", True),
        )
        return Snapshot(
            state="on_air",
            title="Northlight Home",
            elapsed=elapsed,
            target=3600.0,
            now=Item(
                "offer",
                "Right now it's $49.99, down from $64.00.",
                "Harbor Table Lamp, brushed brass",
                "$49.99",
                "$64.00",
            ),
            next=Item("question_window", "", "Linen Throw, 130 × 170 cm", "$38.00"),
            destinations=(
                Destination("preview", "whep", "publishing", "1 viewer"),
                Destination("main-ingest", "rtmp", "reconnecting", "The server is away; trying each second.", 4.0),
                Destination("recording.mp4", "file", "publishing", "412 MB"),
            ),
            health=Health(dead_air=0.0, late_frames=2, queue=24.6),
            aired=tuple(
                Aired(seq, elapsed - 4 * (len(lines) - seq), caption, product, complete)
                for seq, (caption, product, complete) in enumerate(lines)
            ),
        )


async def run(
    port: socket.socket, store: Store, tickets: Sequence[str], programme: FlashAndBeep, *, first: int = 0
) -> None:
    """Serve the measuring programme on this TCP socket until cancelled; each ticket lets one browser in."""
    clock = SystemClock()
    guard = Guard.of(store, WebPort(port.getsockname()[1]), clock)
    for ticket in tickets:
        await guard.accounts.admit(Ticket(ticket, clock.time() + LINK_SECONDS))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whep.sock"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen()
        listener.setblocking(False)
        whep = Whep(programme.request_key)
        app = create_app(PreviewBackend(WhepSignaller(path)), guard)
        async with asyncio.TaskGroup() as group:
            group.create_task(whep.serve(listener))
            group.create_task(play(programme, whep.feed, clock, first=first))
            serving = group.create_task(serve(app, port))
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
            await asyncio.wait([serving])
            raise asyncio.CancelledError


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="livestream.testing.preview")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--listen-fd", type=int)
    parser.add_argument("--state", type=Path, required=True, help="the folder of the accounts, kept over a restart")
    parser.add_argument("--ticket", action="append", default=[], help="lets one browser in; more than once")
    parser.add_argument("--heavy", action="store_true", help="the real size and bit rate")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    if arguments.listen_fd is not None:
        port = socket.socket(fileno=arguments.listen_fd)
    else:
        port = socket.create_server(("127.0.0.1", arguments.port))
    heavy = FlashAndBeep(size=(720, 1280), bitrate=2_500_000, noise=12)
    programme = heavy if arguments.heavy else FlashAndBeep()
    # Frame numbers follow the machine's clock: after a restart programme time goes on where it would be.
    first = int(time.monotonic() * FPS)
    try:
        store = Store.open(arguments.state / "preview.sqlite", SystemClock())
        asyncio.run(run(port, store, arguments.ticket, programme, first=first))
    except asyncio.CancelledError:
        return


if __name__ == "__main__":
    main()
