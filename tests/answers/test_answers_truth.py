"""What is said of the shop's own texts and of prices that have changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from livestream.answers.answers import Answers
from livestream.catalogue import read_catalogue
from livestream.catalogue.policies import policies_for, read_policies
from livestream.locales import locale
from livestream.standards import Standards

ASSETS = Path(__file__).resolve().parents[2] / "assets" / "catalogue"
QUESTIONS = {
    "en-US": {
        "do you ship to texas?": "policy.shipping.us",
        "can i return it": "policy.returns",
        "is there a warranty?": "policy.warranty",
        "do you take credit cards?": "policy.payment",
        "how do i contact support?": "policy.support",
    },
    "es-MX": {
        "hacen envios a monterrey?": "policy.shipping.mx",
        "aceptan devoluciones?": "policy.returns",
        "tiene garantia?": "policy.warranty",
        "aceptan tarjetas?": "policy.payment",
        "como los contacto?": "policy.support",
    },
}


@pytest.fixture(scope="module", params=QUESTIONS)
def shop(request, encoder):
    """The sample shop with its policies in one market; its answers, its standards, its questions."""
    audience = locale(request.param)
    policies = policies_for(read_policies(ASSETS / "policies.toml"), audience)
    catalogue = replace(read_catalogue(ASSETS / "sample.csv"), policies=policies)
    answers = Answers(catalogue, encoder, locale=audience)
    return answers, Standards(catalogue.facts, audience), catalogue, QUESTIONS[request.param]


def test_the_shops_text_is_said_word_for_word(shop, ask):
    answers, standards, catalogue, questions = shop
    for question, fact in questions.items():
        plan = ask(answers, question)
        assert plan.facts == (fact,), question
        assert [ref.id for ref in plan.rests] == [fact]
        caption = " ".join(standards.approve(line).caption for line in plan.lines)
        assert catalogue.fact(fact).value in caption


def test_a_correction_tells_the_price_in_force_in_ever_other_words(shop):
    answers, standards, catalogue, _ = shop
    told = set()
    for product in catalogue.products[:5]:
        (line,) = answers.correction(product.handle)
        approved = standards.approve(line)
        assert any(ref.id.startswith(f"{product.handle}.price") for ref in approved.facts)
        assert product.title in approved.caption
        told.add(line.id.rpartition(".")[0])
    assert len(told) >= 4
    assert answers.correction("nothing") == ()
