"""How fast a voice speaks and how loud it is: `python -m livestream.testing.calibrate de-DE [--engine pico]`.

Has an engine of a locale speak the lines of shows of the sample products, and prints the `[rate]` table of its voice
file: the least squares over what they lasted, with how far they lie from it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median

import numpy as np

from livestream import datafiles
from livestream.catalogue import read_catalogue
from livestream.channel.desk import Desk
from livestream.errors import LivestreamError
from livestream.locales import locale
from livestream.loudness import integrated
from livestream.media import SAMPLE_RATE
from livestream.pacing import Rate
from livestream.speech.engine import RawSpeech, SpeechEngine, make_engine
from livestream.speech.resample import resample
from livestream.speech.studio import Studio
from livestream.speech.voice import load_voice
from livestream.standards import ApprovedLine
from livestream.text.languages import joiner

SHOW_SECONDS = 900.0
LINES = 80
_COUNTED = (Rate(1, 0, 0, 0), Rate(0, 1, 0, 0), Rate(0, 0, 1, 0), Rate(0, 0, 0, 1))
"""Rates that count texts, words, letters and pauses."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted rate, and how far single lines and all of them together lie from it, as shares of their length."""

    rate: Rate
    typical_error: float
    total_error: float


def show_lines(tag: str, most: int = LINES) -> list[ApprovedLine]:
    """Return the approved lines of shows of the sample products in a locale, each wording once.

    Raises:
        UsageError: the locale has no playbook.
    """
    catalogue = read_catalogue(datafiles.find("assets/catalogue", "sample.csv"), assume="USD", locale=tag)
    desk = Desk(catalogue, locale=locale(tag), seed=1)
    found: dict[str, ApprovedLine] = {}
    for loop in range(3):
        for line in desk.draft(target=SHOW_SECONDS, loop=loop).approved.values():
            found.setdefault(line.spoken, line)
    lines = list(found.values())
    return lines[:: max(1, len(lines) // most)][:most]


def fit(spoken: Sequence[str], seconds: Sequence[float], *, words: bool = True) -> Calibration:
    """Return the rate nearest to what texts lasted: no figure is negative, and `words` says whether words count."""
    counts = np.array([[unit.seconds(text) for unit in _COUNTED] for text in spoken])
    lasted = np.array(seconds)
    used = [column for column, unit in enumerate(_COUNTED) if counts[:, column].any() and (words or not unit.per_word)]
    while True:
        figures = np.linalg.lstsq(counts[:, used], lasted, rcond=None)[0]
        if figures.min() >= 0:
            break
        used.pop(int(figures.argmin()))
    found = np.zeros(len(_COUNTED))
    found[used] = figures
    planned = counts @ found
    return Calibration(
        Rate(*(round(float(figure), 4) for figure in found)),
        float(np.abs(planned / lasted - 1).mean()),
        float(planned.sum() / lasted.sum() - 1),
    )


class _Listening:
    """An engine that remembers how loud its sounds were."""

    def __init__(self, engine: SpeechEngine) -> None:
        self._engine = engine
        self.name, self.about, self.version = engine.name, engine.about, engine.version
        self.loudness: list[float] = []

    def warm_up(self) -> None:
        self._engine.warm_up()

    def synthesise(self, spoken: str, *, locale: str, seed: int) -> RawSpeech:
        raw = self._engine.synthesise(spoken, locale=locale, seed=seed)
        self.loudness.append(integrated(resample(raw.pcm, raw.rate, SAMPLE_RATE)))
        return raw


def report(tag: str, engine: str, most: int) -> Iterator[str]:
    """Yield the lines of a voice file that say how fast and how loud an engine is."""
    voice = load_voice(tag)
    listening = _Listening(make_engine(engine or voice.engines[0], voice))
    studio = Studio(listening, voice, seed=1)
    lines = show_lines(tag, most)
    lasted = [studio.speak(line).seconds for line in lines]
    found = fit([line.spoken for line in lines], lasted, words=joiner(tag) != "")
    yield f"# {listening.name}, {len(lines)} lines: {found.typical_error:.1%} off each, {found.total_error:.1%} in all"
    yield "[rate]"
    yield from (f"{name} = {figure:g}" for name, figure in asdict(found.rate).items())
    yield f"[engine.{listening.name}]"
    yield f"lufs = {median(listening.loudness):.1f}"


def main() -> None:
    """Print the calibration of one voice."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("locale")
    asked.add_argument("--engine", default="", help="an engine of the voice's chain; the first where none is named")
    asked.add_argument("--lines", type=int, default=LINES)
    given = asked.parse_args()
    try:
        for line in report(given.locale, given.engine, given.lines):
            sys.stdout.write(f"{line}\n")
    except LivestreamError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
