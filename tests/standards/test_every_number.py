"""Random shops, locales and wordings: every digit and number word that is said or shown traces to a fact's value.

The numbers are found by the adversary's judge, which shares no code with the product.
"""

import sys
from decimal import Decimal
from pathlib import Path

from honest_lines import LOCALES, lines_of, pieces_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livestream.catalogue import Catalogue, Fact, FactKind, Product, Source
from livestream.errors import ClaimRefused, RundownError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.rundown import load_playbook, plan
from livestream.standards import Standards

sys.path.insert(0, str(Path(__file__).parents[1] / "adversary"))
from adversary_numbers import Known

CALM = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)
FEW = settings(CALM, max_examples=15)
SOURCE = Source("shop.csv", 2, "Title")
CURRENCIES = ("USD", "EUR", "GBP", "MXN", "BRL", "JPY", "IDR")
WORDS = st.sampled_from(
    ["Lamp", "Mug 500", "Set of 3", "Throw", "Model 12", "Bowl 2.0", "A4 Tray", "Sock", "24 Pencils"]
)
POINTS = st.sampled_from(["holds 350 ml", "weighs 1.5 kg", "soft to the touch", "made of cotton", "30 x 40 cm"])
LOOSE = st.sampled_from(
    ["three", "half", "20", "a dozen", "fifty percent", "$5", "٣", "twenty-one", "１２", "5️⃣", "tre", "drei"]
)
PRICES = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)


@st.composite
def products(draw, number=0):
    handle = f"p{number}"
    price = draw(PRICES)
    currency = draw(st.sampled_from(CURRENCIES))
    facts = [_fact(handle, FactKind.TITLE, f"{draw(WORDS)} {draw(WORDS)}")]
    facts.append(_fact(handle, FactKind.PRICE, price, currency=currency))
    facts.append(_fact(handle, FactKind.STOCK, draw(st.integers(1, 400))))
    facts.append(_fact(handle, FactKind.OPTION, ("Small", "Medium", "12 L"), "option.size", label="Size"))
    facts.append(_fact(handle, FactKind.VENDOR, "Marlow Quay"))
    facts.append(_fact(handle, FactKind.POINT, draw(POINTS), "point.1", grammar="verb"))
    former = price + draw(PRICES)
    facts += [_fact(handle, kind, former, currency=currency) for kind in (FactKind.COMPARE_AT, FactKind.LOWEST_30D)]
    return Product(handle, str(facts[0].value), "", "Marlow Quay", "", (), (), (), tuple(facts), 2)


def _fact(handle, kind, value, suffix="", **more):
    return Fact(f"{handle}.{suffix or kind}", kind, handle, value, SOURCE, **more)


def _known(cited, tag):
    """The numbers of the facts that a line cites: their amounts, and what stands in their texts."""
    values = [fact.value for fact in cited if isinstance(fact.value, int | Decimal)]
    lists = [fact.value for fact in cited if isinstance(fact.value, tuple)]
    texts = [fact.value for fact in cited if isinstance(fact.value, str)]
    texts += [item for items in lists for item in items]
    return Known([*values, *map(len, lists)], texts, tag.partition("-")[0])


def _traced(approved, facts, tag):
    known = _known([facts[ref.id] for ref in approved.facts], tag)
    for text in (approved.caption, approved.spoken):
        assert not known.foreign(text), (text, known.foreign(text))
    return not any(char.isdigit() for char in approved.spoken)


@CALM
@given(products(), st.sampled_from(LOCALES), st.data())
def test_in_every_market_numbers_come_from_facts(product, tag, data):
    """Wordings of hosts with loose numbers thrown in: what is approved holds the facts' numbers alone."""
    facts = {fact.id: fact for fact in product.facts}
    standards = Standards(facts, locale(tag))
    wording = data.draw(st.sampled_from(lines_of(tag)))
    if "{policy}" in wording:
        return
    pieces = [piece for piece in pieces_of(wording, list(facts.values())) if piece is not None]
    if data.draw(st.booleans()):
        pieces.insert(data.draw(st.integers(0, len(pieces))), f" {data.draw(LOOSE)} ")
    try:
        approved = standards.approve(Line("n", tag, Beat.OFFER, tuple(pieces), product.handle))
    except ClaimRefused:
        return
    assert _traced(approved, facts, tag)


@FEW
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3).flatmap(
    lambda drawn: st.tuples(*(products(number) for number in range(len(drawn))))
), st.integers(0, 99), st.integers(0, 3))  # fmt: skip
def test_in_a_show_numbers_come_from_facts(shop, seed, loop):
    """The shipped playbook over random shops, in any loop."""
    currency = next(fact.currency for fact in shop[0].facts if fact.currency)
    shop = tuple(product for product in shop if {fact.currency for fact in product.facts} <= {"", currency})
    catalogue = Catalogue(Path("shop.csv"), shop, (), currency, "file")
    standards = Standards(catalogue.facts, locale("en-US"))

    def permits(line):
        try:
            standards.approve(line)
        except ClaimRefused:
            return False
        return True

    try:
        rundown = plan(
            catalogue, load_playbook("en-US"), locale=locale("en-US"), target=60.0 + 30.0 * len(shop), seed=seed,
            loop=loop, measured={}, permits=permits,
        )  # fmt: skip
    except RundownError:
        return
    for line in rundown.lines:
        assert _traced(standards.approve(line), catalogue.facts, "en-US")


def test_the_finder_would_see_a_stray_number():
    fact = _fact("p", FactKind.PRICE, Decimal("49.99"), currency="USD")
    known = _known([fact], "en-US")
    assert not known.foreign("It is $49.99, forty-nine dollars and ninety-nine cents.")
    assert known.foreign("It is $49.98") == ["49.98"]
    assert known.foreign("It is fifty dollars") == ["fifty"]
