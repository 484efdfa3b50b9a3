import json
import os
import subprocess
import sys
from importlib import metadata

import pytest
from typer.testing import CliRunner

from livestream.channel import capacity, doctor
from livestream.channel.capacity import STAGES, Capacity
from livestream.cli.main import app


def costing(milliseconds, free=2.0):
    return Capacity(40, dict.fromkeys(STAGES, milliseconds / len(STAGES)), 0.0, 5.0, cores=2.0, free=free)


def found(report, name):
    return [check for check in report.checks if check.name == name]


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(capacity, "measure", lambda **_: costing(10))


@pytest.fixture
def without_skia(monkeypatch):
    """skia as it fails where libEGL is missing; fontconfig is missing too, which its message does not tell."""
    real = doctor.import_module
    message = "libEGL.so.1: cannot open shared object file: No such file or directory"

    def import_module(name):
        if name == "skia":
            raise ImportError(message)
        return real(name)

    monkeypatch.setattr(doctor, "import_module", import_module)
    monkeypatch.setattr(doctor, "_loads", lambda library: "EGL" not in library and "fontconfig" not in library)


def test_a_whole_machine_can_go_on_air(quick):
    report = doctor.examine()
    assert report.on_air, [check for check in report.checks if check.state == "lacking"]
    (voice,) = found(report, "en-US")
    assert "neural voice by hibari" in voice.detail
    assert "Latin" in found(report, "fonts")[0].detail
    assert "2 cores carry 6 channels" in found(report, "CPU")[0].detail
    assert all(check.remedy for check in report.checks if check.state != "ok"), "each lack names what mends it"


def test_every_missing_library_is_named_with_one_command(without_skia):
    report = doctor.examine(measure=False)
    (skia,) = found(report, "skia")
    assert not report.on_air
    assert "libEGL.so.1, libfontconfig.so.1" in skia.detail
    assert "fontconfig libegl1" in skia.remedy


def test_a_broken_wheel_is_to_be_installed_anew(monkeypatch):
    def import_module(name):
        if name != "numpy":
            raise ImportError("its C extensions failed\nmore")

    monkeypatch.setattr(doctor, "import_module", import_module)
    (broken,) = found(doctor.examine(measure=False), "cv2")
    assert broken.detail == "cannot be loaded: its C extensions failed"
    assert broken.remedy == "pip install --force-reinstall opencv-python-headless"


def test_missing_packages_keep_off_the_air_and_extras_do_not(monkeypatch, quick):
    wanted = [
        "numpy>=2",
        "absent-core[all]<2,>=1",
        "future; python_version >= '3.99'",
        "absent-extra; extra == 'clips'",
    ]
    monkeypatch.setattr(metadata, "requires", lambda _: [*wanted, "absent-tool; extra == 'dev'"])
    report = doctor.examine()
    (packages,), (clips,) = found(report, "packages"), found(report, "extra clips")
    assert (packages.state, packages.remedy) == ("lacking", "pip install absent-core")
    assert (clips.state, clips.remedy) == ("optional", "pip install 'livestream[clips]'")
    assert not report.on_air
    assert report.capacity is None, "nothing is measured where something is lacking"


RATE = "[rate]\nper_sentence = 0\nper_word = 0\nper_letter = 0.1\n"


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (
            'engines = ["absent"]\n[rate]\nper_sentence = 0\nper_word = 0\nper_letter = 0.1\n',
            "absent",
        ),
        ("engines = 3", "Correct "),
    ],
)
def test_one_locale_that_cannot_be_spoken_keeps_no_other_off_the_air(monkeypatch, tmp_path, quick, voice, said):
    (tmp_path / "voices" / "de-DE").mkdir(parents=True)
    (tmp_path / "voices" / "de-DE" / "voice.toml").write_text(voice)
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))
    report = doctor.examine()
    checks = [check for check in report.checks if check.name.startswith("de-DE")]
    assert {check.state for check in checks} == {"optional"}
    assert any(said in check.detail + check.remedy for check in checks)
    assert report.on_air


def test_an_encoder_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(doctor, "ENCODERS", {"libnothing": "nothing"})
    (encoder,) = found(doctor.examine(measure=False), "libnothing")
    assert encoder.state == "lacking"
    assert "pip install" in encoder.remedy


def test_a_cache_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (cache,) = found(doctor.examine(measure=False), "cache")
    assert cache.state == "lacking"
    assert "XDG_CACHE_HOME" in cache.remedy


@pytest.mark.parametrize(
    ("measured", "state"), [(costing(30), "ok"), (costing(30, free=0.1), "optional"), (costing(90), "lacking")]
)
def test_a_machine_that_is_busy_may_go_on_air_one_that_is_too_slow_may_not(monkeypatch, measured, state):
    monkeypatch.setattr(capacity, "measure", lambda **_: measured)
    report = doctor.examine()
    assert found(report, "CPU")[0].state == state
    assert report.on_air == (state != "lacking")


def test_the_command_shows_marks_remedies_and_its_verdict(quick, without_skia):
    shown = CliRunner().invoke(app, ["doctor"])
    assert shown.exit_code == 4
    assert "✗ skia" in shown.output
    assert "→ " in shown.output
    assert "✗ No channel can go on air here: one thing is missing" in shown.output
    body = json.loads(CliRunner().invoke(app, ["doctor", "--json"]).stdout)
    assert body["on_air"] is False
    assert body["channels"] is None
    assert {"section", "name", "state", "detail", "remedy"} == set(body["checks"][0])


@pytest.mark.parametrize("names", [("numpy",), ("skia", "av", "onnxruntime")])
def test_nothing_that_fails_to_load_is_a_traceback(tmp_path, names):
    for name in names:
        (tmp_path / f"{name}.py").write_text(f"raise ImportError('lib{name}.so.1: cannot open shared object file')\n")
    done = subprocess.run(
        [sys.executable, "-m", "livestream.cli.main", "doctor"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert "cannot be loaded without" in done.stdout
    assert all(f"lib{name}.so.1" in done.stdout for name in names)
