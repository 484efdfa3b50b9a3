"""French: numbers counted by twenties, found again; captions as they are said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from livestream.text import money_caption, money_spoken, numbers_in, spoken_form
from livestream.text.french import cardinal, counted, decimals, ordinal
from livestream.text.languages import language

FR = "fr-FR"
QUICK = settings(max_examples=80)


def values(text: str) -> list[Decimal]:
    return [numeral.value for numeral in numbers_in(text, FR)]


@QUICK
@given(st.integers(0, 10**9), st.sampled_from(["", "m", "f"]))
def test_cardinals_come_back(number: int, gender: str) -> None:
    assert values(counted(number, gender)) == ([number] if number != 1 else [])


@QUICK
@given(st.integers(0, 10**12))
def test_cardinals_are_those_of_another_hand(number: int) -> None:
    assert cardinal(number) == num2words(number, lang="fr")


@QUICK
@given(st.integers(1, 10**4))
def test_ordinals_come_back(number: int) -> None:
    assert values(ordinal(number)) == [number]


@QUICK
@given(st.integers(0, 9999), st.integers(1, 4))
def test_decimals_come_back(behind: int, places: int) -> None:
    text = str(behind).zfill(places)[-places:]
    assert values(f"sept virgule {decimals(text)}") == [Decimal(f"7.{text}")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("un cadeau pour une amie, quelqu'un, l'une", []),
        ("un million d'euros", [10**6]),
        ("deux millions cinq cent mille", [2_500_000]),
        ("deux virgule cinq millions", [2_500_000]),
        ("soixante et onze, quatre-vingt-dix-neuf, quatre vingt un", [71, 99, 81]),
        ("septante-cinq, huitante, octante-deux, nonante-neuf", [75, 80, 82, 99]),
        ("un demi-litre, une demi-heure, la moitié", [Decimal("0.5")] * 3),
        ("un et demi, deux heures et demie", [Decimal("1.5"), 2, Decimal("0.5")]),
        ("un tiers, deux tiers, trois quarts", [Decimal(1) / 3, Decimal(2) / 3, Decimal("0.75")]),
        ("deux et trois quarts, un huitième", [Decimal("2.75"), Decimal("0.125")]),
        ("le double, le triple, une douzaine, deux douzaines", [2, 3, 12, 24]),
        ("des milliers, une centaine", [1000, 100]),
        ("première, deuxième, vingt et unième, soixante et onzième", [1, 2, 21, 71]),
        ("vingt pour cent, cent pour cent coton, 20 pour cent", [20, 100, 20]),
        ("quarante-neuf euros quatre-vingt-dix", [49, 90]),
        ("un deux zéro quatre", [1204]),
        ("un deux-pièces", [2]),
        ("2,5 millions et 20 mille", [2_500_000, 20_000]),
        ("1 299,00 € et 12 500 ml", [1299, 12_500]),
        ("tout neuf, comme neuf, doublé de soie", []),
        ("", []),
    ],
)
def test_numbers_in(text: str, found: list[Decimal]) -> None:
    assert [round(value, 12) for value in values(text)] == [round(Decimal(value), 12) for value in found]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("1 299,00 €", "mille deux cent quatre-vingt-dix-neuf euros"),
        ("1 299 €", "mille deux cent quatre-vingt-dix-neuf euros"),
        ("1.299 €", "mille deux cent quatre-vingt-dix-neuf euros"),
        ("1 299,50 €", "mille deux cent quatre-vingt-dix-neuf euros et cinquante centimes"),
        ("49,90 €", "quarante-neuf euros et quatre-vingt-dix centimes"),
        ("49,90 euros", "quarante-neuf euros et quatre-vingt-dix centimes"),
        ("EUR 5", "cinq euros"),
        ("0,99 €", "quatre-vingt-dix-neuf centimes"),
        ("1 €", "un euro"),
        ("21 €", "vingt et un euros"),
        ("2 millions d'euros", "deux millions d'euros"),
        ("1 000 000 €", "un million d'euros"),
        ("5–10 €", "cinq à dix euros"),
        ("5-10 %", "cinq à dix pour cent"),
        ("100 % coton", "cent pour cent coton"),
        ("20% sur tout", "vingt pour cent sur tout"),
        ("12,5 %", "douze virgule cinq pour cent"),
        ("-5 °C", "moins cinq degrés Celsius"),
        ("20 °C", "vingt degrés Celsius"),
        ("30 x 40 cm", "trente par quarante centimètres"),
        ("30x40 cm", "trente par quarante centimètres"),
        ("10×15×20 cm", "dix par quinze par vingt centimètres"),
        ("500 ml", "cinq cents millilitres"),
        ("1,5 l", "un virgule cinq litre"),
        ("1 l", "un litre"),
        ("2 500 ml", "deux mille cinq cents millilitres"),
        ("5000mAh", "cinq mille milliampèreheures"),
        ('12" de haut', "douze pouces de haut"),
        ("12 pouces", "douze pouces"),
        ("1/2 tasse", "une demi tasse"),
        ("½ tasse", "une demi tasse"),
        ("1 1/2 tasse", "une et demie tasse"),
        ("3/4 de litre", "trois quarts de litre"),
        ("2 3/4 litres", "deux et trois quarts litres"),
        ("1er janvier 2026", "premier janvier deux mille vingt-six"),
        ("le 22 novembre 2026", "le vingt-deux novembre deux mille vingt-six"),
        ("22/11/2026", "vingt-deux novembre deux mille vingt-six"),
        ("22.11.2026", "vingt-deux novembre deux mille vingt-six"),
        ("2026-11-22", "vingt-deux novembre deux mille vingt-six"),
        ("en 1998", "en mille neuf cent quatre-vingt-dix-huit"),
        ("19h30", "dix-neuf heures trente"),
        ("19 h 30", "dix-neuf heures trente"),
        ("8h", "huit heures"),
        ("8 h", "huit heures"),
        ("10h-18h", "dix heures à dix-huit heures"),
        ("9h30 - 12h", "neuf heures trente à douze heures"),
        ("24h/24", "vingt-quatre heures sur vingt-quatre"),
        ("7j/7", "sept jours sur sept"),
        ("24h/24 et 7j/7", "vingt-quatre heures sur vingt-quatre et sept jours sur sept"),
        ("19:30", "dix-neuf heures trente"),
        ("AB-1204X", "A bé un deux zéro quatre ixe"),
        ("WD-40", "doublevé dé quarante"),
        ("TV 4K", "TV quatre ka"),
        ("1080p", "mille quatre-vingts pé"),
        ("2-en-1", "deux en un"),
        ("3 en 1", "trois en un"),
        ("10x", "dix fois"),
        ("#1", "numéro un"),
        ("n° 5", "numéro cinq"),
        ("N°5", "numéro cinq"),
        ("007", "zéro zéro sept"),
        ("1 tasse", "une tasse"),
        ("1 verre", "un verre"),
        ("21 pièces", "vingt et une pièces"),
        ("21 litres", "vingt et un litres"),
        ("taille 41", "taille quarante et un"),
        ("tailles 30 et 5", "tailles trente, et cinq"),
        ("1er étage, 2e main", "premier étage, deuxième main"),
        ("1re fois", "première fois"),
        ("2ème paire", "deuxième paire"),
        ("3èmes", "troisième"),
        ("p. ex. en bleu", "par exemple en bleu"),
        ("env. 20 pcs", "environ vingt pièces"),
        ("env. 20 pièces", "environ vingt pièces"),
        ("incl. 2 couvercles", "inclus deux couvercles"),
        ("max. 40 kg", "maximum quarante kilogrammes"),
        ("S & M", "S et M"),
        ("Noir/Blanc", "Noir, Blanc"),
        ("Bluetooth 5.2", "Bluetooth cinq virgule deux"),
        ("Combien ça coûte ?", "Combien ça coûte?"),
        ("« 12 tasses », dit-elle.", "douze tasses, dit-elle."),
        ("2x4", "deux par quatre"),
        ("30 min", "trente minutes"),
        ("1,05 kg", "un virgule zéro cinq kilogramme"),
        ("1,25 kg", "un virgule vingt-cinq kilogramme"),
        ("2-3 jours", "deux à trois jours"),
        ("12 V", "douze volts"),
        ("Ø 20 cm", "diamètre vingt centimètres"),
        ("1 m²", "un mètre carré"),
        ("$20", "vingt dollars"),
        ("£1", "une livre"),
        ("CHF 20", "vingt francs suisses"),
        ("5 - 10 kg", "cinq à dix kilogrammes"),
        ("-5 %", "moins cinq pour cent"),
        ("d'1,5 l", "d'un virgule cinq litre"),
        ("0,5 l", "zéro virgule cinq litre"),
        ("100 000 pièces", "cent mille pièces"),
        ("24/7", "vingt-quatre sept"),
        ("01 23 45 67 89", "zéro un vingt-trois quarante-cinq soixante-sept quatre-vingt-neuf"),
        ("+33 1 23 45 67 89", "plus trente-trois un vingt-trois quarante-cinq soixante-sept quatre-vingt-neuf"),
        ("0800 123 456", "zéro huit zéro zéro un deux trois quatre cinq six"),
        ("Sony WH-1000XM5", "Sony doublevé hache un zéro zéro zéro ixe emme cinq"),
        ("Lampe 東京 Pro 😀", "Lampe 東京 Pro"),
        ("24,50 $US", "vingt-quatre dollars et cinquante centimes"),
    ],
)
def test_spoken_form(shown: str, said: str) -> None:
    assert spoken_form(shown, FR) == said


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "full", "short"),
    [
        ("1299.00", "EUR", "1\u202f299\xa0€", "mille deux cent quatre-vingt-dix-neuf euros", None),
        ("49.30", "EUR", "49,30\xa0€", "quarante-neuf euros et trente centimes", "quarante-neuf euros trente"),
        ("1.01", "EUR", "1,01\xa0€", "un euro et un centime", "un euro et un centime"),
        ("0.50", "EUR", "0,50\xa0€", "cinquante centimes", "cinquante centimes"),
        ("21", "GBP", "21\xa0£GB", "vingt et une livres", None),
        ("0", "EUR", "0\xa0€", "zéro euro", None),
        ("1000000", "EUR", "1\u202f000\u202f000\xa0€", "un million d'euros", None),
        ("2000000", "USD", "2\u202f000\u202f000\xa0$US", "deux millions de dollars", None),
    ],
)  # fmt: skip
def test_money(amount: str, currency: str, shown: str, full: str, short: str | None) -> None:
    assert money_caption(Decimal(amount), currency, FR) == shown
    assert money_spoken(Decimal(amount), currency, FR) == full
    assert money_spoken(Decimal(amount), currency, FR, short=True) == (short or full)


def test_lists_and_the_language_itself() -> None:
    french = language(FR)
    assert french.listing(["petit"]) == "petit"
    assert french.listing(["petit", "moyen", "grand"]) == "petit, moyen et grand"
    assert all(french.owns(text) for text in ("avec un couvercle", "doublé", "facile à laver"))
    assert not any(french.owns(text) for text in ("a bamboo lid", "double-walled", "soft cotton", "mit Deckel"))
