"""Spanish number words: said so that they agree with their nouns, and found again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from livestream.text import money_caption, money_spoken, numbers_in, spoken_form
from livestream.text.spanish import cardinal, digits, ordinal

MX = "es-MX"
GENDERS = st.sampled_from(["", "m", "f"])


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, MX)]


@given(st.integers(0, 10**15 - 1), GENDERS)
def test_cardinals_come_back(number: int, gender: str) -> None:
    said = cardinal(number, gender)
    assert values(said) == ([number] if said not in {"un", "una"} else [])


@given(st.integers(0, 10**12))
def test_cardinals_are_those_of_another_hand(number: int) -> None:
    theirs = num2words(number, lang="es")  # which says "veintiuno mil" where Spanish says "veintiún mil"
    assert cardinal(number) == theirs.replace("veintiuno mil", "veintiún mil").replace("uno mil", "un mil")


@given(st.integers(1, 99), GENDERS)
def test_ordinals_come_back(number: int, gender: str) -> None:
    assert values(ordinal(number, gender)) == [number]


@given(st.integers(0, 10**9 - 1), st.integers(1, 4))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    written = f"{value:,.{places}f}"
    assert values(written) == [value]
    assert values(spoken_form(written, MX)) == [value]


@given(st.integers(0, 10**9), st.sampled_from(["MXN", "USD", "EUR", "GBP"]))
def test_money_comes_back(hundredths: int, currency: str) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    assert values(money_caption(amount, currency, MX)) == [amount]
    whole, cents = divmod(hundredths, 100)
    said = [part for part in (whole, cents) if part > 1] or ([0] if not hundredths else [])
    assert values(money_spoken(amount, currency, MX)) == said
    assert values(spoken_form(money_caption(amount, "MXN", MX), MX)) == values(money_spoken(amount, "MXN", MX))


@given(st.from_regex(r"[A-HJ-Z]{1,4}-[1-9][0-9]{2,7}", fullmatch=True))
def test_codes_come_back(code: str) -> None:
    assert values(spoken_form(code, MX)) == values(code)


@given(st.integers(2, 10**6), st.sampled_from(["piezas", "litros", "ml", "para ti", "y 5", "%", "°C", "pulgadas"]))
def test_counted_things_come_back(number: int, what: str) -> None:
    assert values(spoken_form(f"{number} {what}", MX)) == values(f"{number} {what}")


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "full", "short"),
    [
        ("1299.00", "MXN", "$1,299", "mil doscientos noventa y nueve pesos", "mil doscientos noventa y nueve pesos"),
        ("49.90", "MXN", "$49.90", "cuarenta y nueve pesos con noventa centavos", "cuarenta y nueve con noventa"),
        ("1", "MXN", "$1", "un peso", "un peso"),
        ("0.01", "MXN", "$0.01", "un centavo", "un centavo"),
        ("0.50", "MXN", "$0.50", "cincuenta centavos", "cincuenta centavos"),
        ("21", "USD", "USD\xa021", "veintiún dólares", "veintiún dólares"),
        ("200", "GBP", "GBP\xa0200", "doscientas libras", "doscientas libras"),
        ("1000000", "MXN", "$1,000,000", "un millón de pesos", "un millón de pesos"),
        ("1500", "JPY", "JPY\xa01,500", "mil quinientos yenes", "mil quinientos yenes"),
        ("12.5", "THB", "THB\xa012.50", "doce punto cinco cero bahts tailandeses", None),
    ],
)
def test_money(amount: str, currency: str, shown: str, full: str, short: str | None) -> None:
    assert money_caption(Decimal(amount), currency, MX) == shown
    assert money_spoken(Decimal(amount), currency, MX) == full
    if short:
        assert money_spoken(Decimal(amount), currency, MX, short=True) == short


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("un regalo para una amiga", []),
        ("uno", [1]),
        ("un millón", [1_000_000]),
        ("ciento un pesos", [101]),
        ("treinta y una piezas", [31]),
        ("veintidós", [22]),
        ("veintidos", [22]),
        ("dos mil tres millones", [2_003_000_000]),
        ("veinte por ciento", [20]),
        ("por ciento veinte pesos", [120]),
        ("ciento treinta por ciento ochenta centímetros", [130, 180]),
        ("treinta por ciento de lino", [30]),
        ("medio litro, media taza", [Decimal("0.5")] * 2),
        ("un tercio y tres cuartos", [Decimal(1) / 3, Decimal("0.75")]),
        ("uno y medio, una y media", [Decimal("1.5")] * 2),
        ("dos punto cinco millones", [2_500_000]),
        ("uno punto veinticinco", [Decimal("1.25")]),
        ("una docena y dos docenas", [12, 24]),
        ("el doble, un par", [2, 2]),
        ("miles de personas", [1000]),
        ("uno dos cero cuatro", [1204]),
        ("treinta por cuarenta", [30, 40]),
        ("veinte y cinco", [20, 5]),
        ("cuarenta y nueve con noventa", [49, 90]),
        ("vigésima primera vez", [21]),
        ("dame un segundo", []),
        ("$2 millones y 20 mil", [2_000_000, 20_000]),
        ("alguno, ninguna, algún, aluna", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


def test_places_are_those_of_the_words() -> None:
    [numeral] = numbers_in("sólo veintidós pesos", MX)
    assert (numeral.text, numeral.start, numeral.end) == ("veintidós", 5, 14)


def test_digits() -> None:
    assert digits("0042") == "cero cero cuatro dos"
