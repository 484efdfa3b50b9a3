"""In assist mode a line gets the time of a person who reads it, and no voice."""

import asyncio
import socket

import pytest
from speech_samples import SENTENCES

from livestream.clock import SystemClock
from livestream.media import SAMPLE_RATE
from livestream.speech import SpeechClient
from livestream.speech import worker as speech_worker_module
from livestream.speech.prompter import Prompter
from livestream.standards import new_key
from livestream.wire import Message, encode, read


@pytest.mark.parametrize("text", [*SENTENCES[:6], "Hi!", "—", "1,299 reasons, and one price: $49.99."])
def test_a_line_is_silence_in_which_each_word_has_its_time(approve, text):
    speech = Prompter().speak(approve(text))
    assert not speech.pcm.any()
    assert speech.visemes == ()
    assert (speech.engine, speech.timing) == ("prompter", "estimated")
    assert " ".join(word.text for word in speech.words) == speech.caption == text
    assert speech.words[0].start == 0
    assert speech.words[-1].end == len(speech.pcm) == speech.cut_points[-1]
    ends = [0, *(word.end for word in speech.words)]
    assert [word.start for word in speech.words] == ends[:-1]
    assert ends == sorted(set(ends))
    assert set(speech.cut_points) <= set(ends)


def test_the_pace_is_that_of_a_person(approve):
    spoken = [Prompter().speak(approve(text)) for text in SENTENCES]
    minutes = sum(len(speech.pcm) for speech in spoken) / SAMPLE_RATE / 60
    assert 110 < sum(len(speech.words) for speech in spoken) / minutes < 190


def test_a_line_is_left_where_a_clause_ends(approve):
    speech = Prompter().speak(approve("Brushed brass, a linen shade, and a long cord."))
    assert [word.text for word in speech.words if word.end in speech.cut_points] == ["brass,", "shade,", "cord."]


async def test_the_worker_loads_no_voice_and_no_engine(tmp_path, approve, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("an engine was asked for in assist mode")

    monkeypatch.setattr(speech_worker_module, "make_chain", never)
    monkeypatch.setattr(speech_worker_module, "load_voice", never)
    key, path = new_key(), tmp_path / "speech.sock"
    ours, theirs = socket.socketpair()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    listening.listen()
    start = {"listen_fd": listening.detach(), "key": key.hex(), "locale": "xx-XX", "seed": 1, "mode": "assist"}
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        working = tasks.create_task(speech_worker_module.run(theirs, SystemClock()))
        reader, writer = await asyncio.open_connection(sock=ours)
        writer.write(encode(Message("start", {**start, "cache": str(tmp_path / "cache")})))
        ready = await read(reader)
        async with await SpeechClient.connect(path, key) as client:
            spoken = await client.speak(approve("The bottle keeps your drink cold."))
        writer.close()
        await working
    assert (ready.kind, ready.body["engine"]) == ("ready", "prompter")
    assert not spoken.speech.pcm.any()
    assert spoken.speech.seconds > 1
