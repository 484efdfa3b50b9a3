"""A Coqui model: through a stub of the library's API, and once, slowly, through the library itself."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from livestream.errors import MachineError, SpeechError
from livestream.speech.coqui import CoquiEngine
from livestream.speech.voice import Voice

ROOT = Path(__file__).parents[2]
REAL = ROOT / ".venv" / "coqui" / "bin" / "python"
STUB = """
import math
calls = []
class TTS:
    def __init__(self, *, model_path, config_path, progress_bar):
        calls.append((model_path, config_path, progress_bar))
        self.synthesizer = type("S", (), {"output_sample_rate": 22050})
    def tts(self, text, split_sentences, **chosen):
        calls.append((text, chosen))
        return [2.0 * math.sin(n / 20) for n in range(22050)] if "nothing" not in text else []
"""


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Stands in for the library; its `calls` are what it was asked."""
    (tmp_path / "TTS").mkdir()
    (tmp_path / "TTS" / "__init__.py").touch()
    (tmp_path / "TTS" / "api.py").write_text(STUB)
    (tmp_path / "torch.py").write_text("def manual_seed(seed): pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    import TTS.api

    yield TTS.api
    for name in ("TTS", "TTS.api", "torch"):
        sys.modules.pop(name, None)


@pytest.fixture
def folder(tmp_path):
    model = tmp_path / "vits"
    model.mkdir()
    (model / "config.json").write_text("{}")
    (model / "model.pth").write_bytes(b"weights")
    return model


def voice(folder, **options):
    return Voice("de-DE", ("coqui",), where=str(folder.parent / "voice.toml"), options={"coqui": options})


def test_a_model_in_a_folder_is_loaded_once_and_asked_line_by_line(library, folder):
    engine = CoquiEngine(voice(folder, model="vits", speaker="anna"))
    for _ in range(2):
        raw = engine.synthesise("Guten Tag! [x]", locale="de-DE", seed=1)
    assert (raw.rate, len(raw.pcm), raw.engine, raw.exact) == (22_050, 22_050, "coqui", False)
    assert np.abs(raw.pcm).max() == pytest.approx(0.9, abs=0.01), "what is over full scale is turned down"
    assert library.calls == [
        (str(folder / "model.pth"), str(folder / "config.json"), False),
        *[("Guten Tag! (x)", {"speaker": "anna"})] * 2,
    ]
    with pytest.raises(SpeechError, match="no sound"):
        engine.synthesise("nothing", locale="de-DE", seed=1)


def test_only_a_model_that_is_said_to_keep_up_speaks_on_air(library, folder):
    assert not CoquiEngine(voice(folder, model="vits")).about.live
    assert CoquiEngine(voice(folder, model="vits", live=True)).about.live


def test_what_is_missing_is_named(library, folder, monkeypatch):
    with pytest.raises(MachineError, match="no Coqui model for de-DE") as caught:
        CoquiEngine(voice(folder))
    assert str(folder.parent / "coqui") in caught.value.remedy
    monkeypatch.setattr("livestream.speech.coqui.find_spec", lambda _: None)
    with pytest.raises(MachineError, match="not installed"):
        CoquiEngine(voice(folder, model="vits"))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not REAL.exists(), reason="make test-coqui installs Coqui TTS")
def test_the_library_speaks_with_a_tiny_model(tmp_path):
    command = [REAL, Path(__file__).with_name("coqui_tiny.py"), tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"OMP_NUM_THREADS": "1"})
    one, same, other = json.loads(done.stdout.splitlines()[-1])["spoken"]
    assert one == same
    assert one[0] == 22_050
    assert 0.1 < one[1] / one[0] < 20
    assert other[2] != one[2], "another seed is another sound"
