"""Amounts of money in titles and selling points, in any currency and language, and what only looks like one."""

import pytest
from standards_samples import fact, line

from livestream.catalogue.model import FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards

STATED = (
    "Mug five dollars", "Mug for ninety nine cents", "Mug CHF 5", "Mug ₽5", "Mug 5 zloty", "Mug Rp 50.000",
    "Mug fünf Euro", "Mug 5 €", "Tazza cinque euro", "Caneca cem reais", "Mug at twenty quid", "Mug kr 50", "50 nok",
)  # fmt: skip
HONEST = (
    "Top 10 Mug", "Gel 50 ml", "Mug of 5 pounds", "Sandal Euro 42", "Silver Dollar Plant, 2 pots", "925 Sterling Ring",
    "Mark 2 Lamp", "Try 2 Sizes", "Bucks County Mug 3", "Lira Lamp", "Krone 2 Lamp",
)  # fmt: skip


def refused(tag: str, text: str, kind: FactKind = FactKind.TITLE) -> str:
    named = fact(kind, text, suffix="text", grammar="verb" if kind is FactKind.POINT else "")
    try:
        Standards({named.id: named}, locale(tag)).approve(line(Slot(named.id), about="mug", tag=tag))
    except ClaimRefused as error:
        return error.rule
    return ""


@pytest.mark.parametrize("tag", ["en-US", "de-DE", "id-ID"])
def test_no_title_states_an_amount(tag):
    assert {text: refused(tag, text) for text in STATED} == dict.fromkeys(STATED, "price-in-text")
    assert {text: refused(tag, text) for text in HONEST} == dict.fromkeys(HONEST, "")


def test_no_selling_point_states_one_either():
    assert refused("en-US", "is a mug of five dollars", FactKind.POINT) == "price-in-text"
    assert refused("fr-FR", "deux cents grammes") == ""
    assert refused("ja-JP", "五百円の皿") == "price-in-text"
    assert refused("ru-RU", "Рюкзак весит 5 кг") == "", "kilograms, not kroner"
    assert refused("ru-RU", "Рюкзак за 5 ₽") == "price-in-text"
