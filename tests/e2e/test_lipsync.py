"""Lip sync on decoded pixels against decoded sound; `make bench NAME=lipsync` judges minutes of it."""

import subprocess
import sys

import pytest

from livestream.testing.lipsync import MOST_LAG, hushed_bed, judge_recording

pytestmark = pytest.mark.timeout(120)

PRODUCTS = """title,price,description
Copper Pepper Pot,$18,"A pepper pot of beaten copper with a bamboo top. It keeps pepper and paprika dry. \
It comes in a cotton bag. It fits a small pantry or a big one. Beautiful beside a pan of pasta. \
It holds a pound of pepper."
"""


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lipsync")
    (folder / "products.csv").write_text(PRODUCTS)
    output = folder / "show.mp4"
    bed = hushed_bed(folder / "bed.wav", 40)
    command = [sys.executable, "-m", "livestream.cli.main", "render", folder / "products.csv", "--output", output]
    subprocess.run([*command, "--duration", "30", "--bed", bed], check=True, capture_output=True)
    return output


def agree(verdict):
    """The gate for half a minute, of which the judge may mishear a sound or two; the bench has no such slack."""
    return verdict.gaps - verdict.closed <= 1 and verdict.open_rate >= 0.75 and abs(verdict.lag) <= MOST_LAG


def test_lips_and_voice_agree(recording):
    verdict = judge_recording(recording)
    assert verdict.gaps >= 6, "enough to judge by"
    assert verdict.vowels >= 6
    assert agree(verdict), verdict


def test_the_same_judge_refuses_sound_that_is_120_ms_late(recording):
    verdict = judge_recording(recording, late=0.12)
    assert not agree(verdict), verdict
    assert verdict.closure_rate < 0.8
    assert verdict.lag == pytest.approx(-3, abs=0.5)
