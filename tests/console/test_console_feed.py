import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.console.backend import Acted, Row
from livestream.console.feed import OPENING, Changes
from livestream.errors import ConsoleTooSlow


def row(seq, ident=None, **more):
    fields = {"state": "new", "text": f"text {seq}", **more}
    return Row(seq, ident or f"ws:{seq}", 0.0, "ws", "u", "Ann", language="en", **fields)


def act(n, name="hide"):
    return Acted(n, 0.0, "Ann", name, "ws:1", "")


def filled(count, **options):
    changes = Changes(**options)
    for seq in range(1, count + 1):
        changes.put(row(seq))
    return changes


def seqs(rows):
    return [each.seq for each in rows]


async def test_a_row_that_changed_often_is_sent_once_and_in_its_newest_form():
    changes = Changes()
    async with changes.follow(0) as feed:
        for seq in range(1, 6):
            changes.put(row(seq, "ws:1"))
        changes.put(row(6, "ws:2"))
        rows, _ = feed.take()
        assert [(each.id, each.seq) for each in rows] == [("ws:1", 5), ("ws:2", 6)]
        assert feed.take() == ([], [])


async def test_every_console_has_a_place_of_its_own():
    changes = filled(3)
    async with changes.follow(2) as one, changes.follow(3) as other:
        assert seqs(one.take()[0]) == [3]
        assert seqs(other.take()[0]) == []
        changes.put(row(4))
        assert seqs(one.take()[0]) == seqs(other.take()[0]) == [4]


async def test_a_commit_that_tells_of_itself_late_is_not_missed():
    changes = Changes()
    async with changes.follow(0) as feed:
        changes.put(row(2))
        assert seqs(feed.take()[0]) == [2]
        changes.put(row(1))
        assert seqs(feed.take()[0]) == [1]


async def test_a_console_that_falls_behind_what_is_kept_is_told_so():
    changes = Changes(kept=10)
    async with changes.follow(0) as feed:
        for seq in range(1, 11):
            changes.put(row(seq))
        assert len(feed.take()[0]) == 10
        for seq in range(11, 22):
            changes.put(row(seq))
        with pytest.raises(ConsoleTooSlow):
            feed.take()


async def test_who_comes_back_gets_what_they_missed_and_no_more():
    changes = filled(20)
    changes.acted(act(1))
    changes.put(row(21))
    async with changes.follow(20) as feed:
        rows, acts = feed.take()
        assert seqs(rows) == [21]
        assert acts == [act(1)]
    async with changes.follow(21) as feed:
        assert feed.take() == ([], [])


async def test_a_new_console_gets_the_last_rows_and_all_that_wait_for_somebody():
    changes = Changes()
    changes.put(row(1, state="held"))
    changes.put(row(2))
    changes.put(row(3, pinned=True))
    for seq in range(4, OPENING + 4):
        changes.put(row(seq))
    async with changes.follow(0) as feed:
        assert seqs(feed.take()[0]) == [1, 3, *range(4, OPENING + 4)]


async def test_what_is_no_longer_kept_comes_from_the_store():
    asked = []

    async def older(since):
        asked.append(since)
        return [row(seq) for seq in range(since + 1, 14)], [act(1)]

    changes = Changes(seq=10, kept=5, older=older)
    for seq in range(11, 19):
        changes.put(row(seq))
    async with changes.follow(8) as feed:
        rows, acts = feed.take()
        assert seqs(rows) == list(range(9, 19))
        assert acts == [act(1)]
    async with changes.follow(13) as feed:
        assert seqs(feed.take()[0]) == list(range(14, 19))
    assert asked == [8]


async def test_a_row_from_the_store_gives_way_to_its_newer_form():
    async def older(since):
        return [row(1, "ws:1")], []

    changes = Changes(seq=1, older=older)
    changes.put(row(2, "ws:1"))
    async with changes.follow(0) as feed:
        changes.put(row(3, "ws:1"))
        assert seqs(feed.take()[0]) == [3]


async def test_the_store_is_read_once_for_new_consoles_while_all_that_came_since_is_kept():
    asked = []

    async def older(since):
        asked.append(since)
        return [row(1, "ws:1", state="held")], []

    changes = Changes(seq=1, kept=OPENING + 10, older=older)
    async with changes.follow(0) as feed:
        assert seqs(feed.take()[0]) == [1]
    changes.put(row(2, "ws:1", state="hidden"))
    for seq in range(3, OPENING + 12):
        changes.put(row(seq))
    async with changes.follow(0) as feed:
        assert seqs(feed.take()[0]) == [2, *range(OPENING + 12 - OPENING, OPENING + 12)]
    assert asked == [0]
    changes.put(row(OPENING + 12))
    async with changes.follow(0) as feed:
        feed.take()
    assert asked == [0, 0]


async def test_a_flood_while_the_store_is_read_is_not_passed_over():
    async def older(since):
        for seq in range(1, 12):
            changes.put(row(seq))
        return [], []

    changes = Changes(kept=5, older=older)
    with pytest.raises(ConsoleTooSlow):
        async with changes.follow(0):
            pass


async def test_a_number_of_another_channel_starts_anew():
    changes = filled(3)
    async with changes.follow(1_000_000) as feed:
        assert seqs(feed.take()[0]) == [1, 2, 3]
        assert feed.fresh


async def test_who_missed_more_than_the_store_tells_starts_over():
    async def older(since):
        return None if since else ([row(9, state="held")], [act(1)])

    changes = Changes(seq=20, older=older)
    changes.put(row(21))
    async with changes.follow(3) as feed:
        assert feed.fresh
        rows, acts = feed.take()
        assert (seqs(rows), acts) == ([9, 21], [act(1)])
    async with changes.follow(0) as feed:
        assert not feed.fresh


async def test_acts_that_are_no_longer_kept_are_told_of_as_well():
    changes = Changes(kept=3)
    async with changes.follow(0) as feed:
        for n in range(5):
            changes.acted(act(n))
        with pytest.raises(ConsoleTooSlow):
            feed.take()


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=60))
async def test_whoever_takes_whenever_ends_with_the_newest_of_everything(steps):
    changes = Changes()
    seen, newest = {}, {}
    async with changes.follow(0) as feed:
        for seq, (ident, taking) in enumerate(steps, start=1):
            changes.put(row(seq, f"ws:{ident}"))
            newest[f"ws:{ident}"] = seq
            if taking:
                seen |= {each.id: each.seq for each in feed.take()[0]}
        rows = feed.take()[0]
        assert seqs(rows) == sorted(seqs(rows))
        assert seen | {each.id: each.seq for each in rows} == newest
