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


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("1.299,50 €", "mil doscientos noventa y nueve euros y cincuenta céntimos"),
        ("49,90 €", "cuarenta y nueve euros y noventa céntimos"),
        ("1 €", "un euro"),
        ("0,50 €", "cincuenta céntimos"),
        ("25 €", "veinticinco euros"),
        ("€25", "veinticinco euros"),
        ("£2", "dos libras"),
        ("USD 39", "treinta y nueve dólares"),
        ("5-10 €", "cinco a diez euros"),
        ("20%", "veinte por ciento"),
        ("12,5 %", "doce coma cinco por ciento"),
        ("5-10%", "cinco a diez por ciento"),
        ("-5 °C", "menos cinco grados Celsius"),
        ("30°", "treinta grados"),
        ("500 ml", "quinientos mililitros"),
        ("1,5 L", "uno coma cinco litros"),
        ("2 L", "dos litros"),
        ("1 l", "un litro"),
        ("300 g/m²", "trescientos gramos por metro cuadrado"),
        ("5000mAh", "cinco mil miliamperios hora"),
        ("220 V", "doscientos veinte voltios"),
        ("30x120 cm", "treinta por ciento veinte centímetros"),
        ("10×15×20 cm", "diez por quince por veinte centímetros"),
        ('12" de pantalla', "doce pulgadas de pantalla"),
        ("6'", "seis pies"),
        ("3/4", "tres cuartos"),
        ("1/2 taza", "media taza"),
        ("1 1/2 taza", "una y media taza"),
        ("½ litro", "medio litro"),
        ("24/7", "veinticuatro siete"),
        ("19:30", "diecinueve treinta"),
        ("7:30 pm", "siete treinta de la noche"),
        ("20:00 h", "veinte horas"),
        ("19.30 h", "diecinueve treinta horas"),
        ("8 h", "ocho horas"),
        ("22/11/2026", "veintidós de noviembre de dos mil veintiséis"),
        ("2026-11-22", "veintidós de noviembre de dos mil veintiséis"),
        ("1º de enero", "primero de enero"),
        ("1er piso", "primer piso"),
        ("2ª edición", "segunda edición"),
        ("AB-1204X", "A be uno dos cero cuatro equis"),
        ("WD-40", "dobleú de cuarenta"),
        ("TV 4K", "TV cuatro ka"),
        ("1080p", "mil ochenta pe"),
        ("2 en 1", "dos en uno"),
        ("talla 42", "talla cuarenta y dos"),
        ("200 tazas, 200 vasos", "doscientas tazas, doscientos vasos"),
        ("007", "cero cero siete"),
        ("#1", "número uno"),
        ("n.º 5", "número cinco"),
        ("3x", "tres veces"),
        ("máx. 60 °C", "máximo sesenta grados Celsius"),
        ("c/u 30 €", "cada unidad treinta euros"),
        ("P & G", "P y G"),
        ("Negro/Blanco", "Negro, Blanco"),
        ("0,125", "cero coma uno dos cinco"),
        ("12.000", "doce mil"),
        ("18-24 meses", "dieciocho a veinticuatro meses"),
        ("tallas 30 y 5", "tallas treinta, y cinco"),
        ("Bluetooth 5.0", "Bluetooth cinco coma cero"),
        ("iPhone 15 Pro", "iPhone quince Pro"),
        ("600 123 456", "seis cero cero, uno dos tres, cuatro cinco seis"),
        ("+34 600 123 456", "más tres cuatro, seis cero cero, uno dos tres, cuatro cinco seis"),
        ("¿Cuánto cuesta?", "Cuánto cuesta?"),
        ("¡Qué chulo! 🔥", "Qué chulo!"),
        ("🔥", ""),
    ],
)
def test_spoken_form_in_spain(shown: str, said: str) -> None:
    assert spoken_form(shown, "es-ES") == said


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


@given(st.integers(2, 10**6), st.sampled_from(["tazas", "litros", "ml", "%", "°C", "pulgadas", "€", "vatios"]))
def test_counted_things_come_back(number: int, what: str) -> None:
    heard = numbers_in(spoken_form(f"{number} {what}", "es-ES"), "es-ES")
    assert [numeral.value for numeral in heard] == [number]
