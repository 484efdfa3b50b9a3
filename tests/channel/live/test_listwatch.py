"""The product list is read again while the show is on; what could not be read for too long is no longer said."""

import asyncio
import threading

import pytest

from livestream.catalogue import read_catalogue
from livestream.channel.live import listwatch
from livestream.channel.live.listwatch import ListWatch
from livestream.console.backend import Act
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.settings import Freshness
from livestream.store.records import PutState
from livestream.testing import ManualClock
from tests.channel.live.live_air import AirBench, draft
from tests.channel.live.live_fakes import ANA, LIST, FakeStore, make_truth

NEWER = LIST.replace("39.90", "35.00")


class Watched:
    """A watch over a list in a file, on a manual clock."""

    def __init__(self, folder, **more):
        self.truth = make_truth(folder)
        self.path, self.clock, self.store = self.truth.catalogue.path, ManualClock(autojump=False), FakeStore()
        self.reads, self.told = 0, []
        self.watch = ListWatch(
            more.pop("read", self.read), [self.path], truth=self.truth, changed=self.changed, store=self.store,
            freshness=Freshness(every=30, price=90, stock=150), clock=self.clock,
        )  # fmt: skip

    def read(self):
        self.reads += 1
        return read_catalogue(self.path)

    async def changed(self, products):
        self.told.append(set(products))

    async def look(self, content=None, after=30.0):
        """Write the list where a content is given, and look at it after some seconds."""
        if content is not None:
            self.path.write_text(content)
        self.clock.advance(after)
        await self.watch.look()

    def says(self, fact, form="price"):
        try:
            line = Line("l", "en-US", Beat.OFFER, ("It's ", Slot(fact, form), "."), fact.partition(".")[0])
            return self.truth.standards.approve(line).caption
        except ClaimRefused:
            return ""


@pytest.fixture
def watched(tmp_path):
    return Watched(tmp_path)


async def test_a_change_is_in_force_and_told_and_what_is_untouched_is_not_read_again(watched):
    await watched.look()
    assert watched.told == []
    await watched.look()
    await watched.look()
    assert watched.reads == 1
    await watched.look(NEWER)
    assert (watched.reads, watched.told, watched.says("lamp.price")) == (2, [{"lamp"}], "It's $35.")


async def test_prices_and_then_stocks_are_left_out_when_they_are_too_old_until_they_can_be_read_again(watched, caplog):
    await watched.look("no list at all", after=1)
    assert watched.watch.trouble
    await watched.look(after=60)
    assert (watched.says("lamp.price"), watched.told) == ("It's $39.90.", [])
    await watched.look(after=30)
    assert (watched.says("lamp.price"), watched.says("lamp.stock", "count")) == ("", "It's 12.")
    assert watched.told == [{"lamp", "mug"}]
    watched.truth.edit("price", "mug", "11")
    await watched.look(after=60)
    assert watched.says("lamp.stock", "count") == ""
    assert watched.says("mug.price") == "It's $11.", "what a person types stands"
    assert len([record for record in caplog.records if "cannot be read" in record.message]) == 1
    await watched.look(NEWER)
    assert (watched.says("lamp.price"), watched.says("lamp.stock", "count")) == ("It's $35.", "It's 12.")
    assert watched.watch.trouble == ""


async def test_an_edit_that_the_list_overtakes_is_forgotten_for_good(watched):
    watched.truth.edit("price", "lamp", "30")
    await watched.store.commit(PutState("price/lamp", {"value": "30", "file": "x"}))
    await watched.look()
    assert watched.says("lamp.price") == "It's $30."
    await watched.look(NEWER)
    assert (watched.says("lamp.price"), watched.store.state) == ("It's $35.", {"price/lamp": None})
    watched.truth.edit("price", "lamp", "31")
    watched.store.full = True
    await watched.look(LIST)
    assert watched.says("lamp.price") == "It's $39.90.", "a full disk keeps no old price in force"


async def test_a_list_that_lost_most_of_its_products_is_believed_the_second_time(watched):
    few = "".join(LIST.splitlines(keepends=True)[:1]) + "fan,Table Fan,20.00,5,USD\n"
    await watched.look(few)
    assert "are missing" in watched.watch.trouble
    assert watched.truth.catalogue.has("lamp")
    await watched.look()
    assert not watched.truth.catalogue.has("lamp")
    assert watched.watch.trouble == ""


async def test_a_list_that_is_being_written_is_left_for_the_next_time(tmp_path):
    def read():
        found = read_catalogue(watched.path)
        watched.path.write_text(LIST + "fan,Table Fan,20.00,5,USD\n" * (watched.clock.monotonic() < 1_031))
        return found

    watched = Watched(tmp_path, read=read)
    await watched.look(NEWER)
    assert "being written" in watched.watch.trouble
    assert watched.says("lamp.price") == "It's $39.90."


async def test_a_list_without_its_currency_is_not_believed(watched):
    await watched.look("handle,title,price,stock\nlamp,Desk Lamp,1.00,12\nmug,Clay Mug,2.00,3\n")
    assert "currency" in watched.watch.trouble
    assert watched.says("lamp.price") == "It's $39.90."


async def test_a_disk_that_hangs_stops_nothing_and_is_asked_once(tmp_path, monkeypatch):
    monkeypatch.setattr(listwatch, "READ_SECONDS", 0.01)
    go, reads = threading.Event(), []

    def read():
        reads.append(1)
        go.wait(10)
        return read_catalogue(watched.path)

    watched = Watched(tmp_path, read=read)
    for content in (NEWER, None, None, None):
        await watched.look(content)
    assert (len(reads), watched.says("lamp.price")) == (1, "")
    go.set()
    monkeypatch.setattr(listwatch, "READ_SECONDS", 10)
    await watched.look()
    assert watched.says("lamp.price") == "It's $35."


async def test_it_looks_as_often_as_it_is_told_and_a_failure_does_not_end_it(watched, monkeypatch, caplog):
    looks = []

    async def look():
        looks.append(watched.clock.monotonic())
        raise RuntimeError("a mistake")

    monkeypatch.setattr(watched.watch, "look", look)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(watched.watch.run())
        for _ in range(4):
            for _ in range(3):
                await asyncio.sleep(0)
            watched.clock.advance(30)
        for _ in range(3):
            await asyncio.sleep(0)
        task.cancel()
    assert looks == [1_030.0, 1_060.0, 1_090.0, 1_120.0]
    assert len(caplog.records) == 4


async def test_on_air_nothing_is_said_or_shown_of_a_price_that_is_too_old_until_it_is_read_again(tmp_path):
    drafts = [draft(seq, "lamp.price" if seq % 2 else "") for seq in range(8)]
    bench = AirBench(make_truth(tmp_path), folder=tmp_path, drafts=tuple(drafts), pause=0.0)
    bench.cards["lamp"] = bench.truth.card("lamp", "").card
    async with bench.on_air():
        await bench.play(10)
        bench.relist("no list")
        bench.clock.advance(91)
        await bench.done(bench.watch.look())
        assert bench.cards["lamp"].price == ""
        await bench.play_until(lambda: bench.on_air_now() == "line-4")
        bench.relist(NEWER)
        await bench.done(bench.watch.look())
        assert bench.cards["lamp"].price == "$35"
        outcome, _ = await bench.done(bench.moderation.act(ANA, Act("price", "lamp", "34")))
        assert outcome.done
        await bench.play(450)
    said = [record.caption for record in bench.aired()]
    soft = "This feels soft to me."
    assert said == [soft, soft, soft, "Here it is: $34.", soft, "Here it is: $34."]


async def test_a_file_beside_the_list_is_read_as_soon_as_it_is_there(tmp_path):
    watched = Watched(tmp_path)
    beside = tmp_path / "list.de-DE.csv"
    watched.watch._files = [watched.path, beside]
    await watched.look()
    await watched.look()
    assert (watched.reads, watched.watch.trouble) == (1, ""), "it need not be there"
    beside.write_text("handle,field,source,text\n")
    await watched.look()
    await watched.look()
    assert watched.reads == 2
    beside.unlink()
    await watched.look()
    assert (watched.reads, watched.watch.trouble) == (3, "")
