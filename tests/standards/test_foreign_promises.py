"""A promise in another language than the channel's is refused as in its own."""

import pytest
from standards_samples import fact, line

from livestream.catalogue.model import FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Slot
from livestream.locales import locale
from livestream.standards import Standards
from livestream.standards.foreign import GRAVE, foreign_promise
from livestream.standards.packs import load_pack, pack_locales
from livestream.text import fold

PROMISES = {
    "en": "You get a full refund.",
    "es": "Te devolvemos tu dinero, sin preguntas.",
    "de": "Du bekommst dein Geld zurück, garantiert.",
    "fr": "Vous serez remboursé si cela ne vous plaît pas.",
    "it": "Ti rimborsiamo tutto.",
    "pt": "Devolvemos o seu dinheiro.",
    "id": "Uang kembali jika tidak puas.",
}


@pytest.mark.parametrize("tag", sorted(pack_locales()))
def test_a_promise_in_any_language_is_refused_in_every_market(tag):
    title = fact(FactKind.TITLE, PROMISES["fr"])
    standards = Standards({title.id: title}, locale(tag))
    passed = [text for text in PROMISES.values() if _passes(standards, tag, text)]
    assert not passed
    assert not _passes(standards, tag, Slot("mug.title"))


def test_most_strings_that_a_pack_refuses_are_refused_elsewhere():
    for tag in sorted(pack_locales()):
        if load_pack(tag).base or tag == "ja-JP":
            continue
        host = "de-DE" if tag != "de-DE" else "fr-FR"
        strings = [
            text for rule in load_pack(tag).rules[: load_pack(tag).own] if rule.id in GRAVE for text in rule.refused
        ]
        standards = Standards({}, locale(host))
        caught = sum(not _passes(standards, host, text) for text in strings)
        assert caught >= 0.8 * len(strings), (tag, caught, len(strings))


def test_nothing_is_sought_in_what_is_too_short():
    assert foreign_promise(fold("AI!"), "de-DE") == ("", "")


def _passes(standards: Standards, tag: str, piece: str | Slot) -> bool:
    try:
        standards.approve(line(piece, about="mug", tag=tag))
    except ClaimRefused:
        return False
    return True
