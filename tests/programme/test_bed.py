import av
import numpy as np
import pytest

from livestream.errors import UsageError
from livestream.loudness import integrated
from livestream.media import SAMPLE_RATE
from livestream.programme.bed import BED_LUFS, Bed


def write(path, sound, *, rate=SAMPLE_RATE, codec="pcm_s16le", layout="stereo", form="s16"):
    """Encode float samples (n, channels) to a file."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        data = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(data.reshape(1, -1)), format=form, layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def tune(seconds, rate=SAMPLE_RATE, channels=2):
    time = np.arange(round(seconds * rate)) / rate
    mono = sum(np.sin(2 * np.pi * hertz * time * (1 + 0.01 * np.sin(time))) for hertz in (196, 247, 294)) / 4
    return np.repeat(mono[:, None], channels, axis=1)


def roughness(sound):
    """The largest step of slope anywhere: a seam is a step far above the music's own."""
    return np.abs(np.diff(sound, 2, axis=0)).max(axis=1)


def test_the_own_bed_has_no_seam_in_any_of_its_loops():
    bed = Bed.default(0)
    for seconds in (20, 28, 32):
        at = seconds * SAMPLE_RATE
        around = roughness(bed.read(at - 200, 400))
        elsewhere = roughness(bed.read(at + SAMPLE_RATE, 2 * SAMPLE_RATE))  # no loop ends here
        assert around.max() < 3 * elsewhere.max()


def test_the_own_bed_is_as_loud_as_agreed_and_does_not_soon_repeat():
    bed = Bed.default(0)
    first = bed.read(0, 32 * SAMPLE_RATE)
    assert integrated(first) == pytest.approx(BED_LUFS, abs=1)
    later = bed.read(32 * SAMPLE_RATE, 32 * SAMPLE_RATE)
    assert np.abs(first - later).max() > 0.005


def test_a_bed_is_a_function_of_the_sample_alone():
    bed = Bed.default(0)
    whole = bed.read(10_000, 5_000)
    assert np.array_equal(whole[1_000:3_000], bed.read(11_000, 2_000))
    assert np.array_equal(whole, Bed.default(4).read(10_000, 5_000))  # seeds share four variants


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.wav", {}),
        ("mono.wav", {"layout": "mono", "rate": 22050}),
        ("b.flac", {"codec": "flac"}),
        ("c.mp3", {"codec": "libmp3lame", "rate": 44100, "form": "s16"}),
    ],
)
def test_a_file_in_any_format_loops_without_a_seam(tmp_path, name, options):
    rate = options.get("rate", SAMPLE_RATE)
    channels = 1 if options.get("layout") == "mono" else 2
    bed = Bed.from_file(write(tmp_path / name, tune(9.7, rate, channels), **options))
    length = bed.seconds
    assert 6 < length < 9.8
    assert integrated(bed.read(0, round(length * SAMPLE_RATE))) == pytest.approx(BED_LUFS, abs=0.6)
    joint = bed.read(round(length * SAMPLE_RATE) - 400, 800)
    assert roughness(joint).max() < 2 * roughness(bed.read(2 * SAMPLE_RATE, 2 * SAMPLE_RATE)).max()


def test_a_hard_cut_would_be_heard_by_this_measure():
    sound = tune(3)
    cut = np.concatenate([sound[:70_000], sound[33_333:]])
    assert roughness(cut[69_800:70_200]).max() > 4 * roughness(sound).max()


@pytest.mark.parametrize("content", [b"", b"not a sound at all" * 50])
def test_a_file_that_is_no_sound_is_a_sentence(tmp_path, content):
    path = tmp_path / "bed.mp3"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        Bed.from_file(path)
    assert "bed.mp3" in str(caught.value)


def test_other_useless_beds_are_sentences(tmp_path):
    with pytest.raises(UsageError, match=r"none\.wav"):
        Bed.from_file(tmp_path / "none.wav")
    with pytest.raises(UsageError, match="shorter"):
        Bed.from_file(write(tmp_path / "short.wav", tune(0.4)))
    with pytest.raises(UsageError, match="silent"):
        Bed.from_file(write(tmp_path / "silent.wav", np.zeros((3 * SAMPLE_RATE, 2))))
