import sys
from collections.abc import Callable

import pytest
from cli_ended import GOOD, KEPT, Ended

from livestream.cli.main import main


@pytest.fixture
def livestream(tmp_path, monkeypatch, capfd) -> Callable[..., Ended]:
    """Run a command as a user does, in a folder with a good list and a film of yesterday's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "old.mp4").write_bytes(KEPT)

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["livestream", *arguments])
        capfd.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        said = capfd.readouterr()
        assert isinstance(code, int)
        return Ended(code, said.out, said.err)

    return run
