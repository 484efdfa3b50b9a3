"""Drafting from the command line: write, read, approve, go on air."""

import json
import signal
import subprocess
import sys

import pytest
from cli_ended import is_a_sentence

from livestream.testing.model_server import drafts, model_server_beside


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory, monkeypatch):
    """Approvals of one test are none of another's."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def written(livestream):
    with model_server_beside(drafts) as server:
        ended = livestream("write", "good.csv", "--base-url", server.url, "--model", "scripted", "--json")
    assert ended.code == 0, ended
    return json.loads(ended.out)


def test_from_a_list_to_approved_lines(livestream, written, tmp_path):
    took = written.pop("took_seconds")
    assert took >= 0
    assert written == {
        "drafts": "drafts.toml", "products": 2, "missing": 0, "kept": 10, "dropped": 0, "rules": {}, "calls": 2,
        "tokens_in": 200, "tokens_out": 20, "failures": [],
    }  # fmt: skip
    shown = livestream("drafts", "show", "drafts.toml")
    assert "You can take Oak Lamp with you for $49.99." in shown.out
    assert "Not approved" in shown.out
    approved = livestream("drafts", "approve", "drafts.toml", "--by", "Ana Ruiz")
    assert (approved.code, "10 lines approved by Ana Ruiz" in approved.out) == (0, True)
    assert "Approved by Ana Ruiz" in livestream("drafts", "show", "drafts.toml").out
    read = livestream("audit", "show", "--kind", "drafts_approved", "--json")
    assert json.loads(read.out)["by"] == "Ana Ruiz"
    assert livestream("audit", "verify").code == 0, "the drafts are no log"
    told = json.loads(livestream("drafts", "show", "drafts.toml", "--json").out)
    assert told["approved"]["by"] == "Ana Ruiz"
    assert {line["change"] for line in told["lines"]} == {"same"}


def test_run_refuses_drafts_that_nobody_approved_and_preview_says_so(livestream, written, tmp_path):
    refused = livestream("run", "good.csv", "--drafts", "drafts.toml", "--duration", "4")
    assert refused.code == 2
    assert "nobody has approved these drafts" in refused.err
    assert "livestream drafts approve drafts.toml" in refused.err
    seen = livestream("preview", "good.csv", "--drafts", "drafts.toml", "--duration", "3m", "--format", "json")
    assert "nobody has approved" in seen.err
    assert "friends" in seen.out


def test_without_a_model_the_playbooks_serve(livestream):
    is_a_sentence(
        livestream("write", "good.csv"), 2, "the playbook", "--base-url http://127.0.0.1:8080/v1 --model NAME"
    )


def test_mistakes_end_as_sentences(livestream, tmp_path):
    (tmp_path / "notes.toml").write_text("x = 1\n")
    model = ("--base-url", "http://127.0.0.1:9/v1", "--model", "x")
    is_a_sentence(livestream("write", "good.csv", "--base-url", "file:///etc/passwd", "--model", "x"), 2, "no address")
    is_a_sentence(livestream("write", "good.csv", *model, "--key-env", "NOT_SET_AT_ALL"), 2, "NOT_SET_AT_ALL")
    is_a_sentence(livestream("write", "good.csv", *model, "--key-file", "none.txt"), 2, "none.txt")
    is_a_sentence(livestream("write", "good.csv", *model, "--key-env", "no name"), 2, "--key-env")
    is_a_sentence(livestream("write", "good.csv", *model, "--out", "notes.toml"), 2, "no drafts file")
    is_a_sentence(livestream("write", "good.csv", *model, "--out", "no/where/d.toml"), 4, "no/where")
    is_a_sentence(livestream("write", "good.csv", *model, "--locale", "es-MX"), 2, "es-MX")
    is_a_sentence(livestream("drafts", "show", "none.toml"), 2, "livestream write makes drafts")
    is_a_sentence(livestream("drafts", "approve", "notes.toml", "--by", "Ana"), 2, "no drafts file")


def test_an_endpoint_that_is_not_there_is_told_and_the_work_can_go_on(livestream):
    ended = livestream("write", "good.csv", "--base-url", "http://127.0.0.1:9/v1", "--model", "x", "--quiet")
    assert ended.code == 1
    assert "0 of 2 products" in ended.out
    ended = livestream("write", "good.csv", "--base-url", "http://127.0.0.1:9/v1", "--model", "x")
    assert "no answer" in ended.err
    assert "2 products are missing" in ended.err


def test_ctrl_c_says_that_nothing_is_lost(livestream, tmp_path):
    with model_server_beside("hang") as server:
        command = [sys.executable, "-m", "livestream.cli.main", "write", "good.csv", "--base-url", server.url]
        working = subprocess.Popen([*command, "--model", "x"], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        try:
            assert server.asked(1, within=30)
            working.send_signal(signal.SIGINT)
            _, said = working.communicate(timeout=30)
        finally:
            working.kill()
    assert working.returncode == 130
    assert said == "Stopped. What was answered is kept: the same command goes on from there.\n"
