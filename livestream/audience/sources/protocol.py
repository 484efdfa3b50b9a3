"""The JSON of a pushed comment: read strictly, bounded, and answered field by field where it is wrong.

    {"type": "comment", "id": "1", "user": "u7", "name": "Ann", "text": "How much is it?",
     "at": 1700000000.5, "language": "en", "badges": ["member"]}

A message is one comment or a list of at most `MAX_BATCH`. What is not listed here is ignored.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from livestream.audience.comment import Comment

MAX_MESSAGE = 262_144
"""Bytes of one WebSocket message or webhook body."""
MAX_BATCH = 100
"""Comments of one message."""
MAX_TEXT = 1_000
"""Characters of a text that are taken; intake looks at the first 500, the rest is evidence."""
MAX_NAME = 100
"""Characters of a name that are taken."""
MAX_ID = 128
"""Characters of an id."""

Word = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=50)]


@dataclass(frozen=True, slots=True)
class SchemaError:
    """What is wrong with a pushed message, and where; `id` is the comment's, where it could be read."""

    field: str
    message: str
    id: str = ""

    def answer(self) -> dict[str, str]:
        """Return what the sender is told."""
        told = {"type": "error", "field": self.field, "message": self.message}
        return {**told, "id": self.id} if self.id else told


def message_of(comment: Comment) -> dict[str, object]:
    """Return the message that pushes a comment."""
    told: dict[str, object] = {"type": "comment", "id": comment.id, "user": comment.user, "name": comment.name}
    optional = {"language": comment.language, "badges": list(comment.badges)}
    return told | {"text": comment.text, "at": comment.at} | {name: each for name, each in optional.items() if each}


def receipt(comment: Comment, status: str) -> dict[str, str]:
    """Return what the sender is told of a comment that was taken; `status` is its verdict."""
    return {"type": "receipt", "id": comment.id, "status": status}


class _Pushed(BaseModel):
    """One pushed comment."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    type: Literal["comment"]
    id: str = Field(min_length=1, max_length=MAX_ID)
    user: str = Field(min_length=1, max_length=MAX_ID)
    name: str = Field(min_length=1, max_length=MAX_NAME)
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    at: float | None = Field(default=None, ge=0)
    language: str = Field(default="", max_length=35, pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")
    badges: list[Word] = Field(default_factory=list, max_length=16)

    @field_validator("id", "user")
    @classmethod
    def _visible(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("invisible characters cannot stand in an id")
        return value


def parse(message: str | bytes, *, source: str, platform: str, now: float) -> list[Comment | SchemaError]:
    """Return the comments of a message in their order, and an error in the place of each that is none.

    `now` is Unix time: it dates what bears no date, and nothing is dated later.
    """
    value = decode(message)
    if isinstance(value, SchemaError):
        return [value]
    if isinstance(value, list):
        if len(value) > MAX_BATCH:
            return [SchemaError("", f"a message holds at most {MAX_BATCH} comments; this one holds {len(value)}")]
        return [comment_of(each, source=source, platform=platform, now=now) for each in value]
    return [comment_of(value, source=source, platform=platform, now=now)]


def decode(message: str | bytes) -> object | SchemaError:
    """Return the JSON value of a message, or what is wrong with it."""
    if len(message) > MAX_MESSAGE:
        return SchemaError("", f"a message is at most {MAX_MESSAGE} bytes long")
    try:
        text = message.decode("utf-8") if isinstance(message, bytes) else message
        value: object = json.loads(text)
    except UnicodeDecodeError:
        return SchemaError("", "this is not UTF-8 text")
    except (ValueError, RecursionError):
        return SchemaError("", "this is not JSON")
    return value


def comment_of(value: object, *, source: str, platform: str, now: float) -> Comment | SchemaError:
    """Return the comment that a JSON value is, or what is wrong with it.

    A text or a name over its bound is cut, and half a surrogate pair becomes U+FFFD: a careless
    sender is no reason to lose a buyer's question.
    """
    if not isinstance(value, Mapping):
        return SchemaError("", "a comment is a JSON object")
    bounded = {
        **value,
        **{name: _whole(value[name], size) for name, size in (("text", MAX_TEXT), ("name", MAX_NAME)) if name in value},
    }
    try:
        pushed = _Pushed.model_validate(bounded)
    except ValidationError as error:
        return _told(error, value.get("id"))
    at = now if pushed.at is None or not math.isfinite(pushed.at) else min(pushed.at, now)
    return Comment(
        source=source,
        id=pushed.id,
        platform=platform,
        user=pushed.user,
        name=pushed.name,
        text=pushed.text,
        at=at,
        language=pushed.language,
        badges=tuple(pushed.badges),
    )


def _whole(value: object, size: int) -> object:
    """Return a text cut to its bound, without halves of surrogate pairs; anything else as it is."""
    if not isinstance(value, str):
        return value
    cut = value[:size]
    try:
        cut.encode("utf-8")
    except UnicodeEncodeError:
        return cut.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return cut


def _told(error: ValidationError, id_: object) -> SchemaError:
    """Return the first thing that is wrong, in a sentence; never the value, which may be anything."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    field = ".".join(str(step) for step in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    shown = id_ if isinstance(id_, str) and 0 < len(id_) <= MAX_ID and id_.isprintable() else ""
    return SchemaError(field, f"{message[:1].lower()}{message[1:]}", shown)
