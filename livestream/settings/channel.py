"""The settings of one channel: what it sells, in which market, how long, where to, and who may do what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from livestream.settings.destinations import Destination

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


Mode = Literal["unattended", "assist"]
"""Who speaks: the synthetic presenter, or a person whom the channel hands its lines and drafted answers."""


class Freshness(BaseModel):
    """How old what is said may be, in seconds: the product list is read again every `every` seconds.

    What could not be read again for longer than `price` or `stock` is no longer said. An untouched file counts as
    read; with `file`, one that nobody has written to for so long does not.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    every: float = Field(default=30.0, ge=1, le=3600)
    price: float = Field(default=900.0, ge=1, le=30 * 86_400)
    stock: float = Field(default=900.0, ge=1, le=30 * 86_400)
    file: float | None = Field(default=None, ge=1, le=30 * 86_400)

    @model_validator(mode="after")
    def _read_in_time(self) -> Self:
        if self.every > min(self.price, self.stock):
            raise ValueError("the list is read less often than prices or stocks grow too old; make `every` smaller")
        return self


class ChannelSettings(BaseModel):
    """One channel: what it sells, in which market, how long, and where to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    catalogue: Path
    policies: Path | None = None
    drafts: Path | None = None
    mode: Mode = "unattended"
    preview_voice: bool = False
    union_rules: bool = False
    freshness: Freshness = Freshness()
    name: str = Field(default="", max_length=64, pattern=r"^[\w .-]*$")
    locale: str = "en-US"
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    timezone: str = Field(default="", max_length=64)
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

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key if value else ""
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("this machine knows no such time zone; write one such as America/Los_Angeles") from None

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
