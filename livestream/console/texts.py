"""What the web port's pages say, in the languages of those who use them: `locales/<language>/*.json`.

A catalogue maps a key such as `act.approve` to a text with `{named}` places. Texts that count end in
`.one` and `.other`, as CLDR's plural categories are called. English is complete; where another
language lacks a key, English shows. The page's scripts get the same catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español", "zh": "中文"}
"""The languages to choose from, each by its own name."""
PSEUDO = ("en-XA", "ar-XB")
"""Made of the English texts for tests: lengthened and bracketed; the same from right to left."""
COOKIE = "livestream_language"
MAX_ACCEPTED = 20
_ACCENTED = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")


def choose(accepted: str, chosen: str = "") -> str:
    """Return the language for a browser: what the person chose, else the first of Accept-Language we have."""
    if chosen in LANGUAGES or chosen in PSEUDO:
        return chosen
    ranked = []
    for place, entry in enumerate(accepted[:500].split(",")[:MAX_ACCEPTED]):
        tag, _, weight = entry.partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in LANGUAGES:
            ranked.append((-_weight(weight), place, language))
    return min(ranked)[2] if ranked and min(ranked)[0] < 0 else "en"


def direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    return "rtl" if language.partition("-")[0] in ("ar", "fa", "he", "ur") else "ltr"


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return the whole catalogue of a language."""
    english = _read("en")
    if language in PSEUDO:
        return {key: _pseudo(text) for key, text in english.items()}
    return english | (_read(language) if language in LANGUAGES else {})


def own_keys(language: str) -> frozenset[str]:
    """Return the keys that a language has itself, without what English lends."""
    return frozenset(_read(language))


def say(language: str, key: str, **values: object) -> str:
    """Return one text with its places filled.

    Raises:
        KeyError: there is no such text.
    """
    text = texts(language)[key]
    return text.format_map({name: str(value) for name, value in values.items()}) if values else text


@cache
def _read(language: str) -> dict[str, str]:
    catalogue: dict[str, str] = {}
    for file in sorted(files("livestream.console").joinpath("locales", language).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".json"):
            catalogue |= json.loads(file.read_text("utf-8"))
    return catalogue


def _weight(parameter: str) -> float:
    """The `q` of an entry in Accept-Language; 1 where there is none, 0 where it cannot be read."""
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0


def _pseudo(text: str) -> str:
    """Lengthen a text and make plain that it came from a catalogue, without touching its places."""
    pieces = text.replace("{", "\0{").replace("}", "}\0").split("\0")
    said = "".join(piece if piece.startswith("{") else piece.translate(_ACCENTED) for piece in pieces)
    return f"⟦{said}{'·' * max(1, len(text) // 4)}⟧"
