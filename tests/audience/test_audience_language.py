"""In each market the stream's own language is told from English, and a word or two are taken for its own."""

import pytest

from livestream.audience.language import LanguageGuess

ASKED = {
    "en-GB": "How much is the backpack?",
    "de-DE": "Wie viel kostet der Rucksack?",
    "fr-FR": "Combien coûte le sac à dos ?",
    "it-IT": "Quanto costa lo zaino?",
    "es-ES": "¿Cuánto cuesta la mochila?",
    "pt-BR": "Quanto custa a mochila?",
    "ja-JP": "このバックパックはいくらですか",
    "id-ID": "Berapa harga tas ransel ini?",
    "ru-RU": "Сколько стоит этот рюкзак?",
    "tr-TR": "Bu sırt çantası ne kadar?",
    "pl-PL": "Ile kosztuje ten plecak?",
    "ko-KR": "이 배낭은 얼마예요?",
    "ar-SA": "كم سعر هذه الحقيبة؟",
    "hi-IN": "इस बैग की कीमत क्या है?",
    "th-TH": "กระเป๋าเป้ใบนี้ราคาเท่าไหร่",
    "vi-VN": "Ba lô này giá bao nhiêu?",
}
ENGLISH = "Does it come in another color?"


@pytest.mark.parametrize("tag", ASKED)
def test_the_streams_language_and_english_are_told_apart(tag):
    guess = LanguageGuess(tag, ())
    assert guess.of(ASKED[tag]) == tag
    assert guess.of(ENGLISH) == (tag if tag == "en-GB" else "en")
    assert guess.of("ok 2x") == tag
    assert guess.of("ok 2x", told="en") == guess.of(ENGLISH)
