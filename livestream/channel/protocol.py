"""What orchestrator and air say to each other over `air.sock`.

To air: `card` and `lower_third` (sealed), and `clear_card` (one that may not be shown any more); `queue`
(a ready line with its sealed speech, or a pause); `replace` (the same, for a number that was queued before);
`interject` (an ad-lib: its lines, their sealed speech one after another in the payload) and `recall`; `skip`,
`jump`, `panic`, `withdraw`; `cut`; `finish`. From air: `position` several times a second, and `refused` for
anything whose seal does not hold. Nothing reaches voice or screen but through a seal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from livestream import wire
from livestream.errors import WireError
from livestream.lines import Cue, FactRef
from livestream.media import ReadyLine, Speech
from livestream.playout.lineup import AdLib
from livestream.playout.position import Position
from livestream.playout.shown import AD_LIB
from livestream.playout.withdrawal import Withdrawal

_NAMES = ("instance", "segment", "part", "beat")
_CUE_KINDS = frozenset({"card", "clear_card", "gesture", "gaze", "jingle", "lower_third", "clear_lower_third"})
_MAX_NAME = 300
_MAX_GAP = 60 * 48_000
_MAX_CUES = 32
MOST_LINES = 16
"""Lines of one ad-lib."""
MOST_FACTS = 1024
"""Facts that are withdrawn at one time."""


def ready_body(entry: ReadyLine) -> dict[str, Any]:
    """Return everything of a ready line but its speech, as JSON."""
    return {
        "seq": entry.seq,
        "loop": entry.loop,
        "product": entry.product,
        "gap": entry.gap,
        "cues": [asdict(cue) for cue in entry.cues],
        **{name: str(getattr(entry, name)) for name in _NAMES},
    }


def ready_from(body: dict[str, Any], speech: Speech | None) -> ReadyLine:
    """Return the ready line of a JSON body.

    Raises:
        WireError: a field is missing, of another type, or over its bound.
    """
    try:
        names = {name: _name(body[name]) for name in _NAMES}
        product = None if body["product"] is None else _name(body["product"])
        cues = tuple(_cue(cue) for cue in body["cues"][:_MAX_CUES])
        seq, loop, gap = int(body["seq"]), int(body["loop"]), int(body["gap"])
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(f"a queued line is malformed: {error}") from error
    if seq < AD_LIB or loop < 0 or not 0 <= gap <= _MAX_GAP:
        raise WireError("a queued line's numbers are out of bounds")
    return ReadyLine(seq=seq, loop=loop, product=product, speech=speech, gap=gap, cues=cues, **names)


def queue_message(entry: ReadyLine, speech: wire.Message | None) -> wire.Message:
    """Return the message that queues a line with the speech worker's sealed speech, or a pause."""
    if speech is None:
        return wire.Message("queue", {"ready": ready_body(entry)})
    return wire.Message("queue", {"ready": ready_body(entry), "speech": speech.body}, speech.payload)


def interject_message(
    ad_lib: str, lines: Sequence[tuple[ReadyLine, wire.Message | None]], *, now: bool, first: bool = False
) -> wire.Message:
    """Return the message that asks for an ad-lib, each line with its sealed speech, or a pause."""
    told, payload = [], bytearray()
    for ready, speech in lines:
        line: dict[str, Any] = {"ready": ready_body(ready)}
        if speech is not None:
            line |= {"speech": speech.body, "bytes": len(speech.payload)}
            payload += speech.payload
        told.append(line)
    return wire.Message("interject", {"id": ad_lib, "now": now, "first": first, "lines": told}, bytes(payload))


def interject_from(message: wire.Message, open_speech: Callable[[wire.Message], Speech]) -> AdLib:
    """Return the ad-lib that was asked for.

    Raises:
        WireError: a field is missing, of another type, or over its bound.
        ForgedSeal: a line's speech was not approved.
    """
    entries, begin = [], 0
    try:
        ident, lines = _name(message.body["id"]), message.body["lines"]
        now, first = bool(message.body["now"]), bool(message.body.get("first"))
        if not 0 < len(lines) <= MOST_LINES:
            raise ValueError("no lines, or too many")
        for line in lines:
            speech, size = None, int(line.get("bytes", 0))
            if "speech" in line:
                sealed = wire.Message("speech", line["speech"], message.payload[begin : begin + size])
                speech = open_speech(sealed)
            begin += size
            entries.append(ready_from(line["ready"], speech))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise WireError(f"an ad-lib is malformed: {error}") from error
    if any(entry.seq != AD_LIB or entry.instance != ident for entry in entries):
        raise WireError("an ad-lib's lines are not its own")
    return AdLib(ident, tuple(entries), now, first)


def withdraw_message(withdrawal: Withdrawal) -> wire.Message:
    """Return the message that names all fact versions that are withdrawn."""
    body = {
        "number": withdrawal.number,
        "facts": sorted([fact.id, fact.version] for fact in withdrawal.facts),
        "correction": withdrawal.correction,
        "corrected": sorted(withdrawal.corrected),
    }
    return wire.Message("withdraw", body)


def withdrawal_from(body: dict[str, Any]) -> Withdrawal:
    """Return the withdrawal of a `withdraw` message.

    Raises:
        WireError: it is malformed or over its bound.
    """
    try:
        facts = frozenset(FactRef(_name(ident), _name(version)) for ident, version in body["facts"])
        corrected = frozenset(_name(ident) for ident in body["corrected"])
        withdrawal = Withdrawal(facts, int(body["number"]), _name(body["correction"]), corrected)
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(f"a withdrawal is malformed: {error}") from error
    if len(facts) > MOST_FACTS or len(corrected) > MOST_FACTS:
        raise WireError("too many facts withdrawn at once")
    return withdrawal


def clear_card_message(product: str) -> wire.Message:
    """Return the message that has a product's card shown no more, until it comes anew."""
    return wire.Message("clear_card", {"product": product})


def position_message(position: Position) -> wire.Message:
    """Return the message that tells where playout stands."""
    return wire.Message("position", asdict(position))


def position_from(body: dict[str, Any]) -> Position:
    """Return the position that air told.

    Raises:
        WireError: it is not one.
    """
    try:
        finished = tuple((_name(ident), bool(heard)) for ident, heard in body.pop("finished", ()))
        pending, untrue = (tuple(map(_name, body.pop(name, ()))) for name in ("pending", "untrue"))
        return Position(**body, finished=finished, pending=pending, untrue=untrue)
    except (TypeError, ValueError) as error:
        raise WireError("air told a malformed position") from error


def _name(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_NAME:
        raise ValueError("a name is no string or too long")
    return value


def _cue(body: dict[str, Any]) -> Cue:
    if body["kind"] not in _CUE_KINDS:
        raise ValueError("a cue of an unknown kind")
    return Cue(body["kind"], _name(body["value"]), int(body["offset"]))
