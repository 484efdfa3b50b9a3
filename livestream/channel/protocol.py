"""What orchestrator and air say to each other over `air.sock`.

To air: `card` and `lower_third` (sealed); `queue` (a ready line with its sealed speech, or
a pause); `cut`; `finish`. From air: `position` several times a second, and `refused` for anything
whose seal does not hold. Nothing reaches voice or screen but through a seal.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from livestream import wire
from livestream.errors import WireError
from livestream.lines import Cue
from livestream.media import ReadyLine, Speech
from livestream.playout.engine import Position

_NAMES = ("instance", "segment", "part", "beat")
_CUE_KINDS = frozenset({"card", "clear_card", "gesture", "gaze", "jingle", "lower_third", "clear_lower_third"})
_MAX_NAME = 300
_MAX_GAP = 60 * 48_000
_MAX_CUES = 32


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
    if seq < 0 or loop < 0 or not 0 <= gap <= _MAX_GAP:
        raise WireError("a queued line's numbers are out of bounds")
    return ReadyLine(seq=seq, loop=loop, product=product, speech=speech, gap=gap, cues=cues, **names)


def queue_message(entry: ReadyLine, speech: wire.Message | None) -> wire.Message:
    """Return the message that queues a line with the speech worker's sealed speech, or a pause."""
    if speech is None:
        return wire.Message("queue", {"ready": ready_body(entry)})
    return wire.Message("queue", {"ready": ready_body(entry), "speech": speech.body}, speech.payload)


def position_message(position: Position) -> wire.Message:
    """Return the message that tells where playout stands."""
    return wire.Message("position", asdict(position))


def position_from(body: dict[str, Any]) -> Position:
    """Return the position that air told.

    Raises:
        WireError: it is not one.
    """
    try:
        return Position(**body)
    except TypeError as error:
        raise WireError("air told a malformed position") from error


def _name(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_NAME:
        raise ValueError("a name is no string or too long")
    return value


def _cue(body: dict[str, Any]) -> Cue:
    if body["kind"] not in _CUE_KINDS:
        raise ValueError("a cue of an unknown kind")
    return Cue(body["kind"], _name(body["value"]), int(body["offset"]))
