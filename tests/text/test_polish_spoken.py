"""Polish: numbers in all their forms, found again; captions as they are said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from livestream.text import money_spoken, numbers_in, spoken_form
from livestream.text.polish import cardinal, counted, genitive, ordinal

PL = "pl-PL"
QUICK = settings(max_examples=80)


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, PL)]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("1 299,50 zł", "tysiąc dwieście dziewięćdziesiąt dziewięć złotych i pięćdziesiąt groszy"),
        ("1 299 zł", "tysiąc dwieście dziewięćdziesiąt dziewięć złotych"),
        ("45 $", "czterdzieści pięć dolarów"),
        ("24,50 zł", "dwadzieścia cztery złote i pięćdziesiąt groszy"),
        ("1 zł", "jeden złoty"),
        ("2 zł", "dwa złote"),
        ("5 zł", "pięć złotych"),
        ("21 zł", "dwadzieścia jeden złotych"),
        ("22 zł", "dwadzieścia dwa złote"),
        ("0,99 €", "dziewięćdziesiąt dziewięć centów"),
        ("1 000 000 zł", "milion złotych"),
        ("600 ml", "sześćset mililitrów"),
        ("1,1 kg", "jeden przecinek jeden kilograma"),
        ("0,5 l", "zero przecinek pięć litra"),
        ("2,25 m", "dwa przecinek dwadzieścia pięć metra"),
        ("130 x 180 cm", "sto trzydzieści na sto osiemdziesiąt centymetrów"),
        ("16 cali", "szesnaście cali"),
        ("230 °C", "dwieście trzydzieści stopni Celsjusza"),
        ("30 stopni", "trzydzieści stopni"),
        ("100 %", "sto procent"),
        ("12,5 %", "dwanaście przecinek pięć procent"),
        ("24 godziny", "dwadzieścia cztery godziny"),
        ("12 godzin", "dwanaście godzin"),
        ("1 filiżanka", "jedna filiżanka"),
        ("2 filiżanki", "dwie filiżanki"),
        ("4 filiżanki", "cztery filiżanki"),
        ("2 kubki", "dwa kubki"),
        ("22 listopada 2026", "dwudziestego drugiego listopada dwa tysiące dwudziestego szóstego roku"),
        ("22.11.2026", "dwudziestego drugiego listopada dwa tysiące dwudziestego szóstego roku"),
        ("3 marca", "trzeciego marca"),
        ("2-litrowa butelka", "dwulitrowa butelka"),
        ("16-calowy laptop", "szesnastocalowy laptop"),
        ("3-częściowy", "trzyczęściowy"),
        ("19:30", "dziewiętnasta trzydzieści"),
        ("20:00", "dwudziesta"),
        ("w 1998 roku", "w tysiąc dziewięćset dziewięćdziesiątym ósmym roku"),
        ("AB-1204X", "a be jeden dwa zero cztery iks"),
        ("USB-C", "USB-C"),
        ("LED", "LED"),
        ("nr 5", "numer pięć"),
        ("#1", "numer jeden"),
        ("5–10 kg", "od pięciu do dziesięciu kilogramów"),
        ("2-3 dni", "od dwóch do trzech dni"),
        ("10x", "dziesięć razy"),
        ("2x", "dwa razy"),
        ("½ szklanki", "pół szklanki"),
        ("3/4 litra", "trzy czwarte litra"),
        ("1/3", "jedna trzecia"),
        ("tel. 501 234 567", "telefon pięć zero jeden, dwa trzy cztery, pięć sześć siedem"),
        ("+48 501 234 567", "plus cztery osiem, pięć zero jeden, dwa trzy cztery, pięć sześć siedem"),
        ("LED 🎉 lampka", "LED lampka"),
        ("iPhone 15", "iPhone piętnaście"),
        ("5 szt.", "pięć sztuk"),
        ("1 szt.", "jedna sztuka"),
        ("2 szt.", "dwie sztuki"),
        ("np. na prezent", "na przykład na prezent"),
        ("itd.", "i tak dalej"),
        ("1080p", "tysiąc osiemdziesiąt pe"),
        ("WD-40", "wu de czterdzieści"),
        ("5000 mAh", "pięć tysięcy miliamperogodzin"),
        ("2 temperatury", "dwie temperatury"),
        ("007", "zero zero siedem"),
        ("-5 °C", "minus pięć stopni Celsjusza"),
        ("2 l", "dwa litry"),
        ("5 GB", "pięć gigabajtów"),
        ("ok. 20 cm", "około dwadzieścia centymetrów"),
        ("1 000 sztuk", "tysiąc sztuk"),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, PL) == said


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["", "m", "f", "n"]))
def test_cardinals_come_back(number: int, gender: str) -> None:
    assert values(counted(number, gender)) == [number]


@QUICK
@given(st.integers(0, 10**6 - 1))
def test_cardinals_are_those_of_another_hand(number: int) -> None:
    assert cardinal(number) == num2words(number, lang="pl")


@QUICK
@given(st.integers(0, 999))
def test_genitives_come_back(number: int) -> None:
    assert values(genitive(number)) == [number]


@QUICK
@given(st.integers(1, 2999), st.sampled_from(["y", "a", "ego"]))
def test_ordinals_come_back(number: int, end: str) -> None:
    assert values(ordinal(number, end)) == [number]


@QUICK
@given(st.integers(0, 10**6), st.integers(0, 99), st.sampled_from(["PLN", "USD", "EUR", "GBP"]))
def test_amounts_come_back(notes: int, coins: int, currency: str) -> None:
    said = money_spoken(Decimal(notes) + Decimal(coins) / 100, currency, PL)
    assert values(said) == ([notes, coins] if notes and coins else [coins or notes])


@QUICK
@given(st.integers(0, 5000), st.integers(0, 99), st.sampled_from(["ml", "cm", "kg", "%", "V"]))
def test_measures_come_back(whole: int, hundredths: int, unit: str) -> None:
    shown = f"{whole},{hundredths:02d} {unit}" if hundredths else f"{whole} {unit}"
    assert values(spoken_form(shown, PL)) == [whole + Decimal(hundredths) / 100]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dwóch, trzem, pięcioma, ośmiu", [2, 3, 5, 8]),
        ("dwudziesty piąty, czterdziesta pierwsza", [25, 41]),
        ("półtora litra, dwa i pół", [Decimal("1.5"), Decimal("2.5")]),
        ("dwa tysiące trzysta", [2300]),
        ("trzy miliony", [3_000_000]),
        ("trzy czwarte", [Decimal("0.75")]),
        ("podwójny, tuzin, dwukrotnie", [2, 12, 2]),
        ("jeden dwa zero cztery", [1204]),
        ("dwulitrowy, pięcioletnia", [2, 5]),
        ("2 tys. i 3 mln", [2000, 3_000_000]),
        ("jednym słowem, po pierwsze, na pierwszy rzut oka", []),
        ("stolik, drugorzędny, pakiet, stopa", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found
