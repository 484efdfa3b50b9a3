"""Whole transcripts of real exports, read for what a listener would stumble over."""

import re
from itertools import pairwise

import pytest

from livestream.lines import Slot
from livestream.rundown import line_key, plan
from livestream.rundown.english import article
from livestream.standards import Standards

pytestmark = pytest.mark.needs("real-catalogues")
SHOWS = [
    (name, target, seed) for name in ("apparel", "home-and-garden") for target in (120.0, 700.0) for seed in range(2)
]
DOUBLED = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
ALLOWED_DOUBLES = {"that that", "welcome welcome", "hello hello"}
DANGLING = re.compile(r"\s[,.;:?!]|,[.:;?!]|[:;]\s*[.,?!]|,\s*$|\(\s*\)|\.\.|\?\.|!\.")
ARTICLE = re.compile(r"\b(an?) ([\w'-]+(?: [\w'-]+)?)", re.IGNORECASE)


@pytest.fixture(scope="module")
def shows(exports, playbook, american):
    made = {}
    for name, target, seed in SHOWS:
        catalogue = exports[name]
        rundown = plan(catalogue, playbook, locale=american, target=target, seed=seed, loop=seed, measured={})
        standards = Standards(catalogue.facts, american)
        made[name, target, seed] = rundown, [standards.approve(line) for line in rundown.lines]
    return made


@pytest.fixture(params=SHOWS, ids=lambda show: "-".join(map(str, show)))
def show(request, shows):
    return shows[request.param]


def test_every_sentence_is_clean(show):
    for line in show[1]:
        text = line.caption
        assert not DANGLING.search(text), text
        assert text[0].isupper() or text[0] in "$0123456789", text
        assert text.endswith((".", "!", "?")), text
        assert not re.search(r"[<>{}\[\]&;]|\ue000", text), text
        doubled = {match.group().casefold() for match in DOUBLED.finditer(text)}
        assert doubled <= ALLOWED_DOUBLES, text
        assert "  " not in text


def test_each_article_suits_the_word_after_it(show):
    for line in show[1]:
        for said, phrase in ARTICLE.findall(line.caption):
            word = phrase.split()[0]
            assert said.casefold() == (article(f"{word} thing") or said.casefold()), line.caption


def test_number_agrees_with_the_verb(show):
    wrong = re.compile(
        r"(?:they is|they's|it are|is these|it in it|(?<!behind )these is|this are|does they|do it|they comes|it come"
        r"|they has|it have|they looks|describe they|of they|pick it them)\b",
        re.IGNORECASE,
    )
    for line in show[1]:
        assert not wrong.search(line.caption), line.caption


def test_every_number_is_the_value_of_a_fact(show, shows, exports):
    for line, drafted in zip(show[1], show[0].lines, strict=True):
        literal = " ".join(piece for piece in drafted.pieces if isinstance(piece, str))
        assert not re.search(r"\d", literal), line.caption


def test_neighbouring_products_are_not_built_alike(show):
    rundown = show[0]
    shapes = [
        [
            tuple(p if isinstance(p, str) else p.form for p in line.pieces)
            for part in segment.parts
            for line in part.lines
        ]
        for segment in rundown.segments
        if segment.product
    ]
    for before, after in pairwise(shapes):
        assert before != after
        assert before[0] != after[0]


def test_no_line_is_said_twice_in_a_row_nor_a_feature_twice_in_a_pitch(show, exports):
    rundown = show[0]
    for before, after in pairwise(rundown.lines):
        assert line_key(before) != line_key(after)
    for segment in rundown.segments:
        told: list[str] = []
        for part in segment.parts:
            if part.beat in ("hook", "benefit"):
                told += [
                    p.fact for line in part.lines for p in line.pieces if isinstance(p, Slot) and ".point." in p.fact
                ]
        assert len(told) == len(set(told)), segment.id


def test_sentences_are_short_enough_to_follow(show):
    words = [len(line.spoken.split()) for line in show[1]]
    assert max(words) <= 34
    assert sum(words) / len(words) <= 17


def test_a_transcript_is_varied(show):
    captions = [line.caption for line in show[1]]
    openings = [" ".join(caption.split()[:3]) for caption in captions]
    assert len(set(captions)) / len(captions) > 0.85
    assert len(set(openings)) / len(openings) > 0.6


def test_facts_are_those_of_the_product_spoken_of(show):
    for line in show[0].lines:
        if line.product and ".transition" not in line.id:
            assert all(p.fact.startswith(f"{line.product}.") for p in line.pieces if isinstance(p, Slot)), line
