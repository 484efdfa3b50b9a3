"""The air process: presenter, programme, clock and the one encode. It keeps playing alone.

`python -m livestream.channel.air --control-fd N`. The supervisor sends `start`, the process loads
everything and answers `ready`, then waits for `go`: so a second one can stand by, loaded, and take
over at once when the first dies. No web, no model and no database is ever imported here.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livestream import wire
from livestream.avatar import Presenter, open_presenter
from livestream.channel.protocol import interject_from, position_message, ready_from, withdrawal_from
from livestream.clock import Clock, SystemClock
from livestream.egress.hub import PacketHub
from livestream.errors import ForgedSeal, LivestreamError, WireError
from livestream.locales import locale
from livestream.media import FPS, ReadyLine
from livestream.playout.asrun import AsRunLog
from livestream.playout.engine import LEAD, Playout
from livestream.playout.protocols import Picture
from livestream.playout.shown import AD_LIB
from livestream.programme.bed import Bed
from livestream.programme.encoder import Encoder
from livestream.programme.programme import Programme
from livestream.programme.prompter import Nobody, Prompter
from livestream.standards import Sealer

STATUS_SECONDS = 0.25
log = logging.getLogger(__name__)


class Air:
    """One incarnation of the air process, from `start` to its end."""

    def __init__(self, start: dict[str, Any], clock: Clock) -> None:
        """Load presenter, programme and encoder; nothing is on air yet."""
        self._clock = clock
        self._t0 = float(start["t0"])
        self._sealer = Sealer(bytes.fromhex(start["key"]))
        self._as_run = Path(start["as_run"])
        self._stop = threading.Event()
        self._desk_listener = socket.socket(fileno=int(start["listen_fd"]))
        self._packets_listener = socket.socket(fileno=int(start["packets_fd"]))
        seed = int(start["seed"])
        bed = Bed.from_file(Path(start["bed"])) if start.get("bed") else Bed.default(seed)
        market = locale(start["locale"])
        if start.get("mode") == "assist":
            self._presenter: Presenter = Nobody()
            self._programme: Picture = Prompter(locale=market, bed=bed, seed=seed)
        else:
            self._presenter = open_presenter(start["presenter"], seed=seed)
            adds = str(start.get("label_adds", ""))
            self._programme = Programme(
                self._presenter, locale=market, scene=start["scene"], bed=bed, seed=seed, adds=adds
            )
        self._encoder = Encoder(bitrate=int(start["bitrate"]))

    def run(self, control: socket.socket) -> None:
        """Be on air until the supervisor says stop or is gone."""
        hub = PacketHub(self._packets_listener, self._encoder.headers, on_key=self._encoder.request_key)
        with AsRunLog(self._as_run) as as_run:
            playout = Playout(
                presenter=self._presenter,
                programme=self._programme,
                encoder=self._encoder,
                log=as_run,
                sink=hub.publish,
                clock=self._clock,
                t0=self._t0,
            )
            hub.start()
            desk = threading.Thread(target=self._serve_desk, args=(playout,), name="desk", daemon=True)

            def well() -> bool:
                return desk.is_alive() and hub.stats().alive

            told = (control, playout, as_run, well)
            for thread in (
                desk,
                threading.Thread(target=self._obey, args=(control,), name="control", daemon=True),
                threading.Thread(target=self._report, args=told, name="status", daemon=True),
            ):
                thread.start()
            gc.collect()
            gc.freeze()  # what was loaded stays: later collections need not look at it in mid-tick
            first = max(0, int((self._clock.monotonic() - self._t0) * FPS) + LEAD)
            try:
                playout.run(first, self._stop)
            finally:
                self._stop.set()
                hub.publish(self._encoder.flush())
                hub.close()

    def _obey(self, control: socket.socket) -> None:
        """Stop when the supervisor says so, or has gone."""
        try:
            while (message := wire.receive(control)) is not None:
                if message.kind == "stop":
                    break
        except (WireError, OSError) as error:
            log.warning("the control socket failed: %s", error)
        self._stop.set()

    def _report(self, control: socket.socket, playout: Playout, as_run: AsRunLog, well: Callable[[], bool]) -> None:
        """Send the status while all threads live; without it the supervisor starts another air process."""
        while not self._stop.wait(STATUS_SECONDS) and well():
            usage = resource.getrusage(resource.RUSAGE_SELF)
            body = {
                **playout.stats.summary(),
                "frame": playout.position.frame,
                "queued_seconds": round(playout.position.queued_seconds, 2),
                "lines": as_run.lines,
                "as_run_failure": as_run.failure,
                "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
            }
            try:
                control.sendall(wire.encode(wire.Message("status", body)))
            except OSError:
                return

    def _serve_desk(self, playout: Playout) -> None:
        """Take one orchestrator after another; each finds the queue as the last one left it."""
        while not self._stop.is_set():
            try:
                connection, _ = self._desk_listener.accept()
            except OSError as error:
                log.warning("the orchestrator cannot be heard: %s", error)
                self._stop.wait(STATUS_SECONDS)
                continue
            with connection:
                gone, sending = threading.Event(), threading.Lock()
                told = (connection, sending, playout, gone)
                tell = threading.Thread(target=self._tell, args=told, name="tell", daemon=True)
                tell.start()
                try:
                    self._listen(connection, sending, playout)
                except (WireError, OSError) as error:
                    log.warning("the orchestrator's connection failed: %s", error)
                except Exception:  # the desk's supervisor: one bad message must not deafen air for good
                    log.exception("a message of the orchestrator could not be followed")
                gone.set()
                tell.join()

    def _tell(
        self, connection: socket.socket, sending: threading.Lock, playout: Playout, gone: threading.Event
    ) -> None:
        while True:
            try:
                with sending:
                    connection.sendall(wire.encode(position_message(playout.position)))
            except OSError:
                return
            if gone.wait(STATUS_SECONDS):
                return

    def _listen(self, connection: socket.socket, sending: threading.Lock, playout: Playout) -> None:
        while (message := wire.receive(connection)) is not None:
            try:
                self._take(message, playout)
            except ForgedSeal as error:
                log.warning("refused what was not approved: %s", error)
                with sending:
                    connection.sendall(wire.encode(wire.Message("refused", {"message": str(error)})))

    def _take(self, message: wire.Message, playout: Playout) -> None:
        match message.kind:
            case "card":
                playout.define(card=self._sealer.open_card(message).card)
            case "lower_third":
                playout.define(lower_third=self._sealer.open_lower_third(message).lower_third)
            case "queue":
                playout.submit([self._ready(message)])
            case "replace":
                playout.replace(self._ready(message))
            case "interject":
                playout.interject(interject_from(message, self._sealer.open_speech))
            case "finish":
                playout.finish()
            case _:
                self._direct(message, playout)

    def _direct(self, message: wire.Message, playout: Playout) -> None:
        """Follow what a moderator decided."""
        try:
            match message.kind:
                case "panic":
                    playout.panic(bool(message.body["on"]))
                case "skip":
                    playout.skip(str(message.body["instance"]))
                case "jump":
                    playout.jump(int(message.body["seq"]))
                case "clear_card":
                    playout.hide(str(message.body["product"]))
                case "recall":
                    playout.recall(str(message.body["id"]))
                case "withdraw":
                    playout.withdraw(withdrawal_from(message.body))
                case "cut":
                    playout.cut()
                case other:
                    raise WireError(f"air was told {other!r}")
        except (KeyError, TypeError, ValueError) as error:
            raise WireError(f"air was told a malformed {message.kind!r}") from error

    def _ready(self, message: wire.Message) -> ReadyLine:
        body, speech = message.body, None
        if "speech" in body:
            speech = self._sealer.open_speech(wire.Message("speech", body["speech"], message.payload))
        ready = ready_from(body["ready"], speech)
        if ready.seq == AD_LIB:
            raise WireError("an ad-lib's line was queued with the script")
        return ready


def main() -> int:
    """Run the process named by the command line."""
    parser = argparse.ArgumentParser(prog="livestream.channel.air")
    parser.add_argument("--control-fd", type=int, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="air: %(message)s")
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # these go to the whole group; the supervisor decides
    with contextlib.suppress(OSError):
        os.nice(-10)  # where we may: the clock comes before everything else of this machine
    control = socket.socket(fileno=arguments.control_fd)
    start = wire.receive(control)
    if start is None:
        return 0
    try:
        air = Air(start.body, SystemClock())
        control.sendall(wire.encode(wire.Message("ready")))
        if wire.receive(control) is None:
            return 0
        air.run(control)
    except LivestreamError as error:
        control.sendall(wire.encode(wire.Message("failed", {"message": str(error), "exit_code": error.exit_code})))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
