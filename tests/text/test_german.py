"""German: numbers in one word, found again; captions as they are said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from livestream.text import money_caption, money_spoken, numbers_in, spoken_form
from livestream.text.german import cardinal, counted, ordinal, year
from livestream.text.languages import language

DE = "de-DE"
QUICK = settings(max_examples=80)


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, DE)]


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["", "m", "f", "n"]))
def test_cardinals_come_back(number: int, gender: str) -> None:
    said = counted(number, gender)
    assert values(said) == ([number] if said not in {"ein", "eine"} else [])


@QUICK
@given(st.integers(0, 10**6 - 1))
def test_cardinals_are_those_of_another_hand(number: int) -> None:
    theirs, ours = num2words(number, lang="de"), cardinal(number)
    theirs = theirs.replace("einstausend", "eintausend")
    for word in ("hundert", "tausend"):  # theirs always say "einhundert"
        theirs, ours = (text.replace(f"ein{word}", word) for text in (theirs, ours))
    assert ours == theirs


@QUICK
@given(st.integers(1, 10**6 - 1), st.sampled_from(["er", "e", "en"]))
def test_ordinals_come_back(number: int, end: str) -> None:
    assert values(ordinal(number, end)) == [number]


@QUICK
@given(st.integers(1100, 2199))
def test_years_come_back(number: int) -> None:
    assert values(year(number)) == [number]
    assert values(spoken_form(f"seit {number}", DE)) == [number]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ein Becher, eine Tasse, einen Moment", []),
        ("eine Million und eine Milliarde", [10**6, 10**9]),
        ("zwei Millionen dreihunderttausendfünf", [2_300_005]),
        ("zwei Komma fünf Millionen", [2_500_000]),
        ("eineinhalb, anderthalb, zweieinhalb", [Decimal("1.5"), Decimal("1.5"), Decimal("2.5")]),
        ("ein halber Liter, die Hälfte", [Decimal("0.5")] * 2),
        ("ein Drittel, zwei Drittel, drei Viertel", [Decimal(1) / 3, Decimal(2) / 3, Decimal("0.75")]),
        ("zwei und drei Viertel Liter", [Decimal("2.75")]),
        ("doppelt so groß, zweimal, dreifach", [2, 2, 3]),
        ("ein Dutzend, zwei Dutzend, Hunderte", [12, 24, 100]),
        ("dreiteilig, zehnjährige, Dreierset, Achtziger", [3, 10, 3, 80]),
        ("der dritte, die zweite, am siebten", [3, 2, 7]),
        ("neunundvierzig Euro neunzig", [49, 90]),
        ("neun-und-vierzig", [9, 40]),
        ("eins zwei null vier", [1204]),
        ("dreissig, fuenf, zwoelf, zwo", [30, 5, 12, 2]),
        ("neunzehnhundertachtundneunzig", [1998]),
        ("achtsam, dreist, einfach, einzigartig, Achtung, Elfen, Reste, Beste", []),
        ("achte auf die Naht, gib acht", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert [round(value, 12) for value in values(text)] == [round(Decimal(value), 12) for value in found]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("1.299,00 €", "tausendzweihundertneunundneunzig Euro"),
        ("1.299 €", "tausendzweihundertneunundneunzig Euro"),
        ("49,90 €", "neunundvierzig Euro und neunzig Cent"),
        ("49,90 Euro", "neunundvierzig Euro und neunzig Cent"),
        ("€ 49,90", "neunundvierzig Euro und neunzig Cent"),
        ("49,- €", "neunundvierzig Euro"),
        ("1.299,– €", "tausendzweihundertneunundneunzig Euro"),
        ("EUR 5", "fünf Euro"),
        ("5 USD", "fünf Dollar"),
        ("0,99 €", "neunundneunzig Cent"),
        ("21 Euro", "einundzwanzig Euro"),
        ("1 €", "ein Euro"),
        ("2 Millionen Euro", "zwei Millionen Euro"),
        ("5–10 €", "fünf bis zehn Euro"),
        ("5-10 %", "fünf bis zehn Prozent"),
        ("100 % Baumwolle", "hundert Prozent Baumwolle"),
        ("20% auf alles", "zwanzig Prozent auf alles"),
        ("12,5 %", "zwölf Komma fünf Prozent"),
        ("-5 °C", "minus fünf Grad Celsius"),
        ("20 °C", "zwanzig Grad Celsius"),
        ("30 x 40 cm", "dreißig mal vierzig Zentimeter"),
        ("30x40 cm", "dreißig mal vierzig Zentimeter"),
        ("10×15×20 cm", "zehn mal fünfzehn mal zwanzig Zentimeter"),
        ("30 cm x 40 cm", "dreißig Zentimeter mal vierzig Zentimeter"),
        ("500 ml", "fünfhundert Milliliter"),
        ("1,5 l", "eins Komma fünf Liter"),
        ("1 l", "ein Liter"),
        ("5000mAh", "fünftausend Milliamperestunden"),
        ("5.000 mAh", "fünftausend Milliamperestunden"),
        ('12" hoch', "zwölf Zoll hoch"),
        ("12 Zoll", "zwölf Zoll"),
        ("12-Zoll-Display", "zwölf Zoll Display"),
        ("1/2 Tasse", "eine halbe Tasse"),
        ("½ Tasse", "eine halbe Tasse"),
        ("1 1/2 Liter", "eineinhalb Liter"),
        ("3/4 Liter", "drei Viertel Liter"),
        ("22. November 2026", "zweiundzwanzigster November zweitausendsechsundzwanzig"),
        ("am 22. November", "am zweiundzwanzigsten November"),
        ("22.11.2026", "zweiundzwanzigster November zweitausendsechsundzwanzig"),
        ("am 22.11.2026", "am zweiundzwanzigsten November zweitausendsechsundzwanzig"),
        ("2026-11-22", "zweiundzwanzigster November zweitausendsechsundzwanzig"),
        ("seit 1998", "seit neunzehnhundertachtundneunzig"),
        ("19:30 Uhr", "neunzehn Uhr dreißig"),
        ("19.30 Uhr", "neunzehn Uhr dreißig"),
        ("8 Uhr", "acht Uhr"),
        ("10:00-18:00 Uhr", "zehn bis achtzehn Uhr"),
        ("24/7", "vierundzwanzig sieben"),
        ("AB-1204X", "A Be eins zwei null vier Ix"),
        ("WD-40", "We De vierzig"),
        ("4K-Fernseher", "vier Ka Fernseher"),
        ("1080p", "tausendachtzig Pe"),
        ("2-in-1", "zwei in eins"),
        ("3-teilig", "dreiteilig"),
        ("3-teiliges Set", "dreiteiliges Set"),
        ("6er-Pack", "Sechser Pack"),
        ("80er Jahre", "achtziger Jahre"),
        ("10x", "zehnmal"),
        ("#1", "Nummer eins"),
        ("Nr. 5", "Nummer fünf"),
        ("007", "null null sieben"),
        ("1 Tasse", "eine Tasse"),
        ("1 Becher", "ein Becher"),
        ("1 von 5", "eins von fünf"),
        ("Größe 41", "Größe einundvierzig"),
        ("Größen 5 und 30", "Größen fünf, und dreißig"),
        ("21 Teile", "einundzwanzig Teile"),
        ("z. B. in Blau", "zum Beispiel in Blau"),
        ("z.B. in Blau", "zum Beispiel in Blau"),
        ("inkl. 2 Deckel", "inklusive zwei Deckel"),
        ("max. 40 kg", "maximal vierzig Kilogramm"),
        ("S & M", "S und M"),
        ("Schwarz/Weiß", "Schwarz, Weiß"),
        ("3. Etage", "dritte Etage"),
        ("Bluetooth 5.2", "Bluetooth fünf Komma zwei"),
        ("Was kostet das?", "Was kostet das?"),
        ("„12 Tassen“, sagt sie.", "zwölf Tassen, sagt sie."),
        ("2x4", "zwei mal vier"),
        ("5 h", "fünf Stunden"),
        ("30 Min.", "dreißig Minuten"),
        ("1,5 kg", "eins Komma fünf Kilogramm"),
        ("2-3 Tage", "zwei bis drei Tage"),
        ("12 V", "zwölf Volt"),
        ("Ø 20 cm", "Durchmesser zwanzig Zentimeter"),
        ("1 m²", "ein Quadratmeter"),
        ("1.000.000 €", "eine Million Euro"),
        ("1.50 €", "ein Euro und fünfzig Cent"),
        ("$20", "zwanzig Dollar"),
        ("£5", "fünf Pfund"),
        ("CHF 20", "zwanzig Schweizer Franken"),
        ("100-prozentig", "hundertprozentig"),
        ("5 - 10 kg", "fünf bis zehn Kilogramm"),
        ("-5 %", "minus fünf Prozent"),
        ("8.5", "acht Komma fünf"),
        ("1.000 Stück", "tausend Stück"),
        ("2 1/2 Tassen", "zweieinhalb Tassen"),
        ("2 3/4 Liter", "zwei und drei Viertel Liter"),
        ("-20 %", "minus zwanzig Prozent"),
        ("ca. 20 Stk. pro Packung", "zirka zwanzig Stück pro Packung"),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, DE) == said


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "full", "short"),
    [
        ("1299.00", "EUR", "1.299\xa0€", "tausendzweihundertneunundneunzig Euro", None),
        ("49.90", "EUR", "49,90\xa0€", "neunundvierzig Euro und neunzig Cent", "neunundvierzig Euro neunzig"),
        ("1.01", "EUR", "1,01\xa0€", "ein Euro und ein Cent", "ein Euro und ein Cent"),
        ("0.50", "EUR", "0,50\xa0€", "fünfzig Cent", "fünfzig Cent"),
        ("21", "CHF", "21\xa0CHF", "einundzwanzig Schweizer Franken", None),
        ("1000000", "EUR", "1.000.000\xa0€", "eine Million Euro", None),
        ("12.5", "THB", "12,50\xa0฿", "zwölf Komma fünf null Thailändische Baht", None),
        ("-3", "EUR", "-3\xa0€", "minus drei Euro", None),
    ],
)
def test_money(amount: str, currency: str, shown: str, full: str, short: str | None) -> None:
    assert money_caption(Decimal(amount), currency, DE) == shown
    assert money_spoken(Decimal(amount), currency, DE) == full
    assert money_spoken(Decimal(amount), currency, DE, short=True) == (short or full)


def test_lists_and_the_language_itself() -> None:
    german = language(DE)
    assert german.listing(["klein"]) == "klein"
    assert german.listing(["klein", "mittel", "groß"]) == "klein, mittel und groß"
    assert all(german.owns(text) for text in ("mit Deckel aus Bambus", "fasst viel", "weiß"))
    assert not any(german.owns(text) for text in ("a bamboo lid", "double-walled", "soft cotton", "en coton"))
