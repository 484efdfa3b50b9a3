"""Korean captions: what is said for digits, units and counters, and numbers found again in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.korean import MOST_NATIVE, cardinal, counting
from livestream.text.korean_reading import LANGUAGE

KO = "ko-KR"


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, KO)]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("₩39,000", "삼만 구천 원"),
        ("39,000원이에요", "삼만 구천 원이에요"),
        ("3만 9,000원", "삼만 구천 원"),
        ("1만2천원", "만 이천 원"),
        ("2.5만원", "이만 오천 원"),
        ("US$39예요", "삼십구 달러예요"),
        ("$49.99", "사십구 달러 하고 구십구 센트"),
        ("5,000~8,000원", "오천에서 팔천 원"),
        ("₩5,000–₩8,000", "오천 원에서 팔천 원"),
        ("10%", "십 퍼센트"),
        ("5~10%", "오에서 십 퍼센트"),
        ("600 ml가 들어가요", "육백 밀리리터가 들어가요"),
        ("무게는 1.1 kg이에요.", "무게는 일 점 일 킬로그램이에요."),
        ("130×180 cm예요", "백삼십 바이 백팔십 센티미터예요"),
        ("10×15×20cm", "십 바이 십오 바이 이십 센티미터"),
        ("16인치 노트북", "십육 인치 노트북"),
        ("커피 4잔을", "커피 네 잔을"),
        ("3가지로", "세 가지로"),
        ("20명", "스무 명"),
        ("24시간", "스물네 시간"),
        ("100개", "백 개"),
        ("5단계", "오 단계"),
        ("1회 충전", "일 회 충전"),
        ("2배", "두 배"),
        ("섭씨 230도까지", "섭씨 이백삼십 도까지"),
        ("-5℃예요", "섭씨 마이너스 오 도예요"),
        ("100°F", "화씨 백 도"),
        ("1/2컵", "이분의 일 컵"),
        ("½컵", "이분의 일 컵"),
        ("19:30", "십구 시 삼십 분"),
        ("7:30에", "일곱 시 삼십 분에"),
        ("2026-11-22", "이천이십육 년 십일 월 이십이 일"),
        ("6월 10일", "유월 십 일"),
        ("제3탄", "제 삼 탄"),
        ("010-1234-5678", "영일영, 일이삼사, 오육칠팔"),
        ("AB-1204X", "에이 비 일이영사 엑스"),
        ("No.1", "일 번"),
        ("㈜ 마을", "주식회사 마을"),
        ("iPhone 15 Pro", "iPhone 십오 Pro"),
        ("Marlow Quay 제품이에요", "Marlow Quay 제품이에요"),
        ("좋아요 🔥", "좋아요"),
        ("", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, KO) == said


@given(st.integers(0, 10**16 - 1), st.sampled_from(["원", "퍼센트", "센티미터", "달러"]))
def test_cardinals_come_back(value: int, unit: str) -> None:
    assert values(f"{cardinal(value)} {unit}") == [value]


@given(st.integers(1, MOST_NATIVE), st.sampled_from(["개를", "잔", "가지예요", "시간"]))
def test_what_is_counted_comes_back(value: int, counter: str) -> None:
    assert values(f"{counting(value)} {counter}") == values(spoken_form(f"{value}{counter}", KO)) == [value]


@given(st.integers(0, 10**9), st.sampled_from(["ml", "cm예요", "%", "원", "kg이고", "인치", "단계"]))
def test_digits_in_are_number_words_out(value: int, unit: str) -> None:
    assert values(spoken_form(f"{value}{unit}", KO)) == values(spoken_form(f"{value:,}{unit}", KO)) == [value]


@given(st.integers(1, 10**6), st.integers(1, 3))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    assert values(spoken_form(f"{value:,.{places}f} kg", KO)) == [value]


@pytest.mark.parametrize(("amount", "currency", "said"), [
    ("39000", "KRW", "삼만 구천 원"), ("39.50", "USD", "삼십구 달러 하고 오십 센트"), ("12", "EUR", "십이 유로"),
])  # fmt: skip
def test_money(amount: str, currency: str, said: str) -> None:
    assert money_spoken(Decimal(amount), currency, KO) == said
    assert spoken_form(money_caption(Decimal(amount), currency, KO), KO) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("만 이천 원에 두 개", [12000, 2]),
        ("사분의 삼", [Decimal("0.75")]),
        ("절반으로", [Decimal("0.5")]),
        ("서른다섯", [35]),
        ("네, 다섯 벌이요", [5]),
        ("총3개", [3]),
        ("이만 마치겠습니다. 이번에 만일 사이에 오이", []),
        ("한번 보세요, 네 맞아요, 이 점이 좋아요", []),
        ("구매하기, 공원, 천천히, 백팩, 하나하나", []),
        ("어서 오세요, 사시는 곳, 알아 두시면", []),
    ],
)
def test_numbers_in(text: str, found: list[object]) -> None:
    assert values(text) == found


@given(st.text(st.one_of(st.characters(), st.sampled_from("일이삼만 원개네 3점,.₩%~한")), max_size=40))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, KO)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    assert not any(char.isdigit() or char in "<>[]()$%&/" for _, said in tokens for char in said)


def test_korean_shows_itself() -> None:
    assert LANGUAGE.owns("가벼워요")
    assert not LANGUAGE.owns("a bamboo lid")
    assert LANGUAGE.listing(["블랙", "화이트"]) == "블랙, 화이트"
