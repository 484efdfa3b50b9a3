"""Tries to get an unapproved string to the voice or the screen through every door that standards has."""

import contextlib
import copy
import dataclasses
import json
import pickle

import numpy as np
import pytest
from standards_samples import MUG, line, product

from livestream.errors import ForgedSeal
from livestream.lines import Beat, FactRef, Slot
from livestream.media import Card, LowerThird, Speech, Viseme, VisemeSpan, WordTime
from livestream.standards import ApprovedCard, ApprovedLine, ApprovedLowerThird, Sealer, Standards, Token, new_key
from livestream.wire import Message, decode_header, encode

KEY = b"k" * 32
PROMISE = "You get a full refund."
WRONG = (PROMISE, None, 0, 1.5, True, [], {}, [[PROMISE, PROMISE]], float("nan"), float("inf"), b"x", {1: 2})
KINDS = ("line", "speech", "card", "lower_third")


@pytest.fixture(scope="module")
def approved(standards: Standards) -> ApprovedLine:
    return standards.approve(line("The ", Slot("mug.title"), " is ", Slot("mug.price", "price"), "."))


def speech_of(approved: ApprovedLine, **changes: object) -> Speech:
    speech = Speech(
        line_id=approved.id,
        locale=approved.locale,
        caption=approved.caption,
        spoken=approved.spoken,
        pcm=np.arange(-500, 500, dtype=np.int16),
        visemes=(VisemeSpan(0, 480, Viseme.PP, 1.0), VisemeSpan(480, 960, Viseme.AA, 0.5)),
        words=tuple(WordTime(token.caption, 0, 480) for token in approved.tokens),
        cut_points=(500, 1000),
        facts=approved.facts,
        engine="tone",
        timing="exact",
        rules=approved.rules,
        approver=approved.approver,
    )
    return dataclasses.replace(speech, **changes)


@pytest.fixture(scope="module")
def sealed(standards: Standards, approved: ApprovedLine) -> dict[str, Message]:
    sealer = Sealer(KEY)
    return {
        "line": sealer.seal_line(approved),
        "speech": sealer.seal_speech(speech_of(approved), approved),
        "card": sealer.seal_card(standards.approve_card(product("mug", MUG), "/tmp/mug.png")),
        "lower_third": sealer.seal_lower_third(standards.approve_lower_third("lt", ("Now: ", Slot("mug.title")))),
    }


def opened(kind: str, message: Message, key: bytes = KEY) -> object:
    return getattr(Sealer(key), f"open_{kind}")(message)


FIELDS = {
    ApprovedLine: {
        "id": "x", "locale": "en-US", "beat": Beat.OFFER, "product": None, "caption": PROMISE, "spoken": PROMISE,
        "tokens": (Token(PROMISE, PROMISE),), "facts": (), "rules": "", "approver": "",
    },
    ApprovedCard: {"card": Card("mug", PROMISE), "facts": ()},
    ApprovedLowerThird: {"lower_third": LowerThird("lt", PROMISE), "facts": ()},
}  # fmt: skip
SEAL = {
    ApprovedLine: Sealer(KEY).seal_line,
    ApprovedCard: Sealer(KEY).seal_card,
    ApprovedLowerThird: Sealer(KEY).seal_lower_third,
}


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.__name__)
class TestConstructors:
    def test_is_not_called(self, kind):
        for attempt in (lambda: kind(), lambda: kind(**FIELDS[kind]), lambda: kind(**FIELDS[kind], _proof=b"x" * 32)):
            with pytest.raises(TypeError, match="Standards alone"):
                attempt()

    def test_is_not_subclassed(self, kind):
        with pytest.raises(TypeError):
            type("Mine", (kind,), {})
        with pytest.raises(TypeError):
            type("Mine", (kind,), {"__module__": "livestream.standards.door"})

    def test_an_object_made_past_it_is_not_sealed(self, kind):
        bare = object.__new__(kind)
        with pytest.raises(ForgedSeal):
            SEAL[kind](bare)
        for proof in (b"", b"x" * 32, "text", None):
            for name, value in (FIELDS[kind] | {"_proof": proof}).items():
                object.__setattr__(bare, name, value)
            with pytest.raises(ForgedSeal):
                SEAL[kind](bare)

    def test_is_not_revived(self, kind):
        bare = object.__new__(kind)
        state = (None, FIELDS[kind] | {"_proof": b"x" * 32})
        for saved in (state, [*FIELDS[kind].values(), b"x" * 32]):
            with contextlib.suppress(TypeError, AttributeError):
                bare.__setstate__(saved)
            with pytest.raises(ForgedSeal):
                SEAL[kind](bare)


def test_an_approved_line_is_not_changed(approved: ApprovedLine) -> None:
    for attempt in (
        lambda: dataclasses.replace(approved, caption=PROMISE),
        lambda: pickle.dumps(approved),
        lambda: setattr(approved, "spoken", PROMISE),
        lambda: approved.__reduce__(),
    ):
        with pytest.raises((TypeError, AttributeError)):
            attempt()
    assert copy.copy(approved) is approved
    assert copy.deepcopy(approved) is approved


def test_a_line_altered_by_force_is_not_sealed(standards: Standards) -> None:
    altered = standards.approve(line("The ", Slot("mug.title"), "."))
    object.__setattr__(altered, "spoken", PROMISE)
    with pytest.raises(ForgedSeal):
        Sealer(KEY).seal_line(altered)
    with pytest.raises(ForgedSeal):
        Sealer(KEY).seal_speech(speech_of(altered), altered)


def test_a_stand_in_is_not_sealed(standards: Standards, approved: ApprovedLine) -> None:
    class Lookalike:
        id, locale, beat, product = "x", "en-US", Beat.OFFER, None
        caption = spoken = PROMISE
        tokens, facts = (Token(PROMISE, PROMISE),), ()
        _proof = approved._proof

    card = standards.approve_card(product("mug", MUG))
    for seal, thing in (
        (Sealer(KEY).seal_line, Lookalike()),
        (Sealer(KEY).seal_line, card),
        (Sealer(KEY).seal_card, approved),
    ):
        with pytest.raises(ForgedSeal):
            seal(thing)


@pytest.mark.parametrize(
    "change",
    [
        {"caption": PROMISE},
        {"spoken": PROMISE},
        {"line_id": "other"},
        {"facts": (FactRef("mug.price", "0" * 12),)},
        {"locale": "en-GB"},
        {"words": (WordTime(PROMISE, 0, 1),)},
    ],
)
def test_speech_of_other_words_is_not_sealed(approved: ApprovedLine, change: dict[str, object]) -> None:
    with pytest.raises(ForgedSeal):
        Sealer(KEY).seal_speech(speech_of(approved, **change), approved)


@pytest.mark.parametrize("kind", KINDS)
class TestSeals:
    def test_opens_after_the_wire(self, kind, sealed):
        raw = encode(sealed[kind])
        name, body = decode_header(raw[8 : len(raw) - len(sealed[kind].payload)])
        again = opened(kind, Message(name, body, sealed[kind].payload))
        assert again is not None
        if kind != "speech":
            assert getattr(Sealer(KEY), f"seal_{kind}")(again) == sealed[kind]

    def test_another_key(self, kind, sealed):
        with pytest.raises(ForgedSeal):
            opened(kind, sealed[kind], new_key())

    @pytest.mark.parametrize("other", KINDS)
    def test_another_kind(self, kind, other, sealed):
        if other == kind:
            return
        with pytest.raises(ForgedSeal):
            opened(other, sealed[kind])
        with pytest.raises(ForgedSeal):
            opened(other, dataclasses.replace(sealed[kind], kind=other))

    def test_every_field_altered_left_out_or_added(self, kind, sealed):
        message = sealed[kind]
        for name, value in message.body.items():
            for wrong in (
                PROMISE,
                None,
                0,
                1.5,
                True,
                [],
                {},
                [[PROMISE, PROMISE]],
                float("nan"),
                float("inf"),
                b"x",
                {1: 2},
            ):
                if wrong != value or type(wrong) is not type(value):
                    with pytest.raises(ForgedSeal):
                        opened(kind, dataclasses.replace(message, body={**message.body, name: wrong}))
            left = {key: entry for key, entry in message.body.items() if key != name}
            with pytest.raises(ForgedSeal):
                opened(kind, dataclasses.replace(message, body=left))
        with pytest.raises(ForgedSeal):
            opened(kind, dataclasses.replace(message, body={**message.body, "note2": ""}))
        with pytest.raises(ForgedSeal):
            opened(kind, dataclasses.replace(message, body={**message.body, 1: ""}))

    def test_the_payload_altered(self, kind, sealed):
        message = sealed[kind]
        for payload in (message.payload + b"\0\0", message.payload[:-2] or b"\1\0", message.payload[::-1] or b"x"):
            with pytest.raises(ForgedSeal):
                opened(kind, dataclasses.replace(message, payload=payload))

    def test_the_seal_of_another_message(self, kind, sealed):
        for other in KINDS:
            if other != kind:
                stolen = {**sealed[kind].body, "seal": sealed[other].body["seal"]}
                with pytest.raises(ForgedSeal):
                    opened(kind, dataclasses.replace(sealed[kind], body=stolen))

    def test_the_seal_cut_or_dressed_up(self, kind, sealed):
        seal = sealed[kind].body["seal"]
        for wrong in (seal[:-1], seal + "0", seal.upper() + "é", "", "é" * 64, f" {seal}"):
            with pytest.raises(ForgedSeal):
                opened(kind, dataclasses.replace(sealed[kind], body={**sealed[kind].body, "seal": wrong}))

    def test_nothing(self, kind):
        for message in (Message(kind), Message("", {}), Message(kind, {"seal": "0" * 64})):
            with pytest.raises(ForgedSeal):
                opened(kind, message)


def test_a_deep_body_is_refused_not_overflowed() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ForgedSeal):
        Sealer(KEY).open_line(Message("line", {"caption": deep, "seal": "0" * 64}))


def test_speech_comes_back_as_it_was(approved: ApprovedLine, sealed: dict[str, Message]) -> None:
    speech, again = speech_of(approved), Sealer(KEY).open_speech(sealed["speech"])
    assert np.array_equal(again.pcm, speech.pcm)
    assert not again.pcm.flags.writeable
    for entry in dataclasses.fields(Speech):
        if entry.name != "pcm":
            assert getattr(again, entry.name) == getattr(speech, entry.name)


def test_a_sealer_tells_nobody_its_key() -> None:
    assert "6b6b" not in repr(Sealer(KEY))
    assert "kkk" not in repr(Sealer(KEY))
    with pytest.raises(ValueError, match="32"):
        Sealer(b"short")
    assert len(new_key()) == 32
    assert new_key() != new_key()


def test_nothing_else_is_public() -> None:
    import livestream.standards as room

    assert sorted(room.__all__) == room.__all__
    assert not {"mint", "require"} & set(room.__all__)
    assert json.dumps(room.__all__)
