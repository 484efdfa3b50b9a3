"""Honest lines: what hosts of ten markets say, filled with the facts of real product lists."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from livestream.catalogue import Catalogue, Fact, FactKind, Product, Source, read_catalogue
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.locales import locale
from livestream.standards import Standards

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCALES = ("en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "es-MX", "pt-BR", "it-IT", "ja-JP", "id-ID")
REAL = ("apparel", "home-and-garden")
_SLOT = re.compile(r"\{(\w+)\}")
_KINDS = {"title": FactKind.TITLE, "stock": FactKind.STOCK, "options": FactKind.OPTION, "vendor": FactKind.VENDOR}
_FORMS = {"stock": "count", "options": "list"}
_FACTS = tomllib.loads((HERE / "honest_facts.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Alarm:
    """An honest line that was refused."""

    line: str
    product: str
    rule: str
    message: str


def lines_of(tag: str) -> tuple[str, ...]:
    """Return the honest lines of a locale, with names of facts in braces."""
    return tuple(tomllib.loads((HERE / "honest" / f"{tag}.toml").read_text(encoding="utf-8"))["lines"])


def has_lines(tag: str) -> bool:
    """Whether there are honest lines in a locale."""
    return (HERE / "honest" / f"{tag}.toml").is_file()


def catalogues(tag: str, folder: Path | None) -> list[Catalogue]:
    """Return the sample list, and the real ones of a folder, priced in a locale's own money."""
    paths = [ROOT / "assets" / "catalogue" / "sample.csv"]
    paths += [folder / f"{name}.csv" for name in REAL] if folder else []
    currency = locale(tag).currency
    return [_priced(read_catalogue(path, assume=currency), currency) for path in paths]


def alarms(tag: str, lists: list[Catalogue], *, every: int = 1) -> tuple[int, list[Alarm]]:
    """Put each line to each product that has the facts for it, or each `every`th; return how many, and the refused."""
    said, refused = 0, []
    for catalogue in lists:
        source = Source("policies.toml", 1, "text")
        policy = Fact("policy.returns", FactKind.POLICY, "", _own(tag)["policy"], source, label="returns")
        for number, product in enumerate(catalogue.products):
            own = {fact.id: fact for fact in _facts(product, tag, number)}
            standards = Standards({**own, policy.id: policy}, locale(tag))
            for place, text in enumerate(lines_of(tag)):
                pieces = tuple(pieces_of(text, list(own.values())))
                if (place + number) % every or None in pieces:
                    continue
                said += 1
                try:
                    standards.approve(Line(f"h{place}", tag, Beat.BENEFIT, pieces, product.handle))
                except ClaimRefused as error:
                    refused.append(Alarm(text, product.handle, error.rule, error.message))
    return said, refused


def _facts(product: Product, tag: str, number: int) -> Iterator[Fact]:
    """The product's facts with a point in the locale's language, and a former price that may be quoted."""
    points = _own(tag)["points"]
    for fact in product.facts:
        if fact.kind not in {FactKind.POINT, FactKind.COMPARE_AT, FactKind.LOWEST_30D}:
            yield fact
    yield _made(product, FactKind.POINT, "point.1", points[number % len(points)])
    price = product.fact(FactKind.PRICE)
    if price is not None and isinstance(price.value, Decimal):
        for kind in (FactKind.COMPARE_AT, FactKind.LOWEST_30D):
            yield replace(price, id=f"{product.handle}.{kind}", kind=kind, value=price.value * 2)


def pieces_of(text: str, facts: list[Fact]) -> Iterator[str | Slot | None]:
    """Yield the pieces of a line, None for a fact that the product does not have."""
    at = 0
    for match in _SLOT.finditer(text):
        yield text[at : match.start()]
        at = match.end()
        name = match[1]
        if name == "policy":
            yield Slot("policy.returns")
            continue
        kind = _KINDS.get(name) or FactKind(name)
        found = next((fact for fact in facts if fact.kind is kind and fact.value != 0), None)
        form = "price" if kind in {FactKind.PRICE, FactKind.COMPARE_AT} else _FORMS.get(name, "plain")
        yield Slot(found.id, form) if found else None
    yield text[at:]


def _made(product: Product, kind: FactKind, suffix: str, value: str) -> Fact:
    return Fact(f"{product.handle}.{suffix}", kind, product.handle, value, Source("honest_facts.toml", 1, "points"))


def _own(tag: str) -> Mapping[str, object]:
    return _FACTS[tag.partition("-")[0]]


def _priced(catalogue: Catalogue, currency: str) -> Catalogue:
    """The same list in another currency, its amounts as large as they are there."""
    scale = {"JPY": 100, "IDR": 10_000}.get(currency, 1)

    def priced(fact: Fact) -> Fact:
        if not fact.currency or not isinstance(fact.value, Decimal):
            return fact
        return replace(fact, currency=currency, value=fact.value * scale)

    products = [replace(each, facts=tuple(map(priced, each.facts))) for each in catalogue.products]
    return replace(catalogue, products=tuple(products))
