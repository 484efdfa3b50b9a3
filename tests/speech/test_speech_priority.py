import asyncio
import tempfile
import threading
from pathlib import Path

import pytest

from livestream.speech import SpeechClient
from livestream.speech.client import IN_FLIGHT, URGENT_IN_FLIGHT
from livestream.speech.studio import Studio
from livestream.speech.worker import SpeechServer
from livestream.standards import Sealer, new_key
from livestream.testing import FakeEngine

KEY = new_key()


class Held(FakeEngine):
    """Holds the first sentence until told to go on, and remembers the order."""

    def __init__(self):
        super().__init__()
        self.entered, self.open, self.order = threading.Event(), threading.Event(), []

    def synthesise(self, spoken, *, locale, seed):
        self.order.append(spoken)
        self.entered.set()
        self.open.wait(10)
        return super().synthesise(spoken, locale=locale, seed=seed)


@pytest.fixture
def path():
    with tempfile.TemporaryDirectory(prefix="speech-") as folder:
        yield Path(folder) / "speech.sock"


async def arrivals(server, count):
    async with asyncio.timeout(5):
        while server._jobs.qsize() < count:
            await asyncio.sleep(0)


async def test_an_urgent_line_waits_only_for_the_one_being_spoken(path, voice, approve):
    engine = Held()
    server = SpeechServer(Studio(engine, voice, seed=3), Sealer(KEY))
    accepting = await asyncio.start_unix_server(server.serve, path)
    usual = [f"Usual line number {word}." for word in ("one", "two", "three", "four", "five", "six")]
    async with accepting, await SpeechClient.connect(path, KEY) as client, asyncio.TaskGroup() as tasks:
        spoken = [tasks.create_task(client.speak(approve(text))) for text in usual]
        await asyncio.to_thread(engine.entered.wait, 5)
        await arrivals(server, IN_FLIGHT - 1)
        urgent = [tasks.create_task(client.speak(approve(f"Answer {n}."), urgent=True)) for n in ("one", "two")]
        await arrivals(server, IN_FLIGHT - 1 + URGENT_IN_FLIGHT)
        engine.open.set()
    server.close()
    assert engine.order == [usual[0], "Answer one.", "Answer two.", *usual[1:]]
    assert [task.result().speech.caption for task in (*spoken, *urgent)] == [*usual, "Answer one.", "Answer two."]
