"""A channel's settings: `CHANNEL.toml`, overridden by `LIVESTREAM_…` variables, overridden by the command line.

Stream keys are never settings: a destination names the file or the environment variable that
holds its key, and only the process that serves the destination reads it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from livestream.errors import UsageError

DestinationKind = Literal["file", "rtmp", "whep"]


class Destination(BaseModel):
    """Where a stream goes: a file, an RTMP(S) ingest, or viewers of the web port (WHEP)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="", max_length=64, pattern=r"^[\w .-]*$")
    to: str = Field(min_length=1, max_length=2048)
    key_file: Path | None = None
    key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")

    @property
    def kind(self) -> DestinationKind:
        """What serves it, told from `to`."""
        if self.to == "whep":
            return "whep"
        return "rtmp" if "://" in self.to else "file"

    @property
    def label(self) -> str:
        """A name to show: the given one, the ingest's host, or the file's name."""
        if self.name or self.kind == "whep":
            return self.name or "web"
        return (urlsplit(self.to).hostname or "rtmp") if self.kind == "rtmp" else Path(self.to).name

    @model_validator(mode="after")
    def _known_and_keyless(self) -> Self:
        if self.kind == "rtmp":
            check_ingest_url(self.to)
            if self.key_file and self.key_env:
                raise ValueError("a key is in a file or in an environment variable; give one of key_file and key_env")
        elif self.key_file or self.key_env:
            raise ValueError("only an RTMP destination has a key; drop key_file and key_env here")
        return self


def check_ingest_url(url: str) -> None:
    """Refuse an ingest address that is not RTMP(S) or that bears a key.

    An address is `rtmp://host/app`; whatever follows the application would stand in the process
    list and in logs, so it is refused.

    Raises:
        ValueError: with the remedy; the text does not repeat the key.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # its own text would repeat what stands there
        raise ValueError("the address has no valid host or port; write it as rtmp://host:1935/app") from None
    if parts.scheme not in ("rtmp", "rtmps") or not parts.hostname:
        raise ValueError(
            "this is no destination; write rtmp://host/app, rtmps://host/app, a file ending in .mp4, or whep"
        )
    segments = [segment for segment in parts.path.split("/") if segment]
    if parts.query or parts.username or parts.password or parts.fragment or len(segments) > 1:
        app = segments[0] if segments else "app"
        host = parts.hostname + (f":{port}" if port else "")
        raise ValueError(
            "the address bears a stream key, which everybody on this machine could read in the process list; "
            f"write {parts.scheme}://{host}/{app} and put the key into a file: --key-file F, "
            "or into an environment variable: --key-env NAME"
        )
    if not segments:
        raise ValueError(f"{parts.scheme}://{parts.hostname} names no application; write it as rtmp://host/app")


LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Web(BaseModel):
    """The web port: loopback, or behind a proxy that ends TLS and is called by public `names`.

    A name is `studio.example.com`, with its port unless that is 443.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(default="127.0.0.1", pattern=r"^[A-Za-z0-9.:-]{1,255}$")
    port: int = Field(default=0, ge=0, le=65535)
    behind_proxy: bool = False
    names: tuple[str, ...] = Field(default=(), max_length=8)

    @field_validator("names")
    @classmethod
    def _host_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        names = tuple(name.lower() for name in value)
        if not all(re.fullmatch(r"[a-z0-9.-]{1,253}(:\d{1,5})?", name) for name in names):
            raise ValueError("this is no host name; write it as studio.example.com, without https://")
        return names

    @model_validator(mode="after")
    def _closed_without_tls(self) -> Self:
        if not self.behind_proxy and (self.host not in LOOPBACK or self.names):
            raise ValueError(
                "the console is served to this machine only; to serve it to others, put a proxy that ends TLS "
                "in front of it and set behind_proxy and the names it is called by"
            )
        if self.behind_proxy and not self.names:
            raise ValueError('behind a proxy the console must know its names; write names = ["studio.example.com"]')
        return self


Handling = Literal["auto", "hold", "manual"]
"""What becomes of a planned answer: said by itself, kept for a moderator's yes, or left to the moderator."""


class CommentSource(BaseModel):
    """Where comments come from.

    `from` is `ws` or `webhook` (pushed to the web port), `stdin`, `replay:FILE.jsonl`,
    `twitch:CHANNEL`, `youtube:VIDEO_ID`, or the name of an installed plug-in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    origin: str = Field(alias="from", min_length=1, max_length=2048)
    name: str = Field(default="", max_length=64, pattern=r"^[\w .-]*$")
    key_file: Path | None = None
    key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    reply: bool = False
    url: str = Field(default="", max_length=2048)
    options: dict[str, str] = Field(default_factory=dict, max_length=16)

    @property
    def kind(self) -> str:
        """The plug-in that serves it."""
        return self.origin.partition(":")[0]

    @property
    def target(self) -> str:
        """What the plug-in is to listen to: the part of `from` behind the colon."""
        return self.origin.partition(":")[2]

    @property
    def label(self) -> str:
        """A name to show and to tell sources apart by."""
        return self.name or self.kind


class Model(BaseModel):
    """An OpenAI-compatible model that may choose among templates; without it they are chosen by rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str = Field(min_length=1, max_length=2048)
    model: str = Field(min_length=1, max_length=200)
    key_file: Path | None = None
    key_env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    calls_per_hour: int = Field(default=600, ge=0, le=100_000)


class Answering(BaseModel):
    """How comments are answered. `handling` is by intent; what it does not name is answered by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    handling: dict[str, Handling] = Field(default_factory=dict, max_length=32)
    pause: float = Field(default=6.0, ge=0, le=600)
    names: bool = True
    blocked_words: Path | None = None
    model: Model | None = None


class ChannelSettings(BaseModel):
    """One channel: what it sells, in which market, how long, and where to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    catalogue: Path
    name: str = Field(default="", max_length=64, pattern=r"^[\w .-]*$")
    locale: str = "en-US"
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    presenter: str = Field(default="mira", pattern=r"^[\w-]{1,64}$")
    scene: str = Field(default="studio", pattern=r"^[\w-]{1,64}$")
    bed: Path | None = None
    seed: int = Field(default=1, ge=0, lt=2**31)
    duration: float | None = Field(default=None, gt=0, le=30 * 86_400)
    loop_minutes: float = Field(default=5.0, ge=1, le=120)
    bitrate: int = Field(default=2_500_000, ge=300_000, le=12_000_000)
    web: Web = Web()
    comments: tuple[CommentSource, ...] = Field(default=(CommentSource.model_validate({"from": "ws"}),), max_length=16)
    answers: Answering = Answering()
    destinations: tuple[Destination, ...] = Field(default=(), max_length=8)

    @field_validator("currency", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("comments")
    @classmethod
    def _one_label_each(cls, value: tuple[CommentSource, ...]) -> tuple[CommentSource, ...]:
        labels = [source.label for source in value]
        if len(set(labels)) != len(labels):
            raise ValueError("two sources of comments have one name; give each a name of its own")
        return value

    @field_validator("destinations")
    @classmethod
    def _one_of_each_name(cls, value: tuple[Destination, ...]) -> tuple[Destination, ...]:
        targets = [str(Path(each.to).resolve()) if each.kind == "file" else each.to for each in value]
        if len(set(targets)) != len(targets):
            raise ValueError("two destinations are the same; remove one of them")
        return value


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
    except tomllib.TOMLDecodeError as error:
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
            table = Destination if "destinations" in error["loc"] else Web if "web" in error["loc"] else model
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

    for field in ("catalogue", "bed"):
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
