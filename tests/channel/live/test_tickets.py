"""Tickets on the store's side of the console: listed, closed once, opened again, there after a restart."""

import asyncio
from types import SimpleNamespace

import pytest

from livestream.channel.live.acting import Refused
from livestream.channel.live.ticket_acts import TicketActs
from livestream.channel.live.tickets import Tickets
from livestream.console.backend import Act, Person, Role, TicketRow
from livestream.errors import StoreError
from livestream.store import AddTicket, PutComments, Store, StoredComment
from livestream.testing import ManualClock

ANA, BO = Person("a", "Ana", Role.MODERATOR), Person("b", "Bo", Role.OWNER)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lamp.sqlite"


@pytest.fixture
def store(path):
    opened = Store.open(path, ManualClock())
    yield opened
    opened.close()


async def trouble(store, *numbers):
    for n in numbers:
        comment = StoredComment(f"ws:{n}", "ws", "ws", "u", f"Ann {n}", f"Where is •••• {n}?", 1.0, raw="4471")
        await store.commit(PutComments((comment,)), AddTicket("order", comment.key, "an order"))


async def listed(store):
    tickets = Tickets(store, ManualClock())
    await tickets.look()
    return tickets.rows


def close(store, person, target):
    hands = SimpleNamespace(store=store)
    return TicketActs(hands).handlers["close_ticket"](person, Act("close_ticket", target))


async def test_a_ticket_is_listed_with_what_the_viewer_wrote_as_it_may_be_shown(store):
    tickets = Tickets(store, ManualClock())
    await tickets.look()
    assert (tickets.rows, tickets.version) == ((), 1)
    await trouble(store, 7)
    await tickets.look()
    (row,) = tickets.rows
    assert row == TicketRow(row.n, row.at, "order", "ws:7", "Ann 7", "Where is •••• 7?", "an order")
    assert tickets.version == 2
    await tickets.look()
    assert tickets.version == 2


async def test_a_ticket_is_closed_once_and_can_be_opened_again(store):
    await trouble(store, 1, 2)
    first, second = await listed(store)
    done = await close(store, ANA, str(first.n))
    assert await listed(store) == (second,)
    for target in (str(first.n), "99", "x", "", "²"):
        with pytest.raises(Refused, match="does not wait"):
            await close(store, BO, target)
    assert [ticket.closed_by for ticket in await store.tickets(closed=True)] == ["Ana", ""]
    assert (await done.undo(ANA)).done
    assert await listed(store) == (first, second)


async def test_tickets_of_another_channel_are_left_alone(store, path):
    await trouble(store, 1)
    (ticket,) = await listed(store)
    async with Store.open(path, ManualClock(), channel="other") as other:
        with pytest.raises(Refused):
            await close(other, BO, str(ticket.n))
    assert await listed(store) == (ticket,)


async def test_tickets_are_there_after_a_restart(path):
    async with Store.open(path, ManualClock()) as store:
        await trouble(store, 1, 2)
        first, second = await listed(store)
        await close(store, ANA, str(first.n))
    async with Store.open(path, ManualClock()) as store:
        assert await listed(store) == (second,)


async def test_a_ticket_goes_with_its_comment(store):
    await trouble(store, 1)
    tickets = Tickets(store, ManualClock())
    await tickets.look()
    await store.purge_user("ws", "u")
    await tickets.look()
    assert tickets.rows == ()


async def test_tickets_are_read_again_after_the_store_failed():
    clock, asked = ManualClock(), []

    class Failing:
        ticket_changes = 0

        async def waiting_tickets(self, limit):
            asked.append(clock.monotonic())
            if len(asked) == 1:
                raise StoreError("busy", retryable=True)
            return []

    tickets = Tickets(Failing(), clock)
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        running = group.create_task(tickets.run())
        while tickets.version == 0:
            await asyncio.sleep(0)
        running.cancel()
    assert asked[1] - asked[0] == pytest.approx(5.0)
