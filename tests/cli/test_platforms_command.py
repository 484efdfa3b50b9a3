"""`livestream platforms`: what is known, rule by rule, and the owner's word."""

import json

import pytest
from typer.testing import CliRunner

from livestream.audit import AuditLog, audit_path
from livestream.cli.main import app
from livestream.clock import SystemClock
from livestream.errors import UsageError
from livestream.standards.platforms import load_platforms

WORD = "I have read the rules of today; they allow a host made by AI."


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return lambda *words: CliRunner().invoke(app, ["platforms", *words])


def test_the_list_has_every_platform_and_the_confirmed_hosts(call):
    told = call().output
    assert all(each in told for each in load_platforms())
    assert "confirmed" not in told
    assert call("confirm", "live.example.com", "--name", "Ana Ruiz", "--statement", WORD).exit_code == 0
    assert "live.example.com by Ana Ruiz" in call().output


def test_a_platform_is_shown_with_its_rules_and_what_is_unknown(call):
    told = call("show", "tiktok-shop-us").output
    for words in ("forbidden", "AI-generated voices", "2026-05-23", "second hand", "Simulcast", "unknown"):
        assert words in told
    assert "In US the rules of tiktok-shop-us hold" in call("show", "tiktok").output
    assert "unknown" not in call("show", "file").output


def test_it_is_all_there_as_json(call):
    told = {each["id"]: each for each in json.loads(call("--json").output)}
    assert told.keys() == load_platforms().keys()
    [voice] = [rule for rule in told["tiktok-shop-us"]["rules"] if rule["topic"] == "voice"]
    assert voice["source"]["dated"] == "2026-05-23"
    assert json.loads(call("show", "youtube", "--json").output) == told["youtube"]


def test_a_confirmation_is_kept_word_for_word(call):
    done = call("confirm", "Live.Example.com", "--name", "Ana Ruiz", "--statement", WORD)
    assert done.exit_code == 0
    [entry] = AuditLog(audit_path(), SystemClock()).entries("platform_confirmed")
    assert entry.body == {"host": "live.example.com", "name": "Ana Ruiz", "statement": WORD}


@pytest.mark.parametrize(
    "words", [("show", "none"), ("confirm", "a.rtmps.youtube.com", "--name", "Ana", "--statement", WORD)]
)
def test_what_cannot_be_is_an_error_of_usage(call, words):
    assert isinstance(call(*words).exception, UsageError)
