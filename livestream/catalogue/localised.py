"""A catalogue for an audience: what its facts say in the audience's language, and nothing in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from livestream.catalogue.model import Catalogue, Coverage, Fact, FactKind, Product, Source
from livestream.catalogue.selling_points import selling_points
from livestream.catalogue.sentences import sentence_points
from livestream.catalogue.texts import FIELDS, SHARED, Field, Text, Texts
from livestream.catalogue.tongue import is_foreign, is_in
from livestream.locales import Locale

_JUDGED = 4_000
"""Characters of a list by which its language is told."""
_NEUTRAL = re.compile(
    r"(?:(?:EU|US|UK|EUR) )?(?:\d{0,2}X{0,4}[SML]|\d+(?:[.,]\d+)?)(?:\s?[/x×–-]\s?(?:X{0,4}[SML]|\d+(?:[.,]\d+)?))*"
    r"(?:\s?(?:ml|cl|l|L|mm|cm|m|km|g|kg|mg|W|kW|V|A|Ah|mAh|Hz|MB|GB|TB|%|°C|°))?"
)
"""Sizes and measures that are written alike in every language: XL, 38, 2 m, 30 x 40 cm."""


def in_language(catalogue: Catalogue, texts: Texts, market: Locale) -> Catalogue:
    """Return the catalogue as it may be told to a market's audience; facts keep their ids.

    A fact has the locale's text where there is one. Else a title stays as it is, and a description,
    a type or an option stays only where it is in the language of the show, or where no language is in it.
    """
    teller = _Teller(texts, market, native=is_native(catalogue, market.language))
    products = tuple(teller.product(product) for product in catalogue.products)
    coverage = Coverage(market.tag, teller.native, {each: (teller.told[each], teller.asked[each]) for each in FIELDS})
    return replace(catalogue, products=products, coverage=coverage)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a list says and has no text for; `handle` is that of the first product which says it."""

    handle: str
    field: Field
    source: str


def missing_texts(catalogue: Catalogue, texts: Texts, market: Locale) -> list[Missing]:
    """Return what a market's audience cannot be told yet, product by product; nothing of a list in its language."""
    if is_native(catalogue, market.language):
        return []
    found: dict[tuple[str, Field, str], Missing] = {}
    for product in catalogue.products:
        own: list[tuple[Field, str]] = [
            ("title", product.title), ("type", product.type), ("description", product.description)
        ]  # fmt: skip
        options = dict.fromkeys(word for each in product.variants for pair in each.options for word in pair)
        own += [("option", word) for word in options if not _NEUTRAL.fullmatch(word)]
        for field, source in own:
            if source and texts.of(product.handle, field, source) is None:
                key = ("" if field in SHARED else product.handle, field, source)
                found.setdefault(key, Missing(product.handle, field, source))
    return list(found.values())


def is_native(catalogue: Catalogue, language: str) -> bool:
    """Whether the list as a whole is in a language; an English show takes it for English if it is not clearly not."""
    texts = (
        text
        for product in catalogue.products
        for text in (product.title, product.description, *(value for v in product.variants for _, value in v.options))
    )
    sample = " ".join(islice(dict.fromkeys(texts), 200))[:_JUDGED]
    return not is_foreign(sample, language) if language == "en" else is_in(sample, language)


class _Teller:
    """Puts one product after the other into the audience's language, and counts what has a text."""

    def __init__(self, texts: Texts, market: Locale, *, native: bool) -> None:
        self._texts, self._market = texts, market
        self.native = native
        self.asked: Counter[Field] = Counter()
        self.told: Counter[Field] = Counter()
        self._options: set[tuple[str, bool]] = set()

    def product(self, product: Product) -> Product:
        """Return the product with its texts, and with the facts that can be told."""
        title = self._text(product.handle, "title", product.title)
        kind = self._text(product.handle, "type", product.type)
        description = self._text(product.handle, "description", product.description)
        said = self._said(product)
        kinds = product.type if self.native else ""
        texts = replace(
            product,
            title=title.cell.value if title else product.title,
            type=kind.cell.value if kind else kinds,
            description=description.cell.value if description else self._own(product.description),
            variants=tuple(
                replace(each, options=tuple((said.get(n) or n, said.get(v) or v) for n, v in each.options))
                for each in product.variants
            ),
        )
        by_kind = {FactKind.TITLE: title, FactKind.TYPE: kind}
        facts: list[Fact] = []
        for fact in product.facts:
            if fact.kind in by_kind:
                if value := texts.title if fact.kind is FactKind.TITLE else texts.type:
                    facts.append(_worded(fact, value, by_kind[fact.kind]))
            elif fact.kind is not FactKind.POINT:
                facts += self._fact(fact, said)
        return replace(texts, facts=(*facts, *self._points(product, texts, description)))

    def _text(self, handle: str, field: Field, source: str) -> Text | None:
        found = self._texts.of(handle, field, source)
        if source or found:
            self.asked[field] += 1
            self.told[field] += found is not None
        return found

    def _own(self, description: str) -> str:
        """Return a description that has no text, where it is in the show's own language."""
        language = self._market.language
        own = not is_foreign(description, language) if self.native else is_in(description, language)
        return description if own else ""

    def _said(self, product: Product) -> Mapping[str, str]:
        """Return what is said for each option's name and value, and for each choice of several; "" for nothing."""
        said: dict[str, str] = {}
        for word in dict.fromkeys(word for v in product.variants for pair in v.options for word in pair):
            text = self._texts.of(product.handle, "option", word)
            neutral = bool(_NEUTRAL.fullmatch(word))
            said[word] = text.cell.value if text else word if self.native or neutral else ""
            if not neutral and (word, text is None) not in self._options:
                self._options.add((word, text is None))
                self.asked["option"] += 1
                self.told["option"] += text is not None
        for variant in product.variants:
            values = [value for _, value in variant.options]
            known = all(said[value] for value in values)
            said.setdefault(", ".join(values), ", ".join(said[value] for value in values) if known else "")
        return said

    def _fact(self, fact: Fact, said: Mapping[str, str]) -> Iterator[Fact]:
        """Yield the fact if it can be told."""
        if fact.kind is FactKind.OPTION and isinstance(fact.value, tuple):
            values = tuple(said.get(value, "") for value in fact.value)
            if all(values):
                yield replace(fact, value=values, label=said.get(fact.label) or fact.label)
        elif fact.kind is FactKind.CHOICE:
            if words := said.get(str(fact.value)):
                yield replace(fact, value=words)
        elif fact.kind is not FactKind.WEIGHT or self.native or _NEUTRAL.fullmatch(str(fact.value)):
            yield fact

    def _points(self, product: Product, texts: Product, text: Text | None) -> Iterator[Fact]:
        """Yield the points of the description; the rules that part a sentence are those of English."""
        mined = [fact for fact in product.facts if fact.kind is FactKind.POINT]
        english = self._market.language == "en"
        if not texts.description:
            return
        if english and not text and texts.title == product.title:
            yield from mined
            return
        if english:
            points = selling_points(texts.title, texts.description)
        else:
            points = sentence_points(texts.title, texts.description, self._market.tag)
        file = product.facts[0].source.file
        source = mined[0].source if mined else Source(file, product.row, "description")
        for number, point in enumerate(points, 1):
            fact = Fact(
                f"{product.handle}.{FactKind.POINT}.{number}", FactKind.POINT, product.handle, point.text, source,
                grammar=point.grammar,
            )  # fmt: skip
            yield _worded(fact, point.text, text)


def _worded(fact: Fact, value: str, text: Text | None) -> Fact:
    """Return the fact with another text, and where that stands."""
    source = Source(text.file, text.cell.row, text.cell.column) if text else fact.source
    return replace(fact, value=value, source=source)
