"""Which stretch of the programme shows which product, read from the as-run log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from livestream.errors import UsageError
from livestream.media import SAMPLE_RATE
from livestream.playout.asrun import AsRun

LONGEST_PAUSE = 5 * SAMPLE_RATE
"""A pause longer than this, in samples, ends a stretch: nobody watches a clip of waiting."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences about one product, said in a row."""

    lines: tuple[AsRun, ...]

    @property
    def product(self) -> str:
        """The product's handle."""
        return self.lines[0].product or ""

    @property
    def title(self) -> str:
        """The product's name as its card shows it, or one made of the handle."""
        return self.lines[0].title or self.product.replace("-", " ").replace("_", " ").strip().capitalize()

    @property
    def start(self) -> int:
        """The first programme sample of the first sentence."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """The programme sample at which the last sentence ends."""
        return self.lines[-1].end

    def former(self, versions: Mapping[str, str]) -> tuple[str, ...]:
        """Return the facts said in it, a price say, of which another version is in force now, or none."""
        said = {(fact["id"], fact["version"]) for line in self.lines for fact in line.facts}
        return tuple(sorted({name for name, version in said if versions.get(name) != version}))


def stretches(lines: Iterable[AsRun], *, first: int, last: int) -> list[Stretch]:
    """Return each product's longest stretch within programme samples `first` to `last`, in order of time.

    A sentence that a crash cut short is left out, and ends a stretch.
    """
    best: dict[str, Stretch] = {}
    for stretch in _runs(lines, first, last):
        known = best.get(stretch.product)
        if known is None or stretch.end - stretch.start > known.end - known.start:
            best[stretch.product] = stretch
    return sorted(best.values(), key=lambda stretch: stretch.start)


def find(known: Sequence[Stretch], wanted: str) -> Stretch:
    """Return the stretch of the product with this handle or name, whatever its case.

    Raises:
        UsageError: the recording does not show it; the remedy names what it does show.
    """
    for stretch in known:
        if wanted.casefold() in (stretch.product.casefold(), stretch.title.casefold()):
            return stretch
    shown = ", ".join(stretch.product for stretch in known)
    raise UsageError(
        f"the recording does not show {wanted!r}",
        where="--product",
        remedy=f"It shows: {shown}. A SKU is looked up in the list given by --catalogue.",
    )


def _runs(lines: Iterable[AsRun], first: int, last: int) -> Iterable[Stretch]:
    numbered: list[tuple[int, AsRun]] = []
    number, before = 0, None
    for line in lines:
        whole = first <= line.start and line.end <= last and not line.note
        if before is not None and (
            line.product != before.product or not 0 <= line.start - before.end <= LONGEST_PAUSE or not whole
        ):
            number += 1
        before = line
        if whole and line.product:
            numbered.append((number, line))
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        yield Stretch(tuple(line for _, line in group))
