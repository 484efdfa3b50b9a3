"""Indonesian number words: said, and found again."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from livestream.text import money_caption, money_spoken, numbers_in, spoken_form
from livestream.text.indonesian import cardinal, ordinal, share

ID = "id-ID"
HALF = Decimal("0.5")


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, ID)]


def written(value: Decimal) -> str:
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


@given(st.one_of(st.integers(0, 3000), st.integers(0, 10**15 - 1)))
def test_cardinals_come_back(value: int) -> None:
    assert values(cardinal(value)) == [value]
    assert values(f"Harganya {cardinal(value)} rupiah.") == [value]


@given(st.integers(1, 10**12))
@example(623_938_001_000)
def test_cardinals_are_those_of_another_hand(value: int) -> None:
    theirs = re.sub(r"\b(juta|miliar|triliun) satu ribu", r"\1 seribu", num2words(value, lang="id"))
    assert cardinal(value) == theirs


@given(st.integers(1, 999))
def test_ordinals_come_back(value: int) -> None:
    assert values(ordinal(value)) == [value]
    assert values(spoken_form(f"ke-{value}", ID)) == values(f"ke-{value}") == [value]


@given(st.integers(1, 16), st.sampled_from([2, 3, 4, 5, 6, 8, 10, 16]))
def test_shares_come_back(upper: int, lower: int) -> None:
    assert values(share(upper, lower)) == [Decimal(upper) / lower]
    assert values(spoken_form(f"{upper}/{lower} kg", ID)) == values(f"{upper}/{lower} kg")


@given(st.integers(0, 10**9 - 1), st.integers(1, 4))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    assert values(written(value)) == [value]
    assert values(spoken_form(written(value), ID)) == [value]


@given(st.integers(0, 10**10))
def test_money_comes_back(amount: int) -> None:
    shown, said = money_caption(Decimal(amount), "IDR", ID), money_spoken(Decimal(amount), "IDR", ID)
    assert values(shown) == values(said) == [amount]
    assert spoken_form(shown, ID) == said


@given(st.integers(2, 10**6), st.sampled_from(["buah", "pcs", "liter", "%", "°C", "mAh", "untukmu"]))
def test_counted_things_come_back(number: int, what: str) -> None:
    assert values(spoken_form(f"{number} {what}", ID)) == values(f"{number} {what}") == [number]


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "said"),
    [
        ("150000", "IDR", "Rp150.000", "seratus lima puluh ribu rupiah"),
        ("1000", "IDR", "Rp1.000", "seribu rupiah"),
        ("1250000", "IDR", "Rp1.250.000", "satu juta dua ratus lima puluh ribu rupiah"),
        ("49.99", "USD", "US$49,99", "empat puluh sembilan dolar Amerika dan sembilan puluh sembilan sen"),
        ("20", "SGD", "SGD\xa020", "dua puluh dolar Singapura"),
    ],
)
def test_money(amount: str, currency: str, shown: str, said: str) -> None:
    assert money_caption(Decimal(amount), currency, ID) == shown
    assert money_spoken(Decimal(amount), currency, ID) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("empat puluh sembilan", [49]),
        ("seribu dua ratus sembilan puluh sembilan", [1299]),
        ("sejuta, semiliar", [10**6, 10**9]),
        ("sebelas ribu", [11_000]),
        ("setengah, separuh", [HALF, HALF]),
        ("satu setengah", [Decimal("1.5")]),
        ("setengah juta", [500_000]),
        ("sepertiga, dua pertiga", [Decimal(1) / 3, Decimal(2) / 3]),
        ("tiga perempat, seperenam belas", [Decimal("0.75"), Decimal("0.0625")]),
        ("satu dan tiga perempat", [Decimal("1.75")]),
        ("dua kali lipat", [2]),
        ("selusin, dua lusin, sekodi", [12, 24, 20]),
        ("pertama, kedua, kedua puluh satu", [1, 2, 21]),
        ("puluhan, ratusan, ribuan", [10, 100, 1000]),
        ("satu koma lima juta", [1_500_000]),
        ("satu koma dua puluh lima", [Decimal("1.25")]),
        ("satu dua nol empat", [1204]),
        ("dua tiga puluh", [2, 30]),
        ("150 ribu, 150rb, Rp1,5 juta, 2jt", [150_000, 150_000, 1_500_000, 2_000_000]),
        ("goceng, ceban, gocap", [5000, 10_000, 50_000]),
        ("1.299,50 dan 1.299 dan 5.2", [Decimal("1299.50"), 1299, Decimal("5.2")]),
        ("ribu rupiah", [1000]),
        ("satu-satunya, salah satu, satu per satu, sekali, kedua sisi", []),
        ("seorang, sebuah, seperti, sepenuh, suatu, belas kasih, puluh", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found
