"""Rule packs as files (`packs/<locale>.toml`): read, checked field by field, compiled."""

from __future__ import annotations

import hashlib
import logging
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livestream.catalogue.model import FactKind
from livestream.errors import UsageError
from livestream.standards.rules import EVERY, LONGEST_STEM, Action, Pack, Rule, Severity, Source, in_hiragana, variants
from livestream.standards.union import union_of
from livestream.text import fold

__all__ = ["Pack", "Rule", "Source", "load_pack", "pack_locales", "reads", "variants", "word_locales"]

log = logging.getLogger(__name__)
LARGEST = 512 * 1024
"""Bytes of a pack file."""
_UNFOLDED = re.compile(r"(?<![\\])[A-Z]+|[^\x00-\x7f]+")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_File = TypeVar("_File", bound=_Strict)


class SourceFile(_Strict):
    """The law or the platform's rule, and the day on which it was read; none where it was not."""

    title: str = Field(min_length=1)
    article: str = ""
    read: date | None = None


class TestsFile(_Strict):
    """Strings that this very rule refuses, and strings that no rule refuses."""

    refused: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()


class DefaultsFile(_Strict):
    """What holds of every rule that does not say otherwise."""

    jurisdictions: tuple[str, ...] = (EVERY,)
    platforms: tuple[str, ...] = (EVERY,)
    product_categories: tuple[str, ...] = (EVERY,)


class RuleFile(_Strict):
    """One `[[rule]]`.

    `action` "policy": these words are said only as the shop's own policy text, word for word; "require": only in a
    clause with a fact of one of the kinds in `requires`; "block": never. A "warn" is logged and refuses nothing.
    `patterns` are sought in what is shown and said, `literal` in the words that are no facts, where a slot reads as
    slot<kind>; `honest` phrases are taken out before; `stems` are words also found cut in pieces ("re fund").
    `platforms` and `product_categories` narrow where the rule holds: ids by their beginning, words of a product's type.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")
    category: str = Field(min_length=1)
    severity: Severity = "block"
    action: Action = "block"
    requires: tuple[FactKind, ...] = ()
    source: SourceFile
    jurisdictions: tuple[str, ...] | None = None
    platforms: tuple[str, ...] | None = None
    product_categories: tuple[str, ...] | None = None
    patterns: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()
    honest: tuple[str, ...] = ()
    stems: tuple[Annotated[str, Field(pattern=rf"^[a-z0-9]{{3,{LONGEST_STEM}}}$")], ...] = ()
    tests: TestsFile = TestsFile()


class WordsFile(_Strict):
    """What a market calls its prices, in `words/<locale>.toml` where it has no pack.

    Its rules hold before all there are. The head of `en-US.toml` explains the words; `particles` may be glued to an
    amount, as in "39달러입니다".
    """

    locale: str = Field(min_length=2)
    boundaries: bool = True
    idioms: tuple[str, ...] = ()
    former: tuple[str, ...]
    lowest: tuple[str, ...]
    highest: tuple[str, ...]
    former_after: tuple[str, ...] = ()
    lowest_after: tuple[str, ...] = ()
    highest_after: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    units: tuple[str, ...]
    before_units: tuple[str, ...] = ()
    amounts: tuple[str, ...]
    card_from: str
    quoting: Mapping[str, tuple[str, ...]] = {}
    defaults: DefaultsFile = DefaultsFile()
    rule: tuple[RuleFile, ...] = ()


class PackFile(WordsFile):
    """A whole pack; the head of `en-US.toml` explains the words that the rules in code need."""

    version: str = Field(min_length=1)
    base: str = ""
    also: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ("LATIN",)
    own_points: bool = False
    numerals: tuple[str, ...] = ()
    priced: tuple[str, ...]
    few: tuple[str, ...]
    rule: tuple[RuleFile, ...] = Field(min_length=1)


def pack_locales() -> tuple[str, ...]:
    """Return the locales that have a pack of their own."""
    names = sorted(entry.name for entry in _folder().iterdir())
    return tuple(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def reads(locale: str) -> bool:
    """Whether some pack has rules in a locale's language; the union of all others does not know its words."""
    return any(tag.partition("-")[0] == locale.partition("-")[0] for tag in pack_locales())


def word_locales() -> tuple[str, ...]:
    """Return the locales without a pack that have words, and maybe rules, of their own."""
    names = sorted(entry.name for entry in (files("livestream.standards") / "words").iterdir())
    return tuple(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def load_pack(locale: str) -> Pack:
    """Return the rule pack of a locale; where it has none, the strictest union of all there are (`Pack.union`).

    Raises:
        UsageError: a pack file is at fault: file, rule and field are named.
    """
    if locale in pack_locales():
        return read_pack(_folder() / f"{locale}.toml")
    log.warning("%s has no rule pack: every rule of every pack holds, and no number that is not known is said", locale)
    union = union_of(locale, [load_pack(tag) for tag in pack_locales()])
    words = files("livestream.standards") / "words" / f"{locale}.toml"
    return _with_words(union, words) if words.is_file() else union


def _with_words(union: Pack, source: Traversable) -> Pack:
    """Return the union of all rules with a market's own rules before them and its own words for its prices."""
    text, data = _raw(source)
    file = _valid(source, WordsFile, data)
    words = _words(source, file)
    both = {key: re.compile(f"(?:{getattr(union, key).pattern})|{words[key].pattern}") for key in ("units", "amounts")}
    fingerprint = hashlib.sha256((text + union.fingerprint).encode()).hexdigest()[:12]
    own = tuple(_rule(source, file, rule) for rule in file.rule)
    return replace(
        union,
        fingerprint=fingerprint,
        rules=(*own, *union.rules),
        own=len(own),
        card_from=file.card_from,
        quoting=_quoting(source, file),
        **words | both,
    )


def read_pack(source: Traversable) -> Pack:
    """Return the pack in a file.

    Raises:
        UsageError: the file is at fault: file, rule and field are named.
    """
    text, data = _raw(source)
    base = ""
    if name := data.get("base"):
        base, inherited = _raw(_folder() / f"{name}.toml")
        data = _extended(inherited, data)
    pack = _valid(source, PackFile, data)
    also = tuple(load_pack(tag) for tag in pack.also)
    fingerprint = hashlib.sha256("".join((text, base, *(each.fingerprint for each in also))).encode()).hexdigest()
    return _compiled(source, pack, fingerprint[:12], also)


def _folder() -> Traversable:
    return files("livestream.standards") / "packs"


def _raw(source: Traversable) -> tuple[str, dict[str, Any]]:
    try:
        data = source.read_bytes()
        if len(data) > LARGEST:
            raise _fault(source, "", f"the file is larger than {LARGEST >> 10} KB")
        text = data.decode("utf-8")
        return text, tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(source, "", str(error)) from None


def _extended(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return a pack over its base: lists are added to the base's, tables merged, all else replaced."""
    merged = dict(base)
    for key, value in own.items():
        known = merged.get(key)
        if key == "rule":
            rules = {rule.get("id"): rule for rule in known or ()}
            rules |= {rule.get("id"): _extended(rules.get(rule.get("id"), {}), rule) for rule in value}
            merged[key] = list(rules.values())
        elif key in {"jurisdictions", "platforms", "product_categories", "requires"}:
            merged[key] = value
        elif isinstance(known, dict) and isinstance(value, dict) and key != "source":
            merged[key] = _extended(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            merged[key] = [*known, *value]
        else:
            merged[key] = value
    return merged


def _valid(source: Traversable, model: type[_File], data: dict[str, Any]) -> _File:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise _fault(source, _place(first["loc"], data), first["msg"]) from None


def _words(source: Traversable, file: WordsFile) -> dict[str, Any]:
    """Return the words for prices, compiled, by the names of a pack's fields."""

    def any_of(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
        return _compile(source, key, getattr(file, key), before, after)

    edge = r"\b" if file.boundaries else ""
    gap = " " if file.boundaries else " ?"
    glued = "|".join(file.particles) or "(?!)"
    behind = f"(?:{glued})?{gap}?" if file.particles else gap
    filled = f"(?:{gap}(?:{'|'.join(file.fillers)})){{0,3}} ?$"
    return {
        "idioms": any_of("idioms"),
        "former": any_of("former", edge, filled),
        "lowest": any_of("lowest", edge, filled),
        "highest": any_of("highest", edge, filled),
        "former_after": any_of("former_after", behind, edge),
        "lowest_after": any_of("lowest_after", behind, edge),
        "highest_after": any_of("highest_after", behind, edge),
        "particles": any_of("particles", "", r"(?![^\W\d_])"),
        "units": any_of("units", rf"[\s-]{{0,3}}(?:(?:{'|'.join(file.before_units)}){gap})?", edge),
        "amounts": any_of("amounts"),
    }


def _quoting(source: Traversable, file: WordsFile) -> Mapping[str, re.Pattern[str]]:
    return {topic: _compile(source, f"quoting, {topic}", known, "", "") for topic, known in file.quoting.items()}


def _compiled(source: Traversable, pack: PackFile, fingerprint: str, also: Iterable[Pack]) -> Pack:
    def any_of(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
        return _compile(source, key, getattr(pack, key), before, after)

    edge = r"\b" if pack.boundaries else ""
    others = (replace(rule, literal=None) for each in also for rule in each.rules if rule.patterns)
    return Pack(
        locale=pack.locale,
        version=pack.version,
        fingerprint=fingerprint,
        union=False,
        rules=(*(_rule(source, pack, rule) for rule in pack.rule), *others),
        own=len(pack.rule),
        base=pack.base,
        scripts=frozenset(pack.scripts),
        priced=any_of("priced"),
        few=any_of("few", edge, edge),
        card_from=pack.card_from,
        numerals=any_of("numerals", *((r"(?<!\w)", r"(?!\w)") if pack.boundaries else ("", ""))),
        own_points=pack.own_points,
        quoting=_quoting(source, pack),
        **_words(source, pack),
    )


def _rule(source: Traversable, pack: WordsFile, rule: RuleFile) -> Rule:
    if (rule.action == "require") != bool(rule.requires):
        raise _fault(source, f"rule {rule.id}, requires", 'action = "require" names fact kinds here, no other does')
    before, after = (r"(?<!\w)", r"(?!\w)") if pack.boundaries else ("", "")

    def any_of(key: str, before: str = "", after: str = "") -> re.Pattern[str] | None:
        words = getattr(rule, key) if pack.boundaries else map(in_hiragana, getattr(rule, key))
        return _compile(source, f"rule {rule.id}, {key}", words, before, after) if getattr(rule, key) else None

    defaults = pack.defaults
    # the markets that a whole pack names are where its law is from; only a rule's own lift it elsewhere
    places = (EVERY, *defaults.jurisdictions) if rule.jurisdictions is None else rule.jurisdictions
    return Rule(
        id=rule.id,
        category=rule.category,
        severity=rule.severity,
        action=rule.action,
        source=Source(rule.source.title, rule.source.article, rule.source.read),
        jurisdictions=frozenset(places),
        platforms=defaults.platforms if rule.platforms is None else rule.platforms,
        product_categories=tuple(
            map(fold, defaults.product_categories if rule.product_categories is None else rule.product_categories)
        ),
        requires=frozenset(rule.requires),
        patterns=any_of("patterns", before, after),
        literal=any_of("literal", before, after),
        honest=any_of("honest"),
        stems=frozenset(rule.stems),
        spaced=pack.boundaries,
        refused=rule.tests.refused,
        passes=rule.tests.passes,
    )


def _compile(source: Traversable, where: str, words: Iterable[str], before: str, after: str) -> re.Pattern[str]:
    """Return one pattern for all; their letters are folded as texts are.

    Raises:
        UsageError: one is no regular expression, or it is found in an empty text and so in every one.
    """
    known = [_UNFOLDED.sub(lambda match: fold(match.group()), word) for word in words]
    together = "|".join(known) or "(?!)"
    try:
        if re.search(together, "") is None:
            return re.compile(f"{before}(?:{together}){after}")
    except re.error:
        pass  # one of them is at fault: which is found below
    for word in known:
        try:
            if re.search(word, "") is not None:
                raise _fault(source, where, f"{word!r} is found in every text")
        except re.error as error:
            raise _fault(source, where, f"{word!r} is no pattern: {error}") from None
    raise _fault(source, where, "the patterns cannot stand together")


def _place(loc: tuple[int | str, ...], data: Mapping[str, Any]) -> str:
    parts = list(loc)
    if len(parts) > 1 and parts[0] == "rule" and isinstance(parts[1], int):
        rule = data["rule"][parts[1]]
        parts[:2] = [f"rule {rule.get('id', parts[1] + 1) if isinstance(rule, dict) else parts[1] + 1}"]
    return ", ".join(str(part) for part in parts)


def _fault(source: Traversable, place: str, message: str) -> UsageError:
    return UsageError(
        message, where=f"{source.name}, {place}" if place else source.name, remedy="Mend the rule pack there."
    )
