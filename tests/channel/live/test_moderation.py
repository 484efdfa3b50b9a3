import pytest

from livestream.console.backend import ACTS, Act
from livestream.lines import Slot
from tests.channel.live.live_fakes import ANA, BO, EYE, LIST, Bench, following, make_truth


@pytest.fixture
def bench(tmp_path):
    bench = Bench(make_truth(tmp_path))
    bench.answerer.modes["price"] = "hold"
    return bench


async def act(bench, name, target="", value="", *, person=ANA, seen=0):
    return await bench.moderation.act(person, Act(name, target, value, seen))


def captions(bench, nth=-1):
    return [message.body["caption"] for _, message in bench.stage.given[nth][1].entries]


async def test_every_act_of_the_console_is_known(bench):
    for name in ACTS:
        outcome = await act(bench, name, "nothing", "nothing")
        assert outcome.message != "There is no such act."
    assert (await act(bench, "explode")).message == "There is no such act."


async def test_who_only_watches_does_nothing(bench):
    key = await bench.say("price?")
    for name in ACTS:
        assert not (await act(bench, name, key, "1", person=EYE)).done
    assert bench.row(key).state == "held"
    assert bench.store.acts == []


async def test_an_approved_answer_is_said_and_its_approver_noted(bench):
    key = await bench.say("price?")
    outcome = await act(bench, "approve", key)
    assert outcome.done
    assert (bench.row(key).state, bench.row(key).by, bench.row(key).planned.by) == ("queued", "Ana", "Ana")
    await bench.turn()
    assert captions(bench)[1] == "It is $39.90."
    assert [(each.person, each.name) for each in bench.store.acts] == [("Ana", "approve")]


async def test_an_approval_is_taken_back_while_it_waits(bench):
    await bench.say("stock?")
    await bench.turn()  # something else is on its way to air
    key = await bench.say("price?")
    outcome = await act(bench, "approve", key)
    assert (await act(bench, "undo", outcome.undo)).done
    assert bench.row(key).state == "held"
    assert not (await act(bench, "undo", outcome.undo)).done


async def test_say_now_goes_before_everything(bench):
    await bench.say("stock?")
    await bench.turn()
    key = await bench.say("price?")
    assert (await act(bench, "say_now", key)).done
    await bench.turn()
    assert [now for _, _, now in bench.stage.given] == [False, True]


async def test_what_somebody_else_decided_is_a_notice_and_no_error(bench):
    key = await bench.say("price?")
    seen = bench.row(key).seq
    await act(bench, "hide", key, seen=seen)
    outcome = await act(bench, "approve", key, person=BO, seen=seen)
    assert (outcome.done, outcome.conflict) == (False, "already hidden by Ana")
    assert bench.row(key).state == "hidden"
    assert (await act(bench, "restore", key, person=BO, seen=bench.row(key).seq)).done


async def test_an_edited_answer_is_checked_and_cites_its_facts(bench):
    key = await bench.say("price?")
    refused = await act(bench, "edit", key, "It is $5, I promise.")
    assert not refused.done
    assert "Standards refuse it" in refused.message
    outcome = await act(bench, "edit", key, "The lamp is $39.90.")
    assert outcome.done
    assert bench.row(key).planned.caption == "The lamp is $39.90."
    assert bench.row(key).planned.facts[0][0] == "lamp.price"
    await act(bench, "approve", key)
    await bench.turn()
    assert captions(bench)[1] == "The lamp is $39.90."


async def test_an_edit_is_undone(bench):
    key = await bench.say("price?")
    outcome = await act(bench, "edit", key, "Have a look at the card.")
    assert (await act(bench, "undo", outcome.undo)).done
    assert bench.row(key).planned.caption == "It is $39.90."
    case = await bench.answerer.case(await bench.book.get(key))
    assert Slot("lamp.price", "price") in case.plan.lines[0].pieces


async def test_a_new_price_reaches_answers_and_show_and_is_undone(bench):
    outcome = await act(bench, "price", "lamp", "35")
    assert outcome.done
    assert bench.stage.done == ["refresh"]
    key = await bench.say("price?")
    assert bench.row(key).planned.caption == "It is $35."
    assert (await act(bench, "undo", outcome.undo)).done
    assert bench.truth.products()[0].price == "39.90"
    assert bench.store.state["price/lamp"] is None


async def test_a_price_is_acknowledged_only_once_air_lets_go_of_the_old_one(bench):
    bench.stage.confirms = False
    outcome = await act(bench, "price", "lamp", "35")
    assert (outcome.done, bool(outcome.message), bool(outcome.undo)) == (False, True, True)
    assert [each.name for each in bench.store.acts] == ["price"], "it is in the history: it is in force"
    assert bench.truth.products()[0].price == "35"
    bench.stage.confirms = True
    assert (await act(bench, "undo", outcome.undo)).done


async def test_an_undo_brings_back_the_edit_before_and_yields_to_who_was_later(bench):
    await act(bench, "price", "lamp", "35")
    second = await act(bench, "price", "lamp", "30")
    assert (await act(bench, "undo", second.undo)).done
    assert bench.truth.products()[0].price == "35"
    assert bench.store.state["price/lamp"]["value"] == "35"
    third = await act(bench, "price", "lamp", "31")
    await act(bench, "price", "lamp", "32", person=BO)
    assert (await act(bench, "undo", third.undo)).conflict
    assert bench.truth.products()[0].price == "32"


async def test_an_edit_is_not_in_force_again_where_the_list_has_another_value_by_now(bench, tmp_path):
    await act(bench, "price", "lamp", "35")
    await act(bench, "stock", "mug", "0")
    again = Bench(make_truth(tmp_path, LIST.replace("39.90", "38.00")))
    await again.moderation.load(bench.store.state)
    assert (again.truth.products()[0].price, again.truth.products()[1].stock) == ("38.00", 0)


@pytest.mark.parametrize(("name", "target", "value"), [("price", "lamp", "cheap"), ("stock", "boat", "1")])
async def test_an_edit_that_makes_no_sense_says_why(bench, name, target, value):
    outcome = await act(bench, name, target, value)
    assert not outcome.done
    assert outcome.message
    assert bench.store.acts == []


async def test_panic_reaches_air_before_the_books(bench):
    bench.store.full = True
    outcome = await act(bench, "panic")
    assert bench.stage.done == ["panic True"]
    assert bench.answerer.panic
    assert "could not be kept" in outcome.message
    await act(bench, "calm")
    assert bench.stage.done == ["panic True", "panic False"], "a full disk keeps nobody under the slate"
    bench.stage.done.clear()
    await act(bench, "panic")
    bench.store.full = False
    assert (await act(bench, "calm")).done
    assert bench.stage.done == ["panic True", "panic False"]


async def test_a_banned_viewer_is_no_longer_heard_until_unbanned(bench):
    key = await bench.say("price?", user="rude")
    outcome = await act(bench, "ban", key)
    assert bench.row(key).state == "hidden"
    assert bench.store.state == {"ban/ws/rude": True}
    assert (await act(bench, "undo", outcome.undo)).done
    assert bench.store.state == {"ban/ws/rude": False, "timeout/ws/rude": 0.0}
    assert bench.row(key).state == "held"


async def test_a_ban_takes_back_all_that_is_on_its_way_from_that_viewer(bench):
    bench.answerer.modes.clear()
    first = await bench.say("price?", user="rude")
    await bench.turn()
    second = await bench.say("stock?", user="rude")
    assert (await act(bench, "ban", second)).done
    assert (bench.row(first).state, bench.row(second).state) == ("hidden", "hidden")
    assert bench.stage.recalled == [bench.stage.given[0][0]]
    await bench.answerer.heard(bench.stage.given[0][0], "cut")
    assert bench.row(first).state == "hidden"
    assert bench.replies == []


async def test_a_timeout_taken_back_lifts_no_ban(bench):
    key = await bench.say("price?", user="rude")
    timeout = await act(bench, "timeout", key, "60")
    await act(bench, "ban", key, person=BO)
    outcome = await act(bench, "undo", timeout.undo)
    assert not outcome.done
    assert bench.store.state["ban/ws/rude"] is True


async def test_a_blocked_word_hides_what_waits(bench):
    bench.answerer.modes.clear()
    key = await bench.say("price of this umbrella")
    assert bench.row(key).state == "planned"
    await act(bench, "block_word", value="umbrella")
    assert bench.row(key).state == "hidden"
    await bench.turn()
    assert bench.stage.given == []


async def test_an_undone_hold_does_not_undo_what_came_after(bench):
    key = await bench.say("price?")
    held = await act(bench, "hide", key)
    await act(bench, "restore", key, person=BO)
    await act(bench, "approve", key, person=BO)
    outcome = await act(bench, "undo", held.undo)
    assert not outcome.done
    assert bench.row(key).state == "queued"


async def test_an_answer_whose_fact_has_changed_is_shown_again_before_it_is_approved(bench):
    key = await bench.say("price?")
    await act(bench, "price", "lamp", "35")
    outcome = await act(bench, "approve", key)
    assert not outcome.done
    assert "look at it again" in outcome.conflict
    assert bench.row(key).planned.caption == "It is $35."
    assert (await act(bench, "approve", key)).done


async def test_a_mode_takes_what_waits_with_it(bench):
    key = await bench.say("stock?")
    assert bench.row(key).state == "planned"
    await act(bench, "mode", "stock", "hold")
    assert bench.row(key).state == "held"
    await bench.turn()
    assert bench.stage.given == []


async def test_a_typed_line_is_never_cut(bench):
    outcome = await act(bench, "say", value="word " * 100 + "not")
    assert not outcome.done
    assert "300" in outcome.message


async def test_an_approved_answer_can_be_approved_after_a_restart_too(bench, tmp_path):
    key = await bench.say("price?")
    again = Bench(make_truth(tmp_path))
    again.store.comments = bench.store.comments
    again.book.load(list(bench.store.comments.values()))
    assert (await again.moderation.act(ANA, Act("approve", key))).done
    await again.turn()
    assert captions(again)[1] == "It is $39.90."


async def test_a_line_to_say_outlives_a_restart_and_is_said_once(bench, tmp_path):
    await act(bench, "say", value="Let me show you the Clay Mug.")
    again = Bench(make_truth(tmp_path))
    again.store.state = bench.store.state
    await again.moderation.load(bench.store.state)
    await again.turn()
    assert captions(again) == ["Let me show you the Clay Mug."]
    await bench.turn()
    assert again.stage.given[0][0] == bench.stage.given[0][0], "one name: air plays it once"
    await again.heard()
    assert set(again.store.state.values()) == {None}


async def test_a_price_of_yesterday_does_not_beat_todays_list(bench, tmp_path):
    await act(bench, "price", "lamp", "35")
    (tmp_path / "new").mkdir()
    other = Bench(make_truth(tmp_path / "new", "handle,title,price,stock,currency\nlamp,Desk Lamp,59.00,12,USD\n"))
    await other.moderation.load(bench.store.state)
    assert other.truth.products()[0].price == "59.00"


async def test_panic_and_pause_end_with_the_show(bench, tmp_path):
    await act(bench, "panic")
    await act(bench, "pause")
    other = Bench(make_truth(tmp_path), show="run 2")
    await other.moderation.load(bench.store.state)
    assert not other.answerer.panic
    assert not other.answerer.paused


async def test_acts_are_told_to_the_consoles_and_kept(bench):
    key = await bench.say("price?")
    async with following(bench) as feed:
        feed.take()
        await act(bench, "pin", key)
        rows, acts = feed.take()
    assert [(row.id, row.pinned) for row in rows] == [(key, True)]
    assert [(each.person, each.name, each.target) for each in acts] == [("Ana", "pin", key)]


async def test_a_line_of_ones_own_is_checked_and_said(bench):
    assert not (await act(bench, "say", value="Guaranteed to cure your back pain!")).done
    assert (await act(bench, "say", value="Let me show you the Clay Mug.")).done
    await bench.turn()
    assert captions(bench) == ["Let me show you the Clay Mug."]


async def test_modes_words_and_holds_are_in_force_after_a_restart(bench, tmp_path):
    for name, target, value in [
        ("mode", "stock", "manual"),
        ("slow", "", "30"),
        ("block_word", "", "spam"),
        ("pause", "", ""),
        ("panic", "", ""),
        ("price", "lamp", "35"),
    ]:
        assert (await act(bench, name, target, value)).done
    again = Bench(make_truth(tmp_path))
    await again.moderation.load(bench.store.state)
    assert again.answerer.modes["stock"] == "manual"
    assert (again.intake.slow, again.moderation.slow) == (30.0, 30.0)
    assert again.intake.blocked_words == ["spam"]
    assert (again.answerer.paused, again.answerer.panic) == (True, True)
    assert again.stage.done == ["panic True"]
    assert again.truth.products()[0].price == "35"


async def test_nothing_is_acknowledged_that_could_not_be_kept(bench):
    key = await bench.say("price?")
    bench.store.full = True
    for name in ("approve", "hide", "hold", "pin", "ban"):
        outcome = await act(bench, name, key)
        assert not outcome.done
        assert "disk is full" in outcome.message


async def test_skip_and_jump_reach_the_show(bench):
    assert (await act(bench, "skip")).done
    assert (await act(bench, "jump", "mug")).done
    assert not (await act(bench, "jump", "boat")).done
    assert bench.stage.done == ["skip", "jump mug", "jump boat"]
