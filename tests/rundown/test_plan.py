import random
import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest

from livestream.catalogue import Problem
from livestream.errors import RundownError
from livestream.lines import Beat, Slot
from livestream.media import SAMPLE_RATE
from livestream.rundown import TOLERANCE, line_key, load_playbook, plan, retimed
from livestream.rundown.timing import LONGEST_GAP, SHORTEST_GAP
from livestream.rundown.writer import NO_REPEAT

POINTS = (
    ("stylish", "adjective"),
    ("knitted", "adjective"),
    ("cotton", "material"),
    ("a narrow collar", "noun"),
    ("long sleeves", "noun"),
    ("chest pockets", "noun"),
    ("perfect for cold days", "predicate"),
    ("in a soft wool blend", "phrase"),
    ("can be worn open", "verb"),
    ("bedside light", "name"),
)


def drawn(chance, build):
    """A catalogue of one to nine products of which much or little is known."""
    return [
        build(
            f"p{number}",
            chance.choice(["Copper Light", "Wool Socks", "Sofa", "Silk Shirt"]),
            points=tuple(chance.sample(POINTS, chance.randint(0, 6))),
            price=chance.choice(["20", "59.99", None]),
            sizes=chance.choice([(), ("Small", "Large")]),
        )
        for number in range(chance.randint(1, 9))
    ]


def make(catalogue, playbook, american, target=120.0, seed=1, loop=0, **more):
    return plan(
        catalogue,
        playbook,
        locale=american,
        target=target,
        seed=seed,
        loop=loop,
        measured=more.pop("measured", {}),
        **more,
    )


def wordings(rundown):
    """The wording of each line by section, in order."""
    used = defaultdict(list)
    for line in rundown.lines:
        section, number, index = line.id.rsplit(".", 3)[1:]
        if index == "0":
            used[section].append(number)
    return used


@pytest.mark.parametrize("number", range(16))
def test_every_plan_fits_and_is_well_formed(number, playbook, american, product, shop):
    chance = random.Random(number)
    target = chance.choice([45.0, 60.0, 90.0, 120.0, 300.0, 600.0, 900.0])
    catalogue = shop(*drawn(chance, product))
    rundown = make(catalogue, playbook, american, target, seed=number, loop=number % 4)
    assert rundown.seconds == pytest.approx(target, rel=TOLERANCE)
    ids = [line.id for line in rundown.lines]
    parts = [part.id for part in rundown.parts]
    assert len(set(ids)) == len(ids)
    assert len(set(parts)) == len(parts)
    for part in rundown.parts:
        pauses = [part.hold] + ([part.gap] if len(part.lines) > 1 else [])
        assert all(SHORTEST_GAP <= pause / SAMPLE_RATE <= LONGEST_GAP for pause in pauses)
    assert not set(rundown.left_out) & set(rundown.products)


def test_the_same_seed_gives_the_same_rundown_and_another_one_another(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(4)))
    one, two, other = (make(catalogue, playbook, american, seed=seed) for seed in (1, 1, 2))
    assert one == two
    assert [line_key(line) for line in one.lines] != [line_key(line) for line in other.lines]


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("name", ["apparel", "home-and-garden"])
@pytest.mark.parametrize("target", [120.0, 600.0])
def test_no_wording_is_heard_again_within_three(playbook, american, exports, name, target):
    for seed in range(2):
        for section, used in wordings(make(exports[name], playbook, american, target, seed)).items():
            for at, wording in enumerate(used):
                assert wording not in used[max(0, at - NO_REPEAT) : at], (section, seed)


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("name", ["apparel", "home-and-garden"])
def test_each_loop_says_it_differently(playbook, american, exports, name):
    loops = [make(exports[name], playbook, american, 120.0, loop=loop) for loop in range(3)]
    for before, after in pairwise(loops):
        said = [{line.product: line_key(line) for line in loop.lines if line.product} for loop in (before, after)]
        same = sum(said[0].get(handle) == key for handle, key in said[1].items())
        assert same <= 3  # of twenty, over many seeds: where few wordings fit the time, some fall together
    assert [s.product for s in loops[0].segments] != [s.product for s in loops[1].segments]


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("name", ["apparel", "home-and-garden"])
@pytest.mark.parametrize("seed", range(3))
def test_two_minutes_hold_all_twenty_products_with_price_and_two_facts(playbook, american, exports, name, seed):
    rundown = make(exports[name], playbook, american, 120.0, seed)
    assert rundown.left_out == ()
    assert rundown.seconds == pytest.approx(120.0, rel=TOLERANCE)
    for product in exports[name].products:
        slots = {
            p.fact
            for line in rundown.lines
            if line.product == product.handle
            for p in line.pieces
            if isinstance(p, Slot)
        }
        kinds = {fact: exports[name].fact(fact).kind for fact in slots}
        assert any(kind.startswith("price") for kind in kinds.values()), product.title
        assert sum(not kind.startswith(("price", "title")) for kind in kinds.values()) >= 2, product.title


def test_products_that_do_not_fit_are_left_out_from_the_end(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(20)))
    rundown = make(catalogue, playbook, american, 40.0)
    assert rundown.left_out
    assert rundown.left_out == tuple(f"p{n}" for n in range(20 - len(rundown.left_out), 20))
    assert rundown.seconds == pytest.approx(40.0, rel=TOLERANCE)
    later = make(catalogue, playbook, american, 40.0, loop=1)
    assert set(later.products) <= set(rundown.left_out)


def test_a_show_too_short_for_one_product_says_how_long_it_must_be(playbook, american, product, shop):
    with pytest.raises(RundownError) as caught:
        make(shop(product("p", "Silk Shirt")), playbook, american, 3.0)
    assert "ask for that or more" in caught.value.remedy


def test_no_product_no_rundown(playbook, american, product, shop):
    with pytest.raises(RundownError):
        make(shop(product("p", "Silk Shirt")), playbook, american, without=frozenset({"p"}))


def test_urgency_is_spoken_only_where_few_are_in_stock(playbook, american, product, shop):
    def urgent(stock):
        rundown = make(shop(product("p", "Silk Shirt", points=POINTS, stock=stock)), playbook, american, 90.0)
        return any(part.beat is Beat.URGENCY for part in rundown.parts)

    assert urgent(3)
    assert urgent(1)
    assert not urgent(None)
    assert not urgent(0)
    assert not urgent(500)


def test_a_long_show_comes_back_to_products_and_recaps_each_five_minutes(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(3)))
    rundown = make(catalogue, playbook, american, 1500.0)
    assert len([s for s in rundown.segments if s.product == "p0"]) > 3
    assert all(a.product != b.product for a, b in pairwise(rundown.segments) if a.product)
    time, last, longest = 0.0, 0.0, 0.0
    for segment in rundown.segments:
        if any(part.beat is Beat.RECAP for part in segment.parts):
            longest, last = max(longest, time - last), time
        time += sum(rundown.part_seconds(part) for part in segment.parts)
    assert last > 0
    assert longest <= 300.0 * 1.2


def test_a_line_that_is_not_permitted_is_never_chosen(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(4)))

    def permits(line):
        return not any("look" in piece.casefold() for piece in line.pieces if isinstance(piece, str))

    rundown = make(catalogue, playbook, american, 240.0, permits=permits)
    assert all(permits(line) for line in rundown.lines)
    assert len(rundown.products) == 4


def test_without_prices_none_is_named_and_each_product_still_shown(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(6)))
    for target in (60.0, 240.0):
        rundown = make(catalogue, playbook, american, target, quote_prices=False)
        slots = [piece for line in rundown.lines for piece in line.pieces if isinstance(piece, Slot)]
        assert len(rundown.products) == 6
        assert not [slot for slot in slots if slot.fact.endswith("price")]


def test_measured_speech_decides_on_the_length(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(6)))
    first = make(catalogue, playbook, american, 120.0)
    measured = {
        line_key(line): seconds * 1.05 for line, seconds in zip(first.lines, first.speech.values(), strict=True)
    }
    again = retimed(first, measured)
    assert again.seconds == pytest.approx(120.0, rel=TOLERANCE)
    assert sum(again.speech.values()) == pytest.approx(1.05 * sum(first.speech.values()))
    doubled = {key: 2 * seconds for key, seconds in measured.items()}
    anew = make(catalogue, playbook, american, 120.0, measured=doubled)
    assert anew.seconds == pytest.approx(120.0, rel=TOLERANCE)


def test_a_show_opens_with_a_wave_and_a_disclosure_and_shows_the_card_with_each_product(
    playbook, american, product, shop
):
    rundown = make(shop(product("p", "Silk Shirt", points=POINTS)), playbook, american, 60.0)
    opening = {(cue.kind, cue.value) for cue in rundown.segments[0].parts[0].cues}
    assert {("gesture", "wave"), ("lower_third", "disclosure")} <= opening
    assert any(part.beat is Beat.DISCLOSURE for part in rundown.segments[0].parts)
    assert ("card", "p") in {(cue.kind, cue.value) for cue in rundown.segments[1].parts[0].cues}
    gestures = [cue.value for part in rundown.segments[1].parts for cue in part.cues if cue.kind == "gesture"]
    assert "present_card" in gestures


COMPLETE = re.compile(r"whole (?:list|collection)|everything|end of the list|all of it", re.IGNORECASE)


def said(rundown, section):
    return [
        " ".join(piece for piece in line.pieces if isinstance(piece, str))
        for line in rundown.lines
        if f".{section}." in line.id
    ]


@pytest.mark.parametrize("left_out", ["by time", "by the import", "by standards"])
def test_nothing_claims_that_all_was_shown_where_something_was_left_out(playbook, american, product, shop, left_out):
    products = [product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(12)]
    catalogue = shop(*products)
    if left_out == "by the import":
        problem = Problem("error", 7, "Price", "free", "is no price", "Write a number.")
        catalogue = replace(catalogue, problems=(problem,))
    target = 40.0 if left_out == "by time" else 240.0
    without = frozenset({"p3"}) if left_out == "by standards" else frozenset()
    for seed in range(3):
        rundown = make(catalogue, playbook, american, target, seed, without=without)
        frame = [
            text
            for section in ("opening", "welcome", "quick_opening", "quick_closing", "closing")
            for text in said(rundown, section)
        ]
        assert frame
        assert not [text for text in frame if COMPLETE.search(text)]


def test_that_all_was_shown_is_said_where_it_is_true(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(12)))
    rundowns = [make(catalogue, playbook, american, 90.0, seed) for seed in range(6)]
    assert any(COMPLETE.search(text) for rundown in rundowns for text in said(rundown, "quick_closing"))


def test_a_product_of_which_nothing_may_be_said_is_left_out_and_not_announced(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", "Silk Shirt", points=POINTS) for n in range(4)))
    rundown = make(catalogue, playbook, american, 200.0, permits=lambda line: line.product != "p2")
    assert rundown.left_out == ("p2",)
    assert not [
        line for line in rundown.lines if any(isinstance(p, Slot) and p.fact == "p2.title" for p in line.pieces)
    ]


def test_a_product_just_announced_is_not_named_again_at_once(playbook, american, product, shop):
    catalogue = shop(*(product(f"p{n}", f"Silk Shirt {'ABCDE'[n]}", points=POINTS) for n in range(5)))
    announced = 0
    for before, after in pairwise(make(catalogue, playbook, american, 300.0).segments):
        last, first = before.parts[-1].lines[-1], after.parts[0].lines[0]
        if after.product and any(isinstance(p, Slot) and p.fact == f"{after.product}.title" for p in last.pieces):
            announced += 1
            assert not any(isinstance(p, Slot) and p.fact.endswith(".title") for p in first.pieces)
    assert announced


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("target", [45.0, 90.0, 120.0, 300.0])
def test_pauses_are_short_because_words_fill_the_time(playbook, american, exports, target):
    for catalogue in exports.values():
        rundown = make(catalogue, playbook, american, target)
        pauses = [p.gap for part in rundown.parts for p in [part] * (len(part.lines) - 1)]
        pauses += [part.hold for part in rundown.parts]
        assert sum(pauses) / len(pauses) / SAMPLE_RATE <= 0.6


def test_no_wording_speaks_of_what_the_show_cannot_know(playbook):
    unknown = re.compile(
        r"\b(?:tap|click|link|cart|tonight|today|this (?:morning|evening)|good (?:morning|evening)"
        r"|right now|welcome back|as i said|product page|hurry)\b",
        re.IGNORECASE,
    )
    chat = re.compile(r"\b(?:chat|comments?)\b", re.IGNORECASE)
    for wordings_of in playbook.sections.values():
        for wording in wordings_of:
            said = " ".join(wording.sentences)
            assert not unknown.search(said), wording.id
            assert bool(chat.search(said)) == ("chat" in wording.when), wording.id


def test_viewers_are_asked_to_write_only_where_what_they_write_is_read(playbook, american, exports):
    def heard(chat):
        invited = 0
        for seed in range(4):
            rundown = plan(
                exports["apparel"], playbook, locale=american, target=700.0, seed=seed, loop=0, measured={}, chat=chat
            )
            for line in rundown.lines:
                invited += any("comments" in piece for piece in line.pieces if isinstance(piece, str))
        return invited

    assert heard(chat=False) == 0
    assert heard(chat=True) > 0


def test_a_product_without_a_picture_is_never_looked_at_closely(playbook, american, product, shop):
    look = re.compile(r"look closely|look closer|good look,|did you notice", re.IGNORECASE)
    looks = {w.id for each in playbook.sections.values() for w in each if look.search(" ".join(w.sentences))}
    assert looks
    plain = [product(f"p{n}", f"Lamp {n}", points=(("a brass base", "noun"), ("a hook", "noun"))) for n in range(8)]

    def said(*products):
        shown = shop(*products)
        ids = [line.id for seed in range(3) for line in make(shown, playbook, american, 300.0, seed=seed).lines]
        return {wording for wording in looks if any(f".{wording}." in each for each in ids)}

    assert said(*(replace(each, images=("lamp.png",)) for each in plain))
    assert not said(*plain)


@pytest.mark.parametrize("tag", ["de-DE", "en-GB", "ja-JP", "ko-KR", "pl-PL", "ru-RU", "th-TH"])
def test_a_picture_is_spoken_of_only_where_there_is_one(tag):
    picture = re.compile(r"\bBild\b|картинк|zdjęcie,|写真と|사진과|เทียบกับรูป|look closely")
    spoken = [
        wording
        for each in load_playbook(tag).sections.values()
        for wording in each
        if picture.search(" ".join(wording.sentences))
    ]
    assert spoken
    assert all("pictured" in wording.when for wording in spoken)
