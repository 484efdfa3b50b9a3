"""The label that the host is made by AI: in every frame, on top of everything, in the audience's language."""

import inspect

import numpy as np
import pytest
from programme_fakes import Puppet, planes, speech, state

from livestream.disclosure import HOST_LABELS, host_label
from livestream.locales import locale
from livestream.media import Box, Card, LowerThird
from livestream.programme.badge import draw_badge
from livestream.programme.bed import Bed
from livestream.programme.layout import BADGE
from livestream.programme.programme import Programme
from livestream.programme.slate import SLATE
from livestream.settings import ChannelSettings, Destination

LONG = "A lamp " * 60
SHOWN = (
    {},
    {"card": Card("lamp", LONG, "$49.99", "$59.99", LONG)},
    {"lower_third": LowerThird("disclosure", "", "")},
    {"lower_third": LowerThird("badge", LONG, LONG)},
    {"slate": LowerThird(SLATE, LONG, LONG)},
    {"slate": LowerThird(SLATE, ""), "card": Card("label", "label"), "lower_third": LowerThird("ai", "x")},
)


@pytest.mark.parametrize("tag", ["en-US", "es-MX"])
def test_nothing_that_is_shown_covers_it(tag):
    presenter = Puppet(Box(0, 0, 720, 1280))  # as tall and as wide as the picture
    shown = Programme(presenter, locale=locale(tag), bed=Bed.default(0))
    badge = draw_badge(host_label(tag), tag)
    opaque = badge.alpha == 255
    assert opaque.sum() > 500, "the letters"
    said = speech(LONG)
    for n in range(240):
        more = SHOWN[n // 20 % len(SHOWN)]
        picture = planes(shown.picture(state(n, said, 0, **more)))[0]
        here = picture[badge.box.y :, badge.box.x :][: badge.box.height, : badge.box.width]
        assert np.abs(here[opaque].astype(int) - badge.y[opaque]).max() <= 1, (n, more)


def test_a_platform_lengthens_the_label_and_takes_nothing_from_it():
    own, more = draw_badge(host_label("en-US"), "en-US"), draw_badge(host_label("en-US", "AI生成"), "en-US")
    assert more.box.width > own.box.width
    letters = own.alpha == 255
    assert np.array_equal(more.y[:, : own.box.width][letters], own.y[letters])
    shown = Programme(Puppet(), locale=locale("en-US"), bed=Bed.default(0), adds="AI生成")
    here = planes(shown.picture(state(0)))[0][more.box.y :, more.box.x :][: more.box.height, : more.box.width]
    assert np.array_equal(here[more.alpha == 255], more.y[more.alpha == 255])


def test_every_label_fits_its_place():
    territories = {"ar": "AE", "en": "US", "hi": "IN", "ja": "JP", "ko": "KR", "pt": "BR", "vi": "VN", "zh": "CN"}
    for language, label in HOST_LABELS.items():
        tag = f"{language}-{territories.get(language, language.upper())}"
        badge = draw_badge(label, tag)
        longer = draw_badge(f"{label} {label} {label} {label}", tag)
        assert badge.box.width < longer.box.width <= BADGE.width, language


def test_no_setting_and_no_argument_speaks_of_it():
    told = {*inspect.signature(Programme).parameters, *ChannelSettings.model_fields, *Destination.model_fields}
    assert not {name for name in told if any(word in name for word in ("label", "badge", "disclos", "ai_"))}
