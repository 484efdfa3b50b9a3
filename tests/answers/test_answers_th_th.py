"""What viewers ask in Thailand comes to the right answer, or to nothing that could be wrong."""

from market_questions import outcomes, wrong


def test_questions_come_to_what_they_should(encoder):
    found = outcomes("th-TH", encoder)
    assert len(found) >= 10
    assert not wrong(found)
