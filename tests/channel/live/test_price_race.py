"""A price changes while its line is queued, being spoken by the worker, on air: the old one never begins again."""

import asyncio
import random

import pytest

from livestream.console.backend import Act
from tests.channel.live.live_air import AirBench, draft
from tests.channel.live.live_fakes import ANA, LIST, make_truth

PRICE = "lamp.price"


@pytest.fixture
def studio(tmp_path):
    def make(*drafts, **more):
        return AirBench(make_truth(tmp_path), folder=tmp_path, drafts=drafts, pause=0.0, **more)

    return make


def price(bench, value, by):
    """A new price of the lamp, from a moderator or in the list."""
    if by == "console":
        return bench.moderation.act(ANA, Act("price", "lamp", value))
    bench.relist(LIST.replace("39.90", value))
    return bench.watch.look()


def captions(aired):
    return [record.caption for record in aired]


@pytest.mark.parametrize("by", ["console", "list"])
async def test_while_it_is_queued(studio, by):
    bench = studio(draft(0), draft(1, PRICE), draft(2), draft(3, PRICE))
    async with bench.on_air():
        await bench.play_until(lambda: bench.feeder.position.last_queued == 3)
        _, acknowledged = await bench.done(price(bench, "35.00", by))
        await bench.play(300)
    aired = bench.aired()
    assert captions(aired) == [
        "This feels soft to me.",
        "Here it is: $35.",
        "This feels soft to me.",
        "Here it is: $35.",
    ]
    assert acknowledged < 40 * 1920


@pytest.mark.parametrize("by", ["console", "list"])
async def test_while_it_is_being_spoken_by_the_worker(studio, by):
    bench = studio(draft(0), draft(1, PRICE), slow={"line-1": 25})
    async with bench.on_air():
        await bench.play_until(lambda: any(line.id == "line-1" for line in bench.speaking))
        assert bench.feeder.cursor == 1, "it is not queued yet"
        await bench.done(price(bench, "35.00", by))
        await bench.play(200)
    assert captions(bench.aired()) == ["This feels soft to me.", "Here it is: $35."]


@pytest.mark.parametrize("by", ["console", "list"])
async def test_while_it_is_on_air(studio, by):
    bench = studio(draft(0), draft(1, PRICE), draft(2, PRICE), slow={"correction": 8})
    async with bench.on_air():
        await bench.play_until(lambda: bench.on_air_now() == "line-1")
        await bench.play(5)
        await bench.done(price(bench, "35.00", by))
        await bench.play(300)
    _, said, corrected, after = bench.aired()
    assert (said.caption, corrected.caption, after.caption) == (
        "Here it is: $39.90.", "A correction: Desk Lamp is now $35.", "Here it is: $35.",
    )  # fmt: skip
    assert corrected.instance.startswith("correction.")
    assert corrected.start - said.start < 1.6 * 48_000, "it does not wait for the sentence's end"


@pytest.mark.parametrize("by", ["console", "list"])
async def test_an_answer_that_waits_is_made_again_with_the_new_price(studio, by):
    bench = studio(draft(0), draft(1), draft(2))
    async with bench.on_air():
        await bench.play_until(lambda: bench.on_air_now() == "line-0")
        await bench.play(12)
        await bench.say("price?")
        await bench.turn()
        assert bench.answerer._given
        await bench.done(price(bench, "35.00", by))
        await bench.play(5)
        await bench.turn()
        await bench.play(400)
    said = captions(bench.aired())
    assert "It is $35." in said
    assert not [caption for caption in said if "39.90" in caption]


@pytest.mark.parametrize("by", ["console", "list"])
async def test_an_answer_that_is_being_spoken_by_the_worker_is_made_again(studio, by):
    bench = studio(draft(0), draft(1), draft(2), slow={"answer": 20})
    async with bench.on_air():
        await bench.play_until(lambda: bench.on_air_now() == "line-0")
        await bench.say("price?")

        async with asyncio.TaskGroup() as group:
            saying = group.create_task(bench.answerer.turn())
            await bench.play(5)
            await bench.done(price(bench, "35.00", by))
            await bench.play_until(saying.done)
        await bench.done(bench.answerer.turn())
        await bench.play(300)
    said = captions(bench.aired())
    assert "It is $35." in said
    assert not [caption for caption in said if "39.90" in caption]


@pytest.mark.parametrize("by", ["console", "list"])
async def test_an_answer_that_is_on_air_is_corrected_next(studio, by):
    bench = studio(draft(0), draft(1))
    async with bench.on_air():
        await bench.play_until(lambda: bench.on_air_now() == "line-0")
        await bench.say("price?")
        await bench.turn()
        await bench.play_until(lambda: bench.playout.position.ad_lib is not None)
        await bench.play_until(lambda: bench.rests_on_air(PRICE))
        await bench.done(price(bench, "35.00", by))
        await bench.play(300)
    said = captions(bench.aired())
    at = said.index("It is $39.90.")
    assert said[at + 1] == "A correction: Desk Lamp is now $35."
    assert said[at + 2] == "And back to the show."


@pytest.mark.parametrize("frames", [0, 2, 4, 6, 10, 16])
async def test_a_price_that_changes_again_while_it_is_corrected(studio, frames):
    bench = studio(draft(0), draft(1, PRICE), draft(2), slow={"correction": frames})
    async with bench.on_air():
        await bench.play_until(lambda: bench.on_air_now() == "line-1")
        await bench.play(3)
        await bench.done(_both(bench))
        await bench.play(300)
    said = captions(bench.aired())
    corrected = [caption for caption in said if caption.startswith("A correction")]
    assert said[2] == corrected[0]
    assert corrected[-1] == "A correction: Desk Lamp is now $33."
    assert len(set(corrected)) == len(corrected) <= 2, "none is said twice"


async def _both(bench):
    async with asyncio.TaskGroup() as group:
        group.create_task(price(bench, "35", "console"))
        await asyncio.sleep(0)
        frame = bench.frame
        while bench.frame < frame + 4:
            await asyncio.sleep(0)
        group.create_task(price(bench, "33", "console"))


async def test_sold_out_drops_its_lines_and_an_undo_brings_them_back(studio):
    bench = studio(draft(0), draft(1, "lamp.stock"), draft(2), draft(3, "lamp.stock"), draft(4))
    async with bench.on_air():
        await bench.play(5)
        outcome, _ = await bench.done(bench.moderation.act(ANA, Act("stock", "lamp", "0")))
        assert [bench.script.find(seq)[1].silent for seq in range(5)] == [False, True, False, True, False]
        undo, _ = await bench.done(bench.moderation.act(ANA, Act("undo", outcome.undo)))
        assert undo.done
        await bench.play(450)
    said = captions(bench.aired())
    assert said.count("Here it is: 12.") == 2


async def test_a_product_that_left_the_list_is_not_sold_on_and_comes_back_with_it(studio):
    fan = "fan,Table Fan,20.00,5,USD\n"
    bench = studio(
        draft(0, "mug.title", "mug"), draft(1, PRICE), draft(2), draft(3, "mug.price", "mug"), draft(4), draft(5, PRICE)
    )
    async with bench.on_air():
        await bench.play(5)
        bench.relist(LIST.replace("lamp,Desk Lamp,39.90,12,USD\n", fan))
        await bench.done(bench.watch.look())
        assert not (await bench.stage.jump("lamp"))
        assert bench.truth.catalogue.has("fan")
        await bench.play_until(lambda: bench.on_air_now() == "line-3")
        bench.relist(LIST)
        await bench.done(bench.watch.look())
        await bench.play(250)
    said = ["Here it is: Clay Mug.", "Here it is: $12.", "This feels soft to me.", "Here it is: $39.90."]
    assert captions(bench.aired()) == said


@pytest.mark.parametrize("seed", range(6))
async def test_whenever_it_changes_no_old_price_begins_after_it_is_acknowledged(studio, seed):
    lot = random.Random(seed)
    facts = [lot.choice([PRICE, PRICE, PRICE, "", "lamp.title", "mug.price"]) for _ in range(20)]
    drafts = [draft(seq, fact, fact.partition(".")[0] or "lamp") for seq, fact in enumerate(facts)]
    bench = studio(*drafts, slow={"line": lot.randrange(6), "correction": lot.randrange(12), "answer": 7})
    told, untrue = [(0, bench.truth.catalogue.fact(PRICE).version)], []
    async with bench.on_air():
        for number in range(12):
            await bench.play(lot.randrange(4, 60))
            if lot.random() < 0.3 and bench.stage.on_air()[0] == "lamp":
                await bench.say("price?", user=f"u{number}")
                await bench.done(bench.answerer.turn())
            if bench.rests_on_air(PRICE):
                untrue.append((bench.on_air_now(), bench.playout.position.frame))
            amount = f"{20 + number}.{lot.randrange(10, 100)}"
            _, sample = await bench.done(price(bench, amount, lot.choice(["console", "list"])))
            told.append((sample, bench.truth.catalogue.fact(PRICE).version))
        await bench.play(500)
    aired = bench.aired()
    said = [(record.start, fact["version"]) for record in aired for fact in record.facts if fact["id"] == PRICE]
    assert len({version for _, version in told}) == 13
    assert len(said) > 5
    for place, (sample, _) in enumerate(told):
        former = {version for _, version in told[:place]}
        assert not [each for each in said if each[1] in former and each[0] >= sample], (place, sample)
    assert untrue
    for line, frame in untrue:
        at = max(i for i, record in enumerate(aired) if record.line == line and record.start <= frame * 1920)
        assert aired[at + 1].instance.startswith("correction."), (line, captions(aired[at : at + 3]))
