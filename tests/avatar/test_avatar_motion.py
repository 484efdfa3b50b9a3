from __future__ import annotations

import numpy as np
import pytest

from livestream.avatar import motion
from livestream.avatar.motion import BLOCK, block, lids
from livestream.avatar.noise import knots, uniform

HOUR = 3600 * 25


def tracks(seed: int, name: str, frames: int = HOUR) -> np.ndarray:
    return np.concatenate([getattr(block.__wrapped__(seed, number), name) for number in range(frames // BLOCK)])


def loopiness(track: np.ndarray) -> float:
    """Largest autocorrelation at lags of 10 s to 10 min, taken each 0.2 s."""
    track = track[::5] - track.mean()
    size = 1 << (2 * len(track) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(track, size)) ** 2
    correlation = np.fft.irfft(spectrum)[: len(track)] / (len(track) - np.arange(len(track)))
    return float((correlation[50:3000] / correlation[0]).max())


@pytest.mark.parametrize("name", ["yaw", "pitch", "roll", "brow"])
def test_an_hour_of_movement_never_loops(name):
    assert loopiness(tracks(5, name)) < 0.35


def test_the_loop_detector_finds_a_loop():
    once = tracks(5, "yaw", 30 * 25)
    assert loopiness(np.tile(np.concatenate([once, once[::-1]]), 40)) > 0.9


def test_a_block_is_the_same_whatever_was_asked_before():
    motion.block.cache_clear()
    late = block(9, 360)
    for number in range(5):
        block(9, number)
    motion.block.cache_clear()
    motion.blinks.cache_clear()
    again = block(9, 360)
    for field in ("yaw", "pitch", "roll", "shift", "breath", "weight", "lid", "brow", "fixation", "before", "since"):
        np.testing.assert_array_equal(getattr(late, field), getattr(again, field))


def test_tracks_are_smooth_across_blocks_and_bounded():
    for name in ("yaw", "pitch", "roll", "shift", "breath", "weight"):
        track = tracks(3, name, 20 * 60 * 25)
        assert np.abs(track).max() <= 1.6
        assert np.abs(np.diff(track)).max() < 0.06


def test_blinks_come_at_a_natural_rate_with_doubles():
    closed = lids(4, 0, HOUR) > 0.9
    starts = np.flatnonzero(closed[1:] & ~closed[:-1])
    gaps = np.diff(starts) / 25
    assert 13 <= len(starts) / 60 <= 24
    assert 2.0 <= np.median(gaps) <= 4.0
    assert gaps.max() <= 20
    assert 0.04 <= np.mean(gaps < 0.5) <= 0.2


def test_breaths_last_between_three_and_a_half_and_five_seconds():
    time = np.arange(HOUR) / 25
    _, _, length = knots(1, 0, time, motion.BREATH_SECONDS, motion.BREATH_JITTER)
    assert length.min() >= 3.5
    assert length.max() <= 5.0


def test_another_seed_moves_otherwise():
    assert not np.allclose(tracks(1, "yaw", 5000), tracks(2, "yaw", 5000))
    assert uniform(1, 2, np.arange(3))[0] != uniform(2, 1, np.arange(3))[0]


def test_glances_rest_on_the_viewer_most_of_the_time():
    chances = np.linspace(0, 0.999, 500)
    looks = [motion.glance(float(chance), talking=1.0, listening=0.0) for chance in chances]
    assert looks.count("camera") > 0.75 * len(looks)
    assert {"card", "comments"} <= set(looks)
    listening = [motion.glance(float(chance), talking=0.0, listening=1.0) for chance in chances]
    assert listening.count("comments") > 3 * looks.count("comments")
