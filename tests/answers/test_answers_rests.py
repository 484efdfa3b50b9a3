"""What a plan rests on, how often its topic is answered, and what only sounds like a risk."""

from decimal import Decimal

import pytest
from questions import understood

from livestream.answers.answers import Answers
from livestream.audience.comment import Intent
from livestream.catalogue import FactKind, read_catalogue
from livestream.catalogue.edits import with_price, with_stock
from livestream.locales import locale


def rests(plan) -> set[str]:
    return {ref.id for ref in plan.rests}


def outdated(plan, catalogue) -> bool:
    return any(catalogue.facts[ref.id].version != ref.version for ref in plan.rests)


@pytest.fixture
def mexican(sample, encoder):
    return Answers(sample, encoder, locale=locale("es-MX"))


@pytest.fixture(scope="module")
def varsity(real_catalogues):
    return read_catalogue(real_catalogues / "apparel.csv", assume="USD")


def priced(catalogue) -> set[str]:
    return {
        fact.id
        for fact in catalogue.facts.values()
        if fact.kind in {FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO}
    }


@pytest.mark.parametrize("text", ["is it in stock?", "how many are left?"])
@pytest.mark.parametrize("sold_out", [False, True])
def test_an_answer_about_stock_rests_on_the_count(answers, sample, ask, text, sold_out):
    gone = with_stock(sample, "led-desk-lamp", 0)
    now, then = (gone, sample) if sold_out else (sample, gone)
    for _ in range(4):  # some wordings say the count, others do not
        plan = ask(answers.updated(now), text)
        assert "led-desk-lamp.stock" in rests(plan)
        assert not outdated(plan, now)
        assert outdated(plan, then)


@pytest.mark.parametrize("text", ["anything under 30?", "what is the cheapest?", "is there something under 2 dollars?"])
def test_a_choice_by_price_rests_on_all_prices_that_were_compared(answers, sample, ask, text):
    plan = ask(answers, text)
    assert priced(sample) <= rests(plan)
    assert outdated(plan, with_price(sample, "led-desk-lamp", Decimal(1)))


def test_a_comparison_rests_on_both_prices(answers, sample, ask):
    plan = ask(answers, "which is cheaper, the lamp or the backpack?")
    assert {"led-desk-lamp.price", "carry-on-backpack.price_from", "carry-on-backpack.price_to"} <= rests(plan)
    assert outdated(plan, with_price(sample, "led-desk-lamp", Decimal(500)))


def test_what_is_not_there_rests_on_where_it_was_looked_for(answers, sample, ask):
    plan = ask(answers, "does it have a radio?")
    points = {fact.id for fact in sample.product("led-desk-lamp").facts if fact.kind is FactKind.POINT}
    assert plan.route == "point"
    assert points <= rests(plan)
    assert "led-desk-lamp.option.color" in rests(ask(answers, "do you have it in purple?"))


def test_two_answers_windows_and_candidates_say_what_they_rest_on(answers, ask, intents, encoder):
    both = ask(answers, "how much is it, and is it in stock?")
    assert {"led-desk-lamp.price", "led-desk-lamp.stock"} <= rests(both)
    for _ in range(6):
        window = answers.fill_window("led-desk-lamp")
        assert set(window.facts) <= rests(window)
    asked = understood("how much?", None, ())
    for plan in answers.candidates(asked, on_air="led-desk-lamp"):
        assert set(plan.facts) <= rests(plan)


def test_a_window_that_nobody_asked_in_shows_no_question(answers):
    plan = answers.fill_window("led-desk-lamp")
    assert answers.compose(plan, None, id="w", on_air="led-desk-lamp").question == ((), ())


def test_what_is_asked_back_or_unknown_is_never_muted(answers, ask):
    back = ask(answers, "how much is the kettle")
    unknown = ask(answers, "do you sell umbrellas?")
    assert (back.route, back.topic, unknown.route, unknown.topic) == ("ask_back", "", "point", "")


def test_what_is_not_known_mutes_only_the_same_question(answers, ask):
    texts = ("does it have a radio?", "is there a radio on it?", "does it come with a remote?", "how heavy is it?")
    topics = [ask(answers, text).topic for text in texts]
    assert topics[0] == topics[1] == "led-desk-lamp:missing:radio"
    assert len(set(topics)) == 3
    assert topics[3] == "led-desk-lamp:missing:weight"
    assert ask(answers, "do you have it in purple?").topic != ask(answers, "do you have it in green?").topic


def test_a_safe_line_is_said_once_and_every_asker_has_a_reply(answers, ask):
    plans = [ask(answers, "where is my order?", on_air) for on_air in ("led-desk-lamp", "carry-on-backpack")]
    assert {plan.topic for plan in plans} == {"risk:order"}
    assert all(plan.always_reply for plan in plans)
    assert ask(answers, "i want a refund").topic == "risk:refund"
    assert not ask(answers, "how much is it").always_reply


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize(
    ("tag", "size", "there", "others"),
    [
        ("en-US", "do you have it in {}?", "Large Medium small L", "XL xxl 2XL 3XL extra-large x-large XS triple-XL"),
        ("es-MX", "lo tienen en {}?", "grande mediana chica L", "XL xxl 2XL 3XL extra-grande extra-chica x-large XS"),
    ],
)
def test_a_size_is_there_as_a_whole_or_not_at_all(varsity, encoder, tag, size, there, others):
    answers = Answers(varsity, encoder, locale=locale(tag))
    for section, names in (("choice_yes", there), ("choice_no", others)):
        for name in names.split():
            text = size.format(name.replace("-", " "))
            plan = answers.plan(understood(text, None, ((Intent.VARIANT, 0.9),)), on_air="classic-varsity-top")
            assert plan.template.split(".")[0] == section, text


def test_a_shade_of_a_color_is_another_color(answers, mexican, ask):
    assert ask(answers, "does the tunnel come in forest?").template.startswith("choice_yes")
    assert ask(answers, "does the tunnel come in dark mustard?").template.startswith("choice_no")
    assert ask(mexican, "lo tienen en negro?").template.startswith("choice_yes")


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("do you have the backpack in green?", "choice_no"),
        ("do you have the throw in ink?", "choice_yes"),
        ("do you have a backpack?", "recommend"),
    ],
)
def test_a_named_product_asked_for_in_a_color_is_not_just_recommended(answers, ask, text, section):
    assert ask(answers, text).template.startswith(section)


@pytest.mark.needs("real-catalogues")
def test_a_part_or_a_word_that_is_near_answers_nothing_of_the_whole(answers, ask, varsity, encoder, american):
    assert ask(answers, "is the throw warm?").route == "point"
    apparel = Answers(varsity, encoder, locale=american)
    assert ask(apparel, "what colors does it come in?", "red-sports-tee").route == "point"


def test_what_another_product_comes_in_is_not_asked_of_the_one_on_air(mexican, ask):
    assert "led-desk-lamp.price" not in ask(mexican, "la de una sonda cuánto").facts


SOFT = ((Intent.HEALTH, 0.16), (Intent.STOCK, 0.4))


@pytest.mark.parametrize(
    ("text", "intents", "route"),
    [
        ("padrísimo!!!", ((Intent.COMPLAINT, 0.4), (Intent.PRAISE, 0.3)), "greet"),
        ("venden paraguas?", SOFT, "point"),
        ("tienen la cobija en tinta?", SOFT, "answer"),
        ("aceptan tarjeta?", ((Intent.REFUND, 0.22), (Intent.SHIPPING, 0.38)), "point"),
        ("venden pastillas?", ((Intent.HEALTH, 0.66), (Intent.STOCK, 0.17)), "deflect"),
        ("aceptan tarjeta?", ((Intent.REFUND, 0.95), (Intent.STOCK, 0.01)), "deflect"),
        ("gracias por nada", ((Intent.COMPLAINT, 0.4), (Intent.PRAISE, 0.3)), "deflect"),
    ],
)
def test_what_only_sounds_like_a_risk_is_no_risk(mexican, text, intents, route):
    plan = mexican.plan(understood(text, None, intents), on_air="led-desk-lamp")
    assert plan.route == route


@pytest.mark.parametrize("text", ["awesome!!!", "do you take cards?", "do you sell umbrellas?"])
def test_a_plain_question_in_english_is_none_either(answers, text):
    asked = understood(text, None, ((Intent.REFUND, 0.2), (Intent.STOCK, 0.3)))
    assert answers.plan(asked, on_air="led-desk-lamp").route != "deflect"
