"""The one door: drafts in, approved lines, cards and lower thirds out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from livestream.catalogue.model import Fact, FactKind, Product
from livestream.errors import ClaimRefused
from livestream.lines import Line, Slot
from livestream.locales import Locale
from livestream.media import Card, LowerThird
from livestream.standards.approved import ApprovedCard, ApprovedLine, ApprovedLowerThird, mint
from livestream.standards.checks import CHECKS
from livestream.standards.draft import Draft, Pieces, fill
from livestream.standards.forms import MONEY, is_spoken
from livestream.standards.packs import load_pack
from livestream.standards.trace import former_price_stands

MOST_KEPT = 1024
"""How many texts that passed are remembered: wordings come again and again, as a plan, as an answer, in every loop."""
PLAYBOOK = "playbook"
"""Who is answerable for a line that the shipped or the merchant's own playbook words."""


class Standards:
    """Approves what may be said and shown: fails closed, and names the rule that refused.

    `facts` are the facts in force, by id; where one changes, a new door is made. With `quote_prices` False
    every price is refused, which is how an unknown currency is kept off the air. `platforms` are the ids of
    where the channel is shown, `jurisdictions` the markets it is shown in: where none is named, every rule holds.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        locale: Locale,
        *,
        quote_prices: bool = True,
        platforms: Sequence[str] = (),
        jurisdictions: Sequence[str] = (),
    ) -> None:
        self._facts = facts
        self._locale = locale
        self._quote_prices = quote_prices
        self._pack = load_pack(locale.tag).of(platforms, jurisdictions)
        self._passed: dict[tuple[Pieces, bool, str | None], Draft] = {}

    def approve(self, line: Line) -> ApprovedLine:
        """Return the line as it may be said.

        Raises:
            ClaimRefused: `rule` names the rule that refused it.
        """
        if line.locale != self._locale.tag:
            raise ClaimRefused(
                f"the line is {line.locale}, the channel {self._locale.tag}", rule="language", where=line.id
            )
        draft = self._check(line.pieces, line.id, product=line.product)
        return mint(
            ApprovedLine,
            id=line.id,
            locale=line.locale,
            beat=line.beat,
            product=line.product,
            caption=draft.caption,
            spoken=draft.spoken,
            tokens=draft.tokens,
            facts=draft.refs,
            rules=self._pack.name,
            approver=line.origin or PLAYBOOK,
        )

    def approve_card(self, product: Product, picture: str = "") -> ApprovedCard:
        """Return the product's card; `picture` is the path of a picture file, empty for a drawn card.

        The former price is shown only where it is above the price and the lowest price of thirty days bears it out.

        Raises:
            ClaimRefused: the title may not be shown.
        """
        title = self._check((Slot(f"{product.handle}.title"),), f"{product.handle} card", product=product.handle)
        price = self._amount(product, FactKind.PRICE)
        lowest = None if price else self._amount(product, FactKind.PRICE_FROM)
        former = product.fact(FactKind.COMPARE_AT)
        stands = price and former and former_price_stands(former, self._facts)
        was = self._amount(product, FactKind.COMPARE_AT) if stands else None
        shown = [draft for draft in (title, price, lowest, was) if draft]
        card = Card(
            product=product.handle,
            title=title.caption,
            price=price.caption if price else self._pack.card_from.format(price=lowest.caption) if lowest else "",
            was=was.caption if was else "",
            picture=picture,
        )
        return mint(ApprovedCard, card=card, facts=tuple(ref for draft in shown for ref in draft.refs))

    def _amount(self, product: Product, kind: FactKind) -> Draft | None:
        """Return a price of a product as a card shows it, None where there is none that may be quoted."""
        fact = product.fact(kind)
        if fact is None or not fact.currency or not self._quote_prices or not is_spoken(self._locale.tag):
            return None
        return self._check((Slot(fact.id, "price"),), fact.id, is_line=False, product=product.handle)

    def approve_lower_third(self, id: str, heading: Pieces, text: Pieces = ()) -> ApprovedLowerThird:  # noqa: A002
        """Return a lower third of two strips, the second may be empty.

        Raises:
            ClaimRefused: `rule` names the rule that refused it.
        """
        above = self._check(heading, id)
        below = self._check(text, id) if text else None
        strip = LowerThird(id, above.caption, below.caption if below else "")
        return mint(ApprovedLowerThird, lower_third=strip, facts=above.refs + (below.refs if below else ()))

    def _check(self, pieces: Pieces, where: str, *, is_line: bool = True, product: str | None = None) -> Draft:
        """Return the draft of a text that passes; what passed once passes again: the facts of a door never change."""
        if not all(map(_plain, pieces)):
            return self._checked(pieces, where, is_line=is_line, product=product)
        key = tuple(pieces), is_line, product
        draft = self._passed.get(key)
        if draft is None:
            draft = self._checked(pieces, where, is_line=is_line, product=product)
            if len(self._passed) >= MOST_KEPT:
                self._passed.clear()
            self._passed[key] = draft
        return draft

    def _checked(self, pieces: Pieces, where: str, *, is_line: bool, product: str | None) -> Draft:
        draft = fill(pieces, self._facts, where=where, locale=self._locale.tag, is_line=is_line, product=product)
        if not self._quote_prices and any(filled.fact.kind in MONEY for filled in draft.slots):
            raise ClaimRefused("no price may be quoted", rule="currency-unknown", where=where)
        for check in CHECKS:
            check(draft, self._pack)
        return draft


def _plain(piece: object) -> bool:
    """Whether a piece is of the very kinds that lines are made of, so that two that are equal say the same."""
    return type(piece) is str or (type(piece) is Slot and type(piece.fact) is type(piece.form) is str)
