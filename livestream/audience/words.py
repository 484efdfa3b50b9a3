"""The words that intake goes by, per language: questions, purchases, abuse, what must not be answered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from livestream.audience.comment import Intent


@dataclass(frozen=True)
class Words:
    """What one language file holds.

    `risky` are the phrases that decide for an intent by themselves, `cues` those that speak for one.
    """

    language: str
    asks: tuple[str, ...]
    opens: tuple[str, ...]
    purchase: tuple[str, ...]
    contact: tuple[str, ...]
    abuse: tuple[str, ...]
    risky: Mapping[Intent, tuple[str, ...]]
    cues: Mapping[Intent, tuple[str, ...]]


@cache
def all_words() -> Sequence[Words]:
    """Return the words of every language we have, by its code.

    All of them are looked for in every stream: viewers write in the language they like, and a complaint
    in a foreign one is a complaint.
    """
    folder = files("livestream.audience") / "words"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return tuple(
        _words(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8")))
        for entry in sorted(found, key=lambda entry: entry.name)
    )


def _words(language: str, data: dict[str, Any]) -> Words:
    risky, cues = (
        {Intent(intent): tuple(phrases) for intent, phrases in data[table].items()} for table in ("risky", "cues")
    )
    return Words(
        language=language,
        asks=tuple(data["asks"]),
        opens=tuple(data["opens"]),
        purchase=tuple(data["purchase"]),
        contact=tuple(data["contact"]),
        abuse=tuple(data["abuse"]["words"]),
        risky=risky,
        cues=cues,
    )
