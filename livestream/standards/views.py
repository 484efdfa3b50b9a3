"""A draft as the rules of a pack read it: folded, clause by clause, with or without what the shop's policy says."""

from __future__ import annotations

from typing import TypeAlias

from livestream.catalogue.model import Fact, FactKind
from livestream.standards.draft import MARKS, Draft, Parts
from livestream.standards.rules import Rule
from livestream.text import fold
from livestream.text.languages import joiner

View: TypeAlias = tuple[tuple[str, ...], str]
"""What is shown and said, and the words with slot<kind> in the place of each fact."""
QUOTABLE = frozenset({"free", "time", "deadline"})
"""Rules that do not look inside the shop's own policy text, beside those of action "policy"."""
_LEFT_OUT = " · "


class Views:
    """One draft, each way to read it folded once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._known: dict[frozenset[str], View] = {}
        facts = [filled.fact for filled in draft.slots]
        self._kinds = frozenset(fact.kind for fact in facts)
        self._policies = [fact for fact in facts if fact.kind is FactKind.POLICY]
        products = dict.fromkeys([draft.product or "", *(fact.product for fact in facts)])
        types = [draft.facts.get(f"{product}.{FactKind.TYPE}") for product in products if product]
        self._types = tuple(fold(str(fact.value)) if fact else "" for fact in types)

    def find(self, rule: Rule) -> str:
        """Return the words that break a rule, "" where none does."""
        if not rule.concerns(self._types):
            return ""
        words = rule.find(*self._whole(rule))
        return self._unexcused(rule) if words and not rule.requires.isdisjoint(self._kinds) else words

    def _unexcused(self, rule: Rule) -> str:
        """Return the first words that no required fact of their own excuses.

        A fact excuses its own clause, or one clause beside it in the sentence where its own needs no excuse.
        """
        for sentence in self._draft.sentences:
            spare, bare = 0, []
            for clause in sentence:
                words = rule.find(*self._folded(clause, frozenset()))
                if rule.requires.isdisjoint(filled.fact.kind for filled in self._draft.within(clause)):
                    bare += [words] if words else []
                else:
                    spare += not words
            if len(bare) > spare:
                return bare[spare]
        return ""

    def _whole(self, rule: Rule) -> View:
        hidden = frozenset(fact.id for fact in self._policies if _quotes(rule, fact))
        if hidden not in self._known:
            self._known[hidden] = self._folded(self._draft.parts, hidden)
        return self._known[hidden]

    def _folded(self, parts: Parts, hidden: frozenset[str]) -> View:
        filled = self._draft.filled
        glue = joiner(self._draft.locale)
        shown, said = (glue.join(words) for words in zip(*parts, strict=True)) if parts else ("", "")
        caption = MARKS.sub(
            lambda match: _LEFT_OUT if (slot := filled(match.group())).fact.id in hidden else slot.caption, shown
        )
        spoken = MARKS.sub(
            lambda match: _LEFT_OUT if (slot := filled(match.group())).fact.id in hidden else slot.spoken, said
        )
        marked = MARKS.sub(lambda match: f"slot{filled(match.group()).fact.kind}", shown)
        return tuple(dict.fromkeys((fold(caption), fold(spoken)))), fold(marked)


def _quotes(rule: Rule, policy: Fact) -> bool:
    """Whether a policy text may say what the rule is about."""
    return rule.action == "policy" or rule.id in QUOTABLE or (rule.id == "contact" and policy.label == "support")
