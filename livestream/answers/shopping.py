"""What to recommend, and how products of the list compare: chosen by facts, said with their prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from livestream.answers.deciding import LONGEST_TOPIC, Decision
from livestream.answers.matching import Matcher
from livestream.answers.plan import Route
from livestream.answers.reading import Reader, Reading
from livestream.answers.resolve import Resolver, words_of
from livestream.answers.saying import Speaker
from livestream.audience.comment import Intent
from livestream.catalogue.model import Catalogue, Fact, FactKind, Product

MOST = 3
"""How many products one recommendation names."""
_PRICES = (FactKind.PRICE, FactKind.PRICE_FROM)
_FILLERS = 2
"""How many words of a wish may stay unmet where the rest is."""


class Shopper:
    """Recommends and compares products of one catalogue."""

    def __init__(
        self, catalogue: Catalogue, reader: Reader, resolver: Resolver, speaker: Speaker, *, quote_prices: bool
    ) -> None:
        self._products = catalogue.products
        self._reader = reader
        self._resolver = resolver
        self._speaker = speaker
        self._quote_prices = quote_prices
        self._matcher = Matcher(reader)
        self._words = {product.handle: words_of(product, reader) for product in catalogue.products}

    def recommend(self, reading: Reading, wish: Sequence[str], *, filtering: bool = True) -> Decision | None:
        """Return up to three products that fit a wish: its words, for whom it is, what it may cost."""
        people = {kind for kind, words in self._reader.people.items() if words & set(reading.words)}
        named = {word for kind in people for word in self._reader.people[kind]}
        cheapest = self._reader.cheapest & set(reading.words)
        wanted = [word for word in wish if word not in named | cheapest and not word.isdigit()]
        fitting = [product for product in self._products if self._affordable(product, reading.budget)]
        if filtering:
            fitting = [product for product in fitting if self._suits(product, people)]
        weighed = self._products if reading.budget is not None else fitting if cheapest else ()
        compared = tuple(fact for product in weighed for fact in _prices(product))
        if wanted:
            scored = [(self._score(product, wanted), product) for product in fitting]
            best = max((score for score, _ in scored), default=0.0)
            fitting = [product for score, product in scored if best > 0 and score >= best - 0.01]
        elif not people and not cheapest and reading.budget is None:
            return None
        if not fitting:
            wished = [*wanted, *sorted(people), *([str(reading.budget)] if reading.budget is not None else [])]
            asked = "+".join(sorted(map(self._reader.stem, wished)))[:LONGEST_TOPIC]
            return self._say("point", "recommend_none", [], topic=f"recommend_none:{asked}", rests=compared)
        shown = fitting[:MOST]
        if cheapest:
            shown = sorted(fitting, key=lambda product: bounds[0] if (bounds := _bounds(product)) else Decimal(0))[:1]
        margin = 1.0 if not wanted else 0.5
        return self._say(
            "answer", f"recommend{len(shown) if len(shown) > 1 else ''}", shown, margin=margin, rests=compared
        )

    def compare(self, products: Sequence[Product]) -> Decision | None:
        """Return the prices of two products side by side, the lower first."""
        one, other = products[:2]
        low, high = _bounds(one), _bounds(other)
        rests = (*_prices(one), *_prices(other))
        if not self._quote_prices or low is None or high is None:
            without = one if low is None or not self._quote_prices else other
            topic = f"{without.handle}:missing:price"
            return self._say("point", "missing_price", [without], intent=Intent.COMPARISON, topic=topic, rests=rests)
        if low[1] < high[0] or high[1] < low[0]:
            ordered = [one, other] if low[1] < high[0] else [other, one]
            return self._say("answer", "compare_lower", ordered, intent=Intent.COMPARISON, rests=rests)
        return self._say("answer", "compare", [one, other], intent=Intent.COMPARISON, rests=rests)

    def compare_by(self, products: Sequence[Product], words: Sequence[str]) -> Decision | None:
        """Return what the list says about the same thing of two products; None where it does not of both."""
        found = [self._matcher.best(product, words) for product in products[:2]]
        if not found[0] or not found[1]:
            return None
        extra = {"quote": found[0].fact, "quote2": found[1].fact}
        spoken = self._speaker.say("compare_points", products[:2], extra=extra)
        if spoken is None:
            return None
        topic = "compare:" + ",".join(product.handle for product in products[:2])
        rests = (found[0].fact, found[1].fact)
        margin = min(found[0].margin, found[1].margin)
        return Decision("answer", Intent.COMPARISON, spoken, topic, margin, 0.9, rests=rests)

    def said_of(self, product: Product) -> frozenset[str]:
        """Return the stems of all that is said about a product."""
        return frozenset(self._words[product.handle])

    def strange(self, words: Sequence[str], product: Product | None) -> list[str]:
        """Return the words that are neither said of this product nor name another."""
        own = self.said_of(product) if product else frozenset()
        return [
            word
            for word in words
            if len(word) > 3
            and word not in self._reader.weak
            and self._reader.stem(word) not in own
            and not self._resolver.knows(word)
        ]

    def _say(
        self,
        route: Route,
        section: str,
        products: Sequence[Product],
        *,
        intent: Intent = Intent.RECOMMENDATION,
        margin: float = 1.0,
        topic: str = "",
        rests: tuple[Fact, ...] = (),
    ) -> Decision | None:
        spoken = self._speaker.say(section, products)
        if spoken is None:
            return None
        topic = topic or f"{section}:{','.join(product.handle for product in products)}"
        return Decision(route, intent, spoken, topic, margin, 0.9, section.replace("_", " "), rests)

    def _affordable(self, product: Product, budget: Decimal | None) -> bool:
        price = _bounds(product)
        if not self._quote_prices or price is None:
            return False
        return budget is None or price[0] <= budget

    def _suits(self, product: Product, people: set[str]) -> bool:
        """Whether a product is for these people; one that is for nobody in particular is for all."""
        tagged = {kind for kind in self._reader.people if kind in {tag.casefold() for tag in product.tags}}
        return not people or not tagged or bool(tagged & people)

    def _score(self, product: Product, wanted: Sequence[str]) -> float:
        """The share of the wished-for words that are said of a product; naming its noun counts most."""
        words, heads = self._words[product.handle], self._resolver.heads(product.handle)
        stems = self._reader.stems(self._resolver.mending(wanted))
        total = sum(2.0 if stem in heads else words.get(stem, 0.0) for stem in dict.fromkeys(stems))
        return total / max(1, len(wanted) - _FILLERS)


def _bounds(product: Product) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest price of a product; None where it has none that may be quoted."""
    facts = {fact.kind: fact for fact in product.facts}
    low = facts.get(FactKind.PRICE) or facts.get(FactKind.PRICE_FROM)
    high = facts.get(FactKind.PRICE) or facts.get(FactKind.PRICE_TO)
    if low is None or high is None or not low.currency:
        return None
    if not isinstance(low.value, Decimal) or not isinstance(high.value, Decimal):
        return None
    return low.value, high.value


def _prices(product: Product) -> tuple[Fact, ...]:
    return tuple(fact for fact in product.facts if fact.kind in (*_PRICES, FactKind.PRICE_TO))


def merged(decisions: Sequence[Decision]) -> Decision:
    """Return several decisions as one: their lines in a row."""
    first = decisions[0]
    lines = tuple(line for each in decisions for line in each.spoken.lines)
    facts = tuple(dict.fromkeys(fact for each in decisions for fact in each.spoken.facts))
    template = "+".join(each.spoken.template for each in decisions)
    spoken = replace(first.spoken, template=template, lines=lines, facts=facts)
    topic = " ".join(sorted(each.topic for each in decisions if each.topic))
    return replace(
        first,
        spoken=spoken,
        topic=topic,
        margin=min(each.margin for each in decisions),
        confidence=min(each.confidence for each in decisions),
        reason="; ".join(each.reason for each in decisions),
        rests=tuple(fact for each in decisions for fact in each.rests),
    )
