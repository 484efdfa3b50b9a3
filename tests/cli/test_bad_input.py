"""What happens when a merchant gives the commands something wrong: a sentence, a place, a remedy, and nothing lost."""

from __future__ import annotations

import importlib
import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from cli_ended import KEPT, bomb, files, is_a_sentence

from livestream.errors import APT_LINE

INJECTED = (
    "title,price,currency,description\n"
    '"Lamp {{ 7*191 }} {% raw %}<script>alert(1)</script>",4,USD,'
    '"An oak lamp {{ 7*191 }} <img src=x onerror=alert(1)>. It holds {% for x in y %} light."\n'
    "Oak Cup,5,USD,Holds tea.\n"
)


@pytest.mark.parametrize("form", ["table", "json", "md", "html", "vtt", "srt"])
def test_no_preview_runs_what_a_list_says(livestream, tmp_path, monkeypatch, form):
    from livestream.channel import preview as room
    from livestream.cli import preview as command

    def planned(products, audience, seed, seconds, playbook, *, quiet):
        return room.planned(products, locale=audience, seed=seed, target=seconds, playbook=playbook)

    monkeypatch.setattr(command, "_spoken", planned)  # the page without its sound: words are what matters here
    (tmp_path / "list.csv").write_text(INJECTED)
    ended = livestream("preview", "list.csv", "--duration", "90s", "--format", form, "--output", "shown")
    assert ended.code == 0, ended.err
    shown = (tmp_path / "shown").read_text()
    assert "Oak Cup" in shown
    assert not re.search(r"1,?337|thousand three hundred", shown)
    if form == "html":
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert shown.count("<script") == shown.count("<script nonce=")
    if form == "vtt":
        assert "<script" not in shown


COMMANDS: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "missing-file": ("check none.csv", 3, ("no such file", "none.csv", "Check the path")),
    "folder": ("check folder", 3, ("this is a folder", "Name the CSV")),
    "duration-abc": ("preview good.csv --duration abc", 2, ("'abc' is not a length", "10m")),
    "duration-zero": ("preview good.csv --duration 0", 2, ("'0' is not a length",)),
    "duration-negative": ("render good.csv -o old.mp4 --duration=-5", 2, ("'-5' is not a length",)),
    "duration-huge": ("preview good.csv --duration 99999999999h", 2, ("too long", "4:00:00 or less")),
    "duration-huge-on-air": ("run good.csv --duration 99999h", 2, ("too large", "duration", "at most 2592000")),
    "duration-too-short": ("preview good.csv --duration 5", 3, ("5 s is too short", "ask for that or more")),
    "locale-unknown": ("preview good.csv --locale tlh", 2, ("'tlh' is not a locale", "en-US")),
    "locale-without-market": ("preview good.csv --locale en", 2, ("names no market", "en-US")),
    "locale-without-playbook": ("run good.csv --locale nl-NL", 2, ("nl-NL", "en-US")),
    "currency-unknown": ("preview good.csv --currency BUCKS", 2, ("BUCKS", "ISO 4217")),
    "currency-unknown-on-air": ("run good.csv --currency QQQ", 2, ("QQQ", "ISO 4217")),
    "output-in-no-folder": ("preview good.csv --output none/x.md", 2, ("folder does not exist", "none", "Create it")),
    "output-is-a-folder": ("preview good.csv --format md --output folder", 2, ("this is a folder", "Name a file")),
    "audio-in-no-folder": ("preview good.csv --audio none/x.wav", 2, ("folder does not exist", "Create it")),
    "render-not-mp4": ("render good.csv -o show.mov", 2, (".mp4", "show.mov", "--output")),
    "render-onto-a-folder": ("render good.csv -o film.mp4", 2, ("this is a folder", "film.mp4")),
    "render-in-no-folder": ("render good.csv -o none/x.mp4", 2, ("folder does not exist", "Create it")),
    "render-bed-missing": ("render good.csv -o old.mp4 --bed none.mp3", 2, ("bed cannot be read", "none.mp3", "MP3")),
    "render-bed-no-sound": ("render good.csv -o old.mp4 --bed good.csv", 2, ("bed cannot be read", "MP3")),
    "run-bed-missing": ("run good.csv --to old.mp4 --bed none.mp3", 2, ("bed cannot be read", "none.mp3", "MP3")),
    "run-bed-no-sound": ("run good.csv --to old.mp4 --bed good.csv", 2, ("bed cannot be read", "MP3")),
    "run-not-mp4": ("run good.csv --to show.mov", 2, (".mp4", "show.mov", "--to out.mp4")),
    "run-onto-a-folder": ("run good.csv --to film.mp4", 2, ("this is a folder", "film.mp4")),
    "run-under-a-file": ("run good.csv --to good.csv/x.mp4", 4, ("cannot be made", "good.csv", "Choose a folder")),
    "duration-and-until": ("run good.csv --duration 5 --until 23:00", 2, ("exclude each other", "one of them")),
    "until-past": ("run good.csv --until 2020-01-01T10:00", 2, ("has passed", "still to come")),
    "until-nonsense": ("run good.csv --until soon", 2, ("'soon' is not a time", "23:30")),
    "port-out-of-range": ("run good.csv --port 99999", 2, ("too large", "web.port", "at most 65535")),
    "port-negative": ("run good.csv --port=-1", 2, ("too small", "web.port", "at least 0")),
    "url-without-app": ("run good.csv --to rtmp://example.com", 2, ("no application", "rtmp://host/app")),
    "url-ftp": ("run good.csv --to ftp://example.com/x", 2, ("no destination", "rtmp://host/app")),
    "url-bad-port": ("run good.csv --to rtmp://example.com:x/app", 2, ("no valid host or port",)),
    "url-bad-host": ("run good.csv --to rtmp://[x/app", 2, ("no valid host or port",)),
    "url-empty": ("run good.csv --to=", 2, ("empty", "destinations")),
    "key-file-missing": ("run good.csv --to rtmp://127.0.0.1/app --key-file none", 2, ("key file", "none", "alone")),
    "key-file-empty": ("run good.csv --to rtmp://127.0.0.1/app --key-file empty", 2, ("is empty", "alone")),
    "key-env-unset": ("run good.csv --to rtmp://127.0.0.1/app --key-env NO_KEY", 2, ("NO_KEY is not set", "Export")),
    "key-for-no-one": ("run good.csv --to old.mp4 --key-file empty", 2, ("0 of the destinations", "channel file")),
    "same-destination": ("run good.csv --to new.mp4 --to ./new.mp4", 2, ("two destinations", "Remove")),
    "channel-missing": ("run none.toml", 2, ("does not exist", "none.toml", "livestream init")),
    "clip-without-log": ("clip old.mp4", 2, ("old.mp4", "Name an MP4")),
    "clip-of-nothing": ("clip none.mp4", 2, ("no such recording", "none.mp4")),
    "init-over-a-file": ("init good.csv", 2, ("there already", "--force")),
    "init-in-no-folder": ("init none/x.toml", 4, ("cannot be written", "Choose a folder")),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_cannot_work_says_why_and_leaves_everything_as_it_was(livestream, tmp_path, name):
    command, code, words = COMMANDS[name]
    (tmp_path / "folder").mkdir()
    (tmp_path / "film.mp4").mkdir()
    (tmp_path / "empty").touch()
    before = files(tmp_path)
    is_a_sentence(livestream(*command.split(" ")), code, *words)
    assert files(tmp_path) == before


CHANNELS: dict[str, tuple[str | bytes, int, tuple[str, ...]]] = {
    "not-toml": ("not toml [", 2, ("not TOML", "line 1", "livestream init")),
    "not-text": (b"\xff\xfe\0", 2, ("not UTF-8", "livestream init")),
    "empty": ("", 2, ("catalogue", "required", "livestream init")),
    "misspelt": ("catalogue = 'good.csv'\ncurency = 'USD'", 2, ("no such field", "curency", "Did you mean currency?")),
    "wrong-type": ("catalogue = 3", 2, ("catalogue", "a file's name is wanted")),
    "wrong-table": ("catalogue = 'good.csv'\nweb = 8080", 2, ("web", "a table is wanted")),
    "wrong-list": ("catalogue = 'good.csv'\ndestinations = 'whep'", 2, ("destinations", "a list is wanted")),
    "nan": ("catalogue = 'good.csv'\nduration = nan", 2, ("duration", "Write")),
    "presenter": ("catalogue = 'good.csv'\npresenter = 'nobody'", 6, ("no presenter nobody", "There are: mira")),
    "presenter-path": ("catalogue = 'good.csv'\npresenter = '../x'", 2, ("presenter", "Use letters")),
    "scene": ("catalogue = 'good.csv'\nscene = 'nowhere'", 2, ("scenes/nowhere", "There are: studio")),
    "same": (
        "catalogue = 'good.csv'\n[[destinations]]\nto = 'a.mp4'\n[[destinations]]\nto = './a.mp4'",
        2,
        ("two destinations", "Remove"),
    ),
    "no-list": ("catalogue = 'none.csv'", 3, ("no such file", "none.csv", "Check the path")),
    "refused-titles": ("catalogue = 'refused.csv'", 3, ("standards refuse", "refused.csv", "without the claim")),
}


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_file_that_is_wrong(livestream, tmp_path, name):
    content, code, words = CHANNELS[name]
    (tmp_path / "refused.csv").write_text("title,price,currency\nCures cancer,4,USD\n")
    (tmp_path / "channel.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    before = files(tmp_path)
    is_a_sentence(livestream("run", "channel.toml"), code, *words)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "address",
    [
        "rtmp://a.example/app/S3KRET",
        "rtmps://a.example:443/app?streamkey=S3KRET",
        "rtmp://user:S3KRET@a.example/app",
        "rtmp://a.example/app#S3KRET",
        "rtmp://a.example:S3KRET/app",
        "rtmp://[S3KRET/app",
        "http://a.example/S3KRET",
    ],
)
@pytest.mark.parametrize("door", ["argument", "channel", "misplaced"])
def test_a_key_is_refused_and_never_repeated(livestream, tmp_path, address, door):
    channel = tmp_path / "channel.toml"
    match door:
        case "argument":
            ended = livestream("run", "good.csv", "--to", address)
        case "channel":
            channel.write_text(f"catalogue = 'good.csv'\n[[destinations]]\nto = '{address}'\n")
            ended = livestream("run", "channel.toml")
        case _:
            channel.write_text(f"catalogue = 'good.csv'\n[[destinations]]\nto = 'whep'\nkey = '{address}'\n")
            ended = livestream("run", "channel.toml")
    is_a_sentence(ended, 2)
    assert "S3KRET" not in ended.err
    if "example/app" in address and door != "misplaced":
        assert "--key-file F" in ended.err


def test_a_port_that_is_taken(livestream, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        before = files(tmp_path)
        is_a_sentence(livestream("run", "good.csv", "--port", str(port), "--to", "new.mp4"), 4, str(port), "--port N")
        assert files(tmp_path) == before


@pytest.mark.parametrize("command", ["preview good.csv", "render good.csv -o old.mp4", "run good.csv --to old.mp4"])
def test_a_cache_that_cannot_be_written(livestream, tmp_path, monkeypatch, command):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "good.csv"))
    before = files(tmp_path)
    is_a_sentence(livestream(*command.split()), 4, "cache folder", "Set XDG_CACHE_HOME")
    assert files(tmp_path) == before


def test_a_system_library_that_is_missing(livestream, tmp_path, monkeypatch):
    def fail(name: str) -> object:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory", name=name)

    from livestream.programme import graphics

    graphics.skia.cache_clear()
    monkeypatch.setattr(graphics, "import_module", fail)
    monkeypatch.setattr("livestream.channel.render.asyncio.run", lambda work: (work.close(), graphics.skia())[1])
    is_a_sentence(livestream("render", "good.csv", "-o", "old.mp4"), 4, "libEGL.so.1", APT_LINE)
    graphics.skia.cache_clear()
    assert (tmp_path / "old.mp4").read_bytes() == KEPT


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("libEGL.so.1: cannot open shared object file"), ("libEGL.so.1", APT_LINE)),
        (ModuleNotFoundError("No module named 'skia'", name="skia"), ("the package skia is not installed", "Install")),
    ],
)
def test_a_library_that_fails_to_load_anywhere_is_no_traceback(livestream, monkeypatch, error, words):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(importlib.import_module("livestream.catalogue"), "read_catalogue", fail)
    is_a_sentence(livestream("check", "good.csv"), 4, *words)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of a user's shell."""
    line = command.replace("livestream ", f"{sys.executable} -m livestream.cli.main ")
    return subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_a_reader_that_has_seen_enough(tmp_path):
    rows = "".join(f"Lamp no {n},4,{'word ' * 20}\n" for n in range(1500))
    (tmp_path / "long.csv").write_text("title,price,description\n" + rows)
    ended = shell('livestream check long.csv --json | head -1; echo "${PIPESTATUS[0]}"', tmp_path)
    assert ended.stdout.splitlines()[0] == "{"
    assert "Traceback" not in ended.stderr
    assert ended.stderr == ""


@pytest.mark.needs("root")
def test_a_disk_that_is_full(livestream, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(full)], check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        (full / "old.md").write_bytes(KEPT)
        (full / "filler").write_bytes(bytes(48 * 1024))
        before = files(full)
        long = ("preview", "good.csv", "--duration", "10m", "--format", "json", "--output", "full/old.md")
        is_a_sentence(livestream(*long), 4, "No space left", "full/old.md", "Choose a folder")
        is_a_sentence(livestream("run", "good.csv", "--to", "full/new.mp4"), 4, "MB are free", "full", "Free some disk")
        assert files(full) == before
    finally:
        subprocess.run(["umount", str(full)], check=True)


def test_yesterdays_recording_is_never_overwritten(tmp_path):
    from livestream.channel.run import fresh_paths
    from livestream.settings import make_channel

    old = tmp_path / "old.mp4"
    old.write_bytes(KEPT)
    settings = make_channel({"catalogue": "good.csv", "destinations": [{"to": str(old)}]}, where="test")
    fresh, as_run = fresh_paths(settings)
    assert fresh.destinations[0].to == str(tmp_path / "old-2.mp4")
    assert as_run == tmp_path / "old-2.as-run.jsonl"
    assert files(tmp_path) == {"old.mp4": KEPT}


def test_a_list_without_currency_goes_on_air_with_a_note_and_no_price(livestream, tmp_path, monkeypatch):
    from livestream.channel import run as channel

    (tmp_path / "list.csv").write_text("title,price\nOak Lamp,49.99\n")

    def on_air(settings, *, announce, on_change):
        announce("http://127.0.0.1:1/", settings, channel.check(settings))
        raise KeyboardInterrupt

    monkeypatch.setattr(channel, "on_air", on_air)
    ended = livestream("run", "list.csv", "--to", "[red]new.mp4")
    assert ended.code == 130
    assert "Currency unknown" in ended.err
    assert "--currency" in ended.err
    assert "[red]new.mp4" in ended.out
    assert "unknown" not in livestream("run", "list.csv", "--to", "new.mp4", "--currency", "usd").err


@pytest.mark.timeout(180)
def test_an_ugly_list_is_rendered_all_the_same(tmp_path):
    (tmp_path / "bomb.png").write_bytes(bomb())
    (tmp_path / "list.csv").write_text(
        "title,price,stock,currency,image,description\n"
        'Lamp {{ 7*191 }} \u202e[/red],4,-3,USD,bomb.png,"Made of oak {% raw %}{{ 7*191 }}."\n'
        "Tea Cup,free,many,USD,none.png,Holds tea.\n"
        "Cures cancer,5,1,USD,,\n"
    )
    (tmp_path / "show.mp4").write_bytes(KEPT)
    ended = shell("livestream render list.csv --output show.mp4 --duration 20 --json", tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    made = json.loads(ended.stdout)
    assert set(files(tmp_path)) == {"bomb.png", "list.csv", "show.mp4", "show.vtt", "show.as-run.jsonl"}
    said = (tmp_path / "show.vtt").read_text()
    assert "Lamp" in said
    assert "Cures cancer" not in said
    assert "cures-cancer" in made["left_out"]
    assert not re.search(r"1,?337|\u202e|\{\{|%\}", said)
