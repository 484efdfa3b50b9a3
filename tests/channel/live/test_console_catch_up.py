"""What a console that comes back gets from the store."""

import pytest

from livestream.channel.live import console
from livestream.store import AddAct, PutComments, Store, StoredComment, UpdateComment
from livestream.testing import ManualClock


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "lamp.sqlite", ManualClock())
    yield opened
    opened.close()


def remarks(count):
    return PutComments(
        tuple(StoredComment(f"ws:{n}", "ws", "ws", "u", "Ann", f"text {n}", 1.0) for n in range(1, count + 1))
    )


async def caught_up(store, since):
    async with console.changes_of(store).follow(since) as feed:
        return feed, *feed.take()


async def test_who_missed_much_gets_all_of_it(store):
    await store.commit(remarks(2_500))
    await store.commit(UpdateComment("ws:7", state="hidden"))
    feed, rows, _ = await caught_up(store, 5)
    assert [row.seq for row in rows] == [6, *range(8, 2_502)]
    assert (rows[-1].id, rows[-1].state) == ("ws:7", "hidden")
    assert not feed.fresh


async def test_who_missed_more_than_can_be_told_starts_over(store, monkeypatch):
    monkeypatch.setattr(console, "CHANGES", 10)
    monkeypatch.setattr(console, "MOST_MISSED", 50)
    await store.commit(remarks(300))
    feed, rows, _ = await caught_up(store, 5)
    assert feed.fresh
    assert [row.seq for row in rows] == [comment.seq for comment in await store.recent()]
    feed, rows, _ = await caught_up(store, 260)
    assert not feed.fresh
    assert [row.seq for row in rows] == list(range(261, 301))


async def test_a_number_of_another_channel_starts_over(store):
    await store.commit(remarks(3))
    feed, rows, _ = await caught_up(store, 1_000)
    assert feed.fresh
    assert [row.seq for row in rows] == [1, 2, 3]


async def test_a_new_console_gets_the_last_acts(store):
    for n in range(120):
        await store.commit(AddAct("a", "Ana", "pause", value=str(n)))
    feed, _, acts = await caught_up(store, 0)
    assert [act.value for act in acts] == [str(n) for n in range(70, 120)]
    assert not feed.fresh
