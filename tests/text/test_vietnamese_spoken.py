"""Vietnamese: number words found by what stands beside them, and captions into speech."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.languages import language
from livestream.text.vietnamese import cardinal

VI = "vi-VN"
QUICK = settings(max_examples=60)


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, VI)]


@QUICK
@given(st.integers(0, 10**15 - 1))
def test_cardinals_come_back(number: int) -> None:
    assert values(cardinal(number)) == [number]


@QUICK
@given(st.integers(1, 10**9), st.sampled_from(["ml", "kg", "cm", "%", "₫", "cái"]))
def test_counted_things_come_back(number: int, what: str) -> None:
    assert values(spoken_form(f"{number} {what}", VI)) == [number]


@QUICK
@given(st.integers(1, 10**7))
def test_money_comes_back(thousands: int) -> None:
    amount = Decimal(thousands) * 1000
    assert (
        values(money_spoken(amount, "VND", VI)) == [amount] == values(spoken_form(money_caption(amount, "VND", VI), VI))
    )


@QUICK
@given(st.integers(0, 9999), st.integers(1, 4))
def test_decimals_come_back(behind: int, places: int) -> None:
    text = str(behind).zfill(places)[-places:]
    assert values(spoken_form(f"7,{text}", VI)) == [Decimal(f"7.{text}")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ba lô, ba mẹ, một chút, một lần nữa, năm nay, nấu chín", []),
        ("không có, không phải", []),
        ("hai năm, mười năm", [2, 10]),
        ("năm cái, ba mươi lăm cái", [5, 35]),
        ("hai mốt thì không, hai mươi mốt thì có", [2, 21]),
        ("ba mươi tư, ba mươi bốn", [34, 34]),
        ("một trăm lẻ tám, một trăm linh tám", [108, 108]),
        ("giảm hai mươi phần trăm", [20]),
        ("một nửa, nửa lít, ba phần tư", [Decimal("0.5"), Decimal("0.5"), Decimal("0.75")]),
        ("hai triệu rưỡi, trăm rưỡi", [2_500_000, 150]),
        ("một phẩy hai lăm, một phẩy năm triệu", [Decimal("1.25"), 1_500_000]),
        ("150k, 150 nghìn, 1,5 triệu, 2tr", [150_000, 150_000, 1_500_000, 2_000_000]),
        ("hàng trăm nghìn, một tá, gấp đôi", [100_000, 12, 2]),
        ("thứ nhất, thứ hai, thứ tư", [1, 2, 4]),
        ("không chín một hai ba", [9123]),
        ("tháng mười một năm hai nghìn không trăm hai mươi sáu", [11, 2026]),
        ("MỘT TRĂM NGHÌN, năm 2026", [100_000, 2026]),
        ("1/2 và 1.299,5", [Decimal("0.5"), Decimal("1299.5")]),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("150.000₫", "một trăm năm mươi nghìn đồng"),
        ("150.000 đ", "một trăm năm mươi nghìn đồng"),
        ("1.299.000 VND", "một triệu hai trăm chín mươi chín nghìn đồng"),
        ("150k", "một trăm năm mươi nghìn"),
        ("1,5tr", "một phẩy năm triệu"),
        ("24,50 US$", "hai mươi bốn đô la Mỹ và năm mươi xu"),
        ("100.000–150.000₫", "một trăm nghìn đến một trăm năm mươi nghìn đồng"),
        ("20%", "hai mươi phần trăm"),
        ("12,5 %", "mười hai phẩy năm phần trăm"),
        ("5-10%", "năm đến mười phần trăm"),
        ("-5 °C", "âm năm độ Celsius"),
        ("30 x 40 cm", "ba mươi nhân bốn mươi xen ti mét"),
        ("500 ml", "năm trăm mi li lít"),
        ("1,1 kg", "một phẩy một ki lô gam"),
        ("5000mAh", "năm nghìn mi li am pe giờ"),
        ("22/11/2026", "hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("ngày 2/9", "ngày hai tháng chín"),
        ("19:30", "mười chín giờ ba mươi"),
        ("19h30", "mười chín giờ ba mươi"),
        ("8h", "tám giờ"),
        ("thứ 4, thứ 1", "thứ tư, thứ nhất"),
        ("AB-1204X", "a bê một hai không bốn ích"),
        ("WD-40", "vê kép đê bốn mươi"),
        ("TV 4K", "TV bốn ca"),
        ("3/4 lít", "ba phần tư lít"),
        ("0912 345 678", "không chín một hai ba bốn năm sáu bảy tám"),
        ("Sony WH-1000XM5", "Sony vê kép hát một không không không ích mờ năm"),
        ("Đèn 東京 Pro 😀", "Đèn 東京 Pro"),
        ("2 trong 1", "hai trong một"),
        ("3-5 ngày", "ba đến năm ngày"),
        ("S & M, Đen/Trắng", "S và M, Đen, Trắng"),
        ("tp. Huế, max. 40 kg", "thành phố Huế, tối đa bốn mươi ki lô gam"),
        ("Còn 3 cái!", "Còn ba cái!"),
        ("🔥", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, VI) == said


@QUICK
@given(st.text(max_size=40))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, VI)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    assert not any(char.isdigit() or char in "<>[]()$%&/" for _, said in tokens for char in said)


def test_lists_and_the_language_itself() -> None:
    vietnamese = language(VI)
    assert vietnamese.listing(["đen"]) == "đen"
    assert vietnamese.listing(["đen", "trắng", "xanh"]) == "đen, trắng và xanh"
    assert all(map(vietnamese.owns, ["Miệng bình rộng", "giặt được", "bằng thép"]))
    assert not any(map(vietnamese.owns, ["a bamboo lid", "in a soft wool blend", "no collar", "com tampa"]))
    assert not any(numbers_in(said, VI) for said in vietnamese.sizes.values())
