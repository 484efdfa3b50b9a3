"""An opening that went to air ahead of its answer goes with it: what a moderator took back does not begin."""

import asyncio

import pytest

from livestream import wire
from livestream.channel.live import voice
from livestream.errors import SpeechError
from tests.channel.live.live_fakes import ANA, Bench, make_truth

OPENING, ANSWER = "Good question!", "It is $39.90."


class SlowBench(Bench):
    """A bench whose voice speaks openings when `opening` is set, and answers when `answer` is."""

    def __post_init__(self):
        super().__post_init__()
        self.opening, self.answer, self.fails = asyncio.Event(), asyncio.Event(), False
        self.asked, self.opened = asyncio.Event(), asyncio.Event()
        self.opening.set()
        self.answerer._speak = self.speak
        give = self.stage.interject

        def interject(ad_lib, voiced, *, now):
            give(ad_lib, voiced, now=now)
            self.opened.set()

        self.stage.interject = interject

    async def speak(self, line):
        self.asked.set()
        await (self.opening if line.caption == OPENING else self.answer).wait()
        if self.fails and line.caption != OPENING:
            raise SpeechError("no")
        return wire.Message("speech", {"line_id": line.id, "caption": line.caption}, b"")

    async def say_slowly(self, meanwhile):
        """Take a turn; `meanwhile` is done once the opening was given to air, and then the answer is spoken."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.turn())
            await self.opened.wait()
            await meanwhile()
            self.answer.set()

    @property
    def given(self):
        return [
            (name, [message.body["caption"] for _, message in voiced.entries]) for name, voiced, _ in self.stage.given
        ]


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.setattr(voice, "PATIENCE", 0.01)
    return SlowBench(make_truth(tmp_path))


async def nothing():
    pass


async def test_the_opening_of_a_comment_that_is_hidden_meanwhile_is_recalled(bench):
    key = await bench.say("price?")

    async def hide():
        await bench.book.change(key, state="hidden")
        bench.answerer.withdraw(key)
        assert bench.stage.recalled == [bench.given[0][0]]  # at once: it may begin any moment

    await bench.say_slowly(hide)
    ((name, said),) = bench.given
    assert (name.endswith(".opening"), said) == (True, [OPENING])


async def test_a_comment_hidden_while_its_opening_is_spoken_is_not_opened(bench):
    key = await bench.say("price?")
    bench.opening.clear()
    async with asyncio.TaskGroup() as group:
        group.create_task(bench.turn())
        await bench.asked.wait()
        assert bench.answerer.withdraw_where(lambda comment: comment.user == "u1") == [key]
        await bench.book.change(key, state="hidden", by=ANA.name)
        bench.opening.set()
        await asyncio.sleep(0.03)  # longer than the patience with what is to follow
        bench.answer.set()
    assert bench.given == []


async def test_an_opening_whose_answer_nothing_can_speak_is_recalled(bench):
    key = await bench.say("price?")
    bench.fails = True
    await bench.say_slowly(nothing)
    assert bench.stage.recalled == [bench.given[0][0]]
    assert bench.row(key).state == "held"


async def test_an_answer_planned_anew_is_not_opened_a_second_time(bench):
    await bench.say("price?")

    async def cheaper():
        await bench.answerer.heard(bench.given[0][0], "on_air")
        bench.truth.edit("price", "lamp", "35")
        await bench.answerer.facts_changed("lamp")

    await bench.say_slowly(cheaper)
    assert bench.stage.recalled == []  # it had begun
    await bench.turn()
    assert [said for _, said in bench.given] == [[OPENING], ["It is $35.", "And back to the show."]]


async def test_an_opening_that_has_not_begun_goes_when_a_fact_changes_and_when_its_answer_is_given_up(bench):
    await bench.say("price?")
    await bench.say_slowly(nothing)
    bench.truth.edit("price", "lamp", "35")
    await bench.answerer.facts_changed("lamp")
    assert bench.stage.recalled == [bench.given[1][0], bench.given[0][0]]

    bench.stage.recalled.clear()
    bench.stage.given.clear()
    bench.answerer._given.clear()
    bench.answer.clear(), bench.opened.clear()
    await bench.say("price of it?", user="u2")
    bench.clock.advance(11)
    await bench.say_slowly(nothing)
    bench.clock.advance(61)
    await bench.turn()
    assert sorted(bench.stage.recalled) == sorted(name for name, _ in bench.given)
