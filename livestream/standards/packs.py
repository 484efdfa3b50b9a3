"""Rule packs: what may not be said in a locale, as data (`packs/<locale>.toml`), and how it is sought."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from livestream.catalogue.model import FactKind
from livestream.errors import UsageError
from livestream.text import unleet

_SPELLED = re.compile(r"\b(?:[a-z][ .*_-]{1,3}){2,24}[a-z]\b")
_SPLIT = re.compile(r"(?<=\w)[-_.*~|+=^](?=\w)")
_HYPHENS = re.compile(r"[-_/]+")
_WORD = re.compile(r"[a-z0-9]+")
_GAPS = re.compile(r"[ .*_-]+")
_TAKEN_OUT = " · "
MOST_PIECES = 12
"""Into how many pieces a stem may be cut and still be found."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack; the pack file says what each field means."""

    id: str
    category: str
    severity: str
    source: str
    unless: frozenset[FactKind]
    patterns: re.Pattern[str] | None
    literal: re.Pattern[str] | None
    honest: re.Pattern[str] | None
    stems: frozenset[str]
    refused: tuple[str, ...]
    passes: tuple[str, ...]

    def find(self, texts: Iterable[str], literal: str = "") -> str:
        """Return the words that break this rule, in what is shown and said or in the literal words; "" for none."""
        for pattern, folded in self._views(texts, literal):
            honest = self.honest.sub(_TAKEN_OUT, folded) if self.honest else folded
            for variant in variants(honest):
                if match := pattern.search(variant):
                    return str(match.group())
            if self.stems and (stem := _in_pieces(honest, self.stems)):
                return stem
        return ""

    def _views(self, texts: Iterable[str], literal: str) -> Iterator[tuple[re.Pattern[str], str]]:
        if self.patterns:
            for text in dict.fromkeys(texts):
                yield self.patterns, text
        if self.literal and literal:
            yield self.literal, literal


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules of a locale, and the words that the rules in code need."""

    locale: str
    version: str
    fingerprint: str
    rules: tuple[Rule, ...]
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

    @property
    def name(self) -> str:
        """Locale, version and fingerprint, as the as-run log names the rules that a line passed."""
        return f"{self.locale} {self.version} {self.fingerprint}"

    def find(self, texts: Iterable[str], literal: str, kinds: Iterable[FactKind]) -> tuple[Rule, str] | None:
        """Return the first rule that is broken and the words that break it.

        `texts` and `literal` are folded; `kinds` are the kinds of the facts that the line cites.
        """
        cited = frozenset(kinds)
        known = tuple(texts)
        for rule in self.rules:
            if not rule.unless & cited and (words := rule.find(known, literal)):
                return rule, words
        return None


def variants(folded: str) -> tuple[str, ...]:
    """Return the ways to read a folded text: as it is, and with the usual spelling tricks undone."""
    spaced = _HYPHENS.sub(" ", folded)
    together = _SPLIT.sub("", folded)
    spelled = _SPELLED.sub(lambda match: _GAPS.sub("", match.group()), folded)
    return tuple(dict.fromkeys((folded, spaced, together, spelled, unleet(spaced))))


def _in_pieces(folded: str, stems: frozenset[str]) -> str:
    """Return the stem that neighbouring words make when they are drawn together, or ""."""
    words: list[str] = _WORD.findall(folded)
    longest = max(map(len, stems))
    for start in range(len(words) - 1):
        joined = words[start]
        for word in words[start + 1 : start + MOST_PIECES]:
            joined += word
            if len(joined) > longest:
                break
            if joined in stems:
                return joined
    return ""


@cache
def load_pack(locale: str) -> Pack:
    """Return the rule pack of a locale.

    Raises:
        UsageError: there is none: nothing can be approved in that locale.
    """
    packs = files("livestream.standards") / "packs"
    source = packs / f"{locale}.toml"
    if not source.is_file():
        known = sorted(entry.name.removesuffix(".toml") for entry in packs.iterdir())
        raise UsageError(
            f"there is no rule pack for {locale}", remedy=f"Choose a locale that has one: {', '.join(known)}."
        )
    text = source.read_text(encoding="utf-8")
    data = tomllib.loads(text)
    own = tuple(_rule(entry) for entry in data["rule"])
    named = tuple(load_pack(tag) for tag in data.get("also", ()))
    others = tuple(replace(rule, literal=None) for pack in named for rule in pack.rules)
    fillers = "|".join(data["fillers"])
    return Pack(
        locale=data["locale"],
        version=data["version"],
        fingerprint=hashlib.sha256("".join((text, *(pack.fingerprint for pack in named))).encode()).hexdigest()[:12],
        rules=own + tuple(rule for rule in others if rule.patterns),
        idioms=re.compile("|".join(data["idioms"])),
        former=_before_slot(data["former"], fillers),
        lowest=_before_slot(data["lowest"], fillers),
        highest=_before_slot(data["highest"], fillers),
        units=re.compile(rf"[\s-]{{0,3}}(?:(?:{'|'.join(data['before_units'])}) )?(?:{'|'.join(data['units'])})\b"),
        amounts=re.compile("|".join(data["amounts"])),
        priced=re.compile("|".join(data["priced"])),
        few=re.compile(rf"\b(?:{'|'.join(data['few'])})\b"),
        card_from=data["card_from"],
        own_points=data.get("own_points", False),
    )


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        id=entry["id"],
        category=entry["category"],
        severity=entry["severity"],
        source=entry["source"],
        unless=frozenset(map(FactKind, entry.get("unless", ()))),
        patterns=_any(entry.get("patterns")),
        literal=_any(entry.get("literal")),
        honest=re.compile("|".join(entry["honest"])) if "honest" in entry else None,
        stems=frozenset(entry.get("stems", ())),
        refused=tuple(entry["refused"]),
        passes=tuple(entry["passes"]),
    )


def _any(patterns: list[str] | None) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)") if patterns else None


def _before_slot(words: list[str], fillers: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})(?: (?:{fillers})){{0,3}} ?$")
