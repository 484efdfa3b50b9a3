"""The beats a model may word, and which kinds of fact a line of each must tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from livestream.catalogue.model import FactKind

_PRICES = frozenset({FactKind.PRICE, FactKind.PRICE_FROM, FactKind.PRICE_TO, FactKind.COMPARE_AT})
_FEATURES = frozenset({FactKind.POINT, FactKind.OPTION})
_PROOFS = _FEATURES | {FactKind.VENDOR, FactKind.TYPE}
NUMBERS = _PRICES | {FactKind.STOCK}
"""Amounts and counts: a model is never told them."""
CHANGING = NUMBERS | {FactKind.OPTION}
"""Facts that may have another value tomorrow and be said by the same sentence: lines render today's."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """One section of the playbook as a model is asked for it: what it is for, the facts that it needs and may have.

    `needs` names kinds of which a line must tell one, empty where it need not tell any.
    """

    task: str
    needs: frozenset[FactKind] = frozenset()
    numbers: frozenset[FactKind] = frozenset()


BEATS: Mapping[str, Drafting] = MappingProxyType(
    {
        "quick": Drafting(
            "says its title, a feature where there is one, and its price, all in one short sentence",
            frozenset({FactKind.TITLE}),
            _PRICES,
        ),
        "hook": Drafting("introduces the product by its title and makes people look", frozenset({FactKind.TITLE})),
        "benefit": Drafting("tells one or two features", _FEATURES),
        "proof": Drafting("tells who makes it, what it is or what there is to choose from", _PROOFS),
        "offer": Drafting("says the price", frozenset({FactKind.PRICE, FactKind.PRICE_FROM}), _PRICES),
        "urgency": Drafting("says calmly how many the shop has in stock", frozenset({FactKind.STOCK}), NUMBERS),
        "call_to_action": Drafting("invites people to have a look in the shop"),
    }
)
"""By the playbook's section."""
