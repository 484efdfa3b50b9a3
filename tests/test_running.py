"""The files by which commands find a running channel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from livestream.errors import UsageError
from livestream.running import Running, find_running, remove_running, running, write_running


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


def channel(name: str = "shop", pid: int | None = None) -> Running:
    return Running(name, os.getpid() if pid is None else pid, 8080, "/tmp/x.sqlite", {"ws": "a-secret-token"})


def test_a_channel_is_found_by_its_file_that_only_its_owner_reads() -> None:
    path = write_running(channel())
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert find_running() == find_running("shop") == channel()
    assert [entry.name for entry in path.parent.iterdir()] == ["shop.json"]
    assert "a-secret-token" not in repr(find_running())
    remove_running("shop")
    remove_running("shop")
    with pytest.raises(UsageError, match="no channel is running"):
        find_running()


def test_the_file_of_a_dead_process_and_a_damaged_one_are_passed_over() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    path = write_running(channel("dead", ended.pid))
    for name, text in (("bad", "{"), ("other", "[]"), ("odd", '{"name": 1, "pid": "x"}')):
        (path.parent / f"{name}.json").write_text(text)
    assert running() == []


def test_of_several_one_must_be_named() -> None:
    write_running(channel("one"))
    write_running(channel("two"))
    assert find_running("two").name == "two"
    for name in (None, "three"):
        with pytest.raises(UsageError) as refused:
            find_running(name)
        assert "one, two" in refused.value.remedy


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    path = write_running(channel("../../escape/..x y"))
    assert path.parent == tmp_path / "livestream" / "running"
    assert find_running().name == "../../escape/..x y"
