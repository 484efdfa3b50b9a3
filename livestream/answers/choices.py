"""Which size, color or variant of a product a question asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from livestream.answers.reading import Reader, Reading
from livestream.catalogue.model import Fact, FactKind, Product
from livestream.catalogue.options import option_kind
from livestream.catalogue.wording import slug


@dataclass(frozen=True, slots=True)
class Asked:
    """The choice asked for: `choice` its fact where there is such a one, `option` the option it is a value of.

    `words` are the color, the size or the value as the viewer wrote it; `wanted` says that one was asked for.
    """

    choice: Fact | None = None
    option: Fact | None = None
    words: tuple[str, ...] = ()

    @property
    def wanted(self) -> bool:
        """Whether the question names a size, a color or a value of an option."""
        return bool(self.choice or self.words)

    @property
    def key(self) -> str:
        """The end of the ids of this choice's facts, with a stop before it; empty for none."""
        return f".{self.choice.id.partition('.choice.')[2]}" if self.choice else ""

    @property
    def told(self) -> str:
        """What tells this from other choices of a product, with a stop before it: also one that there is not."""
        return self.key or "".join(f".{word}" for word in self.words)

    def fact(self, product: Product, kind: FactKind) -> Fact | None:
        """Return the price or the stock of this choice."""
        wanted = f"{product.handle}.{kind}{self.key}"
        return next((fact for fact in product.facts if self.choice and fact.id == wanted), None)


def asked_choice(product: Product, reading: Reading, reader: Reader) -> Asked:
    """Return the choice that a question asks for, `Asked()` for none."""
    options = [fact for fact in product.facts if fact.kind is FactKind.OPTION and isinstance(fact.value, tuple)]
    found: list[tuple[Fact, str]] = []
    for option in options:
        values = option.value if isinstance(option.value, tuple) else ()
        held = [value for value in values if _asked_for(reader.fold(value), reading.words, reader)]
        if held:
            found.append((option, max(held, key=len)))
    if found:
        choice = _choice(product, [value for _, value in found])
        return Asked(choice, found[0][0], tuple(word for _, value in found for word in reader.fold(value)))
    return _absent(product, reading, reader, options)


def _choice(product: Product, values: Sequence[str]) -> Fact | None:
    """Return the fact of a choice: by its words, which are the audience's, or by its id, which is the list's."""
    told = next(
        (fact for fact in product.facts if fact.kind is FactKind.CHOICE and fact.value == ", ".join(values)), None
    )
    if told:
        return told
    wanted = f"{product.handle}.{FactKind.CHOICE}.{slug(' '.join(values))}"
    first = f"{product.handle}.{FactKind.CHOICE}.{slug(values[0])}"
    facts = {fact.id: fact for fact in product.facts if fact.kind is FactKind.CHOICE}
    return facts.get(wanted) or (facts.get(first) if len(values) == 1 else None)


def _absent(product: Product, reading: Reading, reader: Reader, options: Sequence[Fact]) -> Asked:
    """A color or a size that is not among the product's own."""
    own = set(reader.fold(product.title))
    for aspect, known in (("color", reader.colors), ("size", reader.sizes)):
        words = tuple(
            word for word in reading.words if word in known and word not in own and not _counted(word, reading)
        )
        if words and not any(_stands_in(words, reader.fold(part)) for part in [product.description]):
            option = next((fact for fact in options if is_of(fact, aspect, reader)), None)
            return Asked(None, option, words)
    return Asked()


def is_of(option: Fact, aspect: str, reader: Reader) -> bool:
    """Whether an option is a choice of an aspect, be its name in the language of the show or in the list's own."""
    return aspect == option_kind(option) or aspect in reader.read(option.label).aspects


def _counted(word: str, reading: Reading) -> bool:
    """Whether a word that could be a size is a unit: the "l" of "28 l"."""
    at = reading.words.index(word)
    return at > 0 and reading.words[at - 1].isdigit()


def _asked_for(value: Sequence[str], words: Sequence[str], reader: Reader) -> bool:
    """Whether a value stands in a question as a whole: "extra large" asks for no "large", "2 XL" for no "XL"."""
    return any(
        not (at > 0 and words[at - 1] in reader.narrowing_before)
        and not (words[at + len(value) : at + len(value) + 1] and words[at + len(value)] in reader.narrowing_after)
        for at in _places(value, words)
    )


def _stands_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return any(True for _ in _places(wanted, words))


def _places(wanted: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    size = len(wanted)
    for at in range(len(words) - size + 1 if size else 0):
        if tuple(words[at : at + size]) == tuple(wanted):
            yield at
