import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.text import clean, fold, unleet, without_pictures


@pytest.mark.parametrize(
    "disguised",
    [
        "ｒｅｆｕｎｄ",
        "re\u200bfund",
        "rеfund",
        "ＲＥＦＵＮＤ",
        "réfund",
        "re\u00adfund",
        "𝐫𝐞𝐟𝐮𝐧𝐝",
        "ⓡⓔⓕⓤⓝⓓ",
        "\u202erefund\u202c",
        "ʀᴇꜰᴜɴᴅ",
    ],
)
def test_fold_sees_through(disguised: str) -> None:
    assert fold(disguised) == "refund"


@pytest.mark.parametrize(
    ("disguised", "word"), [("r3fund", "refund"), ("w@rr@nty", "warranty"), ("fr33", "fr33"), ("fr3e", "free")]
)
def test_unleet(disguised: str, word: str) -> None:
    assert unleet(fold(disguised)) == word


@pytest.mark.parametrize(
    "honest", ["ab-1204x", "5000mah", "it's $50!", "mp3 player", "2.4ghz", "100% cotton", "30x40cm"]
)
def test_unleet_leaves_codes_and_measures(honest: str) -> None:
    assert unleet(honest) == honest


def test_clean() -> None:
    assert clean(" Lamp\u202e \x00 shade\ufeff\n\tred ") == "Lamp shade red"
    assert clean("cafe\u0301") == "café"


@given(st.text(max_size=50))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)


def test_without_pictures() -> None:
    assert without_pictures(clean("🔥 Lamp™ 👍🏽 20 °C 1️⃣ ★ 👩‍🍳")) == "Lamp™ 20 °C 1"
