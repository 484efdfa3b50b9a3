"""The voice of a locale, as `voices/<locale>/voice.toml` describes it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livestream import datafiles
from livestream.errors import UsageError

Tier = Literal["neural", "concatenative", "formant"]
TIERS: tuple[str, ...] = get_args(Tier)


@dataclass(frozen=True, slots=True)
class Rate:
    """How long a sentence will be, in seconds, before it has been spoken."""

    per_sentence: float = 0.10
    per_word: float = 0.005
    per_character: float = 0.0654

    def seconds(self, spoken: str) -> float:
        """Return the seconds that a spoken form is likely to last; a digit left in it counts as a short word."""
        letters = sum(map(str.isalpha, spoken)) + 5 * sum(map(str.isdigit, spoken))
        return self.per_sentence + self.per_word * len(spoken.split()) + self.per_character * letters


@dataclass(frozen=True, slots=True)
class Voice:
    """How a locale is spoken: which engines in which order, how fast, and what to say differently.

    `pronunciation` maps lower-case words to IPA; `options` holds each engine's own table;
    `tier` is the quality a merchant is shown.
    """

    locale: str
    engines: tuple[str, ...]
    gender: str = ""
    tier: Tier = "neural"
    speed: float = 1.0
    rate: Rate = Rate()
    pronunciation: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    where: str = ""

    def option(self, engine: str, key: str, default: str) -> str:
        """Return a text setting of one engine's table."""
        return str(self.options.get(engine, {}).get(key, default))

    def lufs(self, engine: str) -> float:
        """Return the usual loudness of an engine's own sound, for words too short to be measured."""
        return float(self.options.get(engine, {}).get("lufs", -20.0))


class _Rate(BaseModel):
    model_config = ConfigDict(extra="forbid")
    per_sentence: float = Field(ge=0, le=5)
    per_word: float = Field(ge=0, le=5)
    per_character: float = Field(ge=0, le=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    engines: list[str] = Field(min_length=1)
    gender: str = ""
    tier: Tier
    speed: float = Field(default=1.0, ge=0.5, le=2.0)
    rate: _Rate
    pronunciation: dict[str, str] = Field(default_factory=dict)
    engine: dict[str, dict[str, Any]] = Field(default_factory=dict)


def load_voice(locale: str) -> Voice:
    """Return the voice of a locale.

    Raises:
        UsageError: there is no voice file for it, or the file is wrong.
    """
    path = datafiles.find("voices", locale, "voice.toml")
    return read_voice(path, locale)


def read_voice(path: Path, locale: str) -> Voice:
    """Return the voice that a file describes.

    Raises:
        UsageError: the file is not TOML, or says something a voice cannot be.
    """
    try:
        given = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the voice file is not TOML: {error}", where=str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UsageError(f"{place}: {first['msg']}", where=str(path), remedy="Correct the voice file.") from error
    return Voice(
        locale=locale,
        engines=tuple(given.engines),
        gender=given.gender,
        tier=given.tier,
        speed=given.speed,
        rate=Rate(given.rate.per_sentence, given.rate.per_word, given.rate.per_character),
        pronunciation={word.lower(): ipa.strip("/") for word, ipa in given.pronunciation.items()},
        options=given.engine,
        where=str(path),
    )
