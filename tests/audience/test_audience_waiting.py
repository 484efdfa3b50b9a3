from __future__ import annotations

import csv
import random
from collections import deque

import numpy as np
import pytest
from audience_samples import comment

from livestream.audience.comment import Intent, Taken, Understood
from livestream.audience.intake import Intake
from livestream.audience.waiting import Waiting
from livestream.testing.clock import ManualClock

VECTOR = np.zeros(512, np.float32)


@pytest.fixture
def clock():
    return ManualClock(autojump=False)


def understood(key, *, intent=Intent.PRICE, worth=1.0, cluster=None, asked=1):
    taken = Taken(comment("how much?", ident=str(key)), "", "admitted", worth=worth)
    return Understood(taken, "en-US", VECTOR, ((intent, 0.9),), cluster if cluster is not None else hash(key), asked)


def keys(many):
    return [each.taken.comment.id for each in many]


def test_nearness_to_a_purchase_then_number_then_age_decide(clock):
    waiting = Waiting(clock)
    waiting.put(understood("praise", intent=Intent.PRAISE, worth=0.0))
    waiting.put(understood("use", intent=Intent.USE))
    assert waiting.best(clock.monotonic()).taken.comment.id == "use"
    waiting.put(understood("price"))
    assert waiting.best(clock.monotonic()).taken.comment.id == "price"
    waiting.put(understood("many", intent=Intent.MATERIAL, asked=4))
    assert waiting.best(clock.monotonic()).taken.comment.id == "many"


def test_of_equals_the_first_comes_first(clock):
    waiting = Waiting(clock)
    waiting.put(understood("a"))
    waiting.put(understood("b"))
    assert waiting.best(clock.monotonic()).taken.comment.id == "a"
    clock.advance(5)
    waiting.put(understood("c"))
    assert waiting.best(clock.monotonic()).taken.comment.id == "a"


def test_small_talk_of_a_crowd_stays_behind_one_buyer(clock):
    waiting = Waiting(clock)
    waiting.put(understood("hi", intent=Intent.GREETING, worth=0.6, asked=500))
    waiting.put(understood("buyer", intent=Intent.ORDER, worth=0.55))
    assert waiting.best(clock.monotonic()).taken.comment.id == "buyer"


def test_stale_ones_go_and_buyers_last_longer(clock):
    waiting = Waiting(clock, oldest=20, chatter=8)
    waiting.put(understood("chat", intent=Intent.PRAISE, worth=0.0))
    waiting.put(understood("buyer"))
    clock.advance(9)
    assert keys(waiting.put(understood("new"))) == ["chat"]
    clock.advance(12)
    assert waiting.best(clock.monotonic()).taken.comment.id == "new"
    assert keys(waiting.expire(clock.monotonic())) == ["buyer"]
    clock.advance(60)
    assert waiting.best(clock.monotonic()) is None


def test_the_same_question_is_joined_and_removed_whole(clock):
    waiting = Waiting(clock)
    waiting.put(understood("a", cluster=7))
    assert waiting.put(understood("b", cluster=7, asked=2)) == []
    assert len(waiting) == 1
    best = waiting.best(clock.monotonic())
    assert (best.taken.comment.id, best.asked) == ("a", 2)
    assert keys(waiting.remove("chat:b")) == ["a", "b"]
    assert waiting.remove("chat:b") == []
    assert len(waiting) == 0


def test_the_least_valuable_gives_way_be_it_the_newcomer(clock):
    waiting = Waiting(clock, size=3)
    for n in range(3):
        assert waiting.put(understood(f"buyer{n}")) == []
    assert keys(waiting.put(understood("chat", intent=Intent.OFF_TOPIC, worth=0.0))) == ["chat"]
    assert keys(waiting.put(understood("crowd", asked=9))) == ["buyer2"]
    assert len(waiting) == 3


BUYERS = [
    "how much is the lamp?",
    "do you ship to {}?",
    "what sizes are there in {}",
    "cuánto cuesta {}",
    "is {} in stock",
]
CHATTER = ["lol {}", "love this {}", "hi from {}", "so pretty {}", "haha {} nice one"]


def arrivals(folder):
    with (folder.parent / "chat" / "arrivals-ms.csv").open() as lines:
        return [int(row["offset_ms"]) / 1000 for row in csv.DictReader(lines)]


@pytest.mark.needs("real-catalogues")
@pytest.mark.parametrize("speed", [1, 10])
def test_a_real_evening_is_taken_without_shedding_a_buyer_for_chatter(real_catalogues, clock, speed):
    chance = random.Random(3)
    intake, start = Intake(locale="en-US", clock=clock), clock.monotonic()
    times = arrivals(real_catalogues)
    shed, last_buyer_shed, admitted = {True: 0, False: 0}, float("-inf"), deque()
    for n, offset in enumerate(times):
        clock.advance(max(0.0, start + offset / speed - clock.monotonic()))
        now = clock.monotonic()
        buyer = chance.random() < 0.25
        words = chance.choice(BUYERS if buyer else CHATTER).format(f"item{n}")
        taken = intake.take(comment(words, user=f"u{chance.randrange(20_000)}", ident=str(n)))
        if taken.reason == "load":
            shed[buyer] += 1
            last_buyer_shed = now if buyer else last_buyer_shed
        if taken.verdict == "admitted":
            admitted.append(now)
            while admitted[0] <= now - 1:
                admitted.popleft()
            assert len(admitted) <= 96
            assert buyer or now - last_buyer_shed >= 0.49, "chatter passed right after a buyer was shed"
    assert sum(intake.counts.values()) == len(times)
    if speed == 1:
        assert shed == {True: 0, False: 0}
    else:
        assert shed[False] > shed[True]


@pytest.mark.needs("real-catalogues")
def test_at_ten_times_a_real_evening_few_wait_and_no_buyer_goes_before_chatter(real_catalogues, clock):
    chance = random.Random(4)
    waiting, start, buyers = Waiting(clock), clock.monotonic(), {}
    for n, offset in enumerate(arrivals(real_catalogues)):
        clock.advance(max(0.0, start + offset / 10 - clock.monotonic()))
        now = clock.monotonic()
        for each in waiting.expire(now):
            del buyers[each.taken.comment.id]
        buyer = chance.random() < 0.25
        intent = Intent.PRICE if buyer else Intent.PRAISE
        buyers[str(n)] = buyer
        for each in waiting.put(understood(n, intent=intent, worth=float(buyer), cluster=n)):
            if buyers.pop(each.taken.comment.id):
                assert all(buyers.values()), "a buyer gave way while chatter waited"
        assert len(waiting) == len(buyers) <= 50
