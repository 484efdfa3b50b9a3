"""A child process for tests: `start` says in its body how it behaves."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import time

from livestream import wire


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--control-fd", type=int, required=True)
    control = socket.socket(fileno=parser.parse_args().control_fd)
    start = wire.receive(control)
    assert start is not None
    how = start.body

    def say(kind: str, **body: object) -> None:
        control.sendall(wire.encode(wire.Message(kind, dict(body))))

    if "fail" in how:
        say("failed", message="the merchant must mend this")
        return int(how["fail"])
    say("ready")
    say("status", pid=os.getpid(), seen=sorted(name for name in os.environ if name.startswith("TEST_KEY")))
    if how.get("talk") == "nonsense":
        control.sendall(b"\xff" * 64)
    if "die" in how:
        os.kill(os.getpid(), signal.SIGKILL)
    if how.get("deaf"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)  # neither speaks nor hears
    while (message := wire.receive(control)) is not None:
        if message.kind == "stop":
            return 0
        say("status", pid=os.getpid(), heard=message.kind)
    return 0


if __name__ == "__main__":
    sys.exit(main())
