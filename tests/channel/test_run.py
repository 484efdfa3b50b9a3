from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from livestream.channel import run as running
from livestream.channel.preparing import Readiness
from livestream.channel.run import check, fresh_paths
from livestream.channel.supervisor import Files, RunFolder, _specs
from livestream.console.tokens import new_ticket
from livestream.errors import CatalogueError, MachineError, UsageError
from livestream.settings import ChannelSettings, CommentSource, make_channel

GOOD = "title,price,currency\nOak Lamp,49.99,USD\nCures cancer,5,USD\n"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(GOOD)

    def make(*destinations: dict[str, object], **fields: object) -> ChannelSettings:
        return make_channel({"catalogue": "list.csv", "destinations": list(destinations), **fields}, where="test")

    return make


def test_one_product_that_may_be_shown_is_enough(settings, tmp_path):
    catalogue = check(settings({"to": "new/folder/show.mp4"}, {"to": "whep"}))
    assert [product.title for product in catalogue.products] == ["Oak Lamp", "Cures cancer"]
    assert (tmp_path / "new/folder").is_dir()
    assert list((tmp_path / "new/folder").iterdir()) == []


def test_a_disk_with_little_room_is_not_recorded_to(settings, monkeypatch):
    monkeypatch.setattr(running, "FREE_BYTES", 1 << 60)
    with pytest.raises(MachineError, match="MB are free") as caught:
        check(settings({"to": "show.mp4"}))
    assert caught.value.remedy
    check(settings({"to": "whep"}))


def test_a_list_without_products_is_told_before_anything_starts(settings, tmp_path):
    (tmp_path / "list.csv").write_text("title,price\n")
    with pytest.raises(CatalogueError, match="no product"):
        check(settings())


def test_recordings_are_numbered_past_files_and_logs_that_are_there(settings, tmp_path):
    (tmp_path / "a.mp4").touch()
    (tmp_path / "a-2.as-run.jsonl").touch()
    fresh, as_run = fresh_paths(settings({"to": "a.mp4"}, {"to": "b.mp4"}, {"to": "whep"}))
    assert [entry.to for entry in fresh.destinations] == ["a-3.mp4", "b.mp4", "whep"]
    assert as_run == Path("a-3.as-run.jsonl")


def test_without_a_recording_the_log_has_a_folder_of_its_own(settings, tmp_path):
    _, as_run = fresh_paths(settings({"to": "whep"}, name="my shop"))
    assert as_run.parent == Path("on-air")
    assert as_run.name.startswith("my shop-")
    assert (tmp_path / "on-air").is_dir()


def test_a_folder_for_the_log_that_cannot_be_made_is_told(settings, tmp_path):
    (tmp_path / "on-air").touch()
    with pytest.raises(MachineError, match="cannot be made") as caught:
        fresh_paths(settings({"to": "whep"}))
    assert "--to show.mp4" in caught.value.remedy


@pytest.mark.parametrize("content", [None, ""])
def test_a_key_file_must_hold_something(settings, tmp_path, content):
    if content is not None:
        (tmp_path / "key").write_text(content)
    with pytest.raises(UsageError, match="key file"):
        check(settings({"to": "rtmp://a.example/app", "key_file": "key"}))
    (tmp_path / "key").write_text("S3KRET")
    check(settings({"to": "rtmp://a.example/app", "key_file": "key"}))


def test_the_run_folder_is_private_and_gone_afterwards():
    with RunFolder() as folder:
        assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
        path, fd = folder.listen("air.sock")
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(str(path))
        port, web = folder.listen_web("127.0.0.1", 0)
        with socket.fromfd(web, socket.AF_INET, socket.SOCK_STREAM) as same:
            assert same.getsockname() == ("127.0.0.1", port)
        assert fd != web
    assert not folder.path.exists()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_port_that_is_taken_is_named_with_the_remedy():
    with socket.create_server(("127.0.0.1", 0)) as other, RunFolder() as folder:
        port = other.getsockname()[1]
        with pytest.raises(MachineError, match=f"port {port} cannot be opened") as caught:
            folder.listen_web("127.0.0.1", port)
        assert "--port N" in caught.value.remedy


def test_each_output_has_a_name_of_its_own_and_only_its_own_key(settings, monkeypatch):
    monkeypatch.setenv("KEY_ONE", "S3KRET-1")
    channel = settings(
        {"to": "rtmp://a.example/one", "key_env": "KEY_ONE"},
        {"to": "rtmp://a.example/two"},
        {"to": "x/show.mp4"},
        {"to": "y/show.mp4"},
    )
    with RunFolder() as folder:
        specs = _specs(channel, folder, 0.0, Files(Path("log"), Path("journal"), Path("store")), 0, new_ticket(0.0))
    outputs = {spec.name: spec for spec in specs if spec.name.startswith("egress")}
    assert list(outputs) == ["egress a.example", "egress a.example 2", "egress show.mp4", "egress show.mp4 2"]
    assert [spec.name for spec in specs if "S3KRET-1" in spec.environment.values()] == ["egress a.example"]
    assert not any("S3KRET" in str(spec.start) for spec in specs)


def test_in_assist_mode_nothing_is_published_and_nobody_is_drawn(settings, monkeypatch):
    monkeypatch.setattr(running, "load_presenter_pack", lambda *_, **__: pytest.fail("a presenter was drawn"))
    asked = settings({"to": "rtmp://push.tiktokcdn.com/game"}, {"to": "show.mp4"}, mode="assist", presenter="nobody")
    chats = tuple(CommentSource.model_validate({"from": each, "reply": True}) for each in ("twitch:me", "ws"))
    allowed = running.permitted(asked.model_copy(update={"comments": chats}))
    assert [(entry.origin, entry.reply) for entry in allowed.comments] == [("twitch:me", False), ("ws", False)]
    assert [entry.to for entry in allowed.destinations] == ["whep"]
    check(allowed)
    running.draw_presenter(allowed, lambda _: None)
    with pytest.raises(UsageError, match="TikTok Shop US does not allow"):
        running.permitted(settings({"to": "rtmp://push.tiktokcdn.com/game"}))


def test_nothing_goes_on_air_mute_or_in_a_voice_that_is_not_prepared(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))  # no espeak-ng
    monkeypatch.setenv("LIVESTREAM_DATA", str(tmp_path))
    (tmp_path / "voices/de-DE").mkdir(parents=True)
    rest = "[rate]\nper_sentence = 0.1\nper_letter = 0.05\n"
    (tmp_path / "voices/de-DE/voice.toml").write_text(f'engines = ["espeak-ng"]\n{rest}')
    for preview in (False, True):
        with pytest.raises(MachineError, match="none of its engines is installed") as error:
            running.permitted(settings(locale="de-DE", preview_voice=preview))
        assert "apt install espeak-ng" in error.value.remedy
    running.permitted(settings(locale="de-DE", mode="assist"))
    asked = []
    monkeypatch.setattr(running, "require_show_quality", lambda tag, ready: asked.append(ready))
    for ahead in (None, Readiness("slow", "quick", 0, 0), Readiness("slow", "quick", 4, 3)):
        monkeypatch.setattr(running, "readiness", lambda _, ahead=ahead: ahead)
        running.permitted(settings())
    assert asked == [1.0, 0.0, 0.75]
