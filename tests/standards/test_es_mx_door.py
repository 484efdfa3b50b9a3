"""What may be said in Mexican Spanish passes, with its facts; what may not is refused by the rule that it breaks."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standards_samples import fact, line, product

from livestream.catalogue.model import Fact, FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards

MX = locale("es-MX")
MUG = (
    fact(FactKind.TITLE, "Stoneware Mug"),
    fact(FactKind.PRICE, Decimal("1299.50"), currency="MXN"),
    fact(FactKind.COMPARE_AT, Decimal("1500.00"), currency="MXN"),
    fact(FactKind.LOWEST_30D, Decimal("1500.00"), currency="MXN"),
    fact(FactKind.STOCK, 21),
    fact(FactKind.OPTION, ("CH", "M", "XL"), suffix="option.talla", label="Talla"),
    fact(FactKind.POINT, "le caben 350 ml", suffix="point.1", grammar="verb"),
    fact(FactKind.POINT, "holds 350 ml", suffix="point.2", grammar="verb"),
    fact(FactKind.VENDOR, "Rustic LTD"),
)
LAMP = (
    fact(FactKind.TITLE, "Copper Lamp", product="lamp"),
    fact(FactKind.PRICE_FROM, Decimal("250.00"), product="lamp", currency="MXN"),
    fact(FactKind.PRICE_TO, Decimal("300.00"), product="lamp", currency="MXN"),
)
STANDARDS = Standards({entry.id: entry for entry in (*MUG, *LAMP)}, MX)
TITLE, PRICE, WAS, STOCK = (
    Slot("mug.title"),
    Slot("mug.price", "price"),
    Slot("mug.compare_at", "price"),
    Slot("mug.stock", "count"),
)
FROM, TO = Slot("lamp.price_from", "price"), Slot("lamp.price_to", "price")


def approve(*pieces: str | Slot, about: str | None = "mug", standards: Standards = STANDARDS):
    return standards.approve(line(*pieces, about=about, tag="es-MX"))


def refused(*pieces: str | Slot, about: str | None = "mug", standards: Standards = STANDARDS) -> str:
    with pytest.raises(ClaimRefused) as caught:
        approve(*pieces, about=about, standards=standards)
    return caught.value.rule


@pytest.mark.parametrize(
    ("about", "pieces", "caption", "spoken"),
    [
        (
            "mug",
            (TITLE, " cuesta ", PRICE, "."),
            "Stoneware Mug cuesta $1,299.50.",
            "Stoneware Mug cuesta mil doscientos noventa y nueve pesos con cincuenta centavos.",
        ),
        (
            "mug",
            ("Antes ", WAS, ", ahora ", Slot("mug.price", "price_short"), "."),
            "Antes $1,500, ahora $1,299.50.",
            "Antes mil quinientos pesos, ahora mil doscientos noventa y nueve con cincuenta.",
        ),
        (
            "mug",
            ("Viene en ", Slot("mug.option.talla", "list"), "."),
            "Viene en CH, M y XL.",
            "Viene en chica, mediana y extra grande.",
        ),
        ("mug", ("Hay ", STOCK, " en existencia."), "Hay 21 en existencia.", "Hay veintiuno en existencia."),
        (
            "mug",
            ("Te cuento: ", Slot("mug.point.1"), "."),
            "Te cuento: le caben 350 ml.",
            "Te cuento, le caben trescientos cincuenta mililitros.",
        ),
        (
            "lamp",
            (Slot("lamp.title"), " va de ", FROM, " a ", TO, "."),
            "Copper Lamp va de $250 a $300.",
            "Copper Lamp va de doscientos cincuenta pesos a trescientos pesos.",
        ),
    ],
)
def test_honest_lines_pass(about: str, pieces: tuple[str | Slot, ...], caption: str, spoken: str) -> None:
    approved = approve(*pieces, about=about)
    assert (approved.caption, approved.spoken) == (caption, spoken)


@pytest.mark.parametrize(
    ("rule", "pieces"),
    [
        ("number", ("Pesa doce onzas",)),
        ("number", ("Hay veintidos colores",)),
        ("number", ("Una docena de colores",)),
        ("number", ("El doble de luz",)),
        ("number", ("Solo mil se hicieron",)),
        ("number", ("d-o-c-e de ellas",)),
        ("number", ("ｄｏｃｅ de ellas",)),
        ("number", ("½ de todo",)),
        ("number", (STOCK, " mil más")),
        ("number", (STOCK, " punto ", STOCK)),
        ("unit", ("Cuesta $", STOCK)),
        ("unit", ("Cuesta ", STOCK, " pesos")),
        ("unit", ("Tarda ", STOCK, " minutos")),
        ("number", (STOCK, " por ciento más")),
        ("unit", ("Son ", STOCK, "% más")),
        ("price-meaning", ("Cuesta ", WAS, ".")),
        ("price-meaning", (Slot("lamp.title"), " cuesta ", FROM)),
        ("reference-price", ("Antes costaba ", PRICE, " y ya no.")),
        ("product", ("La taza cuesta desde ", FROM)),
        ("remedy", ("Te devolvemos tu dinero por ", TITLE)),
        ("delivery", ("Te llega mañana",)),
        ("stock", ("Quedan pocas piezas",)),
        ("time", ("Dura un año",)),
        ("language", ("Кружка",)),
        ("language", ("Te cuento: ", Slot("mug.point.2"))),
        ("form", ("Cuesta ", Slot("mug.title", "price"))),
    ],
)
def test_refused_by_rule(rule: str, pieces: tuple[str | Slot, ...]) -> None:
    assert refused(*pieces, about="lamp" if FROM in pieces and "lamp.title" in str(pieces) else "mug") == rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("remedy", "con garantía de por vida"),
        ("delivery", "con envío en un día"),
        ("health", "alivia el dolor de espalda"),
        ("absolute", "la mejor taza del mundo"),
        ("free", "con tapa gratis"),
        ("price-in-text", "se vende a 20 pesos en otras ciudades"),
        ("contact", "con fotos en tazas.com.mx"),
    ],
)
def test_a_description_may_not_promise_either(rule: str, words: str) -> None:
    point = fact(FactKind.POINT, words, suffix="point.9", grammar="verb")
    standards = Standards({entry.id: entry for entry in (*MUG, point)}, MX)
    assert refused("Te cuento: ", Slot("mug.point.9"), ".", standards=standards) == rule


@pytest.mark.parametrize(
    ("tag", "chosen", "said"),
    [
        ("es-MX", "CH, Negro", "chica, Negro"),
        ("es-MX", "XL", "extra grande"),
        ("es-MX", "28 L, Teal", "veintiocho litros, Teal"),
        ("en-US", "M", "medium"),
        ("en-US", "38 L, Teal", "thirty-eight liters, Teal"),
    ],
)
def test_the_letters_of_a_chosen_size_are_words(tag: str, chosen: str, said: str) -> None:
    choice = fact(FactKind.CHOICE, chosen, suffix="choice.x")
    standards = Standards({choice.id: choice}, locale(tag))
    approved = standards.approve(line("Ok: ", Slot(choice.id), ".", tag=tag))
    assert approved.spoken == f"Ok, {said}."


def test_many_in_stock_are_not_few() -> None:
    assert refused("Solo hay ", STOCK, " en existencia.") == "stock"


def test_the_card() -> None:
    card = STANDARDS.approve_card(product("mug", MUG)).card
    assert (card.title, card.price, card.was) == ("Stoneware Mug", "$1,299.50", "$1,500")
    assert STANDARDS.approve_card(product("lamp", LAMP)).card.price == "desde $250"


@settings(deadline=None, max_examples=150)
@given(
    st.integers(1, 10**8),
    st.sampled_from(["MXN", "USD", "EUR", "JPY", "THB"]),
    st.sampled_from(["price", "price_short"]),
)
def test_any_price_can_be_said(cents: int, currency: str, form: str) -> None:
    price = fact(FactKind.PRICE, Decimal(cents) / 100, currency=currency)
    standards = Standards({price.id: price}, MX)
    assert approve("Por ", Slot(price.id, form), " y ya.", standards=standards).facts == (price.ref,)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=60), st.text("0123456789.,/x%$€\"'°-–½²③٣#&+ kgmlAbstuny:", max_size=20)))
def test_any_title_is_approved_or_refused(title: str) -> None:
    standards = Standards({"x.title": fact(FactKind.TITLE, title, product="x")}, MX)
    try:
        approved = approve("Mira ", Slot("x.title"), ".", about="x", standards=standards)
    except ClaimRefused:
        return
    assert " ".join(token.caption for token in approved.tokens) == approved.caption
    assert all(token.spoken for token in approved.tokens)


@pytest.mark.parametrize("number", [1, 21, 31, 100, 101, 200, 1000, 1_000_000])
def test_counts_and_sizes_beside_words_stay_themselves(number: int) -> None:
    facts: tuple[Fact, ...] = (
        fact(FactKind.STOCK, number),
        fact(FactKind.OPTION, ("28", "30", str(number), "5"), suffix="option.size", label="Size"),
    )
    standards = Standards({entry.id: entry for entry in facts}, MX)
    for pieces in (
        ("Hay ", Slot("mug.stock", "count"), " en existencia, y una sorpresa de color."),
        ("La lista marca ", Slot("mug.stock", "count"), "."),
        ("Viene en ", Slot("mug.option.size", "list"), "."),
    ):
        assert approve(*pieces, standards=standards)


def test_ninety_five_of_a_hundred_lines_take_ten_milliseconds_at_most() -> None:
    spent = []
    for n in range(100):
        entry = line(f"{'Pues ' * (n % 7)}mira ", TITLE, " por ", PRICE, ".", tag="es-MX")
        start = time.process_time()
        STANDARDS.approve(entry)
        spent.append(time.process_time() - start)
    assert sorted(spent)[94] < 0.010
