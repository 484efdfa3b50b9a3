import json
import resource
import shutil
import sys
import threading
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import av
import clips_recordings
import numpy as np
import pytest
from clips_recordings import GAP, NUMBER, number_of, queue
from typer.testing import CliRunner

from livestream.cli.main import app
from livestream.clips import cut, find, open_recording
from livestream.clips.cut import DISSOLVE_FRAMES, LEAD_FRAMES, OVERLAP_FRAMES, SQUARE_TOP, TITLE_FRAMES
from livestream.disclosure import SOURCE_TYPE, XMP
from livestream.errors import MachineError, PlayoutError, UsageError
from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME
from livestream.playout.asrun import aired, read_as_run
from livestream.testing.judge import sound_of

CAPTION_ROWS = slice(950, 1100)
SETTLED = OVERLAP_FRAMES + DISSOLVE_FRAMES
"""The clip's frame of the recording from which on nothing lies over it."""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("recording") / "show.mp4"
    clips_recordings.record(path)
    return path


@pytest.fixture(scope="module")
def recording(path):
    return open_recording(path)


@pytest.fixture(scope="module")
def clips(recording, tmp_path_factory):
    """The mug's clip in both aspects."""
    folder = tmp_path_factory.mktemp("clips")
    shares = []
    mug = find(recording.stretches, "mug")
    made = {aspect: cut(recording, mug, folder, aspect=aspect, progress=shares.append) for aspect in ("9:16", "1:1")}
    assert shares[-1] == 1.0
    assert not [entry for entry in folder.iterdir() if entry.name.startswith(".")]
    return made


@pytest.fixture
def lamp(recording):
    return find(recording.stretches, "lamp")


def pictures(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)]


def recorded_picture(recording, sample):
    with av.open(str(recording.path)) as container:
        for frame in container.decode(video=0):
            if round(frame.pts * frame.time_base * SAMPLE_RATE) + recording.origin == sample:
                return frame.to_ndarray(format="yuv420p")
    raise AssertionError(f"no frame begins at {sample}")


def said(path, product):
    return [line for line in aired(read_as_run(path.with_suffix(".as-run.jsonl"))) if line.product == product]


def test_the_recording_of_these_tests_has_a_gap_before_the_clips(path, recording):
    with av.open(str(path)) as container:
        times = [frame.pts * frame.time_base * FPS for frame in container.decode(video=0)]
    assert max(later - earlier for earlier, later in pairwise(times)) == len(GAP) + 1
    assert GAP.stop * SAMPLES_PER_FRAME < find(recording.stretches, "mug").start


def test_a_product_gives_its_longest_stretch_within_the_recording(path, recording):
    mug, lamp = said(path, "mug"), said(path, "lamp")
    assert recording.origin == 50 * SAMPLES_PER_FRAME, "the recording must not begin where the programme does"
    assert lamp[0].start < recording.origin
    assert [stretch.product for stretch in recording.stretches] == ["lamp", "mug"]
    assert list(find(recording.stretches, "mug").lines) == mug[1:]
    assert list(find(recording.stretches, "LAMP").lines) == lamp[1:]
    assert find(recording.stretches, "folding desk lamp").title == "Folding Desk Lamp"


@pytest.mark.parametrize(("aspect", "top"), [("9:16", 0), ("1:1", SQUARE_TOP)])
def test_the_pictures_are_those_of_the_log_to_the_frame(path, clips, aspect, top):
    mug = said(path, "mug")[1:]
    shown = pictures(clips[aspect].path)
    numbers = [number_of(picture, top) for picture in shown[LEAD_FRAMES + SETTLED :]]
    first = mug[0].start // SAMPLES_PER_FRAME
    assert numbers == list(range(first + SETTLED, first + len(shown) - LEAD_FRAMES))
    assert abs(numbers[-1] + 1 - mug[-1].end / SAMPLES_PER_FRAME) <= 1


@pytest.mark.parametrize("aspect", ["9:16", "1:1"])
def test_the_sound_is_that_of_the_log_within_a_millisecond(path, clips, aspect):
    clip, heard = clips[aspect], sound_of(clips[aspect].path)
    inside, reach = SAMPLE_RATE // 5, SAMPLE_RATE // 10
    for line in said(path, "mug")[1:]:
        spoken = next(ready.speech.pcm for ready in queue() if ready.speech.line_id == line.line)
        piece = spoken[inside : inside + SAMPLE_RATE // 2].astype(np.float32)
        at = round(clip.lead * SAMPLE_RATE) + line.start - clip.start + inside
        alike = np.correlate(heard[at - reach : at + len(piece) + reach], piece, "valid")
        assert abs(int(np.argmax(alike)) - reach) <= SAMPLE_RATE // 1000
        assert alike.max() > 10 * np.abs(alike).mean(), "it is the same sound"
    assert np.abs(heard[: round((clip.lead - 0.05) * SAMPLE_RATE)]).max() < 0.01, "silence under the title"


def test_an_upright_clip_shows_the_recorded_caption_and_no_other(recording, clips):
    clip = clips["9:16"]
    recorded = recorded_picture(recording, clip.start + SETTLED * SAMPLES_PER_FRAME)
    shown = pictures(clip.path)[LEAD_FRAMES + SETTLED]
    assert recorded[CAPTION_ROWS].max() > 200, "the recording bears a caption"
    assert np.abs(shown.astype(int) - recorded).mean() < 2.5


def test_a_square_clip_shows_the_caption_anew_and_the_label(recording, clips):
    clip = clips["1:1"]
    recorded = recorded_picture(recording, clip.start + SETTLED * SAMPLES_PER_FRAME)
    shown = pictures(clip.path)[LEAD_FRAMES + SETTLED][:720].astype(int)
    different = np.abs(shown - recorded[SQUARE_TOP : SQUARE_TOP + 720]).mean(axis=1)
    assert different[590:700].mean() > 20, "a caption at the lower edge"
    assert shown[590:704].max() > 200, "in white letters"
    above = slice(0, NUMBER.y - SQUARE_TOP)
    assert different[above].mean() < 2.5, "AI label and card untouched"
    assert shown[84 - SQUARE_TOP : 132 - SQUARE_TOP, 32:286].max() > 200, "the AI label"


def test_the_title_card_stands_and_bears_the_label(clips):
    shown = pictures(clips["9:16"].path)
    assert all(np.abs(picture.astype(int) - shown[0]).mean() < 1 for picture in shown[:TITLE_FRAMES])
    assert np.abs(shown[TITLE_FRAMES + DISSOLVE_FRAMES].astype(int) - shown[0]).mean() > 20
    assert shown[0][500:760].max() > 220, "the title"
    assert shown[0][84:132, 32:286].max() > 220, "the AI label"


def test_a_clip_is_what_players_and_platforms_take(clips):
    for clip, size in ((clips["9:16"], (720, 1280)), (clips["1:1"], (720, 720))):
        with av.open(str(clip.path)) as container:
            video, audio = container.streams.video[0], container.streams.audio[0]
            assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
            assert (video.width, video.height) == size
            assert (audio.codec_context.name, audio.codec_context.sample_rate) == ("aac", SAMPLE_RATE)
            assert video.codec_context.colorspace == 1, "BT.709"
            assert "AI-generated" in container.metadata["comment"]
            assert container.metadata["livestream"] == "ai-generated"
            assert container.metadata["digital_source_type"] == SOURCE_TYPE
            assert abs(container.duration / av.time_base - clip.seconds) <= 1 / FPS
        head = clip.path.read_bytes()
        assert head.find(b"moov") < head.find(b"mdat"), "it starts playing before it is loaded"
        assert head.endswith(XMP.encode())


@pytest.mark.needs("chromium")
async def test_clips_play_in_chromium(clips):
    from livestream.testing.whep_viewer import chromium

    folder = clips["9:16"].path.parent

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        async with chromium() as browser:
            for clip, height in ((clips["9:16"], 1280), (clips["1:1"], 720)):
                page = await browser.new_page()
                await page.goto(f"http://127.0.0.1:{server.server_port}/{clip.path.name}")
                await page.wait_for_function("document.querySelector('video').currentTime > 1.5", timeout=15_000)
                played = await page.evaluate(
                    "(v => [v.videoHeight, v.error === null, v.duration, v.webkitAudioDecodedByteCount > 0,"
                    " v.getVideoPlaybackQuality().totalVideoFrames > 20])(document.querySelector('video'))"
                )
                assert played[:2] == [height, True]
                assert played[2] == pytest.approx(clip.seconds, abs=0.05)
                assert played[3:] == [True, True]
                await page.close()
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_the_command_reports_its_clips(path, tmp_path):
    done = CliRunner().invoke(
        app, ["clip", str(path), "--product", "lamp", "--output", str(tmp_path / "new"), "--json"]
    )
    assert done.exit_code == 0, done.output
    (entry,) = json.loads(done.stdout)
    line = said(path, "lamp")[1]
    assert entry["title"] == "Folding Desk Lamp"
    assert 0 <= line.start - entry["start"] < SAMPLES_PER_FRAME
    assert 0 <= entry["end"] - line.end < SAMPLES_PER_FRAME
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["show-lamp.mp4"]


def test_a_clip_that_says_a_former_price_is_told(lamp, path, tmp_path):
    facts = [{"id": "lamp.price", "version": "1"}, {"id": "lamp.title", "version": "1"}]
    priced = replace(lamp, lines=(replace(lamp.lines[0], facts=facts), *lamp.lines[1:]))
    for versions, former in [("11", ()), ("21", ("lamp.price",)), ("", ("lamp.price", "lamp.title"))]:
        assert priced.former(dict(zip(("lamp.price", "lamp.title"), versions, strict=False))) == former
    goods = tmp_path / "list.csv"
    goods.write_text("handle,title,price,currency\nlamp,Folding Desk Lamp,45,USD\n")
    arguments = ["clip", str(path), "--product", "lamp", "--output", str(tmp_path), "--catalogue", str(goods), "--json"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)[0]["former"] == list(lamp.former({}))


def test_a_product_that_is_not_shown_is_named_with_those_that_are(recording):
    with pytest.raises(UsageError, match="does not show 'sofa'") as caught:
        find(recording.stretches, "sofa")
    assert "lamp, mug" in caught.value.remedy


def test_a_missing_or_damaged_log_is_said(path, tmp_path):
    alone = tmp_path / "alone.mp4"
    shutil.copy(path, alone)
    with pytest.raises(UsageError, match="no as-run log"):
        open_recording(alone)
    log = alone.with_suffix(".as-run.jsonl")
    lines = path.with_suffix(".as-run.jsonl").read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([*lines[:3], lines[3].replace(b"glows", b"blows"), *lines[4:]]))
    with pytest.raises(PlayoutError, match="chain") as caught:
        open_recording(alone)
    assert "line 4" in caught.value.where
    assert "written with the recording" in caught.value.remedy
    log.write_bytes(b"")
    with pytest.raises(UsageError, match="names no product"):
        open_recording(alone)


def test_a_recording_that_went_on_after_a_full_disk_shares_the_log(path, tmp_path):
    later = tmp_path / "show-2.mp4"
    shutil.copy(path, later)
    shutil.copy(path.with_suffix(".as-run.jsonl"), tmp_path / "show.as-run.jsonl")
    assert [stretch.product for stretch in open_recording(later).stretches] == ["lamp", "mug"]


@pytest.mark.parametrize("content", [b"", b"not a film", None])
def test_what_is_not_a_recording_is_refused(tmp_path, content):
    file = tmp_path / "film.mp4"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match="recording") as caught:
        open_recording(file)
    assert caught.value.remedy


def test_without_moviepy_the_remedy_is_named(recording, lamp, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "moviepy", None)
    with pytest.raises(MachineError) as caught:
        cut(recording, lamp, tmp_path, aspect="9:16", progress=lambda share: None)
    assert "pip install 'livestream[clips]'" in caught.value.remedy


def test_no_room_is_said_before_anything_is_written(recording, lamp, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(100, 100, 0))
    with pytest.raises(MachineError, match="no room") as caught:
        cut(recording, lamp, tmp_path / "clips", aspect="9:16", progress=lambda share: None)
    assert "Free some" in caught.value.remedy
    assert not list((tmp_path / "clips").iterdir())


def test_a_write_that_fails_midway_leaves_the_older_clip_as_it_was(recording, lamp, tmp_path):
    older = tmp_path / "show-lamp.mp4"
    older.write_bytes(b"older")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limits[1]))
    try:
        with pytest.raises(MachineError):
            cut(recording, lamp, tmp_path, aspect="9:16", progress=lambda share: None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [entry.name for entry in tmp_path.iterdir()] == ["show-lamp.mp4"]
    assert older.read_bytes() == b"older"


@pytest.mark.parametrize("damage", ["cut short", "overwritten"])
def test_a_damaged_recording_is_said_and_leaves_nothing(path, recording, tmp_path, damage):
    content = path.read_bytes()
    broken = tmp_path / "broken.mp4"
    half = len(content) // 2
    broken.write_bytes(content[:half] if damage == "cut short" else content[:half] + bytes(len(content) - half))
    (tmp_path / "clips").mkdir()
    mug = find(recording.stretches, "mug")
    with pytest.raises(UsageError) as caught:
        cut(replace(recording, path=broken), mug, tmp_path / "clips", aspect="9:16", progress=lambda share: None)
    assert "broken.mp4" in caught.value.where
    assert not list((tmp_path / "clips").iterdir())


def test_a_handle_never_leads_out_of_the_folder():
    from pathlib import Path

    from livestream.clips.cut import file_name

    assert file_name(Path("/r/show.mp4"), "../../etc/x y", "1:1") == "show-etc-x-y-1x1.mp4"
    assert file_name(Path("show.mp4"), "///", "9:16") == "show-product.mp4"
