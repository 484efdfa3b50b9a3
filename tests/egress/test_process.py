import asyncio
import socket

import pytest

from livestream import wire
from livestream.egress import process
from livestream.errors import EgressError, WireError

START = wire.Message("start", {"destination": {"name": "n", "kind": "test"}, "packets": "/nowhere"})


@pytest.fixture
def control():
    ours, theirs = socket.socketpair()
    ours.settimeout(5)
    with ours, theirs:
        yield ours, theirs


async def test_an_error_from_deep_inside_becomes_a_sentence_and_an_exit_code(control):
    async def runner(start, source, status):
        async def fail():
            raise EgressError("it broke", where="here", remedy="Mend it.")

        async with asyncio.TaskGroup() as group:
            group.create_task(fail())

    ours, theirs = control
    ours.sendall(wire.encode(START))
    assert await process.serve(theirs, lambda kind: runner) == 7
    messages = []
    while (message := wire.receive(ours)) is not None:
        messages.append(message)
    assert messages[0].kind == "ready"
    assert messages[-1].body["state"] == "closed"
    assert messages[-1].body["detail"] == "here: it broke. Mend it."


async def test_it_reports_at_least_each_second_while_it_serves(control):
    async def runner(start, source, status):
        status.become("publishing")
        status.extra["viewers"] = 3
        await asyncio.sleep(1.1)

    ours, theirs = control
    ours.sendall(wire.encode(START))
    assert await process.serve(theirs, lambda kind: runner) == 0
    statuses = []
    while (message := wire.receive(ours)) is not None:
        statuses += [message.body] if message.kind == "status" else []
    assert len(statuses) >= 3
    assert {"state", "detail", "packets", "bytes", "dropped", "since", "reconnects", "last_pts"} <= set(statuses[1])
    assert statuses[1]["viewers"] == 3


async def test_without_a_start_there_is_nothing_to_do(control):
    ours, theirs = control
    ours.shutdown(socket.SHUT_WR)
    assert await process.serve(theirs) == 0


async def test_another_message_than_start_is_an_error(control):
    ours, theirs = control
    ours.sendall(wire.encode(wire.Message("stop")))
    with pytest.raises(WireError, match="before start"):
        await process.serve(theirs)
