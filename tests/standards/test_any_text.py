"""Whatever is drafted: standards approves or refuses, and no number gets through that no fact states."""

import re
from decimal import Decimal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from standards_samples import LAMP, MUG, fact, line

from livestream.catalogue.model import FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards

US = locale("en-US")
FACTS = {entry.id: entry for entry in MUG + LAMP}
STANDARDS = Standards(FACTS, US)
SLOTS = st.sampled_from(
    [
        Slot("mug.title"),
        Slot("mug.price", "price"),
        Slot("mug.price", "price_short"),
        Slot("mug.compare_at", "price"),
        Slot("mug.stock", "count"),
        Slot("mug.variants", "count"),
        Slot("mug.option.size", "list"),
        Slot("mug.point.1"),
    ]
)
VOCABULARY = """
the one two twenty a half hundred and point dozen it is only was from to dollars % $ minutes left first no this of in
stock 5 12. 3/4 ½ twenty-one once per - . , — ( ) ' & x
"""
WORDS = st.sampled_from(VOCABULARY.split())
PIECES = st.lists(st.one_of(SLOTS, WORDS, WORDS.map(lambda word: f" {word} ")), min_size=1, max_size=9)
OWN = {"49.99", "60", "3", "350", "6", "49", "99"}
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
COUNTED = re.compile(r"\b(?:two|twenty|hundred|dozen|half|five|twelve|percent)\b|\d\W{0,3}(?:minutes|dollars)\b")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)
@given(PIECES)
@example([Slot("mug.price", "price"), ".", "minutes"])
def test_no_number_comes_from_the_words_around_the_facts(pieces: list[str | Slot]) -> None:
    try:
        approved = STANDARDS.approve(line(*pieces))
    except ClaimRefused:
        return
    for found in NUMBER.findall(approved.caption):
        assert found in OWN
    assert not COUNTED.search(approved.caption)
    assert not re.search(r"\$(?!49\.99|60)|%|¢", approved.caption)
    assert not any(char.isdigit() for char in approved.spoken)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=60), st.text("0123456789.,/x%$€\"'°-–½²③٣#&+ kgmlAbst:", max_size=20)))
def test_any_title_is_approved_or_refused(title: str) -> None:
    standards = Standards({"x.title": fact(FactKind.TITLE, title, product="x")}, US)
    try:
        approved = standards.approve(line("Meet ", Slot("x.title"), ".", about="x"))
    except ClaimRefused:
        return
    assert " ".join(token.caption for token in approved.tokens) == approved.caption
    assert all(token.spoken for token in approved.tokens)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_literal_is_approved_or_refused(literals: list[str]) -> None:
    try:
        approved = STANDARDS.approve(line(*literals))
    except ClaimRefused:
        return
    assert approved.caption == " ".join("".join(literals).split())


@settings(deadline=None, max_examples=200)
@given(
    st.integers(1, 10**8),
    st.sampled_from(["USD", "EUR", "GBP", "JPY", "THB"]),
    st.sampled_from(["price", "price_short"]),
)
def test_any_price_can_be_said(cents: int, currency: str, form: str) -> None:
    price = fact(FactKind.PRICE, Decimal(cents) / 100, currency=currency)
    standards = Standards({price.id: price}, US)
    assert standards.approve(line("It is ", Slot(price.id, form), ".")).facts == (price.ref,)
