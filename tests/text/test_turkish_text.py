"""Turkish: number words said and found again, captions read, endings that follow the spoken word."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.languages import language
from livestream.text.turkish import cardinal, ordinal, suffixed

TR = "tr-TR"


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, TR)]


@settings(max_examples=300)
@given(st.one_of(st.integers(0, 10**6), st.integers(0, 10**15 - 1)))
def test_cardinals_come_back(number: int) -> None:
    assert values(cardinal(number)) == ([number] if number != 1 else [])  # "bir" alone is an article


@given(st.integers(1, 10**6))
def test_ordinals_come_back(number: int) -> None:
    assert values(ordinal(number)) == [number]


@given(st.integers(0, 10**9 - 1), st.integers(1, 4))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    written = f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
    assert values(written) == [value]
    assert values(spoken_form(written, TR)) == [value]


@given(st.integers(0, 10**9), st.sampled_from(["TRY", "EUR", "USD", "GBP"]), st.booleans())
def test_money_comes_back(hundredths: int, currency: str, short: bool) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    shown = money_caption(amount, currency, TR)
    assert values(shown) == [amount]
    whole, cents = divmod(hundredths, 100)
    said = [part for part in (whole, cents) if part > 1] or ([0] if not hundredths else [])
    assert values(money_spoken(amount, currency, TR, short=short)) == said
    assert spoken_form(shown, TR) == money_spoken(amount, currency, TR)


@given(st.from_regex(r"[A-HJ-Z]{1,4}-[1-9][0-9]{2,7}", fullmatch=True))
def test_codes_come_back(code: str) -> None:
    assert values(spoken_form(code, TR)) == values(code)


@given(st.integers(2, 10**6), st.sampled_from(["adet", "litre", "ml", "lira", "cm", "°C", "inç", "%", "TL"]))
def test_counted_things_come_back(number: int, what: str) -> None:
    assert values(spoken_form(f"{number} {what}", TR)) == [number]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bir örtü, bir de kapak", []),
        ("bir buçuk litre", [Decimal("1.5")]),
        ("iki yüz elli", [250]),
        ("yüz iki yüz", [100, 200]),
        ("bin, yüz bin, bir milyon", [1000, 100_000, 1_000_000]),
        ("üç yüz bin iki", [300_002]),
        ("dörtte üç ve üçte biri", [Decimal("0.75"), Decimal(1) / 3]),
        ("yarım litre, yarı fiyatına", [Decimal("0.5"), Decimal("0.5")]),
        ("iki virgül beş milyon", [2_500_000]),
        ("bir virgül sıfır beş", [Decimal("1.05")]),
        ("çift cidarlı", [2]),
        ("iki düzine", [24]),
        ("yirmi birinci", [21]),
        ("beşli set, üçten fazla", [5, 3]),
        ("ALTI, Kırk Beş, KIRK", [6, 45, 40]),
        ("ön cep, uç kısmı, üç cep", [3]),
        ("masa altı, altı cep", [6]),
        ("ikisi de güzel, yüz yüze", []),
        ("yüzde yirmi", [20]),
        ("on dokuz otuz", [19, 30]),
        ("bir iki sıfır dört", [1204]),
        ("binlerce kişi", [1000]),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("₺1.299,00", "bin iki yüz doksan dokuz lira"),
        ("49,90 TL", "kırk dokuz lira doksan kuruş"),
        ("299 TL'ye", "iki yüz doksan dokuz liraya"),
        ("₺0,50", "elli kuruş"),
        ("2 milyon TL", "iki milyon lira"),
        ("10 bin TL", "on bin lira"),
        ("$39", "otuz dokuz dolar"),
        ("€ 1.299", "bin iki yüz doksan dokuz avro"),
        ("USD 39,99", "otuz dokuz dolar doksan dokuz sent"),
        ("₺5–10", "beş ila on lira"),
        ("%20", "yüzde yirmi"),
        ("% 12,5", "yüzde on iki virgül beş"),
        ("20%", "yüzde yirmi"),
        ("%5-10", "yüzde beş ila on"),
        ("%50'ye varan", "yüzde elliye varan"),
        ("-5 °C", "eksi beş santigrat derece"),
        ("230 °C'ye kadar", "iki yüz otuz santigrat dereceye kadar"),
        ("30°", "otuz derece"),
        ("500 ml", "beş yüz mililitre"),
        ("1,5 L", "bir virgül beş litre"),
        ("38 cm'ye katlanır", "otuz sekiz santimetreye katlanır"),
        ("50 m", "elli metre"),
        ("5000mAh", "beş bin miliamper saat"),
        ("30 x 40 cm", "otuz çarpı kırk santimetre"),
        ("10×15×20 cm", "on çarpı on beş çarpı yirmi santimetre"),
        ('12" ekran', "on iki inç ekran"),
        ("3/4", "dörtte üç"),
        ("1/2 bardak", "yarım bardak"),
        ("1 1/2 bardak", "bir buçuk bardak"),
        ("19:30", "on dokuz otuz"),
        ("saat 8.30", "saat sekiz otuz"),
        ("20:05", "yirmi sıfır beş"),
        ("22.11.2026", "yirmi iki Kasım iki bin yirmi altı"),
        ("2026-11-22", "yirmi iki Kasım iki bin yirmi altı"),
        ("1. sınıf", "birinci sınıf"),
        ("3'üncü, 4'üncü", "üçüncü, dördüncü"),
        ("5'li set", "beşli set"),
        ("4'ü", "dördü"),
        ("20'den fazla", "yirmiden fazla"),
        ("2'si 1 arada", "ikisi bir arada"),
        ("AB-1204X", "a be bir iki sıfır dört iks"),
        ("TV 4K", "TV dört ke"),
        ("1080p", "bin seksen pe"),
        ("%100 pamuk", "yüzde yüz pamuk"),
        ("007", "sıfır sıfır yedi"),
        ("No: 5", "numara, beş"),
        ("yak. 20 adet", "yaklaşık yirmi adet"),
        ("18-24 ay", "on sekiz ila yirmi dört ay"),
        ("0212 555 12 34", "sıfır iki bir iki beş beş beş on iki otuz dört"),
        ("Siyah/Beyaz", "Siyah, Beyaz"),
        ("iPhone 15 Pro", "iPhone on beş Pro"),
        ("12.000", "on iki bin"),
        ("0,125", "sıfır virgül yüz yirmi beş"),
        ("Çok güzel! 🔥", "Çok güzel!"),
        ("🔥", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, TR) == said


def test_endings_follow_the_spoken_word() -> None:
    assert [suffixed(word, "de") for word in ("üç", "altı", "dokuz", "kırk")] == ["üçte", "altıda", "dokuzda", "kırkta"]
    assert suffixed("lira", "ye") == "liraya"
    assert suffixed("dolar", "a") == "dolara"
    assert suffixed("elli", "lik") == "ellilik"
    assert suffixed("lira", "nın") == "liranın"


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"[₺TL0-9.,/x%'a-z° -]{1,14}", fullmatch=True)))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, TR)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/" for char in said)


def test_lists_and_language() -> None:
    turkish = language(TR)
    assert turkish.listing(["keten", "ipek", "pamuk"]) == "keten, ipek ve pamuk"
    assert all(map(turkish.owns, ["bambu kapaklı", "makinede yıkanır", "çelik gövde"]))
    assert not any(map(turkish.owns, ["a bamboo lid", "in a soft wool blend", "no collar", "machine washable"]))
    assert not any(numbers_in(said, TR) for said in turkish.sizes.values())
