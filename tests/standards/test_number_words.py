"""Number words that stand for no fact: slang, misspelled, run together, of another language."""

import pytest
from standards_samples import line

from livestream.errors import ClaimRefused
from livestream.locales import locale
from livestream.standards import Standards
from livestream.text.spoken import spoken_form

SAID = {
    "en-US": "Take a tenner|Yours for a fiver|Only fiftyfive of it|Just ninetynine|fiftypercent lighter|Ⅻ of them|"
    "It charges in one day|Your order, here in one day|Pay half of it now|It costs a buck|It weighs a kilo",
    "en-GB": "That is a fiver|ninetynine pence|onehundred of them",
    "de-DE": "Nur zehneuro|Noch achzig Stück|Noch sechszehn da|Für einen Fuffi|Zweijahresversprechen|Noch fifty da|"
    "neunundneunzigneunundneunzig|Wiegt ein Kilo",
    "fr-FR": "quatrevingt pièces|cinqante pièces|vint pièces|milles pièces|quatrevingtdix|Noté XII|Elle pèse un kilo",
    "es-ES": "Son dosmil|Son docientos|cuesta milquinientos|una veintena|cincuentaicinco|trescientosmil",
    "es-MX": "Son cincomil|diezmil personas|cuarentena y fiftyfive",
    "pt-BR": "São bilhão|Por cinquentão|Por cinquentinha|meia meia",
    "it-IT": "cinquantapercento|Il centuplo|sessantina",
    "id-ID": "Ada duabelas|Limaribu saja|Cuma gotun|limaratus perak|Sekilo beratnya",
    "ja-JP": "残りテン個です|ファイブです|フィフティ個です|残り卅個です|廿個です|Ⅻ個です|ワンコインです|fifty個です",
}
MEANT = {
    "en-US": "It often has weight and height.|Someone paid attention to tension.|Size XL, in a mix.",
    "de-DE": "Alle auf einmal, achtet auf die Achtung.|All-in-One und Two-Tone.",
    "fr-FR": "Elle va au four.|C'est du one-size.",
    "es-MX": "Ten en cuenta a los Estados Unidos.",
    "it-IT": "Un pezzo unico, con trecce.",
    "ja-JP": "カーテンとテントの色です。|コンテンツを見ます。",
}


def refused(tag: str, text: str) -> str:
    try:
        Standards({}, locale(tag)).approve(line(text, about=None, tag=tag))
    except ClaimRefused as error:
        return error.rule
    return ""


@pytest.mark.parametrize("tag", SAID)
def test_a_number_is_heard_however_it_is_spelled(tag):
    assert {text: refused(tag, text) for text in SAID[tag].split("|")} == dict.fromkeys(SAID[tag].split("|"), "number")
    meant = [text for text in MEANT.get(tag, "").split("|") if text]
    assert {text: refused(tag, text) for text in meant} == dict.fromkeys(meant, "")


# a sentence of each language in which a number is said, with something that is counted
COUNTED = {
    "de-DE": "Noch {} Stück.", "en-GB": "Only {} pieces.", "en-US": "Only {} pieces.", "es-ES": "Quedan {} piezas.",
    "es-MX": "Quedan {} piezas.", "fr-FR": "Il reste {} pièces.", "id-ID": "Sisa {} buah.",
    "it-IT": "Restano {} pezzi.",
    "ja-JP": "残り{}個です。", "pt-BR": "Restam {} peças.", "ru-RU": "Работает {} часов.", "tr-TR": "{} saat dayanır.",
    "pl-PL": "Zostało {} sztuk.", "ko-KR": "{} 개 남았어요.", "th-TH": "เหลือ {} ชิ้น", "vi-VN": "Pin {} giờ.",
    "ar-SA": "بقي {} قطعة.", "hi-IN": "{} घंटे चलता है.",
}  # fmt: skip
VALUES = (*range(3, 100, 16), 40, 300, 2500)


@pytest.mark.parametrize("tag", COUNTED)
def test_no_number_word_of_any_language_is_said_beside_the_facts(tag):
    said = {COUNTED[tag].format(spoken_form(str(value), tag)) for value in VALUES}
    assert {text: refused(tag, text) for text in said} == dict.fromkeys(said, "number")


def test_marks_and_letters_that_folding_takes_away_make_numbers():
    assert refused("ru-RU", "Осталось три штуки.") == refused("vi-VN", "Bền mười năm.") == "number"
    assert refused("ru-RU", "Осталось тpи штуки.") == "number"  # with a Latin p
    assert refused("ru-RU", "Осталось т-р-и штуки.") == "number"
