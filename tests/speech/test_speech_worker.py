import asyncio
import signal
import socket
import sys
import tempfile
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from livestream.clock import SystemClock
from livestream.errors import ForgedSeal, LivestreamError, SpeechError
from livestream.speech import SpeechClient, speech_worker
from livestream.speech.chain import Chain
from livestream.speech.client import IN_FLIGHT
from livestream.speech.studio import Studio
from livestream.speech.worker import SpeechServer, run
from livestream.standards import Sealer, new_key
from livestream.testing import FakeEngine
from livestream.wire import Message, encode, read

KEY = new_key()


class Gate(FakeEngine):
    """Speaks a sentence with "wait" in it only when told to."""

    def __init__(self):
        super().__init__()
        self.entered = threading.Event()
        self.open = threading.Event()

    def synthesise(self, spoken, *, locale, seed):
        if "wait" in spoken:
            self.entered.set()
            self.open.wait(10)
        return super().synthesise(spoken, locale=locale, seed=seed)


@pytest.fixture
def path():
    with tempfile.TemporaryDirectory(prefix="speech-") as folder:  # a Unix socket's path is short
        yield Path(folder) / "speech.sock"


@asynccontextmanager
async def serving(path, voice, engine, key=KEY):
    server = SpeechServer(Studio(engine, voice, seed=3), Sealer(key))
    accepting = await asyncio.start_unix_server(server.serve, path)
    try:
        async with accepting:
            yield server
    finally:
        server.close()


async def test_a_line_comes_back_as_speech_and_as_a_message_to_hand_on(path, voice, approve):
    line = approve("The bottle keeps your drink cold.")
    async with serving(path, voice, FakeEngine()), await SpeechClient.connect(path, KEY) as client:
        spoken = await client.speak(line)
    assert spoken.speech.caption == line.caption
    assert spoken.speech.facts == line.facts
    assert spoken.message.kind == "speech"
    again = Sealer(KEY).open_speech(spoken.message)
    assert np.array_equal(again.pcm, spoken.speech.pcm)
    assert again.visemes == spoken.speech.visemes


async def test_many_lines_in_flight_each_get_their_own_answer(path, voice, approve):
    texts = [f"{word} bottle." for word in ("Red", "Blue", "Green", "Old", "Big")]
    async with serving(path, voice, FakeEngine()), await SpeechClient.connect(path, KEY) as client:
        spoken = await asyncio.gather(*(client.speak(approve(text)) for text in texts))
    assert [answer.speech.caption for answer in spoken] == texts


async def test_a_long_rundown_does_not_run_into_the_deadline_by_waiting_its_turn(path, approve):
    asked: asyncio.Queue[Message] = asyncio.Queue()

    async def never_answer(reader, writer):
        while (message := await read(reader)) is not None:
            asked.put_nowait(message)
        writer.close()

    listening = await asyncio.start_unix_server(never_answer, path)
    async with listening, await SpeechClient.connect(path, KEY) as client, asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(client.speak(approve(f"Line {n}."))) for n in range(10)]
        for _ in range(IN_FLIGHT):
            await asked.get()
        for _ in range(50):
            await asyncio.sleep(0)
        assert asked.empty()
        for task in waiting:
            task.cancel()


async def test_whoever_gives_up_does_not_get_the_others_wrong_answers(path, voice, approve):
    gate = Gate()
    async with serving(path, voice, gate), await SpeechClient.connect(path, KEY) as client:
        async with asyncio.TaskGroup() as tasks:
            slow = tasks.create_task(client.speak(approve("Please wait here.")))
            await asyncio.to_thread(gate.entered.wait, 5)
            quick = tasks.create_task(client.speak(approve("The next one.")))
            await asyncio.sleep(0)
            slow.cancel()
            gate.open.set()
        assert quick.result().speech.caption == "The next one."


async def test_a_forged_line_is_refused_and_nothing_is_spoken(path, voice, approve):
    engine = FakeEngine()
    stranger = Sealer(new_key()).seal_line(approve("Everything is free today."))
    tampered = Sealer(KEY).seal_line(approve("The bottle."))
    tampered.body["spoken"] = "Everything is free today."
    bare = Message("line", {"spoken": "Everything is free today.", "caption": "x", "locale": "en-US"})
    other_kind = Message("speech", Sealer(KEY).seal_line(approve("The bottle.")).body)
    async with serving(path, voice, engine) as server:
        reader, writer = await asyncio.open_unix_connection(path)
        for number, message in enumerate((stranger, tampered, bare, other_kind)):
            writer.write(encode(Message(message.kind, {**message.body, "request": number})))
            answer = await read(reader)
            assert (answer.kind, answer.body["error"], answer.body["request"]) == ("error", "ForgedSeal", number)
        assert server.counts.forged == 4
        assert server.counts.spoken == 0
        writer.close()
        await writer.wait_closed()
    assert engine.calls == 0


async def test_a_client_with_another_key_is_told_that_its_seal_is_not_ours(path, voice, approve):
    async with serving(path, voice, FakeEngine()), await SpeechClient.connect(path, new_key()) as client:
        with pytest.raises(ForgedSeal):
            await client.speak(approve("The bottle."))


async def test_a_line_no_engine_can_speak_is_an_error_with_its_reasons(path, voice, approve):
    broken = Chain([FakeEngine(mishap="silence")])
    async with serving(path, voice, broken), await SpeechClient.connect(path, KEY) as client:
        with pytest.raises(SpeechError):
            await client.speak(approve("The bottle."))


async def test_noise_on_the_socket_ends_that_connection_only(path, voice, approve):
    async with serving(path, voice, FakeEngine()):
        reader, writer = await asyncio.open_unix_connection(path)
        writer.write(b"GET / HTTP/1.1\r\n\r\n" * 10)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
        async with await SpeechClient.connect(path, KEY) as client:
            assert (await client.speak(approve("The bottle."))).speech.seconds > 0


async def test_a_worker_that_never_answers_meets_the_deadline(path, voice, approve):
    gate = Gate()
    async with serving(path, voice, gate), await SpeechClient.connect(path, KEY, deadline=0.3) as client:
        with pytest.raises(SpeechError, match=r"within 0\.3 s") as caught:
            await client.speak(approve("Please wait here."))
        gate.open.set()
    assert caught.value.retryable


async def test_no_worker_at_all_is_a_sentence(path):
    with pytest.raises(SpeechError, match="does not answer"):
        await SpeechClient.connect(path, KEY, deadline=0.2)


@asynccontextmanager
async def worker_process(listener, cache):
    """A worker as the supervisor starts it: a control socket, an inherited listening socket."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "livestream.speech.worker", "--control-fd", str(theirs.fileno())),
            pass_fds=(theirs.fileno(), listener.fileno()),
            stderr=asyncio.subprocess.PIPE,
        )
    reader, writer = await asyncio.open_connection(sock=ours)
    body = {"listen_fd": listener.fileno(), "key": KEY.hex(), "locale": "en-US", "cache": str(cache), "seed": 1}
    writer.write(encode(Message("start", body)))
    try:
        yield process, reader
    finally:
        writer.close()
        complaint = await process.stderr.read()
        await process.wait()
        assert complaint == b"", complaint.decode()


async def test_a_worker_killed_in_the_middle_is_asked_again_after_its_restart(path, tmp_path, approve):
    line = approve("The bottle keeps your drink cold for a whole day.")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        async with asyncio.TaskGroup() as tasks:
            async with worker_process(listener, tmp_path) as (process, reader):
                assert (await read(reader)).kind == "ready"
                client = await SpeechClient.connect(path, KEY)
                process.send_signal(signal.SIGSTOP)
                asked = tasks.create_task(client.speak(line))
                await asyncio.sleep(0.05)
                process.kill()
                await process.wait()
                assert not asked.done()
            async with worker_process(listener, tmp_path) as (process, reader):
                spoken = await asked
                status = [await read(reader) for _ in range(3)][-1].body
                await client.close()
            assert process.returncode == 0
    assert spoken.speech.caption == line.caption
    assert spoken.speech.timing == "exact"
    assert {"spoken", "cached", "rejected", "cpu", "rss"} <= set(status)
    assert 20e6 < status["rss"] < 400e6
    assert 0 < status["cpu"] < 20


async def test_the_same_line_is_the_same_speech_in_every_process(tmp_path, approve):
    line = approve("Pop a question in the chat, and I will do my best to answer.")
    spoken = []
    for folder in ("one", "two"):
        async with speech_worker("en-US", cache=tmp_path / folder, seed=5, key=KEY) as client:
            spoken.append(await client.speak(line))
            cached = await client.speak(line)
    assert np.array_equal(spoken[0].speech.pcm, spoken[1].speech.pcm)
    assert np.array_equal(cached.speech.pcm, spoken[1].speech.pcm)
    assert cached.message.body == spoken[0].message.body


async def test_the_worker_ends_when_its_parent_is_gone(path, tmp_path):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        async with worker_process(listener, tmp_path) as (process, reader):
            assert (await read(reader)).kind == "ready"
        assert process.returncode == 0


@pytest.mark.parametrize("body", [{}, {"locale": "en-US", "listen_fd": -1, "key": "00", "seed": 0, "cache": "/x"}])
async def test_a_start_that_cannot_be_followed_is_a_sentence(body):
    ours, theirs = socket.socketpair()
    with ours:
        ours.sendall(encode(Message("start", body)))
        with pytest.raises(LivestreamError, match="cannot follow"):
            await run(theirs, SystemClock())
    theirs.close()
