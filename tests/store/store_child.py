"""A program that stores comments until it is killed, and says which of them it was told are durable."""

import asyncio
import sys

from store_helpers import remark

from livestream.clock import SystemClock
from livestream.store import AddAct, PutComments, PutState, Store, UpdateComment

IN_FLIGHT = 100


async def main(path: str) -> None:
    async with Store.open(path, SystemClock()) as store:
        numbers = iter(range(10**9))

        async def work() -> None:
            for number in numbers:
                done = await store.commit(PutComments((remark(number),)), AddAct("a", "Ana", "pin", f"ws:{number}"))
                await store.commit(UpdateComment(f"ws:{number}", state="hidden"), PutState(f"s{number % 50}", number))
                sys.stdout.write(f"{number} {done.acts[0]}\n")
                sys.stdout.flush()

        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(work())


asyncio.run(main(sys.argv[1]))
