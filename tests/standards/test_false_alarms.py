"""Honest lines pass: at most two in a hundred are refused in any market; `make bench NAME=adversary` asks all."""

import pytest
from honest_lines import LOCALES, alarms, catalogues, lines_of

MOST = 0.02
EVERY = 7


@pytest.mark.parametrize("tag", LOCALES)
def test_honest_lines_pass(tag):
    said, refused = alarms(tag, catalogues(tag, None), every=EVERY)
    assert said >= 40
    assert len(refused) <= MOST * said, refused


@pytest.mark.parametrize("tag", LOCALES)
def test_there_are_enough_and_none_twice(tag):
    lines = lines_of(tag)
    assert len(lines) >= 45
    assert len(set(lines)) == len(lines)
