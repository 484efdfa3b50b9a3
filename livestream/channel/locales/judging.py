"""Every wording of a locale, filled from the sample products and judged by standards, as it would be on air."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, islice

from livestream import datafiles, scripts
from livestream.answers.saying import Speaker
from livestream.answers.wordings import Wordings, load_wordings
from livestream.catalogue import Catalogue, read_catalogue
from livestream.catalogue.model import Fact, FactKind, Product
from livestream.errors import ClaimRefused
from livestream.lines import Line
from livestream.locales import Locale, locale
from livestream.rundown.playbook import MOMENTS, SECTIONS, Playbook, Wording, load_playbook
from livestream.rundown.segments import title_of
from livestream.rundown.telling import Slots, Telling, telling
from livestream.rundown.writer import Writer
from livestream.standards import ApprovedLine, Standards

TRIED = 2
"""Products that each wording is filled from."""
SAMPLE_CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Refused:
    """A wording that standards refuse: where it stands, what it says, of which product, and by which rule."""

    where: str
    say: str
    product: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How many lines were judged, and those that were refused."""

    lines: int
    refused: tuple[Refused, ...]

    @property
    def by_rule(self) -> Mapping[str, int]:
        """How many were refused by which rule, the most first."""
        return dict(Counter(each.rule for each in self.refused).most_common())


def sample(tag: str) -> Catalogue:
    """Return the sample products for a locale's audience."""
    return read_catalogue(datafiles.find("assets/catalogue", "sample.csv"), assume=SAMPLE_CURRENCY, locale=tag)


def judge(tag: str) -> dict[str, Judgement]:
    """Return what standards say of a locale's playbook, and of its answers where it has any.

    Raises:
        UsageError: the playbook or the answers are at fault.
    """
    products = sample(tag)
    found = {"playbook": _script(load_playbook(tag), products)}
    if scripts.paths(tag, "answers", "wordings.toml"):
        found["answers"] = _answers(load_wordings(tag), products)
    return found


def given_names(tag: str) -> list[str]:
    """Return the names of viewers that may be spoken in a locale."""
    files = scripts.paths(tag, "answers", "names.txt")
    lines = (line.strip() for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class _Door(Standards):
    """Standards that remember what passed, and what they refused of the wording that is tried."""

    def __init__(self, products: Catalogue, market: Locale) -> None:
        super().__init__(products.facts, market)
        self.passed = 0
        self.refused: dict[tuple[str, str], Refused] = {}
        self.where = self.says = ""

    def try_out(self, wording: Wording) -> None:
        """Say which wording the next lines are of."""
        self.where, self.says = wording.where, " ".join(wording.sentences)

    def approve(self, line: Line) -> ApprovedLine:
        """Approve a line, and note what became of it; a wording is noted once for each rule."""
        try:
            approved = super().approve(line)
        except ClaimRefused as error:
            refused = Refused(self.where, self.says, line.product or "", error.rule, error.message)
            self.refused.setdefault((self.where, error.rule), refused)
            raise
        self.passed += 1
        return approved

    def judgement(self) -> Judgement:
        """Return what became of all lines."""
        return Judgement(self.passed + len(self.refused), tuple(self.refused.values()))


def _script(playbook: Playbook, products: Catalogue) -> Judgement:
    """Have every wording of a playbook judged, filled from a few products."""
    door, tried = _Door(products, locale(playbook.locale)), Counter[str]()
    writer = Writer(
        playbook, playbook.locale, products.facts, seed=1, loop=0, measured={}, permits=_anything,
        moment=frozenset(MOMENTS),
    )  # fmt: skip
    tellings = (
        telling(product, playbook, quote_prices=quote_prices, turn=0)
        for product in products.products
        for quote_prices in (True, False)
    )
    for told in tellings:
        for section in SECTIONS:
            extra = partial(_following, told, playbook.locale)
            for written in writer.candidates(section, told.product.handle, told, extra=extra, again=True):
                tried[written.wording.id] += 1
                if tried[written.wording.id] > (TRIED if written.wording.needs else 1):
                    continue
                door.try_out(written.wording)
                for line in written.lines:
                    with suppress(ClaimRefused):
                        door.approve(line)
    return door.judgement()


def _anything(_line: Line) -> bool:
    return True


def _following(told: Telling, tag: str, slots: Slots) -> dict[str, object]:
    """Return the variables of the products that come first and next: here they are this one."""
    if told.title is None:
        return {}
    return {**title_of("next", told.title, tag)(slots), **title_of("first", told.title, tag)(slots)}


def _answers(wordings: Wordings, products: Catalogue) -> Judgement:
    """Have every wording of the answers judged, said of a few products."""
    door = _Door(products, locale(wordings.locale))
    name = next(iter(given_names(wordings.locale)), "")
    for wording in (each for entries in wordings.sections.values() for each in entries):
        door.try_out(wording)
        alone = replace(wordings, sections={wording.section: (wording,)})
        speaker = Speaker(alone, door, seed=1, quote_prices=True)
        said = 0
        for index, product in enumerate(products.products):
            three = tuple(islice(cycle(products.products), index, index + 3))
            said += speaker.say(wording.section, three, extra=_chosen(product), name=name) is not None
            if said >= (TRIED if wording.needs else 1):
                break
    return door.judgement()


def _chosen(product: Product) -> dict[str, Fact]:
    """Return the facts of one choice of a product, of its options and of a point, by the variables they fill."""
    kinds = {"options": FactKind.OPTION, "option": FactKind.OPTION, "point": FactKind.POINT, "choice": FactKind.CHOICE}
    found = {name: fact for name, kind in kinds.items() if (fact := product.fact(kind))}
    if choice := found.get("choice"):
        key = choice.id.partition(".choice.")[2]
        kinds_of_choice = (FactKind.CHOICE_PRICE, FactKind.CHOICE_STOCK)
        of_choice = (fact for fact in product.facts if fact.kind in kinds_of_choice and fact.id.endswith(f".{key}"))
        found |= {fact.kind.value: fact for fact in of_choice}
    return found
