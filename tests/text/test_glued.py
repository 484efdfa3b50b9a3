"""Number words that no reader of numbers knows, and words that only look like them."""

import re

import pytest

from livestream.text.glued import english_in, glued_in, roman_in

UNITS = re.compile("percent|euros?|pesos|persen|reais|percento|fold").fullmatch
GLUED = {
    "en-US": "fiftyfive ninetynine threehundred fiftypercent fivefold",
    "es-MX": "dosmil milquinientos trescientosmil cincuentaicinco",
    "pt-BR": "doismil vinteecinco cinquentareais",
    "fr-FR": "quatrevingt cinqcent",
    "de-DE": "zehneuro funfhunderteuro",
    "it-IT": "cinquantapercento",
    "id-ID": "duabelas limaratus limaribu",
}
PLAIN = {
    "en-US": "often someone weight tension attention height freight threefolded canine lonely sixties",
    "es-MX": "unidos medianoche cientifico milagro mientras domingo",
    "pt-BR": "umidade meianoite semelhante oitiva",
    "fr-FR": "centime dixit sixtine",
    "de-DE": "einmal achtung dreieck allein nachts",
    "it-IT": "mezzanotte unico trecce duello",
    "id-ID": "satunya delapis enamel",
}


@pytest.mark.parametrize("tag", GLUED)
def test_number_words_run_together_are_found(tag):
    for word in GLUED[tag].split():
        assert glued_in(f"noch {word} da", tag, UNITS) == word
    for word in PLAIN[tag].split():
        assert not glued_in(word, tag, UNITS), word


def test_english_and_roman_numbers_are_found_in_every_language():
    assert english_in("nur fifty stück", "de-DE") == "fifty"
    assert english_in("残りfifty個", "ja-JP") == "fifty"
    assert not english_in("le four six ten one", "fr-FR")
    assert not english_in("fifty", "en-GB")
    for text in ("Noch Ⅻ da", "Only XII left", "残りX個", "ⅩⅡ", "XX euro"):
        assert roman_in(text), text
    for text in ("Size XL", "I will", "A CD mix", "Vi piace", "The V-neck", "DVD", "XXL and XS"):
        assert not roman_in(text), text
