import json

import pytest
from typer.testing import CliRunner

from livestream.channel import capacity
from livestream.channel.capacity import STAGES, Capacity, cores, measure
from livestream.cli.main import app


def made(**changes):
    figures = {"frames": 100, "stages": {"video encode": 8.0, "presenter": 2.0}, "speech": 0.15, "bare": 8.0}
    return Capacity(**{**figures, "cores": 4.0, "free": 1.0, **changes})


@pytest.fixture(scope="module")
def measured():
    shares = []
    found = measure(frames=30, seconds=2, progress=lambda stage, share: shares.append((stage, share)))
    assert [share for stage, share in shares if stage == "picture"][-1] == 1.0
    assert {stage for stage, _ in shares} == {"speech", "picture"}
    return found


def test_channels_follow_from_the_cost_and_the_cores():
    found = made()
    assert found.channel == pytest.approx(0.010 * 25 + 0.15)
    assert found.ratio == pytest.approx(0.4 / 0.2)
    assert found.channels == 8, "3.2 of 4 cores, 0.4 each"
    assert found.channels_now == 2, "one core is free"
    assert made(cores=0.4).channels == 0


def test_a_piece_of_the_real_show_is_measured_stage_by_stage(measured):
    assert tuple(measured.stages) == STAGES
    assert all(spent > 0 for spent in measured.stages.values()), measured.stages
    assert measured.stages["video encode"] > measured.stages["audio encode"] > measured.stages["fan-out"] / 10
    assert 0.002 < measured.speech < 2
    assert measured.bare > 0.5
    assert 0 < measured.free <= measured.cores


def test_a_quota_of_the_control_group_counts(monkeypatch, tmp_path):
    quota = tmp_path / "cpu.max"
    monkeypatch.setattr(capacity, "CPU_MAX", quota)
    everything = cores()
    quota.write_text("50000 100000\n")
    assert cores() == 0.5
    quota.write_text("max 100000\n")
    assert cores() == everything


@pytest.mark.parametrize("free", [0.0, 4.0])
def test_the_command_shows_and_prints(monkeypatch, free):
    stages = dict.fromkeys(STAGES, 1.5)
    monkeypatch.setattr(capacity, "measure", lambda **_: made(stages=stages, free=free))
    shown = CliRunner().invoke(app, ["bench"])
    assert shown.exit_code == 0, shown.output
    assert "7 channels will run" in shown.output
    assert ("Beside what else runs now: no channels" in shown.output) == (free == 0)
    body = json.loads(CliRunner().invoke(app, ["bench", "--json"]).stdout)
    assert body["channels"] == 7
    assert body["ms_per_frame"] == stages
    assert body["ratio_to_bare_x264"] == pytest.approx(made(stages=stages).ratio, abs=1e-3)
