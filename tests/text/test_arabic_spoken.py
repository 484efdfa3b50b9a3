"""Arabic: numbers said and found again in both genders, captions with both kinds of digits as they are said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.arabic import cardinal, counted, dual, ordinal
from livestream.text.languages import language

AR = "ar-SA"
QUICK = settings(max_examples=80)
_EASTERN = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, AR)]


@QUICK
@given(st.one_of(st.integers(0, 3000), st.integers(0, 10**15 - 1)), st.sampled_from(["", "m", "f"]))
def test_cardinals_come_back(number: int, gender: str) -> None:
    assert values(counted(number, gender)) == [number]


@QUICK
@given(st.integers(1, 99), st.sampled_from(["m", "f"]))
def test_ordinals_come_back(number: int, gender: str) -> None:
    assert values(ordinal(number, gender)) == [number]


@QUICK
@given(st.integers(0, 10**8), st.sampled_from(["SAR", "USD", "AED", "EUR", "GBP"]), st.booleans())
def test_money_comes_back(hundredths: int, currency: str, short: bool) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    shown, (whole, coins) = money_caption(amount, currency, AR), divmod(hundredths, 100)
    assert values(shown) == values(shown.translate(_EASTERN)) == [amount]
    said = money_spoken(amount, currency, AR, short=short)
    assert values(said) == ([part for part in (whole, coins) if part] or [0])
    assert spoken_form(shown, AR) == money_spoken(amount, currency, AR)


@QUICK
@given(st.integers(0, 10**5), st.integers(0, 999), st.sampled_from(["مل", "سم", "كجم", "%", "°C", "ساعة", "قطعة"]))
def test_measures_come_back(whole: int, thousandths: int, unit: str) -> None:
    shown = f"{whole:,}.{thousandths:03d} {unit}" if thousandths else f"{whole:,} {unit}"
    value = whole + Decimal(thousandths) / 1000
    assert values(spoken_form(shown, AR)) == values(spoken_form(shown.translate(_EASTERN), AR)) == [value]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("بخمسة وعشرين ريالًا، وخمسٌ وأربعون", [25, 45]),
        ("ثلاثة آلاف ومئتين، ألفي ريال", [3200, 2000]),
        ("مائة وعشرون، ثلاث مئة، خمسمية، ثمانمائة", [120, 300, 500, 800]),
        ("سنتان، شهرين، ساعتين ونصف", [2, 2, Decimal("2.5")]),
        ("ثلاثة أرباع، نصف، ثلث", [Decimal("0.75"), Decimal("0.5"), Decimal(1) / 3]),
        ("واحد اثنين صفر أربعة", [1204]),
        ("واحد فاصلة خمسة، صفر فاصلة صفر اثنين", [Decimal("1.5"), Decimal("0.02")]),
        ("أربعين فاصلة خمسة وعشرين", [Decimal("40.25")]),
        ("الثاني عشر والثاني والعشرين", [12, 22]),
        ("اثنا عشر، اثنتي عشرة، إحدى عشرة", [12, 12, 11]),
        ("٣٫٥ كجم و١٢ قطعة، 5 كيلو، كيان", [Decimal("3.5"), 12, 5]),
        ("٢ مليون، مليونين", [2_000_000, 2_000_000]),
        ("خصم خمسين بالمئة", [50]),
        ("يوم الأحد والاثنين، أحد الألوان، كل واحد، لست متأكدًا", []),
        ("تسع 600 مل", [600]),
        ("الستارة والسبعة", [7]),
        ("ألف مبروك، مرة ثانية، ملون، عشبة، الكمية", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("1,299.50 ر.س", "ألف ومئتين وتسعة وتسعين ريال و خمسين هللة"),
        ("١٬٢٩٩٫٥٠ ر.س", "ألف ومئتين وتسعة وتسعين ريال و خمسين هللة"),
        ("1 ريال", "ريال واحد"),
        ("2 ريال", "ريالين"),
        ("5 ريالات", "خمسة ريالات"),
        ("11 ريال", "أحد عشر ريال"),
        ("103 ريال", "مئة وثلاثة ريالات"),
        ("200 ريال", "مئتي ريال"),
        ("0.50 ر.س", "خمسين هللة"),
        ("بـ 45 ريال", "بخمسة وأربعين ريال"),
        ("ب٤٥ ريال", "بخمسة وأربعين ريال"),
        ("$39.99", "تسعة وثلاثين دولار و تسعة وتسعين سنت"),
        ("8 €", "ثمانية يورو"),
        ("2 مليون ريال", "مليوني ريال"),
        ("45%", "خمسة وأربعين بالمئة"),
        ("٤٥٪", "خمسة وأربعين بالمئة"),
        ("600 مل", "ستمئة مليلتر"),
        ("2 كجم", "كيلوغرامين"),
        ("1.1 كجم", "واحد فاصلة واحد كيلوغرام"),
        ("3 م", "ثلاثة أمتار"),
        ("16 بوصة", "ست عشرة بوصة"),
        ("130 x 180 سم", "مئة وثلاثين في مئة وثمانين سنتيمتر"),
        ("-5 °C", "سالب خمس درجات مئوية"),
        ("230 °C", "مئتين وثلاثين درجة مئوية"),
        ("24 ساعة", "أربع وعشرين ساعة"),
        ("3 ساعات", "ثلاث ساعات"),
        ("8 قطع", "ثماني قطع"),
        ("4 أكواب", "أربعة أكواب"),
        ("11 قطعة", "إحدى عشرة قطعة"),
        ("الـ 3 ألوان", "الثلاثة ألوان"),
        ("50 مترًا", "خمسين مترًا"),
        ("22 نوفمبر 2026", "اثنين وعشرين نوفمبر ألفين وستة وعشرين"),
        ("22/11/2026", "اثنين وعشرين نوفمبر ألفين وستة وعشرين"),
        ("3:30 م", "الثالثة, وثلاثين دقيقة مساءً"),
        ("10:00 ص", "العاشرة صباحًا"),
        ("19:30", "السابعة, وثلاثين دقيقة مساءً"),
        ("5–10 كجم", "خمسة إلى عشرة كيلوغرامات"),
        ("½ لتر", "نصف لتر"),
        ("2.5 كيلو", "اثنين فاصلة خمسة كيلوغرام"),
        ("2026م", "ألفين وستة وعشرين ميلادي"),
        ("خصم 20% حتى 15 ديسمبر", "خصم عشرين بالمئة حتى خمسة عشر ديسمبر"),
        ("3-5 أيام", "ثلاثة إلى خمسة أيام"),
        ("AED 5", "خمسة دراهم إماراتية"),
        ("12V", "اثني عشر فولت"),
        ("3/4", "ثلاثة أرباع"),
        ("2x", "مرتين"),
        ("050 123 4567", "صفر خمسة صفر, واحد اثنين ثلاثة, أربعة خمسة ستة سبعة"),
        ("AB-1204X", "إيه بي واحد اثنين صفر أربعة إكس"),
        ("5 و30", "خمسة وكذلك ثلاثين"),
        ("007", "صفر صفر سبعة"),
        ("iPhone 15", "iPhone خمسة عشر"),
        ("مصباح LED، أسود؟ نعم.", "مصباح LED, أسود? نعم."),
        ("مبروك 🎉 لكم!", "مبروك لكم!"),
        ("إلخ", "إلى آخره"),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, AR) == said


@QUICK
@given(st.one_of(st.text(max_size=40), st.from_regex(r"[٠-٩0-9.,٫٬٪/x%ريالمكجسوب° -]{1,14}", fullmatch=True)))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, AR)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/" for char in said)


def test_forms_lists_and_language() -> None:
    arabic = language(AR)
    assert cardinal(45_000) == "خمسة وأربعين ألف"
    assert [dual(noun) for noun in ("قطعة", "متر مربع", "كيلومتر في الساعة")] == [
        "قطعتين",
        "مترين مربعين",
        "كيلومترين في الساعة",
    ]
    assert arabic.listing(["أحمر", "أزرق", "أخضر"]) == "أحمر، أزرق وأخضر"
    assert arabic.listing(["28 لتر", "38 لتر"]) == "28 لتر أو 38 لتر"
    assert arabic.owns("غطاء من الخيزران")
    assert not arabic.owns("a bamboo lid")
    assert not any(numbers_in(said, AR) for said in arabic.sizes.values())
