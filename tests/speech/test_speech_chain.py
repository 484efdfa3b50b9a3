import threading

import numpy as np
import pytest

from livestream.errors import MachineError, SpeechError
from livestream.speech.cache import SpeechCache
from livestream.speech.chain import Chain, make_chain
from livestream.speech.engine import RawSpeech, engine_names, make_engine
from livestream.speech.limits import Checked, Limited
from livestream.speech.voice import Rate, Voice
from livestream.testing import FakeEngine

TEXT = "The bottle keeps your drink cold."


def speak(engine, text=TEXT, seed=0):
    return engine.synthesise(text, locale="en-US", seed=seed)


@pytest.mark.parametrize(
    ("mishap", "reason"),
    [
        ("nan", "not numbers"),
        ("silence", "silence"),
        ("clipping", "clipped"),
        ("endless", "were expected"),
        ("short", "were expected"),
        ("rate", "12345 Hz"),
    ],
)
def test_what_is_not_speech_is_rejected_and_the_next_engine_speaks(mishap, reason):
    broken = Checked(FakeEngine(name="broken", mishap=mishap), Rate())
    with pytest.raises(SpeechError, match=reason):
        speak(broken)
    chain = Chain([broken, Checked(FakeEngine(), Rate())])
    assert speak(chain).engine == "fake"
    assert chain.rejected == 1


def test_good_speech_passes_the_check_unchanged():
    assert np.array_equal(speak(Checked(FakeEngine(), Rate())).pcm, speak(FakeEngine()).pcm)


def test_when_every_engine_fails_each_reason_is_told():
    chain = Chain([Checked(FakeEngine(name=m, mishap=m), Rate()) for m in ("nan", "silence")])
    with pytest.raises(SpeechError, match=r"nan gave samples that are not numbers.*silence gave silence"):
        speak(chain)


class Hanging(FakeEngine):
    def __init__(self):
        super().__init__(name="hanging")
        self.let_go = threading.Event()

    def synthesise(self, spoken, *, locale, seed):
        self.let_go.wait(10)
        return super().synthesise(spoken, locale=locale, seed=seed)


def test_an_engine_that_hangs_is_passed_over_until_it_returns():
    hanging = Hanging()
    limited = Limited(hanging, seconds=0.05)
    with pytest.raises(SpeechError, match=r"more than 0\.05 s") as caught:
        speak(limited)
    assert caught.value.retryable
    with pytest.raises(SpeechError, match="still hangs"):
        speak(limited)
    overdue = limited._overdue
    hanging.let_go.set()
    overdue.result(timeout=5)
    assert speak(Limited(hanging, seconds=5)).seconds > 0


def test_an_engine_that_raises_anything_is_an_engine_that_failed():
    class Foreign(FakeEngine):
        def synthesise(self, spoken, *, locale, seed) -> RawSpeech:
            raise RuntimeError("invalid graph")

    with pytest.raises(SpeechError, match="RuntimeError: invalid graph"):
        speak(Limited(Foreign()))


def test_the_built_ins_are_registered_like_plug_ins(voice):
    assert {"hibari", "espeak-ng"} <= set(engine_names())
    assert make_engine("hibari", voice).name == "hibari"
    with pytest.raises(MachineError, match="no speech engine is called 'gramophone'"):
        make_engine("gramophone", voice)


def test_an_absent_engine_is_left_out_of_the_chain(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    voice = Voice("en-US", ("espeak-ng", "hibari"))
    chain = make_chain(voice, SpeechCache(tmp_path))
    assert chain.name == "hibari"
    with pytest.raises(MachineError, match=r"no speech engine of en-US.*espeak-ng is not installed"):
        make_chain(Voice("en-US", ("espeak-ng",)), SpeechCache(tmp_path))


@pytest.mark.needs("espeak-ng")
def test_espeak_speaks_when_the_first_engine_cannot(tmp_path, voice):
    engines = [Checked(FakeEngine(mishap="nan"), voice.rate), Checked(make_engine("espeak-ng", voice), voice.rate)]
    spoken = speak(Chain(engines), "Have a look at the pocket, please.")
    assert spoken.engine == "espeak-ng"
    assert not spoken.exact
    assert [phone.symbol for phone in spoken.phones if phone.word == 0] == ["h", "ˈæ", "v"]
    assert {phone.word for phone in spoken.phones} == {-1, *range(7)}


def test_every_engine_is_loaded_before_it_is_needed_and_one_that_cannot_be_stops_no_other():
    class Loading(FakeEngine):
        def warm_up(self):
            loaded.append(self.name)
            if self.name == "broken":
                raise MachineError("the disk is full")

    loaded = []
    Chain([Loading(name=name) for name in ("first", "broken", "last")]).warm_up()
    assert loaded == ["first", "broken", "last"]
