"""The script is written loop after loop, whatever moderators do in the meantime."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from livestream import wire
from livestream.channel.script import Journal, Script
from livestream.channel.writing import KeptSpeech, ScriptWriter
from livestream.settings import ChannelSettings
from livestream.speech.client import SpokenLine
from livestream.standards import Sealer, new_key
from livestream.testing import ManualClock
from tests.channel.test_desk import Speaker, desk


class Client:
    """A speech worker that seals nothing, and speaks the pass numbered 1 so slowly that it is planned anew."""

    async def speak(self, line, *, urgent=False):
        speech = await Speaker(0.12 if line.id.startswith("1.") else 0.06)(line)
        return SpokenLine(speech, wire.Message("speech", {"id": line.id}, bytes(1000)))


class Enough(Exception):
    """What was to be written is written."""


async def test_a_jump_while_a_loop_is_prepared_takes_its_number_and_nothing_else(tmp_path):
    script, kept, sealer = Script(), KeptSpeech(Client()), Sealer(new_key())

    async def written():
        if script.next_loop >= 4:
            raise Enough

    writer = ScriptWriter(
        ChannelSettings(catalogue=tmp_path, loop_minutes=2),
        script=script,
        journal=Journal(tmp_path / "journal", sealer),
        feeder=SimpleNamespace(seconds_in_hand=0.0),
        speech=kept,
        sealer=sealer,
        cards={},
        written=written,
        clock=ManualClock(),
        t0=0.0,
    )
    room = desk(tmp_path)
    prepare, drafted = room.prepare, set()

    async def jumped(speak, *, target, loop):
        programming = await prepare(speak, target=target, loop=loop)
        drafted.update(line for line, _ in kept._kept)
        if loop == 1:
            script.add(script.jump(3, jumped=5))
        return programming

    room.prepare = jumped
    with pytest.raises(Enough):
        await writer.run(room)
    loops = [script.find(seq)[0] for seq in range(script.first_seq, script.next_seq)]
    assert list(dict.fromkeys(loop.number for loop in loops)) == [0, 1, 2, 3]
    prepared = [loop for loop in dict.fromkeys(loops) if loop.jumped is None]
    assert [{entry.ready.loop for entry in loop.entries} for loop in prepared] == [{0}, {1}, {3}]
    lines = [entry.line.id for loop in prepared for entry in loop.entries if entry.line]
    assert len(lines) == len(set(lines))
    parts = [{entry.ready.instance for entry in loop.entries} for loop in dict.fromkeys(loops)]
    assert sum(map(len, parts)) == len(set().union(*parts))
    used = {(entry.line.id, entry.line.spoken) for loop in prepared for entry in loop.entries if entry.line}
    assert drafted - {line for line, _ in used}
    assert kept._kept.keys() == used
    assert kept._bytes == 1000 * len(used)
