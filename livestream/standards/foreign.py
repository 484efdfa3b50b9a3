"""Promises in another market's language: one is none the less for being French in a German sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from livestream.standards.packs import load_pack, pack_locales
from livestream.standards.rules import Rule
from livestream.text import fold

GRAVE = frozenset({"remedy", "delivery", "health", "free", "scarcity", "deadline", "proof", "auction", "disclosure"})
"""The rules that are sought in other languages too. Words of the others are too much alike between languages."""
_WORD = re.compile(r"[^\W\d_]+")
_SHARED = 2
"""As many words in a row may be a promise in one language and mean something else in another."""
_SHORTEST = 4
"""Letters of a text that is long enough to promise something."""


@lru_cache(maxsize=8192)
def foreign_promise(folded: str, locale: str) -> tuple[str, str]:
    """Return rule and words of a promise in another language, empty where there is none.

    Texts come again and again (wordings, titles), so that what was found is kept; what is new is read once, plain:
    spelling tricks are undone in the locale's own language only.

    Args:
        folded: a folded text, facts left out.
        locale: whose own rules have been asked already.
    """
    if sum(char.isalpha() for char in folded) < _SHORTEST:
        return "", ""
    for rule in _others(locale):
        if rule.patterns is None:
            continue
        honest = rule.honest.sub(" · ", folded) if rule.honest else folded
        for match in rule.patterns.finditer(honest):
            if not _own(match.group(), locale):
                return rule.id, match.group()
    return "", ""


@lru_cache(maxsize=1024)
def _own(words: str, locale: str) -> bool:
    """Whether these few words are the locale's own to judge: it knows them as honest ones, or has a rule for them."""
    if len(words.split()) > _SHARED:
        return False
    if _known(locale).issuperset(words.split()):
        return True
    own = load_pack(locale)
    return any(rule.patterns and rule.patterns.search(words) for rule in own.rules[: own.own])


@cache
def _known(locale: str) -> frozenset[str]:
    """Return words that the locale's own pack lets pass somewhere: "regalo", "returns" are its own to judge."""
    passes = (text for rule in load_pack(locale).rules for text in rule.passes)
    return frozenset(word for text in passes for word in _WORD.findall(fold(text)))


@cache
def _others(locale: str) -> tuple[Rule, ...]:
    """Return the grave rules of every language that the locale's own pack does not hold."""
    own = load_pack(locale)
    held = {rule.patterns for rule in own.rules}
    language = locale.partition("-")[0]
    packs = [load_pack(tag) for tag in pack_locales() if tag.partition("-")[0] != language]
    return tuple(
        rule
        for pack in packs
        if not pack.base
        for rule in pack.rules[: pack.own]
        if rule.id in GRAVE and rule.spaced and rule.severity == "block" and rule.patterns not in held
    )
