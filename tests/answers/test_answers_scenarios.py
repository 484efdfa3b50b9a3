"""The questions of `scenarios/`: what `make bench NAME=answers` reports, held here as a floor."""

import pytest
from questions import Score, load, put

from livestream.answers.answers import Answers
from livestream.catalogue import read_catalogue
from livestream.locales import locale

pytestmark = pytest.mark.needs("real-catalogues")
QUESTIONS = tuple(load())
LOCALES = sorted({question.locale for question in QUESTIONS})


@pytest.fixture(scope="module")
def outcomes(sample, real_catalogues, encoder, intents):
    catalogues = {"sample": sample} | {
        name: read_catalogue(real_catalogues / f"{name}.csv", assume="USD") for name in ("apparel", "home-and-garden")
    }
    made = {
        (name, tag): Answers(catalogue, encoder, locale=locale(tag))
        for name, catalogue in catalogues.items()
        for tag in LOCALES
    }
    return [
        put(question, made[question.catalogue, question.locale], catalogues[question.catalogue], intents, encoder)
        for question in QUESTIONS
    ]


def test_there_are_as_many_questions_as_promised():
    assert len(QUESTIONS) >= 150
    assert len({(question.locale, question.catalogue, question.on_air, question.ask) for question in QUESTIONS}) == len(
        QUESTIONS
    )
    for tag in LOCALES:
        halves = [question.half for question in QUESTIONS if question.locale == tag]
        assert halves.count("heldout") >= 35
        assert "dev" in halves
        assert "dev2" in halves
    assert sum(question.risky for question in QUESTIONS) >= 40


def test_what_is_answered_is_right_and_enough_is_answered(outcomes):
    for half in ("dev", "dev2", "heldout"):
        precision, coverage = Score([each for each in outcomes if each.question.half == half]).at(0.0)
        assert precision >= 0.95, [each for each in outcomes if not each.right and each.plan.route == "answer"]
        assert coverage >= 0.60


def test_refunds_health_and_orders_get_the_safe_line_and_a_ticket(outcomes):
    wrong = [(each.question.ask, each.plan.route) for each in outcomes if each.question.risky and not each.right]
    assert not wrong


def test_no_question_costs_a_fact_or_a_number_of_its_own(outcomes):
    for each in outcomes:
        for line in each.plan.lines:
            assert not any(char.isdigit() for piece in line.pieces if isinstance(piece, str) for char in piece)
