"""Indonesian captions into speech."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import speak, spoken_form
from livestream.text.languages import language

ID = "id-ID"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("Rp150.000", "seratus lima puluh ribu rupiah"),
        ("Rp 150.000", "seratus lima puluh ribu rupiah"),
        ("Rp. 25.000", "dua puluh lima ribu rupiah"),
        ("Rp150.000,-", "seratus lima puluh ribu rupiah,"),
        ("Rp150 ribu", "seratus lima puluh ribu rupiah"),
        ("Rp150rb", "seratus lima puluh ribu rupiah"),
        ("Rp1,5 juta", "satu koma lima juta rupiah"),
        ("1,5jt", "satu koma lima juta"),
        ("IDR 150.000", "seratus lima puluh ribu rupiah"),
        ("US$20", "dua puluh dolar Amerika"),
        ("Rp50.000–Rp75.000", "lima puluh ribu rupiah sampai tujuh puluh lima ribu rupiah"),
        ("3 pcs", "tiga buah"),
        ("30 x 40 cm", "tiga puluh kali empat puluh sentimeter"),
        ("10 × 15 × 20 cm", "sepuluh kali lima belas kali dua puluh sentimeter"),
        ("500 ml", "lima ratus mililiter"),
        ("1,5 L", "satu koma lima liter"),
        ("7.5 kg", "tujuh koma lima kilogram"),
        ("5000mAh", "lima ribu miliampere jam"),
        ("256GB", "dua ratus lima puluh enam gigabyte"),
        ("20%", "dua puluh persen"),
        ("5-10%", "lima sampai sepuluh persen"),
        ("-5 °C", "minus lima derajat Celsius"),
        ("1/2 kg", "setengah kilogram"),
        ("½ gelas", "setengah gelas"),
        ("3/4 gelas", "tiga perempat gelas"),
        ("1 1/2 sdm", "satu setengah sdm"),
        ("ke-3", "ketiga"),
        ("anak ke-1", "anak pertama"),
        ("pukul 19.30", "pukul sembilan belas tiga puluh"),
        ("jam 7:05", "jam tujuh lewat lima"),
        ("19:30", "sembilan belas tiga puluh"),
        ("22/11/2026", "dua puluh dua November dua ribu dua puluh enam"),
        ("2026-11-22", "dua puluh dua November dua ribu dua puluh enam"),
        ("AB-1204X", "a be satu dua nol empat eks"),
        ("WD-40", "we de empat puluh"),
        ("4K TV", "empat ka TV"),
        ("2-in-1", "dua in satu"),
        ("2x", "dua kali"),
        ("007", "nol nol tujuh"),
        ("#1", "nomor satu"),
        ("No. 1", "nomor satu"),
        ('12" piring', "dua belas inci piring"),
        ("S & M", "S dan M"),
        ("Hitam/Putih", "Hitam, Putih"),
        ("yg 100% katun", "yang seratus persen katun"),
        ("uk. 38–42", "ukuran tiga puluh delapan sampai empat puluh dua"),
        ("24/7", "dua puluh empat tujuh"),
        ("0812-3456-7890", "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol"),
        ("021 1234567", "nol dua satu satu dua tiga empat lima enam tujuh"),
        ("Lampu 東京 Pro", "Lampu 東京 Pro"),
        ("Bagus! 🔥", "Bagus!"),
        ("", ""),
        ("🔥", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, ID) == said


@given(st.text(max_size=40))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, ID)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/" for char in said)


@given(st.from_regex(r"[$0-9.,/x%\"a-z°-]{1,12}", fullmatch=True))
def test_what_has_a_digit_is_never_silent(chunk: str) -> None:
    if any(char.isdigit() for char in chunk):
        assert spoken_form(chunk, ID)


@pytest.mark.parametrize(
    ("items", "joined"),
    [(["hitam"], "hitam"), (["S", "M"], "S dan M"), (["merah", "biru", "hitam"], "merah, biru, dan hitam")],
)
def test_lists(items: list[str], joined: str) -> None:
    assert language(ID).listing(items) == joined


def test_sizes_are_said_by_their_letters() -> None:
    assert language(ID).sizes["XL"] == "eks el"


def test_indonesian_shows_itself() -> None:
    assert language(ID).owns("muat untuk laptop")
    assert not language(ID).owns("a bamboo lid")
