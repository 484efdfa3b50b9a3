"""The voice of a locale, as `voices/<locale>/voice.toml` describes it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livestream import datafiles
from livestream.errors import MachineError, UsageError
from livestream.pacing import DEFAULT_RATE, Rate
from livestream.scripts import read_table
from livestream.speech.engine import SpeechEngine, Tier, make_engine

BOUNDS = {"speed": (0.25, 4.0), "lufs": (-70.0, 0.0), "deadline": (0.05, 120.0), "rate": (8_000.0, 192_000.0)}
"""The least and the most of each number that an engine's table may hold: a factor, LUFS, seconds, Hz."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a locale is spoken: which engines in which order, how fast, and what to say differently.

    `pronunciation` maps lower-case words to IPA; `options` holds each engine's own table.
    """

    locale: str
    engines: tuple[str, ...]
    gender: str = ""
    speed: float = 1.0
    rate: Rate = DEFAULT_RATE
    pronunciation: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    where: str = ""

    def option(self, engine: str, key: str, default: str) -> str:
        """Return a text setting of one engine's table."""
        return str(self.options.get(engine, {}).get(key, default))

    def number(self, engine: str, key: str, default: float) -> float:
        """Return a number of one engine's table.

        Raises:
            UsageError: it is no number, or outside the `BOUNDS` of its key.
        """
        least, most = BOUNDS.get(key, (-math.inf, math.inf))
        value = self.options.get(engine, {}).get(key, default)
        if type(value) in (int, float) and math.isfinite(value) and least <= value <= most:
            return float(value)
        between = f"a number from {least:g} to {most:g}" if key in BOUNDS else "a number"
        raise UsageError(
            f"[engine.{engine}] {key}: {value!r:.40} is not {between}",
            where=self.where,
            remedy="Correct the voice file.",
        )

    def pace(self, engine: str) -> float:
        """Return the speed an engine is to speak with: the voice's, scaled so that all of a chain are equally fast."""
        return self.speed * self.number(engine, "speed", 1.0)

    def lufs(self, engine: str) -> float:
        """Return the usual loudness of an engine's own sound, for words too short to be measured."""
        return self.number(engine, "lufs", -20.0)


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a voice is on this machine: by which engine, of which tier, and whether that is for previews only.

    `why` is a clause that says what makes it one for previews, or that it is a fallback; empty where nothing is
    to be said.
    """

    engine: str
    tier: Tier
    preview: bool
    why: str = ""


class _Rate(BaseModel):
    model_config = ConfigDict(extra="forbid")
    per_sentence: float = Field(ge=0, le=5)
    per_word: float = Field(default=0.0, ge=0, le=5)
    per_letter: float = Field(ge=0, le=1)
    per_pause: float = Field(default=0.0, ge=0, le=2)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    engines: list[str] = Field(min_length=1)
    gender: str = ""
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


def rate_of(locale: str) -> Rate:
    """Return how fast a locale's voice speaks; the default voice's rate where it has none."""
    try:
        return load_voice(locale).rate
    except UsageError:
        return DEFAULT_RATE


def _fit(_: SpeechEngine) -> str:
    return ""


def quality(voice: Voice, unfit: Callable[[SpeechEngine], str] = _fit) -> Quality:
    """Return how good a voice is here: that of the first engine of its chain that is installed.

    `unfit` says in a clause why an engine that is installed will not speak all the same, "" where it will.

    Raises:
        MachineError: none of them will.
    """
    absent: list[str] = []
    reasons: list[str] = []
    for name in voice.engines:
        try:
            engine = make_engine(name, voice)
        except MachineError as error:
            absent.append(str(error))
            reasons.append(f"{name} is not installed")
            continue
        if why := unfit(engine):
            absent.append(f"{why}.")
            reasons.append(why)
            continue
        del reasons[1:]  # what was to speak is enough
        about = engine.about
        if about.tier == "formant":
            reasons.append(f"{name} is a formant voice, clear but plainly a machine")
        accented = voice.options.get(name, {}).get("preview") is True
        if accented:
            reasons.append(f"{name} speaks {voice.locale} with an accent")
        return Quality(name, about.tier, about.tier == "formant" or accented, "; ".join(reasons))
    raise MachineError(f"no speech engine of {voice.locale} can speak here: {' '.join(absent)}", where=voice.where)


def read_voice(path: Path, locale: str) -> Voice:
    """Return the voice that a file describes.

    Raises:
        UsageError: the file cannot be read, is too large or not TOML, or says something a voice cannot be.
    """
    try:
        given = _File.model_validate(read_table(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UsageError(f"{place}: {first['msg']}", where=str(path), remedy="Correct the voice file.") from error
    voice = Voice(
        locale=locale,
        engines=tuple(given.engines),
        gender=given.gender,
        speed=given.speed,
        rate=Rate(**given.rate.model_dump()),
        pronunciation={word.lower(): ipa.strip("/") for word, ipa in given.pronunciation.items()},
        options=given.engine,
        where=str(path),
    )
    for engine in voice.engines:  # asked for while a line is spoken, when it is too late to say so
        voice.pace(engine)
        voice.lufs(engine)
    return voice
