"""What is going to be said: lines and cues, gathered into parts.

Nothing in this file has been approved. A `Line` is a draft until `standards` has made an
`ApprovedLine` of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Beat(StrEnum):
    """The kinds of part a sales rundown is made of."""

    OPENING = "opening"
    DISCLOSURE = "disclosure"
    HOOK = "hook"
    BENEFIT = "benefit"
    PROOF = "proof"
    OFFER = "offer"
    URGENCY = "urgency"
    CALL_TO_ACTION = "call_to_action"
    QUESTIONS = "questions"
    TRANSITION = "transition"
    RECAP = "recap"
    CLOSING = "closing"
    ANSWER = "answer"
    RE_ENTRY = "re_entry"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class FactRef:
    """One version of one fact: what a line rests on."""

    id: str
    version: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a line that only a fact may fill.

    `form` names how standards renders it: `plain` (the fact's own words), `price`, `price_short`,
    `count`, `list` and the other forms that `standards.forms` documents.
    """

    fact: str
    form: str = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One drafted sentence: literal words and fact slots in reading order.

    `origin` says who is answerable for its words where that is not the shipped playbook: "drafts 1f0c22ab",
    "moderator Ana".
    """

    id: str
    locale: str
    beat: Beat
    pieces: tuple[str | Slot, ...]
    product: str | None = None
    origin: str = ""


CueKind = Literal["card", "clear_card", "gesture", "gaze", "jingle", "lower_third", "clear_lower_third"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Something the programme does beside the words, `offset` samples after its line begins.

    `value` by kind: `card` a product handle; `gesture` and `gaze` a name the presenter knows
    (`present_card`, `wave`, `count`, `emphasis`; `camera`, `card`, `comments`); `lower_third` the
    id of an approved text; empty for the rest.
    """

    kind: CueKind
    value: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The playable element of a segment: lines said in a row, with a pause after the last.

    `gap` is the silence after each line but the last, `hold` the silence after the last, both in
    samples at 48 kHz.
    """

    id: str
    segment: str
    beat: Beat
    lines: tuple[Line, ...]
    product: str | None = None
    cues: tuple[Cue, ...] = ()
    gap: int = 0
    hold: int = 0


@dataclass(frozen=True, slots=True)
class PartInstance:
    """A part as it goes on air: frozen, so that later edits never change what is playing.

    `loop` counts the passes of the rundown from 0; `id` is unique within a channel's life.
    """

    id: str
    part: Part
    loop: int
