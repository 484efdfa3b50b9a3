"""How long an ad-lib waits for its cut point in the sample show, from the call to its first sample on air."""

import random

import numpy as np
import pytest

from livestream import datafiles
from livestream.catalogue import read_catalogue
from livestream.channel.desk import Desk
from livestream.locales import locale
from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, ReadyLine
from livestream.speech.studio import Studio
from livestream.speech.voice import load_voice
from livestream.testing import FakeEngine
from livestream.testing.playout import make_ad_lib
from tests.playout.playout_stage import Stage

ASKED = 80
APART = (6.0, 12.0)
"""Seconds between two ad-libs."""


@pytest.fixture(scope="module")
def spoken():
    """The lines of 60 s of the sample show, spoken."""
    market, voice = locale("en-US"), load_voice("en-US")
    studio = Studio(FakeEngine(voice), voice, seed=1)
    desk = Desk(read_catalogue(datafiles.find("assets", "catalogue", "sample.csv")), locale=market, seed=1)
    draft = desk.draft(target=60.0, loop=0)
    parts = [(part, line) for part in draft.rundown.parts for line in part.lines]
    return [(part, studio.speak(draft.approved[line.id])) for part, line in parts]


def queue(spoken, seconds):
    entries, length, seq = [], 0.0, 0
    while length < seconds:
        part, speech = spoken[seq % len(spoken)]
        entries.append(ReadyLine(seq, f"{seq}", 0, part.segment, part.id, part.beat, part.product, speech, part.gap))
        length, seq = length + speech.seconds + part.gap / SAMPLE_RATE, seq + 1
    return entries


def waits(folder, spoken, *, now):
    """Return how long each of many ad-libs waited, in seconds, and the stage they were on."""
    stage, chance = Stage(folder), random.Random(7)
    frames, asked = 100, {}
    for number in range(ASKED):
        frames += round(chance.uniform(*APART) * FPS)
        asked[f"a{number}"] = frames
        ad_lib = make_ad_lib(f"a{number}", 1, 0.5, now=now)
        stage.on_frame[frames] = lambda ad_lib=ad_lib: stage.playout.interject(ad_lib)
    stage.playout.submit(queue(spoken, (frames + 500) / FPS))
    stage.play(frames + 250)
    began = {line.instance: line.start for line in stage.aired() if line.seq < 0}
    return [(began[name] - frame * SAMPLES_PER_FRAME) / SAMPLE_RATE for name, frame in asked.items()], stage


def test_an_ad_lib_is_on_air_at_the_next_cut_point(tmp_path, spoken):
    waited, stage = waits(tmp_path, spoken, now=False)
    assert np.percentile(waited, 95) <= 2.6
    script = [line for line in stage.aired() if line.seq >= 0]
    said = [line.seq for line in script if line.complete]
    assert len(said) == len(set(said))


def test_say_now_is_on_air_within_a_third_of_a_second(tmp_path, spoken):
    waited, _ = waits(tmp_path, spoken, now=True)
    assert max(waited) <= 0.35
