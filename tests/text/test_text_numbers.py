from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from livestream.errors import UsageError
from livestream.text import money_caption, money_spoken, numbers_in, spoken_form
from livestream.text.english import cardinal, digits, ordinal, year

US = "en-US"


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, US)]


@given(st.integers(0, 10**15 - 1))
def test_cardinals_come_back(number: int) -> None:
    assert values(cardinal(number)) == [number]


@given(st.integers(0, 10**12))
def test_cardinals_are_those_of_another_hand(number: int) -> None:
    assert cardinal(number) == num2words(number).replace(",", "").replace(" and ", " ")


@given(st.integers(1, 10**6))
def test_ordinals_are_those_of_another_hand(number: int) -> None:
    assert ordinal(number) == num2words(number, to="ordinal").replace(",", "").replace(" and ", " ")


@given(st.integers(0, 10**9 - 1), st.integers(1, 4))
def test_decimals_come_back(scaled: int, places: int) -> None:
    written = f"{Decimal(scaled).scaleb(-places):,.{places}f}"
    assert values(written) == [Decimal(scaled).scaleb(-places)]
    assert values(spoken_form(written, US)) == values(written)


@given(st.integers(0, 10**7), st.sampled_from(["USD", "EUR", "GBP", "MXN"]))
def test_money_comes_back(hundredths: int, currency: str) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    assert values(money_caption(amount, currency, US)) == [amount]
    said = values(money_spoken(amount, currency, US))
    whole, cents = divmod(hundredths, 100)
    assert said == [part for part in (whole, cents) if part] or (hundredths == 0 and said == [0])
    assert values(spoken_form(money_caption(amount, "USD", US), US)) == values(money_spoken(amount, "USD", US))


@given(st.from_regex(r"[A-HJ-Z]{1,4}-[1-9][0-9]{2,7}", fullmatch=True))
def test_codes_come_back(code: str) -> None:
    assert values(spoken_form(code, US)) == values(code)


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "full", "short"),
    [
        ("49.99", "USD", "$49.99", "forty-nine dollars and ninety-nine cents", "forty-nine ninety-nine"),
        ("50.00", "USD", "$50", "fifty dollars", "fifty dollars"),
        ("1", "USD", "$1", "one dollar", "one dollar"),
        ("100.10", "USD", "$100.10", "one hundred dollars and ten cents", "one hundred dollars and ten cents"),
        ("149.99", "USD", "$149.99", None, "one hundred forty-nine ninety-nine"),
        ("0.99", "USD", "$0.99", "ninety-nine cents", "ninety-nine cents"),
        ("0.01", "USD", "$0.01", "one cent", "one cent"),
        ("5.05", "USD", "$5.05", "five dollars and five cents", "five dollars and five cents"),
        ("1299.50", "EUR", "€1,299.50", "one thousand two hundred ninety-nine euros and fifty cents", None),
        ("1.01", "GBP", "£1.01", "one pound and one penny", "one pound and one penny"),
        ("250", "MXN", "MX$250", "two hundred fifty Mexican pesos", "two hundred fifty Mexican pesos"),
        ("1500", "JPY", "¥1,500", "one thousand five hundred yen", "one thousand five hundred yen"),
        ("12.5", "THB", "THB\xa012.50", "twelve point five zero Thai baht", None),
        ("1.255", "USD", "$1.255", "one point two five five dollars", None),
    ],
)
def test_money(amount: str, currency: str, shown: str, full: str | None, short: str | None) -> None:
    assert money_caption(Decimal(amount), currency, US) == shown
    if full:
        assert money_spoken(Decimal(amount), currency, US) == full
    if short:
        assert money_spoken(Decimal(amount), currency, US, short=True) == short


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("half", [Decimal("0.5")]),
        ("a dozen eggs", [12]),
        ("two dozen", [24]),
        ("twice the size, or double", [2, 2]),
        ("one and a half", [Decimal("1.5")]),
        ("three quarters", [Decimal("0.75")]),
        ("twenty-first", [21]),
        ("one hundred and five", [105]),
        ("a hundred", [100]),
        ("thousands of fans", [1000]),
        ("nineteen hundred", [1900]),
        ("two point five million", [2500000]),
        ("forty-nine ninety-nine", [49, 99]),
        ("one two zero four", [1204]),
        ("one, two and three", [1, 2, 3]),
        ("１２３", [123]),
        ("٣ items", [3]),
        ("½ and 1½", [Decimal("0.5"), Decimal("1.5")]),
        ("1\u200b2", [12]),
        ("1,299.50", [Decimal("1299.50")]),
        ("24/7", [24, 7]),
        ("m² per sheet", []),
        ("anyone, someone, lone, tone and often", []),
        ("the weight of a ton", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


def test_places_are_those_of_the_words() -> None:
    [numeral] = numbers_in("just forty-nine dollars", US)
    assert (numeral.text, numeral.start, numeral.end) == ("forty-nine", 5, 15)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1999, "nineteen ninety-nine"),
        (2005, "two thousand five"),
        (2026, "twenty twenty-six"),
        (1905, "nineteen oh five"),
        (1900, "nineteen hundred"),
        (2000, "two thousand"),
    ],
)
def test_years(number: int, words: str) -> None:
    assert year(number) == words


def test_digits() -> None:
    assert digits("0042") == "zero zero four two"


def test_other_languages_are_refused() -> None:
    with pytest.raises(UsageError):
        numbers_in("två", "sv-SE")
    with pytest.raises(UsageError):
        spoken_form("2", "sv-SE")


def test_digits_with_a_scale_word_are_one_number() -> None:
    assert values("$2 million and 3 dozen") == [2_000_000, 36]
    assert values(spoken_form("$2 million", US)) == [2_000_000]
