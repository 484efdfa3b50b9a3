"""Whatever a viewer writes: a plan is made of it, and an ad-lib of the plan."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from questions import understood

from livestream.answers.answers import Answers
from livestream.audience.comment import Intent
from livestream.catalogue import read_catalogue
from livestream.locales import locale

LOCALES = ("en-US", "es-MX")
ASKING = (
    "",
    "how much is {}?",
    "{} or {}",
    "is {} cheaper than {}",
    "cuánto cuesta {}",
    "{} y {} en negro",
    "tienen {}?",
)
MUTATED = 2000
LETTERS = "abcdefghijklmnopqrstuvwxyz áéñü'-1234567890"
INTENTS = tuple(Intent)


def mutated(text: str, chance: random.Random) -> str:
    """A text with up to three letters lost, doubled, changed or swapped."""
    letters = list(text)
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(letters)) if letters else 0
        match chance.randrange(4):
            case 0:
                del letters[at : at + 1]
            case 1:
                letters[at:at] = letters[at : at + 1]
            case 2:
                letters[at : at + 1] = [chance.choice(LETTERS)]
            case _:
                letters[at : at + 2] = letters[at : at + 2][::-1]
    return "".join(letters)


def answer(answers: Answers, text: str, on_air: str | None, intent: Intent, *, whole: bool = True) -> None:
    """Plan, with `whole` also all that a model may choose, and compose; any may raise, which fails the test."""
    asked = understood(text, None, ((intent, 0.3), (Intent.PRICE, 0.2)))
    plans = answers.candidates(asked, on_air=on_air) if whole else (answers.plan(asked, on_air=on_air),)
    for plan in plans if whole else ():
        answers.compose(plan, asked, id="any", on_air=on_air)


@pytest.fixture(scope="module")
def listed(encoder, sample, real_catalogues):
    """Answers over each catalogue there is, in each locale."""
    paths = [real_catalogues / f"{name}.csv" for name in ("apparel", "home-and-garden")]
    catalogues = [sample, *(read_catalogue(path, assume="USD") for path in paths if path.is_file())]
    return [(each, Answers(each, encoder, locale=locale(tag))) for each in catalogues for tag in LOCALES]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en-US", "Foding LED Desk Lamp, how much?"),
        ("en-US", "foldng led desk lamp or the Carry-On Travl Backpack, which is cheaper?"),
        ("es-MX", "Foding LED Desk Lamp, cuánto?"),
    ],
)
def test_a_misspelt_title_is_the_product(sample, encoder, tag, text):
    answers = Answers(sample, encoder, locale=locale(tag))
    plan = answers.plan(understood(text, None, ()), on_air=None)
    assert "led-desk-lamp.price" in plan.facts


def test_titles_with_typos_are_answered_or_not_and_never_raise(listed):
    chance = random.Random(7)
    for number in range(MUTATED):
        catalogue, answers = listed[number % len(listed)]
        titles = [mutated(chance.choice(catalogue.products).title, chance) for _ in range(2)]
        asking = chance.choice(ASKING)
        text = asking.format(*titles) if asking else titles[0]
        on_air = chance.choice([None, chance.choice(catalogue.products).handle])
        answer(answers, text, on_air, chance.choice(INTENTS), whole=number % 20 == 0)


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=120), intent=st.sampled_from(INTENTS), which=st.integers(0, 5))
def test_any_text_at_all_is_answered_or_not_and_never_raises(listed, text, intent, which):
    catalogue, answers = listed[which % len(listed)]
    answer(answers, text, catalogue.products[0].handle, intent)
