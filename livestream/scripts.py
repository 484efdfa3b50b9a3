"""What `scripts/<locale>/` says: the manner of a market, and the tables of each of its files.

A locale may be based on another: `scripts/en-GB/locale.toml` says `based_on = "en-US"`, and then its
files hold only what differs. Tables are merged, key by key; anything else replaces what it is based on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livestream import datafiles
from livestream.errors import UsageError

Formality = Literal["informal", "formal", "polite"]
Urgency = Literal["plain", "soft", "none"]
FOLDER, MANNER = "scripts", "locale.toml"
LARGEST = 2 << 20
"""Bytes of one file that are read."""
_LONGEST_LINE = 3
"""Locales in a row that are each based on the next."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a market is spoken to.

    `based_on` is the locale whose wordings hold where this one has none, "" for none. `urgency` says whether
    low stock is mentioned as a reason to decide; with "none" it never is. `notes` are for whoever writes wordings.
    """

    based_on: str = ""
    formality: Formality = "informal"
    urgency: Urgency = "plain"
    notes: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    based_on: str = Field(default="", max_length=16)
    formality: Formality = "informal"
    urgency: Urgency = "plain"
    notes: tuple[str, ...] = Field(default=(), max_length=50)


def manner(tag: str) -> Manner:
    """Return how a locale's market is spoken to, by its `locale.toml`; the usual manner where it has none.

    Raises:
        UsageError: the file is wrong.
    """
    path = next(filter(Path.is_file, _places(tag, MANNER)), None)
    if path is None:
        return Manner()
    try:
        return Manner(**_File.model_validate(read_table(path)).model_dump())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(f"{place}: {first['msg']}", where=str(path), remedy="Correct the file.") from error


def line_of(tag: str) -> tuple[str, ...]:
    """Return a locale and those it is based on, one on the other.

    Raises:
        UsageError: the line is too long, or comes back to where it was.
    """
    line = [tag]
    while base := manner(line[-1]).based_on:
        if base in line or len(line) == _LONGEST_LINE:
            raise UsageError(
                f"{tag} is based on itself or on too many others: {' → '.join((*line, base))}", where=MANNER
            )
        line.append(base)
    return tuple(line)


def paths(tag: str, *parts: str) -> list[Path]:
    """Return where a file of a locale lies, its own first, then those of the locales that it is based on."""
    found = (next(filter(Path.exists, _places(each, *parts)), None) for each in line_of(tag))
    return [path for path in found if path]


def tables(tag: str, *parts: str) -> dict[str, Any]:
    """Return the content of a TOML file of a locale, merged over that of the locales it is based on; {} where none is.

    Raises:
        UsageError: a file cannot be read, or is not TOML.
    """
    return merged(paths(tag, *parts))


def merged(found: Iterable[Path]) -> dict[str, Any]:
    """Return the content of TOML files, the first of them over the others.

    Raises:
        UsageError: a file cannot be read, or is not TOML.
    """
    return reduce(_over, map(read_table, found), {})


def playbook(tag: str) -> list[list[Path]]:
    """Return the files of a locale's playbook by name; behind each its namesakes of the locales it is based on.

    A merchant's own folder takes the place of the shipped one of the same locale.
    """
    folders = [next(filter(_wordings, _places(each)), None) for each in line_of(tag)]
    found = [_wordings(folder) for folder in folders if folder]
    names = sorted({path.name for each in found for path in each})
    return [[path for each in found for path in each if path.name == name] for name in names]


def read_table(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        UsageError: it cannot be read, is too large, or is not TOML.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"the file has more than {LARGEST:,} bytes", where=str(path), remedy="Shorten it.")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # TOML and UTF-8 errors are ValueErrors
        raise UsageError(f"the file cannot be read: {error}", where=str(path)) from error


def _places(tag: str, *parts: str) -> Iterator[Path]:
    """Yield where something of a locale may lie, a merchant's own place before the shipped one."""
    yield from (root.joinpath(FOLDER, tag, *parts) for root in datafiles.roots())


def _wordings(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.toml")) if path.name != MANNER]


def _over(own: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    both = {key: _over(own[key], base[key]) for key in base.keys() & own.keys() if _tables(base[key], own[key])}
    return base | own | both


def _tables(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)
