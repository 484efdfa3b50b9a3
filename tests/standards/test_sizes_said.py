"""The letters of a size are said as words in the channel's language, whatever the feed calls the option."""

import pytest
from standards_samples import fact

from livestream.catalogue.model import FactKind
from livestream.standards.forms import render


@pytest.mark.parametrize(
    ("label", "tag", "said"),
    [
        ("Größe", "de-DE", "klein, mittel und groß"),
        ("Taille", "fr-FR", "petit, moyen et grand"),
        ("Konfektionsgröße", "de-DE", "klein, mittel und groß"),
        ("Farbe", "de-DE", "S, M und L"),
    ],
)
def test_letters_of_a_size(label: str, tag: str, said: str) -> None:
    option = fact(FactKind.OPTION, ("S", "M", "L"), suffix="option.size", label=label)
    assert " ".join(token.spoken for token in render(option, "list", tag)) == said


@pytest.mark.parametrize("tag", ["es-MX", "es-ES", "pt-BR", "tr-TR"])
def test_litres_are_no_large_ones(tag: str) -> None:
    option = fact(FactKind.OPTION, ("28 L", "38 L"), suffix="option.size", label="Size")
    assert "litr" in " ".join(token.spoken for token in render(option, "list", tag))


@pytest.mark.parametrize(
    ("tag", "text", "inside"),
    [("pt-BR", "O forro cruje", "o forro cruje"), ("pt-BR", "B de base", "B de base"), ("es-MX", "Y pesa", "y pesa")],
)
def test_a_letter_that_is_a_word_is_small_inside_a_sentence(tag: str, text: str, inside: str) -> None:
    point = fact(FactKind.POINT, text, suffix="point.1", grammar="sentence")
    assert " ".join(token.caption for token in render(point, "lower", tag)) == inside
