import asyncio
import socket

import pytest

from livestream import wire
from livestream.channel.feeder import AHEAD_SECONDS, Feeder
from livestream.channel.protocol import position_message, ready_from
from livestream.channel.script import Script
from livestream.errors import SpeechError
from livestream.playout.position import Position
from tests.channel.test_script import make_loop


class FakeAir:
    """Accepts the feeder, remembers what it queues, and tells positions when asked to."""

    def __init__(self, path):
        self.path = path
        self.queued = []
        self.kinds = []
        self.position = Position(0, None, -1, -1, 0.0, 0)
        self._writers = []

    async def serve(self, reader, writer):
        self._writers.append(writer)
        writer.write(wire.encode(position_message(self.position)))
        while (message := await wire.read(reader)) is not None:
            self.kinds.append(message.kind)
            self.hear(message)
            if message.kind == "queue":
                entry = ready_from(message.body["ready"], None)
                self.queued.append(entry)
                self.at(last_queued=entry.seq, queued_seconds=self.position.queued_seconds + 2.2)
        writer.close()

    def hear(self, message):
        """Nothing more: for those who want whole messages."""

    def at(self, **changes):
        fields = {name: getattr(self.position, name) for name in Position.__dataclass_fields__}
        self.position = Position(**fields | changes)
        for writer in self._writers:
            writer.write(wire.encode(position_message(self.position)))

    def die(self):
        for writer in self._writers:
            writer.close()
        self._writers.clear()


@pytest.fixture
def listener(tmp_path):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(tmp_path / "air.sock"))
        sock.listen()
        yield sock


async def speak(line):
    return wire.Message("speech", {"line_id": line.id}, b"")


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)


async def feeding(listener, script, air, act):
    feeder = Feeder(air.path, script, speak)
    server = await asyncio.start_unix_server(air.serve, sock=listener)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(feeder.run())
        await act(feeder)
        task.cancel()
        air.die()
    server.close()


async def test_everything_is_queued_in_order_and_the_end_is_told(listener, tmp_path):
    air = FakeAir(tmp_path / "air.sock")

    async def act(feeder):
        await until(lambda: "finish" in air.kinds)
        assert [entry.seq for entry in air.queued] == list(range(6))
        assert not feeder.done
        air.at(queued_seconds=0.0, last_aired=5)
        await until(lambda: feeder.done)

    await feeding(listener, Script([make_loop(0, 0), make_loop(1, 3, last=True)]), air, act)


async def test_air_is_not_given_more_than_it_needs(listener, tmp_path):
    air = FakeAir(tmp_path / "air.sock")

    async def act(feeder):
        await until(lambda: feeder.position.queued_seconds >= AHEAD_SECONDS)
        held = len(air.queued)
        assert held < 40
        air.at(queued_seconds=10.0)
        await until(lambda: len(air.queued) > held)

    await feeding(listener, Script([make_loop(0, 0, count=200)]), air, act)


async def test_a_restarted_air_is_fed_from_where_the_last_one_left_off(listener, tmp_path):
    air = FakeAir(tmp_path / "air.sock")

    async def act(feeder):
        await until(lambda: len(air.queued) == 6)
        air.queued.clear()
        air.position = Position(500, None, 2, -1, 0.0, 0)
        air.die()
        await until(lambda: len(air.queued) == 3)
        assert [entry.seq for entry in air.queued] == [3, 4, 5]
        assert air.queued[0].cues[0].kind == "card", "the card on air is shown again"

    await feeding(listener, Script([make_loop(0, 0, count=6, last=True)]), air, act)


async def test_a_restarted_orchestrator_queues_nothing_twice(listener, tmp_path):
    air = FakeAir(tmp_path / "air.sock")
    air.position = Position(500, 1, 0, 3, 6.0, 2)

    async def act(feeder):
        await until(lambda: "finish" in air.kinds)
        assert [entry.seq for entry in air.queued] == [4, 5]

    await feeding(listener, Script([make_loop(0, 0, count=6, last=True)]), air, act)


async def test_a_stale_log_does_not_send_the_script_back(listener, tmp_path):
    air = FakeAir(tmp_path / "air.sock")

    async def act(feeder):
        await until(lambda: len(air.queued) == 6)
        air.at(last_aired=4)
        await until(lambda: feeder.position.last_aired == 4)
        air.queued.clear()
        air.position = Position(500, None, 1, -1, 0.0, 0)
        air.die()
        await until(lambda: air.queued)
        assert [entry.seq for entry in air.queued] == [5]

    await feeding(listener, Script([make_loop(0, 0, count=6, last=True)]), air, act)


async def test_a_line_that_cannot_be_spoken_becomes_a_pause(listener, tmp_path):
    air = FakeAir(tmp_path / "air.sock")
    loop = make_loop(0, 0, last=True)
    mute = loop.entries[1].line.id

    async def partly(line):
        if line.id == mute:
            raise SpeechError("no engine can speak this")
        return await speak(line)

    async def act(feeder):
        feeder._speak = partly
        await until(lambda: "finish" in air.kinds)
        assert [entry.seq for entry in air.queued] == [0, 1, 2]

    await feeding(listener, Script([loop]), air, act)
