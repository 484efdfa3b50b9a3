import asyncio

from livestream.channel.lag import INTERVAL, LoopLag
from livestream.testing import ManualClock


class Late(ManualClock):
    """A clock that wakes sleepers late, as a busy loop does."""

    def __init__(self, *late):
        super().__init__()
        self.late = list(late)

    async def sleep_until(self, deadline):
        if not self.late:
            await asyncio.Event().wait()
        self.advance(deadline - self.monotonic() + self.late.pop(0))


async def looked(clock):
    lag = LoopLag(clock)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(lag.run())
        while clock.late:
            await asyncio.sleep(0)
        task.cancel()
    return lag.milliseconds()


async def test_what_a_busy_loop_delays_is_told():
    told = await looked(Late(*[0.001] * 98, 0.030, 0.050))
    assert told["p50"] == 1.0
    assert 29 <= told["p99"] <= 31
    assert told["max"] == 50.0


async def test_a_loop_that_was_never_looked_at_is_not_late():
    assert LoopLag(ManualClock()).milliseconds() == {"p50": 0.0, "p99": 0.0, "max": 0.0}
    assert INTERVAL < 0.05
