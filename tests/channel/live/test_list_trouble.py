"""Whatever happens to the files while the show is on: what was read before grows too old, and a change is told."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager

import pytest

from livestream.catalogue.policies import read_policies
from livestream.drafting.document import parse_drafts
from livestream.errors import LivestreamError
from livestream.settings import Freshness, load_channel
from tests.channel.live.test_listwatch import NEWER, Watched

UNREADABLE = {
    "digits": "a = " + "9" * 5_000,
    "depth": "a = " + "[" * 3 * sys.getrecursionlimit(),
    "bytes": "a = \udcff",
}
"""TOML that a parser does not just call wrong."""


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_no_parser_takes_is_an_error_that_names_it(tmp_path, content):
    path = tmp_path / "file.toml"
    path.write_text(content, errors="surrogateescape")
    for read in (read_policies, load_channel, lambda path: parse_drafts(path.read_bytes(), path)):
        with pytest.raises(LivestreamError) as caught:
            read(path)
        assert "file.toml" in str(caught.value.where)


@pytest.mark.parametrize("error", [ValueError("digits"), RecursionError(), KeyError("x"), MemoryError()])
async def test_prices_grow_too_old_whatever_keeps_the_list_from_being_read(tmp_path, error, caplog):
    def read():
        raise error

    watched = Watched(tmp_path, read=read)
    for _ in range(2):
        await watched.look(NEWER, after=60)
    assert watched.watch.trouble
    assert (watched.says("lamp.price"), watched.told) == ("", [{"lamp", "mug"}])
    assert [record.levelname for record in caplog.records] == ["ERROR"], "once, with where it happened"
    assert caplog.records[0].exc_info


async def test_a_change_that_could_not_be_told_is_told_at_the_next_look(tmp_path):
    watched = Watched(tmp_path)
    await watched.look()
    tell = watched.watch._changed

    async def fail(products):
        raise RuntimeError("air is out of reach")

    watched.watch._changed = fail
    with pytest.raises(RuntimeError):
        await watched.look(NEWER)
    watched.watch._changed = tell
    await watched.look()
    await watched.look()
    assert watched.told == [{"lamp"}]


@asynccontextmanager
async def watching(watched):
    async with asyncio.TaskGroup() as group:
        task = group.create_task(watched.watch.run())
        yield
        task.cancel()


async def passes(watched, seconds):
    for _ in range(seconds):
        watched.clock.advance(1)
        for _ in range(6):
            await asyncio.sleep(0)


async def test_a_price_that_grows_too_old_between_two_looks_does_not_wait_for_the_next(tmp_path):
    watched = Watched(tmp_path)

    async def hang():
        await asyncio.Event().wait()

    watched.watch.look = hang
    async with watching(watched):
        await passes(watched, 90)
        assert watched.says("lamp.price")
        await passes(watched, 2)
        assert not watched.says("lamp.price")
    assert watched.told == [{"lamp", "mug"}]


async def test_a_file_that_nobody_has_written_to_for_long_is_fresh_unless_that_is_limited(tmp_path):
    watched = Watched(tmp_path)
    now = watched.clock.time()
    for limit, age, said in [(None, 10_000, True), (300, 200, True), (300, 301, False), (300, 1, True)]:
        os.utime(watched.path, (now, now - age))
        watched.watch._freshness = Freshness(every=30, price=90, stock=150, file=limit)
        await watched.look(after=0)
        assert [bool(watched.says(fact)) for fact in ("lamp.price", "mug.price")] == [said, said], (limit, age)
        assert bool(watched.says("lamp.stock", "count")) == said
    os.utime(watched.path, (now, now - 1_000))
    later = Watched(tmp_path)
    os.utime(watched.path, (now, now - 1_000))
    later.watch = type(later.watch)(
        later.read, [later.path], truth=later.truth, changed=later.changed, store=later.store,
        freshness=Freshness(file=300), clock=later.clock,
    )  # fmt: skip
    async with watching(later):
        await passes(later, 3)
    assert (later.reads, later.says("lamp.price")) == (0, ""), "at once, before the first look"
