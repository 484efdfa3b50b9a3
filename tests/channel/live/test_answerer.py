import pytest

from livestream.channel.live.answerer import own_line
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
    bench.truth.edit_price("lamp", "35")
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
    plan = bench.answerer.typed("Stay with me.")
    for _ in range(2):
        bench.answerer.approve(own_line(plan, "Ana", bench.clock.time()), by="Ana", now=True)
        await bench.turn()
        await bench.heard()
        bench.clock.advance(1)
    assert len({ad_lib for ad_lib, _, _ in bench.stage.given}) == 2
