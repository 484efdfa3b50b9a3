"""One destination, one killable process: `python -m livestream.egress.process --control-fd N`.

The supervisor sends `start` on the control socket; the process answers `ready` and then `status`
at least each second. It ends, finishing its output properly, on SIGTERM or when the control socket closes.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import cast

from livestream import wire
from livestream.egress.destination import Runner, Start, Status
from livestream.egress.source import PacketSource
from livestream.errors import LivestreamError, UsageError, WireError

GROUP = "livestream.egress"
STATUS_SECONDS = 0.5


def find_runner(kind: str) -> Runner:
    """Return the runner that is registered for a kind of destination.

    Raises:
        UsageError: none is.
    """
    known = entry_points(group=GROUP)
    for entry in known.select(name=kind):
        return cast("Runner", entry.load())
    raise UsageError(
        f"there is no destination of kind {kind!r}", remedy=f"Known kinds: {', '.join(sorted(known.names))}."
    )


async def serve(control: socket.socket, find: Callable[[str], Runner] = find_runner) -> int:
    """Serve one destination as the control socket says; return the exit code."""
    reader, writer = await asyncio.open_unix_connection(sock=control)
    try:
        return await _serve(reader, writer, find)
    finally:
        writer.close()
        with contextlib.suppress(OSError):  # a supervisor that no longer reads is not waited for
            await asyncio.wait_for(writer.wait_closed(), 1)


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, find: Callable[[str], Runner]) -> int:
    message = await wire.read(reader)
    if message is None:
        return 0
    if message.kind != "start":
        raise WireError(f"an egress process was told {message.kind!r} before start")
    start = Start.from_body(message.body)
    status = Status()
    failure: list[LivestreamError] = []

    async def work() -> None:
        try:
            runner = find(start.destination.kind)
            source = PacketSource.connect(start.packets, name=start.destination.name)
            writer.write(wire.encode(wire.Message("ready")))
            await runner(start, source, status)
        except* LivestreamError as errors:
            failure.append(_first(errors))
            status.fail("closed", failure[0])

    async with asyncio.TaskGroup() as group:
        working = group.create_task(work())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
        watching = group.create_task(_until_closed(reader, working))
        reporting = group.create_task(_report(writer, status))
        await asyncio.wait([working])
        watching.cancel()
        reporting.cancel()
    with contextlib.suppress(OSError):
        if status.state != "closed":
            status.become("closed")
        writer.write(wire.encode(wire.Message("status", status.body())))
        await asyncio.wait_for(writer.drain(), 1)
    return failure[0].exit_code if failure else 0


def _first(errors: ExceptionGroup[LivestreamError]) -> LivestreamError:
    """Return the first error of a group, however deep: a runner may have task groups of its own."""
    error: LivestreamError | ExceptionGroup[LivestreamError] = errors
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


async def _until_closed(reader: asyncio.StreamReader, working: asyncio.Task[None]) -> None:
    """Cancel the work when the supervisor has gone; further messages mean nothing here."""
    with contextlib.suppress(WireError, OSError):
        while await wire.read(reader) is not None:
            pass
    working.cancel()


async def _report(writer: asyncio.StreamWriter, status: Status) -> None:
    while True:
        with contextlib.suppress(OSError):  # its end is seen by the reader
            writer.write(wire.encode(wire.Message("status", status.body())))
            await writer.drain()
        await asyncio.sleep(STATUS_SECONDS)


def main() -> int:
    """Run the process named by the command line."""
    parser = argparse.ArgumentParser(prog="livestream.egress.process")
    parser.add_argument("--control-fd", type=int, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    for name in (signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # these go to the whole group; the supervisor decides
    try:
        return asyncio.run(serve(socket.socket(fileno=arguments.control_fd)))
    except WireError as error:
        logging.getLogger(__name__).error("%s", error)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
