import av
import numpy as np
import pytest
from programme_fakes import Puppet, planes, speech, state

from livestream.locales import locale
from livestream.media import SAMPLES_PER_FRAME, Box, Card, LowerThird
from livestream.programme.badge import draw_badge
from livestream.programme.bed import Bed
from livestream.programme.card import draw_card
from livestream.programme.encoder import Encoder
from livestream.programme.layout import CAPTION, CARD, LOWER_THIRD
from livestream.programme.programme import Programme
from livestream.programme.scene import load_scene

SHIRT = Card("shirt", "Linen Camp Shirt", "$49.99", "$64.00", "Three colours")
MUG = Card("mug", "Mug", "$12.00")
STRIP = LowerThird("welcome", "Welcome", "Ask us anything")
SAID = speech("The Linen Camp Shirt comes in sand, olive and navy.")


def programme(tag="en-US", presenter=None, **more):
    return Programme(presenter or Puppet(), locale=locale(tag), bed=Bed.default(0), **more)


def area(frame, box):
    return planes(frame)[0][box.y : box.y + box.height, box.x : box.x + box.width]


@pytest.fixture(scope="module")
def decoded():
    """Luma of every decoded frame of a busy stretch: cards, strips, captions come and go."""
    shown, encoder, decoder = programme(), Encoder(), av.CodecContext.create("h264", "r")
    lumas = []
    for n in range(60):
        card = SHIRT if n % 30 < 12 else MUG if n % 30 < 24 else None
        now = state(n, SAID, 5 * SAMPLES_PER_FRAME, card=card, lower_third=STRIP if 10 < n < 40 else None)
        for packet in encoder.video(n, shown.picture(now)):
            lumas += [frame.to_ndarray()[:1280] for frame in decoder.decode(av.Packet(packet.data))]
    return lumas


def test_the_badge_is_in_every_decoded_frame(decoded):
    badge = draw_badge("AI-generated host", "en-US")
    here = (slice(badge.box.y, badge.box.y + badge.box.height), slice(badge.box.x, badge.box.x + badge.box.width))
    below = load_scene("studio").y[here].astype(int)
    wanted = badge.y + below * (255 - badge.alpha.astype(int)) // 255
    assert len(decoded) >= 59
    for luma in decoded:
        assert np.mean(np.abs(luma[here].astype(int) - wanted)) < 6
        assert np.corrcoef(luma[here].ravel(), wanted.ravel())[0, 1] > 0.97


def test_the_badge_lies_over_a_presenter_who_fills_the_picture():
    tall = programme(presenter=Puppet(Box(0, 60, 720, 1220)))
    small = programme()
    here = draw_badge("AI-generated host", "en-US").box
    inner = Box(here.x + 16, here.y + 8, here.width - 32, here.height - 16)
    a, b = (area(one.picture(state(0)), inner).astype(int) for one in (tall, small))
    assert np.abs(a - b).max() < 60  # the pill lets a little of what is behind it through
    assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.95


def test_a_card_slides_in_within_a_third_of_a_second_and_leaves_nothing_behind():
    shown, bare = programme(), programme()
    first = area(shown.picture(state(0, card=SHIRT)), CARD)
    for n in range(1, 8):
        last = area(shown.picture(state(n, card=SHIRT)), CARD)
    assert not np.array_equal(first, last)
    settled = programme()
    for n in range(20):
        wanted = area(settled.picture(state(n, card=SHIRT)), CARD)
    assert np.mean(np.abs(last[:150].astype(int) - wanted[:150])) < 1
    for n in range(9, 16):
        gone = shown.picture(state(n))
    for n in range(16):
        clean = bare.picture(state(n))
    assert all(np.array_equal(a, b) for a, b in zip(planes(gone), planes(clean), strict=True))


def test_another_card_enters_when_the_first_has_left():
    shown, direct = programme(), programme()
    for n in range(20):
        shown.picture(state(n, card=SHIRT if n < 2 else MUG))
        direct.picture(state(n, card=MUG))
    assert np.array_equal(
        area(shown.picture(state(20, card=MUG)), CARD), area(direct.picture(state(20, card=MUG)), CARD)
    )


def test_a_caption_stands_while_its_words_are_heard_and_no_longer():
    shown, bare = programme(), programme()
    differs = []
    start = 3 * SAMPLES_PER_FRAME
    frames = len(SAID.pcm) // SAMPLES_PER_FRAME + 8
    for n in range(frames):
        a, b = shown.picture(state(n, SAID, start)), bare.picture(state(n))
        differs.append(not np.array_equal(area(a, CAPTION), area(b, CAPTION)))
    on = [n for n, flag in enumerate(differs) if flag]
    heard = (start + SAID.words[0].start) / SAMPLES_PER_FRAME
    assert abs(on[0] - heard) <= 2
    assert on == list(range(on[0], on[-1] + 1))
    assert (start + len(SAID.pcm)) / SAMPLES_PER_FRAME - on[-1] <= 2


def test_a_lower_third_comes_and_goes():
    shown, bare = programme(), programme()
    for n in range(12):
        up, none = shown.picture(state(n, lower_third=STRIP)), bare.picture(state(n))
    assert area(up, LOWER_THIRD).mean() > area(none, LOWER_THIRD).mean() + 20
    for n in range(12, 22):
        up, none = shown.picture(state(n)), bare.picture(state(n))
    assert np.array_equal(area(up, LOWER_THIRD), area(none, LOWER_THIRD))


def test_frames_may_be_left_out():
    shown = programme()
    shown.picture(state(0, SAID, 0, card=SHIRT))
    shown.picture(state(900, card=MUG, lower_third=STRIP))
    assert shown.sound(state(900)).shape == (SAMPLES_PER_FRAME, 2)


@pytest.mark.parametrize("tag", ["ar-AE", "hi-IN", "th-TH", "de-DE"])
def test_every_covered_locale_is_shown(tag):
    shown = programme(tag)
    shown.picture(state(0, SAID, 0, card=SHIRT, lower_third=STRIP))


def test_a_sentence_said_again_is_captioned_again():
    shown, bare = programme(), programme()
    second = 40 * SAMPLES_PER_FRAME
    for n in range(30):
        shown.picture(state(n, SAID, 0))
        bare.picture(state(n))
    for n in range(30, 46):  # cut, and begun again from its first word
        now = shown.picture(state(n, SAID, second))
        none = bare.picture(state(n))
        if n == 38:
            assert np.array_equal(area(now, CAPTION), area(none, CAPTION))
    assert not np.array_equal(area(now, CAPTION), area(none, CAPTION))


def test_what_was_prepared_is_not_drawn_again():
    card = Card("kettle", "Kettle", "$30")
    shown = programme()
    shown.prepare(card, STRIP)
    before = draw_card.cache_info().misses
    shown.picture(state(0, card=card, lower_third=STRIP))
    assert draw_card.cache_info().misses == before
