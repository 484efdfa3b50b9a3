"""What viewers ask in Thailand comes to the right answer, or to nothing that could be wrong."""

from market_questions import outcomes, wrong
from market_wordings import refused_answers


def test_questions_come_to_what_they_should(encoder):
    found = outcomes("th-TH", encoder)
    assert len(found) >= 10
    assert not wrong(found)


def test_nothing_that_may_be_answered_is_refused():
    assert not refused_answers("th-TH", "สมชาย")
