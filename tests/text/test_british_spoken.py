"""British English: what is said for numbers, prices, dates and telephone numbers, and that numbers come back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_spoken, numbers_in, spoken_form

GB = "en-GB"
QUICK = settings(max_examples=80)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("£45", "forty-five pounds"),
        ("£24.50", "twenty-four pounds and fifty pence"),
        ("£1,299.50", "one thousand two hundred and ninety-nine pounds and fifty pence"),
        ("£1,005", "one thousand and five pounds"),
        ("£101", "one hundred and one pounds"),
        ("£0.99", "ninety-nine pence"),
        ("99p", "ninety-nine pence"),
        ("1p", "one penny"),
        ("£250,000", "two hundred and fifty thousand pounds"),
        ("£2.5 million", "two point five million pounds"),
        ("1,001 pieces", "one thousand and one pieces"),
        ("250 sheets", "two hundred and fifty sheets"),
        ("101 Dalmatians", "one hundred and one Dalmatians"),
        ("115", "one hundred and fifteen"),
        ("1,250", "one thousand two hundred and fifty"),
        ("12,345", "twelve thousand three hundred and forty-five"),
        ("1,000,001", "one million and one"),
        ("200", "two hundred"),
        ("110%", "one hundred and ten percent"),
        ("100%", "one hundred percent"),
        ("12.5%", "twelve point five percent"),
        ("5 l", "five liters"),
        ("500 ml", "five hundred milliliters"),
        ("1.1 kg", "one point one kilograms"),
        ("38 cm", "thirty-eight centimeters"),
        ("40 x 30 cm", "forty by thirty centimeters"),
        ("130 x 180 cm", "one hundred and thirty by one hundred and eighty centimeters"),
        ("230 °C", "two hundred and thirty degrees Celsius"),
        ("-5 °C", "minus five degrees Celsius"),
        ("22/11/2026", "the twenty-second of November two thousand and twenty-six"),
        ("1/2/26", "the first of February two thousand and twenty-six"),
        ("22 November 2026", "the twenty-second of November two thousand and twenty-six"),
        ("3rd May", "the third of May"),
        ("1 May 1998", "the first of May nineteen ninety-eight"),
        ("7.30pm", "seven thirty P M"),
        ("7.05 am", "seven oh five A M"),
        ("19:30", "nineteen thirty"),
        ("9am", "nine A M"),
        ("2-in-1", "two in one"),
        ("3-piece set", "three-piece set"),
        ("sizes 8-10", "sizes eight to ten"),
        ("24 hours", "twenty-four hours"),
        ("12 V", "twelve volts"),
        ("5000mAh", "five thousand milliamp hours"),
        ("5 GHz", "five gigahertz"),
        ("USB-C", "USB-C"),
        ("AB-1204X", "A B one two zero four X"),
        ("WD-40", "W D forty"),
        ("007", "zero zero seven"),
        ("#1", "number one"),
        ("No. 5", "number five"),
        ("approx. 20", "approximately twenty"),
        ("e.g. tea", "for example tea"),
        ("S & M", "S and M"),
        ("Black/White", "Black, White"),
        ("½ cup", "one half cup"),
        ("1 1/2 litres", "one and a half litres"),
        ("3/4", "three quarters"),
        ("the 2nd", "the second"),
        ("21st", "twenty-first"),
        ("102nd", "one hundred and second"),
        ("1080p", "ten eighty p"),
        ("Bluetooth 5.2", "Bluetooth five point two"),
        ("16-inch laptop", "sixteen inch laptop"),
        ("LED 🎉 lamp", "LED lamp"),
        ("iPhone 15", "iPhone fifteen"),
        ("020 7946 0123", "zero two zero, seven nine four six, zero one two three"),
        ("€20", "twenty euros"),
        ("$20", "twenty dollars"),
        ("50 metres", "fifty metres"),
        ("6ft", "six feet"),
        ("+44 20 7946 0123", "plus four four, two zero, seven nine four six, zero one two three"),
        ("0800 123 4567", "zero eight zero zero, one two three, four five six seven"),
        ("1990s", "nineteen nineties"),
        ("24/7", "twenty-four seven"),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, GB) == said


@QUICK
@given(st.integers(0, 10**9))
def test_numbers_come_back(number: int) -> None:
    said = spoken_form(f"{number:,}", GB)
    assert [each.value for each in numbers_in(said, GB)] == [number]
    assert " and hundred" not in said


@QUICK
@given(st.integers(1, 10**6), st.integers(0, 99), st.sampled_from(["GBP", "EUR", "USD"]))
def test_amounts_come_back(notes: int, coins: int, currency: str) -> None:
    said = money_spoken(Decimal(notes) + Decimal(coins) / 100, currency, GB)
    assert [each.value for each in numbers_in(said, GB)] == ([notes, coins] if coins else [notes])


@QUICK
@given(st.integers(1, 9999), st.sampled_from(["ml", "cm", "kg", "%", "W"]))
def test_measures_come_back(number: int, unit: str) -> None:
    assert [each.value for each in numbers_in(spoken_form(f"{number} {unit}", GB), GB)] == [number]
