from dataclasses import replace

import pytest

from livestream import wire
from livestream.channel.protocol import clear_card_message
from livestream.channel.script import Journal, Loop, Script, dropped, silenced
from livestream.errors import ChannelError
from livestream.lines import Beat, Cue, Line, Slot
from livestream.standards import Sealer, new_key
from tests.channel.test_script import make_loop


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal", Sealer(new_key()))


def of_pass(loop):
    """Number the passes as the desk does: each entry knows the pass it was written for."""
    entries = tuple(
        replace(entry, ready=replace(entry.ready, loop=loop.number, instance=f"{loop.number}.part-{i}"))
        for i, entry in enumerate(loop.entries)
    )
    return replace(loop, entries=entries)


def two_passes():
    return Script([of_pass(make_loop(0, 0, count=5)), of_pass(make_loop(1, 5))])


def captions(entries):
    return [entry.line.caption for entry in entries]


def numbers(script, seq=0):
    return [entry.ready.seq for entry in script.live(seq)]


@pytest.mark.parametrize(("target", "said"), [(3, [3, 4, 5, 6, 7]), (0, [0, 1, 2, 3, 4, 5, 6, 7]), (6, [6, 7])])
def test_a_jump_goes_on_anywhere_and_numbers_only_grow(target, said):
    script = two_passes()
    wanted = [script.find(seq)[1].line.caption for seq in said]
    loop = script.jump(target, jumped=2)
    script.add(loop)
    assert loop.first_seq == 8
    assert script.following(2) == 8
    assert script.following(1) == 1
    assert captions(script.live(2)) == wanted
    assert numbers(script) == [0, 1, *range(8, 8 + len(said))]
    assert script.seconds_from(2) == pytest.approx(2.2 * len(said))


def test_a_jump_after_a_jump_finds_what_the_first_left_out():
    script = two_passes()
    script.add(script.jump(4, jumped=2))
    script.add(script.jump(2, jumped=9))
    assert numbers(script) == [0, 1, 8, *range(12, 18)]
    assert captions(script.live(12)) == [script.find(seq)[1].line.caption for seq in (2, 3, 4, 5, 6, 7)]
    assert script.following(3) == 8
    assert script.following(9) == 12
    instances = [entry.ready.instance for entry in script.live(12)]
    assert len(set(instances)) == len(instances)
    assert instances[0] == "0.part-2~3"


def test_a_jump_keeps_the_end_of_the_channel_and_the_newest_cards():
    old, new = (wire.Message("card", {"product": "lamp", "price": price}) for price in ("$40", "$35"))
    script = Script([make_loop(0, 0, graphics=[old]), make_loop(1, 3, last=True, graphics=[new])])
    loop = script.jump(0, jumped=1)
    assert loop.last
    assert loop.graphics == (new,)


def test_a_jump_to_what_is_not_in_hand_is_refused():
    with pytest.raises(ChannelError):
        two_passes().jump(99, jumped=0)


def test_jumps_edits_and_drafts_outlive_the_process(journal):
    script = two_passes()
    draft = Line("line-1", "en-US", Beat.OFFER, ("It is ", Slot("lamp.price", "price"), "."), "lamp")
    edited = replace(script.find(1)[1], draft=draft)
    for loop in script.edit([edited, dropped(script.find(6)[1])]):
        journal.append(loop)
    jump = script.jump(3, jumped=2)
    journal.append(jump)
    again = Script(journal.load())
    script.add(jump)
    assert numbers(again) == numbers(script)
    assert again.find(1)[1].draft == draft
    assert again.find(6)[1].line is None
    assert again.find(0)[1].draft is None


def test_a_silent_entry_keeps_its_place_and_comes_back_after_a_restart(journal):
    script = two_passes()
    draft = Line("line-1", "en-US", Beat.OFFER, ("It is ", Slot("lamp.price", "price"), "."), "lamp")
    said = replace(script.find(1)[1], draft=draft)
    said = replace(said, ready=replace(said.ready, cues=(Cue("card", "lamp"), Cue("gesture", "wave"))))
    for loop in script.edit([silenced(said)]):
        journal.append(loop)
    again = Script(journal.load()).find(1)[1]
    assert again.silent
    assert (again.line, again.seconds, again.draft) == (None, 0.0, draft)
    assert (again.ready.gap, again.ready.cues) == (said.ready.gap, said.ready.cues)
    assert (again.sent.gap, again.sent.cues) == (0, (Cue("card", "lamp"),))
    assert not said.silent
    assert said.sent is said.ready
    assert not dropped(said).silent, "what a moderator skipped does not come back"


def test_an_edited_loop_takes_the_place_of_its_earlier_state(journal):
    script = two_passes()
    for number in (0, 1):
        journal.append(script.find(5 * number)[0])
    (changed,) = script.edit([dropped(script.find(2)[1])])
    journal.append(changed)
    loops = journal.load()
    assert [loop.number for loop in loops] == [0, 1]
    assert [entry.line is None for entry in loops[0].entries] == [False, False, True, False, False]


def test_a_dropped_entry_takes_no_time_and_leaves_its_card_on_show():
    _, entry = two_passes().find(0)
    cues = (Cue("gesture", "wave"), Cue("card", "lamp"), Cue("jingle"))
    gone = dropped(replace(entry, ready=replace(entry.ready, cues=cues)))
    assert (gone.seconds, gone.line, gone.ready.gap, gone.ready.cues) == (0.0, None, 0, (Cue("card", "lamp"),))


def test_a_new_card_takes_the_place_of_the_one_of_its_product():
    old, other, new = (
        wire.Message("card", {"product": product, "price": price})
        for product, price in (("lamp", "$40"), ("mug", "$12"), ("lamp", "$35"))
    )
    script = Script([Loop(0, make_loop(0, 0).entries, (old, other), last=False)])
    script.show([new])
    assert script.graphics() == [new, other]
    assert [loop.graphics for loop in script.edit([])] == [(new, other)], "what was shown is journalled"
    script.show([clear_card_message("lamp")])
    assert script.jump(0, jumped=0).graphics == (clear_card_message("lamp"), other)
    assert [len(script.edit([])) for _ in range(2)] == [1, 0]


def test_a_jump_leads_back_into_the_pass_on_air_also_when_it_was_left():
    script = two_passes()
    script.add(script.jump(4, jumped=2))
    script.forget(8)
    assert script.find(2) is not None, "left out, but of the pass on air"
    script.forget(9)
    assert script.find(2) is None


def test_a_pass_that_was_overtaken_by_a_jump_while_it_was_prepared_can_be_jumped_back_into():
    script = Script([of_pass(make_loop(0, 0, count=5))])
    script.add(script.jump(3, jumped=1))
    script.add(replace(of_pass(make_loop(1, 7)), number=2))
    script.add(script.jump(8, jumped=8))
    script.forget(10)
    assert [script.find(seq) is not None for seq in (0, 5, 7, 10)] == [False, False, True, True]


def test_a_product_is_found_where_its_turn_begins():
    script = two_passes()
    products = ("lamp", "lamp", "mug", "mug", "lamp", "mug", "mug", "rug")
    script.edit(
        replace(entry, ready=replace(entry.ready, product=product))
        for entry, product in zip(list(script.live()), products, strict=True)
    )
    assert script.where("mug", after=0) == 2
    assert script.where("mug", after=2) == 5
    assert script.where("mug", after=6) == 5, "back to its beginning"
    assert script.where("hat", after=0) is None
    script.add(script.jump(7, jumped=1))
    assert script.where("mug", after=8) == 5, "left out, but in hand"
