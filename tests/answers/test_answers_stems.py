"""Stems: what a language's endings take off a word, and what they leave alone."""

import pytest

from livestream.answers.stems import Stems

ENGLISH = Stems(["ies>y", "ches>ch", "shes>sh", "xes>x", "sses>ss", "zes>z", "s"])
GERMAN = Stems(["en", "er", "es", "em", "e", "n", "s"], least=4)
MANY = Stems(("ами", "ов", "ы", "а"), least=3)


@pytest.mark.parametrize(
    ("stems", "word", "stem"),
    [
        (ENGLISH, "lids", "lid"),
        (ENGLISH, "berries", "berry"),
        (ENGLISH, "boxes", "box"),
        (ENGLISH, "dress", "dress"),
        (ENGLISH, "dresses", "dress"),
        (ENGLISH, "bus", "bus"),
        (ENGLISH, "women's", "women"),
        (ENGLISH, "its", "its"),
        (ENGLISH, "ties", "tie"),
        (GERMAN, "lampen", "lamp"),
        (GERMAN, "lampe", "lamp"),
        (GERMAN, "schwarzer", "schwarz"),
        (GERMAN, "tee", "tee"),
        (MANY, "чашками", "чашк"),
        (MANY, "щупов", "щуп"),
        (MANY, "оса", "оса"),
        (Stems(), "lampes", "lampe"),
        (Stems(()), "mugs", "mugs"),
    ],
)
def test_a_word_loses_its_ending_once(stems: Stems, word: str, stem: str) -> None:
    assert stems.of(word) == stem
