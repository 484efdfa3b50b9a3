"""Once a change is acknowledged, its former value is neither said nor shown nor posted, by whatever way."""

import asyncio
from dataclasses import replace

import pytest

from livestream.catalogue import read_catalogue
from livestream.channel.live.case import given_rests
from livestream.channel.live.stage import Stage
from livestream.channel.live.truth import Truth
from livestream.channel.script import Journal, Script
from livestream.console.backend import Act
from livestream.lines import Cue
from tests.channel.live.live_air import AirBench, draft
from tests.channel.live.live_fakes import ANA, EN, LIST, Bench, make_truth

OF_THE_MUG = [draft(0, product="mug"), draft(1, product="mug"), draft(2, product="mug")]
UNSHOWABLE = LIST.replace("mug,Clay Mug,12.00", "mug,Clay Mug full refund guaranteed,15.00")
GONE = LIST.replace("mug,Clay Mug,12.00,3,USD\n", "")


class Shop(AirBench):
    """A bench with the mug on show, card and all, and a journal of the script."""

    def __post_init__(self):
        super().__post_init__()
        approved = self.truth.card("mug", "mug.png")
        self.cards["mug"] = approved.card
        loop = self.script.find(0)[0]
        cued = replace(loop.entries[0].ready, cues=(Cue("card", "mug"),))
        entries = (replace(loop.entries[0], ready=cued), *loop.entries[1:])
        loop = replace(loop, entries=entries, graphics=(self.sealer.seal_card(approved),))
        self.script = self.feeder._script = self.stage._script = Script([loop])
        self.feeder._journal = Journal(self.folder / "journal", self.sealer)

    def card(self):
        """The price on show, None where no card is."""
        shown = self.playout._timeline.state(self.frame).card
        return shown and shown.price

    def journalled(self):
        """The prices on the cards that a restarted orchestrator would find."""
        loops = Journal(self.folder / "journal", self.sealer).load()
        cards = [graphic for loop in loops for graphic in loop.graphics if graphic.kind == "card"]
        return [self.sealer.open_card(graphic).card.price for graphic in cards]


@pytest.fixture
def shop(tmp_path):
    return Shop(make_truth(tmp_path), folder=tmp_path, drafts=tuple(OF_THE_MUG), pause=0.0)


@pytest.mark.parametrize("content", [UNSHOWABLE, GONE])
async def test_a_card_that_may_not_be_shown_any_more_is_taken_off_and_comes_back_as_it_is_then(shop, content):
    async with shop.on_air():
        await shop.play_until(lambda: shop.card() == "$12")
        shop.relist(content)
        await shop.done(shop.watch.look())
        assert (shop.card(), shop.journalled(), shop.stage.has_card("mug")) == (None, [], False)
        shop.relist(LIST.replace("12.00", "14.00"))
        await shop.done(shop.watch.look())
        await shop.play(2)
        assert (shop.card(), shop.journalled(), shop.stage.has_card("mug")) == ("$14", ["$14"], True)


async def test_the_journal_has_the_card_as_it_is_before_a_change_is_acknowledged(shop):
    async with shop.on_air():
        await shop.play_until(lambda: shop.card() == "$12")
        outcome, _ = await shop.done(shop.moderation.act(ANA, Act("price", "mug", "15")))
        assert (outcome.done, shop.card(), shop.journalled()) == (True, "$15", ["$15"])


@pytest.mark.parametrize("when", ["on air", "a moment ago"])
async def test_no_reply_tells_a_former_price(tmp_path, when):
    bench = Bench(make_truth(tmp_path), pause=0.0)
    first = await bench.say("price?")
    await bench.turn()
    ad_lib = bench.stage.given[-1][0]
    await bench.answerer.heard(ad_lib, "on_air")
    await bench.answerer.heard(ad_lib, "aired") if when != "on air" else None
    posted = len(bench.replies)
    assert (await bench.moderation.act(ANA, Act("price", "lamp", "99.00"))).done
    await bench.answerer.heard(ad_lib, "aired")
    assert (bench.row(first).state, len(bench.replies)) == ("answered", posted)
    bench.clock.advance(10)
    second = await bench.say("price of it?", user="u2")
    await bench.turn()
    await bench.heard()
    assert bench.replies[-1] == (second, "AI · It is $99.")


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_jump_back_to_what_was_said_before_the_change_says_what_holds_now(tmp_path, restarted):
    drafts = (draft(0, "mug.price", "mug"), draft(1, "lamp.title"), draft(2, "lamp.title"))
    bench = AirBench(make_truth(tmp_path), folder=tmp_path, drafts=drafts, pause=0.0)
    async with bench.on_air():
        await bench.play_until(lambda: bench.on_air_now() == "line-1")
        assert (await bench.done(bench.moderation.act(ANA, Act("price", "mug", "15"))))[0].done
        if restarted:  # neither process knows what the ones before them kept from air
            bench.playout._lineup._withdrawn, bench.feeder._withdrawn = frozenset(), {}
        assert (await bench.done(bench.moderation.act(ANA, Act("jump", "mug"))))[0].done
        await bench.play(250)
    said = [record.caption for record in bench.aired()]
    assert said[-3:] == ["Here it is: $15.", "Here it is: Desk Lamp.", "Here it is: Desk Lamp."]
    assert [caption for caption in said if "$12" in caption] == said[:1]


async def test_a_wording_that_was_overtaken_while_it_was_spoken_does_not_replace_the_newest(tmp_path):
    bench = AirBench(make_truth(tmp_path), folder=tmp_path, drafts=(draft(0), draft(1, "lamp.price")), pause=0.0)
    async with bench.on_air():
        await bench.play_until(lambda: bench.feeder.position.last_queued == 1)
        bench.slow = {"line-1": 20}
        async with asyncio.TaskGroup() as group:
            group.create_task(bench.moderation.act(ANA, Act("price", "lamp", "35")))
            await bench.play(5)
            bench.slow = {}
            group.create_task(bench.moderation.act(ANA, Act("price", "lamp", "33")))
            await bench.play(30)
        await bench.play(100)
    assert [record.caption for record in bench.aired()][-1] == "Here it is: $33."


async def test_an_answer_that_air_has_of_a_former_orchestrator_is_not_said_where_the_list_changed_meanwhile(tmp_path):
    bench = AirBench(make_truth(tmp_path), folder=tmp_path, drafts=(draft(0), draft(1)), pause=0.0)
    async with bench.on_air():
        await bench.play_until(lambda: bench.on_air_now() == "line-0")
        await bench.say("price?")
        await bench.turn()
        await bench.play(2)
        assert bench.playout.position.pending
        bench.relist(LIST.replace("39.90", "35.00"))
        truth = Truth(read_catalogue(bench.truth.catalogue.path), EN, quote_prices=True)
        stage = Stage(bench.feeder, bench.script, truth, bench.sealer, {})
        truth.doubt(given_rests(bench.store.comments.values()))
        assert (await bench.done(stage.refresh()))[0]
        await bench.play(200)
    assert not [record.caption for record in bench.aired() if "39.90" in record.caption]


async def test_an_answer_that_waits_for_a_yes_is_shown_as_it_would_be_said_now(tmp_path):
    bench = Bench(make_truth(tmp_path))
    bench.answerer.modes["price"] = "hold"
    held, edited = await bench.say("price?"), await bench.say("price of it?", user="u2")
    assert (await bench.moderation.act(ANA, Act("edit", edited, "It is just $39.90."))).done
    for value, shown in [("35", "It is $35."), ("33", "It is $33.")]:
        assert (await bench.moderation.act(ANA, Act("price", "lamp", value))).done
        row = bench.row(held)
        assert (row.state, row.planned.caption, row.note) == ("held", shown, "a fact has changed: look again")
        assert bench.row(edited).planned.caption == shown.replace("is", "is just")
    assert not (await bench.moderation.act(ANA, Act("approve", held))).done, "it is planned anew first"
    assert bench.row(held).planned.caption == "It is $33."
    assert (await bench.moderation.act(ANA, Act("approve", held))).done
