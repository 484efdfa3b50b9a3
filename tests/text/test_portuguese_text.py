"""Brazilian Portuguese: number words said and found again, captions read."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.languages import language
from livestream.text.portuguese import cardinal, digits, ordinal

BR = "pt-BR"


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, BR)]


@settings(max_examples=300)
@given(st.one_of(st.integers(0, 10**6), st.integers(0, 10**15 - 1)), st.booleans())
def test_cardinals_come_back(number: int, feminine: bool) -> None:
    said = cardinal(number, feminine=feminine)
    assert values(said) == ([number] if number != 1 else [])


@given(st.integers(0, 10**6 - 1))
def test_cardinals_are_those_of_another_hand(number: int) -> None:
    theirs = num2words(number, lang="pt_BR").replace(", ", " ")
    assert cardinal(number) == theirs.replace("catorze", "quatorze")


def test_ordinals_come_back() -> None:
    for number in range(1, 100):
        found = [] if number == 4 else [number]  # "quarto" alone is a room
        assert values(ordinal(number)) == found
        assert values(ordinal(number, feminine=True)) == [number]


@given(st.integers(0, 10**9 - 1), st.integers(1, 4))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    written = f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
    assert values(written) == [value]
    assert values(spoken_form(written, BR)) == [value]


@given(st.integers(0, 10**9), st.sampled_from(["BRL", "EUR", "USD", "GBP"]), st.booleans())
def test_money_comes_back(hundredths: int, currency: str, short: bool) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    shown = money_caption(amount, currency, BR)
    assert values(shown) == [amount]
    whole, cents = divmod(hundredths, 100)
    said = [part for part in (whole, cents) if part > 1] or ([0] if not hundredths else [])
    assert values(money_spoken(amount, currency, BR, short=short)) == said
    assert spoken_form(shown, BR) == money_spoken(amount, currency, BR)


@given(st.from_regex(r"[A-HJ-Z]{1,4}-[1-9][0-9]{2,7}", fullmatch=True))
def test_codes_come_back(code: str) -> None:
    assert values(spoken_form(code, BR)) == values(code)


@given(st.integers(2, 10**6), st.sampled_from(["peças", "litros", "ml", "para você", "e 5", "%", "°C", "polegadas"]))
def test_counted_things_come_back(number: int, what: str) -> None:
    assert values(spoken_form(f"{number} {what}", BR)) == values(f"{number} {what}")


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "full", "short"),
    [
        ("1299.00", "BRL", "R$ 1.299", "mil duzentos e noventa e nove reais", "mil duzentos e noventa e nove reais"),
        ("49.90", "BRL", "R$ 49,90", "quarenta e nove reais e noventa centavos", "quarenta e nove reais e noventa"),
        ("200.50", "BRL", "R$ 200,50", "duzentos reais e cinquenta centavos", "duzentos reais e cinquenta"),
        ("1", "BRL", "R$ 1", "um real", "um real"),
        ("0.01", "BRL", "R$ 0,01", "um centavo", "um centavo"),
        ("2", "GBP", "£ 2", "duas libras", "duas libras"),
        ("1000000", "BRL", "R$ 1.000.000", "um milhão de reais", "um milhão de reais"),
    ],
)
def test_money(amount: str, currency: str, shown: str, full: str, short: str) -> None:
    assert money_caption(Decimal(amount), currency, BR).replace("\xa0", " ") == shown
    assert money_spoken(Decimal(amount), currency, BR) == full
    assert money_spoken(Decimal(amount), currency, BR, short=True) == short


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("um presente para uma amiga", []),
        ("um milhão", [1_000_000]),
        ("um milhão e meio", [1_500_000]),
        ("mil duzentos e noventa e nove", [1299]),
        ("mil e duzentos", [1200]),
        ("vinte e uma peças", [21]),
        ("cento e um reais", [101]),
        ("cem e vinte", [100, 20]),
        ("catorze e quatorze", [14, 14]),
        ("dois mil e três milhões", [2_003_000_000]),
        ("vinte por cento", [20]),
        ("trinta por cento e vinte", [30, 120]),
        ("meio litro, meia xícara, meia hora", [Decimal("0.5"), Decimal("0.5"), Decimal("0.5")]),
        ("uma meia de algodão, camisa e meia, meias", []),
        ("duas e meia", [Decimal("2.5")]),
        ("meio ambiente, no meio da sala", []),
        ("um terço e três quartos", [Decimal(1) / 3, Decimal("0.75")]),
        ("o quarto das crianças", []),
        ("um e meio", [Decimal("1.5")]),
        ("dois vírgula cinco milhões", [2_500_000]),
        ("um vírgula vinte e cinco", [Decimal("1.25")]),
        ("uma dúzia e duas dúzias", [12, 24]),
        ("o dobro, um par, metade", [2, 2, Decimal("0.5")]),
        ("milhares de pessoas", [1000]),
        ("um dois zero quatro", [1204]),
        ("trinta por quarenta", [30, 40]),
        ("quarenta e nove reais e noventa", [49, 90]),
        ("vigésima primeira vez", [21]),
        ("a primeira, o segundo", [1, 2]),
        ("espera um segundo, segundo o rótulo", []),
        ("segunda-feira", []),
        ("R$ 2 milhões e 20 mil", [2_000_000, 20_000]),
        ("1.299,00 e 1.299 e 5,2 e 5.2", [1299, 1299, Decimal("5.2"), Decimal("5.2")]),
        ("algum, nenhuma, comum", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("R$ 1.299,00", "mil duzentos e noventa e nove reais"),
        ("R$49,90", "quarenta e nove reais e noventa centavos"),
        ("R$ 1", "um real"),
        ("R$ 0,50", "cinquenta centavos"),
        ("R$ 2 milhões", "dois milhões de reais"),
        ("R$ 10 mil", "dez mil reais"),
        ("US$ 20", "vinte dólares"),
        ("€ 1.299", "mil duzentos e noventa e nove euros"),
        ("£ 200", "duzentas libras"),
        ("USD 39,99", "trinta e nove dólares e noventa e nove centavos"),
        ("R$ 5–10", "cinco a dez reais"),
        ("20%", "vinte por cento"),
        ("12,5 %", "doze vírgula cinco por cento"),
        ("5-10%", "cinco a dez por cento"),
        ("-5 °C", "menos cinco graus Celsius"),
        ("30°", "trinta graus"),
        ("500 ml", "quinhentos mililitros"),
        ("1,5 L", "um vírgula cinco litro"),
        ("2 L", "dois litros"),
        ("1 l", "um litro"),
        ("300 g/m²", "trezentos gramas por metro quadrado"),
        ("1200 W", "mil e duzentos watts"),
        ("220 V", "duzentos e vinte volts"),
        ("5000mAh", "cinco mil miliamperes hora"),
        ("48h de uso", "quarenta e oito horas de uso"),
        ("30 x 40 cm", "trinta por quarenta centímetros"),
        ("30x120 cm", "trinta por cento e vinte centímetros"),
        ("10×15×20 cm", "dez por quinze por vinte centímetros"),
        ('12" de tela', "doze polegadas de tela"),
        ("6'", "seis pés"),
        ("3/4", "três quartos"),
        ("1/2 xícara", "meia xícara"),
        ("1 1/2 xícara", "uma e meia xícara"),
        ("½ litro", "meio litro"),
        ("24/7", "vinte e quatro sete"),
        ("19:30", "dezenove horas e trinta minutos"),
        ("19h30", "dezenove horas e trinta minutos"),
        ("8h", "oito horas"),
        ("20:05", "vinte horas e cinco minutos"),
        ("1h", "uma hora"),
        ("22/11/2026", "vinte e dois de novembro de dois mil e vinte e seis"),
        ("1º de janeiro de 2026", "primeiro de janeiro de dois mil e vinte e seis"),
        ("2026-11-22", "vinte e dois de novembro de dois mil e vinte e seis"),
        ("1º andar", "primeiro andar"),
        ("2ª edição", "segunda edição"),
        ("AB-1204X", "A bê um dois zero quatro xis"),
        ("WD-40", "dáblio dê quarenta"),
        ("TV 4K", "TV quatro cá"),
        ("1080p", "mil e oitenta pê"),
        ("2-em-1", "dois em um"),
        ("100% algodão", "cem por cento algodão"),
        ("tamanho 42", "tamanho quarenta e dois"),
        ("1 peça, 2 peças, 21 peças", "uma peça, duas peças, vinte e uma peças"),
        ("200 peças, 200 copos", "duzentas peças, duzentos copos"),
        ("21 dias", "vinte e um dias"),
        ("tamanhos 30 e 5", "tamanhos trinta, e cinco"),
        ("007", "zero zero sete"),
        ("#1", "número um"),
        ("nº 5", "número cinco"),
        ("3x", "três vezes"),
        ("aprox. 20 pçs", "aproximadamente vinte peças"),
        ("máx. 60 °C", "máximo sessenta graus Celsius"),
        ("c/ tampa", "com tampa"),
        ("P & G", "P e G"),
        ("Preto/Branco", "Preto, Branco"),
        ("5.2", "cinco vírgula dois"),
        ("12.000", "doze mil"),
        ("0,125", "zero vírgula um dois cinco"),
        ("18-24 meses", "dezoito a vinte e quatro meses"),
        ("Qual é o preço?", "Qual é o preço?"),
        ("(11) 91234-5678", "um um, nove um dois três quatro, cinco seis sete oito"),
        ("+55 11 91234-5678", "mais cinco cinco, um um, nove um dois três quatro, cinco seis sete oito"),
        ("10x de R$ 49,90", "dez vezes de quarenta e nove reais e noventa centavos"),
        ("iPhone 15 Pro", "iPhone quinze Pro"),
        ("Que lindo! 🔥", "Que lindo!"),
        ("🔥", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, BR) == said


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, BR)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/" for char in said)


@settings(max_examples=60)
@given(st.from_regex(r"[$R0-9.,/x%\"'a-z°º-]{1,14}", fullmatch=True))
def test_what_has_a_digit_is_never_silent(chunk: str) -> None:
    if any(char.isdigit() for char in chunk):
        assert spoken_form(chunk, BR)


def test_lists_and_language() -> None:
    portuguese = language(BR)
    assert portuguese.listing(["linho"]) == "linho"
    assert portuguese.listing(["seda", "linho", "algodão"]) == "seda, linho e algodão"
    assert all(map(portuguese.owns, ["com tampa de bambu", "cabe na mochila e não pesa", "algodão"]))
    assert not any(map(portuguese.owns, ["a bamboo lid", "in a soft wool blend", "no collar", "come as you are"]))
    assert not any(numbers_in(said, BR) for said in portuguese.sizes.values())
    assert digits("0042") == "zero zero quatro dois"
