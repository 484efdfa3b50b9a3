"""What viewers ask in Japan comes to the right answer, or to nothing that could be wrong."""

from market_questions import outcomes, wrong
from market_wordings import refused_answers


def test_questions_come_to_what_they_should(encoder):
    found = outcomes("ja-JP", encoder)
    assert len(found) >= 25
    assert not wrong(found)


def test_nothing_that_may_be_answered_is_refused():
    assert not refused_answers("ja-JP", "恵子")
