"""The British playbook: a show of five minutes says who speaks, keeps its time and its spelling; nothing is refused."""

import re

from market_show import five_minutes, refused_wordings

from livestream.disclosure import discloses
from livestream.rundown import load_playbook

TAG = "en-GB"
AMERICAN = re.compile(r"\b(?:color|gray|closet|aluminum|zipper|liters?|meters?|cookies)\w*", re.IGNORECASE)


def test_a_show_of_five_minutes():
    show, lines = five_minutes(TAG)
    assert abs(show.seconds - 300.0) <= 6.0
    assert any(discloses(line.caption, TAG) for line in lines)
    assert not [line.caption for line in lines if AMERICAN.search(line.caption)]


def test_nothing_of_it_is_refused():
    assert not refused_wordings(TAG)


def test_what_britain_does_not_say_differently_is_what_america_says():
    british, american = load_playbook(TAG), load_playbook("en-US")
    assert british.sections["benefit"] == american.sections["benefit"]
    assert british.sections["opening"] != american.sections["opening"]
