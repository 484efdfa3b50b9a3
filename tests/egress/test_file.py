import errno
import os
import resource
import shutil
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import judge
import pytest
from playwright.sync_api import sync_playwright

from livestream.disclosure import SOURCE_TYPE, TAGS
from livestream.egress import file as recording
from livestream.egress.file import FileWriter, trim_fragments
from livestream.egress.flv import metadata
from livestream.errors import EgressError, MachineError, UsageError
from livestream.media import Packet
from livestream.testing.air import TestAir
from livestream.testing.packets import shifted, test_packets

HEADERS, PACKETS = test_packets(6.0)
SECOND = 48_000
needs_ffmpeg = pytest.mark.needs("ffmpeg")


def between(begin: float, end: float) -> list[Packet]:
    return [packet for packet in PACKETS if begin * SECOND <= packet.dts < end * SECOND]


def fill(writer: FileWriter, packets: Sequence[Packet], then: Callable[[], object] = lambda: None) -> None:
    for packet in packets:
        writer.write(packet)
    then()


@needs_ffmpeg
@pytest.mark.parametrize("live", [True, False], ids=["live", "rendered"])
@pytest.mark.parametrize("origin", [0, 3600 * SECOND], ids=["from the start", "an hour in"])
def test_a_file_decodes_whole_and_in_step(tmp_path, live, origin):
    with FileWriter(tmp_path / "out.mp4", HEADERS, live=live) as writer:
        fill(writer, shifted(PACKETS, origin))
    path = tmp_path / "out.mp4"
    assert judge.complaints(path) == ""
    assert [number for _, number in judge.frames(path)] == list(range(150))
    assert [time for time, _ in judge.frames(path)] == pytest.approx([n / 25 for n in range(150)], abs=1e-4)
    sound = [time for time, _ in judge.packets(path)["audio"]]
    assert all(after - before == pytest.approx(1024 / SECOND, abs=1e-5) for before, after in pairwise(sound))
    assert judge.beeps(path)[1:] == pytest.approx([1, 2, 3, 4, 5], abs=0.004)
    assert "AI-generated" in judge.tags(path)["comment"]
    assert judge.tags(path)["livestream"] == "ai-generated"
    assert judge.tags(path)["digital_source_type"] == SOURCE_TYPE
    assert f'DigitalSourceType="{SOURCE_TYPE}"' in judge.tags(path)["xmp"]
    assert path.read_bytes().count(b"W5M0MpCehiHzreSzNTczkc9d") == 1
    assert writer.dropped == 0
    assert list(tmp_path.iterdir()) == [path]


PLAY = """async () => {
  const video = document.querySelector("video");
  video.playbackRate = 8;
  await video.play();
  await new Promise(resolve => video.onended = resolve);
  return [video.duration, video.getVideoPlaybackQuality().totalVideoFrames, video.webkitAudioDecodedByteCount > 9000];
}"""


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("live", [True, False], ids=["live", "rendered"])
def test_a_browser_plays_it(tmp_path, live):
    with FileWriter(tmp_path / "out.mp4", HEADERS, live=live) as writer:
        fill(writer, PACKETS)
    (tmp_path / "page.html").write_text("<video muted src=out.mp4></video>")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        seconds, frames, sound = page.evaluate(PLAY)
        browser.close()
    assert seconds == pytest.approx(6, abs=0.02)
    assert frames == 150
    assert sound


def test_it_begins_on_a_key_frame_whatever_comes_first(tmp_path):
    with FileWriter(tmp_path / "out.mp4", HEADERS) as writer:
        fill(writer, between(0.3, 6))
    assert [number for _, number in judge.frames(writer.path)] == list(range(50, 150))
    assert judge.beeps(writer.path)[1:] == pytest.approx([1, 2, 3], abs=0.004)


@needs_ffmpeg
def test_a_gap_keeps_the_time_and_what_follows_begins_on_a_key_frame(tmp_path):
    with FileWriter(tmp_path / "out.mp4", HEADERS) as writer:
        fill(writer, [*between(0, 1.0), *between(2.0, 3.0), *between(2.4, 6.0)])
    assert judge.complaints(writer.path) == ""
    seen = judge.frames(writer.path)
    # 25..49 never came; what steps back is left out, and with it all up to the next key frame
    assert [number for _, number in seen] == [*range(25), *range(50, 75), *range(100, 150)]
    assert all(time == pytest.approx(number / 25, abs=1e-3) for time, number in seen)
    assert writer.dropped == 50


def test_a_live_recording_never_touches_a_file_that_is_there(tmp_path):
    for content, name in ((b"precious", "out.mp4"), (b"too", "out-2.mp4")):
        (tmp_path / name).write_bytes(content)
    with FileWriter(tmp_path / "out.mp4", HEADERS) as writer:
        fill(writer, PACKETS)
    assert writer.path == tmp_path / "out-3.mp4"
    assert (tmp_path / "out.mp4").read_bytes() == b"precious"


def test_a_rendered_file_appears_only_when_it_is_complete(tmp_path):
    path = tmp_path / "out.mp4"
    path.write_bytes(b"yesterday's")
    with FileWriter(path, HEADERS, live=False) as writer:
        fill(writer, PACKETS)
        assert path.read_bytes() == b"yesterday's"
    assert path.read_bytes()[4:8] == b"ftyp"
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")
    path.write_bytes(b"yesterday's")
    with pytest.raises(ZeroDivisionError), FileWriter(path, HEADERS, live=False) as writer:
        fill(writer, PACKETS[:100], then=lambda: 1 / 0)
    assert path.read_bytes() == b"yesterday's"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("live", [True, False])
def test_without_a_picture_there_is_no_file(tmp_path, live):
    with FileWriter(tmp_path / "out.mp4", HEADERS, live=live):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("missing/out.mp4", UsageError, "does not exist"),
        ("file/out.mp4", UsageError, "does not exist"),
        ("a" * 300 + ".mp4", MachineError, "cannot be written"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path, name, error, words):
    (tmp_path / "file").write_text("")
    with pytest.raises(error, match=words) as caught:
        FileWriter(tmp_path / name, HEADERS)
    assert caught.value.remedy
    assert caught.value.where.startswith(str(tmp_path))


def test_headers_of_another_stream_are_refused(tmp_path):
    headers = type(HEADERS)(width=720, height=1280, video_extradata=b"", aac_extradata=HEADERS.aac_extradata)
    with pytest.raises(EgressError, match="not what their headers say"), FileWriter(tmp_path / "o.mp4", headers) as w:
        fill(w, PACKETS)
    assert list(tmp_path.iterdir()) == []


def test_no_label_of_the_stream_takes_a_mark_away(tmp_path):
    labels = dict.fromkeys(["comment", *TAGS], "by a person")
    headers = replace(HEADERS, labels=labels)
    with FileWriter(tmp_path / "out.mp4", headers) as writer:
        fill(writer, PACKETS[:60])
    assert "by a person" not in judge.tags(writer.path).values()
    assert metadata(headers)["digital_source_type"] == SOURCE_TYPE
    assert "by a person" not in [value for name, value in metadata(headers).items() if name != "comment"]


def write_with_room_for(size: int, path: Path, *, live: bool) -> None:
    """Write all packets to a disk that has room for files of so many bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        with FileWriter(path, HEADERS, live=live) as writer:
            fill(writer, PACKETS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@needs_ffmpeg
@pytest.mark.parametrize(("room", "kept"), [(1_000, 0), (30_000, 0), (80_000, 50), (130_000, 100), (-20, 150)])
def test_what_fits_on_a_full_disk_plays(tmp_path, room, kept):
    if room < 0:  # all but the last bytes
        with FileWriter(tmp_path / "whole.mp4", HEADERS) as writer:
            fill(writer, PACKETS)
        room += writer.path.stat().st_size
    path = tmp_path / "out.mp4"
    with pytest.raises(MachineError, match="the disk is full") as caught:
        write_with_room_for(room, path, live=True)
    assert caught.value.retryable
    assert "Free some space" in caught.value.remedy
    if not kept:
        assert not path.exists()
        return
    assert judge.complaints(path) == ""
    assert [number for _, number in judge.frames(path)] == list(range(kept))


@pytest.mark.parametrize("room", [80_000, 150_000])
def test_a_rendered_file_that_finds_no_room_leaves_nothing(tmp_path, room):
    with pytest.raises(MachineError, match="the disk is full"):
        write_with_room_for(room, tmp_path / "out.mp4", live=False)
    assert list(tmp_path.iterdir()) == []


@needs_ffmpeg
@pytest.mark.parametrize("cut", [1, 5, 100, 5000])
def test_a_torn_fragment_is_cut_off(tmp_path, cut):
    with FileWriter(tmp_path / "out.mp4", HEADERS) as writer:
        fill(writer, PACKETS)
    whole = writer.path.read_bytes()
    last = whole.rindex(b"mdat") + 4
    writer.path.write_bytes(whole[: last + 20_000 + cut])
    trim_fragments(writer.path)
    assert judge.complaints(writer.path) == ""
    assert len(judge.frames(writer.path)) == 100


@needs_ffmpeg
def test_a_killed_process_leaves_a_recording_that_plays(tmp_path, listener, egress):
    process = egress({"kind": "file", "path": str(tmp_path / "out.mp4")})
    assert process.ready.wait(10)
    with TestAir(listener[0], seconds=20, speed=4):
        process.wait_for(lambda status: (status["last_pts"] or 0) >= 5 * SECOND)
        process.process.kill()
        process.process.wait()
    path = tmp_path / "out.mp4"
    seen = [number for _, number in judge.frames(path)]
    assert seen == list(range(len(seen)))
    assert len(seen) >= 100
    torn = judge.complaints(path)
    assert "error" not in torn.lower(), torn


@needs_ffmpeg
def test_the_process_records_all_that_was_aired_and_outlives_the_air(tmp_path, listener, egress):
    process = egress({"kind": "file", "path": str(tmp_path / "out.mp4")})
    assert process.ready.wait(10)
    with TestAir(listener[0], seconds=6, speed=4) as air:
        air.wait()
    with TestAir(listener[0], seconds=20, first=200, speed=4):
        status = process.wait_for(lambda status: (status["last_pts"] or 0) >= 11 * SECOND)
    assert status["reconnects"] == 1
    assert status["state"] == "publishing"
    assert str(tmp_path / "out.mp4") in status["detail"]
    assert process.terminate() == 0
    assert process.statuses[-1][1]["state"] == "closed"
    assert judge.complaints(tmp_path / "out.mp4") == ""
    seen = judge.frames(tmp_path / "out.mp4")
    assert [number for _, number in seen][:176] == [*range(150), *range(200, 226)]
    assert all(time == pytest.approx(number / 25, abs=1e-3) for time, number in seen)


def test_the_process_waits_out_a_full_disk(tmp_path, listener, egress):
    with TestAir(listener[0], seconds=20, speed=2):
        process = egress({"kind": "file", "path": str(tmp_path / "out.mp4")})
        process.wait_for(lambda status: status["state"] == "publishing")
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (130_000, resource.RLIM_INFINITY))
        status = process.wait_for(lambda status: status["state"] == "refused")
        assert "the disk is full" in status["detail"]
        resource.prlimit(process.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        status = process.wait_for(lambda status: status["state"] == "publishing")
        assert "out-2.mp4" in status["detail"]
        before = status["packets"]
        process.wait_for(lambda status: status["packets"] > before + 30)
    assert process.terminate() == 0
    for name in ("out.mp4", "out-2.mp4"):
        numbers = [number for _, number in judge.frames(tmp_path / name)]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@pytest.mark.parametrize("ending", ["terminated", "orphaned"])
def test_the_process_finishes_its_file_however_it_is_ended(tmp_path, listener, egress, ending):
    with TestAir(listener[0], seconds=6, speed=4) as air:
        process = egress({"kind": "file", "path": str(tmp_path / "out.mp4")})
        process.wait_for(lambda status: status["state"] == "publishing")
        air.wait()
        if ending == "terminated":
            process.process.send_signal(signal.SIGINT)  # Ctrl-C reaches the whole group; only the supervisor obeys
            assert process.terminate() == 0
        else:
            process.control.shutdown(2)
            assert process.process.wait(5) == 0
    assert b"mfra" in (tmp_path / "out.mp4").read_bytes()


def test_a_folder_that_is_missing_ends_the_process_with_a_sentence(tmp_path, listener, egress):
    with TestAir(listener[0], seconds=6):
        process = egress({"kind": "file", "path": str(tmp_path / "no" / "out.mp4")})
        assert process.process.wait(10) == 2
    assert "the folder does not exist" in process.status["detail"]


def test_every_error_number_becomes_a_sentence(tmp_path):
    for code in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EISDIR, errno.EIO, 0, -1094995529):
        error = recording._explain(code, tmp_path)
        assert error.message
        assert error.remedy
    assert os.strerror(errno.EIO) in str(recording._explain(errno.EIO, tmp_path))


def test_a_folder_that_stands_in_the_way_is_told_and_nothing_is_left(tmp_path):
    path = tmp_path / "out.mp4"
    (path / "inside").mkdir(parents=True)
    with pytest.raises(UsageError, match="this is a folder"), FileWriter(path, HEADERS, live=False) as writer:
        fill(writer, PACKETS)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.mp4"]
    assert [entry.name for entry in path.iterdir()] == ["inside"]
