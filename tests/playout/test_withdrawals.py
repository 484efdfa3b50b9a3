"""What was withdrawn does not begin once air says so, and what was being said of it is put right next."""

import random
from dataclasses import replace

import pytest
from playout_stage import Stage

from livestream.lines import FactRef
from livestream.media import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME
from livestream.playout.asrun import read_as_run
from livestream.playout.withdrawal import AWAIT, Withdrawal
from livestream.testing.playout import make_ad_lib, make_ready, make_speech

OLD, NEW, TITLE = FactRef("lamp.price", "1"), FactRef("lamp.price", "2"), FactRef("lamp.title", "1")
WORDS = "one two three four"


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


def line(seq, *facts):
    return replace(make_ready(seq), speech=make_speech(WORDS, 2.0, line_id=f"line-{seq}", facts=facts, cut_points=True))


def ad_lib(ident, *facts, first=False, count=1):
    made = make_ad_lib(ident, count, 0.99)
    entries = tuple(replace(entry, speech=replace(entry.speech, facts=facts)) for entry in made.entries)
    return replace(made, entries=entries, first=first)


def withdrawal(*facts, number=1, correction="c1"):
    return Withdrawal(frozenset(facts), number, correction, frozenset(["lamp.price"]))


def said(stage):
    return [aired.line for aired in stage.aired()]


def test_a_correction_is_the_very_next_line_and_the_script_waits_for_it(stage):
    stage.playout.submit([line(0, OLD), line(1), line(2)])
    stage.on_frame[12] = lambda: stage.playout.withdraw(withdrawal(OLD, TITLE))
    stage.on_frame[14] = lambda: stage.playout.interject(ad_lib("answer"))
    stage.on_frame[45] = lambda: stage.playout.interject(ad_lib("c1", NEW, first=True))
    stage.play(12 * FPS)
    assert said(stage) == ["line-0", "c1-0", "answer-0", "line-1", "line-2"]
    first, correction = stage.aired()[:2]
    assert first.heard == "one two", "left at its next cut point"
    assert correction.start < 55 * SAMPLES_PER_FRAME
    assert stage.playout.position.correction == "c1"
    assert stage.playout.position.untrue == ("lamp.price",)


def test_a_correction_goes_between_the_lines_of_an_answer(stage):
    answer = ad_lib("a", TITLE, count=3)
    entries = (answer.entries[0], replace(answer.entries[1], speech=line(0, OLD).speech), answer.entries[2])
    stage.playout.submit([line(1)])
    stage.playout.interject(replace(answer, entries=entries))
    stage.on_frame[35] = lambda: stage.playout.withdraw(withdrawal(OLD))
    stage.on_frame[37] = lambda: stage.playout.interject(ad_lib("c1", NEW, first=True))
    stage.play(12 * FPS)
    assert said(stage) == ["a-0", "line-0", "c1-0", "a-2", "line-1"]
    assert dict(stage.playout.position.finished) == {"a": False, "c1": True}


def test_the_script_goes_on_where_no_correction_comes(stage):
    stage.playout.submit([line(0, OLD), line(1)])
    stage.on_frame[12] = lambda: stage.playout.withdraw(withdrawal(OLD))
    stage.play(12 * FPS)
    assert said(stage) == ["line-0", "line-1"]
    edge = 12 * SAMPLES_PER_FRAME
    assert edge + AWAIT <= stage.aired()[1].start <= edge + AWAIT + SAMPLE_RATE


def test_a_correction_that_cannot_be_made_is_let_go_of_at_once(stage):
    stage.playout.submit([line(0, OLD), line(1)])
    stage.on_frame[12] = lambda: stage.playout.withdraw(withdrawal(OLD))
    stage.on_frame[20] = lambda: stage.playout.recall("c1")
    stage.play(8 * FPS)
    assert stage.aired()[1].start < 2 * SAMPLE_RATE


def test_nothing_is_owed_where_the_sentence_on_air_rests_on_something_else(stage):
    stage.playout.submit([line(0, TITLE), line(1, OLD), line(2)])
    stage.on_frame[12] = lambda: stage.playout.withdraw(withdrawal(OLD))
    stage.play(10 * FPS)
    assert said(stage) == ["line-0", "line-2"]
    assert stage.playout.position.correction == ""
    assert stage.aired()[1].start < 2.3 * SAMPLE_RATE


def test_a_correction_that_is_overtaken_is_owed_again(stage):
    stage.playout.submit([line(0, OLD), line(1)])
    stage.on_frame[12] = lambda: stage.playout.withdraw(withdrawal(OLD))
    stage.on_frame[13] = lambda: stage.playout.interject(ad_lib("c1", NEW, first=True))
    stage.on_frame[14] = lambda: stage.playout.withdraw(withdrawal(OLD, NEW, number=2, correction="c2"))
    stage.on_frame[40] = lambda: stage.playout.interject(ad_lib("c2", first=True))
    stage.play(12 * FPS)
    assert said(stage) == ["line-0", "c2-0", "line-1"]


def test_what_is_rendered_ahead_is_heard_before_it_is_confirmed(tmp_path):
    began = 0
    for frame in range(47, 57):  # line-1 begins with frame 55
        stage = Stage(tmp_path / str(frame))
        stage.playout.submit([line(0), line(1, OLD)])
        confirmed = []

        def watch(stage=stage, confirmed=confirmed):
            if stage.playout.position.withdrawn == 1:
                confirmed.append(stage.playout.position.frame * SAMPLES_PER_FRAME)

        stage.on_frame = dict.fromkeys(range(100), watch)
        stage.on_frame[frame] = lambda stage=stage: stage.playout.withdraw(withdrawal(OLD))
        stage.play(100)
        late = [record for record in read_as_run(stage.path) if record.line == "line-1"]
        assert all(record.start < confirmed[0] for record in late)
        began += bool(late)
    assert 0 < began < 10


@pytest.mark.parametrize("seed", range(6))
def test_after_it_is_confirmed_nothing_withdrawn_begins(tmp_path, seed):
    """The price changes again and again at moments drawn by lot; the log is judged at each confirmation."""
    lot = random.Random(seed)
    stage = Stage(tmp_path)
    versions = [FactRef("lamp.price", str(n)) for n in range(6)]
    rests = [versions[lot.randrange(6)] for _ in range(14)]
    entries = [
        replace(
            make_ready(seq, gap=lot.choice([0.0, 0.04, 0.3])),
            speech=make_speech(WORDS, lot.uniform(0.3, 1.5), line_id=f"line-{seq}", facts=(fact,), cut_points=True),
        )
        for seq, fact in enumerate(rests)
    ]
    stage.playout.submit(entries)
    confirmed = {}

    def watch():
        position = stage.playout.position
        confirmed.setdefault(position.withdrawn, position.frame * SAMPLES_PER_FRAME)

    frames = 12 * FPS
    changes = sorted(lot.sample(range(5, 8 * FPS), 5))
    acts = {
        frame: lambda n=n: stage.playout.withdraw(
            Withdrawal(frozenset(versions[:n]), n, f"c{n}", frozenset(["lamp.price"]))
        )
        for n, frame in enumerate(changes, 1)
    }
    for frame in range(frames):
        stage.on_frame[frame] = lambda frame=frame: (acts.get(frame, lambda: None)(), watch())
    stage.play(frames)
    assert set(confirmed) >= set(range(6))
    facts = {f"line-{seq}": int(fact.version) for seq, fact in enumerate(rests)}
    begun = [entry for entry in read_as_run(stage.path) if entry.line in facts]
    assert begun
    for number in range(1, 6):
        late = [entry for entry in begun if facts[entry.line] < number and entry.start >= confirmed[number]]
        assert not late, (number, confirmed[number], late)
    for n, frame in enumerate(changes, 1):
        assert confirmed[n] <= (frame + 12) * SAMPLES_PER_FRAME
