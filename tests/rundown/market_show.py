"""What the tests of a market's playbook ask: a show over the sample, and every wording over every product."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from livestream.catalogue import Catalogue, read_catalogue
from livestream.errors import ClaimRefused
from livestream.lines import Line
from livestream.locales import locale
from livestream.rundown import Rundown, load_playbook, plan
from livestream.rundown.playbook import SECTIONS, Wording
from livestream.rundown.segments import title_of
from livestream.rundown.telling import Slots, Telling, telling
from livestream.standards import ApprovedLine, Standards

SAMPLE = Path(__file__).parents[2] / "assets" / "catalogue" / "sample.csv"
BRANDS = frozenset(["marlow", "quay", "led", "usb", "bluetooth", "pour", "over"])
"""Words of the English list that every market says."""
_LATIN = re.compile(r"[a-z]{3,}")
_VARIABLE = re.compile(r"\{\{ (\w+)(?:\.(\w+))? \}\}")
_FOLLOWING = ("next", "first")


@cache
def sample_in(tag: str) -> tuple[Catalogue, Standards]:
    """Return the sample for a market's audience, and what holds its lines to its facts."""
    catalogue = read_catalogue(SAMPLE, locale=tag)
    return catalogue, Standards(catalogue.facts, locale(tag))


@cache
def five_minutes(tag: str) -> tuple[Rundown, tuple[ApprovedLine, ...]]:
    """Return a show of five minutes over the sample, and its lines as they are approved."""
    catalogue, standards = sample_in(tag)
    show = plan(
        catalogue, load_playbook(tag), locale=locale(tag), target=300.0, seed=1, loop=0, measured={},
        permits=lambda line: not refusal(standards, line),
    )  # fmt: skip
    lines = [line for segment in show.segments for part in segment.parts for line in part.lines]
    return show, tuple(standards.approve(line) for line in lines)


def refused_wordings(tag: str) -> list[str]:
    """Return what standards refuse of all that the playbook can say of the sample, each wording of one product."""
    catalogue, standards = sample_in(tag)
    playbook = load_playbook(tag)
    refused = []
    for index, wording in enumerate(wording for each in playbook.sections.values() for wording in each):
        at = index % len(catalogue.products)
        told = (
            telling(product, playbook, quote_prices=not wording.priceless, turn=0)
            for product in (*catalogue.products[at:], *catalogue.products[:at])
        )
        said = next((lines for each in told if (lines := tuple(_lines(wording, each, tag)))), ())
        refused += [why for line in said if (why := refusal(standards, line))]
    return refused


def _lines(wording: Wording, told: Telling, tag: str) -> Iterator[Line]:
    for index, sentence in enumerate(wording.sentences):
        slots = Slots()
        values = told.bind(wording, slots, again=True)
        for name in _FOLLOWING if values is not None and told.title else ():
            values |= title_of(name, told.title, tag)(slots)
        if values is not None and wording.needs <= values.keys():
            plain = not _VARIABLE.sub("", sentence).count("{")
            pieces = slots.pieces(_filled(sentence, values) if plain else wording.templates[index].render(values))
            yield Line(wording.id, tag, SECTIONS[wording.section], pieces, told.product.handle)


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    """Return a wording as its template renders; to compile every template would take longer than all else."""

    def said(variable: re.Match[str]) -> str:
        value = values[variable[1]]
        return str(getattr(value, variable[2]) if variable[2] else value)

    return _VARIABLE.sub(said, sentence)


def refusal(standards: Standards, line: Line) -> str:
    """Return why a line is refused, "" where it is not."""
    try:
        standards.approve(line)
    except ClaimRefused as error:
        return f"{line.id}: {error}"
    return ""


def english_words(tag: str, approved: tuple[ApprovedLine, ...]) -> set[str]:
    """Return the words of the English list that are said in another language and are not its own too."""
    written = (_VARIABLE.sub("", text) for wordings in load_playbook(tag).sections.values() for text in _said(wordings))
    own = {word for text in (*_texts(sample_in(tag)[0]), *written) for word in _LATIN.findall(text.casefold())}
    english = {word for text in _texts(read_catalogue(SAMPLE)) for word in _LATIN.findall(text.casefold())}
    said = {word for line in approved for word in _LATIN.findall(line.spoken.casefold())}
    return said & english - own - BRANDS


def _said(wordings: tuple[Wording, ...]) -> Iterator[str]:
    return (sentence for wording in wordings for sentence in wording.sentences)


def _texts(catalogue: Catalogue) -> Iterator[str]:
    for product in catalogue.products:
        yield from (product.title, product.type, product.description)
        yield from (word for variant in product.variants for pair in variant.options for word in pair)
