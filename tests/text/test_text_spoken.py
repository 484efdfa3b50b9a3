import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import speak, spoken_form

US = "en-US"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("$49.99", "forty-nine dollars and ninety-nine cents"),
        ("(€1,299.50)", "one thousand two hundred ninety-nine euros and fifty cents,"),
        ("49.99 USD", "forty-nine dollars and ninety-nine cents"),
        ("$2 million", "two million dollars"),
        ("$5–10", "five to ten dollars"),
        ("AB-1204X", "A B one two zero four X"),
        ("WD-40", "W D forty"),
        ("iPhone14 case", "iPhone fourteen case"),
        ("4K TV", "four K TV"),
        ("1080p", "ten eighty p"),
        ("2-in-1 brush", "two in one brush"),
        ("100% cotton", "one hundred percent cotton"),
        ("5-10% more", "five to ten percent more"),
        ("30 x 40 cm", "thirty by forty centimeters"),
        ("10×15×20 cm box", "ten by fifteen by twenty centimeter box"),
        ("500 ml bottle", "five hundred milliliter bottle"),
        ("holds 500 ml.", "holds five hundred milliliters."),
        ("11oz of tea", "eleven ounces of tea"),
        ("1 kg", "one kilogram"),
        ("15 kg each", "fifteen kilograms each"),
        ('12" pan', "twelve inch pan"),
        ('a "number 12" pan', "a number twelve pan"),
        ("5' tall", "five feet tall"),
        ('3/8" drive', "three eighths inch drive"),
        ("5 in stock", "five in stock"),
        ("12 fl oz", "twelve fluid ounces"),
        ("20°C", "twenty degrees Celsius"),
        ("-5 °C", "minus five degrees Celsius"),
        ("5000mAh", "five thousand milliamp hours"),
        ("2.4GHz Wi-Fi", "two point four gigahertz Wi-Fi"),
        ("60 W, 230 V", "sixty watts, two hundred thirty volts"),
        ("20 m²", "twenty square meters"),
        ("1½ cups", "one and a half cups"),
        ("1 1/2 cups", "one and a half cups"),
        ("21st-century", "twenty-first century"),
        ("the 1990s", "the nineteen nineties"),
        ("since 1999", "since nineteen ninety-nine"),
        ("Nov 22, 2026", "November twenty-second, twenty twenty-six"),
        ("2026-11-22", "November twenty-second, twenty twenty-six"),
        ("7:30 pm", "seven thirty P M"),
        ("7:05", "seven oh five"),
        ("24/7", "twenty-four seven"),
        ("#1", "number one"),
        ("007", "zero zero seven"),
        ("S & M", "S and M"),
        ("Black/White", "Black, White"),
        ("S–XL", "S to XL"),
        ("Rustic LTD", "Rustic Limited"),
        ("w/ lid", "with lid"),
        ("Men's “cozy” top", "Men's cozy top"),
        ("Shirt — blue", "Shirt, blue"),
        ("Lamp 🔥 hot", "Lamp hot"),
        ("501® jeans", "five hundred one jeans"),
        ("5,5", "five five"),
        ("[x](/abc/)", "x abc,"),
        ("<speed level='80'>x", "speed level eighty x"),
        ("", ""),
        ("🔥", ""),
        ("...", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, US) == said


def test_tokens_keep_what_is_shown_beside_what_is_said() -> None:
    assert speak("It's $50 🔥 today — for 2 kg!", US) == [
        ("It's", "It's"),
        ("$50 🔥", "fifty dollars"),
        ("today —", "today,"),
        ("for", "for"),
        ("2", "two"),
        ("kg!", "kilograms!"),
    ]
    assert speak("🔥 Lamp", US) == [("🔥 Lamp", "Lamp")]


@given(st.text(max_size=60))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, US)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/" for char in said)


@given(st.from_regex(r"[$0-9.,/x%\"'a-z°-]{1,14}", fullmatch=True))
def test_what_has_a_digit_is_never_silent(chunk: str) -> None:
    if any(char.isdigit() for char in chunk):
        assert spoken_form(chunk, US)
