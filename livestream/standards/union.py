"""The pack of a locale that has none of its own: the strictest union of all packs there are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from babel.core import get_global

from livestream.standards.rules import NEVER, Pack

_SCRIPTS = {
    "Arab": ("ARABIC",), "Armn": ("ARMENIAN",), "Beng": ("BENGALI",), "Cyrl": ("CYRILLIC",), "Deva": ("DEVANAGARI",),
    "Geor": ("GEORGIAN",), "Grek": ("GREEK",), "Hans": ("CJK",), "Hant": ("CJK", "BOPOMOFO"), "Hebr": ("HEBREW",),
    "Jpan": ("HIRAGANA", "KATAKANA", "CJK"), "Kore": ("HANGUL", "CJK"), "Taml": ("TAMIL",), "Thai": ("THAI",),
}  # fmt: skip
"""First words of the Unicode names of a script's letters, by its ISO 15924 code; Latin letters always belong."""


def union_of(locale: str, packs: Sequence[Pack]) -> Pack:
    """Return a pack in which every rule of every pack holds, and no wording makes an amount a former price.

    What a card says before the lowest of several prices is that of a pack in the same language, else a sign.
    """
    extended = {pack.base for pack in packs}
    rules = [rule for pack in packs if pack.locale not in extended for rule in pack.rules[: pack.own]]
    language = locale.partition("-")[0]
    kin = next((pack for pack in packs if pack.locale.partition("-")[0] == language), None)
    versions = "".join(pack.fingerprint for pack in packs)
    return Pack(
        locale=locale,
        version="union",
        fingerprint=hashlib.sha256(versions.encode()).hexdigest()[:12],
        union=True,
        rules=tuple(rules),
        own=len(rules),
        base="",
        scripts=frozenset({"LATIN", *_SCRIPTS.get(script_of(locale), ())}),
        idioms=NEVER,
        former=NEVER,
        lowest=NEVER,
        highest=NEVER,
        units=_any([pack.units for pack in packs]),
        amounts=_any([pack.amounts for pack in packs]),
        priced=_any([pack.priced for pack in packs]),
        numerals=_any([pack.numerals for pack in packs]),
        few=_any([pack.few for pack in packs]),
        card_from=kin.card_from if kin else "≥ {price}",
        own_points=False,
    )


def script_of(locale: str) -> str:
    """Return the ISO 15924 code of the script that a locale is likely written in, as CLDR has it."""
    likely = get_global("likely_subtags")
    language = locale.partition("-")[0]
    found = likely.get(locale.replace("-", "_")) or likely.get(language) or ""
    return next((part for part in found.split("_") if len(part) == 4), "Latn")


def _any(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns))
