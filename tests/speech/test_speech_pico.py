"""Pico in a process of its own: the same sound every time, whatever was said before, and whatever becomes of it."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from livestream.errors import MachineError, SpeechError
from livestream.speech import pico
from livestream.speech.chain import Checked
from livestream.speech.engine import make_engine
from livestream.speech.studio import Studio
from livestream.speech.voice import Voice, load_voice

TEXT = "Diese Flasche hält dein Getränk den ganzen Tag kalt."


def say(engine, text=TEXT):
    return engine.synthesise(text, locale="de-DE", seed=1)


@pytest.fixture
def engine():
    engine = make_engine("pico", load_voice("de-DE"))
    yield engine
    engine.close()


def test_the_same_words_sound_the_same_after_other_words_and_in_another_process(engine):
    first = say(engine)
    say(engine, "Zum Schluss noch etwas ganz anderes, in zwei Sätzen. So.")
    assert np.array_equal(say(engine).pcm, first.pcm)
    engine.close()
    assert np.array_equal(say(engine).pcm, first.pcm)
    assert (first.engine, first.exact, first.rate) == ("pico", False, 16_000)


def test_it_does_not_clip_and_costs_little(engine):
    engine.warm_up()
    before = sum(os.times()[:4])
    raw = say(engine, f"{TEXT} " * 8)
    assert np.abs(raw.pcm).max() < 0.999
    program = Path(f"/proc/{engine._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = sum(map(int, program[11:15])) / os.sysconf("SC_CLK_TCK")
    assert (ticks + sum(os.times()[:4]) - before) / raw.seconds < 0.08


def test_markup_is_no_way_into_the_engine(engine):
    marked = say(engine, 'Das <speed level="80">ist</speed> gut.')
    assert np.array_equal(marked.pcm, say(engine, 'Das (speed level="80")ist(/speed) gut.').pcm)
    assert np.array_equal(say(engine, "Tisch &lt; Stuhl").pcm, say(engine, "Tisch  lt; Stuhl").pcm)


@pytest.mark.parametrize("text", ["", "—", "...", "x" * 61, "ja " * 501])
def test_nothing_to_say_or_too_much_is_an_error(engine, text):
    with pytest.raises(SpeechError, match=r"nothing to say|so long"):
        say(engine, text)
    assert engine._process is None, "such a text is not even tried"


def test_the_longest_text_it_takes_is_said(engine):
    assert say(engine, "Donaudampfschiff " * 88).seconds > 60


def test_a_program_that_is_killed_costs_one_sentence(engine):
    first = say(engine)
    os.killpg(engine._process.pid, signal.SIGKILL)
    with pytest.raises(SpeechError, match="gave no sound") as caught:
        say(engine)
    assert caught.value.retryable
    assert np.array_equal(say(engine).pcm, first.pcm)


def test_a_program_that_hangs_is_ended_in_time(engine, monkeypatch):
    monkeypatch.setattr(pico, "LIFETIME", -0.9)
    engine.warm_up()
    hanging = engine._process
    os.kill(hanging.pid, signal.SIGSTOP)
    with pytest.raises(SpeechError, match="gave no sound"):
        say(engine)
    assert hanging.returncode == -signal.SIGKILL, "killed, and reaped"


def test_a_fork_that_fails_ends_the_program(engine):
    engine._speaker = "xx-XX"
    with pytest.raises(SpeechError, match="gave no sound"):
        say(engine)
    assert engine._process is None


def test_no_program_outlives_its_engine():
    engine = make_engine("pico", load_voice("it-IT"))
    engine.warm_up()
    process = engine._process
    del engine
    assert process.returncode == -signal.SIGKILL


def test_a_voice_it_does_not_have_is_named():
    with pytest.raises(MachineError, match="no voice 'pt-BR'"):
        make_engine("pico", Voice("pt-BR", ("pico",)))


def test_its_speed_follows_the_voice():
    engines = [make_engine("pico", Voice("de-DE", ("pico",), speed=speed)) for speed in (1.0, 1.25)]
    slow, fast = (say(engine) for engine in engines)
    assert slow.seconds / fast.seconds == pytest.approx(1.25, rel=0.1)
    assert engines[0].version != engines[1].version
    for engine in engines:
        engine.close()


def test_its_lines_have_mouth_shapes_and_word_times(engine, approve):
    voice = load_voice("de-DE")
    speech = Studio(Checked(engine, voice.rate), voice, seed=1).speak(approve(TEXT, "de-DE"))
    assert (speech.engine, speech.timing) == ("pico", "estimated")
    assert [word.text for word in speech.words] == TEXT.split()
    assert all(word.end - word.start > 0.05 * 48_000 for word in speech.words)
    assert len({span.viseme for span in speech.visemes}) >= 8


def test_the_program_ends_with_whoever_asked_it(engine):
    engine.warm_up()
    program = engine._process
    program.stdin.close()
    assert program.wait(timeout=10) == 0
