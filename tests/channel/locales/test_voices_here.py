"""What a locale's voice is on this machine, and what it must be for a show that nobody attends."""

import re

import numpy as np
import pytest

from livestream import disclosure
from livestream.channel.locales import auditions
from livestream.channel.locales import voices as room
from livestream.errors import ClaimRefused, MachineError, SpeechError, UsageError
from livestream.media import SAMPLE_RATE
from livestream.speech.engine import About, RawSpeech
from livestream.testing.speech import FakeEngine

VOICE = "engines = [{}]\n[rate]\nper_sentence = 0.1\nper_letter = 0.05\n"


class _Good(FakeEngine):
    name = "good"
    about = About("neural", "exact", "free")


class _Robot(FakeEngine):
    name = "robot"
    about = About("formant", "estimated", "free")


class _Slow(FakeEngine):
    name = "slow"
    about = About("neural", "exact", "free", live=False)


class _Distant(FakeEngine):
    name = "distant"
    about = About("neural", "estimated", "free", distant=True)
    dead = False

    def synthesise(self, spoken, *, locale, seed):
        if self.dead:
            raise SpeechError("the speech server cannot be used")
        return super().synthesise(spoken, locale=locale, seed=seed)


@pytest.fixture
def engines(monkeypatch):
    """Engines by name, and one that is absent."""

    def make(name, voice):
        known = {"good": _Good, "robot": _Robot, "slow": _Slow, "distant": _Distant}
        if name in known:
            return known[name](name=name)
        raise MachineError("it is not installed", remedy="Run: pip install 'livestream[absent]'")

    monkeypatch.setattr(room, "make_engine", make)
    monkeypatch.setattr(auditions, "make_engine", make)
    monkeypatch.setattr("livestream.speech.voice.make_engine", make)


@pytest.fixture
def voice(tmp_path, monkeypatch, engines):
    """Write the voice of a locale with these engines."""
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))

    def write(*names, tag="nl-NL", more=""):
        folder = tmp_path / "voices" / tag
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "voice.toml").write_text(VOICE.format(", ".join(f'"{name}"' for name in names)) + more)
        return tag

    return write


def test_the_first_engine_that_is_here_speaks(voice):
    here = room.voice_here(voice("absent", "good", "robot"))
    assert [engine.installed for engine in here.engines] == [False, True, True]
    assert here.first.name == here.quality.engine == "good"
    assert here.engines[0].remedy == "Run: pip install 'livestream[absent]'"
    assert "absent is not installed" in here.note


def test_a_good_voice_needs_no_note(voice):
    assert room.voice_note(voice("good", "robot")) == ""
    room.require_show_quality("nl-NL")


@pytest.mark.parametrize(
    ("names", "more", "said"),
    [
        (("robot",), "", "formant"),
        (("absent", "robot"), "", "absent is not installed"),
        (("good",), "[engine.good]\npreview = true\n", "accent"),
    ],
)
def test_a_voice_of_preview_quality_is_told_and_refused(voice, names, more, said):
    tag = voice(*names, more=more)
    assert "preview quality" in room.voice_note(tag)
    with pytest.raises(UsageError, match=said) as refusal:
        room.require_show_quality(tag)
    for way in ("Piper", "OpenAI", "--preview-voice", "preview_voice = true", "--assist"):
        assert way in refusal.value.remedy


def test_a_voice_without_any_engine_is_told_with_what_to_install(voice):
    here = room.voice_here(voice("absent"))
    assert here.quality is None
    assert here.first is None
    assert "none of its engines is installed" in here.note
    for require in (room.require_engine, room.require_show_quality):
        with pytest.raises(MachineError, match="none of its engines is installed") as error:
            require("nl-NL")
        assert error.value.remedy == "Run: pip install 'livestream[absent]'"


def test_a_voice_that_speaks_ahead_counts_as_far_as_it_has_spoken(voice):
    tag = voice("slow", "robot")
    room.require_show_quality(tag, ready=0.5)
    with pytest.raises(UsageError, match=r"slow is too slow .* 49% of the show is prepared; robot is a form") as error:
        room.require_show_quality(tag, ready=0.49)
    for way in ("livestream prepare", "--preview-voice"):
        assert way in error.value.remedy
    room.require_show_quality(voice("slow", "good"), ready=0.0)
    with pytest.raises(MachineError, match="can speak here: slow is too slow") as mute:
        room.require_show_quality(voice("slow"), ready=0.0)
    assert "livestream prepare" in mute.value.remedy


def test_a_server_counts_where_it_answers(voice, monkeypatch):
    monkeypatch.setattr(_Distant, "dead", True)
    with pytest.raises(UsageError, match=r"distant does not answer .*; robot is a formant voice"):
        room.require_show_quality(voice("distant", "robot"))
    room.require_show_quality(voice("distant", "good"))
    monkeypatch.setattr(_Distant, "dead", False)
    room.require_show_quality(voice("distant", "robot"))


def test_a_locale_without_a_voice_says_how_to_begin_one():
    with pytest.raises(UsageError, match="no voice for xx-XX") as error:
        room.voice_here("xx-XX")
    assert "livestream locale new xx-XX" in error.value.remedy
    assert room.voice_note("xx-XX") == ""


def test_a_sample_greets_and_says_that_it_is_made_by_ai():
    for tag in ("en-US", "de-DE", "ja-JP"):
        told = auditions.sample_text(tag)
        assert told[-1] in disclosure.spoken(tag)
        assert len(told) > 1
    assert auditions.sample_text("nl-NL") == (disclosure.spoken("nl-NL")[0],)


def test_speed_is_told_by_the_sound_that_was_made(voice, monkeypatch):
    made = []

    class Counting(_Good):
        def synthesise(self, spoken, *, locale, seed):
            made.append(seed)
            return RawSpeech(np.zeros(SAMPLE_RATE, np.float32), SAMPLE_RATE)

    monkeypatch.setattr(auditions, "make_engine", lambda name, given: Counting())
    speed = auditions.measure(voice("good", tag="en-US"))
    assert speed.sound == len(made) - 1  # the first is for loading, and is not counted
    assert len(made) > 1
    assert 0 <= speed.cpu < speed.sound


def test_the_rate_is_compared_with_what_is_spoken(voice, monkeypatch):
    monkeypatch.setattr(auditions, "_RATE_SHOW", 40.0)
    error, lines = auditions.rate_error(voice("good", tag="en-US"))
    assert lines >= 8
    assert error != 0
    assert auditions.rate_error(voice("slow", tag="en-US")) is None


@pytest.mark.parametrize("text", ["", "  ", "word " * 200])
def test_a_sample_has_something_to_say_and_not_too_much(text):
    with pytest.raises(UsageError, match="nothing to say, or too much"):
        auditions.audition("en-US", [text])


def test_a_sample_passes_the_same_door_as_a_show():
    with pytest.raises(ClaimRefused):
        auditions.audition("en-US", ["This lamp cures headaches, guaranteed."])


def test_playing_needs_a_player(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MachineError, match="plays sound") as error:
        auditions.play(tmp_path / "a.wav")
    assert re.search("ffplay.*aplay", error.value.remedy)
    player = tmp_path / "aplay"
    player.write_text("#!/bin/sh\nexit 1\n")
    player.chmod(0o755)
    with pytest.raises(MachineError, match="cannot play"):
        auditions.play(tmp_path / "a.wav")
