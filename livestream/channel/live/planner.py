"""Plans: the rules' own, a model's choice among them, what somebody typed; each judged as the console shows it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import ParamSpec, TypeVar

from livestream.answers.answers import Answers
from livestream.answers.model import ModelAnswerer
from livestream.answers.plan import AdLib, AnswerPlan
from livestream.audience.comment import Intent, Understood
from livestream.channel.live.case import Case
from livestream.channel.live.truth import Truth
from livestream.channel.live.typed import typed_line
from livestream.console.backend import Planned
from livestream.errors import ClaimRefused
from livestream.lines import Line

P = ParamSpec("P")
T = TypeVar("T")
TYPED = "typed"
"""The template of a plan whose line somebody typed."""


class Planner:
    """Makes plans from what is true now."""

    def __init__(self, truth: Truth, answers: Answers, model: ModelAnswerer | None = None) -> None:
        self._truth, self.answers, self._model = truth, answers, model
        self._working = asyncio.Lock()
        self._made_from = truth.version

    async def facts_changed(self) -> None:
        """Answer from the facts now in force, once they are looked through: beside, for a long list takes a while."""
        async with self._working:
            while self._made_from != self._truth.version:
                version, catalogue = self._truth.version, self._truth.catalogue
                self.answers = await asyncio.to_thread(self.answers.updated, catalogue)
                self._made_from = version

    async def correction(self, product: str) -> tuple[Line, ...]:
        """Return the lines that tell the price of a product that is in force, none where it has none."""
        await self.facts_changed()
        return self.answers.correction(product)

    async def plan(self, understood: Understood, product: str | None) -> AnswerPlan:
        """Return the rules' plan, or where a model is set, the one it chooses; `product` is on air."""
        if self._model is None:
            return await self._beside(self.answers.plan, understood, on_air=product)
        candidates = await self._beside(self.answers.candidates, understood, on_air=product)
        return await self._model.choose(understood, candidates)

    async def judged(self, plan: AnswerPlan) -> Planned:
        """Return a plan as the console shows it, without keeping the loop."""
        return await self._beside(self.shown, plan)

    async def _beside(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Work in a thread, one thing at a time: several would not be quicker, and keep the loop waiting longer."""
        async with self._working:
            return await asyncio.to_thread(work, *args, **kwargs)

    def typed(self, text: str, base: AnswerPlan | None = None) -> AnswerPlan:
        """Return the plan of a line that somebody typed, in the place of another plan or for nobody in particular."""
        name = f"typed.{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"
        facts = self._truth.catalogue.facts
        line = typed_line(text, facts.values(), self._truth.locale, id=name, product=base.product if base else None)
        cited = tuple(piece.fact for piece in line.pieces if not isinstance(piece, str))
        plan = base or AnswerPlan("answer", Intent.OFF_TOPIC, None, TYPED, ())
        return replace(
            plan,
            route="answer",
            template=TYPED,
            lines=(line,),
            facts=cited,
            rests=tuple(facts[fact].ref for fact in cited),
            reason="typed by hand",
            topic="",
        )

    def shown(self, plan: AnswerPlan, *, by: str = "") -> Planned:
        """Return a plan as the console shows it, judged by standards as they are now."""
        refused, captions = "", []
        try:
            captions = [self._truth.standards.approve(line).caption for line in plan.lines]
        except ClaimRefused as error:
            refused = f"{error.rule}: {error.message}"
        return Planned(
            caption=" ".join(captions),
            route=plan.route,
            intent=plan.intent,
            product=plan.product or "",
            facts=self._truth.explained(plan.facts),
            refused=refused,
            reason=plan.reason,
            confidence=round(plan.confidence, 2),
            by=by,
        )

    def composed(self, case: Case, on_air: str | None) -> AdLib:
        """Return the ad-lib of a case for when this product is shown; one that is opened already has no opening."""
        if case.key or case.plan.template != TYPED:
            ad_lib = self.answers.compose(case.plan, case.understood, id=case.ad_lib, on_air=on_air)
            return replace(ad_lib, opening=()) if case.opened else ad_lib
        return AdLib(case.ad_lib, (), case.plan.lines, (), ((), ()), case.plan.product)
