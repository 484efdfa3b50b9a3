"""What air does with each message of the orchestrator."""

import pytest

from livestream import wire
from livestream.channel.air import Air
from livestream.channel.protocol import interject_message, queue_message, withdraw_message
from livestream.errors import ForgedSeal, WireError
from livestream.lines import Beat, FactRef, Line
from livestream.locales import locale
from livestream.playout.withdrawal import Withdrawal
from livestream.standards import Sealer, Standards, new_key
from livestream.testing.playout import make_ad_lib, make_ready, make_speech

WITHDRAWAL = Withdrawal(frozenset([FactRef("lamp.price", "1")]), 1, "c1", frozenset(["lamp.price"]))


class Told:
    """Stands in for the playout and remembers its calls."""

    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        return lambda *arguments, **named: self.calls.append((name, arguments, named))


@pytest.fixture
def sealer():
    return Sealer(new_key())


@pytest.fixture
def take(sealer):
    air, told = object.__new__(Air), Told()  # nothing is loaded: only the seals are opened here
    air._sealer = sealer

    def taken(kind, body=None, payload=b""):
        air._take(wire.Message(kind, body or {}, payload), told)
        return told.calls[-1]

    return taken


@pytest.fixture
def sealed(sealer):
    line = Standards({}, locale("en-US")).approve(Line("line", "en-US", Beat.HOOK, ("This feels soft to me.",)))
    speech = make_speech(line.caption, line_id="line")
    return sealer.seal_speech(speech.__class__(**_fields(speech) | {"spoken": line.spoken}), line)


def _fields(speech):
    return {name: getattr(speech, name) for name in speech.__dataclass_fields__}


@pytest.mark.parametrize(
    ("kind", "body", "called"),
    [
        ("panic", {"on": True}, ("panic", (True,), {})),
        ("skip", {"instance": "0.hook"}, ("skip", ("0.hook",), {})),
        ("jump", {"seq": 7}, ("jump", (7,), {})),
        ("recall", {"id": "a1"}, ("recall", ("a1",), {})),
        ("withdraw", withdraw_message(WITHDRAWAL).body, ("withdraw", (WITHDRAWAL,), {})),
        ("cut", {}, ("cut", (), {})),
        ("finish", {}, ("finish", (), {})),
    ],
)
def test_decisions_reach_the_playout(take, kind, body, called):
    assert take(kind, body) == called


def test_an_ad_lib_arrives_with_the_sound_of_each_line(take, sealed):
    entries = make_ad_lib("a1").entries
    message = interject_message("a1", [(entries[0], sealed), (entries[1], sealed)], now=True)
    name, (ad_lib,), _ = take(message.kind, message.body, message.payload)
    assert (name, ad_lib.id, ad_lib.now) == ("interject", "a1", True)
    assert [len(entry.speech.pcm) for entry in ad_lib.entries] == [len(sealed.payload) // 2] * 2


def test_new_wording_takes_the_same_way_as_the_script(take, sealed):
    message = queue_message(make_ready(3), sealed)
    name, (entry,), _ = take("replace", message.body, message.payload)
    assert (name, entry.seq, entry.speech.caption) == ("replace", 3, "This feels soft to me.")


def test_an_ad_lib_whose_sound_was_changed_is_refused(take, sealed):
    message = interject_message("a1", [(make_ad_lib("a1").entries[0], sealed)], now=False)
    with pytest.raises(ForgedSeal):
        take(message.kind, message.body, message.payload[:-2] + b"xx")


def test_an_ad_libs_line_does_not_pass_as_one_of_the_script(take, sealed):
    message = queue_message(make_ad_lib("a1").entries[0], sealed)
    with pytest.raises(WireError):
        take("queue", message.body, message.payload)


@pytest.mark.parametrize(
    ("kind", "body"),
    [("jump", {}), ("jump", {"seq": "x"}), ("panic", {}), ("skip", {}), ("nonsense", {}), ("cut\0", {})],
)
def test_what_is_malformed_is_refused(take, kind, body):
    with pytest.raises(WireError):
        take(kind, body)
