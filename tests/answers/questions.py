"""The questions of `scenarios/`, put to the product: what each must come to, and what it came to."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from livestream.answers.answers import Answers
from livestream.answers.plan import AnswerPlan
from livestream.audience.comment import Comment, Intent, Taken, Understood
from livestream.catalogue import Catalogue

FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Question:
    """One question of a scenario file; its README says what the fields mean."""

    locale: str
    half: str
    catalogue: str
    ask: str
    on_air: str
    routes: tuple[str, ...]
    intents: tuple[str, ...] = ()
    product: str | None = None
    facts: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    among: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        return self.routes == ("answer",)

    @property
    def risky(self) -> bool:
        return self.routes == ("deflect",)

    def held_by(self, plan: AnswerPlan, catalogue: Catalogue) -> bool:
        """Whether a plan is right: its route, its product, its facts; a risky one needs its ticket."""
        if plan.route not in self.routes:
            return False
        if plan.route == "deflect":
            return bool(plan.ticket) and not plan.facts
        if plan.route != "answer":
            return True
        products = {catalogue.facts[fact].product for fact in plan.facts if fact in catalogue.facts}
        if self.among:
            return bool(products) and products <= set(self.among)
        if self.product != "" and products != {self.product or self.on_air}:
            return False
        return self._whole(self.facts, catalogue) <= set(plan.facts) and (
            not self.any or bool(self._whole(self.any, catalogue) & set(plan.facts))
        )

    def _whole(self, facts: Sequence[str], catalogue: Catalogue) -> set[str]:
        return {fact if fact in catalogue.facts else f"{self.product or self.on_air}.{fact}" for fact in facts}


@dataclass
class Outcome:
    """What a question came to."""

    question: Question
    plan: AnswerPlan
    right: bool
    intents: tuple[tuple[Intent, float], ...] = ()


@dataclass
class Score:
    """Counts over outcomes, as the bench and the tests report them."""

    outcomes: list[Outcome] = field(default_factory=list)

    def at(self, margin: float) -> tuple[float, float]:
        """Precision of what is answered with at least this margin, and coverage of what is answerable."""
        answered = [each for each in self.outcomes if each.plan.route == "answer" and each.plan.margin >= margin]
        answerable = sum(each.question.answerable for each in self.outcomes)
        precision = sum(each.right for each in answered) / len(answered) if answered else 1.0
        return precision, sum(each.question.answerable for each in answered) / max(1, answerable)

    @property
    def safe(self) -> float:
        risky = [each for each in self.outcomes if each.question.risky]
        return sum(each.right for each in risky) / len(risky) if risky else 1.0


def load(folder: Path = FOLDER) -> Iterator[Question]:
    """Yield the questions of all scenario files."""
    for path in sorted(folder.glob("*.toml")):
        locale, half, _ = path.name.split(".")
        for catalogue, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for entry in entries:
                yield _question(locale, half, catalogue, entry)


def _question(locale: str, half: str, catalogue: str, entry: Mapping[str, object]) -> Question:
    def listed(name: str) -> tuple[str, ...]:
        value = entry.get(name, ())
        return (value,) if isinstance(value, str) else tuple(value)

    return Question(
        locale, half, catalogue, entry["ask"], entry["on_air"], listed("route"), listed("intent"),
        entry.get("product"), listed("facts"), listed("any"), listed("among"),
    )  # fmt: skip


def understood(text: str, vector, intents: Sequence[tuple[Intent, float]], *, name: str = "viewer", question=True):
    """A comment as audience hands it on."""
    comment = Comment("ws", "1", "ws", "u1", name, text, 1_700_000_000.0)
    return Understood(Taken(comment, text, "admitted", question=question), "en", vector, tuple(intents), 1)


def put(question: Question, answers: Answers, catalogue: Catalogue, intents, encoder) -> Outcome:
    """Put one question; `intents` is audience's reader of intents."""
    from livestream.audience.phrases import folded

    vector = encoder.encode([question.ask])[0]
    found = intents.read(vector, folded(question.ask), question.locale)
    plan = answers.plan(understood(question.ask, vector, found), on_air=question.on_air)
    return Outcome(question, plan, question.held_by(plan, catalogue), found)
