"""What a channel sells and what its shop promises: the product list with the policies that standards let pass."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from livestream.catalogue import Catalogue, Fact, read_catalogue
from livestream.catalogue.policies import policies_for, read_policies
from livestream.catalogue.texts import texts_path
from livestream.errors import ClaimRefused
from livestream.lines import Beat, Line, Slot
from livestream.locales import Locale, locale
from livestream.settings import ChannelSettings
from livestream.standards import Standards

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judged:
    """A policy and what standards say of it: `rule` and `message` are empty where it may be said."""

    fact: Fact
    rule: str = ""
    message: str = ""


def judged(policies: Iterable[Fact], audience: Locale) -> tuple[Judged, ...]:
    """Return the policies with what standards say of each text, quoted whole."""
    told = []
    for fact in policies:
        standards = Standards({fact.id: fact}, audience)
        try:
            standards.approve(Line(fact.id, audience.tag, Beat.ANSWER, (Slot(fact.id),)))
            told.append(Judged(fact))
        except ClaimRefused as error:
            told.append(Judged(fact, error.rule, error.message))
    return tuple(told)


def files_of(settings: ChannelSettings) -> list[Path]:
    """Return the files that a channel's goods are read from, the list first; some may not be there."""
    texts = texts_path(settings.catalogue, locale(settings.locale).tag)
    return [settings.catalogue, texts, *([settings.policies] if settings.policies else [])]


def read_goods(settings: ChannelSettings) -> Catalogue:
    """Return a channel's product list with its policies; one that standards refuse is left out, and said in the log.

    Raises:
        CatalogueError: the product list or the policies file cannot be used.
        UsageError: the locale has no rule pack.
    """
    catalogue = read_catalogue(
        settings.catalogue, currency=settings.currency, currency_origin="channel", locale=settings.locale
    )
    if settings.policies is None:
        return catalogue
    audience = locale(settings.locale)
    passed = []
    for each in judged(policies_for(read_policies(settings.policies), audience), audience):
        if each.rule:
            log.warning("the policy on %s is left out: %s: %s", each.fact.label, each.rule, each.message)
        else:
            passed.append(each.fact)
    return replace(catalogue, policies=tuple(passed))
