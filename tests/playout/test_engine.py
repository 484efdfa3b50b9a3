from dataclasses import replace

import numpy as np
import pytest
from playout_stage import Stage

from livestream.lines import Cue
from livestream.media import FPS, Card, LowerThird
from livestream.playout.engine import FADE_OUT, LEAD, STANDBY, STANDBY_AFTER
from livestream.testing.playout import make_ready


@pytest.fixture
def stage(tmp_path):
    stage = Stage(tmp_path)
    yield stage
    stage.log.close()


def test_frames_leave_in_order_at_absolute_times(stage):
    t0 = stage.play(100)
    assert [n for n, _ in stage.released] == list(range(100 + FADE_OUT))
    assert [when for _, when in stage.released] == pytest.approx([t0 + n / FPS for n in range(100 + FADE_OUT)])
    assert stage.playout.stats.late == 0


def test_the_encode_leads_by_at_most_a_fifth_of_a_second(stage):
    stage.play(60)
    assert len(stage.programme.states) <= 60 + FADE_OUT + LEAD + 1


def test_going_off_air_in_mid_sentence_fades_out_and_logs_what_was_heard(stage):
    stage.playout.submit([make_ready(0, seconds=8.0)])
    stage.play(60)
    (line,) = stage.aired()
    assert not line.complete
    assert line.heard == "one"
    assert len(stage.released) == 60 + FADE_OUT
    last = np.frombuffer([p.data for p in stage.packets if p.stream == "aac"][-1], np.int16)
    assert not last.any()


def test_a_day_plays_in_seconds_without_drift(stage):
    t0 = stage.play(5000, first=2_000_000)
    last, when = stage.released[4_999]
    assert last == 2_004_999
    assert when == pytest.approx(t0 + last / FPS, abs=1e-6)


def test_lines_are_spoken_and_logged_in_order(stage):
    stage.playout.submit([make_ready(0), make_ready(1)])
    stage.play(150)
    lines = stage.aired()
    assert [entry.seq for entry in lines] == [0, 1]
    assert all(entry.complete for entry in lines)
    assert stage.presenter.pushed == [("line-0", lines[0].start), ("line-1", lines[1].start)]


def test_an_entry_queued_twice_is_said_once(stage):
    stage.playout.submit([make_ready(0)])
    stage.playout.submit([make_ready(0), make_ready(1)])
    stage.play(200)
    assert [entry.seq for entry in stage.aired()] == [0, 1]


def test_gestures_reach_the_presenter_at_their_sample(stage):
    stage.playout.submit([replace(make_ready(0), cues=(Cue("gesture", "wave", 960), Cue("card", "lamp")))])
    stage.play(10)
    assert stage.presenter.events == [(960, "gesture", "wave")]


def test_a_card_is_drawn_before_the_clock_needs_it(stage):
    card = Card("lamp", "Lamp")
    stage.playout.define(card=card)
    stage.playout.submit([replace(make_ready(0), cues=(Cue("card", "lamp"), Cue("card", "unknown")))])
    assert stage.programme.prepared == [card]


def test_dead_air_is_counted_and_shows_the_standby(stage):
    stage.playout.define(lower_third=LowerThird(STANDBY, "Right back"))
    stage.playout.submit([make_ready(0, seconds=1.0, gap=0.0)])
    stage.play(200)
    assert stage.playout.stats.dead_air_frames >= 200 - 25
    shown = [state.n for state in stage.programme.states if state.lower_third]
    assert shown[0] == 25 + STANDBY_AFTER - 1


def test_silence_before_the_first_line_and_after_the_last_is_not_dead_air(stage):
    stage.playout.submit([make_ready(0, seconds=1.0)], not_before=48_000)
    stage.playout.finish()
    stage.play(200)
    assert stage.playout.stats.dead_air_frames == 0


def test_a_cut_is_heard_logged_and_frees_the_queue(stage):
    stage.playout.submit([make_ready(0, seconds=4.0), make_ready(1)])
    stage.on_frame[30] = stage.playout.cut
    stage.on_frame[60] = lambda: stage.playout.submit([make_ready(0), make_ready(1)])
    stage.play(250)
    lines = stage.aired()
    assert [(entry.seq, entry.complete) for entry in lines] == [(0, False), (0, True), (1, True)]
    assert lines[0].heard == "one"
    assert stage.presenter.cuts[0] == lines[0].end - 1440


def test_a_machine_that_stood_still_leaves_frames_out_and_repeats_the_sentence(stage):
    stage.playout.submit([make_ready(0, seconds=2.0), make_ready(1)])
    stage.on_frame[20] = lambda: stage.clock.advance(10.0)
    stage.play(250)
    numbers = [n for n, _ in stage.released]
    assert numbers == sorted(set(numbers)), "time stamps never run back"
    assert stage.playout.stats.lost == pytest.approx(250, abs=5)
    assert [(entry.seq, entry.complete) for entry in stage.aired()] == [(0, False), (0, True), (1, True)]


def test_a_short_hiccup_is_caught_up_without_leaving_a_frame_out(stage):
    stage.on_frame[20] = lambda: stage.clock.advance(0.5)
    stage.play(100)
    assert [n for n, _ in stage.released] == list(range(100 + FADE_OUT))
    assert stage.playout.stats.lost == 0
    assert stage.playout.stats.late > 0


def test_offline_and_live_make_the_same_programme(tmp_path):
    live, offline = Stage(tmp_path / "live"), Stage(tmp_path / "offline")
    for stage in (live, offline):
        stage.playout.submit([make_ready(seq, seconds=0.7 + seq / 10) for seq in range(4)])
    live.play(120)
    offline.playout.render(120)
    offline.log.close()
    sound = {
        name: np.concatenate([np.frombuffer(p.data, np.int16) for p in stage.packets if p.stream == "aac"][:120])
        for name, stage in (("live", live), ("offline", offline))
    }
    assert np.array_equal(sound["live"], sound["offline"])
    strip = lambda lines: [(entry.seq, entry.start, entry.end) for entry in lines]  # noqa: E731
    assert strip(live.aired()) == strip(offline.aired())


def test_the_position_tells_what_is_on_air_and_how_much_is_ready(stage):
    seen = []
    stage.playout.submit([make_ready(0, seconds=2.0, gap=0.0), make_ready(1, seconds=2.0, gap=0.0)])
    stage.on_frame[60] = lambda: seen.append(stage.playout.position)
    stage.play(70)
    (position,) = seen
    assert position.on_air == 1
    assert position.last_aired == 0
    assert position.last_queued == 1
    assert position.queued_seconds == pytest.approx(1.6, abs=0.05)


def test_the_lead_is_built_up_frame_by_frame_and_is_whole_after_a_hiccup(stage):
    leads = {}
    for n in (0, 3, 10, 15, 19, 60):
        stage.on_frame[n] = lambda n=n: leads.update({n: stage.programme.states[-1].n - n})
    stage.on_frame[12] = lambda: stage.clock.advance(0.3)
    stage.play(70)
    assert leads == {0: 0, 3: 3, 10: LEAD, 15: 2, 19: 0, 60: LEAD}
