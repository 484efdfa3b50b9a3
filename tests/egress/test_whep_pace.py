import asyncio

import pytest

from livestream.egress.whep_pace import LATE_SOUND_SECONDS, KeyRequests, Pace, PacedQueue
from livestream.media import SAMPLES_PER_FRAME, Packet

FRAME = 0.04


def video(n, key=False):
    return Packet("video", n * SAMPLES_PER_FRAME, n * SAMPLES_PER_FRAME, SAMPLES_PER_FRAME, key, b"v")


def sound(n, half=0):
    return Packet("opus", n * SAMPLES_PER_FRAME + 960 * half, 0, 960, True, b"a")


def settle(pace, start=100.0, frames=50):
    for n in range(frames):
        now = start + n * FRAME
        pace.due(video(n), now)
        pace.due(sound(n), now)
        pace.due(sound(n, 1), now)
    return start + frames * FRAME, frames


def test_sound_of_the_second_half_of_a_frame_leaves_half_a_frame_later():
    pace = Pace()
    now, n = settle(pace)
    assert pace.due(video(n), now) == pytest.approx(now)
    assert pace.due(sound(n), now) == pytest.approx(now)
    assert pace.due(sound(n, 1), now) == pytest.approx(now + FRAME / 2)


def test_the_later_stream_sets_the_pace_of_both():
    pace = Pace()
    lag = 0.06
    for n in range(50):
        now = 100 + n * FRAME
        pace.due(sound(n), now)
        due = pace.due(video(n), now + lag)
    assert due == pytest.approx(now + lag)
    assert pace.due(sound(50), now + FRAME) == pytest.approx(now + FRAME + lag)


def test_a_late_tick_is_not_made_later():
    pace = Pace()
    now, n = settle(pace)
    late = now + 0.1
    assert pace.due(video(n), late) == late
    assert pace.due(sound(n), late) == late


def test_sound_that_comes_in_a_burst_after_a_stall_is_dropped_and_pictures_are_not():
    pace = Pace()
    now, n = settle(pace)
    stalled = now + 0.5
    assert pace.due(video(n), stalled) == stalled
    assert pace.due(sound(n), stalled) is None
    last = n + int((0.5 - LATE_SOUND_SECONDS) / FRAME) + 2
    assert pace.due(sound(last), stalled) is not None


def test_a_delay_that_stays_is_accepted_within_two_windows():
    pace = Pace()
    now, n = settle(pace)
    dropped = 0
    for m in range(n, n + 100):
        at = now + (m - n) * FRAME + 0.3
        pace.due(video(m), at)
        dropped += pace.due(sound(m), at) is None
    assert 20 <= dropped <= 55
    assert pace.due(sound(n + 100), now + 100 * FRAME + 0.3) is not None


def test_a_new_time_base_is_taken_over_at_once():
    pace = Pace()
    now, _ = settle(pace)
    assert pace.due(video(100_000), now) == now
    assert pace.due(sound(100_000), now) == now


async def test_packets_leave_in_order_of_their_time_from_one_timer():
    left = []
    queue = PacedQueue(left.append)
    queue.push(video(0))
    for half in (0, 1):
        queue.push(sound(0, half))
    assert left == [video(0), sound(0)]
    async with asyncio.timeout(1):
        while len(left) < 3:
            await asyncio.sleep(0.005)
    assert left[2] == sound(0, 1)


async def test_a_closed_queue_sends_nothing_more():
    left = []
    queue = PacedQueue(left.append)
    queue.push(video(0))
    queue.push(sound(0, 1))
    queue.close()
    await asyncio.sleep(0.03)
    assert left == [video(0)]


async def test_many_wishes_are_one_request_until_the_key_comes():
    sent = []
    keys = KeyRequests(lambda: sent.append(1), spacing=0.05, patience=10)
    for _ in range(25):
        keys.ask()
    assert len(sent) == 1
    keys.arrived()
    keys.ask()
    keys.ask()
    assert len(sent) == 1, "two keys in a row are spaced"
    await asyncio.sleep(0.08)
    assert len(sent) == 2


async def test_a_request_that_got_lost_is_repeated():
    sent = []
    keys = KeyRequests(lambda: sent.append(1), spacing=0, patience=0.02)
    keys.ask()
    await asyncio.sleep(0.03)
    keys.ask()
    assert len(sent) == 2
