"""What viewers ask in Mexico, Spain and Brazil comes to the right answer, or to nothing that could be wrong."""

import pytest
from market_questions import outcomes, wrong


@pytest.mark.parametrize(("tag", "least"), [("es-ES", 35), ("es-MX", 20), ("pt-BR", 35)])
def test_questions_come_to_what_they_should(tag, least, encoder, intents):
    found = outcomes(tag, encoder, intents)
    assert len(found) >= least
    assert not wrong(found)
