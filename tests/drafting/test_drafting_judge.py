"""What a model may have said of a product, and what becomes of it."""

import json

import pytest
from drafting_shop import answer, cite, line, read_shop

from livestream.drafting.answer import MOST_LINES, read_answer
from livestream.drafting.asking import briefs
from livestream.drafting.judge import Dropped, Judge, Kept
from livestream.errors import UsageError
from livestream.rundown.playbook import Playbook

TITLE, BASE, PRICE, STOCK = cite("lamp.title"), cite("lamp.point.3"), cite("lamp.price"), cite("lamp.stock")
HONEST = (
    line("quick", "Meet ", TITLE, ", with ", BASE, ", yours for ", PRICE, "."),
    line("hook", "Have a look at ", TITLE, "."),
    line("hook", "Welcome, friends!", TITLE, ", and I love it."),
    line("hook", "What a lamp! Meet ", TITLE, "."),  # a word of the title that is said beside it
    line("benefit", "I want you to notice", BASE, ", friends."),
    line("offer", "You can take", TITLE, " with you for", PRICE, "."),
    line("urgency", "The shop's list has", STOCK, " in stock."),
    line("call_to_action", "If you love it, you know where the shop is."),
)
UNSUPPORTED = (
    "handmade in Italy", "it keeps the rain out", "never has it been nicer", "I have not seen it look nice",
    "it is without a base", "it breathes", "it is nicer than it was", "mira esta belleza",
)  # fmt: skip
REFUSED = (
    "you get a full refund", "r e f u n d", "ｒｅｆｕｎｄ", "rеfund", "send it back", "it ships tomorrow",
    "it cures headaches", "an unbreakable beauty", "loved by celebrities", "it is nicer than the others", "take two",
    "take 2", "take twenty-four", "get four of these", "это лучшая лампа", "最高の商品です", "{{ price }}",
    "{lamp.title}", "<b>", "it is free", "compra ahora mismo",
)  # fmt: skip
"""Standards refuse these by rules of their own, which say more than that no fact carries them."""


def judged(judge, brief, *lines):
    return list(judge.judge(brief, read_answer(answer(*lines))))


def test_honest_lines_are_kept_and_pinned_to_the_words_they_were_made_for(judge, asked, catalogue):
    kept = judged(judge, asked["lamp"], *HONEST)
    assert [type(each) for each in kept] == [Kept] * len(HONEST), kept
    offer = next(each for each in kept if each.section == "offer")
    assert offer.say == "You can take {lamp.title} with you for {lamp.price}."
    assert offer.pinned == {"lamp.title": catalogue.fact("lamp.title").version}, "a price may change"


@pytest.mark.parametrize("words", [*UNSUPPORTED, *REFUSED])
def test_what_no_fact_carries_is_dropped(judge, asked, words):
    after, before = judged(
        judge, asked["lamp"], line("hook", "Look at ", TITLE, f", {words}."), line("hook", f"{words} ", TITLE)
    )
    assert isinstance(after, Dropped)
    assert isinstance(before, Dropped)
    assert (after.rule == "unsupported") is (words in UNSUPPORTED), after
    assert after.words


def test_signs_that_cannot_be_seen_make_no_slot_and_join_no_words(judge, asked):
    one, two = judged(judge, asked["lamp"], line("hook", "\ue000", TITLE), line("hook", "re\u200bfund ", TITLE))
    assert isinstance(one, Kept), "what cannot be seen is taken out"
    assert one.say == "{lamp.title}"
    assert isinstance(two, Dropped)
    assert two.say == "re fund {lamp.title}"


def test_forged_ids_foreign_facts_and_misplaced_amounts_are_dropped(judge, asked):
    forged = (
        line("hook", "Look at ", cite("lamp.refund"), "."),
        line("hook", "Look at ", cite("mug.title"), "."),  # another product's
        line("hook", "Look at ", cite("lamp.title} free {lamp.title"), "."),
        line("hook", "Look at this."),  # names nothing
        line("offer", "You can have ", TITLE, "."),  # no price
        line("benefit", "I love ", BASE, ", for ", PRICE, "."),
        line("closing", "See you, friends."),
    )
    rules = [each.rule for each in judged(judge, asked["lamp"], *forged)]
    assert rules == ["fact", "fact", "form", "beat", "beat", "beat", "beat"]


@pytest.mark.parametrize(
    "words",
    [
        "buy it and get another", "we bring it to your home", "the shop will take it", "pay when you like",
        "it was in every home", "everyone has it", "the first of its kind", "it is good for your sleep",
        "the price is nice today", "the little ones", "a lot of it", "you will love it",
    ],
)  # fmt: skip
def test_a_lie_of_a_playbooks_own_words_is_dropped(judge, asked, words):
    (dropped,) = judged(judge, asked["lamp"], line("hook", "Look at ", TITLE, f", {words}."))
    assert isinstance(dropped, Dropped)


@pytest.mark.parametrize("before", ["under", "about", "up to", "from", "over", "close to", "between"])
def test_no_word_makes_another_amount_of_a_price(judge, asked, before):
    (dropped,) = judged(judge, asked["lamp"], line("offer", f"It's yours for {before} ", PRICE, "."))
    assert isinstance(dropped, Dropped)
    (kept,) = judged(judge, asked["lamp"], line("offer", "It's yours for ", PRICE, ", and I love it."))
    assert isinstance(kept, Kept)


def test_an_amount_keeps_its_meaning_at_the_door(judge, asked):
    lies = (
        line("offer", "You can have it for ", PRICE, " dollars."),
        line("offer", "You can have it for $", PRICE, "."),
        line("offer", "You can have it for ", PRICE, "0."),
        line("urgency", "You can have it for ", STOCK, " dollars."),
    )
    assert all(isinstance(each, Dropped) for each in judged(judge, asked["lamp"], *lies))


def test_a_fact_that_is_turned_round_lends_no_words(tmp_path, american, known, playbook):
    shop = read_shop(tmp_path, "title,description,price\nNot Leather Bag,A small bag with a strap,20\n")
    (brief,) = briefs(shop, playbook, count=1)
    title = cite(brief.told.title.id)
    (dropped,) = judged(Judge(shop, american, known), brief, line("hook", "Leather! Look at ", title, "."))
    assert dropped.rule == "unsupported"
    assert "leather" in dropped.words


def test_the_same_words_are_kept_once(judge, asked):
    twice = judged(judge, asked["lamp"], HONEST[1], line("hook", "have a look at ", TITLE, "!"))
    assert [type(each) for each in twice] == [Kept, Dropped]
    assert twice[1].rule == "repeat"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Sorry, I cannot do that.",
        '{"lines": [{"beat": "hook", "pieces": ["Look',
        '{"lines": {"beat": "hook"}}',
        "[" * 100_000,
        '{"lines":' + "[" * 100_000,
        '{"template_id": "x"}',
        '{"lines": []}',
        "x" * 64_000,
        '{"lines": [{"beat": "hook", "pieces": ["' + "\\ud800" + '"]}]}',
    ],
)
def test_what_is_no_answer_is_one_dropped_line(judge, asked, content):
    (dropped,) = judge.judge(asked["lamp"], read_answer(content))
    assert dropped.rule == "form"
    assert len(dropped.say) <= 300
    dropped.say.encode()


def test_an_answer_may_have_talk_and_a_fence_around_it_and_one_bad_line_spoils_no_other(judge, asked):
    lines = ["Buy!", line("hook", 7), line("hook"), {"pieces": ["Hi."]}, line("hook", "x" * 400, TITLE), HONEST[1]]
    content = f"Sure! Here you are:\n```json\n{json.dumps({'lines': lines})}\n```\nEnjoy!"
    *bad, good = judge.judge(asked["lamp"], read_answer(content))
    assert [each.rule for each in bad] == ["form"] * 5
    assert isinstance(good, Kept)


def test_no_more_lines_are_read_than_an_answer_should_have():
    assert len(list(read_answer(answer(*[HONEST[1]] * 10_000)))) == MOST_LINES


def test_the_model_is_told_facts_but_no_amount(asked, known):
    task, data = asked["lamp"].messages(known)
    told = json.loads(data)
    assert {fact["id"] for fact in told["facts"]} >= {"lamp.title", "lamp.price", "lamp.stock"}
    assert "49" not in data
    assert "49" not in task
    assert set(told["beats"]) == {"quick", "hook", "benefit", "proof", "offer", "urgency", "call_to_action"}
    assert "urgency" not in asked["mug"].sections, "forty are no few"
    ids = asked["lamp"].schema()["properties"]["lines"]["items"]["properties"]["pieces"]["items"]["anyOf"][1]
    assert ids["properties"]["fact"]["enum"] == [fact["id"] for fact in told["facts"]]


def test_a_host_talks_without_claims(known, playbook):
    """Whatever is said beside facts is of these words: a new one is looked at before it is let in."""
    assert not known.words & {"waterproof", "handmade", "leather", "free", "refund", "guarantee", "soft", "comfortable"}
    assert not any(known.bars(word) for word in known.words)
    assert known.strange("It isn't, never, without") == ["isn't", "never", "without"]
    assert 150 < len(known.words) < 400


def test_a_language_whose_words_nobody_has_sorted_has_no_drafts(playbook):
    from livestream.drafting.vocabulary import vocabulary

    with pytest.raises(UsageError, match="nobody has sorted"):
        vocabulary(Playbook("eo", playbook.sections, playbook.kinds, playbook.lower_thirds))
