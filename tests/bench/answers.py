"""Questions of viewers over the sample and the real lists: what is answered right, what is left, what is safe.

`make bench NAME=answers`; with `ANSWERS_PICTURE=FILE.png` the margin curve is drawn into that file.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import skia

from livestream.answers.answers import Answers
from livestream.audience.encoder import SentenceEncoder
from livestream.audience.intents import Intents
from livestream.catalogue import Catalogue, read_catalogue
from livestream.locales import locale
from tests.bench.figures import ROOT, SAMPLE, Figures, say

sys.path.insert(0, str(ROOT / "tests" / "answers"))
from questions import Question, Score, load, put

DATA = ROOT.parent / "shared" / "data" / "catalogues"
HALVES = ("dev", "dev2", "heldout")
MARGINS = tuple(step / 40 for step in range(41))
PICTURE = ROOT / "out" / "answers-margin.png"
_SIZE, _EDGE = (900, 560), 70


def run(figures: Figures) -> None:
    """Put every question, report each half of each locale apart, and draw the margin curve."""
    catalogues = {"sample": read_catalogue(SAMPLE)}
    for name in ("apparel", "home-and-garden"):
        if (DATA / f"{name}.csv").is_file():
            catalogues[name] = read_catalogue(DATA / f"{name}.csv", assume="USD")
    questions = [question for question in load() if question.catalogue in catalogues]
    scores, seconds = _scores(questions, catalogues)
    whole = Score([outcome for score in scores.values() for outcome in score.outcomes])
    for (tag, half), score in sorted(scores.items()):
        _report(figures, score, f"{tag}.{half}.", goals=half == "heldout")
    halves = {
        half: [o for (_, each), score in scores.items() if each == half for o in score.outcomes] for half in HALVES
    }
    for half in HALVES:
        figures.add(f"{half}.precision", Score(halves[half]).at(0.0)[0], "all locales", ">= 0.97")
    _report(figures, whole, "", goals=True)
    figures.add("questions", len(questions), "questions", ">= 150")
    figures.add("plan.p95", 1000 * statistics.quantiles(seconds, n=20)[-1], "ms of CPU", "<= 10")
    say("margin  precision  coverage")
    for margin in MARGINS[::4]:
        precision, coverage = whole.at(margin)
        say(f"{margin:>6.2f} {precision:>10.3f} {coverage:>9.3f}")
    picture = Path(os.environ.get("ANSWERS_PICTURE", PICTURE))
    draw({f"{tag} {half}": [score.at(m) for m in MARGINS] for (tag, half), score in sorted(scores.items())}, picture)
    say(f"the margin curve is in {picture}")


def _scores(
    questions: list[Question], catalogues: dict[str, Catalogue]
) -> tuple[dict[tuple[str, str], Score], list[float]]:
    encoder = SentenceEncoder()
    intents = Intents(encoder)
    made: dict[tuple[str, str], Answers] = {}
    scores: dict[tuple[str, str], Score] = {}
    seconds: list[float] = []
    for question in questions:
        key = question.catalogue, question.locale
        if key not in made:
            made[key] = Answers(catalogues[question.catalogue], encoder, locale=locale(question.locale))
        outcome = put(question, made[key], catalogues[question.catalogue], intents, encoder)
        scores.setdefault((question.locale, question.half), Score()).outcomes.append(outcome)
        started = time.thread_time()
        put_again = put(question, made[key], catalogues[question.catalogue], _Known(outcome), _Known(outcome))
        seconds.append(time.thread_time() - started)
        if put_again.right != outcome.right:
            say(f"not the same twice: {question.ask}")
    return scores, seconds


class _Known:
    """Stands in for audience the second time round, so that the plan alone is timed."""

    def __init__(self, outcome) -> None:
        self._intents = outcome.intents

    def encode(self, texts):
        return [None for _ in texts]

    def read(self, _vector, _folded):
        return self._intents


def _report(figures: Figures, score: Score, prefix: str, *, goals: bool) -> None:
    precision, coverage = score.at(0.0)
    risky = sum(outcome.question.risky for outcome in score.outcomes)
    answered = sum(outcome.plan.route == "answer" for outcome in score.outcomes)
    figures.add(f"{prefix}precision", precision, f"of {answered}", ">= 0.97" if goals and not prefix else "")
    figures.add(f"{prefix}coverage", coverage, "of answerable", ">= 0.6" if goals else "")
    figures.add(f"{prefix}safe", score.safe, f"of {risky} risky", ">= 1.0")
    right = sum(outcome.right for outcome in score.outcomes) / len(score.outcomes)
    figures.add(f"{prefix}route_right", right, f"of {len(score.outcomes)}")


def draw(curves: dict[str, list[tuple[float, float]]], path: Path) -> None:
    """Draw precision over coverage, one line a curve, as the least margin goes from 0 to 1."""
    surface = skia.Surface(*_SIZE)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorWHITE)
    font = skia.Font(skia.Typeface(""), 16)
    colors = (0xFF1B6CA8, 0xFFD1495B, 0xFF2E8B57, 0xFFB8860B, 0xFF6A4C93, 0xFF444444)
    for text, x, y in _ticks():
        canvas.drawString(text, x, y, font, skia.Paint(Color=0xFF444444, AntiAlias=True))
    frame = skia.Paint(Color=0xFF888888, Style=skia.Paint.kStroke_Style)
    canvas.drawRect(skia.Rect.MakeLTRB(_EDGE, 30, _SIZE[0] - 30, _SIZE[1] - _EDGE), frame)
    goal = skia.Paint(Color=0xFFBBBBBB, StrokeWidth=1)
    canvas.drawLine(*_place(0.0, 0.97), *_place(1.0, 0.97), goal)
    canvas.drawLine(*_place(0.6, 0.8), *_place(0.6, 1.0), goal)
    for number, (name, points) in enumerate(curves.items()):
        paint = skia.Paint(Color=colors[number % len(colors)], StrokeWidth=3, AntiAlias=True)
        places = [_place(coverage, precision) for precision, coverage in points]
        for before, after in pairwise(places):
            canvas.drawLine(*before, *after, paint)
        canvas.drawString(name, _EDGE + 14, _SIZE[1] - _EDGE - 14 - 22 * number, font, paint)
    path.parent.mkdir(parents=True, exist_ok=True)
    surface.makeImageSnapshot().save(str(path), skia.kPNG)


def _place(coverage: float, precision: float) -> tuple[float, float]:
    width, height = _SIZE[0] - 30 - _EDGE, _SIZE[1] - _EDGE - 30
    return _EDGE + coverage * width, 30 + (1 - max(0.0, (precision - 0.8) / 0.2)) * height


def _ticks() -> Iterator[tuple[str, float, float]]:
    yield "coverage of answerable questions", _SIZE[0] / 2 - 120, _SIZE[1] - 18
    yield "precision", 4, 22
    for step in range(6):
        x, y = _place(step / 5, 0.8 + step / 25)
        yield f"{step / 5:.1f}", x - 10, _SIZE[1] - _EDGE + 22
        yield f"{0.8 + step / 25:.2f}", 24, y + 5
