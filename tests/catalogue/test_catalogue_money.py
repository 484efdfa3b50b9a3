from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.catalogue.money import HIGHEST, NotMoney, currency_code, parse_money


@pytest.mark.parametrize(
    ("text", "amount", "currencies"),
    [
        ("49.99", "49.99", set()),
        (" 49,99 € ", "49.99", {"EUR"}),
        ("€25", "25", {"EUR"}),
        ("25 EUR", "25", {"EUR"}),
        ("USD 1,299.00", "1299.00", {"USD"}),
        ("1.299,00", "1299.00", set()),
        ("1,299", "1299", set()),
        ("1 299,50", "1299.50", set()),
        ("1'299.90", "1299.90", set()),
        ("49.0000", "49.00", set()),
        ("¥1200", "1200", {"JPY", "CNY"}),
        ("CHF 12.-", "12", {"CHF"}),
        ("12,-", "12", set()),
        ("$25 USD", "25", {"USD"}),
        ("0.00", "0.00", set()),
    ],
)
def test_reads_amounts_as_shops_write_them(text, amount, currencies):
    money = parse_money(text)
    assert money is not None
    assert money.amount == Decimal(amount)
    assert money.currencies == currencies


def test_a_dollar_sign_names_no_single_currency():
    money = parse_money("$49.99")
    assert money is not None
    assert {"USD", "CAD", "AUD"} <= money.currencies
    assert "EUR" not in money.currencies


@pytest.mark.parametrize("text", ["", "   ", "\t"])
def test_an_empty_cell_is_no_price(text):
    assert parse_money(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "free", "abc", "-5", "($5)", "$-5", "from 5", "10-20", "5 for 10", "1.5e3", "$1.2.3", "NaN", "Infinity",
        "99999999999", "25 XXQ", "€25 USD", "12,34,567", "1.299", "0.999", "12.345", "5 %", "=1+1", "49.99 49.99",
    ],
)  # fmt: skip
def test_refuses_what_is_no_certain_price(text):
    with pytest.raises(NotMoney) as refusal:
        parse_money(text)
    assert refusal.value.remedy


@given(st.decimals(min_value=0, max_value=HIGHEST - 1, places=2))
def test_every_plain_amount_survives_exactly(amount):
    money = parse_money(str(amount))
    assert money is not None
    assert money.amount == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_refusal(text):
    try:
        money = parse_money(text)
    except NotMoney:
        return
    assert money is None or 0 <= money.amount < HIGHEST


def test_currency_codes_are_of_iso_4217():
    assert currency_code(" usd ") == "USD"
    with pytest.raises(NotMoney):
        currency_code("DOLLARS")
