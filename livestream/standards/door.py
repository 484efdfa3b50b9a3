"""The one door: drafts in, approved lines, cards and lower thirds out."""

from __future__ import annotations

from collections.abc import Mapping

from livestream.catalogue.model import Fact, FactKind, Product
from livestream.errors import ClaimRefused
from livestream.lines import FactRef, Line, Slot
from livestream.locales import Locale
from livestream.media import Card, LowerThird
from livestream.standards.approved import ApprovedCard, ApprovedLine, ApprovedLowerThird, mint
from livestream.standards.checks import CHECKS
from livestream.standards.draft import Draft, Pieces, fill
from livestream.standards.forms import MONEY
from livestream.standards.packs import load_pack


class Standards:
    """Approves what may be said and shown: fails closed, and names the rule that refused.

    `facts` are the facts in force, by id. With `quote_prices` False every price is refused, which
    is how an unknown currency is kept off the air.
    """

    def __init__(self, facts: Mapping[str, Fact], locale: Locale, *, quote_prices: bool = True) -> None:
        self._facts = facts
        self._locale = locale
        self._quote_prices = quote_prices
        self._pack = load_pack(locale.tag)

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
        )

    def approve_card(self, product: Product, picture: str = "") -> ApprovedCard:
        """Return the product's card; `picture` is the path of a picture file, empty for a drawn card.

        Raises:
            ClaimRefused: the title may not be shown.
        """
        kinds = {fact.kind: fact for fact in product.facts}
        title = self._check((Slot(f"{product.handle}.title"),), f"{product.handle} card", product=product.handle)
        refs: list[FactRef] = list(title.refs)
        price = was = ""
        if self._quote_prices:
            fact = kinds.get(FactKind.PRICE) or kinds.get(FactKind.PRICE_FROM)
            if fact is not None and fact.currency:
                draft = fill((Slot(fact.id, "price"),), self._facts, where=fact.id, locale=self._locale.tag)
                price = draft.caption if fact.kind is FactKind.PRICE else f"from {draft.caption}"
                refs += draft.refs
                before = kinds.get(FactKind.COMPARE_AT)
                if before is not None:
                    old = fill((Slot(before.id, "price"),), self._facts, where=before.id, locale=self._locale.tag)
                    was = old.caption
                    refs += old.refs
        card = Card(product=product.handle, title=title.caption, price=price, was=was, picture=picture)
        return mint(ApprovedCard, card=card, facts=tuple(refs))

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
        draft = fill(pieces, self._facts, where=where, locale=self._locale.tag, is_line=is_line, product=product)
        if not self._quote_prices and any(filled.fact.kind in MONEY for filled in draft.slots):
            raise ClaimRefused("no price may be quoted", rule="currency-unknown", where=where)
        for check in CHECKS:
            check(draft, self._pack)
        return draft
