"""What is going to be said to a viewer, before it is composed and approved: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from livestream.audience.comment import Intent
from livestream.lines import FactRef, Line, Slot

Route = Literal["answer", "point", "ask_back", "deflect", "greet", "ignore"]
"""`answer` from facts; `point` to where it stands; `ask_back` where the product or the question is unclear;
`deflect` with a fixed safe line and a ticket; `greet`; `ignore`."""


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """An approved template with its facts, or a deferral.

    `template` is the wording's id in `scripts/<locale>/answers.toml`; `lines` are the drafts it gives
    with the slots that facts fill; `facts` the ids they rest on. `topic` names what is answered at
    most once in five minutes, empty for what is said as often as it is asked. `confidence` is 0 to 1,
    `margin` the lead over the next best reading. `ticket` is the kind of ticket a person must look at,
    empty for none. `reason` says in a few words how the plan came about, for the moderator. `rests` are
    the versions of all facts of the list that the decision rests on, also those that are not said.
    `always_reply`: everybody who asks gets the reply as text, also where the topic was answered a moment ago.
    """

    route: Route
    intent: Intent
    product: str | None
    template: str
    lines: tuple[Line, ...]
    facts: tuple[str, ...] = ()
    topic: str = ""
    confidence: float = 0.0
    margin: float = 0.0
    ticket: str = ""
    reason: str = ""
    rests: tuple[FactRef, ...] = ()
    always_reply: bool = False


@dataclass(frozen=True, slots=True)
class AdLib:
    """An answer as it goes to standards: lines in the order said, and the strip that shows the question.

    `opening` is a ready-made acknowledgement, `lines` the answer, `re_entry` leads back to the script.
    `question` is the heading and the text of the lower third: the viewer's words, masked; both empty
    where nobody asked. `product` is the card to show, None to leave the one that is there.
    """

    id: str
    opening: tuple[Line, ...]
    lines: tuple[Line, ...]
    re_entry: tuple[Line, ...]
    question: tuple[tuple[str | Slot, ...], tuple[str | Slot, ...]]
    product: str | None = None
