"""Text that no spaces part: by the words of a list, the longest first, never inside a syllable or a Latin word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.answers.reading import Reader
from livestream.answers.segments import Segments

WORDS = Segments(["デスク", "ライト", "デスクライト", "いくら", "xl", "ดี", "ขวด"], glue=["は", "と"])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("デスクライトはいくら", ["デスクライト", "いくら"]),
        ("ライトとデスク", ["ライト", "デスク"]),
        ("黒色のドリッパー750ml", ["黒色", "の", "ドリッパー", "750", "ml"]),
        ("xlとxxl", ["xl", "xxl"]),
        ("ดีขวด", ["ดี", "ขวด"]),
        ("เดียว", ["เดียว"]),
        ("", []),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert WORDS.split(text) == parts


@given(st.text(st.sampled_from("デスクライトはくらxl7 ดีเขวด!"), max_size=30))
def test_nothing_but_signs_and_glue_is_lost(text: str) -> None:
    kept = [char for char in text if char.isalnum() or "\u0e00" <= char <= "\u0eff"]
    said = "".join(WORDS.split(text))
    assert [char for char in kept if char not in "はと"] == [char for char in said if char not in "はと"]


@pytest.fixture(scope="module")
def japanese() -> Reader:
    return Reader("ja-JP")


def test_one_thing_in_two_ways(japanese: Reader) -> None:
    assert japanese.read("黒のリュック").words == ("ブラック", "バックパック")


def test_bare_hiragana_says_nothing_unless_it_is_listed(japanese: Reader) -> None:
    assert japanese.read("ねこのやつはどんなかんじ").left == ("猫",)


def test_a_pattern_is_no_part_of_a_latin_word(japanese: Reader) -> None:
    assert "price" in japanese.read("priceは").aspects
    assert "price" not in japanese.read("pricelessは").aspects


@pytest.mark.parametrize(
    ("tag", "text", "most"),
    [
        ("ja-JP", "3000円以下", 3000),
        ("ko-KR", "30달러 이하", 30),
        ("ko-KR", "30달러", None),
        ("th-TH", "ไม่เกิน 30 ดอล", 30),
    ],
)
def test_what_it_may_cost_at_most(tag: str, text: str, most: int | None) -> None:
    assert Reader(tag).read(text).budget == most


def test_korean_particles_are_no_part_of_a_name() -> None:
    reader = Reader("ko-KR")
    assert reader.read("물병이랑 750ml는").words[:3] == ("보틀", "750", "ml")
