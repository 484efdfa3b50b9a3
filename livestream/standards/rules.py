"""Rules of a locale and how they are sought in a text that is folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from livestream.catalogue.model import FactKind
from livestream.text import unleet

Action = Literal["block", "require", "policy"]
Severity = Literal["block", "warn"]

_SPELLED = re.compile(r"\b(?:[a-z][ .*_-]{1,3}){2,24}[a-z]\b")
_SPLIT = re.compile(r"(?<=[\w'])[-_.*~|+=^](?=[\w'])")
_CHAIN = re.compile(r"\w+(?:-\w+){2,6}")
_HYPHENS = re.compile(r"[-_/]+")
_WORD = re.compile(r"[a-z0-9]+")
_GAPS = re.compile(r"[ .*_-]+")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
"""Japanese endings are written in hiragana; in katakana they say the same."""
_TAKEN_OUT = " · "
EVERY = "*"
NEVER = re.compile(r"(?!)")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_KANJI_AS_KANA = str.maketrans("一二三千八力口工夕卜才", "ーニミチハカロエタトオ")
_AMONG_KATAKANA = re.compile("(?<=[ァ-ヺー])[一二三千八力口工夕卜才](?=[ァ-ヺー])")
MOST_PIECES, LONGEST_STEM = 12, 24
"""Into how many pieces a stem may be cut and still be found, and how many letters it may have."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a rule rests on, and the day on which its text was read; None where it is cited from memory."""

    title: str
    article: str
    read: date | None

    def __str__(self) -> str:
        return f"{self.title}, {self.article}" if self.article else self.title


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack; `packs.RuleFile` says what each field means."""

    id: str
    category: str
    severity: Severity
    action: Action
    source: Source
    jurisdictions: frozenset[str]
    platforms: tuple[str, ...]
    product_categories: tuple[str, ...]
    requires: frozenset[FactKind]
    patterns: re.Pattern[str] | None
    literal: re.Pattern[str] | None
    honest: re.Pattern[str] | None
    stems: frozenset[str]
    spaced: bool
    refused: tuple[str, ...]
    passes: tuple[str, ...]

    def holds_on(self, platforms: Sequence[str], jurisdictions: Sequence[str]) -> bool:
        """Whether the rule is in force there; where nothing is named, every rule is."""
        places = not jurisdictions or EVERY in self.jurisdictions or not self.jurisdictions.isdisjoint(jurisdictions)
        return places and (
            not platforms
            or EVERY in self.platforms
            or any(platform.startswith(known) for platform in platforms for known in self.platforms)
        )

    def concerns(self, types: Sequence[str]) -> bool:
        """Whether the rule is about products of these folded types; about a product of no known type it always is."""
        wanted = self.product_categories
        return (
            EVERY in wanted or not types or any(not known or any(word in known for word in wanted) for known in types)
        )

    def find(self, texts: Sequence[str], literal: str = "") -> str:
        """Return the words that break this rule, in what is shown and said or in the literal words; "" for none."""
        for pattern, text in self._views(texts, literal):
            folded = text if self.spaced else in_hiragana(text)
            honest = self.honest.sub(_TAKEN_OUT, folded) if self.honest else folded
            for variant in variants(honest, self.spaced):
                if match := pattern.search(variant):
                    return match.group()
            if not self.stems.isdisjoint(joined := _drawn_together(honest)):
                return min(self.stems & joined)
        return ""

    def _views(self, texts: Sequence[str], literal: str) -> Iterator[tuple[re.Pattern[str], str]]:
        if self.patterns:
            for text in texts:
                yield self.patterns, text
        if self.literal and literal:
            yield self.literal, literal


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules of a locale, and the words that the rules in code need.

    `base` is the locale of the pack that it extends, if any. The first `own` of its rules are its own, the others
    those of the packs that hold there too. `union` marks the pack of a locale that has none of its own: every rule
    of every pack, and no number at all where the language is unknown. `scripts` are first words of Unicode names of
    the letters a text may have. What kind of price an amount is stands before it in the words of `former`, `lowest`
    and `highest`, or behind it. `numerals` are number words beyond those that are read as numbers: slang, misspelled.
    `particles` may be glued to an amount. `quoting` are the words that may announce the shop's own text, by its topic
    or "any".
    """

    locale: str
    version: str
    fingerprint: str
    union: bool
    rules: tuple[Rule, ...]
    own: int
    base: str
    scripts: frozenset[str]
    idioms: re.Pattern[str]
    former: re.Pattern[str]
    lowest: re.Pattern[str]
    highest: re.Pattern[str]
    units: re.Pattern[str]
    amounts: re.Pattern[str]
    priced: re.Pattern[str]
    few: re.Pattern[str]
    card_from: str
    own_points: bool
    former_after: re.Pattern[str] = NEVER
    lowest_after: re.Pattern[str] = NEVER
    highest_after: re.Pattern[str] = NEVER
    numerals: re.Pattern[str] = NEVER
    particles: re.Pattern[str] = NEVER
    quoting: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Locale, version and fingerprint, as the as-run log names the rules that a line passed."""
        return f"{self.locale} {self.version} {self.fingerprint}"

    def of(self, platforms: Sequence[str] = (), jurisdictions: Sequence[str] = ()) -> Pack:
        """Return the pack with the rules in force on these platforms and in these markets, all where none is named."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.holds_on(platforms, jurisdictions)))

    def find(self, texts: Sequence[str], literal: str, kinds: Sequence[FactKind] = ()) -> tuple[Rule, str] | None:
        """Return the first rule that one clause breaks and the words that break it.

        `texts` and `literal` are folded; `kinds` are the kinds of the facts that the clause cites.
        """
        for rule in self.rules:
            if rule.requires.isdisjoint(kinds) and (words := rule.find(texts, literal)):
                return rule, words
        return None


def in_hiragana(text: str) -> str:
    """Return a text with its katakana as hiragana, and so the kanji among them that imitate them: ク一ポン."""
    kana = _AMONG_KATAKANA.sub(lambda match: match.group().translate(_KANJI_AS_KANA), text)
    return kana.translate(_KATAKANA)


@lru_cache(maxsize=256)
def variants(folded: str, spaced: bool = True) -> tuple[str, ...]:
    """Return the ways to read a folded text: as it is, and with the usual spelling tricks undone.

    `spaced` is False where a language parts no words: there the text is also read without any gap.
    """
    parted = _HYPHENS.sub(" ", folded)
    together = _SPLIT.sub("", folded)
    spelled = _SPELLED.sub(lambda match: _GAPS.sub("", match.group()), folded)
    whole = unicodedata.normalize("NFC", _GAPS.sub("", folded))
    closed = () if spaced else (whole, whole.translate(_HIRAGANA))
    return tuple(dict.fromkeys((folded, parted, together, spelled, unleet(parted), *closed, *_cut_anew(folded))))


def _cut_anew(folded: str) -> Iterator[str]:
    """Yield the text with the first chain of hyphens as two words, cut at each of them: "do-ctor-made"."""
    if chain := _CHAIN.search(folded):
        pieces = chain.group().split("-")
        for at in range(1, len(pieces)):
            words = f"{''.join(pieces[:at])} {''.join(pieces[at:])}"
            yield _SPLIT.sub("", f"{folded[: chain.start()]}{words}{folded[chain.end() :]}")


@lru_cache(maxsize=256)
def _drawn_together(folded: str) -> frozenset[str]:
    """Return what neighbouring words make when they are drawn together."""
    words: list[str] = _WORD.findall(folded)
    found = []
    for start in range(len(words) - 1):
        joined = words[start]
        for word in words[start + 1 : start + MOST_PIECES]:
            joined += word
            if len(joined) > LONGEST_STEM:
                break
            found.append(joined)
    return frozenset(found)
