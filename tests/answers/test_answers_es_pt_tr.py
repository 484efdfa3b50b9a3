"""What viewers ask in Mexico, Spain, Brazil and Turkey comes to the right answer, and no wording of one is refused."""

import pytest
from market_questions import outcomes, wrong
from market_wordings import refused_answers

MARKETS = {"es-ES": (35, "Ainhoa"), "es-MX": (20, "Alicia"), "pt-BR": (35, "Renata"), "tr-TR": (20, "Emre")}


@pytest.mark.parametrize("tag", MARKETS)
def test_questions_come_to_what_they_should(tag, encoder, intents):
    found = outcomes(tag, encoder, intents)
    assert len(found) >= MARKETS[tag][0]
    assert not wrong(found)


@pytest.mark.parametrize("tag", MARKETS)
def test_no_answer_is_refused(tag):
    assert not refused_answers(tag, MARKETS[tag][1])
