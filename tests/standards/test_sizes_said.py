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
