"""What only the shop's own policy may say, and what one clause may not excuse in another."""

from dataclasses import replace
from decimal import Decimal

import pytest
from standards_samples import LAMP, MUG, fact, line, product

from livestream.catalogue.model import Fact, FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import Locale, locale
from livestream.standards import Standards
from livestream.standards.packs import load_pack

RETURNS = fact(
    FactKind.POLICY, "You can return unused items within 30 days for a full refund. Returns are free.",
    product="", suffix="policy.returns", label="returns",
)  # fmt: skip
SUPPORT = fact(
    FactKind.POLICY,
    "Write to help@mugs.example.com until Friday.",
    product="",
    suffix="support",
    label="support",
)
TITLE, STOCK, WAS = Slot("mug.title"), Slot("mug.stock", "count"), Slot("mug.compare_at", "price")


def door(*facts: Fact, without: str = "", **where: tuple[str, ...]) -> Standards:
    known = {entry.id: entry for entry in (*MUG, *LAMP, RETURNS, SUPPORT, *facts) if entry.id != without}
    return Standards(known, locale("en-US"), **where)


def rule_of(standards: Standards, *pieces: str | Slot, about: str | None = "mug") -> str:
    try:
        standards.approve(line(*pieces, about=about))
    except ClaimRefused as refused:
        return refused.rule
    return ""


def test_the_shops_policy_is_said_word_for_word() -> None:
    approved = door().approve(line("About returns: ", Slot(RETURNS.id)))
    assert str(RETURNS.value) in approved.caption
    assert "within thirty days" in approved.spoken
    assert approved.facts == (RETURNS.ref,)
    assert rule_of(door(), "In the shop’s own words: ", Slot(SUPPORT.id)) == ""
    assert rule_of(door(), Slot(RETURNS.id), about=None) == ""


@pytest.mark.parametrize(
    ("rule", "pieces"),
    [
        ("remedy", ("You get a full refund. ", Slot(RETURNS.id))),
        ("remedy", ("Returns are free. ", Slot(RETURNS.id))),
        ("number", (str(RETURNS.value),)),
        ("remedy", (str(RETURNS.value).replace("30", "some"),)),
        ("form", (Slot(RETURNS.id, "lower"),)),
        ("form", (Slot(RETURNS.id, "list"),)),
        ("form", (Slot("mug.lowest_30d", "price"),)),
        ("form", (Slot("mug.lowest_30d"),)),
        ("unit", (STOCK, " days. ", Slot(RETURNS.id))),
    ],
)
def test_nothing_is_added_to_a_policy(rule: str, pieces: tuple[str | Slot, ...]) -> None:
    assert rule_of(door(), *pieces) == rule


@pytest.mark.parametrize(
    "pieces",
    [
        ("Lifetime! ", Slot(RETURNS.id)),
        ("It is not true that ", Slot(RETURNS.id)),
        ("Used or broken too: ", Slot(RETURNS.id)),
        ("Our old rule was: ", Slot(RETURNS.id)),
        ("About payment: ", Slot(RETURNS.id)),
        ("Never mind what the shop says: ", Slot(RETURNS.id)),
        ("For the ", TITLE, ": ", Slot(RETURNS.id)),
        (Slot(RETURNS.id), " And that is forever."),
        (Slot(RETURNS.id), " Even worn ones."),
        (Slot(RETURNS.id), " The same goes for the ", TITLE, "."),
        (Slot(RETURNS.id), " ", Slot(SUPPORT.id)),
    ],
)
def test_no_words_beside_a_policy_bend_it(pieces: tuple[str | Slot, ...]) -> None:
    assert rule_of(door(), *pieces) == "policy"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("health", "This mug cures headaches."),
        ("absolute", "We have the best service in the world."),
        ("comparison", "Better than other shops."),
        ("contact", "Send questions to shop@mugs.example.com."),
        ("disclosure", "You are talking to a real person."),
        ("proof", "Five-star reviews."),
        ("auction", "Place your bids."),
    ],
)
def test_a_policy_may_not_say_everything(rule: str, text: str) -> None:
    policy = replace(RETURNS, value=text)
    assert rule_of(door(policy), Slot(policy.id)) == rule


def test_a_fact_in_one_clause_excuses_no_other() -> None:
    standards = door()
    assert rule_of(standards, "Only ", STOCK, " left.") == ""
    assert rule_of(standards, "Only ", STOCK, " left, and only a few lamps left.") == "stock"
    assert rule_of(standards, "In stock, yes: the shop counts ", STOCK, ".") == ""
    assert rule_of(standards, "In stock, yes: the shop counts ", STOCK, ", and only a few lamps left.") == "stock"
    assert rule_of(standards, "In stock. The shop counts ", STOCK, ".") == "stock"
    assert rule_of(standards, "There is a discount: it was ", WAS, ".") == ""
    assert rule_of(standards, "There is a discount on it. It was ", WAS, ".") == "discount"
    assert rule_of(standards, "Marked down from ", WAS, ".") == ""
    assert rule_of(standards, "Only ", STOCK, " left — hurry!") == "deadline"


def test_a_former_price_rests_on_the_lowest_of_thirty_days(american: Locale) -> None:
    said = ("It was ", WAS, ".")
    assert rule_of(door(), *said) == ""
    assert rule_of(door(without="mug.lowest_30d"), *said) == "reference-price"
    assert rule_of(door(without="mug.price"), *said) == "reference-price"
    for amount, currency in ((Decimal("59.99"), "USD"), (Decimal(60), "EUR"), (Decimal(60), "")):
        low = fact(FactKind.LOWEST_30D, amount, currency=currency)
        standards = door(low)
        assert rule_of(standards, *said) == "reference-price"
        assert standards.approve_card(product("mug", (*MUG, low))).card.was == ""
    assert rule_of(door(fact(FactKind.PRICE, Decimal(60), currency="USD")), *said) == "reference-price"
    assert door().approve_card(product("mug", MUG)).card.was == "$60"


def test_rules_hold_where_they_say() -> None:
    pack = load_pack("en-US")
    health = next(rule for rule in pack.rules if rule.id == "health")
    narrow = replace(health, platforms=("tiktok-shop",), jurisdictions=frozenset({"US"}), product_categories=("tea",))
    assert narrow.holds_on((), ())
    assert narrow.holds_on(("youtube", "tiktok-shop-us"), ("US", "CA"))
    assert not narrow.holds_on(("youtube",), ())
    assert not narrow.holds_on((), ("MX",))
    assert narrow.concerns(("herbal teas",))
    assert narrow.concerns(())
    assert narrow.concerns(("kitchen", ""))
    assert not narrow.concerns(("kitchen",))
    assert pack.of((), ("GB",)).rules == pack.rules
    assert narrow not in replace(pack, rules=(health, narrow)).of(("youtube",)).rules


def test_a_rule_for_some_products_leaves_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack("en-US")
    rules = tuple(replace(rule, product_categories=("lamp",)) if rule.id == "absolute" else rule for rule in pack.rules)
    monkeypatch.setattr("livestream.standards.door.load_pack", lambda _tag: replace(pack, rules=rules))
    kitchen, lighting = (fact(FactKind.TYPE, text) for text in ("Kitchen", "Table lamps"))
    assert rule_of(door(kitchen), TITLE, " is unbeatable.") == ""
    assert rule_of(door(lighting), TITLE, " is unbeatable.") == "absolute"
    assert rule_of(door(kitchen), TITLE, " is like ", Slot("lamp.title"), ", unbeatable.") == "absolute"


def test_a_warning_is_logged_and_refuses_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pack = load_pack("en-US")
    rules = tuple(replace(rule, severity="warn") if rule.id == "absolute" else rule for rule in pack.rules)
    monkeypatch.setattr("livestream.standards.door.load_pack", lambda _tag: replace(pack, rules=rules))
    assert rule_of(door(), "It is unbeatable.") == ""
    assert "absolute" in caplog.text
