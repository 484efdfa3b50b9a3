"""From a question and a product to what is said: the route, the section of wordings, the facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from livestream.answers.choices import Asked, asked_choice, is_of
from livestream.answers.matching import Matched, Matcher
from livestream.answers.plan import Route
from livestream.answers.reading import Reader, Reading
from livestream.answers.saying import Speaker, Spoken
from livestream.audience.comment import Intent
from livestream.catalogue.model import Fact, FactKind, Product
from livestream.rundown.english import is_plural, third_person
from livestream.rundown.telling import is_name

_INTENTS = {
    "price": Intent.PRICE,
    "stock": Intent.STOCK,
    "color": Intent.VARIANT,
    "size": Intent.VARIANT,
    "option": Intent.VARIANT,
    "choice": Intent.VARIANT,
    "weight": Intent.USE,
    "vendor": Intent.OFF_TOPIC,
    "material": Intent.MATERIAL,
}
_PRICES = frozenset({FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO})
_CHOICES = frozenset({FactKind.OPTION, FactKind.CHOICE})
LONGEST_TOPIC = 80
"""Characters of what tells two topics apart."""
_OF_A_PART = frozenset({"noun", "verb"})
"""The grammars of points that may be of a part alone: "a small white pocket"."""
_ALL = 0.85
"""Share of a question's words from which a fact is about just that."""
_TELLING = frozenset({"verb", "sentence", "predicate", "noun", "phrase"})
"""The grammars of points that are worth a sentence of their own."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is going to be said about one question, and how sure that is: `margin` and `confidence` 0 to 1.

    `rests` are facts that it rests on beside those that are said. The `topic` is empty for what may be said again.
    """

    route: Route
    intent: Intent
    spoken: Spoken
    topic: str
    margin: float = 1.0
    confidence: float = 1.0
    reason: str = ""
    rests: tuple[Fact, ...] = ()


class Decider:
    """Decides about questions on one product."""

    def __init__(self, reader: Reader, speaker: Speaker) -> None:
        self._reader = reader
        self._speaker = speaker
        self._matcher = Matcher(reader)

    def about(self, product: Product, reading: Reading, naming: frozenset[str]) -> Decision | None:
        """Return what is said about a product; `naming` are the stems that named it. None where nothing is asked."""
        asked = asked_choice(product, reading, self._reader)
        aspects = [aspect for aspect in reading.aspects if aspect in _INTENTS]
        if asked.wanted and not set(aspects) & {"price", "stock", "weight", "vendor", "material"}:
            aspects = ["choice"]
        for aspect in aspects[:1]:
            return self.aspect(aspect, product, reading, asked, naming)
        words = [word for word in reading.left if self._reader.stem(word) not in naming]
        if words:
            return self.detail(product, words)
        return self._missing(product, "question", reason="the words name it, and ask nothing")

    def aspect(
        self, aspect: str, product: Product, reading: Reading, asked: Asked, naming: frozenset[str] = frozenset()
    ) -> Decision | None:
        """Return what is said about one aspect of a product."""
        if aspect == "material":
            decided = self._material(product, reading, naming)
            return decided and replace(decided, intent=Intent.MATERIAL)
        handlers = {
            "price": self._price, "stock": self._stock, "choice": self._choice,
            "color": self._options, "size": self._options, "option": self._options,
            "weight": self._weight, "vendor": self._vendor,
        }  # fmt: skip
        decided = handlers[aspect](aspect, product, reading, asked)
        if decided and decided.route == "answer":
            decided = replace(decided, topic=f"{product.handle}:{aspect}{asked.told}")
        return decided and replace(decided, intent=_INTENTS[aspect])

    def holds(self, product: Product, words: Sequence[str]) -> bool:
        """Whether one fact of a product holds all of these words, or nearly."""
        matched = self._matcher.best(product, words) if words else None
        return matched is not None and matched.score >= _ALL

    def detail(self, product: Product, words: Sequence[str]) -> Decision | None:
        """Return the selling point that answers, or where to look."""
        if matched := self._matcher.best(product, words):
            return self.point(product, matched)
        return self._missing(product, self._topic(words), reason="no fact holds that", rests=_points(product))

    def point(self, product: Product, matched: Matched) -> Decision | None:
        """Return what is said of one selling point."""
        fact = matched.fact
        section = f"point_{fact.grammar}"
        verb = third_person(str(fact.value)) if fact.grammar == "verb" else None
        if verb is not None and verb is is_plural(product.title):
            section = "point_quote"
        for each in (section, "point_quote"):
            decided = self._say(
                "answer", Intent.USE, each, product, margin=matched.margin, sure=matched.score,
                reason=f"a fact holds it: {fact.id}", topic=f"{product.handle}:{fact.id}", point=fact,
            )  # fmt: skip
            if decided and decided.route == "answer":
                return decided
        return self._missing(product, fact.id, reason="the fact may not be said", rests=(fact,))

    def every(self, product: Product, reading: Reading) -> tuple[Decision, ...]:
        """Return one decision for each aspect that this product has facts for."""
        asked = asked_choice(product, reading, self._reader)
        found = (self.aspect(aspect, product, reading, asked) for aspect in ("price", "stock", "option", "material"))
        return tuple(decision for decision in found if decision and decision.route == "answer")

    def common(self, about: str, product: Product, turn: int) -> Decision | None:
        """Return the answer to what viewers commonly ask; `turn` goes through the details."""
        nothing = self._reader.read("")
        if about == "detail":
            points = [fact for fact in product.facts if fact.kind is FactKind.POINT and fact.grammar in _TELLING]
            return self.point(product, Matched(points[turn % len(points)], 1.0, 1.0)) if points else None
        aspect = {"price": "price", "options": "option", "material": "material"}[about]
        return self.aspect(aspect, product, nothing, Asked())

    def _price(self, aspect: str, product: Product, reading: Reading, asked: Asked) -> Decision | None:
        del aspect, reading
        choice, price = asked.choice, asked.fact(product, FactKind.CHOICE_PRICE)
        if choice and price:
            rests = (choice, price)
            return self._say(
                "answer", Intent.PRICE, "choice_price", product, rests=rests, choice=choice, choice_price=price
            )
        prices = tuple(fact for fact in product.facts if fact.kind in _PRICES)
        for section in ("price", "price_range"):
            if decided := self._say("answer", Intent.PRICE, section, product, rests=prices):
                return decided
        return self._missing(
            product, "price", section="missing_price", reason="no price that may be said", rests=prices
        )

    def _stock(self, aspect: str, product: Product, reading: Reading, asked: Asked) -> Decision | None:
        if asked.wanted and asked.choice is None:
            return self._choice(aspect, product, reading, asked)
        choice, count = asked.choice, asked.fact(product, FactKind.CHOICE_STOCK)
        if choice and count:
            if count.value == 0:
                return self._say("answer", Intent.STOCK, "choice_none", product, cites=(count,), choice=choice)
            rests = (choice, count)
            return self._say(
                "answer", Intent.STOCK, "choice_stock", product, rests=rests, choice=choice, choice_stock=count
            )
        total = product.fact(FactKind.STOCK)
        if total is None:
            return self._missing(product, "stock", section="missing_stock", reason="the stock is not counted")
        if total.value == 0:
            return self._say("answer", Intent.STOCK, "stock_none", product, cites=(total,))
        return self._say("answer", Intent.STOCK, "stock", product, rests=(total,))

    def _choice(self, aspect: str, product: Product, reading: Reading, asked: Asked) -> Decision | None:
        """Whether there is the one that was asked for."""
        if asked.choice and asked.option:
            choice, option = asked.choice, asked.option
            rests = (choice, option)
            return self._say(
                "answer", Intent.VARIANT, "choice_yes", product, rests=rests, choice=choice, options=option
            )
        options = tuple(fact for fact in product.facts if fact.kind in _CHOICES)
        if asked.option:
            return self._say("answer", Intent.VARIANT, "choice_no", product, rests=options, options=asked.option)
        words = [word for word in reading.left if word in asked.words] or list(asked.words)
        if matched := self._matcher.best(product, words):
            return self.point(product, matched)
        return self._missing(
            product, self._topic(asked.words), section="missing_options", reason=f"no such option: {aspect}",
            rests=(*options, *_points(product)),
        )  # fmt: skip

    def _options(self, aspect: str, product: Product, reading: Reading, asked: Asked) -> Decision | None:
        options = [fact for fact in product.facts if fact.kind is FactKind.OPTION]
        own = [fact for fact in options if is_of(fact, aspect, self._reader)]
        if aspect == "option" and options:
            own = options
        if own:
            return self._say("answer", Intent.VARIANT, "options", product, rests=(own[0],), options=own[0])
        words = [aspect, *(word for word in reading.left if word not in self._reader.weak)]
        matched = self._colored(product, words[1:]) if aspect == "color" else self._matcher.best(product, words)
        if matched:
            return self.point(product, matched)
        return self._missing(
            product, aspect, section="missing_options", reason=f"no option: {aspect}",
            rests=(*options, *_points(product)),
        )  # fmt: skip

    def _colored(self, product: Product, part: Sequence[str]) -> Matched | None:
        """Return the fact that says of what color a product, or the part of it that is named, is."""
        named = set(map(self._reader.stem, part)) - set(self._reader.stems(self._reader.fold(product.title)))
        for fact in product.facts:
            if fact.kind is not FactKind.POINT or (not named and fact.grammar in _OF_A_PART):
                continue
            words = self._reader.fold(str(fact.value))
            if self._reader.colors & set(words) and (not named or named & set(self._reader.stems(words))):
                return Matched(fact, 0.9, 0.5)
        return None

    def _weight(self, aspect: str, product: Product, reading: Reading, asked: Asked) -> Decision | None:
        del reading, asked
        if product.fact(FactKind.WEIGHT):
            return self._say("answer", Intent.USE, "weight", product)
        for fact in product.facts:
            if fact.kind is FactKind.POINT and aspect in self._reader.read(str(fact.value)).aspects:
                return self.point(product, Matched(fact, 1.0, 1.0))
        return self._missing(product, "weight", reason="the weight is not known", rests=_points(product))

    def _vendor(self, aspect: str, product: Product, reading: Reading, asked: Asked) -> Decision | None:
        del aspect, reading, asked
        vendor = product.fact(FactKind.VENDOR)
        if vendor and is_name(str(vendor.value)):
            return self._say("answer", Intent.OFF_TOPIC, "vendor", product)
        return self._missing(product, "vendor", reason="the brand is not known", rests=(vendor,) if vendor else ())

    def _material(self, product: Product, reading: Reading, naming: frozenset[str]) -> Decision | None:
        if matched := self._matcher.material(product, reading, naming):
            return self.point(product, matched)
        part = self._topic(["material", *(word for word in reading.left if self._reader.stem(word) not in naming)])
        return self._missing(product, part, reason="the material is not known", rests=_points(product))

    def _topic(self, words: Sequence[str]) -> str:
        """What is asked, in one key for all who ask it in these words."""
        return "+".join(sorted(set(map(self._reader.stem, words))))[:LONGEST_TOPIC]

    def _missing(
        self, product: Product, asked: str, *, reason: str, section: str = "missing", rests: tuple[Fact, ...] = ()
    ) -> Decision | None:
        """Return that nothing is known of what is asked; whoever asks something else is told so, too."""
        topic = f"{product.handle}:missing:{asked}"
        return self._say("point", Intent.USE, section, product, reason=reason, topic=topic, rests=rests)

    def _say(
        self,
        route: Route,
        intent: Intent,
        section: str,
        product: Product,
        *,
        margin: float = 1.0,
        sure: float = 1.0,
        reason: str = "",
        topic: str = "",
        cites: tuple[Fact, ...] = (),
        rests: tuple[Fact, ...] = (),
        **extra: Fact,
    ) -> Decision | None:
        """Return a decision in the words of a section; `cites` are facts that it tells without a slot of theirs."""
        spoken = self._speaker.say(section, [product], extra=extra)
        if spoken is None:
            return None
        spoken = replace(spoken, facts=tuple(dict.fromkeys((*spoken.facts, *(fact.id for fact in cites)))))
        topic = topic or f"{product.handle}:{section}"
        return Decision(route, intent, spoken, topic, margin, sure, reason or section, (*cites, *rests))


def _points(product: Product) -> tuple[Fact, ...]:
    return tuple(fact for fact in product.facts if fact.kind is FactKind.POINT)
