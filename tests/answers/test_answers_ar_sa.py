"""What viewers ask in Arabic comes to the right answer, and no wording of an answer is refused."""

from market_questions import outcomes, wrong
from market_wordings import refused_answers


def test_questions_come_to_what_they_should(encoder, intents):
    found = outcomes("ar-SA", encoder, intents)
    assert len(found) >= 20
    assert not wrong(found)


def test_no_answer_is_refused():
    assert not refused_answers("ar-SA", "نورة")
