"""`livestream prepare` hands the channel's settings on and tells what came of it."""

import json

import pytest
from typer.testing import CliRunner

from livestream.channel import preparing
from livestream.channel.preparing import Prepared
from livestream.cli.main import app


@pytest.fixture
def asked(monkeypatch):
    """What `prepare` was asked; it speaks nothing, and this process stays as polite as it is."""
    calls = []

    async def prepare(settings, *, loops, progress):
        calls.append((settings, loops))
        progress(1.0)
        return Prepared(settings.locale, "kokoro", loops, 120, 118, 40, 395.4)

    monkeypatch.setattr(preparing, "prepare", prepare)
    monkeypatch.setattr("os.nice", lambda _: 0)
    return calls


def run(*words):
    return CliRunner().invoke(app, ["prepare", *map(str, words)])


def test_a_list_is_prepared_as_it_would_be_sold(asked, tmp_path):
    done = run(tmp_path / "list.csv", "--locale", "pt-BR", "--loops", "5", "--duration", "10m", "--seed", "7")
    ((settings, loops),) = asked
    assert (settings.locale, settings.duration, settings.seed, loops) == ("pt-BR", 600, 7, 5)
    assert "118 of 120 lines are ready in pt-BR by kokoro, 6:35 of speech; 40 of them are new" in " ".join(
        done.output.split()
    )


def test_a_channel_file_says_it_all(asked, tmp_path):
    channel = tmp_path / "channel.toml"
    channel.write_text('catalogue = "list.csv"\nlocale = "pt-BR"\nloop_minutes = 8\n')
    done = run(channel, "--json")
    ((settings, loops),) = asked
    assert (settings.locale, settings.loop_minutes, loops) == ("pt-BR", 8, 3)
    assert json.loads(done.stdout)["made"] == 40
