"""The shop's own text is quoted in the words that a market's rules know as announcing it."""

import pytest

from livestream.answers.saying import Speaker
from livestream.answers.wordings import load_wordings
from livestream.catalogue.model import Fact, FactKind, Source
from livestream.lines import Beat, Line, Slot
from livestream.locales import locale
from livestream.rundown.telling import Said, Slots
from livestream.standards import Standards

TEXTS = {
    "ja-JP": "未使用の商品は、到着から三十日以内に返品できます。",
    "ko-KR": "받은 날부터 30일 안에 쓰지 않은 상품을 반품할 수 있어요.",
    "th-TH": "คืนสินค้าที่ยังไม่ใช้ได้ภายใน 30 วัน",
}


@pytest.mark.parametrize("tag", TEXTS)
def test_every_wording_that_announces_a_policy_is_approved(tag: str) -> None:
    fact = Fact("policy.returns", FactKind.POLICY, "", TEXTS[tag], Source("policies.toml", 1, "text"), label="returns")
    wordings = load_wordings(tag)
    speaker = Speaker(wordings, Standards({fact.id: fact}, locale(tag)), seed=1, quote_prices=True)
    announced = [wording for wording in wordings.sections["policy"] if wording.sentences != ("{{ policy }}",)]
    assert len(announced) == 3
    for wording in announced:
        slots = Slots()
        pieces = slots.pieces(wording.templates[0].render(policy=Said(slots, Slot(fact.id))))
        approved = speaker.standards.approve(Line(wording.id, tag, Beat.ANSWER, pieces, None))
        assert TEXTS[tag] in approved.caption
