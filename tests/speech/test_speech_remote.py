"""A speech server that answers well, badly, slowly or not at all."""

import logging
import struct
import time
from itertools import pairwise

import numpy as np
import pytest

from livestream.errors import MachineError, SpeechError
from livestream.pacing import Rate
from livestream.speech.chain import Chain
from livestream.speech.limits import MISSES, REST, Checked, Limited, Rested
from livestream.speech.loudness import integrated
from livestream.speech.remote import RemoteEngine
from livestream.speech.studio import Studio
from livestream.speech.voice import Voice, load_voice
from livestream.speech.wav import read_wav
from livestream.testing import FakeEngine, ManualClock
from livestream.testing.speech_server import speech_server_beside

TEXT = "The bottle keeps your drink cold."


def voice(url, **options):
    return Voice("en-US", ("remote",), options={"remote": {"base_url": url, "deadline": 10, **options}})


def checked(url, **options):
    return Checked(Limited(RemoteEngine(voice(url, **options))), Rate())


def speak(engine, text=TEXT):
    return engine.synthesise(text, locale="en-US", seed=0)


@pytest.fixture(scope="module")
def server():
    import openai  # noqa: F401 - its import is not what is timed here

    with speech_server_beside() as serving:
        yield serving


def test_a_line_is_asked_for_in_the_apis_own_words(server):
    server.manners = ["ok"]
    given = RemoteEngine(Voice("en-US", (), options={"remote": {"base_url": server.url, "speed": 1.1}}))
    raw = given.synthesise(f"{TEXT} <b>", locale="en-US", seed=0)
    assert np.array_equal(
        raw.pcm, np.rint(FakeEngine().synthesise(f"{TEXT} (b)", locale="", seed=1).pcm * 32767) / 32768
    )
    assert (raw.rate, raw.exact, raw.engine) == (24_000, False, "remote")
    assert server.requests[-1] == {
        "model": "tts-1", "voice": "alloy", "input": f"{TEXT} (b)", "response_format": "wav", "speed": 1.1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("500", "answered 500"),
        ("drip", r"more than 0\.2 s"),
        ("hang", r"more than 0\.2 s"),
        ("garbage", "no WAV"),
        ("noise", "gave noise"),
        ("short", "were expected"),
        ("long", "were expected"),
        ("flood", "more than 8 MB"),
        ("half", "failed"),
    ],
)
def test_whatever_the_server_does_the_next_engine_speaks_in_time(server, manner, reason):
    server.manners = [manner]
    engine = checked(server.url, **({"deadline": 0.2} if "more than 0" in reason else {}))
    began = time.monotonic()
    assert speak(Chain([engine, FakeEngine()])).engine == "fake"
    assert time.monotonic() - began < 9, "the server takes far longer, if it ends at all"
    with pytest.raises(SpeechError, match=reason):
        speak(engine)


def test_a_server_that_fails_again_and_again_is_left_alone_for_a_while(server):
    clock = ManualClock()
    engine = Rested(checked(server.url), clock)
    server.manners = ["500"]
    for _ in range(MISSES):
        with pytest.raises(SpeechError, match="answered 500"):
            speak(engine)
    calls = server.calls
    server.manners = ["ok"]
    with pytest.raises(SpeechError, match="rests"):
        speak(engine)
    assert server.calls == calls
    clock.advance(REST)
    assert speak(engine).seconds > 0
    server.manners = ["500", "ok"]
    with pytest.raises(SpeechError, match="answered 500"):
        speak(engine)
    assert speak(engine).seconds > 0, "one failure after a success is no reason to rest"


def test_the_key_is_sent_and_never_told(server, monkeypatch, caplog):
    monkeypatch.setenv("SPEECH_KEY", "sk-very-secret")
    server.manners = ["500"]
    engine = RemoteEngine(voice(server.url, key_env="SPEECH_KEY"))
    with caplog.at_level(logging.DEBUG), pytest.raises(SpeechError) as caught:
        speak(Chain([engine]))
    assert server.keys[-1] == "Bearer sk-very-secret"
    assert "secret" not in f"{caught.value} {caught.value.__cause__} {engine.version} {caplog.text}"


def test_what_is_not_described_or_has_no_key_is_left_out():
    for url in ("", "http:///v1", "http://[", "ftp://host/v1"):
        with pytest.raises(MachineError, match="not described"):
            RemoteEngine(voice(url))
    with pytest.raises(MachineError, match="SPEECH_KEY_THAT_IS_NOT_SET"):
        RemoteEngine(voice("http://127.0.0.1:9/v1", key_env="SPEECH_KEY_THAT_IS_NOT_SET"))


def test_a_version_tells_every_setting_that_shapes_the_sound_and_no_password():
    url = "http://me:hunter2@127.0.0.1:9/v1"
    shapes = ({}, {"format": "pcm"}, {"format": "pcm", "rate": 48_000}, {"speed": 1.1}, {"voice": "b"}, {"model": "c"})
    versions = [RemoteEngine(voice(url, **shape)).version for shape in shapes]
    assert len(set(versions)) == len(shapes)
    assert all(version.startswith("http://127.0.0.1:9/v1/") for version in versions)


def test_a_key_may_end_with_a_line_feed_but_must_be_one(server, monkeypatch):
    monkeypatch.setenv("SPEECH_KEY", "sk-very-secret\n")
    server.manners = ["ok"]
    speak(RemoteEngine(voice(server.url, key_env="SPEECH_KEY")))
    assert server.keys[-1] == "Bearer sk-very-secret"
    for none in (" \n", "sk-ключ", "sk\n-a"):
        monkeypatch.setenv("SPEECH_KEY", none)
        with pytest.raises(MachineError, match="SPEECH_KEY") as caught:
            RemoteEngine(voice(server.url, key_env="SPEECH_KEY"))
        assert none.strip() not in str(caught.value) or not none.strip()


def wav(channels=1, bits=16, length=None, extra=b""):
    body = np.array([0, 8192, -8192, 16384], "<i2").tobytes()
    head = struct.pack("<HHIIHH", 1, channels, 22_050, 0, 0, bits)
    fmt = b"fmt " + struct.pack("<I", len(head)) + head
    data = b"data" + struct.pack("<I", len(body) if length is None else length) + body
    return b"RIFF\xff\xff\xff\xffWAVE" + fmt + extra + data


def test_wavs_of_programs_and_servers_are_read():
    assert read_wav(wav())[1] == 22_050
    assert read_wav(wav(length=0xFFFFFFFF, extra=b"LIST\x03\0\0\0abc\0"))[0].tolist() == [0, 0.25, -0.25, 0.5]
    assert read_wav(wav(channels=2))[0].tolist() == [0.125, 0.125]
    for broken in (b"", b"{}", wav(bits=24), wav(channels=0), wav()[:40], b"RIFF\0\0\0\0WAVE"):
        with pytest.raises(SpeechError, match="WAV"):
            read_wav(broken)


def test_lines_are_equally_loud_whoever_says_them(server, hibari, approve):
    server.manners = ["ok", "500", "ok"]
    studio = Studio(Chain([checked(server.url), hibari]), load_voice("en-US"), seed=1)
    spoken = [studio.speak(approve(f"{TEXT} It is number {word}.")) for word in ("one", "two", "three")]
    assert [speech.engine for speech in spoken] == ["remote", "hibari", "remote"]
    loud = [integrated(speech.pcm.astype(np.float32) / 32768) for speech in spoken]
    assert max(abs(one - other) for one, other in pairwise(loud)) <= 1.0
