from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livestream.lines import Cue
from livestream.media import SAMPLES_PER_FRAME, Card, LowerThird
from livestream.playout.timeline import FADE, Timeline
from livestream.testing.playout import make_ready


def sound_of(timeline, first, last):
    return np.concatenate([timeline.state(n).stem for n in range(first, last)])


def test_entries_lie_end_to_end_to_the_sample():
    timeline = Timeline()
    first = timeline.append(make_ready(0, seconds=0.5, gap=0.1), earliest=1000)
    second = timeline.append(make_ready(1), earliest=0)
    assert (first.start, first.stop, first.end) == (1000, 25_000, 29_800)
    assert second.start == 29_800


@given(st.lists(st.tuples(st.floats(0.05, 1.0), st.floats(0, 0.5)), min_size=1, max_size=6), st.integers(0, 5000))
def test_every_sample_sounds_once_and_in_order(entries, earliest):
    timeline = Timeline()
    expected = np.zeros(earliest, np.int16)
    for seq, (seconds, gap) in enumerate(entries):
        ready = make_ready(seq, seconds=seconds, gap=gap)
        timeline.append(ready, earliest=earliest)
        expected = np.concatenate([expected, ready.speech.pcm, np.zeros(ready.gap, np.int16)])
    frames = -(-len(expected) // SAMPLES_PER_FRAME)
    sound = sound_of(timeline, 0, frames)
    assert np.array_equal(sound[: len(expected)], expected)
    assert not sound[len(expected) :].any()


def test_a_cut_fades_in_30_ms_and_gives_back_what_was_not_said():
    timeline = Timeline()
    for seq in range(3):
        timeline.append(make_ready(seq, seconds=1.0, gap=0.0), earliest=0)
    at = 10 * SAMPLES_PER_FRAME
    cut, off = timeline.cut(at)
    assert cut.again
    assert [entry.seq for entry in off] == [0, 1, 2]
    sound = sound_of(timeline, 0, 15)
    assert (sound[:at] == 1000).all()
    faded = sound[at : at + FADE].astype(int)
    assert (np.diff(faded) <= 0).all()
    assert faded[0] > 950
    assert faded[-1] < 50
    assert not sound[at + FADE :].any()


def test_what_was_heard_ends_with_the_last_whole_word_before_the_cut():
    timeline = Timeline()
    timeline.append(make_ready(0, "one two three four", seconds=2.0), earliest=0)
    timeline.cut(round(1.2 * 48_000))
    (placed,) = timeline.queued()
    assert placed.cut
    assert placed.heard() == "one two"


def test_a_cut_in_a_gap_cuts_no_word():
    timeline = Timeline()
    timeline.append(make_ready(0, seconds=1.0, gap=1.0), earliest=0)
    timeline.append(make_ready(1), earliest=0)
    cut, off = timeline.cut(72_000)
    assert cut is None
    assert [entry.seq for entry in off] == [1]
    (placed,) = timeline.queued()
    assert not placed.cut


def test_cards_and_lower_thirds_follow_their_cues_and_outlive_pruning():
    timeline = Timeline()
    timeline.define(card=Card("lamp", "Lamp"), lower_third=LowerThird("ask", "Ask away"))
    shows = replace(make_ready(0, seconds=1.0, gap=0), cues=(Cue("card", "lamp"), Cue("lower_third", "ask", 24_000)))
    timeline.append(shows, earliest=0)
    timeline.append(replace(make_ready(1, seconds=1.0), cues=(Cue("clear_card"),)), earliest=0)
    assert timeline.state(0).card.title == "Lamp"
    assert timeline.state(0).lower_third is None
    assert timeline.state(13).lower_third.heading == "Ask away"
    assert [cue.kind for cue in timeline.state(12).cues] == ["lower_third"]
    timeline.prune(48_000)
    assert timeline.state(25).card is None
    assert timeline.state(30).lower_third.heading == "Ask away"


def test_a_cue_with_an_unknown_name_shows_nothing():
    timeline = Timeline()
    timeline.append(replace(make_ready(0), cues=(Cue("card", "nobody"),)), earliest=0)
    assert timeline.state(0).card is None


def test_the_state_of_a_frame_does_not_depend_on_what_was_asked_before():
    timeline = Timeline()
    for seq in range(4):
        timeline.append(make_ready(seq, seconds=0.7), earliest=0)
    forward = [timeline.state(n).speech_start for n in range(70)]
    backward = [timeline.state(n).speech_start for n in reversed(range(70))]
    assert forward == backward[::-1]
