"""The playbooks of Mexico, Spain, Brazil and Turkey: a show keeps its time, and nothing of it is refused."""

import pytest
from market_show import english_words, five_minutes, refused_wordings

from livestream.disclosure import discloses
from livestream.lines import Beat

TAGS = ("es-ES", "es-MX", "pt-BR", "tr-TR")


@pytest.mark.parametrize("tag", TAGS)
def test_a_show_of_five_minutes(tag):
    show, lines = five_minutes(tag)
    assert abs(show.seconds - 300.0) <= 6.0
    assert any(discloses(line.caption, tag) for line in lines)
    assert {Beat.HOOK, Beat.BENEFIT, Beat.OFFER, Beat.CALL_TO_ACTION} <= {
        part.beat for segment in show.segments for part in segment.parts
    }
    assert not english_words(tag, lines)


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_of_it_is_refused(tag):
    assert not refused_wordings(tag)
