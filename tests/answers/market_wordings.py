"""What standards refuse of all that may be answered in a market, over one product of the sample."""

import re
from collections.abc import Mapping

from market_questions import SAMPLE

from livestream.answers.saying import Speaker
from livestream.answers.wordings import load_wordings
from livestream.catalogue import Fact, FactKind, Product, read_catalogue
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.rundown.telling import Slots
from livestream.standards import Standards

_VARIABLE = re.compile(r"\{\{ (\w+)(?:\.(\w+))? \}\}")
TOLD = "carry-on-backpack"


def refused_answers(tag: str, name: str) -> list[str]:
    """Return why each refused wording is refused; `name` is a viewer's that the locale may say."""
    catalogue = read_catalogue(SAMPLE, locale=tag)
    standards, wordings = Standards(catalogue.facts, locale(tag)), load_wordings(tag)
    speaker = Speaker(wordings, standards, seed=1, quote_prices=True)
    product = next(product for product in catalogue.products if product.handle == TOLD)
    three = [product, *(other for other in catalogue.products if other is not product)][:3]
    refused = []
    for wording in (each for section in wordings.sections.values() for each in section):
        for index, sentence in enumerate(wording.sentences):
            slots = Slots()
            values = {**speaker._values(three, _of_choice(product), slots), "name": name}
            if not wording.needs <= values.keys():
                continue
            try:
                plain = not _VARIABLE.sub("", sentence).count("{")
                said = _filled(sentence, values) if plain else wording.templates[index].render(values)
                pieces = slots.pieces(said)
                standards.approve(Line(wording.id, tag, Beat.ANSWER, pieces, product.handle))
            except ClaimRefused as refusal:
                refused.append(f"{wording.id}: {refusal}")
    return refused


def _filled(sentence: str, values: Mapping[str, object]) -> str:
    """Return a wording as its template renders; to compile every template would take longer than all else."""

    def said(variable: re.Match[str]) -> str:
        value = values[variable[1]]
        return str(getattr(value, variable[2]) if variable[2] else value)

    return _VARIABLE.sub(said, sentence)


def _of_choice(product: Product) -> dict[str, Fact]:
    """The variables of one choice of a product, of its options and of a point."""
    kinds = {"options": FactKind.OPTION, "point": FactKind.POINT, "choice": FactKind.CHOICE}
    found = {name: fact for name, kind in kinds.items() if (fact := product.fact(kind))}
    key = found["choice"].id.partition(".choice.")[2] if "choice" in found else ""
    for fact in product.facts:
        if key and fact.id in {f"{product.handle}.choice_price.{key}", f"{product.handle}.choice_stock.{key}"}:
            found[fact.kind.value] = fact
    return found
