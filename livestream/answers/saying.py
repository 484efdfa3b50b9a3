"""Puts facts into wordings: every fact is a slot, every line passes standards, no wording comes back at once."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from livestream.answers.wordings import Wordings
from livestream.catalogue.model import Fact, FactKind, Product
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.rundown.grammar import grammar
from livestream.rundown.playbook import Wording
from livestream.rundown.telling import Said, Slots, is_name
from livestream.standards import Standards

NO_REPEAT = 4
"""A wording is not heard again before this many others of its section, where there are as many."""
MOST_JUDGED = 4096
"""How many judgements are kept."""
_AMOUNTS = {
    FactKind.PRICE: "price",
    FactKind.PRICE_FROM: "price_from",
    FactKind.PRICE_TO: "price_to",
    FactKind.COMPARE_AT: "compare_at",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one wording gives: drafted lines, and the facts they rest on."""

    template: str
    lines: tuple[Line, ...]
    facts: tuple[str, ...]


@dataclass
class Speaker:
    """Says things in one locale over one catalogue.

    `heard` remembers the wordings said last by section, `planned` those offered; share them between
    speakers of one channel.
    """

    wordings: Wordings
    standards: Standards
    seed: int
    quote_prices: bool
    heard: dict[str, deque[str]] = field(default_factory=dict)
    planned: dict[str, deque[str]] = field(default_factory=dict)
    _judged: dict[tuple[str | Slot, ...], bool] = field(default_factory=dict)

    def say(
        self,
        section: str,
        products: Sequence[Product] = (),
        *,
        extra: Mapping[str, Fact] | None = None,
        name: str = "",
        beat: Beat = Beat.ANSWER,
    ) -> Spoken | None:
        """Return the best wording of a section that may be said, or None where none may.

        Args:
            section: one of `wordings.SECTIONS`.
            products: what `title`, `title2` and `title3` stand for, with their facts.
            extra: further variables and the facts that fill them: `point`, `choice`, `options`, …
            name: the viewer's given name, already allowed; only wordings with it are then preferred.
            beat: what the lines are in the show.
        """
        for wording in self._order(section, named=bool(name)):
            if spoken := self._write(wording, products, extra or {}, name, beat):
                self.planned.setdefault(section, deque(maxlen=NO_REPEAT)).append(wording.id)
                return spoken
        return None

    def note(self, template: str) -> None:
        """Remember that a wording is going to be heard."""
        for each in template.split("+"):
            self.heard.setdefault(each.rpartition(".")[0], deque(maxlen=NO_REPEAT)).append(each)

    def _order(self, section: str, *, named: bool) -> list[Wording]:
        """The wordings of a section: longest unheard first, then longest unplanned, then by lot."""
        heard, planned = list(self.heard.get(section, ())), list(self.planned.get(section, ()))

        def rank(wording: Wording) -> tuple[int, int, int, int]:
            since = _age(heard, wording.id), _age(planned, wording.id)
            return (
                since[0],
                named and "name" not in wording.needs,
                since[1],
                _chance(self.seed, len(planned), wording.id),
            )

        return sorted(self.wordings.sections[section], key=rank)

    def _write(
        self, wording: Wording, products: Sequence[Product], extra: Mapping[str, Fact], name: str, beat: Beat
    ) -> Spoken | None:
        lines: list[Line] = []
        for index, template in enumerate(wording.templates):
            slots = Slots()
            values = self._values(products, extra, slots)
            if name:
                values["name"] = name
            if not wording.needs <= values.keys():
                return None
            pieces = slots.pieces(template.render(values))
            handle = products[0].handle if products else None
            line = Line(f"{wording.id}.{index}", self.wordings.locale, beat, pieces, handle)
            if not self._may_be_said(line):
                return None
            lines.append(line)
        facts = dict.fromkeys(piece.fact for line in lines for piece in line.pieces if isinstance(piece, Slot))
        return Spoken(wording.id, tuple(lines), tuple(facts))

    def _may_be_said(self, line: Line) -> bool:
        """Whether standards would let a line pass; asked once for the same words over the same facts."""
        judged = self._judged.get(line.pieces)  # several threads ask
        if judged is None:
            if len(self._judged) >= MOST_JUDGED:
                self._judged.clear()
            try:
                self.standards.approve(line)
                judged = True
            except ClaimRefused:
                judged = False
            self._judged[line.pieces] = judged
        return judged

    def _values(self, products: Sequence[Product], extra: Mapping[str, Fact], slots: Slots) -> dict[str, object]:
        values: dict[str, object] = {}
        for number, product in enumerate(products, start=1):
            suffix = "" if number == 1 else str(number)
            values |= {f"{key}{suffix}": value for key, value in self._of_product(product, slots).items()}
        for key, fact in extra.items():
            values[key] = self._point(fact, slots) if key.startswith(("point", "quote")) else Said(slots, _slot(fact))
        return values

    def _of_product(self, product: Product, slots: Slots) -> dict[str, object]:
        language = grammar(self.wordings.locale)
        values: dict[str, object] = dict(language.agreement(language.is_plural(product.title)))
        for fact in product.facts:
            if fact.kind is FactKind.TITLE:
                values["title"] = Said(slots, Slot(fact.id), lead=language.lead(product.title))
            elif (variable := _AMOUNTS.get(fact.kind)) and self.quote_prices and fact.currency:
                values[variable] = Said(slots, Slot(fact.id, "price"))
                if fact.kind in {FactKind.PRICE, FactKind.PRICE_FROM}:
                    around = "" if fact.kind is FactKind.PRICE else self.wordings.words["from"]
                    lead, _, tail = around.partition("…")
                    values["amount"] = Said(slots, Slot(fact.id, "price"), lead=lead, tail=tail)
            elif fact.kind in {FactKind.STOCK, FactKind.WEIGHT}:
                values[fact.kind.value] = Said(slots, _slot(fact))
            elif fact.kind is FactKind.VENDOR and is_name(str(fact.value)):
                values["vendor"] = Said(slots, Slot(fact.id))
        return values

    def _point(self, fact: Fact, slots: Slots) -> Said:
        noun = fact.grammar in {"noun", "name"}
        lead = grammar(self.wordings.locale).indefinite(str(fact.value)) if noun else ""
        return Said(slots, Slot(fact.id), lead=lead)


def _slot(fact: Fact) -> Slot:
    if fact.kind in _AMOUNTS or fact.kind is FactKind.CHOICE_PRICE:
        return Slot(fact.id, "price")
    if fact.kind in {FactKind.STOCK, FactKind.CHOICE_STOCK}:
        return Slot(fact.id, "count")
    return Slot(fact.id, "list" if isinstance(fact.value, tuple) else "plain")


def _age(recent: Sequence[str], ident: str) -> int:
    """How recently something came, 0 for not among the last."""
    return recent.index(ident) + 1 if ident in recent else 0


def _chance(*salt: object) -> int:
    return int.from_bytes(hashlib.blake2b(repr(salt).encode(), digest_size=6).digest(), "big")
