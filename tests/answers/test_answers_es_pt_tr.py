"""What viewers ask in Mexico, Spain, Brazil and Turkey comes to the right answer, and no wording of one is refused."""

import pytest
from market_questions import outcomes, wrong
from market_wordings import refused_answers

QUESTIONS = {"es-ES": 35, "es-MX": 20, "pt-BR": 35, "tr-TR": 20}
VIEWERS = {"es-ES": "Ainhoa", "pt-BR": "Renata", "tr-TR": "Emre"}


@pytest.mark.parametrize("tag", QUESTIONS)
def test_questions_come_to_what_they_should(tag, encoder, intents):
    found = outcomes(tag, encoder, intents)
    assert len(found) >= QUESTIONS[tag]
    assert not wrong(found)


@pytest.mark.parametrize("tag", VIEWERS)
def test_no_answer_is_refused(tag):
    assert not refused_answers(tag, VIEWERS[tag])
