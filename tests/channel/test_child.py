"""A real child process, kept running: told, heard, restarted, given up, stopped, killed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from livestream import wire
from livestream.channel import child as children
from livestream.channel.child import Child, ChildSpec, child_environment, keep_secret

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]))


class Heard:
    """The messages of a child, and a way to wait for one."""

    def __init__(self) -> None:
        self.messages: list[wire.Message] = []
        self._event = asyncio.Event()

    def __call__(self, _: str, message: wire.Message) -> None:
        self.messages.append(message)
        self._event.set()

    async def until(self, condition: Callable[[list[wire.Message]], object]) -> None:
        async with asyncio.timeout(20):
            while not condition(self.messages):
                self._event.clear()
                await self._event.wait()

    @property
    def pids(self) -> list[int]:
        return list(dict.fromkeys(message.body["pid"] for message in self.messages if "pid" in message.body))


@asynccontextmanager
async def running(spec: ChildSpec) -> AsyncIterator[tuple[Child, Heard, asyncio.Task[None]]]:
    heard = Heard()
    child = Child(spec, heard)
    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(child.keep_running())
        try:
            yield child, heard, keeping
        finally:
            await child.stop()


def spec(grace: float = 5.0, silence: float = 20.0, **how: object) -> ChildSpec:
    return ChildSpec("test", "echo_child", how, grace=grace, silence=silence)


def alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


async def test_it_is_told_and_heard_and_ends_when_asked():
    async with running(spec()) as (child, heard, keeping):
        await heard.until(lambda messages: len(messages) >= 2)
        assert [message.kind for message in heard.messages] == ["ready", "status"]
        assert heard.pids == [child.pid]
        await child.tell(wire.Message("hello"))
        await heard.until(lambda messages: messages[-1].body.get("heard") == "hello")
        await child.stop()
        await keeping
    assert child.restarts == 0
    assert not alive(heard.pids[0])


async def test_one_that_is_killed_is_started_again():
    async with running(spec()) as (child, heard, _):
        for count in (1, 2):
            await heard.until(lambda _, count=count: len(heard.pids) == count)
            os.kill(heard.pids[-1], 9)
        await heard.until(lambda _: len(heard.pids) == 3)
        assert child.restarts == 2
    assert not any(map(alive, heard.pids))


@pytest.mark.parametrize("code", [2, 3, 4])
async def test_one_that_only_the_merchant_can_help_is_given_up(code):
    async with running(spec(fail=code)) as (child, heard, keeping):
        async with asyncio.timeout(20):
            await asyncio.wait([keeping])
        assert child.failure == "the merchant must mend this"
        assert child.restarts == 0
        assert [message.kind for message in heard.messages] == ["failed"]


@pytest.mark.parametrize("how", [{"talk": "nonsense"}, {"die": True}])
async def test_one_that_breaks_off_is_started_again(how):
    async with running(spec(**how)) as (child, heard, _):
        await heard.until(lambda _: len(heard.pids) >= 2)
        assert child.restarts >= 1
        assert child.failure == ""


async def test_one_that_falls_silent_is_killed_and_started_again():
    async with running(spec(silence=0.3, deaf=True, grace=0.3)) as (_, heard, __):
        await heard.until(lambda _: len(heard.pids) >= 2)
        first = heard.pids[0]
        assert not alive(first)


async def test_one_that_does_not_end_is_killed():
    async with running(spec(grace=0.3, deaf=True)) as (child, heard, _):
        await heard.until(lambda messages: len(messages) >= 2)
        async with asyncio.timeout(10):
            await child.stop()
    assert not alive(heard.pids[0])


async def test_it_may_be_stopped_while_it_is_being_started():
    heard = Heard()
    child = Child(spec(), heard)
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        keeping = group.create_task(child.keep_running())
        await asyncio.sleep(0)  # it has begun to start the process, and has none yet
        assert child.pid is None
        await child.stop()
        await keeping
    assert child.pid is None


async def test_one_that_becomes_ready_after_it_was_stopped_is_told_nothing_more():
    gated = ChildSpec("test", "echo_child", {}, gated=True, silence=20.0)
    heard = Heard()
    child = Child(gated, heard)
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(child.keep_running())
        while child.pid is None:
            await asyncio.sleep(0)
        await child.stop()
        await child.tell(wire.Message("late"))
        await child.stop()
    assert not any(message.body.get("heard") for message in heard.messages)


async def test_a_spare_takes_over(monkeypatch):
    monkeypatch.setattr(children, "_SPARE_AFTER", 0.0)
    base = spec()
    with_spare = ChildSpec(base.name, base.module, base.start, standby=True, silence=20.0)
    async with running(with_spare) as (child, heard, _):
        await heard.until(lambda messages: len(messages) >= 2)
        first = child.pid
        await child.tell(wire.Message("hello"))
        await heard.until(lambda messages: messages[-1].body.get("heard") == "hello")
        assert child._spare is not None
        spare = child._spare.pid
        os.kill(first, 9)
        await heard.until(lambda _: len(heard.pids) == 2)
        assert heard.pids == [first, spare]


async def test_a_stream_key_reaches_only_the_child_that_is_given_it(monkeypatch):
    monkeypatch.setenv("TEST_KEY_OF_STREAM", "S3KRET")
    monkeypatch.setattr(children, "_secret_variables", set())
    keep_secret("TEST_KEY_OF_STREAM")
    assert "TEST_KEY_OF_STREAM" not in child_environment()
    assert child_environment()["RAYON_NUM_THREADS"] == "1"
    given = ChildSpec("test", "echo_child", {}, environment={"TEST_KEY_OF_STREAM": "S3KRET"})
    for told, seen in ((spec(), []), (given, ["TEST_KEY_OF_STREAM"])):
        async with running(told) as (_, heard, __):
            await heard.until(lambda messages: len(messages) >= 2)
            assert heard.messages[1].body["seen"] == seen
