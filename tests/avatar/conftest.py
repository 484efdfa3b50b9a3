from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from livestream.avatar import build
from livestream.avatar.pack import Pack, load_pack
from livestream.media import SAMPLE_RATE, Speech, Viseme, VisemeSpan

TODAY = dt.date(2026, 1, 15).isoformat()


@pytest.fixture(scope="session")
def pack_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("presenters") / "mira"
    build.compile_presenter(build.read_source(build.find_source("mira")), folder, today=TODAY)
    return folder


@pytest.fixture(scope="session")
def pack(pack_folder: Path) -> Pack:
    return load_pack(pack_folder, today=TODAY)


def make_speech(spans: list[tuple[Viseme, float]], *, level: float = 4000.0) -> Speech:
    """A speech whose sound is noise of one level, silent where the viseme is SIL or PP."""
    chance = np.random.default_rng(7)
    at, visemes, sound = 0, [], []
    for viseme, seconds in spans:
        length = round(seconds * SAMPLE_RATE)
        visemes.append(VisemeSpan(at, at + length, viseme))
        quiet = viseme in (Viseme.SIL, Viseme.PP)
        sound.append(chance.standard_normal(length) * (0 if quiet else level))
        at += length
    pcm = np.clip(np.concatenate(sound), -32768, 32767).astype(np.int16)
    return Speech("l", "en-US", "", "", pcm, tuple(visemes), (), (), (), "test", "exact")


def babble(seconds: float, seed: int) -> Speech:
    chance = np.random.default_rng(seed)
    spans: list[tuple[Viseme, float]] = []
    while sum(length for _, length in spans) < seconds:
        spans.append((Viseme(int(chance.integers(0, 15))), float(chance.uniform(0.045, 0.16))))
    return make_speech(spans)
