"""Hindi: numbers said and found again, by lakh and crore, and captions as they are said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.hindi import ONES, cardinal, mixed, ordinal, share
from livestream.text.languages import language

HI = "hi-IN"
QUICK = settings(max_examples=80)
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, HI)]


def test_each_number_below_a_hundred_has_a_word_of_its_own() -> None:
    assert len(set(ONES)) == 100
    assert [values(word) for word in ONES] == [[number] for number in range(100)]


@QUICK
@given(st.one_of(st.integers(0, 3000), st.integers(0, 10**13 - 1)))
def test_cardinals_come_back(number: int) -> None:
    assert values(cardinal(number)) == [number]


@QUICK
@given(st.integers(1, 1000))
def test_ordinals_come_back(number: int) -> None:
    assert number == 2 or values(ordinal(number)) == [number]  # "दूसरा" is also "another"


@QUICK
@given(st.integers(1, 40), st.integers(1, 3))
def test_halves_and_quarters_come_back(whole: int, quarters: int) -> None:
    said = mixed(whole, *{1: (1, 4), 2: (1, 2), 3: (3, 4)}[quarters])
    assert values(said) == [whole + Decimal(quarters) / 4]
    assert values(share(quarters, 5)) == [Decimal(quarters) / 5]


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["INR", "USD", "AED", "EUR", "GBP"]), st.booleans())
def test_money_comes_back(hundredths: int, currency: str, short: bool) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    shown, (whole, coins) = money_caption(amount, currency, HI), divmod(hundredths, 100)
    assert values(shown) == values(shown.translate(_DEVANAGARI)) == [amount]
    said = money_spoken(amount, currency, HI, short=short)
    assert values(said) == ([part for part in (whole, coins) if part] or [0])
    assert spoken_form(shown, HI) == money_spoken(amount, currency, HI)


@QUICK
@given(st.integers(0, 10**5), st.integers(0, 999), st.sampled_from(["मिली", "सेमी", "kg", "%", "°C", "घंटे", "पीस", "इंच"]))
def test_measures_come_back(whole: int, thousandths: int, unit: str) -> None:
    shown = f"{whole:,}.{thousandths:03d} {unit}" if thousandths else f"{whole:,} {unit}"
    value = whole + Decimal(thousandths) / 1000
    assert values(spoken_form(shown, HI)) == values(spoken_form(shown.translate(_DEVANAGARI), HI)) == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("पांच, पाँच, छः, छे, छह", [5, 5, 6, 6, 6]),
        ("पन्द्रह हजार, पंद्रह हज़ार", [15_000, 15_000]),
        ("डेढ़, ढाई, साढ़े तीन", [Decimal("1.5"), Decimal("2.5"), Decimal("3.5")]),
        ("सवा दो, पौने चार", [Decimal("2.25"), Decimal("3.75")]),
        ("डेढ़ सौ, सवा सौ, साढ़े तीन सौ, ढाई हज़ार, सवा लाख", [150, 125, 350, 2500, 125_000]),
        ("तीन चौथाई, दो तिहाई, चौथाई", [Decimal("0.75"), Decimal(2) / 3, Decimal("0.25")]),
        ("दो-तीन दिन", [2, 3]),
        ("एक दो शून्य चार", [1204]),
        ("एक लाख उनतीस हज़ार नौ सौ", [129_900]),
        ("1,29,900 और १,२९,९०० और 12,34,56,789", [129_900, 129_900, 123_456_789]),
        ("5 लाख, 1.5 करोड़, साढ़े 5 हज़ार", [500_000, 15_000_000, 5500]),
        ("एक दशमलव पाँच, शून्य दशमलव शून्य दो", [Decimal("1.5"), Decimal("0.02")]),
        ("आधी कीमत, दोगुना, हज़ारों", [Decimal("0.5"), 2, 1000]),
        ("पहली, तीसरे, पाँचवीं, सौवाँ", [1, 3, 5, 100]),
        ("एकदम सही, पहले देखिए, दूसरा रंग, दोनों, सबसे", []),
        ("", []),
    ],
)  # fmt: skip
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("₹1,29,900", "एक लाख उनतीस हज़ार नौ सौ रुपये"),
        ("₹1,299.50", "एक हज़ार दो सौ निन्यानवे रुपये पचास पैसे"),
        ("₹१,२९९", "एक हज़ार दो सौ निन्यानवे रुपये"),
        ("₹1", "एक रुपया"),
        ("Rs. 499/-", "चार सौ निन्यानवे रुपये"),
        ("₹500/- में", "पाँच सौ रुपये में"),
        ("रु. 500", "पाँच सौ रुपये"),
        ("₹1.5 लाख", "एक दशमलव पाँच लाख रुपये"),
        ("2 करोड़ रुपये", "दो करोड़ रुपये"),
        ("₹500-₹800", "पाँच सौ रुपये से आठ सौ रुपये"),
        ("$39.99", "उनतालीस डॉलर निन्यानवे सेंट"),
        ("45%", "पैंतालीस प्रतिशत"),
        ("600 मिली", "छह सौ मिलीलीटर"),
        ("1.1 किग्रा", "एक दशमलव एक किलोग्राम"),
        ("16-इंच", "सोलह इंच"),
        ("130 x 180 सेमी", "एक सौ तीस गुणा एक सौ अस्सी सेंटीमीटर"),
        ("-5°C", "माइनस पाँच डिग्री सेल्सियस"),
        ("24 घंटे", "चौबीस घंटे"),
        ("½ कप", "आधा कप"),
        ("3 1/2 कप", "साढ़े तीन कप"),
        ("1 1/2", "डेढ़"),
        ("2/5", "दो बटा पाँच"),
        ("5–10 किलो", "पाँच से दस किलोग्राम"),
        ("19:30", "शाम सात बजकर तीस मिनट"),
        ("7:30 PM", "शाम सात बजकर तीस मिनट"),
        ("10 AM", "सुबह दस बजे"),
        ("22/11/2026", "बाईस नवंबर दो हज़ार छब्बीस"),
        ("5वीं", "पाँचवीं"),
        ("098765 43210", "शून्य नौ आठ सात छह पाँच, चार तीन दो एक शून्य"),
        ("AB-1204X", "ए बी एक दो शून्य चार एक्स"),
        ("#2", "नंबर दो"),
        ("3-पीस सेट", "तीन पीस सेट"),
        ("2x", "दो गुना"),
        ("iPhone 15 Pro", "iPhone पंद्रह Pro"),
        ("डॉ. शर्मा", "डॉक्टर शर्मा"),
        ("5 और 30", "पाँच, और तीस"),
        ("क्या बात है? हाँ।", "क्या बात है? हाँ."),
        ("बहुत बढ़िया 🎉 है!", "बहुत बढ़िया है!"),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, HI) == said


@QUICK
@given(st.one_of(st.text(max_size=40), st.from_regex(r"[०-९0-9.,/x%₹रुपयेलाखसेमीवीं°AMPm: -]{1,14}", fullmatch=True)))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, HI)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/" for char in said)


def test_lists_and_language() -> None:
    hindi = language(HI)
    assert hindi.listing(["काला", "सफ़ेद", "नीला"]) == "काला, सफ़ेद और नीला"
    assert hindi.owns("बाँस का ढक्कन")
    assert not hindi.owns("a bamboo lid")
    assert not any(values(said) for said in hindi.sizes.values())
