import re
import subprocess

import av
import numpy as np
import pytest
from programme_fakes import speech, state, voice

from livestream.lines import Cue
from livestream.loudness import integrated
from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME
from livestream.programme.bed import Bed
from livestream.programme.limiter import CEILING_DBTP, Limiter
from livestream.programme.mixer import Mixer
from livestream.programme.sound import decibels


class Hum:
    """A bed of constant level, so that every change heard is the mixer's."""

    def read(self, start, count):
        time = np.arange(start, start + count) / SAMPLE_RATE
        return np.repeat(np.sin(2 * np.pi * 1000 * time)[:, None] * 0.05, 2, axis=1).astype(np.float32)


def said(seconds, **more):
    level = (voice(seconds, **more) * 32767).clip(-28_000, 28_000).astype(np.int16)
    mono = np.repeat((level / 32768)[:, None], 2, axis=1) * decibels(-3.01)
    level = level * decibels(-16 - integrated(mono.astype(np.float32)))
    return speech("one two", pcm=level.clip(-27_000, 27_000).astype(np.int16))


def mixed(mixer, states):
    return np.concatenate([mixer.mix(one) for one in states])


def rms(sound):
    return float(np.sqrt(np.mean((sound / 32768.0) ** 2)))


def test_the_bed_goes_down_under_speech_and_comes_back():
    silent = speech("one", pcm=np.zeros(4 * SAMPLE_RATE, np.int16))
    sound = mixed(
        Mixer(Hum()), [*(state(n) for n in range(75)), *(state(n, silent, 75 * 1920) for n in range(75, 300))]
    )
    second = SAMPLE_RATE
    before, under = rms(sound[2 * second : 3 * second]), rms(sound[5 * second : 6 * second])
    assert 20 * np.log10(under / before) == pytest.approx(-8, abs=0.3)
    soon = rms(sound[3 * second + 9_600 : 3 * second + 14_400])
    assert 20 * np.log10(soon / before) < -7
    after = rms(sound[-second:])
    assert 20 * np.log10(after / before) == pytest.approx(0, abs=0.5)


def test_gain_never_jumps():
    silent = speech("one", pcm=np.zeros(SAMPLE_RATE, np.int16))
    sound = mixed(Mixer(Hum()), [state(n, silent, 40 * 1920) if n > 39 else state(n) for n in range(120)]) / 32768
    steady = np.abs(np.diff(sound, 2, axis=0)).max()
    assert steady < 1.05 * 0.05 * (2 * np.pi * 1000 / SAMPLE_RATE) ** 2 + 3 / 32768


def test_mixing_is_deterministic():
    line = said(2)
    states = [state(n, line, 5 * 1920) for n in range(70)]
    assert np.array_equal(mixed(Mixer(Bed.default(0)), states), mixed(Mixer(Bed.default(0)), states))


def test_a_jingle_sounds_at_its_cue_and_ends():
    plain = [state(n) for n in range(120)]
    cued = [state(n, cues=(Cue("jingle"),) if n == 20 else ()) for n in range(120)]
    difference = np.abs(mixed(Mixer(Hum()), cued).astype(int) - mixed(Mixer(Hum()), plain)).max(axis=1)
    assert not difference[: 20 * 1920].any()
    assert difference[21 * 1920 : 40 * 1920].max() > 300
    assert not difference[-30 * 1920 :].any()


def limited(sound):
    limiter = Limiter()
    frames = sound.reshape(-1, SAMPLES_PER_FRAME, 2)
    return np.concatenate([limiter.process(frame) for frame in frames])


def true_peak(sound):
    """Peak in dBTP by eightfold oversampling of the whole, in the frequency domain."""
    spectrum = np.fft.rfft(sound, axis=0)
    padded = np.zeros((len(sound) * 4 + 1, 2), complex)
    padded[: len(spectrum)] = spectrum
    return 20 * np.log10(np.abs(np.fft.irfft(padded, axis=0)).max() * 8)


@pytest.mark.parametrize("level", [0.4, 1.0, 2.0])
def test_the_limiter_holds_true_peaks(level):
    rng = np.random.default_rng(4)
    noise = rng.standard_normal((20 * SAMPLES_PER_FRAME, 2))
    smooth = np.apply_along_axis(np.convolve, 0, noise, np.hanning(5) / 2, "same") * level / 3
    out = limited(smooth.astype(np.float32))
    assert true_peak(out) <= CEILING_DBTP + 0.35


def test_the_limiter_leaves_quiet_sound_alone():
    rng = np.random.default_rng(4)
    quiet = (rng.standard_normal((4 * SAMPLES_PER_FRAME, 2)) * 0.05).astype(np.float32)
    assert np.array_equal(limited(quiet), quiet)


def write_wav(path, sound):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def ebur128(path):
    done = subprocess.run(
        ["ffmpeg", "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    summary = done.stderr[done.stderr.rindex("Summary:") :]
    return tuple(float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "Peak"))


@pytest.mark.needs("ffmpeg")
def test_the_programme_is_as_loud_as_platforms_ask(tmp_path):
    mixer, states, n = Mixer(Bed.default(0)), [], 10
    for index in range(4):
        line = said(4, seed=index, hertz=120 + 20 * index)
        frames = len(line.pcm) // SAMPLES_PER_FRAME + 12
        states += [state(n + k, line, n * SAMPLES_PER_FRAME) for k in range(frames)]
        n += frames
    path = tmp_path / "mix.wav"
    sound = mixed(mixer, states)
    write_wav(path, sound)
    heard, peak = ebur128(path)
    assert heard == pytest.approx(-16, abs=1)
    assert peak <= -1
    assert integrated((sound / 32768).astype(np.float32)) == pytest.approx(heard, abs=0.15)
