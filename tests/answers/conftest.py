from pathlib import Path

import pytest

from livestream.answers.answers import Answers
from livestream.audience.encoder import SentenceEncoder
from livestream.audience.intents import Intents
from livestream.catalogue import Catalogue, read_catalogue
from livestream.locales import Locale, locale

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "catalogue" / "sample.csv"


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="session")
def intents(encoder) -> Intents:
    return Intents(encoder)


@pytest.fixture(scope="session")
def sample() -> Catalogue:
    return read_catalogue(SAMPLE)


@pytest.fixture(scope="session")
def american() -> Locale:
    return locale("en-US")


@pytest.fixture
def answers(sample, encoder, american) -> Answers:
    return Answers(sample, encoder, locale=american, seed=1)


@pytest.fixture
def ask(intents, encoder):
    """Put a question to answers; returns the plan."""
    from questions import understood

    from livestream.audience.phrases import folded

    def put(answers, text, on_air="led-desk-lamp", **more):
        vector = encoder.encode([text])[0]
        return answers.plan(understood(text, vector, intents.read(vector, folded(text)), **more), on_air=on_air)

    return put
