"""The drafts file: what a model's lines are kept, read, approved and used as. TOML, for people to read.

format = 1
locale = "en-US"
catalogue = "products.csv"     # taken from this file's folder
model = "…"

[[line]]
product = "desk-lamp"
beat = "hook"                  # a section of the playbook
say = "Have a look at {desk-lamp.title}!"
pinned = { "desk-lamp.title" = "1f0c22ab93de" }    # the words it was drafted for: said while they stand

[[dropped]]                    # what was not kept, for people to see; never said
product = "desk-lamp" …, rule = "unsupported", words = "no fact carries unbreakable"
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livestream.drafting.answer import LONGEST
from livestream.drafting.beats import BEATS
from livestream.drafting.judge import Dropped, Kept
from livestream.errors import MachineError, UsageError
from livestream.rundown.playbook import Drafted

MOST_BYTES = 16 << 20
_MOST_LINES = 50_000
_HEAD = """\
# Lines that a model drafted. Nobody has approved them by writing this file: read them with
#   livestream drafts show FILE
# and let them on air with
#   livestream drafts approve FILE --by "Your Name"
# One changed byte, and they are no longer approved. Words of your own belong into scripts/<locale>/.
"""


class DraftLine(BaseModel):
    """A line of the file; `say` has ids of facts in braces."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    product: str = Field(min_length=1, max_length=300)
    beat: str = Field(pattern=f"^({'|'.join(BEATS)})$")
    say: str = Field(min_length=1, max_length=LONGEST, pattern=r"^(?:[^{}]|\{[^{}\s]{1,200}\})+$")
    pinned: dict[str, str] = Field(default_factory=dict, max_length=64)


class DroppedLine(BaseModel):
    """A line that was not kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    product: str = Field(max_length=300)
    beat: str = Field(max_length=40)
    say: str = Field(max_length=LONGEST)
    rule: str = Field(max_length=60)
    words: str = Field(max_length=600)


class Drafts(BaseModel):
    """A whole drafts file. `digest` is the SHA-256 of its bytes, which an approval is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    locale: str = Field(max_length=35)
    catalogue: Path
    currency: str = Field(default="", pattern=r"^([A-Z]{3})?$")
    model: str = Field(default="", max_length=200)
    line: tuple[DraftLine, ...] = Field(default=(), max_length=_MOST_LINES)
    dropped: tuple[DroppedLine, ...] = Field(default=(), max_length=_MOST_LINES)
    digest: str = Field(default="", exclude=True)

    @property
    def origin(self) -> str:
        """Who is answerable for these lines, as the as-run log names it."""
        return f"drafts {self.digest[:8]}"

    def wordings(self) -> Iterator[Drafted]:
        """Yield the lines as further wordings of a playbook."""
        for number, line in enumerate(self.line):
            yield Drafted(
                id=f"drafted.{number}",
                section=line.beat,
                sentences=(line.say,),
                product=line.product,
                origin=self.origin,
                pinned=line.pinned,
            )


def read_drafts(path: Path) -> Drafts:
    """Read a drafts file.

    Raises:
        UsageError: it is not there, or is none.
    """
    return parse_drafts(drafts_bytes(path), path)


def drafts_bytes(path: Path) -> bytes:
    """Return the bytes of a drafts file.

    Raises:
        UsageError: it cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"the drafts cannot be read: {error.strerror}", where=str(path), remedy="livestream write makes drafts."
        ) from error
    if len(content) > MOST_BYTES:
        raise UsageError(f"this has more than {MOST_BYTES >> 20} MB", where=str(path), remedy="It is no drafts file.")
    return content


def parse_drafts(content: bytes, path: Path) -> Drafts:
    """Return the drafts that these bytes of a file hold.

    Raises:
        UsageError: they are no drafts.
    """
    try:
        data = tomllib.loads(content.decode("utf-8"))
        drafts = Drafts.model_validate(data | {"digest": hashlib.sha256(content).hexdigest()})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise UsageError(
            f"this is no drafts file: {first['msg'][:1].lower()}{first['msg'][1:]}",
            where=f"{path}, {field}",
            remedy="livestream write makes one.",
        ) from None
    except (ValueError, RecursionError) as error:  # no TOML, or TOML that no parser takes
        raise UsageError("this is no drafts file", where=str(path), remedy="livestream write makes one.") from error
    if any("\ue000" <= char <= "\uf8ff" or not char.isprintable() for line in drafts.line for char in line.say):
        raise UsageError("a line holds characters that cannot be seen", where=str(path), remedy="Remove them.")
    return drafts


def write_drafts(path: Path, head: Drafts, kept: Sequence[Kept], dropped: Sequence[Dropped]) -> None:
    """Write a drafts file, whole or not at all.

    Raises:
        MachineError: it cannot be written.
    """
    parts = [
        _HEAD,
        *(
            f"{name} = {_quoted(str(value))}"
            for name, value in (
                ("locale", head.locale),
                ("catalogue", head.catalogue),
                ("currency", head.currency),
                ("model", head.model),
            )
        ),
    ]
    parts.insert(1, f"format = {head.format}")
    for line in kept:
        versions = ", ".join(f"{_quoted(fact)} = {_quoted(version)}" for fact, version in line.pinned.items())
        parts += ["", "[[line]]", f"product = {_quoted(line.product)}", f"beat = {_quoted(line.section)}"]
        parts += [f"say = {_quoted(line.say)}", f"pinned = {{ {versions} }}" if versions else "pinned = {}"]
    for gone in dropped:
        parts += ["", "[[dropped]]", f"product = {_quoted(gone.product)}", f"beat = {_quoted(gone.section)}"]
        parts += [f"say = {_quoted(gone.say)}", f"rule = {_quoted(gone.rule)}", f"words = {_quoted(gone.words)}"]
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text("\n".join(parts) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise MachineError(f"the drafts cannot be written: {error.strerror}", where=str(path)) from error


def _quoted(text: str) -> str:
    """Return a text as a string of TOML, which JSON's strings are but for DEL and lone surrogates."""
    plain = text.replace("\x7f", " ").encode("utf-8", "replace").decode()
    return json.dumps(plain, ensure_ascii=False)
