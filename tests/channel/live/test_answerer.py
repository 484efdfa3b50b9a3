import pytest

from livestream.channel.live.case import own_line, taken_of
from tests.channel.live.live_fakes import Bench, make_truth


@pytest.fixture
def bench(tmp_path):
    return Bench(make_truth(tmp_path))


def captions(bench, nth=-1):
    _, voice, _ = bench.stage.given[nth]
    return [message.body["caption"] for _, message in voice.entries]


async def test_a_question_is_planned_said_and_answered(bench):
    key = await bench.say("price?")
    assert bench.row(key).state == "planned"
    assert bench.row(key).planned.caption == "It is $39.90."
    assert bench.row(key).planned.facts == (("lamp.price", "Price", "$39.90"),)
    await bench.turn()
    assert bench.row(key).state == "queued"
    assert captions(bench) == ["Good question!", "It is $39.90.", "And back to the show."]
    await bench.heard()
    assert bench.row(key).state == "answered"
    assert bench.replies == [(key, "AI · It is $39.90.")]


async def test_one_answer_at_a_time_and_the_next_after_a_pause(bench):
    await bench.say("price?")
    other = await bench.say("stock?")
    await bench.turn()
    await bench.turn()
    assert len(bench.stage.given) == 1
    await bench.heard()
    await bench.turn()
    assert len(bench.stage.given) == 1
    bench.clock.advance(bench.pause)
    await bench.turn()
    assert bench.row(other).state in ("queued", "answered")


async def test_a_window_for_questions_needs_no_pause(bench):
    await bench.say("price?")
    await bench.turn()
    await bench.heard()
    bench.stage.product = "mug"
    await bench.say("price of the mug?")
    bench.stage.window = True
    await bench.turn()
    assert captions(bench)[1] == "It is $12."


async def test_a_topic_is_answered_once_in_five_minutes(bench):
    await bench.say("price?")
    await bench.turn()
    await bench.heard()
    bench.clock.advance(15)
    again = await bench.say("price please?")
    await bench.turn()
    assert len(bench.stage.given) == 1
    assert (bench.row(again).state, bench.row(again).note) == ("answered", "answered a moment ago")
    bench.clock.advance(300)
    await bench.say("price now?")
    await bench.turn()
    assert len(bench.stage.given) == 2


async def test_everybody_who_asked_the_same_is_answered_with_it(bench):
    first, second = await bench.say("price?"), await bench.say("price?", user="u2")
    await bench.turn()
    await bench.heard()
    assert (bench.row(first).state, bench.row(second).state) == ("answered", "answered")
    assert len(bench.stage.given) == 1


async def test_trouble_with_an_order_makes_a_ticket_and_says_the_safe_line(bench):
    key = await bench.say("order never came")
    assert [(ticket.kind, ticket.comment) for ticket in bench.store.tickets] == [("order", key)]
    await bench.turn()
    assert captions(bench)[1] == "Please write to the shop, they will look after you."


async def test_what_is_held_or_manual_waits_for_a_moderator(bench):
    bench.answerer.modes["price"] = "hold"
    bench.answerer.modes["stock"] = "manual"
    held, manual = await bench.say("price?"), await bench.say("stock?")
    await bench.turn()
    assert bench.stage.given == []
    assert (bench.row(held).state, bench.row(manual).state) == ("held", "new")
    assert bench.row(manual).planned is not None


async def test_nothing_is_said_while_paused_or_in_panic(bench):
    await bench.say("price?")
    bench.answerer.paused = True
    await bench.turn()
    bench.answerer.paused, bench.answerer.panic = False, True
    await bench.turn()
    assert bench.stage.given == []


async def test_a_question_that_grew_old_expires(bench):
    key = await bench.say("price?")
    bench.answerer.paused = True
    bench.clock.advance(60)
    await bench.turn()
    assert bench.row(key).state == "expired"


async def test_an_answer_speaks_of_the_price_as_it_is_when_it_is_said(bench):
    key = await bench.say("price?")
    bench.truth.edit("price", "lamp", "35")
    await bench.answerer.facts_changed("lamp")
    await bench.turn()  # planned anew
    await bench.turn()
    assert captions(bench)[1] == "It is $35."
    assert bench.row(key).state == "queued"


async def test_the_show_goes_on_when_the_store_does_not(bench):
    await bench.say("price?")
    bench.store.full = True
    await bench.turn()
    assert len(bench.stage.given) == 1


async def test_an_ad_lib_that_never_comes_does_not_block_the_next(bench):
    await bench.say("price?")
    await bench.turn()
    bench.clock.advance(61)
    bench.stage.product = "mug"
    await bench.say("price of that?")
    await bench.turn()
    assert len(bench.stage.given) == 2


async def test_a_window_in_which_nobody_asks_is_filled_once(bench):
    bench.stage.window = True
    await bench.turn()
    await bench.turn()
    assert captions(bench) == ["And here is Desk Lamp."]
    assert len(bench.stage.given) == 1
    await bench.heard()
    await bench.turn()
    assert len(bench.stage.given) == 1, "once a window"
    bench.stage.window = False
    await bench.turn()
    bench.stage.window = True
    bench.clock.advance(400)
    await bench.turn()
    assert len(bench.stage.given) == 2
    assert len({ad_lib for ad_lib, _, _ in bench.stage.given}) == 2


async def test_the_same_line_may_be_said_twice(bench):
    plan = bench.answerer.planner.typed("Stay with me.")
    for _ in range(2):
        bench.answerer.approve(own_line(plan, "Ana", f"said {bench.clock.time()}"), by="Ana", now=True)
        await bench.turn()
        await bench.heard()
        bench.clock.advance(1)
    assert len({ad_lib for ad_lib, _, _ in bench.stage.given}) == 2


async def test_who_lets_a_line_on_air_answers_for_it(bench):
    approvers, speak = [], bench.answerer._speak

    async def noted(line):
        approvers.append(line.approver)
        return await speak(line)

    bench.answerer._speak = noted
    bench.answerer.approve(own_line(bench.answerer.planner.typed("Stay with me."), "Ana", "said 1"), by="Ana", now=True)
    await bench.turn()
    assert approvers == ["moderator Ana"]


async def test_what_was_hidden_while_it_was_being_spoken_stays_unsaid(bench):
    key = await bench.say("price?")
    moderated = bench.answerer._speak

    async def speak(line):
        await bench.book.change(key, state="hidden", by="Ana")
        return await moderated(line)

    bench.answerer._speak = speak
    await bench.turn()
    assert bench.stage.given == []
    assert bench.row(key).state == "hidden"


async def test_what_was_hidden_before_it_was_considered_stays_hidden(bench):
    key = await bench.say("price?", consider=False)
    await bench.book.change(key, state="hidden", by="Ana")
    await bench.answerer.consider(taken_of(await bench.book.get(key)))
    await bench.turn()
    assert bench.stage.given == []
    assert bench.row(key).state == "hidden"
    assert bench.row(key).planned is not None


@pytest.mark.parametrize("began", [True, False])
async def test_an_answer_that_was_not_heard_is_neither_answered_nor_posted(bench, began):
    key = await bench.say("price?")
    await bench.turn()
    ad_lib = bench.stage.given[0][0]
    if began:
        await bench.answerer.heard(ad_lib, "on_air")
    await bench.answerer.heard(ad_lib, "cut")
    assert bench.row(key).state == "held"
    assert bench.replies == []
    bench.clock.advance(20)
    again = await bench.say("price now?")
    await bench.turn()
    assert bench.row(again).state == "queued", "the topic was not answered"


async def test_an_answer_recalled_for_a_new_price_is_planned_anew(bench):
    key = await bench.say("price?")
    await bench.turn()
    bench.truth.edit("price", "lamp", "35")
    await bench.answerer.facts_changed("lamp")
    await bench.answerer.heard(bench.stage.given[0][0], "cut")
    assert (bench.row(key).state, bench.row(key).planned.caption) == ("planned", "It is $35.")
    bench.clock.advance(20)
    await bench.turn()
    assert captions(bench)[1] == "It is $35."
    assert bench.stage.given[0][0] != bench.stage.given[1][0]


async def test_hiding_one_asker_leaves_the_others_waiting(bench):
    first, second = await bench.say("price?"), await bench.say("price?", user="u2")
    await bench.book.change(first, state="hidden", by="Ana")
    bench.answerer.withdraw(first)
    await bench.turn()
    await bench.heard()
    assert (bench.row(first).state, bench.row(second).state) == ("hidden", "answered")


async def test_panic_of_minutes_loses_no_answer(bench):
    key = await bench.say("price?")
    await bench.turn()
    bench.answerer.panic = True
    for _ in range(5):
        await bench.turn()
        bench.clock.advance(50)
    bench.answerer.panic = False
    await bench.turn()
    await bench.heard()
    assert bench.row(key).state == "answered"


async def test_everybody_with_an_order_in_trouble_gets_the_reply(bench):
    await bench.say("order never came")
    await bench.turn()
    await bench.heard()
    bench.clock.advance(20)
    second = await bench.say("order not here", user="u2")
    await bench.turn()
    assert len(bench.stage.given) == 1
    assert [key for key, _ in bench.replies][-1] == second


async def test_after_a_restart_the_very_answer_is_given_again_by_its_name(bench, tmp_path):
    key = await bench.say("price?")
    await bench.turn()
    again = Bench(make_truth(tmp_path))
    again.store.comments = bench.store.comments
    again.book.load(list(bench.store.comments.values()))
    await again.answerer.resume(await again.book.get(key))
    await again.turn()
    assert again.stage.given[0][0] == bench.stage.given[0][0]
    assert captions(again)[1] == "It is $39.90."


async def test_a_comment_that_cannot_be_read_is_left_to_a_moderator(bench):
    key = await bench.say("price?", consider=False)
    await bench.answerer.failed(key)
    assert (bench.row(key).state, bench.row(key).note) == ("held", "this could not be read")


async def test_a_comment_planned_once_more_has_no_second_ticket(bench):
    key = await bench.say("refund please")
    assert len(bench.store.tickets) == 1
    case = await bench.answerer.case(await bench.book.get(key))
    await bench.answerer.plan_again(case)
    again = Bench(bench.truth)
    again.store, again.book = bench.store, bench.book
    again.answerer._book = bench.book
    await again.answerer.resume(await bench.book.get(key))
    case = await again.answerer.case(await bench.book.get(key))
    await again.answerer.plan_again(case)
    assert len(bench.store.tickets) == 1


async def test_an_answer_that_only_rests_on_a_changed_fact_is_recalled_before_it_begins(bench):
    await bench.say("price?")
    await bench.turn()
    ad_lib = bench.stage.given[0][0]
    bench.truth.edit("price", "lamp", "35")
    await bench.answerer.facts_changed("lamp")
    assert bench.stage.recalled == [ad_lib]
    await bench.answerer.heard(ad_lib, "cut")
    bench.clock.advance(10.1)
    await bench.turn()
    assert "It is $35." in [message.body["caption"] for _, message in bench.stage.given[1][1].entries]
