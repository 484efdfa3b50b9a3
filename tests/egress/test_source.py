import asyncio
import socket
import threading
from pathlib import Path

import pytest

from livestream import wire
from livestream.egress.hub import PacketHub
from livestream.egress.source import PacketSource
from livestream.egress.wirepackets import pack_headers, pack_packets, unpack_headers, unpack_packets
from livestream.errors import WireError
from livestream.media import StreamHeaders
from livestream.testing.packets import test_packets, ticks

HEADERS, PACKETS = test_packets(4.0)
TICKS = ticks(PACKETS)


async def test_it_follows_the_air_process_into_its_next_incarnation(listener):
    sock, path = listener
    got = []
    arrived = {24: threading.Event(), 59: threading.Event()}

    async def consume() -> None:
        async for item in PacketSource.connect(path, name="test"):
            got.append(item)
            for tick, event in arrived.items():
                if item == TICKS[tick][-1]:
                    event.set()
            if item == TICKS[59][-1]:
                return

    def air(begin: int, end: int) -> None:
        hub = PacketHub(sock.dup(), HEADERS)
        hub.start()
        for tick in TICKS[begin:end]:
            hub.publish(tick)
        assert arrived[end - 1].wait(30)  # else a starved reader could miss the last packets
        hub.close()

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        consuming = group.create_task(consume())
        await asyncio.to_thread(air, 0, 25)
        await asyncio.to_thread(air, 50, 60)
        await consuming
    headers = [n for n, item in enumerate(got) if isinstance(item, StreamHeaders)]
    assert len(headers) == 2
    assert got[0] == got[headers[1]] == HEADERS
    assert got[1 : headers[1]] == [packet for tick in TICKS[:25] for packet in tick]
    assert got[headers[1] + 1 :] == [packet for tick in TICKS[50:60] for packet in tick]


async def test_it_asks_for_key_frames(listener):
    sock, path = listener
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    hub = PacketHub(sock.dup(), HEADERS, on_key=lambda: loop.call_soon_threadsafe(asked.set))
    hub.start()
    source = PacketSource.connect(path)
    source.request_key()  # not connected yet: nothing happens
    items = aiter(source)
    async with asyncio.timeout(5):
        assert await anext(items) == HEADERS
        source.request_key()
        await asked.wait()
    await items.aclose()
    await asyncio.to_thread(hub.close)


async def test_it_waits_for_a_listener(tmp_path: Path):
    path = tmp_path / "p"

    async def appear() -> PacketHub:
        await asyncio.sleep(0)
        sock = socket.socket(socket.AF_UNIX)
        sock.bind(str(path))
        sock.listen()
        hub = PacketHub(sock, HEADERS)
        hub.start()
        return hub

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        items = aiter(PacketSource.connect(path))
        first = group.create_task(anext(items))
        hub = await group.create_task(appear())
        assert await first == HEADERS
    await items.aclose()
    await asyncio.to_thread(hub.close)


@pytest.mark.parametrize("body", [{}, {"p": [[9, 0, 0, 0, 0, 0]]}, {"p": [[0, 0, 0, 0, 0, 7]]}, {"p": 3}])
def test_a_malformed_packets_message_is_refused(body):
    with pytest.raises(WireError):
        unpack_packets(wire.Message("packets", body, b""))


def test_headers_and_packets_survive_the_wire():
    assert unpack_headers(pack_headers(HEADERS)) == HEADERS
    assert unpack_packets(pack_packets(PACKETS)) == list(PACKETS)
    with pytest.raises(WireError):
        unpack_headers(wire.Message("headers", {"width": 1}))
