"""A comment on its way to an answer, in memory and as it is stored beside the comment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from livestream.answers.plan import AnswerPlan
from livestream.audience.comment import Comment, Intent, Taken, Understood
from livestream.channel.script import line_body, line_from
from livestream.console.backend import Planned
from livestream.lines import FactRef
from livestream.store.records import StoredComment

_MEANING = 512
"""Numbers in a vector of meaning."""


@dataclass(slots=True)
class Tally:
    """What the answering came to."""

    planned: int = 0
    answered: int = 0
    refused: int = 0


@dataclass(slots=True, eq=False)
class Case:
    """One answer. For a line that answers nobody `key` is empty and `name` its own.

    `by` is who approved it, empty where nobody had to. `tries` counts the times it was cut off or
    written anew: each is another ad-lib. `also` are the comments that asked the same. `opened` says that an
    opening went to air ahead of it, so that it needs no other.
    """

    key: str
    understood: Understood | None
    plan: AnswerPlan
    by: str = ""
    now: bool = False
    tries: int = 0
    also: tuple[str, ...] = ()
    name: str = ""
    given_at: float = 0.0
    began: bool = False
    said: str = ""
    opened: bool = False

    @property
    def ad_lib(self) -> str:
        """The name of its ad-lib: the same after a restart, so that it is never said twice."""
        named = f"{self.key}|{self.name}|{self.tries}"
        return f"answer.{hashlib.sha256(named.encode(errors='replace')).hexdigest()[:16]}"


def answer_body(case: Case, shown: Planned) -> dict[str, Any]:
    """Return the answer as JSON: what the console shows, and what it takes to say just this after a restart."""
    plan = case.plan
    return {
        "shown": asdict(shown),
        "tries": case.tries,
        "plan": {
            "route": plan.route,
            "intent": str(plan.intent),
            "product": plan.product,
            "template": plan.template,
            "lines": [line_body(line) for line in plan.lines],
            "facts": list(plan.facts),
            "rests": [[ref.id, ref.version] for ref in plan.rests],
            "topic": plan.topic,
            "confidence": plan.confidence,
            "ticket": plan.ticket,
            "reason": plan.reason,
            "always_reply": plan.always_reply,
        },
    }


def case_of(comment: StoredComment) -> Case | None:
    """Return the case that is stored beside a comment, None where no answer is."""
    if not comment.answer:
        return None
    body = comment.answer["plan"]
    plan = AnswerPlan(
        route=body["route"],
        intent=Intent(body["intent"]),
        product=body["product"],
        template=body["template"],
        lines=tuple(line_from(line) for line in body["lines"]),
        facts=tuple(body["facts"]),
        rests=tuple(FactRef(name, version) for name, version in body["rests"]),
        topic=body["topic"],
        confidence=float(body["confidence"]),
        ticket=body["ticket"],
        reason=body["reason"],
        always_reply=bool(body["always_reply"]),
    )
    number = int(hashlib.sha256(comment.key.encode(errors="replace")).hexdigest()[:12], 16)
    meaning = np.zeros(_MEANING, np.float32)
    understood = Understood(taken_of(comment), comment.language, meaning, ((plan.intent, 1.0),), -number, comment.asked)
    return Case(comment.key, understood, plan, by=comment.by, tries=int(comment.answer["tries"]))


def given_rests(comments: Iterable[StoredComment]) -> Iterator[FactRef]:
    """Yield what the answers rest on that air may have been given."""
    for comment in comments:
        if comment.answer and comment.state in ("queued", "on_air"):
            yield from (FactRef(name, version) for name, version in comment.answer["plan"]["rests"])


def taken_of(comment: StoredComment) -> Taken:
    """Return a stored comment as intake let it through."""
    return Taken(
        Comment(
            source=comment.source,
            id=comment.key.removeprefix(f"{comment.source}:"),
            platform=comment.platform,
            user=comment.user,
            name=comment.name,
            text=comment.text,
            at=comment.at,
            language=comment.language,
        ),
        raw="",
        verdict="admitted",
        question=True,
        worth=comment.worth,
    )


def own_line(plan: AnswerPlan, by: str, name: str) -> Case:
    """Return the case of a line that a moderator typed for nobody in particular, under a name of its own."""
    return Case("", None, replace(plan, product=None), by=by, name=name)
