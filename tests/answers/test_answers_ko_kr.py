"""What viewers ask in Korea comes to the right answer, or to nothing that could be wrong."""

from market_questions import outcomes, wrong


def test_questions_come_to_what_they_should(encoder):
    found = outcomes("ko-KR", encoder)
    assert len(found) >= 10
    assert not wrong(found)
