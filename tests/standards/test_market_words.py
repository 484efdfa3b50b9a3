"""A market without a pack names its prices in its own words; the rules stay all there are."""

import pytest
from standards_samples import LAMP, MUG, line

from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards
from livestream.standards.packs import load_pack

FACTS = {entry.id: entry for entry in (*MUG, *LAMP)}
KOREAN = Standards(FACTS, locale("ko-KR"))
PRICE, FORMER, STOCK = Slot("mug.price", "price"), Slot("mug.compare_at", "price"), Slot("mug.stock", "count")
LOW, HIGH = Slot("lamp.price_from", "price"), Slot("lamp.price_to", "price")


@pytest.mark.parametrize(
    ("rule", "pieces", "about"),
    [
        ("", ("가격은 ", PRICE, "입니다."), "mug"),
        ("", ("비교 가격은 ", FORMER, ", 가격은 ", PRICE, "입니다."), "mug"),
        ("", (LOW, "부터 ", HIGH, "까지입니다."), "lamp"),
        ("", ("재고 수량은 ", STOCK, "입니다."), "mug"),
        ("unit", ("가격은 ", PRICE, "짜리예요."), "mug"),
        ("number", ("재고 수량은 ", STOCK, "만 개입니다."), "mug"),
        ("number", ("재고는 ", STOCK, " 개월입니다."), "mug"),
        ("price-meaning", ("예전엔 ", FORMER, "입니다."), "mug"),
        ("price-meaning", ("가격은 ", LOW, "입니다."), "lamp"),
        ("number", ("두 개에 ", PRICE, "입니다."), "mug"),
        ("remedy", ("Full refund.",), "mug"),
    ],
)
def test_korean_prices(rule: str, pieces: tuple[str | Slot, ...], about: str) -> None:
    try:
        KOREAN.approve(line(*pieces, tag="ko-KR", about=about))
        refused = ""
    except ClaimRefused as error:
        refused = error.rule
    assert refused == rule


def test_the_rules_are_those_of_the_union() -> None:
    korean, unknown = load_pack("ko-KR"), load_pack("nl-NL")
    assert korean.union
    assert korean.rules[korean.own :] == unknown.rules
    assert korean.fingerprint != unknown.fingerprint
