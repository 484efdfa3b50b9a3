import os

import numpy as np
import pytest

from livestream.errors import SpeechError
from livestream.speech.cache import Cached, SpeechCache
from livestream.testing import FakeEngine


def speak(engine, text="The bottle.", seed=0):
    return engine.synthesise(text, locale="en-US", seed=seed)


def entries(folder):
    return sorted(folder.glob("*/*.speech"))


def test_a_sentence_is_spoken_once_and_comes_back_the_same(tmp_path):
    engine = FakeEngine()
    first = speak(Cached(engine, SpeechCache(tmp_path)))
    again = speak(Cached(engine, SpeechCache(tmp_path)))
    assert engine.calls == 1
    assert np.array_equal(first.pcm, again.pcm)
    assert (first.phones, first.rate, first.exact, first.engine) == (again.phones, again.rate, again.exact, "fake")


def test_everything_that_shapes_the_sound_is_in_the_key(tmp_path):
    cache = SpeechCache(tmp_path)
    engine = FakeEngine()
    speak(Cached(engine, cache))
    speak(Cached(engine, cache), seed=1)
    speak(Cached(engine, cache), text="The bottles.")
    Cached(engine, cache).synthesise("The bottle.", locale="en-GB", seed=0)
    newer = FakeEngine()
    newer.version = "2"
    speak(Cached(newer, cache))
    speak(Cached(FakeEngine(name="other"), cache))
    assert len(entries(tmp_path)) == 6


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-2], lambda data: data[:-1] + b"\x7f", lambda _: b"", lambda _: b"\n"]
)
def test_a_damaged_entry_is_made_again(tmp_path, damage):
    engine = FakeEngine()
    whole = speak(Cached(engine, SpeechCache(tmp_path)))
    (path,) = entries(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert np.array_equal(speak(Cached(engine, SpeechCache(tmp_path))).pcm, whole.pcm)
    assert engine.calls == 2
    speak(Cached(engine, SpeechCache(tmp_path)))
    assert engine.calls == 2


def test_the_cache_keeps_its_bound_and_drops_what_was_unused_for_longest(tmp_path):
    engine = FakeEngine()
    cached = Cached(engine, SpeechCache(tmp_path, bound=400_000))
    words = [f"{word} bottle." for word in ("one", "two", "red", "big", "old", "new", "odd", "top")]
    for age, text in enumerate(words):
        speak(cached, text)
        newest = max(entries(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1_000_000 + age, 1_000_000 + age))
        speak(cached, words[0])
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 400_000
    calls = engine.calls
    speak(cached, words[0])
    assert engine.calls == calls, "what is used all the time was dropped"
    speak(cached, words[1])
    assert engine.calls == calls + 1, "the oldest was kept"


def test_no_half_written_entry_is_left_where_the_disk_refuses(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    engine = FakeEngine()
    assert speak(Cached(engine, SpeechCache(tmp_path))).seconds > 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_failure_is_not_kept(tmp_path):
    class Failing(FakeEngine):
        def synthesise(self, spoken, *, locale, seed):
            raise SpeechError("no")

    with pytest.raises(SpeechError):
        speak(Cached(Failing(), SpeechCache(tmp_path)))
    assert entries(tmp_path) == []
