from __future__ import annotations

import os
from pathlib import Path

import pytest

from livestream import datafiles
from livestream.errors import MachineError, UsageError


def test_a_merchants_own_folder_is_searched_first(tmp_path, monkeypatch):
    (tmp_path / "scripts" / "en-US").mkdir(parents=True)
    (tmp_path / "scripts" / "nl-NL").mkdir()
    shipped = datafiles.names("scripts")
    monkeypatch.setenv("LIVESTREAM_DATA", os.pathsep.join(["", str(tmp_path)]))
    assert datafiles.find("scripts", "en-US") == tmp_path / "scripts" / "en-US"
    assert datafiles.find("assets", "scenes").is_dir()
    assert "nl-NL" not in shipped
    assert datafiles.names("scripts") == sorted([*shipped, "nl-NL"])


def test_what_is_not_there_is_told_with_what_is():
    with pytest.raises(UsageError, match="no assets/scenes/moon") as caught:
        datafiles.find("assets", "scenes", "moon.toml")
    assert "There are: studio" in caught.value.remedy
    with pytest.raises(UsageError) as caught:
        datafiles.find("nothing", "like", "this")
    assert "LIVESTREAM_DATA" in caught.value.remedy


def test_the_cache_folder_is_made_by_the_xdg_rules(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "deep" / "cache"))
    assert datafiles.cache_dir() == tmp_path / "deep" / "cache" / "livestream"
    assert datafiles.cache_dir().is_dir()
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert datafiles.cache_dir() == tmp_path / ".cache" / "livestream"


def test_a_cache_folder_that_cannot_be_used_is_told_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/dev/null")
    with pytest.raises(MachineError, match="cannot be made") as caught:
        datafiles.cache_dir()
    assert "XDG_CACHE_HOME" in caught.value.remedy
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).startswith(str(tmp_path)))
    with pytest.raises(MachineError, match="cannot be written to") as caught:
        datafiles.cache_dir()
    assert caught.value.where == str(Path(tmp_path, ".cache", "livestream"))


def test_state_is_kept_by_the_xdg_rules_closed_to_others(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "deep"))
    assert datafiles.state_dir() == tmp_path / "deep" / "livestream"
    assert datafiles.state_dir().stat().st_mode & 0o777 == 0o700
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert datafiles.state_dir() == tmp_path / ".local" / "state" / "livestream"
    monkeypatch.setenv("HOME", "/dev/null")
    with pytest.raises(MachineError, match="the state folder cannot be made") as caught:
        datafiles.state_dir()
    assert "XDG_STATE_HOME" in caught.value.remedy
