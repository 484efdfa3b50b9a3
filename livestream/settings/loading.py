"""Settings read from `CHANNEL.toml`, laid over by `LIVESTREAM_…` variables and the command line, and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from livestream.errors import UsageError
from livestream.settings.channel import ChannelSettings, Freshness, Web
from livestream.settings.destinations import Destination


class _Layered(ChannelSettings, BaseSettings):
    """The same fields, with the environment laid over the file."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="LIVESTREAM_CHANNEL_", env_nested_delimiter="__"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file; the command line is laid over both afterwards."""
        return env_settings, init_settings


def load_channel(path: Path) -> ChannelSettings:
    """Read a `CHANNEL.toml`; relative paths in it are taken from its own folder.

    Raises:
        UsageError: the file is missing, is not TOML, or a field is wrong; names file and field.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError("the file does not exist", where=str(path), remedy="livestream init writes one.") from error
    except UnicodeDecodeError as error:
        raise UsageError("this is not UTF-8 text", where=str(path), remedy="livestream init shows one.") from error
    except OSError as error:
        raise UsageError(
            f"the file cannot be read: {error.strerror}", where=str(path), remedy="livestream init writes one."
        ) from error
    except (ValueError, RecursionError) as error:  # no TOML, or TOML that no parser takes
        raise UsageError(f"this is not TOML: {error}", where=str(path), remedy="livestream init shows one.") from error
    layered = _checked(_Layered, _anchored(data, path.resolve().parent), where=str(path))
    return ChannelSettings(**layered.model_dump())


def make_channel(data: dict[str, Any], *, where: str) -> ChannelSettings:
    """Return checked settings; `where` is named in errors.

    Raises:
        UsageError: a field is unknown, missing or wrong.
    """
    return _checked(ChannelSettings, data, where=where)


def _checked(model: type[ChannelSettings], data: dict[str, Any], *, where: str) -> ChannelSettings:
    try:
        return model(**data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"]) or "channel"
        message, remedy = _told(first, model)
        raise UsageError(message, where=f"{where}, {field}", remedy=remedy) from None


def _told(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong with a field and what to do, as people say it; never the value, which may be a key."""
    bounds: Mapping[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            tables: dict[str, type[BaseModel]] = {"destinations": Destination, "web": Web, "freshness": Freshness}
            table = next((known for name, known in tables.items() if name in error["loc"]), model)
            near = get_close_matches(str(error["loc"][-1]), table.model_fields, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            return "there is no such field", f"{hint}livestream init shows every field."
        case "missing":
            return "this field is required", "livestream init shows every field."
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal" as kind:
            words = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
            bound = next(f"{words[name]} {bounds[name]:.0f}" for name in words if name in bounds)
            return f"this number is too {'small' if kind.startswith('g') else 'large'}", f"Write {bound}."
        case "string_pattern_mismatch":
            return "this has letters or signs that cannot stand here", _SHAPES.get(str(error["loc"][-1]), _PLAIN_NAME)
        case "value_error":
            message, _, remedy = error["msg"].removeprefix("Value error, ").partition("; ")
            return message, f"{remedy[:1].upper()}{remedy[1:]}." if remedy else ""
        case "string_too_short":
            return "this is empty", "livestream init shows every field."
        case kind:
            wanted = next((words for name, words in _KINDS.items() if kind.startswith(name)), "")
            message = f"{wanted} is wanted here" if wanted else f"{error['msg'][:1].lower()}{error['msg'][1:]}"
            return message, "livestream init shows every field."


_KINDS = {
    "path": "a file's name",
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "tuple": "a list",
    "model": "a table",
    "dict": "a table",
}
"""What a field is, by the beginning of pydantic's error types."""
_PLAIN_NAME = "Use letters, digits, hyphens and underscores."
_SHAPES = {
    "currency": "Write an ISO 4217 code such as USD, EUR or JPY.",
    "key_env": "Name an environment variable such as MY_STREAM_KEY; the key itself never stands here.",
}


def override(settings: ChannelSettings, changes: Mapping[str, object], *, where: str) -> ChannelSettings:
    """Return settings with the changes that are not None laid over them, table by table, checked again.

    Raises:
        UsageError: the result is wrong.
    """
    data = settings.model_dump()
    for name, value in changes.items():
        if value is not None:
            data[name] = {**data[name], **value} if isinstance(value, Mapping) else value
    return make_channel(data, where=where)


def _anchored(data: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Take relative paths from the settings file's own folder, so that it works from anywhere."""

    def anchor(table: dict[str, Any], field: str) -> None:
        value = table.get(field)
        if isinstance(value, str) and value and "://" not in value and value != "whep":
            table[field] = str(folder / Path(value).expanduser())

    for field in ("catalogue", "policies", "drafts", "bed"):
        anchor(data, field)
    for destination in data.get("destinations", ()):
        if isinstance(destination, dict):
            anchor(destination, "to")
            anchor(destination, "key_file")
    for source in data.get("comments", ()):
        if isinstance(source, dict):
            anchor(source, "key_file")
            kind, colon, file = str(source.get("from", "")).partition(":")
            if kind == "replay" and colon:
                source["from"] = f"replay:{folder / Path(file).expanduser()}"
    return data
