"""Thai captions: phrases that keep their spaces, spoken forms without digits, and numbers found again in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import fold, money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.thai import cardinal
from livestream.text.thai_reading import LANGUAGE

TH = "th-TH"


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, TH)]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("฿1,299", "หนึ่งพันสองร้อยเก้าสิบเก้าบาท"),
        ("1,299 บาท", "หนึ่งพันสองร้อยเก้าสิบเก้าบาท"),
        ("฿1,299.50", "หนึ่งพันสองร้อยเก้าสิบเก้าบาทห้าสิบสตางค์"),
        ("ราคา US$39 ค่ะ", "ราคา สามสิบเก้าดอลลาร์ ค่ะ"),
        ("3 พันบาท", "สามพันบาท"),
        ("฿500-฿800", "ห้าร้อยบาทถึงแปดร้อยบาท"),
        ("500–800 บาท", "ห้าร้อยถึงแปดร้อยบาท"),
        ("10%", "สิบเปอร์เซ็นต์"),
        ("5-10%", "ห้าถึงสิบเปอร์เซ็นต์"),
        ("จุได้ 600 มล. พอสำหรับ 4 ถ้วย", "จุได้ หกร้อยมิลลิลิตร พอสำหรับ สี่ ถ้วย"),
        ("ขนาด 130 x 180 ซม.", "ขนาด หนึ่งร้อยสามสิบคูณหนึ่งร้อยแปดสิบเซนติเมตร"),
        ("10×15×20 ซม.", "สิบคูณสิบห้าคูณยี่สิบเซนติเมตร"),
        ("น้ำหนัก 1.1 กก.", "น้ำหนัก หนึ่งจุดหนึ่งกิโลกรัม"),
        ("5000 mAh", "ห้าพันมิลลิแอมป์ชั่วโมง"),
        ("-5°C", "ลบห้าองศาเซลเซียส"),
        ("1/2 ถ้วย", "ครึ่ง ถ้วย"),
        ("½ ถ้วย", "ครึ่ง ถ้วย"),
        ("19:30 น.", "สิบเก้านาฬิกาสามสิบนาที"),
        ("10:30-18:00", "สิบนาฬิกาสามสิบนาทีถึงสิบแปดนาฬิกา"),
        ("2026-11-22", "ยี่สิบสอง พฤศจิกายน สองพันยี่สิบหก"),
        ("081-234-5678", "ศูนย์แปดหนึ่ง สองสามสี่ ห้าหกเจ็ดแปด"),
        ("AB-1204X", "AB หนึ่งสองศูนย์สี่ X"),
        ("#2", "หมายเลขสอง"),
        ("๑๒ ชิ้น", "สิบสอง ชิ้น"),
        ("iPhone 15 Pro", "iPhone สิบห้า Pro"),
        ("Marlow Quay", "Marlow Quay"),
        ("ใส่ & พก", "ใส่ และ พก"),
        ("สวยมาก 🔥", "สวยมาก"),
        ("", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, TH) == said


@given(st.integers(0, 10**18 - 1), st.sampled_from(["บาท", "ชิ้น", "เซนติเมตร", " กรัม"]))
def test_cardinals_come_back(value: int, unit: str) -> None:
    assert values(f"{cardinal(value)}{unit}") == [value]


@given(st.integers(0, 10**9), st.sampled_from([" มล.", " ซม.", "%", " บาท", " ชิ้น", " นิ้ว", "°C"]))
def test_digits_in_are_number_words_out(value: int, unit: str) -> None:
    assert values(spoken_form(f"{value}{unit}", TH)) == values(spoken_form(f"{value:,}{unit}", TH)) == [value]


@given(st.integers(1, 10**6), st.integers(1, 3))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    assert values(spoken_form(f"{value:,.{places}f} กก.", TH)) == [value]


@pytest.mark.parametrize(("amount", "currency", "said"), [
    ("1299", "THB", "หนึ่งพันสองร้อยเก้าสิบเก้าบาท"), ("39.50", "USD", "สามสิบเก้าดอลลาร์ห้าสิบเซนต์"), ("21", "EUR", "ยี่สิบเอ็ดยูโร"),
])  # fmt: skip
def test_money(amount: str, currency: str, said: str) -> None:
    assert money_spoken(Decimal(amount), currency, TH) == said
    assert spoken_form(money_caption(Decimal(amount), currency, TH), TH) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("สองร้อยบาท สามชิ้น", [200, 3]),
        ("เศษสามส่วนสี่ของถัง", [Decimal("0.75")]),
        ("ครึ่งราคา", [Decimal("0.5")]),
        ("หกชิ้น", [6]),
        ("สามารถใช้ได้ ห้ามพลาด เก้าอี้ เรียบร้อย", []),
        ("ผ้าพันคอ ชิ้นหนึ่ง ทั้งสอง สี่เหลี่ยม แสนสบาย", []),
    ],
)
def test_numbers_in(text: str, found: list[object]) -> None:
    assert values(text) == found


def test_folding_keeps_vowels_and_tones_where_they_are_letters() -> None:
    assert fold("ห้าผู้") == "ห้าผู้"
    assert fold("refu\u0e49nd") == "refund"


@given(st.text(st.one_of(st.characters(), st.sampled_from("กาห้ ที่ำ3฿,.%x-น")), max_size=40))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, TH)
    if tokens:
        assert "".join(caption for caption, _ in tokens) == " ".join(text.split())
    assert not any(char.isdigit() or char in "<>[]()$%&/" for _, said in tokens for char in said)


def test_thai_shows_itself() -> None:
    assert LANGUAGE.owns("น้ำหนักเบา")
    assert not LANGUAGE.owns("a bamboo lid")
    assert LANGUAGE.listing(["ดำ", "ขาว", "แดง"]) == "ดำ ขาว และแดง"
