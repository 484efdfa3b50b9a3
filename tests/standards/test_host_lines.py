"""What hosts of four markets say passes the whole door; what none may promise does not."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from standards_samples import fact, line

from livestream.catalogue.model import FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards

LINES = tomllib.loads(Path(__file__).with_name("host_lines.toml").read_text(encoding="utf-8"))


def refused(standards: Standards, tag: str, *pieces: str | Slot) -> str:
    """Return the rule that refuses a line, "" where it passes."""
    try:
        standards.approve(line(*pieces, about="mug" if Slot in map(type, pieces) else None, tag=tag))
    except ClaimRefused as error:
        return error.rule
    return ""


@pytest.mark.parametrize("tag", LINES)
def test_a_host_may_say(tag: str) -> None:
    standards = Standards({}, locale(tag))
    broken = {text: rule for text in LINES[tag]["spoken"] if (rule := refused(standards, tag, text))}
    assert not broken


@pytest.mark.parametrize("tag", LINES)
def test_a_host_may_not_promise(tag: str) -> None:
    standards = Standards({}, locale(tag))
    assert not [text for text in LINES[tag]["promised"] if not refused(standards, tag, text)]


SELLING = {
    "it-IT": (
        ("EUR", "1.299,50\xa0€", "milleduecentonovantanove euro e cinquanta centesimi"),
        ("Prima ", ", adesso ", "Costa ", "Il negozio ne ha ", " in magazzino."),
        {"unit": "{stock} minuti", "price-meaning": "è {was}", "number": "{stock} mila"},
    ),
    "pt-BR": (
        ("BRL", "R$\xa01.299,50", "mil duzentos e noventa e nove reais e cinquenta centavos"),
        ("Antes ", ", agora ", "Custa ", "A loja tem ", " em estoque."),
        {"unit": "{stock} minutos", "price-meaning": "é {was}", "number": "{stock} mil"},
    ),
}


@pytest.mark.parametrize("tag", SELLING)
def test_prices_and_counts_are_said_as_what_they_are(tag: str) -> None:
    (currency, shown, said), (before, now, costs, left, pieces), bent = SELLING[tag]
    facts = (
        fact(FactKind.PRICE, Decimal("1299.50"), currency=currency),
        fact(FactKind.COMPARE_AT, Decimal(1500), currency=currency),
        fact(FactKind.LOWEST_30D, Decimal(1500), currency=currency),
        fact(FactKind.STOCK, 21),
    )
    standards = Standards({entry.id: entry for entry in facts}, locale(tag))
    price, was, stock = Slot("mug.price", "price"), Slot("mug.compare_at", "price"), Slot("mug.stock", "count")
    approved = standards.approve(line(before, was, now, price, ".", tag=tag))
    assert shown in approved.caption
    assert said in approved.spoken
    assert not refused(standards, tag, costs, price, ".")
    assert not refused(standards, tag, left, stock, pieces)
    slots = {"stock": stock, "was": was}
    for rule, text in bent.items():
        words, name, rest = text.replace("}", "{").split("{")
        assert refused(standards, tag, f"{costs}{words}", slots[name], rest) == rule
