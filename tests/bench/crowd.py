"""Consoles of the flood bench, in a process of their own: those who watch, and those who do not read.

`python -m tests.bench.crowd watch|stall ORIGIN COUNT` reads a ticket a line from stdin, says `ready` on
stderr, and at the next line ends with one JSON line on stdout.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from websockets.exceptions import WebSocketException

from livestream.console.client import Session


async def watch(origin, tickets, count):
    """Keep so many consoles open until stdin ends; return how late rows came, in seconds, and how many."""
    sessions = [Session(origin, _mint(ticket)) for ticket in tickets]
    seen = [set() for _ in range(count)]
    late = []
    health, first = {}, {}
    begun = time.time()

    async def one(n):
        since = 0
        while True:
            try:
                async with sessions[n % len(sessions)].open(since) as socket:
                    async for text in socket:
                        now = time.time()
                        message = json.loads(text)
                        if message["type"] == "snapshot":
                            health.update(message["snapshot"]["health"])
                            first.update(first or health)
                        if message["type"] == "rows":
                            since = message["seq"]
                            new = [row for row in message["rows"] if row["id"] not in seen[n]]
                            seen[n].update(row["id"] for row in new)
                            late.extend(now - row["at"] for row in new if row["at"] > begun)
            except (OSError, WebSocketException) as lost:
                sys.stderr.write(f"console {n}: {lost!r}\n")
                await asyncio.sleep(0.2)

    await _sign_in(sessions)
    await _until_told([one(n) for n in range(count)])
    ordered = sorted(late)
    at = {f"p{share:g}": ordered[int((len(ordered) - 1) * share / 100)] if ordered else 0.0 for share in (50, 99, 100)}
    return {"seen": [len(some) for some in seen], **at, "health": health, "first": first}


async def stall(origin, tickets, count):
    """Open so many consoles and read nothing, until stdin ends; return how long each was kept, in seconds."""
    sessions = [Session(origin, _mint(ticket)) for ticket in tickets]
    kept = []

    async def one(n):
        async with sessions[n % len(sessions)].open() as socket:
            socket.transport.pause_reading()
            begun = time.monotonic()
            port = socket.transport.get_extra_info("sockname")[1]
            while _established(port, int(origin.rpartition(":")[2])):
                await asyncio.sleep(0.25)
            kept.append(time.monotonic() - begun)
            socket.transport.abort()

    await _sign_in(sessions)
    await _until_told([one(n) for n in range(count)])
    return {"closed": len(kept), "longest": max(kept, default=0.0)}


async def _sign_in(sessions):
    for session in sessions:
        async with session.open():
            pass


def _established(local, remote):
    """Whether the server's end of a connection is open, as the kernel of this machine tells it."""
    wanted = (f"0100007F:{remote:04X}", f"0100007F:{local:04X}")
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if (fields[1], fields[2]) == wanted:
            return fields[3] == "01"
    return False


def _mint(ticket):
    async def mint():
        return ticket

    return mint


async def _until_told(jobs):
    sys.stderr.write("ready\n")
    sys.stderr.flush()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job) for job in jobs]
        await asyncio.to_thread(sys.stdin.readline)
        for task in tasks:
            task.cancel()


def main():
    what, origin, count = sys.argv[1:4]
    tickets = [sys.stdin.readline().strip() for _ in range(int(sys.argv[4]))]
    told = asyncio.run({"watch": watch, "stall": stall}[what](origin, tickets, int(count)))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
