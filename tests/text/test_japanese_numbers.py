"""Japanese numbers: said in kanji, and found again in digits, kanji and kana."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import fold, money_caption, money_spoken, numbers_in, spoken_form
from livestream.text.japanese import cardinal, digits, number

JA = "ja-JP"
HALF = Decimal("0.5")


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, JA)]


@given(st.one_of(st.integers(0, 10**4), st.integers(0, 10**16 - 1)))
def test_cardinals_come_back(value: int) -> None:
    assert values(cardinal(value)) == [value]
    assert values(f"価格は{cardinal(value)}円です。") == [value]


@given(st.integers(0, 10**12), st.integers(1, 4))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    assert values(number(value)) == [value]
    assert values(spoken_form(f"{value:,.{places}f}", JA)) == values(f"{value:,.{places}f}") == [value]


@given(st.integers(0, 10**10), st.sampled_from(["JPY", "KRW"]))
def test_money_comes_back(amount: int, currency: str) -> None:
    shown, said = money_caption(Decimal(amount), currency, JA), money_spoken(Decimal(amount), currency, JA)
    assert values(shown) == values(said) == [amount]
    assert spoken_form(shown, JA) == said


@given(st.integers(2, 10**6), st.sampled_from(["個", "枚入り", "ml", "%", "℃", "つの色", "人用", "年", "mAh"]))
def test_counted_things_come_back(value: int, what: str) -> None:
    assert values(spoken_form(f"{value}{what}", JA)) == values(f"{value}{what}") == [value]


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "said"),
    [
        ("4990", "JPY", "￥4,990", "四千九百九十円"),
        ("10000", "JPY", "￥10,000", "一万円"),
        ("1", "JPY", "￥1", "一円"),
        ("0", "JPY", "￥0", "ゼロ円"),
        ("49.99", "USD", "$49.99", "四十九ドル九十九セント"),
        ("20", "EUR", "€20", "二十ユーロ"),
        ("12.50", "THB", "THB\xa012.50", "十二点五ゼロバーツ"),
    ],
)
def test_money(amount: str, currency: str, shown: str, said: str) -> None:
    assert money_caption(Decimal(amount), currency, JA) == shown
    assert money_spoken(Decimal(amount), currency, JA) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("四十九", [49]),
        ("千二百九十九円", [1299]),
        ("一万二千", [12_000]),
        ("一二〇四", [1204]),
        ("一億二千万円", [120_000_000]),
        ("５千円", [5000]),
        ("1億2,000万円", [120_000_000]),
        ("1.5万円", [15_000]),
        ("壱万円、弐千円、参千円", [10_000, 2000, 3000]),
        ("３割引き", [30]),
        ("三割五", [30, 5]),
        ("半分", [HALF]),
        ("半額", [HALF]),
        ("一年半", [1, HALF]),
        ("二倍、三倍", [2, 3]),
        ("倍になる", [2]),
        ("一ダースと半ダース", [12, 6]),
        ("三分の一", [Decimal(1) / 3]),
        ("一と二分の一", [Decimal("1.5")]),
        ("一点五倍", [Decimal("1.5")]),
        ("三点", [3]),
        ("ふたつ、みっつ", [2, 3]),
        ("さんぜんえん", [3000]),
        ("ニセンキュウヒャクハチジュウエン", [2980]),
        ("にわりびき", [20]),
        ("さんじゅっぷん", [30]),
        ("残り五つ", [5]),
        ("価格は五です", [5]),
        ("数百円、何千円", [100, 1000]),
        ("三〇％", [30]),
        ("№1 と No.2", [1, 2]),
        ("①、②", [1, 2]),
        ("⼀⼆個", [12]),
        ("一緒に、一番、唯一の、均一に、一度、万が一", []),
        ("ひとつひとつ、もう一つ、一つひとつ、もうひとつ", []),
        ("三日月、七分袖、四角、二重構造、千鳥格子、八百屋、十二単、三つ編み", []),
        ("十分な広さ、十分です", []),
        ("十分で届く", [10]),
        ("わかりません。お店にまいります。使いつつ", []),
        ("半袖、前半、半透明、万能、五感、四季", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found
    assert values(fold(text)) == found


def test_places_are_those_of_the_numerals() -> None:
    [numeral] = numbers_in("残り二十二点です", JA)
    assert (numeral.text, numeral.start, numeral.end) == ("二十二", 2, 5)


def test_digits_and_signs() -> None:
    assert digits("0042") == "ゼロゼロ四二"
    assert cardinal(-3) == "マイナス三"
    assert number(Decimal("-0.5")) == "マイナスゼロ点五"
    assert cardinal(10**16) == f"一{'ゼロ' * 16}"


def test_voiced_kana_stay_other_letters() -> None:
    assert fold("ﾀﾞﾀﾞ ガード ただ") == "ダダ ガード ただ"
