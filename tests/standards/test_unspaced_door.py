"""The door in Japanese: words stand beside facts without a space, and what an amount means stands behind it."""

from decimal import Decimal

import pytest
from standards_samples import fact, line, product

from livestream.catalogue.model import FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Sealer, Standards, new_key

JA = "ja-JP"
YEN = {"currency": "JPY"}
MUG = (
    fact(FactKind.TITLE, "ストーンウェア マグ 350ml"),
    fact(FactKind.PRICE, Decimal(4990), **YEN),
    fact(FactKind.COMPARE_AT, Decimal(6000), **YEN),
    fact(FactKind.LOWEST_30D, Decimal(6000), **YEN),
    fact(FactKind.STOCK, 3),
    fact(FactKind.POINT, "軽くて割れにくい", suffix="point.1"),
    fact(FactKind.POINT, "light and sturdy", suffix="point.2"),
    fact(FactKind.OPTION, ("S", "M", "L"), suffix="option.size", label="サイズ"),
    fact(FactKind.PRICE_FROM, Decimal(4000), **YEN),
    fact(FactKind.PRICE_TO, Decimal(6000), **YEN),
)
FACTS = {entry.id: entry for entry in MUG}
TITLE, PRICE, WAS = Slot("mug.title"), Slot("mug.price", "price"), Slot("mug.compare_at", "price")
STOCK, LOW, HIGH = Slot("mug.stock", "count"), Slot("mug.price_from", "price"), Slot("mug.price_to", "price")


def rule_of(standards: Standards, *pieces: str | Slot) -> str:
    try:
        standards.approve(line(*pieces, tag=JA))
    except ClaimRefused as refused:
        return refused.rule
    return ""


@pytest.fixture(scope="module")
def standards() -> Standards:
    return Standards(FACTS, locale(JA))


def test_what_is_shown_and_said_joins_without_spaces(standards: Standards) -> None:
    approved = standards.approve(line(TITLE, "は", PRICE, "です。在庫は", STOCK, "点あります。", tag=JA))
    assert approved.caption == "ストーンウェア マグ 350mlは￥4,990です。在庫は3点あります。"
    assert approved.spoken == "ストーンウェアマグ三百五十ミリリットルは四千九百九十円です.在庫は三点あります."
    assert "".join(token.caption for token in approved.tokens) == approved.caption
    sealer = Sealer(new_key())
    assert sealer.open_line(sealer.seal_line(approved)).spoken == approved.spoken


@pytest.mark.parametrize(
    ("rule", "pieces"),
    [
        ("", ("通常価格", WAS, "の", TITLE, "が", PRICE, "です。")),
        ("", (TITLE, "は", WAS, "のところ、", PRICE, "です。")),
        ("", (TITLE, "は", LOW, "から", HIGH, "までです。")),
        ("", (TITLE, "は、", Slot("mug.point.1"), "です。")),
        ("", ("サイズは", Slot("mug.option.size", "list"), "から選べます。")),
        ("price-meaning", (TITLE, "は", WAS, "です。")),
        ("price-meaning", (TITLE, "は", LOW, "です。")),
        ("price-meaning", (TITLE, "は", HIGH, "です。")),
        ("number", (TITLE, "は", PRICE, "万円です。")),
        ("unit", (TITLE, "は", PRICE, "円です。")),
        ("unit", (TITLE, "は", STOCK, "kgです。")),
        ("unit", (TITLE, "は", STOCK, "日あります。")),
        ("number", (TITLE, "は1", PRICE, "です。")),
        ("number", (TITLE, "の在庫は", STOCK, STOCK, "です。")),
        ("number", (TITLE, "は四千円です。")),
        ("number", (TITLE, "はヨンセンエンです。")),
        ("number", (TITLE, "は半分です。")),
        ("language", (TITLE, "は", Slot("mug.point.2"), "です。")),
        ("language", ("Кружка です。",)),
        ("stock", ("残りわずかです。",)),
        ("free", ("てれびでは無理ですが、ムリョウです。",)),
        ("proof", ("テレビデ紹介サレマシタ。",)),
    ],
)
def test_the_door(standards: Standards, rule: str, pieces: tuple[str | Slot, ...]) -> None:
    assert rule_of(standards, *pieces) == rule


def test_the_letters_of_a_size_are_said_by_their_names(standards: Standards) -> None:
    approved = standards.approve(line("サイズは", Slot("mug.option.size", "list"), "です。", tag=JA))
    assert (approved.caption, approved.spoken) == ("サイズはS、M、Lです。", "サイズはエス,エム,エルです.")


def test_a_card_says_from_behind_the_amount() -> None:
    facts = tuple(entry for entry in MUG if entry.kind is not FactKind.PRICE)
    card = Standards({entry.id: entry for entry in facts}, locale(JA)).approve_card(product("mug", facts)).card
    assert card.price == "￥4,000から"
