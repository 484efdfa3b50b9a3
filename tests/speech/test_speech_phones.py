"""Phones from letters, and where they are laid over a sound whose engine tells no times."""

from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from speech_samples import SENTENCES

from livestream.media import SAMPLE_RATE
from livestream.speech.engine import PAUSE, Phone
from livestream.speech.guessing import lay_over
from livestream.speech.phones import phones_of
from livestream.speech.phones.japanese import kana_names, with_lengths
from livestream.testing.closures import closure_errors

TIME = np.arange(SAMPLE_RATE) / SAMPLE_RATE
HUM = sum(0.2 / n * np.sin(2 * np.pi * 150 * n * TIME) for n in range(1, 50)).astype(np.float32)
HUSH = np.zeros(SAMPLE_RATE, np.float32)

WORDS = {
    "en-US": "shop ʃɑp|apple æpl|night naɪt|lamb læm|Phone foʊn|made meɪd|x-ray ksɹeɪ|comb kɑm|quick kwɪk|knob nɑb",
    "de-DE": "Flasche flaʃə|Spülbürste ʃpylbyʁstə|gelb gɛlp|liebe liːbə|Schwarz ʃvaʁts|Getränk gɛtʁɛŋk|Topf tɔpf"
    "|Vase fazə|Bücher byçɐ|zwölf tsvølf|nehmen neːmən",
    "fr-FR": "bouteille butɛjl|boisson bwasɔ̃|sept sɛt|compte kɔ̃t|beaucoup boku|trop tʁo|simple sɛ̃pl|chambre ʃɑ̃bʁ"
    "|parfum paʁfœ̃|gardent gaʁd|vraiment vʁɛmɑ̃|quatre katʁ|couleurs kuløʁ|l'eau lo|fille fij|ville vil|avec avɛk",
    "es-MX": "bebida beβida|vuestra bwestra|guitarra gitara|llave ʎaβe|queso keso|cinco θinko|hombre ombre"
    "|agüita agwita",
    "it-IT": "borraccia boratʃa|bambini bambini|gnocchi ɲoki|acciaio atʃajo|scegliere ʃeʎere|acqua akwa|più pju",
    "pt-BR": "garrafa gahafa|também tabej|tempo tepu|Brasil bɾaziw|coração koɾasɐw|filho fiʎu|tomate tomatʃi|bom bo",
    "ja-JP": "コップ koppu|サンポ sampo|シャツ ɕatsu|じゅんび dʑumbi|カバー kabaa|ファン ɸaɴ|かんたん kaɴtaɴ|ヴィ bi",
}


@pytest.mark.parametrize("locale", WORDS)
def test_letters_become_phones(locale):
    for told in WORDS[locale].split("|"):
        word, phones = told.split(" ")
        assert "".join(symbol for symbol, _ in phones_of(word, locale)) == phones, word


def test_words_are_counted_and_signs_pause():
    assert phones_of("Hi, all.", "en-US") == [("h", 0), ("ɪ", 0), (PAUSE, -1), ("æ", 1), ("l", 1), (PAUSE, -1)]
    assert phones_of("はい、 どうぞ.", "ja-JP")[:4] == [("h", 0), ("a", 0), ("i", 0), (PAUSE, -1)]
    assert phones_of("", "de-DE") == []


@pytest.mark.needs("espeak-ng")
def test_a_language_without_rules_is_asked_of_the_program():
    symbols = [symbol.strip("ˈ") for symbol, word in phones_of("бутылка Привет", "ru-RU") if word == 0]
    assert symbols[0] == "b"
    assert "t" in symbols


def test_a_language_nobody_reads_is_read_by_its_letters(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [symbol for symbol, _ in phones_of("Botol bagus", "id-ID")] == list("botolbagus")
    assert phones_of("бутылка", "ru-RU") == []


def test_every_mora_lasts_as_long_as_another():
    named = [(name, 0) for name in kana_names("コップの水")]
    assert [name for name, _ in named] == ["k", "o", "cl", "p", "u", "n", "o", "ə", "ə"]
    lengths = [length for _, _, length in with_lengths(named)]
    assert sum(lengths[:7]) == pytest.approx(4.0)
    assert lengths[2] == 1.0


def test_guessed_phones_lie_only_where_something_is_heard():
    pcm = np.concatenate([HUM, HUSH, HUM])
    said = [phone for phone in lay_over(phones_of("pop map", "en-US"), pcm) if phone.symbol]
    assert [phone.word for phone in said] == [0, 0, 0, 1, 1, 1]
    assert said[2].end == pytest.approx(1.0, abs=0.05)
    assert said[3].start == pytest.approx(2.0, abs=0.05)
    assert said[-1].end == pytest.approx(3.0, abs=0.05)


def test_phones_cover_any_sound_in_order():
    pairs = phones_of("Put the map in the top pocket, and the maple syrup on top.", "en-US")
    noise = np.random.default_rng(1).standard_normal(SAMPLE_RATE).astype(np.float32)
    for pcm in (HUSH, HUM, noise, HUM[:500], HUM[:10], np.tile(noise, 12)):
        phones = lay_over(pairs, pcm)
        assert phones[0].start == 0.0
        assert phones[-1].end == pytest.approx(len(pcm) / SAMPLE_RATE)
        assert all(a.end == b.start and a.start <= a.end for a, b in pairwise(phones))
    assert lay_over([], HUM) == (Phone(PAUSE, 0.0, 1.0),)


def test_told_lengths_count():
    first, second = (p for p in lay_over([("a", 0), ("e", 0)], HUM, [3.0, 1.0]) if p.symbol)
    assert first.end == second.start == pytest.approx(0.75, abs=0.1)


def test_closures_lie_where_the_exact_ones_do(hibari):
    errors = closure_errors(hibari, SENTENCES, "en-US")
    assert len(errors) >= 90
    assert median(errors) <= 0.06
    assert sorted(errors)[len(errors) * 9 // 10] <= 0.12
