"""However a refused sentence is disguised, it is refused."""

import re

import pytest
from disguises import LOOKALIKES, SPELLINGS
from standards_samples import line

from livestream.errors import ClaimRefused
from livestream.locales import locale
from livestream.standards import Standards
from livestream.standards.packs import load_pack, pack_locales
from livestream.text import fold

DISGUISED = re.compile(r"\b\w[ .*-]\w[ .*-]\w\b")
"""A string of a pack that is spelled oddly already."""


def refused_strings(tag: str) -> list[str]:
    rules = load_pack(tag).rules
    return [text for rule in rules for text in rule.refused if "slot" not in text and not DISGUISED.search(text)]


@pytest.mark.parametrize("tag", pack_locales())
def test_what_looks_the_same_is_the_same(tag: str) -> None:
    for number, text in enumerate(refused_strings(tag)):
        plain = fold(text)
        for name in list(LOOKALIKES)[number % 2 :: 2]:
            assert fold(LOOKALIKES[name](plain)) == plain, name


@pytest.mark.parametrize("tag", pack_locales())
def test_what_is_spelled_oddly_is_not_said(tag: str) -> None:
    standards = Standards({}, locale(tag))
    missed = []
    for number, text in enumerate(refused_strings(tag)):
        name = list(SPELLINGS)[number % len(SPELLINGS)]
        try:
            standards.approve(line(SPELLINGS[name](text), tag=tag, about=None))
        except ClaimRefused:
            continue
        missed.append((name, SPELLINGS[name](text)))
    assert not missed
