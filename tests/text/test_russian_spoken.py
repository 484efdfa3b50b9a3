"""Russian: numbers in all their forms, found again; captions as they are said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from livestream.text import money_spoken, numbers_in, spoken_form
from livestream.text.russian import cardinal, counted, fraction, ordinal, prefix

RU = "ru-RU"
QUICK = settings(max_examples=80)


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, RU)]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("1 299,50 ₽", "тысяча двести девяносто девять рублей пятьдесят копеек"),
        ("1 299 ₽", "тысяча двести девяносто девять рублей"),
        ("45 $", "сорок пять долларов"),
        ("24,50 $", "двадцать четыре доллара пятьдесят центов"),
        ("1 ₽", "один рубль"),
        ("2 ₽", "два рубля"),
        ("5 ₽", "пять рублей"),
        ("21 ₽", "двадцать один рубль"),
        ("0,99 €", "девяносто девять центов"),
        ("1 000 000 ₽", "миллион рублей"),
        ("600 мл", "шестьсот миллилитров"),
        ("1,1 кг", "одна целая одна десятая килограмма"),
        ("0,5 л", "ноль целых пять десятых литра"),
        ("2,25 м", "две целых двадцать пять сотых метра"),
        ("130 x 180 см", "сто тридцать на сто восемьдесят сантиметров"),
        ("40 на 30 см", "сорок на тридцать сантиметров"),
        ("16 дюймов", "шестнадцать дюймов"),
        ("230 °C", "двести тридцать градусов Цельсия"),
        ("30 градусов", "тридцать градусов"),
        ("100 %", "сто процентов"),
        ("1 %", "один процент"),
        ("2 %", "два процента"),
        ("12,5 %", "двенадцать целых пять десятых процента"),
        ("24 часа", "двадцать четыре часа"),
        ("12 часов", "двенадцать часов"),
        ("1 чашка", "одна чашка"),
        ("2 чашки", "две чашки"),
        ("4 чашки", "четыре чашки"),
        ("21 чашка", "двадцать одна чашка"),
        ("22 ноября 2026", "двадцать второе ноября две тысячи двадцать шестого года"),
        ("22.11.2026", "двадцать второе ноября две тысячи двадцать шестого года"),
        ("до 3 марта", "до третьего марта"),
        ("3-й этаж", "третий этаж"),
        ("1-я линия", "первая линия"),
        ("2-литровая бутылка", "двухлитровая бутылка"),
        ("16-дюймовый ноутбук", "шестнадцатидюймовый ноутбук"),
        ("3-слойная", "трёхслойная"),
        ("19:30", "девятнадцать часов тридцать минут"),
        ("20:00", "двадцать часов ровно"),
        ("2020 год", "две тысячи двадцатый год"),
        ("в 1998 году", "в тысяча девятьсот девяносто восьмом году"),
        ("AB-1204X", "эй би один два ноль четыре икс"),
        ("USB-C", "USB-C"),
        ("LED", "LED"),
        ("№ 5", "номер пять"),
        ("#1", "номер один"),
        ("5–10 кг", "пять тире десять килограммов"),
        ("2-3 дня", "два тире три дня"),
        ("10x", "десять раз"),
        ("½ стакана", "половина стакана"),
        ("3/4 чашки", "три четверти чашки"),
        ("1/2", "половина"),
        ("тел. 8 800 555-35-35", "телефон восемь, восемь ноль ноль, пять пять пять, три пять, три пять"),
        ("+7 495 123-45-67", "плюс семь, четыре девять пять, один два три, четыре пять, шесть семь"),
        ("LED 🎉 лампа", "LED лампа"),
        ("iPhone 15", "iPhone пятнадцать"),
        ("Marlow Quay", "Marlow Quay"),
        ("5 шт.", "пять штук"),
        ("и т. д.", "и так далее."),
        ("1080p", "тысяча восемьдесят пи"),
        ("WD-40", "дабл-ю ди сорок"),
        ("5000 мАч", "пять тысяч миллиампер-часов"),
        ("2 температуры", "две температуры"),
        ("2 фильтра", "два фильтра"),
        ("3 размера", "три размера"),
        ("007", "ноль ноль семь"),
        ("-5 °C", "минус пять градусов Цельсия"),
        ("2 л", "два литра"),
        ("5 GB", "пять гигабайт"),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, RU) == said


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["", "m", "f", "n", "a", "i"]))
def test_cardinals_come_back(number: int, gender: str) -> None:
    assert values(counted(number, gender)) == [number]


@QUICK
@given(st.integers(0, 10**6 - 1))
def test_cardinals_are_those_of_another_hand(number: int) -> None:
    theirs = num2words(number, lang="ru")
    assert theirs.removeprefix("одна ") == cardinal(number) if 1000 <= number < 2000 else theirs == cardinal(number)


@QUICK
@given(st.integers(1, 2999), st.sampled_from(["ый", "ое", "ого", "ая"]))
def test_ordinals_come_back(number: int, end: str) -> None:
    assert values(ordinal(number, end)) == [number]


@QUICK
@given(st.integers(0, 5000), st.integers(0, 999))
def test_decimals_come_back(whole: int, thousandths: int) -> None:
    assert values(fraction(whole, f"{thousandths:03d}")) == [whole + Decimal(thousandths) / 1000]


@QUICK
@given(st.integers(1, 99))
def test_numbers_that_begin_an_adjective_come_back(number: int) -> None:
    assert values(f"{prefix(number)}литровый") == [number]


@QUICK
@given(st.integers(0, 10**6), st.integers(0, 99), st.sampled_from(["RUB", "USD", "EUR", "CNY"]))
def test_amounts_come_back(notes: int, coins: int, currency: str) -> None:
    said = money_spoken(Decimal(notes) + Decimal(coins) / 100, currency, RU)
    assert values(said) == ([notes, coins] if notes and coins else [coins or notes])


@QUICK
@given(st.integers(1, 99999), st.sampled_from(["мл", "см", "кг", "%", "Вт", "ч"]))
def test_measures_come_back(number: int, unit: str) -> None:
    assert values(spoken_form(f"{number} {unit}", RU)) == [number]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("двух, трём, пятью, восемью", [2, 3, 5, 8]),
        ("двадцать пятого, сорок первая", [25, 41]),
        ("полтора литра, два с половиной", [Decimal("1.5"), Decimal("2.5")]),
        ("две тысячи триста", [2300]),
        ("три миллиона", [3_000_000]),
        ("две десятых", [Decimal("0.2")]),
        ("вдвое больше, трижды, дюжина", [2, 3, 12]),
        ("один два ноль четыре", [1204]),
        ("двухлитровый, пятилетняя", [2, 5]),
        ("2 тыс. и 3 млн", [2000, 3_000_000]),
        ("одним словом, во-первых, на первый взгляд", []),
        ("столик, семья, пятно, сорока, десна", [40]),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found
