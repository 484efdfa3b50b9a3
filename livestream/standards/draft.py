"""A text with its slots filled, before it is checked: which words come from which fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from livestream.catalogue.model import Fact
from livestream.errors import ClaimRefused
from livestream.lines import FactRef, Slot
from livestream.standards.approved import Token
from livestream.standards.forms import is_spoken, render
from livestream.text import speak
from livestream.text.languages import joiner

Pieces = tuple[str | Slot, ...]
_FIRST = 0xE000
"""Slot n stands in a literal text as the private-use character `_FIRST` + n."""
MARKS = re.compile("[\ue000-\uf8ff]")
MOST_PIECES = 200
_CLAUSE = re.compile("[.,;:!?…،؛؟।、。，；：！？—–][\"'”’»)」』]*$")
_SENTENCE = re.compile("[.;!?…؛؟।。；！？][\"'”’»)」』]*$")


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with its fact and the tokens it was rendered to."""

    slot: Slot
    fact: Fact
    tokens: tuple[Token, ...]
    joiner: str

    @property
    def caption(self) -> str:
        """What the screen shows for this slot."""
        return self.joiner.join(token.caption for token in self.tokens)

    @property
    def spoken(self) -> str:
        """What is said for this slot."""
        return self.joiner.join(token.spoken for token in self.tokens)


Parts = tuple[tuple[str, str], ...]
"""What is shown and said word by word, a private-use sign in the place of each slot."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the checks look at.

    `literal` is the text with one private-use sign for each slot, `parts` the same word by word with what is said;
    `is_line` is False for a card's fields, whose place on the screen says what they mean. `facts` are all facts in
    force.
    """

    where: str
    locale: str
    is_line: bool
    product: str | None
    literal: str
    slots: tuple[Filled, ...]
    parts: Parts
    tokens: tuple[Token, ...]
    facts: Mapping[str, Fact] = field(repr=False)

    @property
    def caption(self) -> str:
        """The whole caption."""
        return joiner(self.locale).join(token.caption for token in self.tokens)

    @property
    def spoken(self) -> str:
        """The whole spoken form."""
        return joiner(self.locale).join(token.spoken for token in self.tokens)

    @property
    def refs(self) -> tuple[FactRef, ...]:
        """The fact versions it rests on, each once, in the order said."""
        return tuple(dict.fromkeys(filled.fact.ref for filled in self.slots))

    @property
    def sentences(self) -> tuple[tuple[Parts, ...], ...]:
        """The clauses of each sentence, parted by the signs in the words around the facts."""
        return tuple(_parted(sentence, _CLAUSE) for sentence in _parted(self.parts, _SENTENCE))

    def filled(self, mark: str) -> Filled:
        """Return the slot that a private-use sign of `literal` stands for."""
        return self.slots[ord(mark) - _FIRST]

    def within(self, parts: Parts) -> Iterator[Filled]:
        """Yield the slots that stand in some of its parts."""
        for shown, _ in parts:
            yield from map(self.filled, MARKS.findall(shown))

    def refuse(self, rule: str, message: str, remedy: str = "") -> ClaimRefused:
        """Return the refusal of this draft by a rule."""
        return ClaimRefused(message, rule=rule, where=self.where, remedy=remedy)


def fill(
    pieces: Pieces,
    facts: Mapping[str, Fact],
    *,
    where: str,
    locale: str,
    is_line: bool = True,
    product: str | None = None,
) -> Draft:
    """Return the draft of literal words and slots.

    Raises:
        ClaimRefused: rule `fact`, a slot names no known fact; `form`, `currency-unknown` as in `forms.render`;
            `characters`, a literal holds private-use characters; `length`, there are more than `MOST_PIECES`.
    """
    if len(pieces) > MOST_PIECES:
        raise ClaimRefused(f"the line has {len(pieces)} pieces, more than {MOST_PIECES}", rule="length", where=where)
    slots: list[Filled] = []
    literal: list[str] = []
    for piece in pieces:
        if isinstance(piece, Slot):
            fact = facts.get(piece.fact)
            if fact is None:
                raise ClaimRefused(f"there is no fact {piece.fact!r}", rule="fact", where=where)
            literal.append(chr(_FIRST + len(slots)))
            slots.append(Filled(piece, fact, render(fact, piece.form, locale), joiner(locale)))
        elif isinstance(piece, str) and not MARKS.search(piece):
            literal.append(piece)
        else:
            raise ClaimRefused("a literal holds private-use characters", rule="characters", where=where)
    text = " ".join("".join(literal).split())
    parts = tuple(speak(text, locale) if is_spoken(locale) else ((word, word) for word in text.split()))
    return Draft(where, locale, is_line, product, text, tuple(slots), parts, tuple(_expand(parts, slots)), facts)


def _parted(parts: Parts, sign: re.Pattern[str]) -> tuple[Parts, ...]:
    ends = [0, *(at for at, (shown, _) in enumerate(parts, 1) if sign.search(shown.rstrip())), len(parts)]
    return tuple(parts[start:end] for start, end in pairwise(ends) if start < end)


def _expand(spoken: Parts, slots: list[Filled]) -> list[Token]:
    tokens: list[Token] = []
    for caption, said in spoken:
        marks = MARKS.findall(caption)
        if len(marks) != 1:
            for mark in marks:
                filled = slots[ord(mark) - _FIRST]
                caption = caption.replace(mark, filled.caption)
                said = said.replace(mark, filled.spoken)
            tokens.append(Token(caption, said))
            continue
        inner = list(slots[ord(marks[0]) - _FIRST].tokens)
        before, after = caption.split(marks[0])
        said_before, said_after = said.split(marks[0])
        inner[0] = Token(before + inner[0].caption, said_before + inner[0].spoken)
        inner[-1] = Token(inner[-1].caption + after, inner[-1].spoken + said_after)
        tokens.extend(inner)
    return tokens
