import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import speak, spoken_form
from livestream.text.languages import language

MX = "es-MX"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("$1,299.00", "mil doscientos noventa y nueve pesos"),
        ("$1,299.50 MXN", "mil doscientos noventa y nueve pesos con cincuenta centavos"),
        ("USD 39.99", "treinta y nueve dólares con noventa y nueve centavos"),
        ("US$20", "veinte dólares"),
        ("$2 millones", "dos millones de pesos"),
        ("$5–10", "cinco a diez pesos"),
        ("21 piezas", "veintiuna piezas"),
        ("21 litros", "veintiún litros"),
        ("200 tazas, 200 vasos", "doscientas tazas, doscientos vasos"),
        ("21 días", "veintiún días"),
        ("talla 21", "talla veintiuno"),
        ("1 pieza y 1 litro", "una pieza y un litro"),
        ("tallas 30 y 5", "tallas treinta, y cinco"),
        ("AB-1204X", "A be uno dos cero cuatro equis"),
        ("WD-40", "dobleú de cuarenta"),
        ("4K TV", "cuatro ka TV"),
        ("1080p", "mil ochenta pe"),
        ("2-en-1", "dos en uno"),
        ("100% algodón", "cien por ciento algodón"),
        ("5-10% más", "cinco a diez por ciento más"),
        ("30 x 40 cm", "treinta por cuarenta centímetros"),
        ("10×15×20 cm", "diez por quince por veinte centímetros"),
        ("500 ml", "quinientos mililitros"),
        ("1.5 L", "uno punto cinco litros"),
        ('12" de alto', "doce pulgadas de alto"),
        ("20 °C", "veinte grados Celsius"),
        ("-5 °C", "menos cinco grados Celsius"),
        ("5000mAh", "cinco mil miliamperes hora"),
        ("½ taza", "media taza"),
        ("1 1/2 tazas", "una y media tazas"),
        ("3/4 de taza", "tres cuartos de taza"),
        ("1er piso, 2da mano", "primer piso, segunda mano"),
        ("1 de enero de 2026", "primero de enero de dos mil veintiséis"),
        ("22/11/2026", "veintidós de noviembre de dos mil veintiséis"),
        ("7:30 pm", "siete treinta de la noche"),
        ("7:05", "siete con cinco minutos"),
        ("1 p.m.", "una de la tarde."),
        ("19:30", "diecinueve treinta"),
        ("24/7", "veinticuatro siete"),
        ("#1", "número uno"),
        ("007", "cero cero siete"),
        ("c/u $30", "cada pieza treinta pesos"),
        ("aprox. 20 pzas", "aproximadamente veinte piezas"),
        ("S & M", "S y M"),
        ("Negro/Blanco", "Negro, Blanco"),
        ("¿Cuánto cuesta?", "Cuánto cuesta?"),
        ("¡Qué padre! 🔥", "Qué padre!"),
        ("$49.90", "cuarenta y nueve pesos con noventa centavos"),
        ("€25", "veinticinco euros"),
        ("3x", "tres veces"),
        ("300 g/m²", "trescientos gramos por metro cuadrado"),
        ("1º de enero", "primero de enero"),
        ("2026-11-22", "veintidós de noviembre de dos mil veintiséis"),
        ("18-24 meses", "dieciocho a veinticuatro meses"),
        ('una pantalla de 16"', "una pantalla de dieciséis pulgadas"),
        ("no. 5", "número cinco"),
        ("n.º 5", "número cinco"),
        ("máx. 60 °C", "máximo sesenta grados Celsius"),
        ("c/ tapa", "con tapa"),
        ("12,000", "doce mil"),
        ("0.125", "cero punto uno dos cinco"),
        ("TV 4K", "TV cuatro ka"),
        ("Bluetooth 5.0", "Bluetooth cinco punto cero"),
        ("iPhone 15 Pro", "iPhone quince Pro"),
        ("55 1234 5678", "cinco cinco, uno dos tres cuatro, cinco seis siete ocho"),
        ("+52 55 1234 5678", "más cinco dos, cinco cinco, uno dos tres cuatro, cinco seis siete ocho"),
        ("", ""),
        ("🔥", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, MX) == said


@given(st.text(max_size=60))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, MX)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/¿¡" for char in said)


@given(st.from_regex(r"[$0-9.,/x%\"'a-z°º-]{1,14}", fullmatch=True))
def test_what_has_a_digit_is_never_silent(chunk: str) -> None:
    if any(char.isdigit() for char in chunk):
        assert spoken_form(chunk, MX)


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        (["chica"], "chica"),
        (["chica", "mediana"], "chica y mediana"),
        (["seda", "lino", "hilo"], "seda, lino e hilo"),
        (["agua", "hielo"], "agua y hielo"),
        (["negro", "índigo"], "negro e índigo"),
        (["Negro", "Ivory"], "Negro e Ivory"),
    ],
)
def test_lists(items: list[str], joined: str) -> None:
    assert language(MX).listing(items) == joined


@pytest.mark.parametrize("text", ["con tapa de bambú", "cabe en la mochila y no pesa", "algodón"])
def test_spanish_shows_itself(text: str) -> None:
    assert language(MX).owns(text)


@pytest.mark.parametrize(
    "text", ["a bamboo lid", "double-walled", "fits most cup holders", "in recycled polyester", "bouclé"]
)
def test_what_does_not_show_it_is_foreign(text: str) -> None:
    assert not language(MX).owns(text)
