from dataclasses import replace

import numpy as np
import pytest
from playout_stage import Stage

from livestream.lines import Cue, FactRef
from livestream.media import FPS, SAMPLE_RATE, Card, LowerThird
from livestream.playout.lineup import BREATH, NEAR_END
from livestream.playout.timeline import FADE
from livestream.playout.withdrawal import Withdrawal
from livestream.programme.slate import SLATE
from livestream.testing.playout import make_ad_lib, make_ready, make_speech

PRICE = FactRef("lamp.price", "1")


@pytest.fixture
def stage(tmp_path):
    stage = Stage(tmp_path)
    yield stage
    stage.log.close()


def long_line(seq, seconds=8.0, words="one two three four five six seven eight", gap=0.2, facts=()):
    """A sentence with a cut point each second."""
    speech = make_speech(words, seconds, line_id=f"line-{seq}", facts=facts, cut_points=True)
    return replace(make_ready(seq, gap=gap), speech=speech)


def told(lines):
    return [(line.seq, line.line, line.complete) for line in lines]


def test_an_ad_lib_waits_for_the_next_cut_point_and_the_script_goes_on_after_it(stage):
    stage.playout.submit([long_line(0), make_ready(1)])
    stage.on_frame[120] = lambda: stage.playout.interject(make_ad_lib("a1"))
    stage.play(500)
    lines = stage.aired()
    assert told(lines) == [
        (0, "line-0", False),
        (-1, "a1-0", True),
        (-1, "a1-1", True),
        (1, "line-1", True),
    ]
    assert lines[0].heard == "one two three four five six"
    assert lines[1].start == 6 * SAMPLE_RATE + FADE + BREATH, "the first cut point that had not been encoded"
    assert lines[1].instance == "a1"
    assert stage.playout.position.finished == (("a1", True),)


def test_a_sentence_of_which_little_was_heard_is_said_again_whole(stage):
    jingle = replace(long_line(0), cues=(Cue("jingle"), Cue("card", "lamp")))
    stage.playout.submit([jingle, make_ready(1)])
    stage.on_frame[40] = lambda: stage.playout.interject(make_ad_lib("a1", 1))
    stage.play(600)
    lines = stage.aired()
    assert told(lines) == [(0, "line-0", False), (-1, "a1-0", True), (0, "line-0", True), (1, "line-1", True)]
    assert lines[0].heard == "one two"
    assert lines[0].note
    assert [cue.kind for state in stage.programme.states for cue in state.cues].count("jingle") == 1


def test_near_its_end_a_sentence_is_heard_to_it(stage):
    stage.playout.submit([long_line(0), make_ready(1)])
    asked = 8 * FPS - round((NEAR_END / SAMPLE_RATE - 0.1) * FPS)
    stage.on_frame[asked] = lambda: stage.playout.interject(make_ad_lib("a1", 1))
    stage.play(400)
    lines = stage.aired()
    assert told(lines) == [(0, "line-0", True), (-1, "a1-0", True), (1, "line-1", True)]
    assert lines[1].start == lines[0].end + BREATH


def test_now_cuts_at_once_with_a_fade_and_without_a_click(stage):
    stage.playout.submit([long_line(0), make_ready(1)])
    stage.on_frame[110] = lambda: stage.playout.interject(make_ad_lib("a1", 1, now=True, level=0))
    stage.play(300)
    ad_lib = stage.aired()[1]
    assert ad_lib.start <= (110 + 1) * 1920 + 0.3 * SAMPLE_RATE
    around = stage.sound()[ad_lib.start - 2 * FADE : ad_lib.start + 10].astype(int)
    steps = np.abs(np.diff(around))
    assert around[0] == 1000
    assert around[-1] == 0
    assert steps.max() <= -(-1000 // FADE)


def test_ad_libs_come_in_their_order_and_one_for_now_in_front(stage):
    stage.playout.submit([long_line(0), make_ready(1)])
    for frame, ad_lib in ((100, make_ad_lib("a1")), (101, make_ad_lib("a2")), (130, make_ad_lib("n", 1, now=True))):
        stage.on_frame[frame] = lambda ad_lib=ad_lib: stage.playout.interject(ad_lib)
    stage.on_frame[105] = lambda: stage.playout.interject(make_ad_lib("a1"))
    stage.play(700)
    spoken = [line.line for line in stage.aired() if line.seq == -1]
    assert spoken == ["a1-0", "n-0", "a1-0", "a1-1", "a2-0", "a2-1"]
    assert [line.seq for line in stage.aired() if line.seq >= 0] == [0, 1]
    assert {ident for ident, _ in stage.playout.position.finished} == {"a1", "a2", "n"}


def test_cards_and_lower_thirds_of_an_ad_lib_go_with_it(stage):
    for handle in ("lamp", "mug"):
        stage.playout.define(card=Card(handle, handle))
    stage.playout.define(lower_third=LowerThird("q", "Is it warm?"))
    stage.playout.submit([replace(long_line(0), cues=(Cue("card", "lamp"),)), long_line(1)])
    cues = (Cue("gaze", "comments"), Cue("card", "mug"), Cue("lower_third", "q"))
    stage.on_frame[100] = lambda: stage.playout.interject(make_ad_lib("a1", 3, cues=cues))
    stage.play(400)
    lines = stage.aired()
    shown = [
        (state.card.title, state.lower_third.heading if state.lower_third else "") for state in stage.programme.states
    ]
    first, after = lines[1].start // 1920, lines[3].end // 1920
    assert set(shown[:first]) == {("lamp", "")}
    assert set(shown[first:after]) == {("mug", "Is it warm?")}
    assert set(shown[after:]) == {("lamp", "")}
    assert (lines[1].start, "gaze", "comments") in stage.presenter.events


def test_a_card_that_is_defined_anew_changes_at_once(stage):
    stage.playout.define(card=Card("lamp", "Lamp", "$20"))
    stage.playout.submit([replace(long_line(0), cues=(Cue("card", "lamp"),))])
    stage.on_frame[50] = lambda: stage.playout.define(card=Card("lamp", "Lamp", "$18"))
    stage.play(100)
    prices = [state.card.price for state in stage.programme.states if state.card]
    assert prices.index("$18") <= 58
    assert Card("lamp", "Lamp", "$18") in stage.programme.prepared


def test_an_ad_lib_heard_before_a_restart_is_not_heard_again(tmp_path):
    before, after = Stage(tmp_path), None
    before.playout.interject(make_ad_lib("whole", 1))
    before.playout.interject(make_ad_lib("half", 2))
    before.play(40)
    after = Stage(tmp_path)
    for ident, count in (("whole", 1), ("half", 2)):
        after.playout.interject(make_ad_lib(ident, count))
    after.play(200)
    lines = [line.line for line in after.aired() if line.complete]
    assert sorted(lines) == ["half-0", "half-1", "whole-0"]
    assert dict(after.playout.position.finished) == {"whole": True, "half": True}


def test_a_skipped_part_fades_out_and_the_next_begins(stage):
    card = (Cue("card", "lamp"),)
    part = [replace(long_line(seq), instance="0.offer", cues=card if seq == 1 else ()) for seq in (0, 1)]
    stage.playout.define(card=Card("lamp", "Lamp"))
    stage.playout.submit([*part, make_ready(2)])
    stage.on_frame[30] = lambda: stage.playout.skip("0.offer")
    stage.play(150)
    assert told(stage.aired()) == [(0, "line-0", False), (2, "line-2", True)]
    assert stage.programme.states[60].card.title == "Lamp", "the parts behind it need what it put on show"
    assert stage.playout.position.last_aired == 2


def test_a_jump_drops_all_numbers_before_its_own(stage):
    stage.playout.submit([long_line(0), make_ready(1), make_ready(2)])
    stage.on_frame[30] = lambda: stage.playout.jump(7)
    stage.on_frame[31] = lambda: stage.playout.submit([make_ready(3), make_ready(7), make_ready(8)])
    stage.play(300)
    assert told(stage.aired()) == [(0, "line-0", False), (7, "line-7", True), (8, "line-8", True)]


def test_panic_holds_everything_under_the_slate_and_lets_it_go_on(stage):
    stage.playout.define(lower_third=LowerThird(SLATE, "Right back"))
    stage.playout.submit([long_line(0), make_ready(1)])
    stage.on_frame[30] = lambda: stage.playout.panic(True)
    stage.on_frame[60] = lambda: stage.playout.interject(make_ad_lib("n", 1, now=True))
    stage.on_frame[130] = lambda: stage.playout.panic(False)
    stage.play(600)
    slates = [state.n for state in stage.programme.states if state.slate]
    assert slates[0] <= 30 + 7
    assert len(slates) == 100
    assert stage.playout.stats.held_frames == 100
    assert {state.slate.heading for state in stage.programme.states if state.slate} == {"Right back"}
    assert not stage.sound()[(slates[0] + 1) * 1920 : slates[-1] * 1920].any()
    assert told(stage.aired()) == [(0, "line-0", False), (-1, "n-0", True), (0, "line-0", True), (1, "line-1", True)]


def test_a_withdrawn_fact_leaves_the_air_and_new_wording_takes_its_place(stage):
    entries = [long_line(seq, facts=(PRICE,) if seq in (0, 2, 3) else ()) for seq in range(5)]
    stage.playout.submit(entries)
    stage.on_frame[30] = lambda: stage.playout.withdraw(Withdrawal(frozenset([PRICE])))
    new = replace(make_ready(2), speech=make_speech("new", line_id="new-2"))
    stage.on_frame[60] = lambda: stage.playout.replace(new)
    stage.on_frame[70] = lambda: stage.playout.submit([long_line(5, facts=(PRICE,))])
    stage.on_frame[80] = lambda: stage.playout.interject(
        replace(make_ad_lib("a"), entries=(replace(make_ad_lib("a").entries[0], speech=entries[0].speech),))
    )
    stage.play(900)
    assert told(stage.aired()) == [
        (0, "line-0", False),
        (1, "line-1", True),
        (2, "new-2", True),
        (4, "line-4", True),
    ]
    assert stage.aired()[0].heard == "one two", "it is left at its next cut point"
    assert stage.playout.position.finished == (("a", False),)
