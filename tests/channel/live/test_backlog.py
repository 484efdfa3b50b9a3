import asyncio

from livestream.audience.comment import Comment, Taken
from livestream.channel.live.backlog import Backlog


def taken(name, worth):
    return Taken(Comment("ws", name, "ws", name, name, name, 0.0), name, "admitted", worth=worth)


async def test_the_worthiest_goes_first_and_of_equals_the_oldest():
    backlog = Backlog(10)
    for name, worth in [("a", 0.1), ("b", 0.9), ("c", 0.9)]:
        assert backlog.put(1.0, taken(name, worth))
    assert [(await backlog.get())[1].raw for _ in range(3)] == ["b", "c", "a"]


async def test_a_buyers_question_pushes_out_chatter_and_never_the_other_way():
    backlog = Backlog(2)
    backlog.put(1.0, taken("chat", 0.1))
    backlog.put(2.0, taken("buyer", 0.9))
    assert not backlog.put(3.0, taken("more chat", 0.1))
    assert not backlog.put(4.0, taken("second buyer", 0.8))
    assert [(await backlog.get())[1].raw for _ in range(2)] == ["buyer", "second buyer"]


async def test_who_waits_gets_what_comes():
    backlog = Backlog(2)
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(backlog.get())
        await asyncio.sleep(0)
        backlog.put(1.0, taken("late", 0.5))
    assert waiting.result()[1].raw == "late"
