"""The words that intake goes by, per language: questions, purchases, abuse, what must not be answered."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from livestream.audience.comment import Intent


@dataclass(frozen=True)
class Words:
    """What one language file holds. `risky` are the phrases that decide for an intent by themselves."""

    language: str
    asks: tuple[str, ...]
    opens: tuple[str, ...]
    purchase: tuple[str, ...]
    contact: tuple[str, ...]
    abuse: tuple[str, ...]
    risky: Mapping[Intent, tuple[str, ...]]


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


def _words(language: str, data: Mapping[str, object]) -> Words:
    abuse, risky = data["abuse"], data["risky"]
    if not (isinstance(abuse, dict) and isinstance(risky, dict)):  # pragma: no cover - shipped data
        raise TypeError(language)
    lists = {name: tuple(map(str, words)) for name, words in data.items() if isinstance(words, list)}
    return Words(
        language=language,
        abuse=tuple(map(str, abuse["words"])),
        risky={Intent(intent): tuple(map(str, phrases)) for intent, phrases in risky.items()},
        **lists,
    )
