import numpy as np
import pytest
from programme_fakes import Puppet, planes, state

from livestream.locales import locale
from livestream.media import Box, LowerThird
from livestream.programme.badge import draw_badge
from livestream.programme.bed import Bed
from livestream.programme.programme import Programme
from livestream.programme.slate import SLATE, draw_slate

WORDS = LowerThird(SLATE, "We will be right back", "A short break")


@pytest.fixture
def shown():
    return Programme(Puppet(), locale=locale("en-US"), bed=Bed.default(0))


def luma(shown, n, slate):
    return planes(shown.picture(state(n, slate=slate)))[0].copy()


def test_the_slate_covers_everything_but_the_disclosure_and_goes_again(shown):
    before = luma(shown, 0, None)
    frames = [luma(shown, n, WORDS) for n in range(1, 16)]
    badge = draw_badge("AI-generated host", "en-US").box
    below = slice(badge.y + badge.height + 20, 1280)
    assert np.array_equal(frames[-1][below], draw_slate(WORDS, "en-US").y[below])
    strip = (slice(badge.y + 10, badge.y + badge.height - 10), slice(badge.x + 20, badge.x + 300))
    assert np.ptp(frames[-1][strip].astype(int)) > 100, "the disclosure stands on the slate too"
    after = [luma(shown, n, None) for n in range(16, 32)]
    still = slice(700, 1280)  # below the face, which has moved on
    assert np.array_equal(after[-1][still], before[still])


def test_the_words_of_the_slate_keep_inside_the_safe_area():
    drawn = draw_slate(WORDS, "en-US")
    ink = np.argwhere(drawn.y > 120)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0)
    assert drawn.box == Box(0, 0, 720, 1280)
    assert left >= 32
    assert right <= 610
    assert 500 < (top + bottom) / 2 < 680


def test_a_slate_without_words_is_plain(shown):
    assert np.ptp(draw_slate(LowerThird(SLATE, ""), "en-US").y.astype(int)) == 0


def test_the_slate_is_drawn_before_it_is_needed(shown):
    shown.prepare(lower_third=WORDS)
    hits = draw_slate.cache_info().hits
    luma(shown, 0, WORDS)
    assert draw_slate.cache_info().hits == hits + 1
