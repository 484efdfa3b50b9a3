from __future__ import annotations

import errno
import tempfile

import pytest

from livestream.channel.outputs import check_output
from livestream.errors import MachineError, UsageError


def test_nothing_is_left_behind_and_nothing_touched(tmp_path):
    old = tmp_path / "old.mp4"
    old.write_bytes(b"kept")
    for path in (old, tmp_path / "new.mp4"):
        check_output(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["old.mp4"]
    assert old.read_bytes() == b"kept"


def test_what_is_no_place_for_a_file(tmp_path):
    with pytest.raises(UsageError, match="this is a folder"):
        check_output(tmp_path)
    with pytest.raises(UsageError, match="folder does not exist") as caught:
        check_output(tmp_path / "none" / "x.mp4")
    assert caught.value.where == str(tmp_path / "none")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_takes_nothing(tmp_path, monkeypatch, code):
    def refuse(**_: object) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(MachineError, match="nothing can be written") as caught:
        check_output(tmp_path / "x.mp4")
    assert caught.value.where == str(tmp_path)
    assert caught.value.remedy
