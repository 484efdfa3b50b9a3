"""What moderators and answers send to air beside the script."""

import socket
from dataclasses import replace

import pytest

from livestream import wire
from livestream.channel.feeder import AdLibReady, Feeder
from livestream.channel.protocol import MOST_FACTS, interject_from, withdraw_message, withdrawal_from
from livestream.channel.script import Journal, Script
from livestream.errors import WireError
from livestream.lines import FactRef
from livestream.playout.lineup import MOST_AD_LIBS
from livestream.playout.withdrawal import Withdrawal
from livestream.standards import Sealer, new_key
from livestream.testing.playout import make_ad_lib
from tests.channel.test_feeder import FakeAir, feeding, until
from tests.channel.test_script import make_loop

PRICE = FactRef("lamp.price", "1")
STRIP = wire.Message("lower_third", {"id": "question"})


class Listener(FakeAir):
    """Also keeps every message whole."""

    def __init__(self, path):
        super().__init__(path)
        self.heard = []

    def hear(self, message):
        self.heard.append(message)

    def of(self, kind):
        return [message for message in self.heard if message.kind == kind]


@pytest.fixture
def listener(tmp_path):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(tmp_path / "air.sock"))
        sock.listen()
        yield sock


@pytest.fixture
def air(tmp_path):
    return Listener(tmp_path / "air.sock")


def ad_lib(ident, *, now=False, payloads=(b"one", b"three")):
    entries = make_ad_lib("x", len(payloads)).entries
    sealed = [wire.Message("speech", {"line_id": str(n)}, payload) for n, payload in enumerate(payloads)]
    return AdLibReady(ident, tuple(zip(entries, sealed, strict=True)), (STRIP,), now)


def script(count=6):
    return Script([make_loop(0, 0, count=count, last=True)])


async def fed(air, count=6):
    await until(lambda: len(air.queued) == count)


async def test_an_ad_lib_goes_out_at_once_its_graphics_first(listener, air):
    async def act(feeder):
        await fed(air)
        told = len(air.heard)
        feeder.interject(ad_lib("a1", now=True))
        await until(lambda: air.of("interject"))
        assert [message.kind for message in air.heard[told:]] == ["lower_third", "interject"]
        opened = []
        taken = interject_from(air.of("interject")[0], lambda sealed: opened.append(sealed.payload))
        assert (taken.id, taken.now, opened) == ("a1", True, [b"one", b"three"])
        assert {(entry.seq, entry.instance) for entry in taken.entries} == {(-1, "a1")}

    await feeding(listener, script(), air, act)


async def test_a_new_air_is_told_again_of_what_was_not_heard_and_of_what_must_hold(listener, air):
    states = []

    async def act(feeder):
        feeder.on_ad_lib = lambda *told: states.append(told)
        feeder.standing = (STRIP,)
        await fed(air)
        for ident in ("heard", "on", "waits"):
            feeder.interject(ad_lib(ident))
        feeder.panic(True)
        feeder.withdraw([PRICE])
        await until(lambda: air.of("withdraw"))
        air.at(finished=(("heard", True),), ad_lib="on", pending=("waits",))
        await until(lambda: ("on", "on_air") in states)
        air.heard.clear()
        air.position = replace(air.position, ad_lib=None, pending=(), finished=(), last_queued=-1)
        air.die()
        await until(lambda: len(air.of("interject")) == 2)
        told = [message.kind for message in air.heard]
        assert told[:3] == ["lower_third", "panic", "withdraw"], "before anything can be said"
        assert air.of("panic")[0].body["on"]
        assert withdrawal_from(air.of("withdraw")[0].body).facts == {PRICE}
        assert [message.body["id"] for message in air.of("interject")] == ["on", "waits"]
        air.at(finished=(("on", True), ("waits", False)))
        await until(lambda: len(states) == 4)
        assert states == [("heard", "aired"), ("on", "on_air"), ("on", "aired"), ("waits", "cut")]

    await feeding(listener, script(), air, act)


async def test_a_new_orchestrator_leaves_a_panic_on_and_hears_what_became_of_answers(listener, air):
    states = []
    air.position = replace(air.position, panic=True, finished=(("before", True),))

    async def act(feeder):
        feeder.on_ad_lib = lambda *told: states.append(told)
        await until(lambda: air.of("panic"))
        assert states == [("before", "aired")]
        air.position = replace(air.position, panic=False, finished=())
        air.die()
        await until(lambda: len(air.of("panic")) == 2)
        assert all(message.body["on"] for message in air.of("panic"))

    await feeding(listener, script(), air, act)


async def test_only_so_many_ad_libs_wait(listener, air):
    states = []

    async def act(feeder):
        feeder.on_ad_lib = lambda *told: states.append(told)
        for n in range(MOST_AD_LIBS + 1):
            feeder.interject(ad_lib(str(n), payloads=(b"",)))
        feeder.interject(ad_lib("0"))
        assert states == [(str(MOST_AD_LIBS), "cut")]

    await feeding(listener, script(), air, act)


async def test_a_jump_is_fed_from_its_new_number_also_after_a_restart(listener, air, tmp_path):
    journal = Journal(tmp_path / "journal", Sealer(new_key()))

    async def act(feeder):
        feeder._journal = journal
        await fed(air)
        air.at(last_aired=3)
        await until(lambda: feeder.position.last_aired == 3)
        await feeder.jump(2)
        await fed(air, 10)
        assert [entry.seq for entry in air.queued[6:]] == [6, 7, 8, 9]
        assert air.of("jump")[0].body["seq"] == 6
        assert air.heard.index(air.of("jump")[0]) < air.heard.index(air.of("queue")[6])
        air.queued.clear()
        air.position = replace(air.position, last_queued=-1, queued_seconds=0.0)
        air.die()
        await fed(air, 4)
        assert [entry.seq for entry in air.queued] == [6, 7, 8, 9]

    await feeding(listener, script(), air, act)
    assert journal.load()[0].jumped == 4


async def test_a_skipped_part_is_not_fed_again(listener, air):
    async def act(feeder):
        await fed(air)
        air.at(last_aired=0)
        await until(lambda: feeder.position.last_aired == 0)
        await feeder.skip("0.part-1")
        await until(lambda: air.of("skip"))
        assert air.of("skip")[0].body["instance"] == "0.part-1"
        air.heard.clear()
        air.position = replace(air.position, last_queued=-1)
        air.die()
        await until(lambda: len(air.of("queue")) == 5)
        assert ["speech" in message.body for message in air.of("queue")] == [False, True, True, True, True]

    await feeding(listener, script(), air, act)


async def test_new_wording_is_sent_for_what_is_queued_and_kept_for_what_is_not(listener, air):
    kept = script(40)

    async def act(feeder):
        await until(lambda: feeder.position.queued_seconds >= 45)
        feeder.withdraw([PRICE])
        await feeder.replace([replace(kept.find(seq)[1], line=kept.find(1)[1].line) for seq in (5, 39)])
        await until(lambda: air.of("replace"))
        assert [message.body["ready"]["seq"] for message in air.of("replace")] == [5]
        assert kept.find(39)[1].line is kept.find(1)[1].line

    await feeding(listener, kept, air, act)


async def test_an_edit_that_is_taken_back_lets_the_old_version_be_said(listener, air):
    async def act(feeder):
        await fed(air)
        feeder.withdraw([PRICE])
        feeder.reinstate([PRICE])
        feeder.reinstate([PRICE])
        await until(lambda: len(air.of("withdraw")) == 2)
        assert [withdrawal_from(message.body).facts for message in air.of("withdraw")] == [{PRICE}, set()]

    await feeding(listener, script(), air, act)


async def test_an_entry_edited_while_it_is_spoken_is_not_sent_as_it_was(listener, air):
    kept = script(2)
    old = kept.find(0)[1].line

    async def act(feeder):
        async def changing(line):
            if line is old:
                kept.edit([replace(kept.find(0)[1], line=kept.find(1)[1].line)])
            return wire.Message("speech", {"line_id": line.id}, b"")

        feeder._speak = changing
        await fed(air, 2)
        assert [message.body["speech"]["line_id"] for message in air.of("queue")] == ["line-1", "line-1"]

    await feeding(listener, kept, air, act)


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []},
        {"lines": [{}] * 17},
        {"lines": "x"},
        {"lines": [3]},
        {"id": "somebody else"},
        {"id": None},
        {"id": "x" * 400},
    ],
)
def test_a_malformed_ad_lib_is_refused(change):
    message = ad_lib("a1").messages()[1]
    with pytest.raises(WireError):
        interject_from(wire.Message("interject", {**message.body, **change}, message.payload), lambda _: None)


@pytest.mark.parametrize(
    "change",
    [
        {"facts": 3},
        {"facts": [[1, 2]]},
        {"facts": [["a"]]},
        {"facts": [[f"{n}", "b"] for n in range(MOST_FACTS + 1)]},
        {"number": "x"},
        {"correction": 3},
        {"corrected": [3]},
        {"corrected": [f"{n}" for n in range(MOST_FACTS + 1)]},
    ],
)
def test_a_malformed_withdrawal_is_refused(change):
    told = Withdrawal(frozenset([PRICE]), 3, "c1", frozenset(["lamp.price"]))
    body = withdraw_message(told).body
    assert withdrawal_from(body) == told
    with pytest.raises(WireError):
        withdrawal_from({**body, **change})


async def test_a_withdrawal_is_confirmed_when_air_says_that_it_holds(listener, air, monkeypatch):
    monkeypatch.setattr("livestream.channel.feeder.CONFIRM_SECONDS", 0.02)
    air.position = replace(air.position, withdrawn=7)

    async def act(feeder):
        await fed(air)
        number = feeder.withdraw([PRICE], correction="c1", corrected=["lamp.price"])
        assert number == 8, "the numbers go on where the orchestrator before this one left off"
        assert not await feeder.confirmed(number)
        await until(lambda: air.of("withdraw"))
        air.at(withdrawn=number, correction="c1", untrue=("lamp.price",))
        assert await feeder.confirmed(number)
        assert feeder.position.untrue == ("lamp.price",)
        many = [FactRef(f"p-{n}.price", "1") for n in range(MOST_FACTS)]
        feeder.withdraw([*many, PRICE], correction="c2", corrected=[fact.id for fact in (*many, PRICE)])
        await until(lambda: len(air.of("withdraw")) == 2)
        told = withdrawal_from(air.of("withdraw")[1].body)
        assert PRICE in told.facts, "the last are kept where there are too many"
        assert len(told.facts) == len(told.corrected) == MOST_FACTS
        feeder.reinstate(many)
        number += 2
        air.position = replace(air.position, withdrawn=0)
        air.heard.clear()
        air.die()
        await until(lambda: air.of("withdraw"))
        told = withdrawal_from(air.of("withdraw")[0].body)
        assert (told.number, told.facts) == (number, {PRICE}), "a new air is told before it is fed"

    await feeding(listener, script(), air, act)


def test_a_feeder_needs_no_listener_for_ad_libs(tmp_path):
    feeder = Feeder(tmp_path / "air.sock", script(), None)
    feeder.interject(ad_lib("a1"))
    feeder.panic(True)
