"""The Hindi playbook: a show of five minutes says who speaks, keeps its time, and nothing of it is refused."""

from market_show import english_words, five_minutes, refused_wordings

from livestream.disclosure import discloses
from livestream.lines import Beat
from livestream.rundown import load_playbook

TAG = "hi-IN"


def test_a_show_of_five_minutes():
    show, lines = five_minutes(TAG)
    assert abs(show.seconds - 300.0) <= 6.0
    assert any(discloses(line.caption, TAG) for line in lines)
    assert {Beat.HOOK, Beat.BENEFIT, Beat.OFFER, Beat.CALL_TO_ACTION} <= {
        part.beat for segment in show.segments for part in segment.parts
    }
    assert not english_words(TAG, lines)


def test_nothing_of_it_is_refused():
    assert not refused_wordings(TAG)


def test_kinds_are_found_by_whole_words_with_their_vowel_signs():
    assert load_playbook(TAG).kinds_of("रसोई की कड़ाही") == {"kitchen", "cook"}
