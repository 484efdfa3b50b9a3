"""Judges a model's lines: whatever a line says of a product is a fact in a slot, or the line is dropped.

A line passes through the very code by which the rundown will fill it and by the door through which it will go on air.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from livestream.catalogue import Catalogue
from livestream.catalogue.model import Fact, FactKind
from livestream.drafting.answer import Proposal
from livestream.drafting.asking import Brief
from livestream.drafting.beats import BEATS, CHANGING, NUMBERS
from livestream.drafting.vocabulary import Vocabulary, words_of
from livestream.errors import ClaimRefused
from livestream.lines import Line
from livestream.locales import Locale
from livestream.rundown.playbook import SECTIONS, Drafted
from livestream.rundown.telling import CITED, Slots
from livestream.standards import ApprovedLine, Standards

_GLUED = re.compile(r"""[^\s("'“‘—–-]\{|\}[^\s.,;:!?)"'”’—–…-]|[{}](?=[{}])""")
_MOST_NAMED = 6
_EXACT = frozenset({FactKind.PRICE, FactKind.STOCK})
WORDING = frozenset({"form", "fact", "beat", "language", "unsupported"})
"""Rules about a draft's own words; the other ids are of rules that standards holds every line to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A line that may be said: `pinned` are the versions of the facts whose words it was made for."""

    product: str
    section: str
    say: str
    pinned: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that was dropped, by which rule, and the words at fault."""

    product: str
    section: str
    say: str
    rule: str
    words: str


class Judge:
    """Judges lines by the facts in force, the words of the locale and standards."""

    def __init__(self, catalogue: Catalogue, market: Locale, known: Vocabulary) -> None:
        self._known = known
        self._standards = Standards(catalogue.facts, market, quote_prices=bool(catalogue.currency))

    def judge(self, brief: Brief, proposals: Iterable[Proposal]) -> Iterator[Kept | Dropped]:
        """Yield what becomes of each line, in order; of two that say the same the second is dropped."""
        handle = brief.product.handle
        said: set[tuple[str, ...]] = set()
        for proposal in proposals:
            try:
                if proposal.fault:
                    raise ClaimRefused(proposal.fault, rule="form")
                pinned = pins(proposal.say, brief.facts)
                self.approve(brief, proposal.section, proposal.say, pinned)
                if (same := (proposal.section, *words_of(proposal.say))) in said:
                    raise ClaimRefused("the same has been said", rule="repeat")
                said.add(same)
            except ClaimRefused as error:
                told = self._told_better(brief, proposal, error)
                yield Dropped(handle, proposal.section, proposal.say, told.rule, told.message)
            else:
                yield Kept(handle, proposal.section, proposal.say, pinned)

    def approve(self, brief: Brief, section: str, say: str, pinned: Mapping[str, str]) -> ApprovedLine:
        """Return the line as it would be said now.

        Raises:
            ClaimRefused: the rule that refuses it: one of `WORDING`, `stale` where a fact has other words now, or
                one of standards.
        """
        ids = CITED.findall(say)
        cited = [brief.facts[fact_id] for fact_id in ids if fact_id in brief.facts]
        self.check_words(say, cited)
        if missing := next((fact_id for fact_id in ids if fact_id not in brief.facts), ""):
            raise ClaimRefused(f"there is no fact {missing}", rule="fact")
        _check_beat(section, cited)
        self._check_amounts(brief, say)
        return self._through_the_door(brief, section, say, pinned)

    def _through_the_door(self, brief: Brief, section: str, say: str, pinned: Mapping[str, str]) -> ApprovedLine:
        """Fill a line as the rundown will, and have standards approve it."""
        drafted = Drafted("drafted.0", section, (say,), product=brief.product.handle, pinned=pinned)
        slots = Slots()
        text = brief.told.fill(drafted, slots)
        if text is None:
            raise ClaimRefused("what it was drafted from reads otherwise now", rule="stale")
        pieces = slots.pieces(text)
        where = f"{brief.product.handle} {section}"
        return self._standards.approve(Line(where, brief.locale, SECTIONS[section], pieces, brief.product.handle))

    def _told_better(self, brief: Brief, proposal: Proposal, error: ClaimRefused) -> ClaimRefused:
        """Return what standards say to words that no fact carries, for that says more: "remedy", "number"."""
        if error.rule not in {"unsupported", "language"} or proposal.section not in SECTIONS:
            return error
        try:
            self._through_the_door(brief, proposal.section, proposal.say, {})
        except ClaimRefused as better:
            return better if better.rule != "stale" else error
        return error

    def check_words(self, say: str, cited: Sequence[Fact]) -> None:
        """See that its words are a host's talk or those of the facts it cites, and that it can be filled.

        Raises:
            ClaimRefused: `form`, `unsupported` or `language`.
        """
        own = CITED.sub(" ", say)
        if not say.isprintable() or re.search("[{}\ue000-\uf8ff]", own) or _GLUED.search(say):
            raise ClaimRefused("words and facts run together, or signs stand in it that have no place", rule="form")
        lent = [fact.value for fact in cited if isinstance(fact.value, str)]
        strange = self._known.strange(own, lent)
        if strange:
            rule = "unsupported" if len(strange) < len(list(words_of(own))) else "language"
            raise ClaimRefused(f"no fact carries {', '.join(dict.fromkeys(strange[:_MOST_NAMED]))}", rule=rule)

    def _check_amounts(self, brief: Brief, say: str) -> None:
        """Refuse a price or a count that the word before it makes another one of: "under $20"."""
        for match in CITED.finditer(say):
            before = list(words_of(say[: match.start()].rpartition("}")[2]))[-1:]
            if brief.facts[match[1]].kind in _EXACT and self._known.bending.intersection(before):
                raise ClaimRefused(f"{before[0]!r} makes another amount of {match[1]}", rule="unsupported")


def pins(say: str, facts: Mapping[str, Fact]) -> dict[str, str]:
    """Return the versions of the facts that a line cites; those of `CHANGING` are free to change."""
    cited = (facts[fact_id] for fact_id in CITED.findall(say) if fact_id in facts)
    return {fact.id: fact.version for fact in cited if fact.kind not in CHANGING}


def _check_beat(section: str, cited: Sequence[Fact]) -> None:
    """Refuse a line that does not tell what its beat is for, or tells an amount where none belongs."""
    beat = BEATS.get(section)
    if beat is None:
        raise ClaimRefused(f"{section or 'it'} is no beat that is drafted", rule="beat")
    kinds = {fact.kind for fact in cited}
    if beat.needs and not beat.needs & kinds:
        raise ClaimRefused(f"a {section} cites {' or '.join(sorted(beat.needs))}", rule="beat")
    if stray := kinds & NUMBERS - beat.numbers:
        raise ClaimRefused(f"{min(stray)} has no place in a {section}", rule="beat")
