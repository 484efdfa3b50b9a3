"""A locale without a pack: the strictest union of all there are."""

from decimal import Decimal

import pytest
from standards_samples import MUG, fact, line, product

from livestream.catalogue.model import FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards
from livestream.standards.packs import load_pack, pack_locales
from livestream.text import fold

FACTS = {entry.id: entry for entry in (*MUG, fact(FactKind.POINT, "holds two cups", suffix="point.3"))}
DUTCH, AUSTRALIAN, RUSSIAN = (Standards(FACTS, locale(tag)) for tag in ("nl-NL", "en-AU", "ru-RU"))
TITLE, PRICE, STOCK = Slot("mug.title"), Slot("mug.price", "price"), Slot("mug.stock", "count")


def rule_of(standards: Standards, *pieces: str | Slot, tag: str = "nl-NL") -> str:
    try:
        standards.approve(line(*pieces, tag=tag))
    except ClaimRefused as refused:
        return refused.rule
    return ""


def test_every_rule_of_every_pack_holds() -> None:
    pack = load_pack("nl-NL")
    assert pack.union
    assert pack.name.startswith("nl-NL union ")
    assert not any(load_pack(tag).union for tag in pack_locales())
    for tag in pack_locales():
        for rule in load_pack(tag).rules:
            texts = [text for text in rule.refused[:2] if rule.find((fold(text),))]
            assert not [text for text in texts if pack.find((fold(text),), fold(text)) is None]


@pytest.mark.parametrize(
    ("rule", "pieces"),
    [
        ("", ("Kijk eens: ", TITLE, ".")),
        ("", ("De mooie ", TITLE, " van ", Slot("mug.vendor"), ", op tafel.")),
        ("remedy", ("Full refund.",)),
        ("remedy", ("Te devolvemos tu dinero.",)),
        ("number", ("Nu ", PRICE, ".")),
        ("number", ("Nog ", STOCK, ".")),
        ("characters", ("De ", Slot("mug.point.1"), ".")),
        ("number", ("De ", Slot("mug.point.3"), ".")),
        ("number", ("Viene en doce colores.",)),
        ("number", ("Comes in twelve colors.",)),
        ("number", ("In ", Slot("mug.option.size", "list"), ".")),
        ("characters", ("Nog 5.",)),
        ("language", ("Кружка",)),
    ],
)
def test_a_language_nobody_knows(rule: str, pieces: tuple[str | Slot, ...]) -> None:
    assert rule_of(DUTCH, *pieces) == rule


def test_what_is_said_of_an_unknown_language_is_what_is_shown() -> None:
    approved = DUTCH.approve(line("Kijk eens: ", TITLE, ".", tag="nl-NL"))
    assert approved.caption == approved.spoken == "Kijk eens: Stoneware Mug."


def test_a_language_that_is_known_keeps_its_numbers() -> None:
    assert rule_of(AUSTRALIAN, TITLE, " is ", PRICE, ".", tag="en-AU") == ""
    assert rule_of(AUSTRALIAN, "We have ", STOCK, " in stock.", tag="en-AU") == ""
    assert rule_of(AUSTRALIAN, "It was ", Slot("mug.compare_at", "price"), ".", tag="en-AU") == "price-meaning"
    assert rule_of(AUSTRALIAN, "Viene en doce colores.", tag="en-AU") == "number"


def test_cards() -> None:
    low = fact(FactKind.PRICE_FROM, Decimal(5), currency="AUD")
    lamp = (MUG[0], low)
    facts = {entry.id: entry for entry in lamp}
    assert Standards(facts, locale("en-AU")).approve_card(product("mug", lamp)).card.price == "from $5"
    card = Standards(facts, locale("nl-NL")).approve_card(product("mug", lamp)).card
    assert (card.title, card.price) == ("Stoneware Mug", "")


WRITTEN = {
    "ar-EG": "كوب", "hy-AM": "բաժակ", "bn-BD": "কাপ", "ru-RU": "Красивая кружка", "hi-IN": "कप", "ka-GE": "ჭიქა",
    "el-GR": "κούπα", "zh-CN": "杯子", "zh-TW": "杯ㄅ", "he-IL": "ספל", "ko-KR": "컵杯", "ta-IN": "கோப்பை",
    "th-TH": "แก้วใบนี้สวย",
}  # fmt: skip


def test_letters_are_those_of_the_language() -> None:
    for tag, words in WRITTEN.items():
        standards = Standards(FACTS, locale(tag))
        assert rule_of(standards, words, tag=tag) == "", tag
        assert rule_of(standards, "Mug", tag=tag) == "", tag
        assert rule_of(standards, "ᎠᎡ", tag=tag) == "language", tag
    assert rule_of(RUSSIAN, "マグカップ.", tag="ru-RU") == "language"
