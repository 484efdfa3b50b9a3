"""What can be told of a product, and how much of it has been told.

A `Telling` hands wordings their variables. Each variable that stands for catalogue text is a
`Said`: an article, where the phrase needs one, and a mark that becomes a slot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from livestream.catalogue.model import Fact, FactKind, Product
from livestream.catalogue.options import option_kind
from livestream.lines import Slot
from livestream.rundown.english import head_noun
from livestream.rundown.grammar import Grammar, grammar
from livestream.rundown.playbook import DESCRIBED, POINTS, Drafted, Playbook, Wording

_OPTIONS = {"size": "sizes", "color": "colors", "style": "styles", "scent": "scents"}
_LONGEST_LIST = 6
_FEW = 10
"""Stock up to this is worth mentioning; more is no reason to hurry."""
CITED = re.compile(r"\{([^{}]{1,200})\}")
"""A fact's id in a drafted sentence."""


@dataclass
class Slots:
    """The marks handed out for one wording: private-use signs that stand for slots."""

    slots: list[Slot] = field(default_factory=list)
    _MARK = re.compile("([\ue000-\uf8ff])")

    def mark(self, slot: Slot) -> str:
        """Return the sign that stands for this slot."""
        self.slots.append(slot)
        return chr(0xE000 + len(self.slots) - 1)

    def pieces(self, text: str) -> tuple[str | Slot, ...]:
        """Return rendered text with its signs turned into slots, beginning with a capital letter."""
        found: list[str | Slot] = []
        for part in self._MARK.split(" ".join(text.split())):
            if self._MARK.fullmatch(part):
                found.append(self.slots[ord(part) - 0xE000])
            elif part:
                found.append(part)
        if found and isinstance(first := found[0], str):
            found[0] = first[0].upper() + first[1:]
        elif found and isinstance(first := found[0], Slot):
            found[0] = _capital(first)
        return tuple(found)


class Said:
    """A variable of a wording: `{{ noun }}` with its article, `{{ noun.bare }}` without."""

    def __init__(self, slots: Slots, *said: Slot, lead: str = "", tail: str = "", plural: bool = False) -> None:
        self._slots, self._said, self._lead, self._tail = slots, said, lead, tail
        self._plural = plural

    def __str__(self) -> str:
        return self._lead + self._marks(*self._said) + self._tail

    @property
    def bare(self) -> str:
        """Without an article."""
        return self._marks(*self._said)

    @property
    def cap(self) -> str:
        """With a capital first letter, to begin a sentence."""
        if self._lead:
            return self._lead.capitalize() + self._marks(*self._said) + self._tail
        first, *rest = self._said
        return self._marks(_capital(first), *rest) + self._tail

    @property
    def lower(self) -> str:
        """With a small first letter, inside a sentence."""
        first, *rest = self._said
        return self._marks(Slot(first.fact, "lower"), *rest)

    @property
    def there(self) -> str:
        """With `there is` before it, in the right number."""
        return f"there are {self}" if self._plural else f"there's {self}"

    @property
    def There(self) -> str:  # noqa: N802 - written `{{ noun.There }}` at the start of a sentence
        """The same, to begin a sentence."""
        return f"There are {self}" if self._plural else f"There's {self}"

    @property
    def it_is(self) -> str:
        """With `it is` before it, in its own number: the "Antique Drawers" are one chest."""
        return f"they're {self}" if self._plural else f"it's {self}"

    @property
    def It_is(self) -> str:  # noqa: N802 - written `{{ name.It_is }}` at the start of a sentence
        """The same, to begin a sentence."""
        return f"They're {self}" if self._plural else f"It's {self}"

    def _marks(self, *said: Slot) -> str:
        return " ".join(self._slots.mark(slot) for slot in said)


def _capital(slot: Slot) -> Slot:
    return Slot(slot.fact, "title") if slot.form in {"plain", "lower"} else slot


@dataclass
class Telling:
    """One product in one segment: its facts, its agreement, its kinds and the points told so far."""

    product: Product
    kinds: frozenset[str]
    quote_prices: bool
    grammar: Grammar
    turn: int = 0
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.title = self._first(FactKind.TITLE)
        self.plural = self.grammar.is_plural(str(self.title.value)) if self.title else False
        self._points = {grammar: self._rotated(grammar) for grammar in POINTS}

    @property
    def priced(self) -> bool:
        """Whether a price may be said of it."""
        money = {FactKind.PRICE, FactKind.PRICE_FROM}
        return self.quote_prices and any(fact.kind in money and fact.currency for fact in self.product.facts)

    def bind(self, wording: Wording, slots: Slots, *, again: bool = False) -> dict[str, object] | None:
        """Return the variables a wording may use; None where it does not suit or too little is left to tell.

        With `again` what has been told may be told once more.
        """
        if (wording.kinds and not wording.kinds & self.kinds) or (wording.priceless and self.priced):
            return None
        values = self.common(slots, again=again)
        used: set[str] = set()
        bound: dict[str, Fact] = {}
        pair = "adjective2" in wording.points
        for name in wording.points:
            fact = self._next(
                name.rstrip("23"), wording.about if not used else frozenset(), used, again=again, pair=pair
            )
            if fact is None:
                return None
            used.add(fact.id)
            bound[name] = fact
            values[name] = self._said(fact, slots)
        if DESCRIBED in wording.needs:
            values[DESCRIBED] = self._described(bound["adjective"], bound["name"], slots)
        if wording.about and not wording.points and not self.about(wording.about):
            return None
        return values

    def common(self, slots: Slots, *, again: bool) -> dict[str, object]:
        """Return the variables that do not depend on points: title, agreement, price, options, stock."""
        values: dict[str, object] = dict(self.grammar.agreement(self.plural))
        if self.title:
            values["title"] = Said(slots, Slot(self.title.id), lead=self.grammar.lead(str(self.title.value)))
        for fact in self.product.facts:
            name, form = self._variable(fact)
            if name and (again or fact.id not in self.told):
                values.setdefault(name, Said(slots, Slot(fact.id, form)))
                if form == "price":
                    values.setdefault(f"{name}_short", Said(slots, Slot(fact.id, "price_short")))
        return values

    @cached_property
    def tellable(self) -> Mapping[str, tuple[Fact, Slot]]:
        """Every fact that wordings may tell of this product, by id, with the slot that says it."""
        points = {fact.id for facts in self._points.values() for fact in facts}
        found: dict[str, tuple[Fact, Slot]] = {}
        for fact in self.product.facts:
            name, form = self._variable(fact)
            if name or fact is self.title or fact.id in points:
                found[fact.id] = fact, Slot(fact.id, form)
        return found

    def fill(self, drafted: Drafted, slots: Slots, *, again: bool = False) -> str | None:
        """Return the sentence of a drafted wording; None where one of its facts is not to be told, or not again."""
        said: dict[str, Slot] = {}
        for fact_id in CITED.findall(drafted.sentences[0]):
            if fact_id not in self.tellable or (fact_id in self.told and not again):
                return None
            fact, said[fact_id] = self.tellable[fact_id]
            if drafted.pinned.get(fact_id, fact.version) != fact.version:
                return None
        return CITED.sub(lambda match: slots.mark(said[match[1]]), drafted.sentences[0])

    def about(self, words: frozenset[str]) -> bool:
        """Whether any text about the product holds one of these words."""
        points = [str(fact.value) for facts in self._points.values() for fact in facts]
        return _mentions(" ".join([self.product.title, *points]), words)

    def _variable(self, fact: Fact) -> tuple[str, str]:
        """The name and form of a fact that is no point; an empty name where it is not to be said."""
        money = {
            FactKind.PRICE: "price",
            FactKind.PRICE_FROM: "price_from",
            FactKind.PRICE_TO: "price_to",
            FactKind.COMPARE_AT: "compare_at",
        }
        if fact.kind in money:
            return (money[fact.kind] if self.quote_prices and fact.currency else "", "price")
        if fact.kind is FactKind.OPTION and isinstance(fact.value, tuple):
            speakable = 2 <= len(fact.value) <= _LONGEST_LIST
            return (_OPTIONS.get(option_kind(fact), "choices") if speakable else "", "list")
        if fact.kind is FactKind.STOCK:
            few = isinstance(fact.value, int) and 2 <= fact.value <= _FEW
            last = fact.value == 1
            return ("last_stock" if last else "few_stock" if few else "", "count")
        if fact.kind is FactKind.VENDOR:
            return ("vendor" if is_name(str(fact.value)) else "", "plain")
        if fact.kind is FactKind.TYPE and len(str(fact.value).split()) <= 2:
            return ("type", "lower")
        return ("", "plain")

    def _first(self, kind: FactKind) -> Fact | None:
        return next((fact for fact in self.product.facts if fact.kind is kind), None)

    def _rotated(self, grammar: str) -> list[Fact]:
        """The points of a grammar, beginning elsewhere each turn, so that passes differ in matter.

        What a product has not ("no collar") is no feature that a host points at.
        """
        facts = [fact for fact in self.product.facts if fact.kind is FactKind.POINT and fact.grammar == grammar]
        facts = [fact for fact in facts if grammar != "verb" or self._agrees(str(fact.value))]
        facts = [fact for fact in facts if not str(fact.value).startswith("no ")]
        at = self.turn % len(facts) if facts else 0
        return facts[at:] + facts[:at]

    def _agrees(self, verb: str) -> bool:
        singular = self.grammar.third_person(verb)
        return singular is None or singular is not self.plural

    def _next(self, grammar: str, about: frozenset[str], used: set[str], *, again: bool, pair: bool) -> Fact | None:
        """The next point to tell; in a `pair` none that has an `and` of its own."""
        for fact in self._points[grammar]:
            free = fact.id not in used and (again or fact.id not in self.told)
            doubled = pair and " and " in str(fact.value)
            if free and not doubled and (not about or _is_about(fact, about)):
                return fact
        return None

    def _said(self, fact: Fact, slots: Slots) -> Said:
        text = str(fact.value)
        lead = self.grammar.indefinite(text) if fact.grammar in {"noun", "name"} else ""
        return Said(slots, Slot(fact.id), lead=lead, plural=self.grammar.is_plural(text))

    def _described(self, adjective: Fact, name: Fact, slots: Slots) -> Said:
        """The name with an adjective before it, under one article: "a stylish bedside light"."""
        lead = self.grammar.indefinite(f"{adjective.value} {name.value}")
        return Said(slots, Slot(adjective.id), Slot(name.id), lead=lead)


def is_name(vendor: str) -> bool:
    """Whether a vendor reads as a name; a shop's internal id such as `partners-demo` is not said."""
    return any(character.isupper() for character in vendor) or " " in vendor


def _is_about(fact: Fact, words: frozenset[str]) -> bool:
    """Whether a point holds one of these words; a feature is about its own noun, not about where that sits."""
    text = str(fact.value)
    if fact.grammar != "noun":
        return _mentions(text, words)
    return head_noun(text) in words or any(" " in word and word in text.casefold() for word in words)


def _mentions(text: str, words: frozenset[str]) -> bool:
    said = set(re.findall(r"[\w'’]+(?:-[\w]+)*", text.casefold()))
    return bool(words & said) or any(" " in word and word in text.casefold() for word in words)


def telling(product: Product, playbook: Playbook, *, quote_prices: bool, turn: int) -> Telling:
    """Return what can be told of a product; `turn` counts the segments and loops it has had."""
    described = " ".join([product.title, product.type, *product.tags])
    return Telling(product, playbook.kinds_of(described), quote_prices, grammar(playbook.locale), turn)
