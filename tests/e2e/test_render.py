"""A real export rendered into two minutes, judged by decoding what came out."""

import csv
import json
import os
import re
import subprocess
import sys
from itertools import groupby, pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from livestream.media import SAMPLE_RATE
from livestream.playout.asrun import aired, read_as_run
from livestream.testing.judge import decode_errors, look, loudness_of, silences, sound_of

pytestmark = [pytest.mark.timeout(300), pytest.mark.needs("ffmpeg", "real-catalogues")]
MONEY = ("price", "price_from", "price_to", "compare_at")


@pytest.fixture(scope="module")
def show(tmp_path_factory, real_catalogues):
    folder = tmp_path_factory.mktemp("render")
    words = ["render", str(real_catalogues / "apparel.csv"), "--output", "show.mp4", "--duration", "2m"]
    done = subprocess.run(
        [sys.executable, "-m", "livestream.cli.main", *words, "--stem", "stem.wav", "--json"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["left_out"] == []
    return folder


@pytest.fixture(scope="module")
def lines(show):
    return aired(read_as_run(show / "show.as-run.jsonl"))


@pytest.fixture(scope="module")
def rows(real_catalogues):
    with (real_catalogues / "apparel.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {}
        for row in csv.DictReader(file):
            found.setdefault(row["Handle"], []).append(row)
    return found


def test_it_is_two_minutes_of_h264_and_aac_that_end_together(show):
    with av.open(str(show / "show.mp4")) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.width, video.height, video.average_rate) == ("h264", 720, 1280, 25)
        assert (audio.codec_context.name, audio.rate) == ("aac", 48_000)
    seen = look(show / "show.mp4")
    assert decode_errors(show / "show.mp4") == ""
    assert seen.gaps == ()
    assert seen.seconds == pytest.approx(120, rel=0.02)
    assert seen.last + 1 / 25 == pytest.approx(len(sound_of(show / "show.mp4")) / SAMPLE_RATE, abs=0.04)
    assert seen.longest_freeze <= 2
    assert seen.black == 0


def test_it_is_as_loud_as_platforms_ask(show):
    loudness, peak = loudness_of(show / "show.mp4")
    assert loudness == pytest.approx(-16, abs=1)
    assert peak <= -1


def test_no_part_falls_silent(show, lines):
    with av.open(str(show / "stem.wav")) as container:
        stem = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)]) / 32768
    for _, part in groupby(lines, key=lambda entry: entry.instance):
        said = list(part)
        sound = stem[said[0].start : said[-1].end]
        assert silences(sound, longer=1.5) == []


def test_every_product_is_sold_by_its_price_and_two_facts_of_its_own(lines, rows):
    told = {}
    for entry in lines:
        told.setdefault(entry.product, set()).update(fact["id"] for fact in entry.facts)
    assert set(rows) <= set(told)
    for handle in rows:
        kinds = {fact.removeprefix(f"{handle}.") for fact in told[handle] if fact.startswith(f"{handle}.")}
        assert kinds & set(MONEY), handle
        assert len(kinds - {"title", *MONEY}) >= 2, handle


def test_every_number_is_in_the_list(lines, rows):
    for entry in lines:
        known = " ".join(cell for row in rows.get(entry.product, []) for cell in row.values() if cell)
        for number in re.findall(r"\d+(?:\.\d+)?", entry.caption):
            assert re.search(rf"(?<!\d){re.escape(number)}(?:\.0+)?(?!\d)", known), entry.caption


def test_no_two_sentences_are_built_alike(lines, rows):
    """A skeleton is the sentence without what comes from the list."""

    def skeleton(entry):
        own = {
            word.casefold()
            for row in rows.get(entry.product, [])
            for cell in row.values()
            if cell
            for word in re.findall(r"\w+", cell)
        }
        return " ".join(word for word in re.findall(r"[\w']+", entry.caption.casefold()) if word not in own)

    skeletons = [skeleton(entry) for entry in lines]
    assert all(first != second for first, second in pairwise(skeletons))
    assert max(skeletons.count(one) for one in skeletons) <= 3
