"""Every wording of es-MX over every product is approved: no answer is lost to a rule of its own language."""

import pytest
from questions import understood

from livestream.answers.answers import Answers
from livestream.answers.saying import Speaker
from livestream.answers.wordings import load_wordings
from livestream.audience.comment import Intent
from livestream.catalogue import Catalogue, Fact, FactKind, Product, read_catalogue
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.rundown.telling import Slots
from livestream.standards import Standards

MX = locale("es-MX")
WORDINGS = load_wordings("es-MX")
WITHOUT_FACTS_HERE = {"weight", "policy", "compare_points"}
CHOICES = (FactKind.CHOICE_PRICE, FactKind.CHOICE_STOCK)


def extras(product: Product) -> dict[str, Fact]:
    """The variables of one choice of a product, one whose price and stock are known if there is such a one."""
    facts = {fact.id: fact for fact in product.facts}
    found: dict[str, Fact] = {}
    for fact in product.facts:
        if fact.kind is FactKind.CHOICE:
            key = fact.id.partition(".choice.")[2]
            own = {
                kind.value: facts[f"{product.handle}.{kind}.{key}"]
                for kind in CHOICES
                if f"{product.handle}.{kind}.{key}" in facts
            }
            found = max(found, {"choice": fact, **own}, key=len)
    if option := product.fact(FactKind.OPTION):
        found["options"] = option
    return found


def refusals(catalogue: Catalogue) -> tuple[list[str], set[str]]:
    """Say every wording over every product; return what was refused, and the wordings that were approved."""
    standards = Standards(catalogue.facts, MX)
    speaker = Speaker(WORDINGS, standards, seed=1, quote_prices=True)
    products = [product for product in catalogue.products if product.fact(FactKind.TITLE)]
    refused, approved = [], set()
    for index, product in enumerate(products):
        three = [products[(index + step) % len(products)] for step in range(3)]
        for wordings in WORDINGS.sections.values():
            for wording in wordings:
                if not wording.needs and index:
                    continue
                for template in wording.templates:
                    slots = Slots()
                    values = speaker._values(three, extras(product), slots) | {"name": "Mariana"}
                    if not wording.needs <= values.keys():
                        continue
                    pieces = slots.pieces(template.render(values))
                    try:
                        standards.approve(Line(wording.id, "es-MX", Beat.ANSWER, pieces, product.handle))
                    except ClaimRefused as refusal:
                        refused.append(f"{wording.id} on {product.handle}: {refusal}")
                    approved.add(wording.id)
    return refused, approved


def test_every_wording_may_be_said_of_the_sample(sample):
    refused, approved = refusals(read_catalogue(sample.path, currency="MXN"))
    assert not refused
    every = {wording.id for wordings in WORDINGS.sections.values() for wording in wordings}
    assert {ident.rpartition(".")[0] for ident in every - approved} <= WITHOUT_FACTS_HERE | {
        section for section in WORDINGS.sections if section.startswith("point_")
    }


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("name", ["apparel", "home-and-garden"])
def test_every_wording_may_be_said_of_real_exports(real_catalogues, name):
    refused, _ = refusals(read_catalogue(real_catalogues / f"{name}.csv", assume="USD"))
    assert not refused


@pytest.fixture(scope="module")
def mexican(sample, encoder) -> Answers:
    return Answers(sample, encoder, locale=MX, seed=1)


def test_an_answer_goes_from_acknowledgement_to_re_entry(mexican, sample, ask):
    plan = ask(mexican, "cuanto cuesta la mochila?")
    comment = understood("cuanto cuesta la mochila?", None, [(Intent.PRICE, 0.9)], name="Ximena")
    ad_lib = mexican.compose(plan, comment, id="a1", on_air="led-desk-lamp")
    standards = Standards(sample.facts, MX)
    said = [standards.approve(line) for line in (*ad_lib.opening, *ad_lib.lines, *ad_lib.re_entry)]
    assert "Ximena" in said[0].caption
    assert "Carry-On Travel Backpack" in said[1].caption
    assert "setenta y nueve dólares" in said[1].spoken
    assert "Folding LED Desk Lamp" in said[-1].caption
    assert mexican.reply(plan, said[1].caption).startswith("IA · ")


def test_english_descriptions_are_not_read_out(mexican, sample, ask):
    for text in ("de qué material es?", "trae puerto usb?", "se puede lavar?"):
        for product in sample.products:
            plan = ask(mexican, text, on_air=product.handle)
            assert not any(sample.facts[fact].kind is FactKind.POINT for fact in plan.facts)


def test_windows_are_filled_from_what_may_be_said(mexican):
    plans = [mexican.fill_window("carry-on-backpack") for _ in range(6)]
    assert len({plan.topic for plan in plans if plan}) >= 3
