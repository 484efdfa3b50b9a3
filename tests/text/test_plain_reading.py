"""What every language read by `plain_reading` keeps: captions whole, speech without signs, values the same."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.digits import digits_pattern, digits_value

LOCALES = st.sampled_from(["de-DE", "fr-FR"])
QUICK = settings(max_examples=60)


def values(text: str, tag: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, tag)]


@QUICK
@given(st.text(max_size=60), LOCALES)
def test_any_text_keeps_its_captions_and_says_only_words(text: str, tag: str) -> None:
    tokens = speak(text, tag)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/„“«»" for char in said)


@QUICK
@given(st.from_regex(r"[$€0-9.,/x%\"'a-z°º -]{1,14}", fullmatch=True), LOCALES)
def test_what_has_a_digit_is_never_silent(chunk: str, tag: str) -> None:
    if any(char.isdigit() for char in chunk):
        assert spoken_form(chunk, tag)


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["EUR", "USD", "CHF", "GBP"]), LOCALES)
def test_money_comes_back(hundredths: int, currency: str, tag: str) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    shown, said = money_caption(amount, currency, tag), money_spoken(amount, currency, tag)
    assert values(shown, tag) == [amount]
    whole, cents = divmod(hundredths, 100)
    assert values(said, tag) == ([part for part in (whole, cents) if part > 1] or ([0] if not hundredths else []))
    assert values(money_spoken(amount, currency, tag, short=True), tag) == values(said, tag)
    assert spoken_form(f"Now {shown}.", tag) == f"Now {said}."


@QUICK
@given(st.integers(0, 10**9 - 1), st.integers(1, 4), LOCALES)
def test_decimals_come_back(scaled: int, places: int, tag: str) -> None:
    value = Decimal(scaled).scaleb(-places)
    written = f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
    assert values(written, tag) == [value]
    assert values(spoken_form(written, tag), tag) == [value]


@QUICK
@given(st.from_regex(r"[A-HJ-Z]{1,4}-[1-9][0-9]{2,7}", fullmatch=True), LOCALES)
def test_codes_come_back(code: str, tag: str) -> None:
    assert values(spoken_form(code, tag), tag) == values(code, tag)


@QUICK
@given(st.integers(2, 10**6), st.sampled_from(["ml", "x 5 cm", "%", "°C", "€", "kg", "m²", "x", "h", '"']), LOCALES)
def test_counted_things_come_back(number: int, what: str, tag: str) -> None:
    assert values(spoken_form(f"{number} {what}", tag), tag) == values(f"{number} {what}", tag)


@pytest.mark.parametrize(
    ("text", "found", "spaced"),
    [
        ("1.299,00", ["1299.00"], ["1299.00"]),
        ("1.299", ["1299"], ["1299"]),
        ("10.000.000", ["10000000"], ["10000000"]),
        ("0.125 und 5.2", ["0.125", "5.2"], ["0.125", "5.2"]),
        ("49,90", ["49.90"], ["49.90"]),
        ("am 22.11.2026", ["22", "11", "2026"], ["22", "11", "2026"]),
        ("19.30 Uhr", ["19.30"], ["19.30"]),
        ("1,299.50 und 1,299,000", ["1299.50", "1299000"], ["1299.50", "1299000"]),
        (",5", ["0.5"], ["0.5"]),
        ("1 299,00", ["1", "299.00"], ["1299.00"]),
        ("12 500 ml", ["12", "500"], ["12500"]),
        ("1.2.3", ["1", "2", "3"], ["1", "2", "3"]),
    ],
)
def test_a_decimal_comma(text: str, found: list[str], spaced: list[str]) -> None:
    for apart, expected in ((False, found), (True, spaced)):
        written = re.findall(digits_pattern(",", spaced=apart), text)
        assert [digits_value(part, ",") for part in written] == [Decimal(value) for value in expected]


@pytest.mark.parametrize(
    ("tag", "shown", "said"),
    [
        ("de-DE", "„Weich“, sagt sie", "Weich, sagt sie"),
        ("de-DE", "Weich – und warm", "Weich, und warm"),
        ("fr-FR", "Combien ?", "Combien?"),
        ("fr-FR", "« Douce » !", "Douce!"),
        ("fr-FR", "Douce : elle l'est", "Douce, elle l'est"),
    ],
)
def test_signs_that_stand_alone_shape_prosody(tag: str, shown: str, said: str) -> None:
    assert spoken_form(shown, tag) == said


@pytest.mark.parametrize(
    ("tag", "shown", "said"),
    [
        ("de-DE", "1980s Poster", "tausendneunhundertachtzig Poster"),
        ("fr-FR", "1980s Poster", "mille neuf cent quatre-vingts Poster"),
        ("de-DE", "1/2 kg Mehl, ½ l Milch", "ein halbes Kilogramm Mehl, ein halber Liter Milch"),
        ("fr-FR", "3/4 lb", "trois quarts livre"),
        ("fr-FR", '24" x 36" Print', "vingt-quatre pouces par trente-six pouces Print"),
        ("de-DE", "12 oz Mug, 20-30 cm", "zwölf Unzen Mug, zwanzig bis dreißig Zentimeter"),
    ],
)
def test_foreign_titles_are_read_in_the_channels_words(tag: str, shown: str, said: str) -> None:
    assert spoken_form(shown, tag) == said
