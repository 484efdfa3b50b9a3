"""What is old goes by itself."""

import asyncio

from guard_helpers import web_port

from livestream.console.retention import DAY, keep_tidy
from livestream.errors import StoreError
from livestream.store import PutComments, StoredComment, UpdateComment
from livestream.store.schema import links, sign_ins


def comment(number):
    return StoredComment(f"ws:{number}", "ws", "ws", "u", "Ana", "How much?", 0.0)


async def counts(port):
    def work(connection):
        return len(connection.execute(sign_ins.select()).all()), len(connection.execute(links.select()).all())

    return await port.store.count(), *await port.store.read(work)


class Nights:
    """The days of a clock, each of which begins when everything of the one before is tidied."""

    def __init__(self, clock):
        self._clock = clock
        self._asleep = asyncio.Event()

    def __getattr__(self, name):
        return getattr(self._clock, name)

    async def sleep_until(self, deadline):
        self._asleep.set()
        await self._clock.sleep_until(deadline)

    async def sleep(self, days):
        """Let so many days pass, and the tidying of the last be done."""
        for passed in (days, 0):
            async with asyncio.timeout(10):
                await self._asleep.wait()
            if passed:
                self._asleep.clear()
                self._clock.advance(passed * DAY)


async def test_comments_and_sign_ins_go_after_thirty_days_and_evidence_stays(tmp_path, monkeypatch):
    async with web_port(tmp_path) as port, asyncio.TaskGroup() as group:
        nights = Nights(port.clock)
        tidying = group.create_task(keep_tidy(port.store, port.guard.accounts, nights))
        await port.store.commit(PutComments((comment(1), comment(2))), UpdateComment("ws:2", evidence=True))
        await port.enter()
        await nights.sleep(29)
        await port.store.commit(PutComments((comment(3),)))
        assert await counts(port) == (3, 2, 1)
        with monkeypatch.context() as patch:

            async def away(before):
                raise StoreError("the disk is full")

            patch.setattr(port.store, "purge", away)
            await nights.sleep(2)
            assert await counts(port) == (3, 2, 1)
        await nights.sleep(1)
        assert await counts(port) == (2, 0, 0)
        tidying.cancel()
