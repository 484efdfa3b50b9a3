"""The shop's own texts on shipping, returns, warranty, payment and support: quoted whole, never worded anew.

A policies file is TOML, one `[[policy]]` table a text: `topic`, `locale`, `text`, and `countries` where it
holds for some markets only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livestream.catalogue.model import Fact, FactKind, Source
from livestream.catalogue.wording import tidy
from livestream.errors import CatalogueError, UsageError
from livestream.locales import Locale, locale

TOPICS = ("shipping", "returns", "warranty", "payment", "support")
LONGEST = 300
"""Characters of one text: some twenty seconds of speech."""
MOST = 500
MOST_BYTES = 1 << 20
_FIELDS = frozenset({"topic", "locale", "countries", "text"})


@dataclass(frozen=True, slots=True)
class Policy:
    """One text. `countries` (ISO 3166 alpha-2) is empty where it holds everywhere; `entry` counts from 1."""

    topic: str
    locale: str
    countries: tuple[str, ...]
    text: str
    file: str
    entry: int

    def fact(self, territory: str) -> Fact:
        """Return the text as a fact for one market."""
        ident = f"policy.{self.topic}.{territory.lower()}" if self.countries else f"policy.{self.topic}"
        source = Source(self.file, self.entry, "text")
        return Fact(ident, FactKind.POLICY, "", self.text, source, label=self.topic)


def read_policies(path: Path) -> tuple[Policy, ...]:
    """Read a policies file.

    Raises:
        CatalogueError: it cannot be read, or an entry is wrong; file, entry and field are named.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CatalogueError("the file is too large", where=path.name, remedy="A policies file has some kilobytes.")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # no TOML, or TOML that no parser takes
        told = error.strerror if isinstance(error, OSError) else str(error)
        raise CatalogueError(
            f"the policies cannot be read: {told}",
            where=str(path),
            remedy="docs/guide.md shows how it is written.",
        ) from error
    entries = content.get("policy", [])
    if odd := content.keys() - {"policy"}:
        raise _wrong(path, 0, sorted(odd)[0], "there is no such table", "Write every text as a [[policy]].")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries) or len(entries) > MOST:
        raise _wrong(path, 0, "policy", f"these are no entries, or more than {MOST}", "Write [[policy]] above each.")
    policies = tuple(_policy(path, number, entry) for number, entry in enumerate(entries, 1))
    _told_once(path, policies)
    return policies


def policies_for(policies: Iterable[Policy], audience: Locale) -> tuple[Fact, ...]:
    """Return the texts that hold for an audience, one a topic: one for its country goes before one for all."""
    found: dict[str, Policy] = {}
    for policy in policies:
        if policy.locale != audience.tag or (policy.countries and audience.territory not in policy.countries):
            continue
        if policy.topic not in found or policy.countries:
            found[policy.topic] = policy
    return tuple(found[topic].fact(audience.territory) for topic in TOPICS if topic in found)


def _policy(path: Path, number: int, entry: Mapping[str, Any]) -> Policy:
    if odd := entry.keys() - _FIELDS:
        raise _wrong(path, number, sorted(odd)[0], "there is no such field", f"Fields are {_listed(_FIELDS)}.")
    topic, tag, countries = entry.get("topic"), entry.get("locale"), entry.get("countries", [])
    if topic not in TOPICS:
        raise _wrong(path, number, "topic", f"{_shown(topic)} is no topic", f"Topics are {_listed(TOPICS)}.")
    try:
        market = locale(tag if isinstance(tag, str) else "")
    except UsageError as error:
        raise _wrong(path, number, "locale", error.message, error.remedy) from error
    if not isinstance(countries, list) or not all(re.fullmatch("[A-Z]{2}", str(each)) for each in countries):
        raise _wrong(path, number, "countries", f"{_shown(countries)} are no countries", 'Write ["US", "CA"].')
    return Policy(topic, market.tag, tuple(countries), _text(path, number, entry.get("text")), path.name, number)


def _text(path: Path, number: int, text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise _wrong(path, number, "text", "there is no text", "Write what the shop says, in whole sentences.")
    clean, removed = tidy(text)
    if removed:
        raise _wrong(path, number, "text", f"it holds {' and '.join(removed)}", "Type the text anew.")
    clean = " ".join(clean.split())
    if len(clean) > LONGEST:
        raise _wrong(
            path, number, "text", f"it has {len(clean)} characters; it is quoted whole, so at most {LONGEST} may stand",
            "Say it in two or three sentences.",
        )  # fmt: skip
    return clean


def _told_once(path: Path, policies: Iterable[Policy]) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for policy in policies:
        for country in policy.countries or ("",):
            first = seen.setdefault((policy.topic, policy.locale, country), policy.entry)
            if first != policy.entry:
                raise _wrong(
                    path, policy.entry, "topic", f"entry {first} says what holds on {policy.topic} there already",
                    "Keep one of the two.",
                )  # fmt: skip


def _wrong(path: Path, number: int, field: str, message: str, remedy: str) -> CatalogueError:
    where = f"{path.name}, policy {number}, {field}" if number else f"{path.name}, {field}"
    return CatalogueError(message, where=where, remedy=remedy)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _shown(value: object) -> str:
    return repr(value)[:40]
