"""Has a product list drafted: asks for what is missing, keeps each answer, judges all of them, writes the drafts."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from livestream.catalogue import Catalogue
from livestream.drafting.answer import read_answer
from livestream.drafting.asking import Brief, briefs
from livestream.drafting.document import Drafts, read_drafts, write_drafts
from livestream.drafting.journal import Journal, journal_path
from livestream.drafting.judge import Dropped, Judge, Kept
from livestream.drafting.model import Answered, DraftingModel, NoAnswer
from livestream.drafting.vocabulary import vocabulary
from livestream.errors import UsageError
from livestream.locales import Locale
from livestream.rundown import load_playbook
from livestream.settings import Model

MISSES = 3
"""Calls in a row without an answer after which no more is asked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a model: `count` lines a beat, with no more than `calls` calls, `at_once` at a time."""

    model: Model
    count: int = 3
    calls: int = 500
    at_once: int = 2
    deadline: float = 120.0


@dataclass
class Progress:
    """How far it is: products answered for of all, lines kept and dropped, what it cost this time, what went wrong."""

    products: int = 0
    done: int = 0
    kept: list[Kept] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """Products for which there is no answer yet."""
        return self.products - self.done

    @property
    def rules(self) -> dict[str, int]:
        """How many lines each rule dropped, the most first."""
        return dict(Counter(line.rule for line in self.dropped).most_common())


def write(
    catalogue: Catalogue,
    market: Locale,
    out: Path,
    wanted: Wanted,
    *,
    key: str = "",
    currency: str = "",
    told: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Draft lines for a product list into the file `out`; what was answered before is not asked again.

    Args:
        catalogue: the products.
        market: the locale to write in.
        out: the drafts file; its journal lies beside it.
        wanted: the model, and the bounds of its work.
        key: of the model's endpoint.
        currency: the currency that was given beside the list, to read it so again.
        told: called whenever something has come.

    Raises:
        UsageError: there is no playbook for the locale, its words are not sorted, or `out` is something else.
        MachineError: the files cannot be written.
    """
    if out.exists():
        read_drafts(out)  # whatever else lies there is not written over
    playbook = load_playbook(market.tag)
    known = vocabulary(playbook)
    asked = list(briefs(catalogue, playbook, count=wanted.count))
    judge = Judge(catalogue, market, known)
    progress = Progress(products=len(asked))
    with Journal(journal_path(out)) as journal:
        work = _Work(wanted, judge, journal, progress, told)
        missing = [brief for brief in asked if not work.had_before(brief)]
        told(progress)
        if missing:
            asyncio.run(work.ask(missing, DraftingModel(wanted.model, known, key=key, deadline=wanted.deadline)))
    order = {brief.product.handle: number for number, brief in enumerate(asked)}
    progress.kept.sort(key=lambda line: order[line.product])
    progress.dropped.sort(key=lambda line: order[line.product])
    beside = os.path.relpath(catalogue.path.resolve(), out.resolve().parent)
    head = Drafts(locale=market.tag, catalogue=Path(beside), currency=currency, model=wanted.model.model)
    write_drafts(out, head, progress.kept, progress.dropped)
    return progress


class _Work:
    """One run: workers that ask, and what comes of it."""

    def __init__(
        self, wanted: Wanted, judge: Judge, journal: Journal, progress: Progress, told: Callable[[Progress], None]
    ) -> None:
        self._wanted, self._judge, self._journal = wanted, judge, journal
        self._progress, self._told = progress, told
        self._misses = 0

    def had_before(self, brief: Brief) -> bool:
        """Whether this was answered before; the answer is judged anew."""
        answered = self._journal.answers.get(brief.key(self._wanted.model.model))
        if answered is None:
            return False
        self._take(brief, answered)
        return True

    async def ask(self, missing: Sequence[Brief], model: DraftingModel) -> None:
        """Ask for what is missing until it is there, the calls are used up or the model stays silent."""
        left = iter(missing)
        async with model, asyncio.TaskGroup() as group:
            for _ in range(self._wanted.at_once):
                group.create_task(self._worker(left, model))

    async def _worker(self, left: Iterator[Brief], model: DraftingModel) -> None:
        while self._misses < MISSES and model.calls < self._wanted.calls:
            brief = next(left, None)
            if brief is None:
                return
            try:
                answered = await model.ask(brief)
            except NoAnswer as error:
                self._misses += 1
                self._progress.failures.append(f"{brief.product.handle}: {error.message}")
            else:
                self._misses = 0
                self._journal.add(brief.key(self._wanted.model.model), answered)
                self._progress.tokens_in += answered.tokens_in
                self._progress.tokens_out += answered.tokens_out
                self._take(brief, answered)
            self._progress.calls = model.calls
            self._told(self._progress)

    def _take(self, brief: Brief, answered: Answered) -> None:
        self._progress.done += 1
        for line in self._judge.judge(brief, read_answer(answered.content)):
            if isinstance(line, Kept):
                self._progress.kept.append(line)
            else:
                self._progress.dropped.append(line)


def no_model() -> UsageError:
    """Return what to tell somebody who named no model."""
    return UsageError(
        "no model is named, and none is needed: the playbook of a locale words every show without one",
        where="--base-url, --model",
        remedy="To have further lines drafted, name any OpenAI-compatible endpoint and its model: "
        "--base-url http://127.0.0.1:8080/v1 --model NAME",
    )
