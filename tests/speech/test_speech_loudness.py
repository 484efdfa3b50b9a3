import re
import subprocess
import wave

import numpy as np
import pytest
from speech_samples import tone

from livestream.errors import SpeechError
from livestream.media import SAMPLE_RATE
from livestream.speech.loudness import CEILING_DBTP, TARGET_LUFS, integrated, level, limit, true_peak
from livestream.speech.resample import resample


def ebur128(path, pcm):
    """What ffmpeg measures of a mono sound: (integrated LUFS, true peak in dBTP)."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(np.rint(np.clip(pcm, -1, 1) * 32767).astype("<i2").tobytes())
    told = subprocess.run(
        ["ffmpeg", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    summary = told[told.rindex("Summary:") :]
    return tuple(float(re.search(rf"{name}:\s+(-?[\d.]+)", summary).group(1)) for name in ("I", "Peak"))


def test_a_full_scale_sine_has_the_loudness_the_standard_says():
    # EBU Tech 3341, case 1: 1 kHz at −23 dBFS on both channels is −23 LUFS, on one channel 3 dB less.
    assert integrated(tone(1000, 5, 10 ** (-23 / 20))) == pytest.approx(-26.0, abs=0.1)


def test_silence_between_is_gated_out():
    loud = tone(1000, 3, 0.1)
    assert integrated(np.concatenate([loud, np.zeros(5 * SAMPLE_RATE, np.float32)])) == pytest.approx(
        integrated(loud), abs=0.35
    )
    assert integrated(np.zeros(SAMPLE_RATE, np.float32)) == -np.inf


@pytest.mark.needs("ffmpeg")
def test_loudness_and_true_peak_agree_with_ffmpeg(raw, tmp_path):
    for text in list(raw)[:5]:
        pcm = resample(raw[text].pcm, raw[text].rate, SAMPLE_RATE)
        loudness, peak = ebur128(tmp_path / "raw.wav", pcm)
        assert integrated(pcm) == pytest.approx(loudness, abs=0.15)
        assert true_peak(pcm) == pytest.approx(peak, abs=0.25)


@pytest.mark.needs("ffmpeg")
def test_every_sentence_alone_is_at_the_target_by_ffmpeg(speeches, tmp_path):
    measured = [ebur128(tmp_path / "one.wav", speech.pcm / 32768) for speech in speeches]
    assert all(abs(loudness - TARGET_LUFS) <= 0.5 for loudness, _ in measured), measured
    assert max(peak for _, peak in measured) <= CEILING_DBTP


def test_the_limiter_holds_peaks_between_the_samples():
    # A sine at a quarter of the rate, 45° off: its samples stand 3 dB below its true peak.
    time = np.arange(SAMPLE_RATE)
    hot = (1.3 * np.hanning(SAMPLE_RATE) * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    assert np.abs(hot).max() < 10 ** (-0.5 / 20)
    assert true_peak(hot) == pytest.approx(20 * np.log10(1.3), abs=0.1)
    assert true_peak(limit(hot)) <= CEILING_DBTP


def test_the_limiter_turns_down_only_around_a_peak():
    pcm = tone(200, 1.0, 0.1)
    pcm[24_000] = 1.4
    held = limit(pcm)
    assert np.array_equal(held[:23_000], pcm[:23_000])
    assert np.array_equal(held[25_000:], pcm[25_000:])
    assert true_peak(held) <= CEILING_DBTP


def test_words_too_short_to_measure_get_the_engines_usual_gain():
    short = tone(300, 0.3, 0.05)
    gained = level(short, fallback_lufs=-26.0)
    assert np.abs(gained).max() == pytest.approx(0.05 * 10 ** (10 / 20), rel=0.01)
    with pytest.raises(SpeechError, match="too short"):
        integrated(short)


def test_nothing_to_be_heard_cannot_be_levelled():
    with pytest.raises(SpeechError, match="nothing to be heard"):
        level(np.zeros(SAMPLE_RATE, np.float32), fallback_lufs=-20)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000])
def test_resampling_keeps_time_tone_and_nothing_else(rate):
    changed = resample(tone(1000, 1.0, 0.5, rate), rate, SAMPLE_RATE)
    assert len(changed) == SAMPLE_RATE
    error = (changed - tone(1000, 1.0))[1000:-1000]
    assert 20 * np.log10(np.abs(error).max() / 0.5) < -80
    aliased = resample(tone(11_000, 1.0, 0.5, SAMPLE_RATE), SAMPLE_RATE, 16_000)
    assert 20 * np.log10(np.abs(aliased[500:-500]).max() / 0.5) < -75
