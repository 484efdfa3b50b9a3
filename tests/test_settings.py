from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from livestream.errors import UsageError
from livestream.settings import ChannelSettings, Destination, check_ingest_url, load_channel, make_channel, override


def channel(**fields: object) -> ChannelSettings:
    return make_channel({"catalogue": "list.csv", **fields}, where="test")


def test_relative_paths_are_taken_from_the_files_own_folder(tmp_path):
    path = tmp_path / "shop" / "channel.toml"
    path.parent.mkdir()
    path.write_text(
        "catalogue = 'list.csv'\nbed = '/music/bed.mp3'\n"
        "[[destinations]]\nto = 'out/show.mp4'\n"
        "[[destinations]]\nto = 'rtmp://a.example/app'\nkey_file = 'key.txt'\n"
        "[[destinations]]\nto = 'whep'\n"
    )
    settings = load_channel(path)
    assert settings.catalogue == path.parent / "list.csv"
    assert settings.bed == Path("/music/bed.mp3")
    recording, ingest, web = settings.destinations
    assert recording.to == str(path.parent / "out" / "show.mp4")
    assert (ingest.to, ingest.key_file) == ("rtmp://a.example/app", path.parent / "key.txt")
    assert web.to == "whep"


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    path = tmp_path / "channel.toml"
    path.write_text("catalogue = 'list.csv'\nseed = 1\n[web]\nport = 1000\n")
    monkeypatch.setenv("LIVESTREAM_CHANNEL_SEED", "7")
    monkeypatch.setenv("LIVESTREAM_CHANNEL_WEB__PORT", "2000")
    settings = load_channel(path)
    assert (settings.seed, settings.web.port) == (7, 2000)
    monkeypatch.setenv("LIVESTREAM_CHANNEL_SEED", "many")
    with pytest.raises(UsageError, match="a whole number is wanted"):
        load_channel(path)


def test_the_command_line_wins_over_both_and_is_checked():
    settings = channel(seed=3, web={"host": "localhost", "port": 5})
    changed = override(settings, {"seed": 4, "bed": None, "web": {"port": 6}}, where="command line")
    assert (changed.seed, changed.bed, changed.web.host, changed.web.port) == (4, None, "localhost", 6)
    with pytest.raises(UsageError, match="too large") as caught:
        override(settings, {"web": {"port": 65536}}, where="command line")
    assert caught.value.where == "command line, web.port"


def test_what_init_writes_can_be_read(tmp_path):
    command = [sys.executable, "-m", "livestream.cli.main", "init", "channel.toml", "--catalogue", 'my "best" list.csv']
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    settings = load_channel(tmp_path / "channel.toml")
    assert settings.catalogue == tmp_path / 'my "best" list.csv'
    assert [destination.kind for destination in settings.destinations] == ["whep", "file"]
    assert set(ChannelSettings.model_fields) >= {"catalogue", "locale", "seed"}


@pytest.mark.parametrize(
    ("fields", "kind", "label"),
    [
        ({"to": "whep"}, "whep", "web"),
        ({"to": "a/show.mp4"}, "file", "show.mp4"),
        ({"to": "rtmp://a.example/app"}, "rtmp", "a.example"),
        ({"to": "rtmps://a.example:443/app", "name": "shop"}, "rtmp", "shop"),
    ],
)
def test_a_destination_tells_its_kind_and_name(fields, kind, label):
    destination = Destination(**fields)
    assert (destination.kind, destination.label) == (kind, label)


@pytest.mark.parametrize("url", ["rtmp://a.example/app", "rtmps://a.example:443/app/", "rtmp://127.0.0.1:1935/live2"])
def test_a_clean_ingest_address(url):
    check_ingest_url(url)


@pytest.mark.parametrize(
    ("fields", "message", "remedy"),
    [
        ({"currency": "dollars"}, "cannot stand here", "ISO 4217"),
        ({"locale": 3}, "a text is wanted", "init"),
        ({"freshness": {"every": 3_600, "price": 60}}, "less often", "Make `every` smaller"),
        ({"seed": -1}, "too small", "at least 0"),
        ({"bitrate": 10**9}, "too large", "at most 12000000"),
        ({"loop_minutes": "long"}, "a number is wanted", "init"),
        ({"lokale": "en-US"}, "no such field", "Did you mean locale?"),
        ({"web": {"prot": 3}}, "no such field", "Did you mean port?"),
        ({"destinations": [{"to": "whep", "key": "x"}]}, "no such field", "key_"),
        ({"destinations": [{"to": "whep", "key_env": "KEY"}]}, "only an RTMP destination has a key", "Drop"),
        (
            {"destinations": [{"to": "rtmp://h/app", "key_env": "K", "key_file": "f"}]},
            "in a file or in an environment variable",
            "one of",
        ),
        ({"destinations": [{"to": "rtmp://h/app", "key_env": "my key"}]}, "cannot stand here", "MY_STREAM_KEY"),
        ({"destinations": [{"to": "whep"}] * 2}, "two destinations are the same", "Remove"),
        ({"destinations": [{"to": f"{n}.mp4"} for n in range(9)]}, "at most 8", "init"),
    ],
)
def test_what_is_refused_is_told_without_its_value(fields, message, remedy):
    with pytest.raises(UsageError, match=message) as caught:
        channel(**fields)
    assert remedy in caught.value.remedy
    assert caught.value.where.startswith("test, ")
    assert "dollars" not in str(caught.value)
    assert "my key" not in str(caught.value)


def test_a_currency_may_be_written_small():
    assert channel(currency="usd").currency == "USD"


@pytest.mark.parametrize(
    ("web", "said"),
    [
        ({"host": "0.0.0.0"}, "this machine only"),
        ({"host": "192.168.1.7"}, "this machine only"),
        ({"host": "127.0.0.2"}, "this machine only"),
        ({"names": ["studio.example.com"]}, "this machine only"),
        ({"host": "0.0.0.0", "behind_proxy": True}, "must know its names"),
        ({"behind_proxy": True, "names": ["https://studio.example.com"]}, "no host name"),
        ({"behind_proxy": True, "names": ["*"]}, "no host name"),
    ],
)
def test_the_web_port_is_served_to_others_only_behind_a_proxy(web, said):
    with pytest.raises(UsageError, match=said):
        make_channel({"catalogue": "lamps.csv", "web": web}, where="test")


def test_behind_a_proxy_the_web_port_has_public_names():
    settings = make_channel(
        {"catalogue": "lamps.csv", "web": {"host": "::", "behind_proxy": True, "names": ["Studio.example.com:8443"]}},
        where="test",
    )
    assert settings.web.names == ("studio.example.com:8443",)
