"""The questions of `scenarios/markets/`: a market's own viewers, over the sample as that market reads it."""

from pathlib import Path

from questions import FOLDER, Outcome, load, put

from livestream.answers.answers import Answers
from livestream.audience.intents import Intents
from livestream.catalogue import read_catalogue
from livestream.locales import locale

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "catalogue" / "sample.csv"


def outcomes(tag: str, encoder, intents=None) -> list[Outcome]:
    """Put every question of a market; returns what each came to."""
    intents = Intents(encoder, language=tag.partition("-")[0])
    catalogue = read_catalogue(SAMPLE, locale=tag)
    answers = Answers(catalogue, encoder, locale=locale(tag))
    asked = [question for question in load(FOLDER / "markets") if question.locale == tag]
    return [put(question, answers, catalogue, intents, encoder) for question in asked]


def wrong(found: list[Outcome]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what came to something else than it should, with the route and the facts it came to."""
    return [(each.question.ask, each.plan.route, each.plan.facts) for each in found if not each.right]
