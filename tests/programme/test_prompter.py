"""The prompter: the line that is due, the next one, the card, the question; no voice, no face, no host's label."""

from dataclasses import replace

import numpy as np
import pytest
from programme_fakes import planes, speech, state

from livestream.disclosure import host_label, prompter_label
from livestream.locales import locale
from livestream.media import Card, LowerThird
from livestream.playout.asrun import AsRunLog, aired, read_as_run
from livestream.playout.engine import Playout
from livestream.programme import prompter
from livestream.programme.badge import draw_badge
from livestream.programme.bed import Bed
from livestream.programme.mixer import Mixer
from livestream.programme.prompter import ASIDE, NEXT, NOW, Nobody, Prompter
from livestream.programme.slate import SLATE
from livestream.testing import ManualClock
from livestream.testing.playout import CountingEncoder, make_ready

SAID = speech("Here is the lamp, made of oak, and it folds flat.")
DARK = 40
LONG = speech("A very long sentence about a lamp and its shade " * 8)


@pytest.fixture
def shown():
    return Prompter(locale=locale("en-US"), bed=Bed.default(0))


def luma(shown, n, said=SAID, **more):
    return planes(shown.picture(state(n, said, 0, **more)))[0].astype(int)


def inside(picture, box):
    return picture[box.y : box.y + box.height, box.x : box.x + box.width]


def test_the_line_is_large_and_moves_on_word_by_word(shown):
    before, after = inside(luma(shown, 3), NOW), inside(luma(shown, 60), NOW)
    assert before.max() > 220
    rows = np.flatnonzero(before.max(axis=1) > 150)
    assert rows[-1] - rows[0] > 100, "two lines of large type"
    assert after[: rows[0] + 60].mean() < before[: rows[0] + 60].mean(), "what has been read is dimmed"
    assert inside(luma(shown, 200, said=None, following="More."), NOW).max() > 220, "it stands until the next"
    assert inside(luma(shown, 201, said=None), NOW).max() < DARK


@pytest.mark.parametrize("said", [SAID, LONG])
def test_every_word_is_in_it_and_inside_its_room(shown, said, monkeypatch):
    drawn = []
    monkeypatch.setattr(prompter, "draw_line", lambda words, due, tag: drawn.append((words, due)) or None)
    for n in range(720):
        shown.picture(state(n, said, 0))
    assert all(" ".join(word.text for word in words) == said.caption.strip() for words, _ in drawn)
    assert [due for _, due in drawn] == [*range(-1, len(said.words))]
    monkeypatch.undo()
    picture = luma(Prompter(locale=locale("en-US"), bed=Bed.default(0)), 3, said=said)
    assert picture[NOW.y + NOW.height : NEXT.y].max() < DARK


def test_the_next_line_the_card_and_the_question_have_their_places(shown):
    bare = luma(shown, 0)
    assert inside(bare, NEXT).max() < DARK
    asked = LowerThird("q", "Ana asks", "Does it fold?")
    full = luma(shown, 1, following="It folds.", lower_third=asked, card=Card("lamp", "Oak Lamp", "$49.99"))
    assert inside(full, NEXT).max() > 120
    assert inside(full, ASIDE).max() > 200
    assert full[150:540, 32:332].mean() > 80
    slate = luma(shown, 2, slate=LowerThird(SLATE, "A short break"))
    assert np.abs(slate - full).mean() > 10


def test_its_label_claims_no_host_and_stands_in_every_frame(shown):
    badge = draw_badge(prompter_label("en-US"), "en-US")
    letters = badge.alpha == 255
    assert "host" not in prompter_label("en-US")
    assert badge.box != draw_badge(host_label("en-US"), "en-US").box
    for n, more in enumerate([{}, {"slate": LowerThird(SLATE, "x" * 200)}, {"card": Card("a", "b" * 200)}]):
        here = inside(luma(shown, n, **more), badge.box)
        assert np.abs(here[letters] - badge.y[letters].astype(int)).max() <= 1


def test_what_is_heard_is_the_bed_alone_and_the_log_has_the_lines(tmp_path):
    bed, clock, packets = Bed.default(0), ManualClock(), []
    with AsRunLog(tmp_path / "log.jsonl") as log:
        playout = Playout(
            presenter=Nobody(),
            programme=Prompter(locale=locale("en-US"), bed=bed),
            encoder=CountingEncoder(),
            log=log,
            sink=packets.extend,
            clock=clock,
            t0=clock.monotonic(),
        )
        silent = [make_ready(seq, f"Line number {seq}.", seconds=0.8) for seq in range(3)]
        silent = [replace(each, speech=replace(each.speech, pcm=np.zeros_like(each.speech.pcm))) for each in silent]
        playout.submit(silent)
        playout.finish()
        playout.render(100)
    heard = np.concatenate([np.frombuffer(p.data, np.int16) for p in packets if p.stream == "aac"])
    mixer = Mixer(bed)
    alone = [mixer.mix(state(n, talking=n < 85)) for n in range(100)]
    assert heard.size == np.concatenate(alone).size
    wanted = np.concatenate(alone).ravel()
    assert np.corrcoef(heard, wanted)[0, 1] > 0.98
    assert [entry.heard for entry in aired(read_as_run(tmp_path / "log.jsonl"))] == [
        f"Line number {seq}." for seq in range(3)
    ]


def test_the_next_line_is_known_before_it_is_due(tmp_path):
    seen = []

    class Seeing(Prompter):
        def picture(self, state):
            seen.append((state.speech.caption if state.speech else "", state.following))
            return super().picture(state)

    clock = ManualClock()
    with AsRunLog(tmp_path / "log.jsonl") as log:
        playout = Playout(
            presenter=Nobody(),
            programme=Seeing(locale=locale("en-US"), bed=Bed.default(0)),
            encoder=CountingEncoder(),
            log=log,
            sink=lambda _: None,
            clock=clock,
            t0=clock.monotonic(),
        )
        playout.submit([make_ready(seq, f"Line {seq}.", seconds=2.0) for seq in range(3)])
        playout.finish()
        playout.render(150)
    assert {following for said, following in seen if said == "Line 0."} == {"Line 1."}
    assert {following for said, following in seen if said == "Line 1."} == {"Line 2."}
    assert {following for said, following in seen if said == "Line 2."} == {""}
