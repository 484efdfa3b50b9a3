from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from audience_samples import HOSTILE, NORMAL, comment
from hypothesis import given, settings
from hypothesis import strategies as st

from livestream.audience.comment import Comment
from livestream.audience.intake import Intake
from livestream.audience.limits import Admission, Viewers
from livestream.audience.phrases import folded
from livestream.audience.questions import BUYER, Questions
from livestream.testing.clock import ManualClock


@pytest.fixture
def clock():
    return ManualClock(autojump=False)


@pytest.fixture
def intake(clock):
    return Intake(locale="en-US", clock=clock)


def told(taken):
    return taken.verdict, taken.reason.partition(":")[0]


def test_a_question_is_admitted_clean_masked_and_with_its_worth(intake):
    taken = intake.take(comment("How  much\u200b is it? call 555-123-4567", name="Z\u202eoe"))
    assert told(taken) == ("admitted", "")
    assert taken.comment.text == "How much is it? call •••"
    assert taken.comment.name == "Zoe"
    assert taken.raw == "How  much\u200b is it? call 555-123-4567"
    assert (taken.question, taken.worth) == (True, 1.0)


@pytest.mark.parametrize(
    ("text", "question", "least", "most"),
    [
        ("how much is it", True, 1, 1), ("¿cuánto cuesta?", True, 1, 1), ("do you ship to peru", True, 1, 1),
        ("is it good?", True, 0.6, 1), ("tienen en azul", True, 0.5, 1), ("いくらですか", True, 1, 1),
        ("多少钱", True, 1, 1),
        ("price", False, 0.5, 0.9), ("I love it", False, 0, 0), ("lol", False, 0, 0), ("hola a todos", False, 0, 0),
        ("good night", False, 0, 0), ("jajaja", False, 0, 0),
    ],
)  # fmt: skip
def test_a_first_look_tells_buyers_from_chatter(intake, text, question, least, most):
    taken = intake.take(comment(text))
    assert taken.question == question
    assert least <= taken.worth <= most


def test_nearly_every_buyer_is_seen_at_first_sight():
    questions = Questions(("en", "es"))
    comments = tomllib.loads(Path(__file__).with_name("comments.toml").read_text(encoding="utf-8"))
    small_talk = {"greeting", "praise", "off_topic", "injection"}
    seen = {False: [], True: []}
    for by_intent in comments["held"].values():
        for intent, texts in by_intent.items():
            seen[intent not in small_talk] += [questions.look(folded(text)).worth >= BUYER for text in texts]
    assert sum(seen[True]) / len(seen[True]) >= 0.95
    assert sum(seen[False]) / len(seen[False]) <= 0.4


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("", "hidden", "empty"),
        ("\u200b\u202e", "hidden", "empty"),
        ("go to www.example.com now", "held", "link"),
        ("cheap stuff: shop dot com", "held", "link"),
        ("dm me for a deal", "held", "contact"),
        ("you f.u.c.k", "held", "abuse"),
        ("fuuuuck this", "held", "abuse"),
        ("5h1t", "held", "abuse"),
        ("ｓｈｉｔ", "held", "abuse"),
        ("ѕһіt", "held", "abuse"),
        ("sh\u200bit", "held", "abuse"),
        ("𝓼𝓱𝓲𝓽", "held", "abuse"),
        ("a" * 100, "hidden", "flood"),
        ("buy " * 40, "admitted", ""),
        ("bla " * 40, "hidden", "flood"),
        ("❤❤❤", "shed", "no words"),
        ("Scunthorpe shuttle", "admitted", ""),
        ("does it fit the Galaxy A55", "admitted", ""),
        ("price please!!!!!!!!!!!!!!!!!!!!", "admitted", ""),
        ("this is classy, a class act", "admitted", ""),
    ],
)
def test_what_is_no_talk_is_held_or_hidden(intake, text, verdict, reason):
    assert told(intake.take(comment(text))) == (verdict, reason)


def test_blocked_words_hide_in_any_disguise_until_they_are_let_pass(clock):
    intake = Intake(locale="en-US", clock=clock, blocked_words=["acme", "кот"])
    for n, text in enumerate(["Acme", "a c m e rocks", "4cm3", "ACME!", "ас\u200bmе", "aaacmeee", "a.c.m.e"]):
        assert told(intake.take(comment(text, user=f"u{n}"))) == ("hidden", "blocked word"), text
    assert intake.take(comment("acmeology", user="x")).verdict == "admitted"
    intake.block_word("acmeo*")
    assert intake.take(comment("acmeology again", user="x")).verdict == "hidden"
    intake.unblock_word("acme")
    assert intake.take(comment("acme", user="y")).verdict == "admitted"
    assert list(intake.blocked_words) == ["acmeo*", "кот"]


def test_banned_and_timed_out_viewers_are_not_heard(intake, clock):
    intake.ban("chat", "troll")
    assert told(intake.take(comment("hi", user="troll"))) == ("hidden", "banned")
    assert intake.take(comment("hi", user="troll", source="other")).verdict == "admitted"
    intake.unban("chat", "troll")
    assert intake.take(comment("hi", user="troll")).verdict == "admitted"
    intake.timeout("chat", "loud", clock.time() + 60)
    assert told(intake.take(comment("hi", user="loud"))) == ("hidden", "timeout")
    clock.advance(61)
    assert intake.take(comment("hi", user="loud")).verdict == "admitted"


def test_a_viewer_who_writes_too_fast_or_the_same_is_hidden(intake, clock):
    said = [
        told(intake.take(comment(f"talk number {word}")))
        for word in ["one", "two", "three", "four", "five", "six", "seven"]
    ]
    assert said.count(("admitted", "")) == 5
    assert said[-1] == ("hidden", "too fast")
    clock.advance(30)
    assert told(intake.take(comment("how much is the lamp?"))) == ("admitted", "")
    clock.advance(5)
    assert told(intake.take(comment("How much is the lamp", ident="2"))) == ("hidden", "repeated")
    assert told(intake.take(comment("how much is the lamp?", user="u2"))) == ("admitted", "")
    clock.advance(90)
    assert told(intake.take(comment("how much is the lamp?"))) == ("admitted", "")


def test_limits_are_for_viewers_that_can_be_told_apart(intake):
    said = [told(intake.take(comment("how much is the lamp?", user=""))) for _ in range(20)]
    assert set(said) == {("admitted", "")}


def test_a_foul_name_is_masked(intake):
    intake.block_word("rivalbrand")
    names = [
        intake.take(comment("hi", name=name, user=name)).comment.name for name in ("$h1thead shit", "RivalBrand", "Zoë")
    ]
    assert names == ["•••", "•••", "Zoë"]


def test_slow_mode_spares_the_staff(intake, clock):
    intake.slow = 10.0
    assert intake.take(comment("one")).verdict == "admitted"
    clock.advance(5)
    assert told(intake.take(comment("two"))) == ("hidden", "slow mode")
    assert intake.take(comment("see www.example.com", user="mod", badges=["moderator"])).verdict == "admitted"
    assert intake.take(comment("again", user="mod", badges=["moderator"])).verdict == "admitted"
    clock.advance(5.1)
    assert intake.take(comment("three")).verdict == "admitted"


def test_what_many_paste_is_hidden_but_what_many_ask_is_not(intake):
    pasted = [intake.take(comment("everybody raid this channel now", user=f"u{n}")).verdict for n in range(10)]
    assert pasted == ["admitted"] * 4 + ["hidden"] * 6
    assert {intake.take(comment("how much is the lamp?", user=f"v{n}")).verdict for n in range(10)} == {"admitted"}


ANYBODY = Intake(locale="en-US", clock=ManualClock())


@settings(deadline=None)
@given(
    st.builds(
        Comment, source=st.text(), id=st.text(), platform=st.text(), user=st.text(), name=st.text(),
        text=st.text(st.characters(), max_size=600), at=st.floats(), language=st.text(),
        badges=st.lists(st.text(), max_size=20).map(tuple),
    )
)  # fmt: skip
def test_any_comment_is_taken(comment):
    taken = ANYBODY.take(comment)
    kept = taken.comment
    for text in (kept.text, kept.name, kept.id, kept.user, kept.language, taken.raw, taken.reason, *kept.badges):
        assert "\x00" not in text
        text.encode()
    assert len(kept.text) <= 500
    assert len(kept.badges) <= 16
    assert 0 <= taken.worth <= 1
    assert kept.at == kept.at


def test_hostile_comments_cost_little():
    intake = Intake(locale="en-US", clock=ManualClock())
    for text in HOSTILE:
        taken = intake.take(comment(text, user=text[:3]))
        assert len(taken.comment.text) <= 500
        assert len(taken.raw) <= 500 * 10


def cost(texts, count):
    intake = Intake(locale="en-US", clock=ManualClock(), admitted=1e9)
    comments = [comment(texts[n % len(texts)], user=f"u{n}", ident=str(n)) for n in range(count)]
    start = time.process_time()
    for each in comments:
        intake.take(each)
    return (time.process_time() - start) / count


def test_a_comment_takes_microseconds():
    # Goals are 150 µs and 200 µs; the bounds leave room for a machine that does other work.
    assert min(cost(NORMAL, 500) for _ in range(3)) < 450e-6
    assert min(cost(HOSTILE, 210) for _ in range(3)) < 1000e-6


def test_counts_add_up(intake):
    for n in range(300):
        intake.take(comment(NORMAL[n % len(NORMAL)], user=f"u{n}"))
    assert sum(intake.counts.values()) == 300


def test_chatter_never_takes_what_a_buyer_could_use():
    admission = Admission(60.0, 0.0)
    first = sum(admission.admit(False, 0.0) for _ in range(1000))
    assert first == 6
    assert sum(admission.admit(True, 0.0) for _ in range(1000)) == 30
    now, chatter = 0.0, 0
    while not chatter:
        now += 0.01
        chatter += admission.admit(False, now)
    assert now >= 0.5


def test_chatter_alone_gets_all_the_room_and_no_more():
    admission = Admission(60.0, 0.0)
    admitted = sum(admission.admit(False, n / 1000) for n in range(10_000))
    assert 590 <= admitted <= 610


def test_viewers_are_forgotten_before_they_fill_the_memory():
    viewers = Viewers(rate=1, burst=5, size=100)
    for n in range(1000):
        viewers.get("chat", f"u{n}", 0.0)
    assert len(viewers) == 100


def test_a_comment_that_is_sent_once_more_repeats_nothing(intake):
    first = comment("How much is the lamp please?", ident="delivery-1")
    assert told(intake.take(first)) == ("admitted", "")
    assert told(intake.take(first)) == ("admitted", ""), "its sender heard of no success"
    assert told(intake.take(comment("How much is the lamp please?", ident="delivery-2"))) == ("hidden", "repeated")
