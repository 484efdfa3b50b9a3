"""What a moderator typed, as a draft: the words of facts in it become slots, so that standards can trace them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from livestream.catalogue import Fact, FactKind
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.locales import Locale
from livestream.standards.forms import render
from livestream.text.languages import joiner

LONGEST = 300
"""Characters of one typed line."""
_FORMS = {
    FactKind.PRICE: ("price", "price_short"),
    FactKind.PRICE_FROM: ("price", "price_short"),
    FactKind.PRICE_TO: ("price", "price_short"),
    FactKind.COMPARE_AT: ("price", "price_short"),
    FactKind.STOCK: ("count",),
    FactKind.TITLE: ("plain",),
    FactKind.WEIGHT: ("plain",),
    FactKind.OPTION: ("list",),
}
"""The forms in which a fact's words are looked for; the rest of a product's facts are sentences nobody retypes."""


def typed_line(text: str, facts: Iterable[Fact], locale: Locale, *, id: str, product: str | None = None) -> Line:  # noqa: A002
    """Return the draft of a typed line; "It is $49.99" cites the price that is $49.99, the longest words first.

    Where nobody says what `product` it is about, it is the one whose facts it cites.
    """
    said = " ".join(text[:LONGEST].split())
    found = sorted(_wordings(facts, locale), key=lambda wording: len(wording[0]), reverse=True)
    pieces: list[str | Slot] = [said]
    for words, slot in found:
        pieces = [
            new for piece in pieces for new in (_split(piece, words, slot) if isinstance(piece, str) else [piece])
        ]
    cited = {piece.fact.partition(".")[0] for piece in pieces if isinstance(piece, Slot)}
    return Line(id, locale.tag, Beat.ANSWER, tuple(pieces), product or (cited.pop() if len(cited) == 1 else None))


def _wordings(facts: Iterable[Fact], locale: Locale) -> Iterator[tuple[str, Slot]]:
    for fact in facts:
        for form in _FORMS.get(fact.kind, ()):
            try:
                words = joiner(locale.tag).join(token.caption for token in render(fact, form, locale.tag))
            except ClaimRefused:  # this fact has no such form here: nobody can have typed it
                continue
            if words:
                yield words, Slot(fact.id, form)
            if words and isinstance(fact.value, Decimal) and "." not in words:
                yield f"{words}.00", Slot(fact.id, form)  # as people type it where the screen shows whole amounts


def _slotted(pieces: Iterable[str | Slot], words: str, slot: Slot) -> Iterator[str | Slot]:
    for piece in pieces:
        if isinstance(piece, str):
            yield from _split(piece, words, slot)
        else:
            yield piece


def _split(text: str, words: str, slot: Slot) -> Iterator[str | Slot]:
    """Yield the text with each occurrence of whole words replaced by the slot."""
    start = 0
    while (at := text.find(words, start)) >= 0:
        end = at + len(words)
        if _joined(text, at - 1, at) or _joined(text, end - 1, end) or _goes_on(text, end):
            yield text[start : at + 1]
            start = at + 1
            continue
        if at > start:
            yield text[start:at]
        yield slot
        start = end
    if start < len(text):
        yield text[start:]


def _goes_on(text: str, end: int) -> bool:
    """Whether a number goes on behind `end`, as "$12" does in "$12.50"."""
    return text[end - 1].isdigit() and text[end : end + 1] in {".", ","} and text[end + 1 : end + 2].isdigit()


def _joined(text: str, left: int, right: int) -> bool:
    """Whether two neighbouring characters belong to one word or one number; wide letters part no words."""
    if left < 0 or right >= len(text):
        return False
    beside = text[left], text[right]
    return all(map(str.isalnum, beside)) and not any(map(_wide, beside))


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"} and not char.isnumeric()
