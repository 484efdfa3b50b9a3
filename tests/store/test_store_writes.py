"""What is written is read back, in the right order; on SQLite, and on Postgres where there is one."""

import asyncio
import os
import stat
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from store_helpers import fresh_database, remark, remarks

from livestream.errors import StoreError
from livestream.store import (
    AddAct,
    AddTicket,
    CloseTicket,
    PutComments,
    PutState,
    Store,
    UndoAct,
    UpdateComment,
)
from livestream.testing import ManualClock

POSTGRES = os.environ.get("LIVESTREAM_TEST_POSTGRES", "")
"""The address of an empty Postgres database to run the same tests on, say postgresql+psycopg://localhost/test."""


@pytest.fixture
def path(tmp_path):
    if POSTGRES:
        engine = create_engine(POSTGRES)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        return POSTGRES
    file = tmp_path / "lamp.sqlite"
    file.write_bytes(fresh_database())
    return file


@pytest.fixture
async def store(path):
    async with Store.open(path, ManualClock()) as opened:
        yield opened


async def test_what_is_stored_is_read_back_as_it_was(store):
    full = remark(
        1,
        "¿Cuánto cuesta? 🛋",
        language="es",
        verdict="held",
        reason="a link",
        worth=0.9,
        state="held",
        asked=3,
        pinned=True,
        answer={"caption": "It's $49.99.", "facts": [["a", "b", "c"]]},
        by="Ana",
        evidence=True,
    )
    done = await store.commit(PutComments((full,)))
    assert done.seqs == {"ws:1": 1}
    (read,) = await store.recent()
    assert read == replace(full, raw="", seq=1)
    assert await store.comment("ws:1") == read
    assert await store.comment("ws:2") is None
    assert await store.evidence("ws:1") == full.raw


async def test_a_comment_that_came_twice_is_stored_once_and_told_as_known(store):
    first = await store.commit(PutComments((remark(1), remark(2), remark(1, "again"))))
    assert (sorted(first.seqs), first.known) == (["ws:1", "ws:2"], {"ws:1"})
    second = await store.commit(PutComments((remark(2, "again"), remark(3))))
    assert (sorted(second.seqs), second.known) == (["ws:3"], {"ws:2"})
    assert [row.text for row in await store.recent()] == ["How much is the lamp?"] * 3


async def test_every_change_has_a_higher_number_and_is_found_by_it(store):
    await store.commit(PutComments(remarks(0, 5)))
    seen = store.seq
    done = await store.commit(UpdateComment("ws:3", state="hidden", by="Ana"), UpdateComment("ws:1", pinned=True))
    assert done.seqs == {"ws:3": seen + 1, "ws:1": seen + 2}
    assert [(row.key, row.state, row.pinned) for row in await store.changed(seen)] == [
        ("ws:3", "hidden", False),
        ("ws:1", "new", True),
    ]
    assert await store.changed(store.seq) == []
    assert (await store.commit(UpdateComment("ws:99", state="hidden"))).seqs == {}
    assert store.seq == seen + 2


async def test_numbers_go_on_where_they_were_after_a_restart_and_a_purge(path):
    clock = ManualClock()
    async with Store.open(path, clock) as store:
        await store.commit(PutComments(remarks(0, 5)))
        clock.advance(100)
        assert await store.purge(clock.time()) == 5
    async with Store.open(path, clock) as store:
        assert store.seq == 5
        assert (await store.commit(PutComments((remark(9),)))).seqs == {"ws:9": 6}


async def test_an_answer_is_set_left_and_taken_away(store):
    await store.commit(PutComments((remark(1),)), UpdateComment("ws:1", answer={"caption": "Yes."}))
    await store.commit(UpdateComment("ws:1", asked=2))
    row = await store.comment("ws:1")
    assert (row.answer, row.asked) == ({"caption": "Yes."}, 2)
    await store.commit(UpdateComment("ws:1", answer={}))
    assert (await store.comment("ws:1")).answer is None


async def test_recent_are_the_last_and_all_that_are_open(store):
    await store.commit(
        PutComments(remarks(0, 50)), UpdateComment("ws:3", state="held"), UpdateComment("ws:4", pinned=True)
    )
    rows = await store.recent(3)
    assert [row.key for row in rows] == ["ws:47", "ws:48", "ws:49", "ws:3", "ws:4"]
    assert [row.seq for row in rows] == sorted(row.seq for row in rows)


async def test_acts_are_numbered_undone_and_read_in_pages(store, monkeypatch):
    monkeypatch.setattr("livestream.store.store.PAGE", 2)
    acts = [AddAct("a1", "Ana", "hide", f"ws:{n}", before={"state": "new"}) for n in range(5)]
    done = await store.commit(*acts)
    assert done.acts == [1, 2, 3, 4, 5]
    await store.commit(UndoAct(2), AddAct("a1", "Ana", "undo", "2"))
    read = [act async for act in store.acts()]
    assert [(act.n, act.undone) for act in read] == [(1, False), (2, True), *((n, False) for n in range(3, 7))]
    assert read[0].before == {"state": "new"}
    assert read[-1].before is None
    assert [act.n async for act in store.acts(4)] == [5, 6]
    assert (await store.act(2)).target == "ws:1"
    assert await store.act(99) is None


async def test_tickets_wait_until_somebody_closes_them(store):
    done = await store.commit(AddTicket("refund", "ws:1", "wants her money back"), AddTicket("order", "ws:2"))
    await store.commit(CloseTicket(done.tickets[0], "Ana"))
    assert [ticket.kind for ticket in await store.tickets()] == ["order"]
    assert [ticket.closed_by for ticket in await store.tickets(closed=True)] == ["Ana", ""]


async def test_state_is_kept_by_key_and_found_by_its_beginning(store):
    await store.commit(PutState("mode.price", "hold"), PutState("mode.stock", "auto"), PutState("slow", 2.5))
    await store.commit(PutState("mode.price", None))
    assert await store.state("mode.") == {"mode.price": None, "mode.stock": "auto"}
    assert await store.state("mode%") == {}
    assert (await store.state())["slow"] == 2.5


HOSTILE = ["\0", "a\0b", "\ud800", "é\ud800", "\udfff🛋", "\x1b[31m", "‮", "z" * 500]


async def test_texts_that_no_database_takes_are_stored_all_the_same(store):
    rows = [remark(n, text, name=text, user=text) for n, text in enumerate(HOSTILE)]
    await store.commit(PutComments(tuple(rows)))
    stored = await store.recent()
    assert len(stored) == len(HOSTILE)
    assert not any("\0" in row.name + row.text for row in stored)
    assert [await store.evidence(row.key) for row in stored] == HOSTILE
    key = "ws:\0\ud800"
    assert (await store.commit(PutComments((replace(rows[0], key=key),)))).seqs == {key: len(HOSTILE) + 1}
    assert (await store.commit(PutComments((replace(rows[0], key=key),)))).known == {key}
    assert (await store.commit(UpdateComment(key, state="hidden"))).seqs


async def test_one_write_that_cannot_be_does_not_take_the_others_with_it(store):
    good = [store.commit(PutComments((remark(n),))) for n in range(20)]
    bad = [store.commit(PutComments((remark(100, worth=object()),))), store.commit(PutState("x", object()))]
    results = await asyncio.gather(*good[:10], *bad, *good[10:], return_exceptions=True)
    failed = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in failed] == [StoreError, StoreError]
    assert not any(error.retryable for error in failed)
    assert await store.count() == 20
    assert sorted(row.seq for row in await store.recent()) == list(range(1, 21))


async def test_all_of_a_commit_is_written_or_nothing(store):
    with pytest.raises(StoreError):
        await store.commit(PutComments((remark(1),)), AddAct("a", "Ana", "hide"), PutState("x", object()))
    assert await store.count() == 0
    assert [act async for act in store.acts()] == []
    assert store.seq == 0


async def test_what_a_callers_work_raises_reaches_the_caller_and_nobody_else(store):
    def fail(connection):
        raise LookupError("no such person")

    outcomes = await asyncio.gather(
        store.commit(PutComments((remark(1),))), store.write(fail), store.write(lambda _: 7), return_exceptions=True
    )
    assert isinstance(outcomes[1], LookupError)
    assert outcomes[2] == 7
    assert await store.count() == 1


async def test_many_writers_share_commits_and_wait_for_room(path, monkeypatch):
    monkeypatch.setattr("livestream.store.writer.MOST_WAITING", 50)
    monkeypatch.setattr("livestream.store.writer.LARGEST_GROUP", 40)
    highest = 0

    async with Store.open(path, ManualClock()) as store:

        async def put(number):
            nonlocal highest
            done = await store.commit(PutComments(remarks(number * 10, number * 10 + 10)))
            highest = max(highest, store.backlog)
            return done

        done = await asyncio.gather(*(put(number) for number in range(60)))
        assert highest <= 50
        assert store.backlog == 0
        assert sorted(seq for each in done for seq in each.seqs.values()) == list(range(1, 601))
        assert await store.count() == 600


async def test_a_writer_that_gives_up_waiting_stops_nobody(store):
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(store.commit(PutComments((remark(n),)))) for n in range(5)]
        await asyncio.sleep(0)
        waiting[2].cancel()
    assert waiting[2].cancelled()
    assert waiting[4].result().seqs
    assert (await store.commit(PutComments((remark(9),)))).seqs


async def test_the_file_is_closed_to_others(tmp_path):
    path = tmp_path / "channels" / "lamp.sqlite"
    async with Store.open(path, ManualClock()) as store:
        await store.commit(PutComments((remark(1),)))
        _closed_to_others(path)


def _closed_to_others(path):
    files = list(path.parent.iterdir())
    assert {file.suffix for file in files} == {".sqlite", ".sqlite-wal", ".sqlite-shm"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_channels_in_one_database_do_not_see_each_other(path):
    clock = ManualClock()
    async with Store.open(path, clock, channel="lamps") as lamps, Store.open(path, clock, channel="rugs") as rugs:
        await lamps.commit(PutComments((remark(1),)), PutState("a", 1), AddTicket("order", "ws:1"))
        assert (await rugs.commit(PutComments((remark(1),)))).seqs == {"ws:1": 1}
        await rugs.commit(UpdateComment("ws:1", state="hidden"), AddAct("a", "Ana", "hide"))
        assert (await lamps.comment("ws:1")).state == "new"
        assert (await rugs.state(), await rugs.tickets()) == ({}, [])
        assert [act async for act in lamps.acts()] == []
        assert await rugs.purge_user("ws", "u1") == 1
        assert await lamps.count() == 1


async def test_nothing_is_written_after_the_end(path):
    store = Store.open(path, ManualClock())
    store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.commit(PutState("a", 1))
