"""Italian: number words said and found again, captions read."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.text import money_caption, money_spoken, numbers_in, speak, spoken_form
from livestream.text.italian import cardinal, digits, ordinal
from livestream.text.languages import language

IT = "it-IT"


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, IT)]


@settings(max_examples=300)
@given(st.one_of(st.integers(0, 10**6), st.integers(0, 10**15 - 1)))
def test_cardinals_come_back(number: int) -> None:
    assert values(cardinal(number)) == [number]


def test_ordinals_come_back() -> None:
    for number in range(2, 100):
        assert values(ordinal(number)) == values(ordinal(number, feminine=True)) == [number]


@given(st.integers(0, 10**9 - 1), st.integers(1, 4))
def test_decimals_come_back(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    written = f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))
    assert values(written) == [value]
    assert values(spoken_form(written, IT)) == [value]


@given(st.integers(0, 10**9), st.sampled_from(["EUR", "USD", "GBP"]), st.booleans())
def test_money_comes_back(hundredths: int, currency: str, short: bool) -> None:
    amount = Decimal(hundredths).scaleb(-2)
    shown = money_caption(amount, currency, IT)
    assert values(shown) == [amount]
    whole, cents = divmod(hundredths, 100)
    said = [part for part in (whole, cents) if part > 1] or ([0] if not hundredths else [])
    assert values(money_spoken(amount, currency, IT, short=short)) == said
    assert spoken_form(shown, IT) == money_spoken(amount, currency, IT)


@given(st.from_regex(r"[A-HJ-Z]{1,4}-[1-9][0-9]{2,7}", fullmatch=True))
def test_codes_come_back(code: str) -> None:
    assert values(spoken_form(code, IT)) == values(code)


@given(st.integers(2, 10**6), st.sampled_from(["pezzi", "litri", "ml", "per te", "e 5", "%", "°C", "pollici"]))
def test_counted_things_come_back(number: int, what: str) -> None:
    assert values(spoken_form(f"{number} {what}", IT)) == values(f"{number} {what}")


CARDINALS = """
0 zero; 1 uno; 8 otto; 17 diciassette; 21 ventuno; 23 ventitré; 28 ventotto; 49 quarantanove; 80 ottanta; 100 cento
101 centouno; 104 centoquattro; 108 centotto; 180 centottanta; 200 duecento; 999 novecentonovantanove; 1000 mille
1001 milleuno; 1299 milleduecentonovantanove; 2000 duemila; 3003 tremilatré; 23000 ventitremila; 100000 centomila
1000000 un milione; 2500000 due milioni cinquecentomila; 1000000000 un miliardo
"""


def test_cardinals() -> None:
    for row in CARDINALS.replace(";", "\n").strip().splitlines():
        number, words = row.strip().split(" ", 1)
        assert cardinal(int(number)) == words
    assert cardinal(-5) == "meno cinque"
    assert cardinal(10**15) == digits("1" + "0" * 15)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("un regalo per una amica", []),
        ("uno", [1]),
        ("uno specchio, uno zaino", []),
        ("un milione", [1_000_000]),
        ("un milione e mezzo", [1_500_000]),
        ("mille e uno, mille duecento", [1001, 1200]),
        ("due mila", [2000]),
        ("centootto e centotto", [108, 108]),
        ("duecentoottanta", [280]),
        ("centuno", [101]),
        ("ventitre e ventitré", [23, 23]),
        ("vent'anni, trent'anni", [20, 30]),
        ("venti per cento", [20]),
        ("cento percento", [100]),
        ("mezzo litro, mezza tazza, mezz'ora", [Decimal("0.5")] * 3),
        ("in mezzo alla stanza", []),
        ("un terzo e tre quarti", [Decimal(1) / 3, Decimal("0.75")]),
        ("uno e mezzo, due e mezza", [Decimal("1.5"), Decimal("2.5")]),
        ("due virgola cinque milioni", [2_500_000]),
        ("uno virgola venticinque", [Decimal("1.25")]),
        ("una dozzina e due dozzine", [12, 24]),
        ("il doppio, un paio", [2, 2]),
        ("migliaia di persone", [1000]),
        ("uno due zero quattro", [1204]),
        ("trenta per quaranta", [30, 40]),
        ("quarantanove euro e novanta", [49, 90]),
        ("la prima volta, prima di tutto", [1]),
        ("primo, secondo, terzo", [1, 2, 3]),
        ("il ventitreesimo", [23]),
        ("secondo me, un secondo", []),
        ("se sei curiosa, sei tazze", [6]),
        ("2 milioni e 20 mila", [2_000_000, 20_000]),
        ("1.299,00 e 1.299 e 5,2 e 5.2", [1299, 1299, Decimal("5.2"), Decimal("5.2")]),
        ("nonno, settembre, ottobre, dueruote", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("1.299,00 €", "milleduecentonovantanove euro"),
        ("49,90 €", "quarantanove euro e novanta centesimi"),
        ("€ 0,50", "cinquanta centesimi"),
        ("1 €", "un euro"),
        ("EUR 20", "venti euro"),
        ("2 milioni di euro", "due milioni di euro"),
        ("€ 5–10", "cinque a dieci euro"),
        ("£ 200", "duecento sterline"),
        ("R$ 1.299,00", "milleduecentonovantanove reais"),
        ("20%", "venti percento"),
        ("12,5 %", "dodici virgola cinque percento"),
        ("5-10%", "cinque a dieci percento"),
        ("-5 °C", "meno cinque gradi Celsius"),
        ("30°", "trenta gradi"),
        ("500 ml", "cinquecento millilitri"),
        ("1,5 L", "uno virgola cinque litri"),
        ("1 l", "un litro"),
        ("20 mq", "venti metri quadrati"),
        ("300 g/m²", "trecento grammi al metro quadrato"),
        ("1200 W", "milleduecento watt"),
        ("5000mAh", "cinquemila milliampere ora"),
        ("30 x 40 cm", "trenta per quaranta centimetri"),
        ("10×15×20 cm", "dieci per quindici per venti centimetri"),
        ('12" di diagonale', "dodici pollici di diagonale"),
        ("6'", "sei piedi"),
        ("3/4", "tre quarti"),
        ("1/2 tazza", "mezza tazza"),
        ("1 1/2", "uno e mezzo"),
        ("½ litro", "mezzo litro"),
        ("24/7", "ventiquattro sette"),
        ("19:30", "diciannove e trenta"),
        ("ore 19.30", "ore diciannove e trenta"),
        ("7:05", "sette e cinque minuti"),
        ("1:00", "una in punto"),
        ("22/11/2026", "ventidue novembre duemilaventisei"),
        ("1 gennaio 2026", "primo gennaio duemilaventisei"),
        ("1° maggio", "primo maggio"),
        ("2026-11-22", "ventidue novembre duemilaventisei"),
        ("1º piano", "primo piano"),
        ("2ª edizione", "seconda edizione"),
        ("3° posto", "terzo posto"),
        ("AB-1204X", "A bi uno due zero quattro ics"),
        ("WD-40", "vu doppia di quaranta"),
        ("4K TV", "quattro cappa TV"),
        ("1080p", "milleottanta pi"),
        ("2-in-1", "due in uno"),
        ("100% cotone", "cento percento cotone"),
        ("taglia 42", "taglia quarantadue"),
        ("1 pezzo, 1 tazza, 1 zaino", "un pezzo, una tazza, uno zaino"),
        ("21 pezzi", "ventuno pezzi"),
        ("taglie 30 e 5", "taglie trenta, e cinque"),
        ("007", "zero zero sette"),
        ("#1", "numero uno"),
        ("n. 5", "numero cinque"),
        ("2x", "due volte"),
        ("ca. 20 pz", "circa venti pezzi"),
        ("max. 60 °C", "massimo sessanta gradi Celsius"),
        ("c/ tappo", "con tappo"),
        ("S & M", "S e M"),
        ("Nero/Bianco", "Nero, Bianco"),
        ("5.2", "cinque virgola due"),
        ("12.000", "dodicimila"),
        ("0,125", "zero virgola uno due cinque"),
        ("10 mila", "dieci mila"),
        ("18-24 mesi", "diciotto a ventiquattro mesi"),
        ("02 1234567", "zero due uno due tre quattro cinque sei sette"),
        ("+39 333 123 4567", "più trentanove tre tre tre uno due tre quattro cinque sei sette"),
        ("Sony WH-1000XM5", "Sony vu doppia acca uno zero zero zero ics emme cinque"),
        ("Lampada 東京 Pro", "Lampada 東京 Pro"),
        ("24,50 USD", "ventiquattro dollari e cinquanta centesimi"),
        ("Qual è il prezzo?", "Qual è il prezzo?"),
        ("È bellissima! 🔥", "È bellissima!"),
        ("🔥", ""),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, IT) == said


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_keeps_its_captions_and_says_only_words(text: str) -> None:
    tokens = speak(text, IT)
    if tokens:
        assert " ".join(caption for caption, _ in tokens) == " ".join(text.split())
    for _, said in tokens:
        assert said
        assert not any(char.isdigit() or char in "<>[]()$%&/" for char in said)


@settings(max_examples=60)
@given(st.from_regex(r"[€$0-9.,/x%\"'a-z°º-]{1,14}", fullmatch=True))
def test_what_has_a_digit_is_never_silent(chunk: str) -> None:
    if any(char.isdigit() for char in chunk):
        assert spoken_form(chunk, IT)


def test_lists_and_language() -> None:
    italian = language(IT)
    assert italian.listing(["lino"]) == "lino"
    assert italian.listing(["seta", "lino", "cotone"]) == "seta, lino e cotone"
    assert italian.listing(["rosso", "ecru"]) == "rosso ed ecru"
    assert all(map(italian.owns, ["con tappo di bambù", "entra nello zaino e non pesa", "qualità"]))
    assert not any(map(italian.owns, ["a bamboo lid", "in a soft wool blend", "no collar", "come as you are"]))
    assert not any(numbers_in(said, IT) for said in italian.sizes.values())
