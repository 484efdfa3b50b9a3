"""The road end to end, as a user starts it: real processes, a real ingest server, a real browser."""

import os
import threading
from pathlib import Path

import pytest

from livestream.audit import AuditLog, audit_path, verify, verify_against
from livestream.errors import AuditError
from livestream.playout.asrun import aired, read_as_run
from livestream.testing import ManualClock
from livestream.testing.channel import OnAir
from livestream.testing.judge import decode_errors, look
from livestream.testing.rtmp_server import RtmpServer
from livestream.testing.whep_viewer import Watcher, chromium

pytestmark = [pytest.mark.timeout(180), pytest.mark.needs("ffmpeg")]

SAMPLE = "assets/catalogue/sample.csv"
KEY = "sk-stream-key-4711"
ORCHESTRATOR, AIR = "livestream.channel.orchestrator", "livestream.channel.air"


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "nginx"
    folder.mkdir()
    with RtmpServer(folder) as running:
        yield running


def assert_proven(as_run):
    """The log names rules, approver and sound of each line, and the audit log holds its end."""
    records = aired(read_as_run(as_run))
    assert records
    for record in records:
        assert record.rules.startswith("en-US ")
        assert record.approver == "playbook"
        assert len(record.audio) == 64
    entries = AuditLog(audit_path(), ManualClock()).entries()
    mine = [entry.kind for entry in entries if entry.body.get("file") == str(as_run)]
    assert mine == ["as_run_opened", "as_run_closed"]
    verify_against(verify(as_run), entries)
    as_run.write_bytes(b"".join(as_run.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(AuditError, match="gone or another"):
        verify_against(verify(as_run), entries)


def lines_of(summary):
    return aired(read_as_run(Path(summary["as_run"])))


@pytest.mark.needs("nginx-rtmp")
def test_an_ingest_that_goes_away_gets_the_stream_back_and_nobody_else_notices(tmp_path, server, pytestconfig):
    key_file = tmp_path / "key.txt"
    key_file.write_text(KEY + "\n")
    recording = tmp_path / "show.mp4"
    with OnAir(
        SAMPLE,
        "--to",
        server.url,
        "--key-file",
        key_file,
        "--to",
        recording,
        "--duration",
        "60",
        "--json",
        cwd=pytestconfig.rootpath,
    ) as channel:
        channel.wait_for(lambda: server.recordings and server.recordings[0].stat().st_size > 100_000, 60)
        channel.wait_for(lambda: recording.exists() and recording.stat().st_size > 2_000_000, 60)
        server.kill()
        before = set(server.recordings)
        threading.Event().wait(5)
        server.start()
        channel.wait_for(lambda: set(server.recordings) - before, 3)
        assert channel.wait(80) == 0, channel.errors
        summary = channel.summary()
    server.stop()
    first, *later = server.recordings
    assert later, "it publishes again"
    for path in later:
        assert decode_errors(path) == ""
        seen = look(path)
        assert not seen.gaps
        assert seen.keys[0] == seen.first, "it begins on a key frame"
    assert look(recording).gaps == (), "the other output lost no frame"
    assert decode_errors(recording) == ""
    assert look(recording).seconds == pytest.approx(60, abs=3)
    assert summary["dead_air_seconds"] == 0
    assert look(later[-1]).first > look(first).last or look(later[-1]).first >= 0
    everything = "".join(channel.output + channel.errors) + str(summary)
    assert KEY not in everything


@pytest.mark.needs("nginx-rtmp")
def test_killing_orchestrator_and_air_does_not_take_the_stream_off_air(tmp_path, server, pytestconfig):
    recording = tmp_path / "show.mp4"
    with OnAir(
        SAMPLE,
        "--to",
        server.url,
        "--key-env",
        "KEY",
        "--to",
        recording,
        "--duration",
        "70",
        "--json",
        cwd=pytestconfig.rootpath,
        KEY=KEY,
    ) as channel:
        as_run = recording.with_suffix(".as-run.jsonl")
        said = lambda: len(aired(read_as_run(as_run))) if as_run.exists() else 0  # noqa: E731
        channel.wait_for(lambda: said() >= 1, 30)
        for _ in range(5):
            count = said()
            killed = channel.kill(ORCHESTRATOR)
            channel.wait_for(lambda gone=killed: set(channel.pids(ORCHESTRATOR)) - {gone})
            channel.wait_for(lambda before=count: said() > before, 30)
        orchestrated = look(recording)
        channel.kill(AIR)
        assert channel.wait(100) == 0, channel.errors
        summary = channel.summary()
    assert not orchestrated.gaps
    assert orchestrated.black == 0
    assert orchestrated.longest_freeze < 2
    assert summary["restarts"]["orchestrator"] == 5
    seen = look(recording)
    assert len(seen.gaps) == 1
    assert seen.gaps[0][1] <= 1.5, "air was back within 1.5 s"
    said_whole = [entry.seq for entry in lines_of(summary) if entry.complete]
    assert said_whole == list(range(len(said_whole))), "nothing twice, nothing left out"


def test_ctrl_c_goes_off_air_politely_and_leaves_nothing_behind(tmp_path, pytestconfig):
    recording = tmp_path / "show.mp4"
    with OnAir(SAMPLE, "--to", recording, "--to", "whep", "--json", cwd=pytestconfig.rootpath) as channel:
        as_run = recording.with_suffix(".as-run.jsonl")
        channel.wait_for(lambda: as_run.exists() and as_run.stat().st_size > 0, 60)
        pids = [use.pid for use in channel.processes()]
        assert len(pids) >= 6
        assert channel.end() == 0
        summary = channel.summary()
    assert not [pid for pid in pids if os.path.exists(f"/proc/{pid}")], "no process is left"  # noqa: PTH110
    assert decode_errors(recording) == ""
    assert summary["files"] == [str(recording)]
    assert_proven(Path(summary["as_run"]))


@pytest.mark.needs("chromium")
async def test_a_browser_plays_the_channel_in_step(pytestconfig):
    with OnAir(SAMPLE, "--to", "whep", "--duration", "60", cwd=pytestconfig.rootpath) as channel:
        channel.wait_for(lambda: channel.link)
        channel.wait_for(lambda: "web publishing" in "".join(channel.errors), 60)
        async with chromium() as browser:
            watcher = await Watcher.open(browser, channel.link)
            seen = await watcher.watch(20)
            await watcher.page.wait_for_selector("#state[data-state=on_air]")
        assert channel.end() == 0, channel.errors
    assert seen.first_picture <= 1000
    assert seen.best_fps(10) >= 24
    assert abs(seen.settled_playout(after=12)) <= 60
