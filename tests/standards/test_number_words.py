"""Number words that stand for no fact: slang, misspelled, run together, of another language."""

import pytest
from standards_samples import line

from livestream.errors import ClaimRefused
from livestream.locales import locale
from livestream.standards import Standards

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
