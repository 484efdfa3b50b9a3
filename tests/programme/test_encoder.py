import re
import subprocess
from itertools import pairwise

import av
import numpy as np
import pytest

from livestream.errors import ProgrammeError
from livestream.media import HEIGHT, SAMPLE_RATE, SAMPLES_PER_FRAME, WIDTH
from livestream.programme.encoder import Encoder

FLASH = (10, 35, 60, 85)


class Slate:
    """A frame whose picture can be told apart by its brightness."""

    def __init__(self):
        self.frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        self._planes = [np.frombuffer(memoryview(plane), np.uint8) for plane in self.frame.planes]
        for plane in self._planes[1:]:
            plane[:] = 128

    def show(self, luma):
        self._planes[0][:] = luma
        return self.frame


def beep(n, first):
    """The sound of frame n: a beep that begins exactly with the flash and lasts four frames."""
    time = (np.arange(SAMPLES_PER_FRAME) + n * SAMPLES_PER_FRAME) / SAMPLE_RATE
    on = any(0 <= n - first - flash < 4 for flash in FLASH)
    tone = np.sin(2 * np.pi * 1000 * time) * (16_000 if on else 0)
    return np.repeat(tone[:, None], 2, axis=1).astype(np.int16)


def encoded(frames=100, first=0, **options):
    encoder, slate, packets = Encoder(**options), Slate(), []
    for n in range(first, first + frames):
        packets += encoder.video(n, slate.show(220 if any(0 <= n - first - f < 4 for f in FLASH) else 40))
        packets += encoder.audio(n, beep(n, first))
    return encoder.headers, packets + encoder.flush()


@pytest.fixture(scope="module")
def run():
    return encoded()


def of(stream, packets):
    return [packet for packet in packets if packet.stream == stream]


def nal_types(data):
    return [data[found.end()] & 31 for found in re.finditer(rb"\x00\x00\x01", data)]


def test_time_stamps_are_programme_samples():
    _, packets = encoded(frames=60, first=5000)
    video = of("video", packets)
    assert [packet.pts for packet in video] == [n * 1920 for n in range(5000, 5060)]
    assert all(packet.dts == packet.pts and packet.duration == 1920 for packet in video)
    for stream, size in (("aac", 1024), ("opus", 960)):
        sound = of(stream, packets)
        assert 0 <= sound[0].pts - 5000 * 1920 < size
        assert {b.pts - a.pts for a, b in pairwise(sound)} == {size}
        assert sound[-1].pts + size >= 5060 * 1920


def test_every_key_frame_can_be_joined_at(run):
    headers, packets = run
    keys = [packet for packet in of("video", packets) if packet.key]
    assert [packet.pts // 1920 for packet in keys] == [0, 50]
    for packet in keys:
        types = [kind for kind in nal_types(packet.data) if kind != 6]
        assert types[:2] == [7, 8]
        assert set(types[2:]) == {5}
    assert nal_types(headers.video_extradata)[:2] == [7, 8]
    assert headers.video_extradata[5:7] in (b"\x42\xc0", b"\x42\xe0")  # constrained baseline
    assert headers.aac_extradata[:2] == b"\x11\x90"  # AAC-LC, 48 kHz, two channels
    assert headers.opus_extradata[:8] == b"OpusHead"


def test_there_are_no_b_frames_and_nothing_refers_past_a_key(run):
    _, packets = run
    assert all(set(nal_types(packet.data)) <= {1, 5, 6, 7, 8} for packet in of("video", packets))


def test_a_key_frame_comes_when_asked_for_and_only_once():
    encoder, slate = Encoder(), Slate()
    keys = []
    for n in range(30):
        if n == 13:
            encoder.request_key()
            encoder.request_key()
        keys += [packet.key for packet in encoder.video(n, slate.show(90 + n))]
    assert [n for n, key in enumerate(keys) if key] == [0, 13]


def test_the_frame_may_be_overwritten_after_encoding():
    encoder, slate, packets = Encoder(), Slate(), []
    for n in range(10):
        packets += encoder.video(n, slate.show(40 + 16 * n))
        slate.show(0)
    decoder = av.CodecContext.create("h264", "r")
    shown = [
        int(frame.to_ndarray()[600, 300]) for packet in packets for frame in decoder.decode(av.Packet(packet.data))
    ]
    assert shown == pytest.approx([40 + 16 * n for n in range(len(shown))], abs=2)


def test_a_stretch_left_out_leaves_a_gap_and_no_drift():
    encoder, packets = Encoder(), []
    for n in [*range(20), *range(500, 520)]:
        packets += encoder.audio(n, beep(n, 0))
    packets += encoder.flush()
    for stream, size in (("aac", 1024), ("opus", 960)):
        times = [packet.pts for packet in of(stream, packets)]
        assert all(b - a >= size for a, b in pairwise(times))
        after = [time for time in times if time > 30 * 1920]
        assert 500 * 1920 - size <= after[0] < 500 * 1920 + size


def decoded_sound(headers, packets, stream):
    """Decode packet by packet, each frame put where its packet's time stamp says."""
    decoder = av.AudioCodecContext.create("aac" if stream == "aac" else "opus", "r")
    decoder.sample_rate, decoder.layout = SAMPLE_RATE, "stereo"
    if stream == "aac":
        decoder.extradata = headers.aac_extradata
    end = max(packet.pts for packet in packets) + 8000
    track = np.zeros(end, np.float32)
    for packet in of(stream, packets):
        for frame in decoder.decode(av.Packet(packet.data)):
            mono = frame.to_ndarray()[0]
            track[packet.pts : packet.pts + len(mono)] = mono[: max(0, end - packet.pts)]
    return track


@pytest.mark.parametrize("stream", ["aac", "opus"])
def test_decoded_sound_lies_under_its_picture(run, stream):
    headers, packets = run
    track = decoded_sound(headers, packets, stream)
    decoder = av.CodecContext.create("h264", "r")
    flashes, dark = [], True
    for packet in of("video", packets):
        for frame in decoder.decode(av.Packet(packet.data)):
            bright = frame.to_ndarray()[600, 300] > 130
            if bright and dark:
                flashes.append(packet.pts)
            dark = not bright
    assert flashes == [n * SAMPLES_PER_FRAME for n in FLASH]
    for flash in flashes:
        near = np.abs(track[flash - 2400 : flash + 2400])
        onset = int(np.argmax(near > 0.25)) - 2400
        assert abs(onset) <= 0.003 * SAMPLE_RATE


def test_loss_of_alignment_would_be_heard_by_this_measure(run):
    headers, packets = run
    track = np.roll(decoded_sound(headers, packets, "aac"), 480)
    flash = FLASH[1] * SAMPLES_PER_FRAME
    assert int(np.argmax(np.abs(track[flash - 2400 : flash + 2400]) > 0.25)) - 2400 > 0.003 * SAMPLE_RATE


@pytest.mark.needs("ffmpeg")
def test_ffmpeg_decodes_it_without_one_error(run, tmp_path):
    _, packets = run
    path = tmp_path / "video.h264"
    path.write_bytes(b"".join(packet.data for packet in of("video", packets)))
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-f", "framemd5", "-"], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert len([line for line in done.stdout.splitlines() if not line.startswith("#")]) == 100
    probe = subprocess.run(
        ["ffprobe", "-v", "error", "-show_streams", path], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    for line in ("profile=Constrained Baseline", "level=31", "has_b_frames=0", "color_space=bt709", "color_range=tv",
                 "color_primaries=bt709", "color_transfer=bt709", "width=720", "height=1280"):  # fmt: skip
        assert line in probe.splitlines()


def test_the_rate_stays_within_its_buffer():
    encoder, slate, rng = Encoder(bitrate=1_000_000), Slate(), np.random.default_rng(0)
    sizes = []
    for n in range(75):
        frame = slate.show(0)
        slate._planes[0][:] = rng.integers(60, 200, len(slate._planes[0]), np.uint8)
        sizes.append(sum(len(packet.data) for packet in encoder.video(n, frame)))
    for start in range(0, 50, 5):
        assert sum(sizes[start : start + 25]) * 8 <= 2 * 1_000_000 * 1.05


def test_more_threads_make_the_same_stream_readable():
    _, packets = encoded(frames=30, threads=2)
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for packet in of("video", packets) for frame in decoder.decode(av.Packet(packet.data))]
    assert len(frames) + len(decoder.decode(None)) == 30


def test_an_unknown_preset_is_a_sentence():
    with pytest.raises(ProgrammeError, match="encoder"):
        Encoder(preset="warp")
