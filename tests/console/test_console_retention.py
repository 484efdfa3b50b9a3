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


async def until(port, wanted):
    async with asyncio.timeout(10):
        while await counts(port) != wanted:
            await asyncio.sleep(0)


async def test_comments_and_sign_ins_go_after_thirty_days_and_evidence_stays(tmp_path, monkeypatch):
    async with web_port(tmp_path) as port, asyncio.TaskGroup() as group:
        tidying = group.create_task(keep_tidy(port.store, port.guard.accounts, port.clock))
        await port.store.commit(PutComments((comment(1), comment(2))), UpdateComment("ws:2", evidence=True))
        await port.enter()
        port.clock.advance(29 * DAY)
        await port.store.commit(PutComments((comment(3),)))
        await until(port, (3, 2, 1))
        with monkeypatch.context() as patch:

            async def away(before):
                raise StoreError("the disk is full")

            patch.setattr(port.store, "purge", away)
            port.clock.advance(2 * DAY)
            await until(port, (3, 2, 1))
        port.clock.advance(DAY)
        await until(port, (2, 0, 0))
        tidying.cancel()
