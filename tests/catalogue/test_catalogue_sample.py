"""The sample catalogue is what a first user sees: it must be whole, honest and drawn by its own script."""

from __future__ import annotations

import subprocess
import sys

import cv2
import numpy as np
import pytest

from livestream.catalogue import FactKind, read_catalogue
from livestream.datafiles import find


@pytest.fixture(scope="module")
def sample():
    return read_catalogue(find("assets", "catalogue", "sample.csv"))


def test_the_sample_is_without_fault(sample):
    assert sample.problems == ()
    assert (sample.currency, sample.currency_origin) == ("USD", "file")
    assert len(sample.products) == 8
    assert sum(FactKind.COMPARE_AT in {fact.kind for fact in product.facts} for product in sample.products) >= 2


def test_every_product_has_much_to_say(sample):
    for product in sample.products:
        kinds = [fact.kind for fact in product.facts]
        assert kinds.count(FactKind.POINT) >= 4, product.handle
        assert FactKind.STOCK in kinds
        assert set(kinds) & {FactKind.PRICE, FactKind.PRICE_FROM}


def test_the_pictures_are_what_the_script_draws(sample, tmp_path):
    folder = find("assets", "catalogue")
    subprocess.run([sys.executable, "-B", folder / "draw.py", tmp_path], check=True, timeout=60)
    for product in sample.products:
        shipped, drawn = (cv2.imread(str(place / product.images[0])) for place in (folder, tmp_path))
        assert shipped.shape == (800, 800, 3)
        # Processors round curves apart by a shade here and there.
        assert np.abs(shipped.astype(int) - drawn).mean() < 0.5, product.handle
        assert shipped.std() > 12


TEXTS = sorted(find("assets", "catalogue").glob("sample.*-*.csv"))


@pytest.mark.parametrize("tag", [path.name.split(".")[1] for path in TEXTS])
def test_the_sample_can_be_told_whole_in_every_language_it_has(tag):
    there = read_catalogue(find("assets", "catalogue", "sample.csv"), locale=tag)
    assert there.problems == ()
    assert all(done == of > 0 for done, of in there.coverage.texts.values()), there.coverage
    for product in there.products:
        kinds = [fact.kind for fact in product.facts]
        assert kinds.count(FactKind.POINT) >= 3, product.handle
        assert FactKind.TYPE in kinds
        if not tag.startswith("en"):
            assert {fact.grammar for fact in product.facts if fact.kind is FactKind.POINT} == {"sentence"}
