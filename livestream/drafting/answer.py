"""Reads what a model answered: JSON, perhaps with talk or a fence around it, and nothing is believed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from livestream.rundown.playbook import SECTIONS

MOST_LINES = 64
"""Lines of one answer that are read."""
LONGEST = 300
"""Characters of a line, the ids of its facts included."""
_GLUED_BEFORE = re.compile(r"(?<=[\w,.;:!?…])\{")
_GLUED_AFTER = re.compile(r"\}(?=\w)")


class _Cite(BaseModel):
    model_config = ConfigDict(extra="ignore")
    fact: str = Field(min_length=1, max_length=200, pattern=r"^[^{}\s]+$")


class _Text(BaseModel):
    model_config = ConfigDict(extra="ignore")
    text: str = Field(max_length=LONGEST, pattern=r"^[^{}]*$")


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")
    beat: str = Field(max_length=40)
    pieces: list[str | _Cite | _Text] = Field(min_length=1, max_length=24)

    @field_validator("beat")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in SECTIONS:
            raise ValueError("there is no such beat")
        return value

    @field_validator("pieces")
    @classmethod
    def _plain(cls, value: list[str | _Cite | _Text]) -> list[str | _Cite | _Text]:
        if any(isinstance(piece, str) and re.search(r"[{}]", piece) for piece in value):
            raise ValueError("braces mark facts")
        return value


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")
    lines: list[Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line as a model gave it: `say` has the ids of facts in braces; `fault` says why it cannot be read at all."""

    section: str
    say: str
    fault: str = ""


def read_answer(content: str) -> Iterator[Proposal]:
    """Yield the lines of an answer; one that cannot be read is one with a fault."""
    start, end = content.find("{"), content.rfind("}")
    try:
        answer = _Answer.model_validate_json(content[start : end + 1])
    except ValidationError:
        yield Proposal("", _excerpt(content), "the answer is not the JSON that was asked for")
        return
    if not answer.lines:
        yield Proposal("", "", "the answer has no lines")
    for given in answer.lines[:MOST_LINES]:
        try:
            line = _Line.model_validate(given)
        except ValidationError as error:
            yield Proposal("", _excerpt(repr(given)), f"not a line: {_excerpt(error.errors()[0]['msg'])}")
            continue
        say = _joined(line.pieces)
        fault = "" if len(say) <= LONGEST else "too long to be said in one breath"
        yield Proposal(line.beat, _excerpt(say), fault)


def _joined(pieces: list[str | _Cite | _Text]) -> str:
    """Return the pieces as one text, a space put where a word and a fact would run together."""
    parts = [
        f"{{{piece.fact}}}" if isinstance(piece, _Cite) else piece.text if isinstance(piece, _Text) else piece
        for piece in pieces
    ]
    return " ".join(_GLUED_AFTER.sub("} ", _GLUED_BEFORE.sub(" {", "".join(parts))).split())


def _excerpt(text: str) -> str:
    """Return the beginning of a text, fit for a file: no control characters, no halves of characters."""
    plain = "".join(char if char.isprintable() else " " for char in text[: 2 * LONGEST])
    return " ".join(plain.split())[:LONGEST]
