from __future__ import annotations

import numpy as np
import pytest
from avatar_samples import make_speech
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.avatar.lipsync import JAW, TARGETS, TUCK, articulate
from livestream.avatar.pack import Pack
from livestream.avatar.puppet import Puppet
from livestream.media import SAMPLE_RATE, SAMPLES_PER_FRAME, Viseme

spans = st.lists(
    st.tuples(st.sampled_from([viseme for viseme in Viseme if viseme is not Viseme.PP]), st.floats(0.03, 0.2)),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(before=spans, after=spans, length=st.floats(0.04, 0.15), start=st.integers(0, 48_000 * 20))
def test_every_closure_is_a_closed_frame_within_its_span(pack: Pack, before, after, length, start):
    speech = make_speech([*before, (Viseme.PP, length), *after])
    closure = speech.visemes[len(before)]
    puppet = Puppet(pack, seed=1)
    puppet.push(speech, start)
    first = (start + closure.start) // SAMPLES_PER_FRAME
    last = (start + closure.end) // SAMPLES_PER_FRAME
    opened = [puppet.opening(n) for n in range(first, last + 1)]
    assert sum(value <= 0.05 for value in opened) >= (2 if length >= 0.081 else 1)


@pytest.mark.parametrize("vowel", [Viseme.AA, Viseme.E, Viseme.O])
@pytest.mark.parametrize("length", [0.06, 0.08, 0.12])
def test_short_open_vowels_between_closures_still_open(vowel, length):
    speech = make_speech([(Viseme.SIL, 0.2), (Viseme.PP, 0.07), (vowel, length), (Viseme.PP, 0.07), (Viseme.SIL, 0.2)])
    for start in range(0, SAMPLES_PER_FRAME, 240):
        jaw = articulate(speech, start).poses[:, JAW]
        assert jaw.max() >= 0.6 * 0.8 * TARGETS[vowel][JAW]


def test_the_lower_lip_meets_the_teeth_on_f():
    speech = make_speech([(Viseme.AA, 0.15), (Viseme.FF, 0.06), (Viseme.AA, 0.15)])
    assert articulate(speech, 0).poses[:, TUCK].max() >= 0.85


def test_lips_move_with_the_sound_and_not_after_it():
    chance = np.random.default_rng(3)
    pieces = []
    for _ in range(30):
        pieces += [(Viseme.PP, chance.uniform(0.06, 0.1)), (Viseme.AA, chance.uniform(0.1, 0.2))]
    speech = make_speech(pieces)
    found = articulate(speech, 0)
    frames = len(speech.pcm) // SAMPLES_PER_FRAME
    sound = np.sqrt(
        np.mean(np.square(speech.pcm[: frames * SAMPLES_PER_FRAME].reshape(frames, -1).astype(float)), axis=1)
    )
    jaw = found.poses[-found.first : -found.first + frames, JAW]

    def agreement(lag: int) -> float:
        return float(np.corrcoef(jaw[5 + lag : frames - 5 + lag], sound[5 : frames - 5])[0, 1])

    best = max(range(-4, 5), key=agreement)
    assert abs(best) <= 1
    assert agreement(best) > 0.6
    assert agreement(best + 3) < agreement(best) - 0.3


def test_louder_speech_opens_wider():
    pieces = [(Viseme.AA, 0.3), (Viseme.SIL, 0.3), (Viseme.AA, 0.3)]
    speech = make_speech(pieces)
    quiet = int(0.6 * SAMPLE_RATE)
    speech.pcm[quiet:] //= 8
    jaw = articulate(speech, 0).poses[:, JAW]
    assert jaw[10:14].max() > 1.2 * jaw[24:27].max()


def test_mouth_is_shut_before_and_after_speech(pack: Pack):
    puppet = Puppet(pack, seed=1)
    puppet.push(make_speech([(Viseme.AA, 0.4)]), 20 * SAMPLES_PER_FRAME)
    assert puppet.opening(15) == 0
    assert puppet.opening(25) > 0.5
    assert puppet.opening(34) == 0


def test_a_cut_shuts_the_mouth_within_120_ms(pack: Pack):
    puppet = Puppet(pack, seed=1)
    puppet.push(make_speech([(Viseme.AA, 4.0)]), 0)
    puppet.push(make_speech([(Viseme.AA, 4.0)]), 8 * SAMPLE_RATE)
    before = puppet.opening(49)
    puppet.cut(50 * SAMPLES_PER_FRAME)
    after = [puppet.opening(n) for n in range(50, 54)]
    assert puppet.opening(49) == before > 0.5
    assert before > after[0] > after[1] > after[2] == after[3] == 0
    assert puppet.opening(8 * 25 + 20) == 0


def test_a_speech_without_visemes_or_sound_is_harmless():
    speech = make_speech([(Viseme.SIL, 0.01)])
    assert articulate(speech, 0).poses[:, JAW].max() < 1e-6
