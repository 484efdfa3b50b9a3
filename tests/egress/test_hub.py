import contextlib
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from livestream import wire
from livestream.egress.hub import PacketHub
from livestream.egress.wirepackets import unpack_headers, unpack_packets
from livestream.media import Packet
from livestream.testing.packets import test_packets, ticks

HEADERS, PACKETS = test_packets(4.0)
TICKS = ticks(PACKETS)


class Peer:
    """A subscriber of one's own, blocking."""

    def __init__(self, path: Path, receive_buffer: int = 0) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        if receive_buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.sock.settimeout(5)
        self.sock.connect(str(path))
        message = wire.receive(self.sock)
        assert message is not None
        self.headers = unpack_headers(message)

    def packets(self, until_pts: int) -> list[Packet]:
        got: list[Packet] = []
        while not got or got[-1].dts < until_pts:
            message = wire.receive(self.sock)
            assert message is not None
            got += unpack_packets(message)
        return got


@pytest.fixture
def join(listener: tuple[socket.socket, Path], hub: PacketHub) -> Iterator[Callable[..., Peer]]:
    with contextlib.ExitStack() as stack:

        def join(receive_buffer: int = 0) -> Peer:
            peer = Peer(listener[1], receive_buffer)
            stack.enter_context(peer.sock)
            return peer

        yield join


@pytest.fixture
def keys() -> list[float]:
    return []


@pytest.fixture
def hub(listener: tuple[socket.socket, Path], keys: list[float]) -> Iterator[PacketHub]:
    sock, _ = listener
    hub = PacketHub(sock.dup(), HEADERS, on_key=lambda: keys.append(time.monotonic()))
    hub.start()
    yield hub
    hub.close()


def wait_for(condition, seconds: float = 5.0) -> None:
    deadline = time.monotonic() + seconds
    ticker = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        ticker.wait(0.005)


def test_a_subscriber_gets_headers_then_every_packet_unchanged(hub, join):
    peer = join()
    assert peer.headers == HEADERS
    for tick in TICKS:
        hub.publish(tick)
    assert tuple(peer.packets(PACKETS[-1].dts)) == tuple(p for tick in TICKS for p in tick)


def test_who_joins_late_begins_with_the_current_key_frame_and_its_sound(hub, join):
    first = join()
    for tick in TICKS[:70]:
        hub.publish(tick)
    first.packets(69 * 1920)
    late = join()
    for tick in TICKS[70:]:
        hub.publish(tick)
    got = late.packets(PACKETS[-1].dts)
    video = [packet for packet in got if packet.stream == "video"]
    assert video[0].key
    assert [packet.pts for packet in video] == [n * 1920 for n in range(50, 100)]
    aac = [packet for packet in got if packet.stream == "aac"]
    assert 50 * 1920 <= aac[0].pts < 51 * 1920


def test_a_slow_subscriber_loses_whole_groups_of_pictures_and_nobody_else_anything(hub, join):
    good, slow = join(), join(receive_buffer=4096)
    heavy = [Packet("video", n * 1920, n * 1920, 1920, n % 50 == 0, bytes(20_000)) for n in range(500)]
    for n, packet in enumerate(heavy):
        hub.publish([packet])
        if n % 100 == 99:
            assert [p.pts for p in good.packets(packet.dts)] == [p.pts for p in heavy[n - 99 : n + 1]]
    wait_for(lambda: hub.stats().published == 500)
    behind = max(hub.stats().subscribers, key=lambda each: each.behind)
    assert behind.dropped > 200
    assert behind.behind <= 4.0
    got = slow.packets(heavy[-1].dts)
    jumps = [after for before, after in itertools.pairwise(got) if after.pts != before.pts + 1920]
    assert jumps
    assert all(packet.key for packet in jumps)
    assert len(got) + behind.dropped == 500
    assert min(each.dropped for each in hub.stats().subscribers) == 0


def test_publishing_never_waits_for_a_subscriber(hub, join):
    join(receive_buffer=4096)
    worst = 0.0
    for n in range(300):
        begun = time.thread_time()
        hub.publish([Packet("video", n * 1920, n * 1920, 1920, n % 50 == 0, bytes(60_000))])
        worst = max(worst, time.thread_time() - begun)
    assert worst < 0.005


def test_key_requests_of_all_subscribers_are_one_each_half_second(hub, join, keys):
    peers = [join() for _ in range(3)]

    def ask() -> None:
        for _ in range(5):
            for peer in peers:
                peer.sock.sendall(wire.encode(wire.Message("key")))

    ask()
    wait_for(lambda: keys)
    ask()  # the first fifteen may all have been read at once, and answered with one key frame
    wait_for(lambda: len(keys) >= 2)
    assert all(later - sooner >= 0.5 for sooner, later in itertools.pairwise(keys))
    assert hub.stats().keys_requested < 6


@pytest.mark.parametrize(
    "rubbish",
    [b"\xff" * 64, b"\0\0\0\4\0\0\0\0null", b"\0\0\xff\xff\0\0\0\0"],
    ids=["lengths", "not an object", "too long"],
)
def test_a_subscriber_that_talks_rubbish_is_dropped_alone(hub, join, rubbish):
    good, bad = join(), join()
    bad.sock.sendall(rubbish)
    wait_for(lambda: len(hub.stats().subscribers) == 1)
    for tick in TICKS[:10]:
        hub.publish(tick)
    assert good.packets(9 * 1920)


def test_a_dead_subscriber_is_forgotten(hub, join):
    good, dead = join(), join()
    dead.sock.close()
    wait_for(lambda: hub.stats().disconnected == 1)
    for tick in TICKS[:10]:
        hub.publish(tick)
    assert good.packets(9 * 1920)


def test_without_a_key_frame_in_memory_a_joiner_waits_for_the_next(hub, join):
    first = join()
    for tick in TICKS[1:50]:  # the key frame of tick 0 was before this air process
        hub.publish(tick)
    for tick in TICKS[50:60]:
        hub.publish(tick)
    got = first.packets(59 * 1920)
    assert next(packet for packet in got if packet.stream == "video").pts == 50 * 1920


def test_closing_sends_what_is_queued(hub, join):
    peer = join()
    for tick in TICKS:
        hub.publish(tick)
    closing = threading.Thread(target=hub.close)
    closing.start()
    assert peer.packets(PACKETS[-1].dts)[-1] == PACKETS[-1]
    assert wire.receive(peer.sock) is None
    closing.join()
    hub.publish(TICKS[0])
    assert not hub.stats().alive
