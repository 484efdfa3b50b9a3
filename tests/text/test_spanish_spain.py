"""Spanish of Spain: a decimal comma, euros, its own words for sizes and watts."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, spoken_form


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("Cuesta 1.249,99 €.", "Cuesta mil doscientos cuarenta y nueve euros y noventa y nueve céntimos."),
        ("Lleva 5,2 kg", "Lleva cinco coma dos kilogramos"),
        ("21 piezas", "veintiuna piezas"),
        ("Mide 30 x 40 cm", "Mide treinta por cuarenta centímetros"),
        ("100 % algodón", "cien por ciento algodón"),
        ("1/2 litro", "medio litro"),
        ("12:05", "doce con cinco"),
        ("8:00", "ocho en punto"),
        ("el 01/06/2026", "el uno de junio de dos mil veintiséis"),
        ("El 1.º de la lista", "El primero de la lista"),
        ("60 W", "sesenta vatios"),
        ("3/7", "tres sobre siete"),
    ],
)
def test_captions_are_said(caption: str, said: str) -> None:
    assert spoken_form(caption, "es-ES") == said
    found, heard = ([numeral.value for numeral in numbers_in(text, "es-ES")] for text in (caption, said))
    assert found
    assert heard


def test_mexico_keeps_its_point() -> None:
    assert [numeral.value for numeral in numbers_in("1,249.99", "es-MX")] == [Decimal("1249.99")]
    assert [numeral.value for numeral in numbers_in("1.249,99", "es-ES")] == [Decimal("1249.99")]


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 10**8))
def test_any_price_is_shown_and_said(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert [numeral.value for numeral in numbers_in(money_caption(amount, "EUR", "es-ES"), "es-ES")] == [amount]
    said = money_spoken(amount, "EUR", "es-ES")
    assert not any(char.isdigit() for char in said)
    heard = {numeral.value for numeral in numbers_in(said, "es-ES")} | {1, 0}  # "un euro" is no number word
    assert {amount // 1, cents % 100} <= heard
